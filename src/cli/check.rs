//! `tidlig check`: everything a run would stumble over.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::exit;
use super::log::{self, Progress};
use super::run::{OwnModels, day, tell_failure, today};
use crate::clinical::Day;
use crate::clinical::fault::Style;
use crate::report::checked;
use crate::run::checking::{Check, check};

/// Check the configuration, the rule sets, the resources, the store, the inbox and the extract: every fault at once, and
/// nothing is written.
///
/// Warns of codes in the practice's own rule sets that cannot occur in Norway; `tidlig models check` scores their cases.
///
/// Reads the whole extract as a run does and tells, for each table, the rows read, used and refused by reason, and
/// whether the extract is within the limits of [trust]. Exit codes as for `run`: 0 a run would publish, 1 configuration
/// or rule set wrong, 2 usage, 3 extract refused or not to be trusted, 4 the output folder cannot be used,
/// 6 the store, a file in the inbox or the table of resources cannot be used.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// The practice's practice.toml.
    #[arg(value_name = "PRACTICE.TOML")]
    pub practice: PathBuf,
    #[command(flatten)]
    pub own: OwnModels,
    /// Index day, yyyy-mm-dd. Default: the one in the file, or today.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Day>,
}

/// Runs the command; gives the exit code.
///
/// # Errors
/// When the terminal cannot be written to.
pub fn run(args: &CheckArgs) -> Result<u8> {
    log::begin(false, true);
    let progress = Progress::new(true);
    let tell = |step: &str| progress.step(step);
    let asked =
        Check { profile: &args.practice, models: &args.own.models_dir, as_of: args.as_of, today: today(), tell: &tell };
    let checked = check(&asked);
    progress.end();
    if let Some(findings) = &checked.findings {
        match io::stdout().lock().write_all(checked::text(findings).as_bytes()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => return Err(error.into()),
            _ => {}
        }
    }
    if !checked.warnings.is_empty() {
        eprint!("{}", checked.warnings.render_warnings(Style::of_stderr()));
    }
    checked.failures.iter().for_each(tell_failure);
    Ok(checked.failures.first().map_or(exit::DONE, exit::code))
}
