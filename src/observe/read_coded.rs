//! Diagnoses and medicines: scanned from the pages of a file where its writer allows it, read as Arrow batches where not.

use super::chunk::Chunk;
use super::columns::{Columns, IdColumn, Words, WrongType};
use super::facts::{DiagnosisFact, MedicineFact, NO_DAY, RowUsage, day_or_none};
use super::journal_files::ScanSource;
use super::pages::CannotScan;
use super::read::{Fact, Reading, day, each_run, flag, meanings, walk};
use super::scan::{scan_diagnoses, scan_medicines};
use crate::clinical::CodeSystem;
use crate::journal::column;
use crate::journal::tables::Table;
use arrow::array::{Array, Int32Array};
use arrow::record_batch::RecordBatch;

impl Fact for DiagnosisFact {
    const TABLE: Table = Table::Diagnoses;
    const COLUMNS: &'static [&'static str] =
        &[column::PATIENT_ID, column::DATE, column::SYSTEM, column::CODE, column::RECORDED_ON, column::SOURCE];

    fn scan(source: &ScanSource, rows: usize, reading: &Reading) -> Result<(Chunk<Self>, usize), CannotScan> {
        scan_diagnoses(source, rows, reading).map(|chunk| (chunk, 0))
    }

    fn read(batch: &RecordBatch, reading: &Reading, chunk: &mut Chunk<Self>) -> Result<usize, WrongType> {
        let batch = Batch::of(batch)?;
        let mut meanings = Meanings::of(&batch);
        let mut unusable = 0;
        each_run(&batch.ids, batch.dates.len(), |run| {
            let first = run.start;
            for row in run {
                match batch.fact(row, reading, &mut meanings) {
                    Some(fact) => chunk.facts.extend(fact),
                    None => unusable += 1,
                }
            }
            if !batch.ids.is_null(first) {
                chunk.end_run(batch.ids.at(first));
            }
        });
        Ok(unusable)
    }
}

/// The columns of a batch of diagnoses.
struct Batch {
    ids: IdColumn,
    dates: Int32Array,
    systems: Words,
    codes: Words,
    recorded: Int32Array,
    sources: Words,
}

impl Batch {
    fn of(batch: &RecordBatch) -> Result<Batch, WrongType> {
        let columns = Columns::new(batch);
        Ok(Batch {
            ids: columns.ids(column::PATIENT_ID)?,
            dates: columns.days(column::DATE)?,
            systems: columns.words(column::SYSTEM)?,
            codes: columns.words(column::CODE)?,
            recorded: columns.days(column::RECORDED_ON)?,
            sources: columns.words(column::SOURCE)?,
        })
    }

    fn is_null(&self, row: usize) -> bool {
        self.ids.is_null(row)
            || self.dates.is_null(row)
            || self.systems.at(row).is_empty()
            || self.codes.at(row).is_empty()
    }

    /// `None` for a row that lacks something, `Some(None)` for one that no rule asks for.
    fn fact(&self, row: usize, reading: &Reading, meanings: &mut Meanings) -> Option<Option<DiagnosisFact>> {
        if self.is_null(row) {
            return None;
        }
        let word = meanings.word(self, reading, row);
        let recorded = if self.recorded.is_valid(row) { self.recorded.value(row) } else { NO_DAY };
        let source = reading.lexicon.source_number(self.sources.at(row));
        let fact = DiagnosisFact::new(self.dates.value(row), recorded, word, source);
        Some(reading.keeps(word, fact.day, fact.visible).then_some(fact))
    }
}

/// What each pair of a batch's systems and codes means, found when it first occurs.
struct Meanings {
    systems: Vec<Option<CodeSystem>>,
    words: Vec<Option<u64>>,
    buffer: String,
}

impl Meanings {
    fn of(batch: &Batch) -> Meanings {
        let systems = batch.systems.dictionary().len();
        let systems: Vec<_> = (0..systems).map(|key| CodeSystem::parse(batch.systems.word(key as i32))).collect();
        let words = vec![None; systems.len() * batch.codes.dictionary().len()];
        Meanings { systems, words, buffer: String::new() }
    }

    fn word(&mut self, batch: &Batch, reading: &Reading, row: usize) -> u64 {
        let (system, code) = (batch.systems.keys()[row] as usize, batch.codes.keys()[row] as usize);
        let place = code * self.systems.len() + system;
        *self.words[place].get_or_insert_with(|| {
            let raw = batch.codes.at(row);
            self.systems[system].map_or(0, |system| reading.lexicon.diagnosis_word(system, raw, &mut self.buffer))
        })
    }
}

impl Fact for MedicineFact {
    const TABLE: Table = Table::Medicines;
    const COLUMNS: &'static [&'static str] = &[
        column::PATIENT_ID,
        column::DATE,
        column::ATC,
        column::UNTIL,
        column::STOPPED_ON,
        column::REGULAR,
        column::RECORDED_ON,
    ];

    fn scan(source: &ScanSource, rows: usize, reading: &Reading) -> Result<(Chunk<Self>, usize), CannotScan> {
        scan_medicines(source, rows, reading)
    }

    fn read(batch: &RecordBatch, reading: &Reading, chunk: &mut Chunk<Self>) -> Result<usize, WrongType> {
        let columns = Columns::new(batch);
        let (dates, recorded) = (columns.days(column::DATE)?, columns.days(column::RECORDED_ON)?);
        let (until, stopped) = (columns.days(column::UNTIL)?, columns.days(column::STOPPED_ON)?);
        let regular = columns.flags(column::REGULAR)?;
        let atc = columns.words(column::ATC)?;
        let mut buffer = String::new();
        let mut word_of = meanings(&atc, |raw| reading.lexicon.code_word(CodeSystem::Atc, raw, &mut buffer));
        walk(&columns, chunk, |row, facts| {
            let (Some(date), Some(word)) = (day(&dates, row), word_of(row)) else { return false };
            let [recorded, until, stopped] = [&recorded, &until, &stopped].map(|days| day_or_none(day(days, row)));
            let fact = MedicineFact::new(word, date.0, recorded, until, stopped, RowUsage::of(flag(&regular, row)));
            if reading.keeps(word, fact.day, fact.visible) {
                facts.push(fact);
            }
            true
        })
    }
}
