//! What to do about the conflicts of a refused file: the very commands.

use std::path::Path;

use super::{Fault, FaultKind};
use crate::clinical::Language;

/// How the file was to be taken in.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The practice's `practice.toml`.
    pub practice: &'a Path,
    pub file: &'a Path,
}

/// One paragraph for entries that the file may replace, one for refusals that somebody must reopen; empty without either.
#[must_use]
pub fn commands(faults: &[Fault], asked: &Asked, language: Language) -> String {
    let (practice, file) = (quoted(asked.practice), quoted(asked.file));
    let mut out = String::new();
    let conflicts = faults.iter().filter_map(|fault| match fault.kind {
        FaultKind::Conflict(number, ..) => Some(number),
        _ => None,
    });
    let numbers = joined(conflicts);
    if !numbers.is_empty() {
        let words = match language {
            Language::Nb => "Skal det som alt er avgjort, stå: ta bort radene. Skal denne filen gjelde i stedet:",
            Language::Nn => "Skal det som alt er avgjort, stå: ta bort radene. Skal denne fila gjelde i staden:",
            Language::En => "To keep what is decided already, remove the rows. To let this file replace it:",
        };
        out += &format!("\n{words}\n  tidlig decide {practice} {file} --replace {numbers}");
    }
    let mut declined: Vec<i64> = faults.iter().filter_map(|fault| refusal(&fault.kind)).collect();
    declined.sort_unstable();
    declined.dedup();
    if !declined.is_empty() {
        let words = match language {
            Language::Nb => "Har pasienten eller fastlegen åpnet igjen (patient, gp), eller var det en feil (mistake):",
            Language::Nn => "Har pasienten eller fastlegen opna igjen (patient, gp), eller var det ein feil (mistake):",
            Language::En => "When the patient or the GP reopened (patient, gp), or it was a mistake (mistake):",
        };
        out += &format!("\n{words}");
    }
    for number in declined {
        out += &format!("\n  tidlig undo {practice} {number} --by … --why … --reopened-by …");
    }
    out
}

fn refusal(kind: &FaultKind) -> Option<i64> {
    if let FaultKind::Declined(number) = kind { Some(*number) } else { None }
}

fn joined(numbers: impl Iterator<Item = i64>) -> String {
    let mut numbers: Vec<i64> = numbers.collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers.iter().map(i64::to_string).collect::<Vec<_>>().join(",")
}

/// As a shell takes it.
fn quoted(path: &Path) -> String {
    let text = path.display().to_string();
    if text.contains(char::is_whitespace) { format!("\"{text}\"") } else { text }
}
