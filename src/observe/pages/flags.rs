//! A column of yes and no, in which answers may be missing.

use super::column::{CannotScan, ColumnPages};

/// The flags of a stretch of rows.
pub struct Flags {
    pages: ColumnPages,
    keys: Vec<u32>,
}

impl Flags {
    /// # Errors
    /// When the file cannot be read.
    pub fn open(mut pages: ColumnPages) -> Result<Flags, CannotScan> {
        match pages.dictionary()? {
            Some(_) => Err(CannotScan::OtherShape),
            None => Ok(Flags { pages, keys: Vec::new() }),
        }
    }

    /// # Errors
    /// As [`ColumnPages::left`].
    pub fn left(&mut self) -> Result<usize, CannotScan> {
        self.pages.left()
    }

    /// Turns to the next rows.
    ///
    /// # Errors
    /// When the page is of another shape.
    pub fn turn(&mut self, rows: usize) -> Result<(), CannotScan> {
        self.keys.resize(rows, 0);
        self.pages.keys_or_missing(&mut self.keys)
    }

    /// The flag of a row of the stretch; `None` when it is missing.
    #[must_use]
    pub fn at(&self, row: usize) -> Option<bool> {
        match self.keys[row] {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}
