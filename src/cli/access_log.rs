//! `tidlig log`: who saw and did what, and what was decided.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::decide::{language, refused};
use super::exit;
use crate::clinical::Language;
use crate::run::logging::{self, LogState};
use crate::store::decision::Choice;
use crate::store::{AccessEntry, Decision, Kept};

/// Show and check the access log, and list what was decided.
#[derive(Debug, Subcommand)]
pub enum LogCommand {
    /// Check that no entry was changed, taken out or cut off since it was written. Exit code 7 when one was.
    Verify(Practice),
    /// Every entry: number, time, who, role, what, about, person, why, with tabs between.
    Show(ShowArgs),
    /// Every decision: number, day, who, role, decision, list, key of the row, whether undone, with tabs between.
    Decisions(Practice),
}

#[derive(Debug, Args)]
pub struct Practice {
    /// The practice's practice.toml.
    #[arg(value_name = "PRACTICE.TOML")]
    pub practice: PathBuf,
}

#[derive(Debug, Args)]
pub struct ShowArgs {
    /// The practice's practice.toml.
    #[arg(value_name = "PRACTICE.TOML")]
    pub practice: PathBuf,
    /// Only what concerns this patient, by her internal id: the lists she stood on and what was decided.
    #[arg(long, value_name = "PATIENT")]
    pub patient: Option<String>,
}

/// Runs the command; gives the exit code.
#[must_use]
pub fn run(command: &LogCommand) -> u8 {
    let done = match command {
        LogCommand::Verify(args) => verify(&args.practice),
        LogCommand::Show(args) => logging::entries(&args.practice, args.patient.as_deref()).map(|entries| {
            entries.iter().for_each(|entry| print(&line(entry)));
            exit::DONE
        }),
        LogCommand::Decisions(args) => logging::decisions(&args.practice).map(|entries| {
            let language = language(&args.practice);
            entries.iter().for_each(|kept| print(&decision(kept, language)));
            exit::DONE
        }),
    };
    done.unwrap_or_else(|failure| refused(&failure))
}

fn verify(practice: &Path) -> Result<u8, crate::run::Failure> {
    let (state, language) = (logging::verify(practice)?, language(practice));
    let (code, words) = match state {
        LogState::Whole { entries } => (
            exit::DONE,
            [
                format!("Innsynsloggen er hel: {entries} innslag."),
                format!("Innsynsloggen er heil: {entries} innslag."),
                format!("The access log is whole: {entries} entries."),
            ],
        ),
        LogState::Broken { at } => (
            exit::FOUND,
            [
                format!("Innsynsloggen er endret: innslag {at} mangler eller er ikke som det ble skrevet."),
                format!("Innsynsloggen er endra: innslag {at} manglar eller er ikkje som det vart skrive."),
                format!("The access log was changed: entry {at} is missing or not as it was written."),
            ],
        ),
        LogState::CutOff { run } => (
            exit::FOUND,
            [
                format!("Innsynsloggen er kortere enn da {run} ble laget."),
                format!("Innsynsloggen er kortare enn då {run} vart laga."),
                format!("The access log is shorter than when {run} was made, or another one."),
            ],
        ),
    };
    let [nb, nn, en] = words;
    print(match language {
        Language::Nb => &nb,
        Language::Nn => &nn,
        Language::En => &en,
    });
    Ok(code)
}

/// A closed pipe is no reason to fail.
fn print(line: &str) {
    let _ = std::io::Write::write_fmt(&mut std::io::stdout(), format_args!("{line}\n"));
}

fn line(entry: &AccessEntry) -> String {
    let person = entry.person.map_or(String::new(), |person| person.to_string());
    let number = entry.number.to_string();
    [&number, &entry.at, &entry.who, &entry.role, entry.act.name(), &entry.about, &person, &entry.why]
        .map(clean)
        .join("\t")
}

fn decision(kept: &Kept, language: Language) -> String {
    let entry = &kept.entry;
    let scope = match &entry.decision {
        Decision::Declined { scope, .. } => Some(*scope),
        _ => None,
    };
    let choice = Choice { kind: entry.decision.kind(), scope };
    let list = entry.seen.as_ref().map_or("", |seen| seen.list.as_str());
    let undone = match (kept.undone, language) {
        (false, _) => "",
        (true, Language::Nb) => "angret",
        (true, Language::Nn) => "angra",
        (true, Language::En) => "undone",
    };
    let (number, day) = (entry.number.to_string(), entry.decided_on.to_string());
    let key = kept.key.clone().unwrap_or_default();
    [&number, &day, &entry.by, &entry.role, choice.label(language), list, &key, undone].map(clean).join("\t")
}

/// One entry stays on one line.
fn clean(text: &str) -> String {
    text.replace(['\t', '\n', '\r'], " ")
}
