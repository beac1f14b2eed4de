//! What a check of a practice's extract tells on the terminal: counts and reasons, never a patient's value.

use std::fmt::Write;

use super::about::{About, TableFacts};
use super::habit;
use super::words::{self, Word, word};
use crate::clinical::Language;
use crate::journal::tables::{Source, Table};

/// What a check found in an extract that could be read.
#[derive(Debug, Clone, PartialEq)]
pub struct Findings {
    pub about: About,
    /// Number of rule sets that a run would use; `None` when some have faults.
    pub rule_sets: Option<usize>,
    /// What was noticed about the quality of the data, by a short name, and how often.
    pub noticed: Vec<(&'static str, u64)>,
    /// Where refused rows stand.
    pub refused_at: Vec<RefusedAt>,
    /// Files of decisions that wait to be taken in, and how many new decisions they hold.
    pub waiting: Option<(usize, usize)>,
    /// Whether a run would publish on this extract, by the practice's own limits.
    pub trusted: bool,
}

/// The first rows of one table that were refused for one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedAt {
    pub table: Table,
    /// As in [`TableFacts::refused`].
    pub reason: String,
    /// File and line, in the order they were read.
    pub places: Vec<(String, u64)>,
}

const RULE_SETS: Word = word("{0} regelsett uten feil", "{0} regelsett utan feil", "{0} rule sets without a fault");
const NO_FILE: Word = word("Ikke levert", "Ikkje levert", "Not delivered");
const NOTICED: Word = word("Lagt merke til", "Lagt merke til", "Noticed");
const IN_FULL: Word = word(
    "En kjøring skriver hver avvist rad med fil, linje, kolonne og årsak til refusals.csv.",
    "Ei køyring skriv kvar avvist rad med fil, linje, kolonne og årsak til refusals.csv.",
    "A run writes every refused row with file, line, column and reason to refusals.csv.",
);
const WAITING: Word = word(
    "Innboksen: {0} filer med {1} nye avgjørelser kan tas inn.",
    "Innboksen: {0} filer med {1} nye avgjerder kan takast inn.",
    "The inbox: {0} files with {1} new decisions can be taken in.",
);
const TRUSTED: Word = word(
    "Uttrekket er innenfor grensene i [trust].",
    "Uttrekket er innanfor grensene i [trust].",
    "The extract is within the limits of [trust].",
);
const NOT_TRUSTED: Word = word(
    "Uttrekket er utenfor grensene i [trust]; en kjøring ville ikke publisert noe.",
    "Uttrekket er utanfor grensene i [trust]; ei køyring ville ikkje publisert noko.",
    "The extract is outside the limits of [trust]; a run would publish nothing.",
);

/// The whole text, in the practice's language.
#[must_use]
pub fn text(findings: &Findings) -> String {
    let about = &findings.about;
    let language = about.language;
    let mut out = String::new();
    let day = habit::date(about.index_day, language);
    let _ = writeln!(out, "{}, {} {day}", about.practice, words::EXTRACT_DAY.get(language).to_lowercase());
    if let Some(count) = findings.rule_sets {
        let _ = writeln!(out, "{}", RULE_SETS.with(language, &[&count.to_string()]));
    }
    out.push('\n');
    for table in &about.tables {
        out.push_str(&of_table(table, &findings.refused_at, language));
    }
    if !findings.refused_at.is_empty() {
        let _ = writeln!(out, "{}", IN_FULL.get(language));
    }
    let missing = Source::ALL.into_iter().filter(|source| !about.sources.has(*source));
    let missing: Vec<&str> = missing.map(Source::name).collect();
    if !missing.is_empty() {
        let _ = writeln!(out, "{}: {}", NO_FILE.get(language), missing.join(", "));
    }
    let noticed = findings.noticed.iter().map(|(name, times)| format!("{name} {}", habit::whole(*times, language)));
    let noticed: Vec<String> = noticed.collect();
    if !noticed.is_empty() {
        let _ = writeln!(out, "{}: {}", NOTICED.get(language), noticed.join(", "));
    }
    if let Some((files, decisions)) = findings.waiting {
        let _ = writeln!(out, "{}", WAITING.with(language, &[&files.to_string(), &decisions.to_string()]));
    }
    let verdict = if findings.trusted { TRUSTED } else { NOT_TRUSTED };
    let _ = writeln!(out, "{}", verdict.get(language));
    out
}

/// One line of counts, and one for each reason that rows were refused for, with the first of those rows.
fn of_table(table: &TableFacts, refused_at: &[RefusedAt], language: Language) -> String {
    let whole = |value: u64| habit::whole(value, language);
    let counts = [
        (words::ROWS_READ, whole(table.read)),
        (words::ROWS_KEPT, whole(table.kept)),
        (words::ROWS_REFUSED, whole(table.refused_rows())),
    ];
    let mut counts: Vec<String> = counts.iter().map(|(word, n)| lower(*word, language, n)).collect();
    if let Some(newest) = table.newest {
        counts.push(lower(words::NEWEST_ROW, language, &habit::date(newest, language)));
    }
    let mut out = format!("{}: {}\n", table.table.name(), counts.join(", "));
    for (reason, rows) in &table.refused {
        let found = refused_at.iter().find(|at| at.table == table.table && at.reason == *reason);
        let places = found.map(|at| format!(" ({})", places(&at.places, *rows))).unwrap_or_default();
        let _ = writeln!(out, "    {} {reason}{places}", whole(*rows));
    }
    out
}

/// `diagnoser.csv:12, 40, 77 …`; the file is named again only where it changes.
fn places(places: &[(String, u64)], rows: u64) -> String {
    let mut out = String::new();
    let mut last = "";
    for (file, line) in places {
        let comma = if out.is_empty() { "" } else { ", " };
        let name = if file == last { String::new() } else { format!("{file}:") };
        let _ = write!(out, "{comma}{name}{line}");
        last = file;
    }
    if rows > places.len() as u64 { out + " …" } else { out }
}

fn lower(word: Word, language: Language, value: &str) -> String {
    format!("{} {value}", word.get(language).to_lowercase())
}
