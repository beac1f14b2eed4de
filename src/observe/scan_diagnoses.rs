//! The hot loop: diagnoses, of which there are most, straight from the pages of a file.
//!
//! A row costs four unpacked numbers and one look into a table of bytes that stays close to the processor: whether some rule
//! asks for its code. Only for the few rows that pass are the day, the patient and the meaning looked up.

use super::chunk::Chunk;
use super::facts::{DiagnosisFact, NO_DAY};
use super::ids::Id;
use super::journal_files::{RowGroup, ScanSource, TableFiles};
use super::meanings::Meanings;
use super::pages::{CannotScan, Numbers, WordKeys};
use super::read::Reading;
use crate::journal::column;
use arrow::datatypes::DataType;

/// Rows whose numbers are unpacked at a time.
const STRETCH: usize = 4096;

/// Scans one row group into runs of facts as they lie.
///
/// # Errors
/// When the row group is not written in a way that can be scanned.
pub fn scan_diagnoses(
    files: &TableFiles,
    group: &RowGroup,
    reading: &Reading,
) -> Result<Chunk<DiagnosisFact>, CannotScan> {
    let source = files.scan_source(group).ok_or(CannotScan::OtherShape)?;
    let mut scan = Scan::open(&source, reading)?;
    let mut chunk = Chunk::new(reading.ids);
    // A guess that seldom grows: rules ask for one row in eight.
    chunk.facts.reserve(group.rows / 8);
    let mut left = group.rows;
    while left > 0 {
        let rows = scan.turn(left)?;
        scan.keep(rows, reading, &mut chunk)?;
        left -= rows;
    }
    scan.ids.end_run(&mut chunk);
    Ok(chunk)
}

struct Scan {
    ids: Ids,
    dates: Numbers<i32>,
    systems: WordKeys,
    codes: WordKeys,
    recorded: Option<Numbers<i32>>,
    sources: Option<WordKeys>,
    /// Number in the lexicon of each word of `sources`.
    source_numbers: Vec<u8>,
    meanings: Meanings,
    /// Rows of the stretch that some rule may ask for.
    passed: Box<[u16; STRETCH]>,
}

impl Scan {
    fn open(source: &ScanSource, reading: &Reading) -> Result<Scan, CannotScan> {
        let systems = WordKeys::open(source.column(column::SYSTEM)?)?;
        let codes = WordKeys::open(source.column(column::CODE)?)?;
        let has = |name| source.data_type(name).is_some();
        let recorded = has(column::RECORDED_ON).then(|| days(source, column::RECORDED_ON)).transpose()?;
        let sources = has(column::SOURCE).then(|| WordKeys::open(source.column(column::SOURCE)?)).transpose()?;
        let number = |word: &str| reading.lexicon.source_number(word);
        let source_numbers = sources.iter().flat_map(WordKeys::iter).map(number).collect();
        Ok(Scan {
            ids: Ids::open(source)?,
            dates: days(source, column::DATE)?,
            meanings: Meanings::of(&systems, &codes, reading.lexicon).ok_or(CannotScan::OtherShape)?,
            systems,
            codes,
            recorded,
            sources,
            source_numbers,
            passed: Box::new([0; STRETCH]),
        })
    }

    /// Unpacks the next stretch: as many rows as all columns hold on the page at hand.
    fn turn(&mut self, left: usize) -> Result<usize, CannotScan> {
        let mut rows = left.min(STRETCH).min(self.ids.left()?).min(self.dates.left()?);
        rows = rows.min(self.systems.left()?).min(self.codes.left()?);
        if let Some(recorded) = &mut self.recorded {
            rows = rows.min(recorded.left()?);
        }
        if let Some(sources) = &mut self.sources {
            rows = rows.min(sources.left()?);
        }
        self.ids.turn(rows)?;
        self.dates.turn(rows)?;
        self.systems.turn(rows)?;
        self.codes.turn(rows)?;
        self.recorded.as_mut().map_or(Ok(()), |recorded| recorded.turn_optional(rows))?;
        self.sources.as_mut().map_or(Ok(()), |sources| sources.turn_optional(rows))?;
        Ok(rows)
    }

    /// Keeps the facts of the stretch.
    fn keep(&mut self, rows: usize, reading: &Reading, chunk: &mut Chunk<DiagnosisFact>) -> Result<(), CannotScan> {
        let passed = self.pass(rows);
        for place in 0..passed {
            let row = usize::from(self.passed[place]);
            let (code, system) = (self.codes.keys()[row], self.systems.keys()[row]);
            let word = self.meanings.word(code, system).ok_or(CannotScan::Damaged)?;
            let day = self.dates.get(row)?;
            if word == 0 || day > reading.until.0 {
                continue;
            }
            let fact = match (&self.recorded, &self.sources) {
                (None, None) => DiagnosisFact::on(day, word),
                _ => self.with_origin(row, day, word)?,
            };
            if fact.visible <= reading.until.0 {
                self.ids.turn_to(row, chunk)?;
                chunk.facts.push(fact);
            }
        }
        Ok(())
    }

    /// Notes the rows that some rule may ask for, without a branch; gives how many.
    #[inline]
    fn pass(&mut self, rows: usize) -> usize {
        let (asked, passed) = (self.meanings.asked(), &mut *self.passed);
        let (eights, rest) = self.codes.keys()[..rows].as_chunks::<8>();
        let mut place = 0;
        // Eight at a time: the loop itself would cost as much as what it does.
        for (i, eight) in eights.iter().enumerate() {
            for (k, code) in eight.iter().enumerate() {
                passed[place % STRETCH] = (i * 8 + k) as u16;
                place += usize::from(asked[usize::from(*code as u16)]);
            }
        }
        for (k, code) in rest.iter().enumerate() {
            passed[place % STRETCH] = (eights.len() * 8 + k) as u16;
            place += usize::from(asked[usize::from(*code as u16)]);
        }
        place
    }

    fn with_origin(&self, row: usize, day: i32, word: u64) -> Result<DiagnosisFact, CannotScan> {
        let recorded = self.recorded.as_ref().map_or(Ok(None), |days| days.at(row))?.unwrap_or(NO_DAY);
        let source = self.sources.as_ref().and_then(|words| self.source_numbers.get(words.keys()[row] as usize));
        Ok(DiagnosisFact::new(day, recorded, word, source.copied().unwrap_or(0)))
    }
}

fn days(source: &ScanSource, name: &str) -> Result<Numbers<i32>, CannotScan> {
    match source.data_type(name) {
        Some(DataType::Date32) => Numbers::open(source.column(name)?),
        _ => Err(CannotScan::OtherShape),
    }
}

/// The patients of the rows, and whose run is being written.
enum Ids {
    Whole(Numbers<i64>, Option<i64>),
    Narrow(Numbers<i32>, Option<i64>),
    Text(WordKeys, Option<u32>),
}

impl Ids {
    fn open(source: &ScanSource) -> Result<Ids, CannotScan> {
        let pages = || source.column(column::PATIENT_ID);
        match source.data_type(column::PATIENT_ID) {
            Some(DataType::Int64) => Ok(Ids::Whole(Numbers::open(pages()?)?, None)),
            Some(DataType::Int32) => Ok(Ids::Narrow(Numbers::open(pages()?)?, None)),
            Some(DataType::Dictionary(_, words)) if **words == DataType::Utf8 => {
                Ok(Ids::Text(WordKeys::open(pages()?)?, None))
            }
            _ => Err(CannotScan::OtherShape),
        }
    }

    fn left(&mut self) -> Result<usize, CannotScan> {
        match self {
            Ids::Whole(ids, _) => ids.left(),
            Ids::Narrow(ids, _) => ids.left(),
            Ids::Text(ids, _) => ids.left(),
        }
    }

    fn turn(&mut self, rows: usize) -> Result<(), CannotScan> {
        match self {
            Ids::Whole(ids, _) => ids.turn(rows),
            Ids::Narrow(ids, _) => ids.turn(rows),
            Ids::Text(ids, _) => ids.turn(rows),
        }
    }

    /// Ends the run of the patient before, if the row is another's.
    #[inline]
    fn turn_to(&mut self, row: usize, chunk: &mut Chunk<DiagnosisFact>) -> Result<(), CannotScan> {
        match self {
            Ids::Whole(ids, open) => next_run(ids.get(row)?, open, chunk),
            Ids::Narrow(ids, open) => next_run(i64::from(ids.get(row)?), open, chunk),
            Ids::Text(ids, open) => {
                let key = ids.keys()[row];
                if *open != Some(key) {
                    if key as usize >= ids.words() {
                        return Err(CannotScan::Damaged);
                    }
                    open.replace(key).into_iter().for_each(|before| chunk.end_run(Id::Text(ids.bytes(before))));
                }
            }
        }
        Ok(())
    }

    fn end_run(&mut self, chunk: &mut Chunk<DiagnosisFact>) {
        match self {
            Ids::Whole(_, open) | Ids::Narrow(_, open) => {
                open.take().into_iter().for_each(|id| chunk.end_run(Id::Whole(id)));
            }
            Ids::Text(ids, open) => {
                open.take().into_iter().for_each(|key| chunk.end_run(Id::Text(ids.bytes(key))));
            }
        }
    }
}

#[inline]
fn next_run(id: i64, open: &mut Option<i64>, chunk: &mut Chunk<DiagnosisFact>) {
    if *open != Some(id) {
        open.replace(id).into_iter().for_each(|before| chunk.end_run(Id::Whole(before)));
    }
}
