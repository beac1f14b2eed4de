//! `tidlig verify-list`: is everyone on the list still to be called?

use std::path::PathBuf;

use clap::Args;

use super::decide::{language, refused};
use super::exit;
use super::run::{day, now, today};
use crate::clinical::{Day, Language};
use crate::report::words::{Word, word};
use crate::run::verifying::{self, Verified, Verifying};
use crate::store::Section;

/// Hold the newest list against the register as it is now: who died, moved, opted out or declined since it was made.
///
/// Reads the practice's patients anew and publishes nothing. Prints part, rank, initials, GP and key of each row to strike. Exit codes: 0 the
/// list stands, 7 rows must be struck, 3 the register could not be read, 6 the store could not be used.
#[derive(Debug, Args)]
pub struct VerifyListArgs {
    /// The practice's practice.toml.
    #[arg(value_name = "PRACTICE.TOML")]
    pub practice: PathBuf,
    /// Who opens the list, for the access log.
    #[arg(long, value_name = "NAME", default_value = "")]
    pub by: String,
    /// Day of looking, yyyy-mm-dd. Default: the one in the file, or today.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Day>,
}

const NO_LIST: Word = word("ingen liste er laget ennå", "inga liste er laga enno", "no list was made yet");

/// Looks; gives the exit code.
#[must_use]
pub fn run(args: &VerifyListArgs) -> u8 {
    let now = now();
    let asked = Verifying { profile: &args.practice, as_of: args.as_of, today: today(), now: &now, who: &args.by };
    let language = language(&args.practice);
    match verifying::verify(&asked) {
        Ok(Some(verified)) => {
            print!("{}", words(&verified, language));
            if verified.struck.is_empty() { exit::DONE } else { exit::FOUND }
        }
        Ok(None) => {
            eprintln!("{}", NO_LIST.get(language));
            exit::USAGE
        }
        Err(failure) => refused(&failure),
    }
}

fn words(verified: &Verified, language: Language) -> String {
    let (run, rows, struck) = (&verified.run, verified.rows, verified.struck.len());
    let mut out = match language {
        Language::Nb => format!("Liste {run}: {struck} av {rows} rader skal strykes.\n"),
        Language::Nn => format!("Liste {run}: {struck} av {rows} rader skal strykast.\n"),
        Language::En => format!("List {run}: {struck} of {rows} rows must be struck.\n"),
    };
    for row in &verified.struck {
        let part = part(row.section, language);
        let why = row.why.words(language);
        out.push_str(&format!("{part}\t{}\t{}\t{}\t{}\t{why}\n", row.rank, row.initials, row.gp, row.key));
    }
    out
}

fn part(section: Section, language: Language) -> &'static str {
    let words = match section {
        Section::Candidates => ["liste", "liste", "list"],
        Section::Children => ["barn", "barn", "children"],
        Section::Reviews => ["evaluering", "evaluering", "reviews"],
        Section::Messages => ["melding", "melding", "messages"],
        Section::Beside => ["ved siden av", "ved sida av", "beside"],
    };
    match language {
        Language::Nb => words[0],
        Language::Nn => words[1],
        Language::En => words[2],
    }
}
