//! The files of a run, beside the journal and the scores.

use std::collections::BTreeSet;
use std::path::Path;

use serde::Serialize;

use super::disk::DiskError;
use super::extracting::{Extracted, about};
use super::failure::Failure;
use super::manifest::{self, FileEntry, ListEntry, Manifest, Record, RuleSetEntry, TableEntry};
use super::publish::{Draft, Output};
use super::rules::Rules;
use super::scoring::Scored;
use crate::extract::Profile;
use crate::journal::tables::Source;
use crate::journal::whole;
use crate::outreach::List;
use crate::report::{self, About, scores};
use crate::store::{ListedRow, RunRecord};

pub use crate::report::write_all::{PAGE, TABLE, WORKBOOK};

/// What the whole practice scored, for programs and for a spreadsheet.
pub const SUMMARY: &str = "summary.json";
pub const SUMMARY_TABLE: &str = "summary.csv";
/// The list without words, for programs.
pub const PLAIN: &str = "list.json";

/// Writes the list in every format, and last the manifest of all that stands in the folder.
///
/// # Errors
/// When the disk is full, or an input file is gone.
pub fn write(
    draft: &Draft,
    profile: &Profile,
    rules: &Rules,
    extracted: &Extracted,
    scored: &Scored,
    list: &List,
    record: &RunRecord,
) -> Result<(), Failure> {
    let about = About { scores: scored.summaries.clone(), ..about(&extracted.report, profile, list.index_day) };
    let selected: BTreeSet<String> =
        list.beside.selected.iter().map(|followed| followed.row.member.id.clone()).collect();
    let journals = whole::journals(&extracted.journal, &selected)?;
    let (rule_sets, vocabulary) = (&rules.rule_sets, &rules.vocabulary);
    let output = report::Output { list, rule_sets, vocabulary, about: &about, journals: &journals };
    for file in report::write_all(output).map_err(|error| Failure::Internal(error.to_string()))? {
        draft.write(&file.name, &file.bytes)?;
    }
    draft.write(SUMMARY, &manifest::json(&scored.summaries, &draft.folder().join(SUMMARY))?)?;
    draft.write(SUMMARY_TABLE, scores::csv(&scored.summaries, profile.practice.language).as_bytes())?;
    let plain =
        Plain { index_day: &record.index_day, week: &record.week, capacity: record.capacity, rows: &record.rows };
    draft.write(PLAIN, &manifest::json(&plain, &draft.folder().join(PLAIN))?)?;
    let manifest = manifest_of(draft, profile, rules, extracted, list)?;
    draft.write(manifest::FILE, &manifest::json(&manifest, &draft.folder().join(manifest::FILE))?)?;
    Ok(())
}

/// Writes when the run took place.
///
/// # Errors
/// When the disk is full.
pub fn record(draft: &Draft, record: &Record) -> Result<(), DiskError> {
    draft.write(manifest::RECORD, &manifest::json(record, &draft.folder().join(manifest::RECORD))?)
}

/// The list without words, for programs: the run's own rows, as the store keeps them.
#[derive(Serialize)]
struct Plain<'a> {
    index_day: &'a str,
    week: &'a str,
    capacity: usize,
    rows: &'a [ListedRow],
}

/// How the rule sets differ from those of the newest run; empty when they do not, or there is none.
#[must_use]
pub fn rules_changed(output: &Output, rules: &Rules) -> String {
    let Some(before) = output.latest().and_then(|run| Manifest::read(&run.path).ok()) else { return String::new() };
    let now: Vec<RuleSetEntry> = rules.rule_sets.iter().map(RuleSetEntry::of).collect();
    let changed =
        now.iter().filter(|set| !before.rule_sets.contains(set)).map(|set| format!("{} {}", set.id, set.version));
    let gone = before.rule_sets.iter().filter(|set| !now.iter().any(|other| other.id == set.id));
    let gone = gone.map(|set| format!("{} no longer used", set.id));
    changed.chain(gone).collect::<Vec<_>>().join(", ")
}

fn manifest_of(
    draft: &Draft,
    profile: &Profile,
    rules: &Rules,
    extracted: &Extracted,
    list: &List,
) -> Result<Manifest, DiskError> {
    let report = &extracted.report;
    let tables = report.tables.iter().map(|(table, counts)| {
        let refused = counts.refused.values().sum();
        let newest = counts.newest.map(|day| day.to_string());
        (table.name().to_owned(), TableEntry { read: counts.read, kept: counts.kept, refused, newest })
    });
    let delivered = Source::ALL.into_iter().filter(|source| report.sources.has(*source));
    Ok(Manifest {
        tidlig: env!("CARGO_PKG_VERSION").to_owned(),
        index_day: list.index_day.to_string(),
        language: profile.practice.language.tag().to_owned(),
        rule_sets: rules.rule_sets.iter().map(RuleSetEntry::of).collect(),
        inputs: inputs(profile, extracted)?,
        sources: delivered.map(|source| source.name().to_owned()).collect(),
        tables: tables.collect(),
        list: ListEntry {
            capacity: list.capacity,
            candidates: list.candidates,
            listed: list.rows.len(),
            tied_at_cut: list.tied_at_cut,
            compared_with: list.previous.map(|day| day.to_string()),
        },
        outputs: manifest::folder_entries(draft.folder())?,
    })
}

/// The practice's profile and every file that was read, by name.
fn inputs(profile: &Profile, extracted: &Extracted) -> Result<Vec<FileEntry>, DiskError> {
    let own = profile.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut inputs = vec![manifest::file_entry(&profile.file, &own)?];
    for file in &extracted.report.files {
        inputs.push(manifest::file_entry(&profile.folder.join(Path::new(&file.delivered)), &file.delivered)?);
    }
    inputs.sort();
    inputs.dedup();
    Ok(inputs)
}
