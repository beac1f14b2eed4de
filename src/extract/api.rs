//! The room's two doors: a practice's extract, and a folder that is canonical already.

use super::csv_chunks::CHUNK;
use super::error::{ExtractError, FaultKind, FileFault, FileFaults};
use super::profile::{
    CodeMap, ColumnSource, DateHabit, From, Habits, Header, Profile, TableSource, Target, TextEncoding, Trust,
};
use super::read::{Outcome, Progress, Reading};
use super::reason::Reason;
use super::report::{ExtractReport, Finding, TableReport};
use super::scan::Pace;
use crate::clinical::{Day, Language};
use crate::journal::manifest::Manifest;
use crate::journal::store::{BUDGET, StoreError};
use crate::journal::tables::{ContactKind, Holds, Source, Sources, Table};
use std::collections::BTreeSet;
use std::path::Path;

/// Reads a practice's extract into the canonical journal in `out`: a Parquet file for each delivered table,
/// `refusals.csv` and `journal.json`. `progress` is called from time to time, in the order of the files.
///
/// # Errors
/// Every fault of every file, or the first fault of writing; `out` then holds no journal to rely on.
pub fn read(
    profile: &Profile,
    index_day: Day,
    out: &Path,
    progress: &(dyn Fn(Progress<'_>) + Sync),
) -> Result<ExtractReport, ExtractError> {
    let reading = Reading {
        folder: &profile.folder,
        sources: &profile.tables,
        index_day: Some(index_day),
        language: profile.practice.language,
        out,
        pace: pace(),
        budget: BUDGET,
        progress,
    };
    finish(&reading, &profile.trust)
}

/// Reads a folder of canonical tables (`patients.csv`, `diagnoses.parquet`, …, also `.csv.gz`; headers are the canonical
/// names, days `yyyy-mm-dd`) into the journal in `out`. Nothing is held against an index day.
///
/// # Errors
/// As [`read`].
pub fn canonical_folder(folder: &Path, out: &Path) -> Result<ExtractReport, ExtractError> {
    let sources: Vec<TableSource> =
        Table::ALL.into_iter().filter_map(|table| canonical_source(folder, table)).collect();
    if !sources.iter().any(|source| source.table == Table::Patients) {
        let kind = FaultKind::Missing { place: folder.display().to_string() };
        let name = folder.join(format!("{}.csv", Table::Patients.name()));
        FileFaults(vec![FileFault::new(&name, None, kind)]).check()?;
    }
    let reading = Reading {
        folder,
        sources: &sources,
        index_day: None,
        language: Language::En,
        out,
        pace: pace(),
        budget: BUDGET,
        progress: &|_| {},
    };
    finish(&reading, &Trust::default())
}

/// The endings of a canonical table's file, in the order they are looked for.
const ENDINGS: [&str; 4] = ["parquet", "csv", "csv.gz", "csv.zip"];

fn canonical_source(folder: &Path, table: Table) -> Option<TableSource> {
    let files = ENDINGS.map(|ending| format!("{}.{ending}", table.name()));
    let file = files.into_iter().find(|file| folder.join(file).is_file())?;
    let place = file.clone();
    let column = |(index, column): (usize, &crate::journal::tables::Column)| ColumnSource {
        target: Target::Column(index),
        from: From::Header(Header { name: column.name.to_owned(), place: place.clone() }),
        map: None,
        must_exist: column.required,
    };
    Some(TableSource {
        table,
        files: vec![file],
        habits: Habits { dates: Some(DateHabit::Iso), encoding: Some(TextEncoding::Utf8), ..Habits::default() },
        columns: table.columns().iter().enumerate().map(column).collect(),
        width: 1,
        split: None,
        // Here a table that is there delivers all its sources, whether rows of every kind are in it or not.
        sources: Some(Source::ALL.into_iter().filter(|source| source.table() == table).collect()),
        place: table.name().to_owned(),
    })
}

/// Two pieces for each thread: one is worked on while another ends.
fn pace() -> Pace {
    Pace { chunk: CHUNK, pieces: rayon::current_num_threads() * 2 }
}

pub(super) fn finish(reading: &Reading<'_>, trust: &Trust) -> Result<ExtractReport, ExtractError> {
    let outcome = reading.run()?;
    let report = report(reading, outcome, trust);
    let mut manifest = Manifest::new(report.integer_ids);
    for (table, counts) in &report.tables {
        manifest.add_table(*table, counts.kept);
    }
    for (source, newest) in &report.newest {
        manifest.add_source(*source, *newest, report.sources.has(*source));
    }
    let path = reading.out.join(crate::journal::manifest::FILE_NAME);
    manifest.write(reading.out).map_err(|source| StoreError::Io { path, source })?;
    Ok(report)
}

fn report(reading: &Reading<'_>, outcome: Outcome, trust: &Trust) -> ExtractReport {
    let mut report = ExtractReport {
        patients: outcome.patients,
        integer_ids: outcome.integer_ids,
        register: outcome.register,
        ..ExtractReport::default()
    };
    for read in outcome.tables {
        let tally = &read.tally;
        let counts = TableReport {
            read: tally.read,
            kept: read.rows,
            refused: Reason::ALL.into_iter().zip(tally.refused).filter(|(_, n)| *n > 0).collect(),
            newest: tally.newest().filter(|_| read.table.date_column().is_some()),
        };
        for (finding, times) in Finding::ALL.into_iter().zip(tally.findings).filter(|(_, n)| *n > 0) {
            *report.findings.entry(finding).or_default() += times;
        }
        for source in delivered(reading.sources, read.table, &tally.sources) {
            let of_kind = Day(tally.sources[source as usize]);
            let newest = match read.table {
                Table::Contacts => (of_kind.0 != crate::journal::rows::NO_DAY).then_some(of_kind),
                _ => counts.newest,
            };
            report.newest.insert(source, newest);
        }
        report.tables.insert(read.table, counts);
        report.refused_at.extend(read.refused_at.into_iter().map(|(reason, places)| ((read.table, reason), places)));
        report.files.extend(read.files);
    }
    (report.sources, report.stale) = fresh(&report, reading.index_day, trust.stale_source_days);
    report
}

/// The sources that a table's files deliver: told, or judged from the kinds of contact that were seen or mapped.
fn delivered(sources: &[TableSource], table: Table, seen: &[i32]) -> BTreeSet<Source> {
    let of_table = || sources.iter().filter(|source| source.table == table);
    if table != Table::Contacts {
        return Source::ALL.into_iter().filter(|source| source.table() == table && table != Table::Blocks).collect();
    }
    let told = of_table().filter_map(|source| source.sources.as_ref()).flatten().copied();
    let mut found: BTreeSet<Source> = told.collect();
    for source in of_table().filter(|source| source.sources.is_none()) {
        let kinds = source.columns.iter().filter(|column| is_kind(table, column));
        let constant = |column: &ColumnSource| match &column.from {
            From::Constant(kind) => ContactKind::parse(kind),
            _ => None,
        };
        let meanings = |map: &CodeMap| map.meanings().filter_map(ContactKind::parse).collect::<Vec<_>>();
        for column in kinds {
            found.extend(constant(column).map(ContactKind::source));
            found.extend(column.map.iter().flat_map(meanings).map(ContactKind::source));
        }
    }
    // Kinds are only looked at where no file of the table tells its sources.
    if of_table().any(|source| source.sources.is_none()) {
        let seen = Source::ALL.into_iter().filter(|source| seen[*source as usize] != crate::journal::rows::NO_DAY);
        found.extend(seen);
    }
    found
}

fn is_kind(table: Table, column: &ColumnSource) -> bool {
    match column.target {
        Target::Column(index) => table.columns()[index].holds == Holds::ContactKind,
        Target::NationalId => false,
    }
}

/// Leaves out the sources whose newest row is too old: what they do not tell is unknown, not no.
fn fresh(report: &ExtractReport, index_day: Option<Day>, limit: u32) -> (Sources, Vec<(Source, Day)>) {
    let mut sources = Sources::NONE;
    let mut stale = Vec::new();
    for (source, newest) in &report.newest {
        match (index_day, newest) {
            (Some(on), Some(newest)) if i64::from(on.0) - i64::from(newest.0) > i64::from(limit) => {
                stale.push((*source, *newest));
            }
            _ => sources = sources.with(*source),
        }
    }
    (sources, stale)
}
