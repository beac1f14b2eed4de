//! A canonical Parquet file read back as a sorted run: the first part of a table that turned out not to be sorted.

use super::ids::PatientIds;
use super::rows::{Cells, Dictionaries, FreeTexts, NO_DAY, NO_FLAG, NO_TEXT, Rows};
use super::tables::{Column, ColumnKind, Holds, Table};
use arrow::array::{Array, ArrayRef, AsArray, RecordBatch};
use arrow::datatypes::{Date32Type, Float64Type, Int64Type};
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use std::fs::File;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

/// Rows in one block, as in spilled runs.
const BLOCK_ROWS: usize = 16_384;

pub(super) struct ParquetRun {
    path: PathBuf,
    batches: ParquetRecordBatchReader,
    table: Table,
    ids: Arc<PatientIds>,
    dictionaries: Arc<Dictionaries>,
}

impl ParquetRun {
    pub fn open(
        path: PathBuf,
        table: Table,
        ids: &Arc<PatientIds>,
        dictionaries: &Arc<Dictionaries>,
    ) -> io::Result<ParquetRun> {
        let builder = ParquetRecordBatchReaderBuilder::try_new(File::open(&path)?).map_err(io::Error::other)?;
        let batches = builder.with_batch_size(BLOCK_ROWS).build().map_err(io::Error::other)?;
        Ok(ParquetRun { path, batches, table, ids: Arc::clone(ids), dictionaries: Arc::clone(dictionaries) })
    }

    pub fn next(&mut self) -> io::Result<Option<Rows>> {
        match self.batches.next() {
            None => Ok(None),
            Some(batch) => self.rows(&batch.map_err(io::Error::other)?).map(Some),
        }
    }

    fn rows(&self, batch: &RecordBatch) -> io::Result<Rows> {
        let wrong = || io::Error::from(io::ErrorKind::InvalidData);
        let mut rows = Rows::new(self.table);
        let ids = batch.column(0);
        let rank = |row: usize| match ids.as_primitive_opt::<Int64Type>() {
            Some(ids) => self.ids.rank_of_integer(ids.value(row)),
            None => ids.as_string_opt::<i32>().and_then(|ids| self.ids.rank(ids.value(row).as_bytes())),
        };
        rows.patients = (0..batch.num_rows()).map(rank).collect::<Option<_>>().ok_or_else(wrong)?;
        for (index, column) in self.table.columns()[1..].iter().enumerate() {
            let array = batch.column(index + 1);
            if array.null_count() < array.len() {
                rows.cells[index] = self.cells(index, column, array).ok_or_else(wrong)?;
            }
        }
        Ok(rows)
    }

    fn cells(&self, index: usize, column: &Column, array: &ArrayRef) -> Option<Cells> {
        Some(match column.kind {
            ColumnKind::Date => {
                let days = array.as_primitive_opt::<Date32Type>()?;
                Cells::Days(days.iter().map(|day| day.unwrap_or(NO_DAY)).collect())
            }
            ColumnKind::Number => {
                let numbers = array.as_primitive_opt::<Float64Type>()?;
                Cells::Numbers(numbers.iter().map(|number| number.unwrap_or(f64::NAN)).collect())
            }
            ColumnKind::Flag => {
                let flags = array.as_boolean_opt()?;
                Cells::Flags(flags.iter().map(|flag| flag.map_or(NO_FLAG, u8::from)).collect())
            }
            ColumnKind::Text if column.holds == Holds::FreeWords => {
                let mut texts = FreeTexts::default();
                array.as_string_opt::<i32>()?.iter().for_each(|text| texts.push(text.unwrap_or("")));
                Cells::Free(texts)
            }
            ColumnKind::Text | ColumnKind::Id => {
                let mut dictionary = self.dictionaries.column(index);
                let texts = array.as_string_opt::<i32>()?.iter();
                Cells::Texts(texts.map(|text| text.map_or(NO_TEXT, |text| dictionary.intern(text))).collect())
            }
        })
    }
}

impl Drop for ParquetRun {
    fn drop(&mut self) {
        // A leftover is harmless: the folder of a run that failed is removed as a whole.
        let _ = std::fs::remove_file(&self.path);
    }
}
