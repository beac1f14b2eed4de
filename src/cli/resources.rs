//! `tidlig resources`: the table of who can take on a task.

use std::path::PathBuf;

use clap::Args;

use super::decide::{language, refused};
use super::exit;
use super::run::{day, today};
use crate::clinical::Day;
use crate::extract::Profile;
use crate::report::words::{Word, word};
use crate::run::{Failure, memory, rules};
use crate::store::monday;

/// Check the practice's table of resources, and show who is present and what time the week holds.
///
/// Exit codes: 0 in order, 2 there is no table, 6 it has faults; all of them are told by row and column.
#[derive(Debug, Args)]
pub struct ResourcesArgs {
    /// The practice's practice.toml.
    #[arg(value_name = "PRACTICE.TOML")]
    pub practice: PathBuf,
    /// Write an empty table to this file, which must not exist yet; put it beside practice.toml as resources.xlsx.
    #[arg(long, value_name = "FILE")]
    pub template: Option<PathBuf>,
    /// Day to show, yyyy-mm-dd. Default: the one in the file, or today.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Day>,
}

/// Runs the command; gives the exit code.
#[must_use]
pub fn run(args: &ResourcesArgs) -> u8 {
    let done = match &args.template {
        Some(file) => memory::write_template(file, language(&args.practice)).map(|()| exit::DONE),
        None => show(args),
    };
    done.unwrap_or_else(|failure| refused(&failure))
}

const AWAY: Word = word("borte", "borte", "absent");
const UNKNOWN: Word = word(
    "rollen er ikke i reglene for listen; foreslås ikke",
    "rolla er ikkje i reglane for lista; blir ikkje føreslått",
    "the role is not in the list's policy; never proposed",
);

fn show(args: &ResourcesArgs) -> Result<u8, Failure> {
    let profile = Profile::load(&args.practice).map_err(Failure::Profile)?;
    let policy = rules::chosen(&profile)?.policy;
    let Some(resources) = memory::resources(&profile, Some(&policy))? else {
        eprintln!("there is no table of resources; --template FILE writes an empty one");
        return Ok(exit::USAGE);
    };
    let on = args.as_of.or(profile.practice.as_of).unwrap_or_else(today);
    let language = profile.practice.language;
    for resource in &resources {
        let minutes = resource.minutes_in_week(monday(on));
        let here = if resource.is_present(on) { "" } else { AWAY.get(language) };
        let unknown = if policy.role(&resource.role).is_some() { "" } else { UNKNOWN.get(language) };
        println!("{}\t{}\t{minutes} min\t{here}\t{unknown}", resource.name, resource.role);
    }
    Ok(exit::DONE)
}
