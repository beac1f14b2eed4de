//! Diagnoses, scanned from the pages of a file.

use super::further::{self, Further};
use super::{Row, Rows};
use crate::journal::column;
use crate::observe::chunk::Chunk;
use crate::observe::facts::{DiagnosisFact, NO_DAY};
use crate::observe::journal_files::ScanSource;
use crate::observe::meanings::Meanings;
use crate::observe::pages::{CannotScan, Numbers, WordKeys};
use crate::observe::pool::Lent;
use crate::observe::read::Reading;

/// Scans one row group of so many rows into runs of facts as they lie.
///
/// # Errors
/// When the row group is not written in a way that can be scanned.
pub fn scan_diagnoses(source: &ScanSource, rows: usize, reading: &Reading) -> Result<Chunk<DiagnosisFact>, CannotScan> {
    let mut scan = Scan::open(source, reading)?;
    let mut chunk = Chunk::with_room(reading.ids, Lent::from(&reading.room.diagnoses));
    let mut left = rows;
    while left > 0 {
        let rows = scan.turn(left)?;
        scan.rows.pick(rows, Some(&scan.systems), reading)?;
        scan.rows.make_room(&mut chunk.facts, rows, left);
        scan.keep(reading, &mut chunk)?;
        left -= rows;
    }
    scan.rows.end_run(&mut chunk);
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
        let sources = further::words_if_any(source, column::SOURCE)?;
        let number = |word: &str| reading.lexicon.source_number(word);
        Ok(Scan {
            rows: Rows::open(source, codes, meanings, reading.wanted)?,
            systems,
            recorded: further::days_if_any(source, column::RECORDED_ON)?,
            source_numbers: sources.iter().flat_map(WordKeys::iter).map(number).collect(),
            sources,
        })
    }

    fn turn(&mut self, left: usize) -> Result<usize, CannotScan> {
        let Scan { rows, systems, recorded, sources, .. } = self;
        let recorded = recorded.as_mut().map(|days| days as &mut dyn Further);
        let sources = sources.as_mut().map(|words| words as &mut dyn Further);
        rows.turn(left, &mut further::present([Some(systems), recorded, sources]))
    }

    /// Keeps the facts of the stretch.
    fn keep(&mut self, reading: &Reading, chunk: &mut Chunk<DiagnosisFact>) -> Result<(), CannotScan> {
        let Scan { rows, recorded: None, sources: None, .. } = self else {
            return self.keep_with_origin(reading, chunk);
        };
        rows.keep(chunk, |Row { word, day, .. }| Ok((day <= reading.until.0).then(|| DiagnosisFact::on(day, word))))
    }

    fn keep_with_origin(&mut self, reading: &Reading, chunk: &mut Chunk<DiagnosisFact>) -> Result<(), CannotScan> {
        let Scan { rows, recorded, sources, source_numbers, .. } = self;
        rows.keep(chunk, |Row { at, word, day }| {
            let recorded = recorded.as_ref().map_or(Ok(None), |days| days.at(at))?.unwrap_or(NO_DAY);
            let source = sources.as_ref().and_then(|words| source_numbers.get(words.keys()[at] as usize));
            let fact = DiagnosisFact::new(day, recorded, word, source.copied().unwrap_or(0));
            Ok((fact.visible <= reading.until.0).then_some(fact))
        })
    }
}
