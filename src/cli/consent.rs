//! `tidlig consent`: what may be told of a person, to whom.

use std::path::PathBuf;

use clap::Args;

use super::decide::{language, refused};
use super::exit;
use super::run::{day, now, today};
use crate::clinical::Day;
use crate::report::words::{Word, word};
use crate::run::consenting::{self, Answer, Consenting};

/// Note that a person agreed that something is told to someone, or withdrew it; without --what, show what she agreed to.
///
/// Nothing about her leaves the practice without a consent. Exit code 2 when there is no such patient, or nothing to withdraw.
#[derive(Debug, Args)]
pub struct ConsentArgs {
    /// The practice's practice.toml.
    #[arg(value_name = "PRACTICE.TOML")]
    pub practice: PathBuf,
    /// The patient's internal id, as the extract has it.
    #[arg(value_name = "PATIENT")]
    pub patient: String,
    /// What may be told.
    #[arg(long, value_name = "TEXT", requires = "to")]
    pub what: Option<String>,
    /// To whom.
    #[arg(long, value_name = "TEXT", requires = "what")]
    pub to: Option<String>,
    /// She withdrew it.
    #[arg(long, requires = "what")]
    pub withdraw: bool,
    /// Who notes it.
    #[arg(long, value_name = "NAME", default_value = "")]
    pub by: String,
    /// The day, yyyy-mm-dd. Default: the one in the file, or today.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Day>,
}

const NO_SUCH_PATIENT: Word = word(
    "det er ingen slik pasient i registeret",
    "det er ingen slik pasient i registeret",
    "there is no such patient in the register",
);
const NOTHING_TO_WITHDRAW: Word =
    word("det er ikke gitt noe slikt samtykke", "det er ikkje gitt noko slikt samtykke", "no such consent was given");

/// Runs the command; gives the exit code.
#[must_use]
pub fn run(args: &ConsentArgs) -> u8 {
    let now = now();
    let what = args.what.as_deref().zip(args.to.as_deref());
    let asked = Consenting {
        profile: &args.practice,
        patient: &args.patient,
        what,
        withdraw: args.withdraw,
        by: &args.by,
        as_of: args.as_of,
        today: today(),
        now: &now,
    };
    match consenting::consent(&asked) {
        Ok(Answer::Consents(consents)) => {
            for consent in consents {
                let withdrawn = consent.withdrawn_on.map_or(String::new(), Day::norwegian);
                println!("{}\t{}\t{}\t{withdrawn}", consent.what, consent.to_whom, consent.given_on.norwegian());
            }
            exit::DONE
        }
        Ok(Answer::NothingToWithdraw) => told(NOTHING_TO_WITHDRAW, args),
        Ok(Answer::NoSuchPatient) => told(NO_SUCH_PATIENT, args),
        Err(failure) => refused(&failure),
    }
}

/// Why nothing was noted; gives the exit code.
fn told(word: Word, args: &ConsentArgs) -> u8 {
    eprintln!("{}", word.get(language(&args.practice)));
    exit::USAGE
}
