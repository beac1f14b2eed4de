//! The files of a run, beside the journal and the scores.

use std::fs;
use std::io;
use std::path::Path;

use super::disk::{self, DiskError};
use super::extracting::{Extracted, about};
use super::failure::Failure;
use super::manifest::{self, FileEntry, ListEntry, Manifest, Record, RuleSetEntry, TableEntry};
use super::publish::{Draft, Output};
use super::rules::Rules;
use super::scoring::Scored;
use crate::clinical::Day;
use crate::extract::Profile;
use crate::journal::tables::Source;
use crate::outreach::{List, Previous};
use crate::report::view::Book;
use crate::report::{About, View, csv, html, scores, xlsx};

/// The list as a page, as a workbook, and as CSV.
pub const PAGE: &str = "oppfolging.html";
pub const WORKBOOK: &str = "oppfolging.xlsx";
pub const TABLE: &str = "oppfolging.csv";
/// What the whole practice scored, for programs and for a spreadsheet.
pub const SUMMARY: &str = "summary.json";
pub const SUMMARY_TABLE: &str = "summary.csv";
/// What the next run needs to tell its changes.
pub const MEMORY: &str = "list.json";

/// Writes the list in every format, its memory, and last the manifest of all that stands in the folder.
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
) -> Result<(), Failure> {
    let on = list.index_day;
    let book = Book { rule_sets: &rules.rule_sets, vocabulary: &rules.vocabulary };
    let about = About { scores: scored.summaries.clone(), ..about(&extracted.report, profile, on) };
    let view = View::of(list, book, &about);
    draft.write(PAGE, html::write(&view).as_bytes())?;
    draft.write(TABLE, csv::write(&view).as_bytes())?;
    draft.write(WORKBOOK, &xlsx::write(&view, on).map_err(|error| Failure::Internal(error.to_string()))?)?;
    draft.write(SUMMARY, &manifest::json(&scored.summaries, &draft.folder().join(SUMMARY))?)?;
    draft.write(SUMMARY_TABLE, scores::csv(&scored.summaries, profile.practice.language).as_bytes())?;
    draft.write(MEMORY, &manifest::json(&list.remember(), &draft.folder().join(MEMORY))?)?;
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

/// The newest list of an earlier index day; `None` when there is none.
///
/// # Errors
/// When it is there and cannot be read.
pub fn list_before(output: &Output, on: Day) -> Result<Option<Previous>, DiskError> {
    let Some(run) = output.before(on) else { return Ok(None) };
    let path = run.path.join(MEMORY);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(disk::at("read", &path)(error)),
    };
    serde_json::from_str(&text).map(Some).map_err(|error| disk::at("read", &path)(error.into()))
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
