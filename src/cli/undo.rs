//! `tidlig undo`: a decision is taken back.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::decide::refused;
use super::exit;
use super::run::{day, now, today};
use crate::clinical::Day;
use crate::run::undoing::{self, Reopens, Undoing};

/// Take a decision back. The entry stays; another one answers it. `tidlig log decisions` tells the numbers.
#[derive(Debug, Args)]
pub struct UndoArgs {
    /// The practice's practice.toml.
    #[arg(value_name = "PRACTICE.TOML")]
    pub practice: PathBuf,
    /// The decision's number.
    #[arg(value_name = "NUMBER")]
    pub number: i64,
    /// Who takes it back.
    #[arg(long, value_name = "NAME")]
    pub by: String,
    /// As what.
    #[arg(long, value_name = "ROLE", default_value = "")]
    pub role: String,
    /// Why.
    #[arg(long, value_name = "TEXT")]
    pub why: String,
    /// After a refusal: who reopens.
    #[arg(long, value_enum)]
    pub reopened_by: Option<ReopenedBy>,
    /// Day of the entry, yyyy-mm-dd. Default: the one in the file, or today.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Day>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum ReopenedBy {
    Patient,
    Gp,
    /// Nobody: it was written down wrongly.
    Mistake,
}

/// Takes the decision back; gives the exit code.
#[must_use]
pub fn run(args: &UndoArgs) -> u8 {
    let now = now();
    let reopens = args.reopened_by.map(|by| match by {
        ReopenedBy::Patient => Reopens::Patient,
        ReopenedBy::Gp => Reopens::Doctor,
        ReopenedBy::Mistake => Reopens::Mistake,
    });
    let (by, role, why) = (args.by.as_str(), args.role.as_str(), args.why.as_str());
    let asked = Undoing {
        profile: &args.practice,
        number: args.number,
        by,
        role,
        why,
        reopens,
        as_of: args.as_of,
        today: today(),
        now: &now,
    };
    match undoing::undo(&asked) {
        Ok(number) => {
            println!("{number}");
            exit::DONE
        }
        Err(failure) => refused(&failure),
    }
}
