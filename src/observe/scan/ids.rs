//! The patients of scanned rows.

use crate::journal::column;
use crate::observe::chunk::Chunk;
use crate::observe::ids::Id;
use crate::observe::journal_files::ScanSource;
use crate::observe::pages::{CannotScan, Numbers, WordKeys};
use arrow::datatypes::DataType;

/// The patients of the rows, and whose run is being written: an id, or the number of a text.
pub struct Ids {
    column: IdColumn,
    open: Option<i64>,
}

enum IdColumn {
    Whole(Numbers<i64>),
    Narrow(Numbers<i32>),
    Text(WordKeys),
}

impl Ids {
    pub fn open(source: &ScanSource) -> Result<Ids, CannotScan> {
        let pages = || source.column(column::PATIENT_ID);
        let column = match source.data_type(column::PATIENT_ID) {
            Some(DataType::Int64) => IdColumn::Whole(Numbers::open(pages()?)?),
            Some(DataType::Int32) => IdColumn::Narrow(Numbers::open(pages()?)?),
            Some(DataType::Dictionary(_, words)) if **words == DataType::Utf8 => {
                IdColumn::Text(WordKeys::open(pages()?)?)
            }
            _ => return Err(CannotScan::OtherShape),
        };
        Ok(Ids { column, open: None })
    }

    pub fn left(&mut self) -> Result<usize, CannotScan> {
        match &mut self.column {
            IdColumn::Whole(ids) => ids.left(),
            IdColumn::Narrow(ids) => ids.left(),
            IdColumn::Text(ids) => ids.left(),
        }
    }

    pub fn turn(&mut self, rows: usize) -> Result<(), CannotScan> {
        match &mut self.column {
            IdColumn::Whole(ids) => ids.turn(rows),
            IdColumn::Narrow(ids) => ids.turn(rows),
            IdColumn::Text(ids) => ids.turn(rows),
        }
    }

    pub fn pick(&self, rows: &[u16], picked: &mut [i64]) -> Result<(), CannotScan> {
        match &self.column {
            IdColumn::Whole(ids) => ids.pick(rows, picked, |id| id),
            IdColumn::Narrow(ids) => ids.pick(rows, picked, i64::from),
            IdColumn::Text(ids) => {
                let keys = rows.iter().map(|row| ids.keys()[usize::from(*row)]);
                picked.iter_mut().zip(keys).for_each(|(picked, key)| *picked = i64::from(key));
                let is_word = |key: &i64| (0..ids.words() as i64).contains(key);
                if picked.iter().all(is_word) { Ok(()) } else { Err(CannotScan::Damaged) }
            }
        }
    }

    /// Ends the run of the patient before, if this is another.
    #[inline]
    pub fn turn_to<F: Copy>(&mut self, id: i64, chunk: &mut Chunk<F>) {
        if self.open != Some(id) {
            self.end_run(chunk);
            self.open = Some(id);
        }
    }

    pub fn end_run<F: Copy>(&mut self, chunk: &mut Chunk<F>) {
        let Some(open) = self.open.take() else { return };
        chunk.end_run(match &self.column {
            IdColumn::Text(ids) => Id::Text(ids.bytes(open as u32)),
            _ => Id::Whole(open),
        });
    }
}
