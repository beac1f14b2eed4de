//! `tidlig decide`: the coordinator's filled-in list comes back.

use std::path::PathBuf;

use clap::Args;

use super::exit;
use super::run::{day, now, tell_failure, today};
use crate::clinical::{Day, Language};
use crate::extract::Profile;
use crate::run::deciding::{self, Deciding, Said};
use crate::run::failure::Failure;
use crate::store::decide::Taken;

/// Take in the decisions of a filled-in list: a workbook, a CSV, or the file that the list's page saves.
///
/// All of the file is taken in, or, when anything in it is wrong, nothing; every fault is told by row. The same file
/// again changes nothing, and the file of an earlier list is understood. Exit codes: 0 taken in, 1 configuration wrong,
/// 4 could not write, 5 a run is at work, 6 the file or the store was refused.
#[derive(Debug, Args)]
pub struct DecideArgs {
    /// The practice's practice.toml.
    #[arg(value_name = "PRACTICE.TOML")]
    pub practice: PathBuf,
    /// The filled-in list.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Who decided, where the file does not say.
    #[arg(long, value_name = "NAME", default_value = "")]
    pub by: String,
    /// As what.
    #[arg(long, value_name = "ROLE", default_value = "")]
    pub role: String,
    /// Numbers of decisions that those of this file replace, as the message about a conflict names them. A refusal is
    /// never replaced: see `tidlig undo`.
    #[arg(long, value_name = "NUMBERS", value_delimiter = ',')]
    pub replace: Vec<i64>,
    /// Day of taking in, yyyy-mm-dd. Default: the one in the file, or today.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Day>,
}

/// Takes the file in; gives the exit code.
#[must_use]
pub fn run(args: &DecideArgs) -> u8 {
    let now = now();
    let said = Said { by: &args.by, role: &args.role, replace: &args.replace };
    let asked =
        Deciding { profile: &args.practice, file: &args.file, said, as_of: args.as_of, today: today(), now: &now };
    match deciding::take(&asked) {
        Ok(taken) => {
            println!("{}", words(&taken, language(&args.practice)));
            exit::DONE
        }
        Err(failure) => refused(&failure),
    }
}

pub(super) fn language(practice: &std::path::Path) -> Language {
    Profile::load(practice).map(|profile| profile.practice.language).unwrap_or_default()
}

/// Tells why nothing was stored; gives the exit code.
pub(super) fn refused(failure: &Failure) -> u8 {
    tell_failure(failure);
    exit::code(failure)
}

fn words(taken: &Taken, language: Language) -> String {
    let (added, known) = (taken.added(), taken.known);
    match language {
        Language::Nb => format!("{added} nye avgjørelser er lagret; {known} var kjent fra før."),
        Language::Nn => format!("{added} nye avgjerder er lagra; {known} var kjende frå før."),
        Language::En => format!("{added} new decisions are stored; {known} were known already."),
    }
}
