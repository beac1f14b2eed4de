//! `tidlig run`: the nightly job.

use std::path::PathBuf;

use clap::Args;

use super::decide::language;
use super::exit;
use super::log::{self, Progress};
use crate::clinical::Day;
use crate::clinical::fault::Style;
use crate::report::words::{Word, word};
use crate::run::nightly::Done;
use crate::run::{Failure, Night, nightly};

/// Read the practice's extract, score everyone on its list, and publish the outreach list.
///
/// Writes a new folder under the practice's output folder and lets `latest` there name it. When anything is wrong,
/// nothing is published and the last list stays. Exit codes: 0 published, 1 configuration or rule set wrong, 2 usage,
/// 3 extract refused or not to be trusted, 4 could not write, 5 another run is at work, 6 the store, a
/// file in the inbox or the table of resources cannot be used.
#[derive(Debug, Args)]
pub struct RunArgs {
    /// The practice's practice.toml.
    #[arg(value_name = "PRACTICE.TOML")]
    pub practice: PathBuf,
    #[command(flatten)]
    pub own: OwnModels,
    /// Index day, yyyy-mm-dd: only what was recorded by that day counts. Default: the one in the file, or today.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Day>,
    /// Write the log as JSON lines.
    #[arg(long)]
    pub log_json: bool,
    /// Tell only warnings and errors.
    #[arg(long, short)]
    pub quiet: bool,
}

/// Rule sets of one's own that practice.toml does not name.
#[derive(Debug, Args)]
pub struct OwnModels {
    /// Folder with rule sets of your own, beside those that practice.toml names; may be given more than once.
    ///
    /// They are used although `use` under `[models]` does not name them.
    #[arg(long, value_name = "DIR")]
    pub models_dir: Vec<PathBuf>,
}

/// Reads `yyyy-mm-dd`.
///
/// # Errors
/// When there is no such day.
pub fn day(text: &str) -> Result<Day, String> {
    Day::parse_iso(text).ok_or_else(|| "write the day as yyyy-mm-dd".to_owned())
}

/// Today by the computer's own clock and time zone.
#[must_use]
pub fn today() -> Day {
    let date = jiff::Zoned::now().date();
    let [month, day] = [date.month(), date.day()].map(|part| u32::from(part.unsigned_abs()));
    Day::from_ymd(i32::from(date.year()), month, day).unwrap_or(Day(0))
}

/// The time now in UTC, by the computer's own clock.
#[must_use]
pub fn now() -> String {
    jiff::Timestamp::now().to_string()
}

/// Runs the night; gives the exit code.
#[must_use]
pub fn run(args: &RunArgs) -> u8 {
    log::begin(args.log_json, args.quiet);
    let progress = Progress::new(!args.log_json && !args.quiet);
    let tell = |step: &str| {
        progress.step(step);
        tracing::debug!(step, "step");
    };
    let night = Night {
        profile: &args.practice,
        models: &args.own.models_dir,
        as_of: args.as_of,
        today: today(),
        now: &now,
        tell: &tell,
    };
    let result = nightly(&night);
    progress.end();
    match result {
        Ok(done) => {
            published(&done, args);
            exit::DONE
        }
        Err(failure) => failed(&failure, args),
    }
}

fn published(done: &Done, args: &RunArgs) {
    let run = done.published.name();
    tracing::info!(
        run,
        patients = done.patients,
        refused_rows = done.refused_rows,
        candidates = done.candidates,
        listed = done.listed,
        "published"
    );
    if !args.quiet {
        // A closed pipe is no reason to fail a run that is published.
        let _ = std::io::Write::write_fmt(&mut std::io::stdout(), format_args!("{}\n", done.page.display()));
    }
}

const NOTHING_PUBLISHED: Word = word(
    "Ingenting ble publisert; den siste listen står.",
    "Ingenting vart publisert; den siste lista står.",
    "Nothing was published; the last list stays.",
);

/// Tells why nothing was published; gives the exit code.
fn failed(failure: &Failure, args: &RunArgs) -> u8 {
    let code = exit::code(failure);
    if args.log_json {
        let reason = failure.to_string();
        tracing::error!(code, reason, "nothing was published; the last list stays");
        return code;
    }
    tell_failure(failure);
    eprintln!("{}", NOTHING_PUBLISHED.get(language(&args.practice)));
    code
}

/// Tells a failure to a person.
pub(super) fn tell_failure(failure: &Failure) {
    match failure {
        Failure::Profile(faults) | Failure::RuleSets(faults) => eprint!("{}", faults.render(Style::of_stderr())),
        other => eprintln!("{other}"),
    }
}
