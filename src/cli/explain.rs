//! `tidlig explain`: every point of one patient.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::decide::{language, refused};
use super::exit;
use super::run::{OwnModels, day, now, today};
use crate::clinical::{Day, Language};
use crate::report::words::{Word, word};
use crate::run::explaining::{Question, Told, explain};

/// Show every input of every rule set for one patient: met, not met or unknown, with fact, date and source, and the sum.
///
/// Reads the journal of the last published run, or the extract when nothing was published yet. Shows sensitive facts
/// too: it is meant for those who may read the journal. Exit code 2 when there is no such patient, or she has
/// asked not to be assessed.
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

const NO_SUCH_PATIENT: Word = word(
    "det er ingen slik pasient i journalen",
    "det er ingen slik pasient i journalen",
    "there is no such patient in the journal",
);
const RESERVED: Word = word(
    "pasienten har reservert seg mot å bli risikovurdert; ingenting er beregnet",
    "pasienten har reservert seg mot å bli risikovurdert; ingenting er rekna ut",
    "the patient has asked not to be assessed; nothing was computed",
);

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
        Ok(Told::Text(text)) => match io::stdout().lock().write_all(text.as_bytes()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
            _ => Ok(exit::DONE),
        },
        // The id is not repeated: it may be an identity number.
        Ok(Told::NoSuchPatient) => {
            eprintln!("{}", NO_SUCH_PATIENT.get(language(&args.practice)));
            Ok(exit::USAGE)
        }
        Ok(Told::Reserved) => {
            eprintln!("{}", RESERVED.get(language(&args.practice)));
            Ok(exit::USAGE)
        }
        Err(failure) => Ok(refused(&failure)),
    }
}
