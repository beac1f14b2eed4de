//! Readers of facts: the rows of a row group, as runs of facts by patient.

use super::chunk::Chunk;
use super::columns::{Columns, IdColumn, Words, WrongType};
use super::facts::{
    ContactFact, DiagnosisFact, FunctionFact, MeasurementFact, MedicineFact, NO_DAY, ServiceFact, class_of, day_or_none,
};
use super::ids::IdKind;
use super::journal_files::{ReadError, RowGroup, ScanSource, TableFiles};
use super::lexicon::{Lexicon, Measured};
use super::pages::CannotScan;
use super::pool::Pool;
use crate::clinical::{Day, Sex};
use crate::journal::column;
use crate::journal::patient::{Comparator, FunctionRow, Person, ServiceRow};
use crate::journal::tables::{ContactKind, Table};
use arrow::array::{Array, BooleanArray, Float64Array, Int32Array};
use arrow::record_batch::RecordBatch;
use std::sync::Arc;

/// What a reader needs beside the file.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    pub lexicon: &'a Lexicon,
    /// Facts that count from a later day than this can be left out: the last index day.
    pub until: Day,
    /// Which of the others can be left out, too.
    pub wanted: &'a Wanted,
    /// Kind of the patients' ids; ids of the other kind are converted.
    pub ids: IdKind,
    pub room: &'a Room,
}

/// Room for the facts of which there are most.
#[derive(Debug, Default)]
pub struct Room {
    pub(super) diagnoses: Arc<Pool<Vec<DiagnosisFact>>>,
    pub(super) medicines: Arc<Pool<Vec<MedicineFact>>>,
}

/// Which facts can matter to some rule.
#[derive(Debug, Default)]
pub struct Wanted {
    /// The first day on which codes can, by their class; nothing where all always can.
    pub since: Vec<i32>,
    /// Whether one code of a patient says as much as several, of whatever day, by their class; none does where there is
    /// nothing. Only where all days can matter.
    pub once: Vec<bool>,
    pub contacts_since: i32,
}

impl Reading<'_> {
    /// Whether a code of this meaning can matter to some rule when it is of this day and counts from the other.
    #[inline]
    pub(super) fn keeps(&self, word: u64, day: i32, visible: i32) -> bool {
        word != 0 && visible <= self.until.0 && self.wanted.is_recent(word, day)
    }
}

impl Wanted {
    /// Whether a code of this meaning can matter to some rule when it is of this day.
    #[inline]
    pub(super) fn is_recent(&self, word: u64, day: i32) -> bool {
        self.since.get(usize::from(class_of(word).0)).is_none_or(|since| day >= *since)
    }
}

/// A kind of fact, and how it is read.
pub trait Fact: Copy + Send + Sync + 'static {
    const TABLE: Table;
    const COLUMNS: &'static [&'static str];

    /// Reads a row group of so many rows straight from its pages; with it, the number of rows that could not be used.
    ///
    /// # Errors
    /// When this kind of fact is not read so, or the row group is not written in a way that can be.
    fn scan(_source: &ScanSource, _rows: usize, _reading: &Reading) -> Result<(Chunk<Self>, usize), CannotScan> {
        Err(CannotScan::OtherShape)
    }

    /// Adds the batch's facts to `chunk`, run by run; returns how many rows could not be used.
    ///
    /// # Errors
    /// When a column is of a type that cannot be read.
    fn read(batch: &RecordBatch, reading: &Reading, chunk: &mut Chunk<Self>) -> Result<usize, WrongType>;
}

/// Reads one row group into runs as they lie; with it, the number of rows that could not be used.
///
/// # Errors
/// When the file cannot be read.
pub fn read_group<F: Fact>(
    files: &TableFiles,
    group: &RowGroup,
    reading: &Reading,
) -> Result<(Chunk<F>, usize), ReadError> {
    let scanned = files.scan_source(group).and_then(|source| F::scan(&source, group.rows, reading).ok());
    // Whatever a scan could not make out, the batches tell in full.
    scanned.map_or_else(|| read_batches(files, group, reading), Ok)
}

fn read_batches<F: Fact>(
    files: &TableFiles,
    group: &RowGroup,
    reading: &Reading,
) -> Result<(Chunk<F>, usize), ReadError> {
    let mut chunk = Chunk::new(reading.ids);
    let mut unusable = 0;
    let path = || files.path(group).to_path_buf();
    for batch in files.read(group)? {
        let batch = batch.map_err(|source| ReadError::Damaged { path: path(), source: source.into() })?;
        unusable += F::read(&batch, reading, &mut chunk).map_err(|wrong| ReadError::WrongType {
            path: path(),
            column: wrong.column,
            found: wrong.found,
            expected: wrong.expected,
        })?;
    }
    // A chunk waits for those of other tables, and what it has reserved is not used again.
    chunk.facts.shrink_to_fit();
    Ok((chunk, unusable))
}

/// Calls `run` with the rows of each patient that stand together.
pub(super) fn each_run(ids: &IdColumn, rows: usize, mut run: impl FnMut(std::ops::Range<usize>)) {
    let mut start = 0;
    while start < rows {
        let alike = |row: &usize| !ids.is_null(*row) && !ids.is_null(start) && ids.same(start, *row);
        let end = (start + 1..rows).find(|row| !alike(row)).unwrap_or(rows);
        run(start..end);
        start = end;
    }
}

/// Walks the rows of a batch, run by run; `row` says whether the row could be used.
pub(super) fn walk<F: Copy>(
    columns: &Columns,
    chunk: &mut Chunk<F>,
    mut row: impl FnMut(usize, &mut Vec<F>) -> bool,
) -> Result<usize, WrongType> {
    let ids = columns.ids(column::PATIENT_ID)?;
    let mut unusable = 0;
    each_run(&ids, columns.rows(), |run| {
        let first = run.start;
        if ids.is_null(first) {
            unusable += run.len();
            return;
        }
        unusable += run.filter(|i| !row(*i, &mut chunk.facts)).count();
        chunk.end_run(ids.at(first));
    });
    Ok(unusable)
}

pub(super) fn day(days: &Int32Array, row: usize) -> Option<Day> {
    days.is_valid(row).then(|| Day(days.value(row)))
}

pub(super) fn flag(flags: &BooleanArray, row: usize) -> Option<bool> {
    flags.is_valid(row).then(|| flags.value(row))
}

fn number(numbers: &Float64Array, row: usize) -> Option<f64> {
    numbers.is_valid(row).then(|| numbers.value(row))
}

/// Each distinct word's meaning, found once a batch.
pub(super) fn meanings<T: Clone>(words: &Words, mut meaning: impl FnMut(&str) -> T) -> impl FnMut(usize) -> T {
    let mut known: Vec<Option<T>> = vec![None; words.dictionary().len()];
    let nothing = meaning("");
    move |row| {
        let key = words.keys()[row];
        match known.get_mut(key as usize) {
            Some(place) if !words.is_null(row) => place.get_or_insert_with(|| meaning(words.word(key))).clone(),
            _ => nothing.clone(),
        }
    }
}

impl Fact for ContactFact {
    const TABLE: Table = Table::Contacts;
    const COLUMNS: &'static [&'static str] =
        &[column::PATIENT_ID, column::DATE, column::KIND, column::ROLE, column::RECORDED_ON];

    fn read(batch: &RecordBatch, reading: &Reading, chunk: &mut Chunk<Self>) -> Result<usize, WrongType> {
        let columns = Columns::new(batch);
        let (dates, recorded) = (columns.days(column::DATE)?, columns.days(column::RECORDED_ON)?);
        let (kinds, roles) = (columns.words(column::KIND)?, columns.words(column::ROLE)?);
        let mut kind_of = meanings(&kinds, ContactKind::parse);
        let mut role_of = meanings(&roles, |role| reading.lexicon.role_number(role));
        walk(&columns, chunk, |row, facts| {
            let (Some(date), Some(kind)) = (day(&dates, row), kind_of(row)) else { return false };
            let fact = ContactFact::new(date.0, day_or_none(day(&recorded, row)), kind, role_of(row));
            if fact.visible <= reading.until.0 && fact.day >= reading.wanted.contacts_since {
                facts.push(fact);
            }
            true
        })
    }
}

impl Fact for MeasurementFact {
    const TABLE: Table = Table::Measurements;
    const COLUMNS: &'static [&'static str] = &[
        column::PATIENT_ID,
        column::DATE,
        column::CODE,
        column::VALUE,
        column::UNIT,
        column::COMPARATOR,
        column::RECORDED_ON,
    ];

    fn read(batch: &RecordBatch, reading: &Reading, chunk: &mut Chunk<Self>) -> Result<usize, WrongType> {
        let columns = Columns::new(batch);
        let (dates, recorded) = (columns.days(column::DATE)?, columns.days(column::RECORDED_ON)?);
        let (codes, units) = (columns.words(column::CODE)?, columns.words(column::UNIT)?);
        let comparators = columns.words(column::COMPARATOR)?;
        let values = columns.numbers(column::VALUE)?;
        let mut comparator_of = meanings(&comparators, Comparator::parse);
        let measured = |code: &str, unit: &str| reading.lexicon.measured(&code.trim().to_uppercase(), unit);
        // What each code means in each of its few units, found when they first occur; last what no code means.
        let mut known: Vec<Vec<(Option<i32>, Vec<Measured>)>> = vec![Vec::new(); codes.dictionary().len() + 1];
        walk(&columns, chunk, |row, facts| {
            let (Some(date), Some(value)) = (day(&dates, row), number(&values, row)) else { return false };
            let Some(comparator) = comparator_of(row) else { return false };
            let (code, unit) = (codes.key(row).map_or(codes.dictionary().len(), |key| key as usize), units.key(row));
            let of_code = &mut known[code];
            let place = of_code.iter().position(|(known, _)| *known == unit).unwrap_or_else(|| {
                of_code.push((unit, measured(codes.at(row), units.at(row))));
                of_code.len() - 1
            });
            let recorded = day_or_none(day(&recorded, row));
            let found = of_code[place].1.iter().map(|measured| measured.fact(date.0, recorded, comparator, value));
            facts.extend(found.filter(|fact| fact.visible <= reading.until.0));
            true
        })
    }
}

impl Fact for FunctionFact {
    const TABLE: Table = Table::Functions;
    const COLUMNS: &'static [&'static str] =
        &[column::PATIENT_ID, column::DATE, column::INSTRUMENT, column::ITEM, column::SCORE, column::RECORDED_ON];

    fn read(batch: &RecordBatch, reading: &Reading, chunk: &mut Chunk<Self>) -> Result<usize, WrongType> {
        let columns = Columns::new(batch);
        let (dates, recorded) = (columns.days(column::DATE)?, columns.days(column::RECORDED_ON)?);
        let (instruments, items) = (columns.words(column::INSTRUMENT)?, columns.words(column::ITEM)?);
        let scores = columns.numbers(column::SCORE)?;
        walk(&columns, chunk, |row, facts| {
            let (Some(date), Some(score)) = (day(&dates, row), number(&scores, row)) else { return false };
            let instrument = instruments.at(row).trim().to_uppercase();
            let item = items.at(row).trim().to_lowercase();
            let recorded_on = day(&recorded, row);
            let fact = reading.lexicon.function(&FunctionRow { date, recorded_on, instrument, item, score });
            facts.extend(fact.filter(|fact| fact.visible <= reading.until.0));
            true
        })
    }
}

impl Fact for ServiceFact {
    const TABLE: Table = Table::Services;
    const COLUMNS: &'static [&'static str] = &[column::PATIENT_ID, column::SERVICE, column::FROM, column::UNTIL];

    fn read(batch: &RecordBatch, reading: &Reading, chunk: &mut Chunk<Self>) -> Result<usize, WrongType> {
        let columns = Columns::new(batch);
        let services = columns.words(column::SERVICE)?;
        let (from, until) = (columns.days(column::FROM)?, columns.days(column::UNTIL)?);
        walk(&columns, chunk, |row, facts| {
            let service = services.at(row).trim().to_lowercase();
            if service.is_empty() {
                return false;
            }
            let fact = reading.lexicon.service(&ServiceRow { service, from: day(&from, row), until: day(&until, row) });
            facts.extend(fact.filter(|fact| fact.from == NO_DAY || fact.from <= reading.until.0));
            true
        })
    }
}

/// A person of the patients table; `None` asked not to be scored.
impl Fact for Option<Person> {
    const TABLE: Table = Table::Patients;
    const COLUMNS: &'static [&'static str] = &[
        column::PATIENT_ID,
        column::BIRTH_DATE,
        column::SEX,
        column::LIVES_ALONE,
        column::LISTED_SINCE,
        column::DIED_ON,
        column::NO_SCORING,
    ];

    fn read(batch: &RecordBatch, _: &Reading, chunk: &mut Chunk<Self>) -> Result<usize, WrongType> {
        let columns = Columns::new(batch);
        let (births, deaths) = (columns.days(column::BIRTH_DATE)?, columns.days(column::DIED_ON)?);
        let listed = columns.days(column::LISTED_SINCE)?;
        let sexes = columns.words(column::SEX)?;
        let mut sex_of = meanings(&sexes, Sex::parse);
        let (alone, reserved) = (columns.flags(column::LIVES_ALONE)?, columns.flags(column::NO_SCORING)?);
        walk(&columns, chunk, |row, facts| {
            let person = Person {
                birth: day(&births, row),
                sex: sex_of(row),
                lives_alone: flag(&alone, row),
                listed_since: day(&listed, row),
                died_on: day(&deaths, row),
            };
            facts.push((flag(&reserved, row) != Some(true)).then_some(person));
            true
        })
    }
}
