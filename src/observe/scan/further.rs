//! Columns that a table may have, in which values may be missing.

use crate::observe::journal_files::ScanSource;
use crate::observe::pages::{CannotScan, Flags, Numbers, WordKeys};
use arrow::datatypes::DataType;

/// A further column, in which a value may be missing.
pub trait Further {
    fn left(&mut self) -> Result<usize, CannotScan>;
    fn turn(&mut self, rows: usize) -> Result<(), CannotScan>;
}

/// Days that may be missing; `None` where the table has no such column.
pub fn days_if_any(source: &ScanSource, name: &str) -> Result<Option<Numbers<i32>>, CannotScan> {
    source.data_type(name).is_some().then(|| days(source, name)).transpose()
}

/// Words that may be missing; `None` where the table has no such column.
pub fn words_if_any(source: &ScanSource, name: &str) -> Result<Option<WordKeys>, CannotScan> {
    source.data_type(name).is_some().then(|| WordKeys::open(source.column(name)?)).transpose()
}

/// Flags that may be missing; `None` where the table has no such column.
pub fn flags_if_any(source: &ScanSource, name: &str) -> Result<Option<Flags>, CannotScan> {
    match source.data_type(name) {
        None => Ok(None),
        Some(DataType::Boolean) => Flags::open(source.column(name)?).map(Some),
        Some(_) => Err(CannotScan::OtherShape),
    }
}

pub fn days(source: &ScanSource, name: &str) -> Result<Numbers<i32>, CannotScan> {
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
pub fn present<const N: usize>(columns: [Option<&mut dyn Further>; N]) -> Vec<&mut dyn Further> {
    columns.into_iter().flatten().collect()
}
