//! Diagnoses, scanned from the pages of a file.

use super::chunk::Chunk;
use super::facts::{DiagnosisFact, NO_DAY};
use super::journal_files::ScanSource;
use super::meanings::Meanings;
use super::pages::{CannotScan, Numbers, WordKeys};
use super::read::Reading;
use super::scan::{self, Further, Rows};
use crate::journal::column;

/// Scans one row group of so many rows into runs of facts as they lie.
///
/// # Errors
/// When the row group is not written in a way that can be scanned.
pub fn scan_diagnoses(source: &ScanSource, rows: usize, reading: &Reading) -> Result<Chunk<DiagnosisFact>, CannotScan> {
    let mut scan = Scan::open(source, reading)?;
    let mut chunk = Chunk::new(reading.ids);
    // A guess that seldom grows: rules ask for one row in eight.
    chunk.facts.reserve(rows / 8);
    let mut left = rows;
    while left > 0 {
        let rows = scan.turn(left)?;
        scan.keep(rows, reading, &mut chunk)?;
        left -= rows;
    }
    scan.rows.ids.end_run(&mut chunk);
    Ok(chunk)
}

struct Scan {
    rows: Rows,
    systems: WordKeys,
    recorded: Option<Numbers<i32>>,
    sources: Option<WordKeys>,
    /// Number in the lexicon of each word of `sources`.
    source_numbers: Vec<u8>,
}

impl Scan {
    fn open(source: &ScanSource, reading: &Reading) -> Result<Scan, CannotScan> {
        let systems = WordKeys::open(source.column(column::SYSTEM)?)?;
        let codes = WordKeys::open(source.column(column::CODE)?)?;
        let meanings = Meanings::of_diagnoses(&systems, &codes, reading.lexicon);
        let sources = scan::words_if_any(source, column::SOURCE)?;
        let number = |word: &str| reading.lexicon.source_number(word);
        Ok(Scan {
            rows: Rows::open(source, codes, meanings)?,
            systems,
            recorded: scan::days_if_any(source, column::RECORDED_ON)?,
            source_numbers: sources.iter().flat_map(WordKeys::iter).map(number).collect(),
            sources,
        })
    }

    fn turn(&mut self, left: usize) -> Result<usize, CannotScan> {
        let Scan { rows, systems, recorded, sources, .. } = self;
        let recorded = recorded.as_mut().map(|days| days as &mut dyn Further);
        let sources = sources.as_mut().map(|words| words as &mut dyn Further);
        rows.turn(left, &mut scan::present([Some(systems), recorded, sources]))
    }

    /// Keeps the facts of the stretch.
    fn keep(&mut self, rows: usize, reading: &Reading, chunk: &mut Chunk<DiagnosisFact>) -> Result<(), CannotScan> {
        let passed = self.rows.pass(rows);
        for place in 0..passed {
            let row = self.rows.passed(place);
            let (code, system) = (self.rows.codes.keys()[row], self.systems.keys()[row]);
            let word = self.rows.meanings.word(code, system).ok_or(CannotScan::Damaged)?;
            let day = self.rows.dates.get(row)?;
            if !reading.keeps(word, day, day) {
                continue;
            }
            let fact = match (&self.recorded, &self.sources) {
                (None, None) => DiagnosisFact::on(day, word),
                _ => self.with_origin(row, day, word)?,
            };
            if fact.visible <= reading.until.0 {
                self.rows.ids.turn_to(row, chunk)?;
                chunk.facts.push(fact);
            }
        }
        Ok(())
    }

    fn with_origin(&self, row: usize, day: i32, word: u64) -> Result<DiagnosisFact, CannotScan> {
        let recorded = self.recorded.as_ref().map_or(Ok(None), |days| days.at(row))?.unwrap_or(NO_DAY);
        let source = self.sources.as_ref().and_then(|words| self.source_numbers.get(words.keys()[row] as usize));
        Ok(DiagnosisFact::new(day, recorded, word, source.copied().unwrap_or(0)))
    }
}
