//! `tidlig explain`: every point of one patient.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::exit;
use super::run::{OwnModels, day, failed, now, today};
use crate::clinical::{Day, Language};
use crate::run::explaining::{Question, explain};

/// Show every input of every rule set for one patient: met, not met or unknown, with fact, date and source, and the sum.
///
/// Reads the journal of the last published run, or the extract when nothing was published yet. Shows sensitive facts
/// too: it is meant for those who may read the journal. Exit code 2 when there is no such patient.
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// The practice's practice.toml.
    #[arg(value_name = "PRACTICE.TOML")]
    pub practice: PathBuf,
    /// The patient's internal id, as the extract has it.
    #[arg(value_name = "PATIENT")]
    pub patient: String,
    #[command(flatten)]
    pub own: OwnModels,
    /// Index day, yyyy-mm-dd. Default: that of the last run.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Day>,
    /// The reader's language. Default: the practice's.
    #[arg(long, value_enum)]
    pub lang: Option<Language>,
}

/// Runs the command; gives the exit code.
///
/// # Errors
/// When the terminal cannot be written to.
pub fn run(args: &ExplainArgs) -> Result<u8> {
    let now = now();
    let question = Question {
        profile: &args.practice,
        models: &args.own.models_dir,
        patient: &args.patient,
        as_of: args.as_of,
        today: today(),
        language: args.lang,
        now: &now,
    };
    match explain(&question) {
        Ok(Some(text)) => match io::stdout().lock().write_all(text.as_bytes()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
            _ => Ok(exit::DONE),
        },
        // The id is not repeated: it may be an identity number.
        Ok(None) => {
            eprintln!("there is no such patient in the journal");
            Ok(exit::USAGE)
        }
        Err(failure) => Ok(failed(&failure, false)),
    }
}
