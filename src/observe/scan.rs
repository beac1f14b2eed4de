//! The hot loop: rows with codes, of which there are most, straight from the pages of a file.
//!
//! A row costs two or three unpacked numbers and one look into a table of bytes that stays close to the processor: whether
//! some rule asks for its code. Only for the few rows that pass are the day, the patient and the meaning looked up.

use super::chunk::Chunk;
use super::ids::Id;
use super::journal_files::ScanSource;
use super::meanings::Meanings;
use super::pages::{CannotScan, Flags, Numbers, WordKeys};
use crate::journal::column;
use arrow::datatypes::DataType;

/// Rows whose numbers are unpacked at a time.
const STRETCH: usize = 4096;

/// The columns of a table that its scan needs in every row.
pub(super) struct Rows {
    pub ids: Ids,
    pub dates: Numbers<i32>,
    pub codes: WordKeys,
    pub meanings: Meanings,
    /// Rows of the stretch that some rule may ask for.
    passed: Box<[u16; STRETCH]>,
}

/// A further column, in which a value may be missing.
pub(super) trait Further {
    fn left(&mut self) -> Result<usize, CannotScan>;
    fn turn(&mut self, rows: usize) -> Result<(), CannotScan>;
}

impl Rows {
    pub fn open(source: &ScanSource, codes: WordKeys, meanings: Option<Meanings>) -> Result<Rows, CannotScan> {
        Ok(Rows {
            ids: Ids::open(source)?,
            dates: days(source, column::DATE)?,
            codes,
            meanings: meanings.ok_or(CannotScan::OtherShape)?,
            passed: Box::new([0; STRETCH]),
        })
    }

    /// Unpacks the next stretch of at most `left` rows: as many as all columns hold on the page at hand.
    pub fn turn(&mut self, left: usize, further: &mut [&mut dyn Further]) -> Result<usize, CannotScan> {
        let mut rows = left.min(STRETCH).min(self.ids.left()?).min(self.dates.left()?).min(self.codes.left()?);
        for column in further.iter_mut() {
            rows = rows.min(column.left()?);
        }
        self.ids.turn(rows)?;
        self.dates.turn(rows)?;
        self.codes.turn(rows)?;
        further.iter_mut().try_for_each(|column| column.turn(rows))?;
        Ok(rows)
    }

    /// Notes the rows that some rule may ask for, without a branch; gives how many.
    #[inline]
    pub fn pass(&mut self, rows: usize) -> usize {
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

    /// The row noted at a place.
    #[inline]
    pub fn passed(&self, place: usize) -> usize {
        usize::from(self.passed[place])
    }
}

/// Days that may be missing; `None` where the table has no such column.
pub(super) fn days_if_any(source: &ScanSource, name: &str) -> Result<Option<Numbers<i32>>, CannotScan> {
    source.data_type(name).is_some().then(|| days(source, name)).transpose()
}

/// Words that may be missing; `None` where the table has no such column.
pub(super) fn words_if_any(source: &ScanSource, name: &str) -> Result<Option<WordKeys>, CannotScan> {
    source.data_type(name).is_some().then(|| WordKeys::open(source.column(name)?)).transpose()
}

/// Flags that may be missing; `None` where the table has no such column.
pub(super) fn flags_if_any(source: &ScanSource, name: &str) -> Result<Option<Flags>, CannotScan> {
    match source.data_type(name) {
        None => Ok(None),
        Some(DataType::Boolean) => Flags::open(source.column(name)?).map(Some),
        Some(_) => Err(CannotScan::OtherShape),
    }
}

fn days(source: &ScanSource, name: &str) -> Result<Numbers<i32>, CannotScan> {
    match source.data_type(name) {
        Some(DataType::Date32) => Numbers::open(source.column(name)?),
        _ => Err(CannotScan::OtherShape),
    }
}

impl Further for Numbers<i32> {
    fn left(&mut self) -> Result<usize, CannotScan> {
        Numbers::left(self)
    }

    fn turn(&mut self, rows: usize) -> Result<(), CannotScan> {
        self.turn_optional(rows)
    }
}

impl Further for WordKeys {
    fn left(&mut self) -> Result<usize, CannotScan> {
        WordKeys::left(self)
    }

    fn turn(&mut self, rows: usize) -> Result<(), CannotScan> {
        self.turn_optional(rows)
    }
}

impl Further for Flags {
    fn left(&mut self) -> Result<usize, CannotScan> {
        Flags::left(self)
    }

    fn turn(&mut self, rows: usize) -> Result<(), CannotScan> {
        Flags::turn(self, rows)
    }
}

/// Those of some columns that are there.
pub(super) fn present<const N: usize>(columns: [Option<&mut dyn Further>; N]) -> Vec<&mut dyn Further> {
    columns.into_iter().flatten().collect()
}

/// The patients of the rows, and whose run is being written.
pub(super) enum Ids {
    Whole(Numbers<i64>, Option<i64>),
    Narrow(Numbers<i32>, Option<i64>),
    Text(WordKeys, Option<u32>),
}

impl Ids {
    pub fn open(source: &ScanSource) -> Result<Ids, CannotScan> {
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

    pub fn left(&mut self) -> Result<usize, CannotScan> {
        match self {
            Ids::Whole(ids, _) => ids.left(),
            Ids::Narrow(ids, _) => ids.left(),
            Ids::Text(ids, _) => ids.left(),
        }
    }

    pub fn turn(&mut self, rows: usize) -> Result<(), CannotScan> {
        match self {
            Ids::Whole(ids, _) => ids.turn(rows),
            Ids::Narrow(ids, _) => ids.turn(rows),
            Ids::Text(ids, _) => ids.turn(rows),
        }
    }

    /// Ends the run of the patient before, if the row is another's.
    #[inline]
    pub fn turn_to<F: Copy>(&mut self, row: usize, chunk: &mut Chunk<F>) -> Result<(), CannotScan> {
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

    pub fn end_run<F: Copy>(&mut self, chunk: &mut Chunk<F>) {
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
fn next_run<F: Copy>(id: i64, open: &mut Option<i64>, chunk: &mut Chunk<F>) {
    if *open != Some(id) {
        open.replace(id).into_iter().for_each(|before| chunk.end_run(Id::Whole(before)));
    }
}
