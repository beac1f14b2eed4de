//! A column of whole numbers: keys of a dictionary, or the numbers as they are.

use super::column::{CannotScan, ColumnPages, MISSING, Values};

/// A number as Parquet keeps it.
pub trait Number: Copy + Default {
    const BYTES: usize;

    /// From exactly [`Number::BYTES`] bytes.
    fn read(bytes: &[u8]) -> Self;
}

impl Number for i32 {
    const BYTES: usize = 4;

    fn read(bytes: &[u8]) -> i32 {
        bytes.first_chunk().map_or(0, |bytes| i32::from_le_bytes(*bytes))
    }
}

impl Number for i64 {
    const BYTES: usize = 8;

    fn read(bytes: &[u8]) -> i64 {
        bytes.first_chunk().map_or(0, |bytes| i64::from_le_bytes(*bytes))
    }
}

/// The numbers of a stretch of rows, looked up one by one.
pub struct Numbers<T> {
    pages: ColumnPages,
    dictionary: Vec<T>,
    keys: Vec<u32>,
    plain: Vec<T>,
    is_plain: bool,
}

impl<T: Number> Numbers<T> {
    /// # Errors
    /// When the file cannot be read.
    pub fn open(mut pages: ColumnPages) -> Result<Numbers<T>, CannotScan> {
        let dictionary = match pages.dictionary()? {
            Some(page) => page.buffer().chunks_exact(T::BYTES).map(T::read).collect(),
            None => Vec::new(),
        };
        Ok(Numbers { pages, dictionary, keys: Vec::new(), plain: Vec::new(), is_plain: false })
    }

    /// # Errors
    /// As [`ColumnPages::left`].
    pub fn left(&mut self) -> Result<usize, CannotScan> {
        self.pages.left()
    }

    /// Turns to the next rows, none of which may lack its number.
    ///
    /// # Errors
    /// When one does, or the page is of another shape.
    pub fn turn(&mut self, rows: usize) -> Result<(), CannotScan> {
        if let Values::Plain(at) = self.pages.values {
            return self.turn_plain(rows, at);
        }
        self.is_plain = false;
        self.keys.resize(rows, 0);
        self.pages.keys(&mut self.keys)
    }

    /// The same for a column in which numbers may be missing.
    ///
    /// # Errors
    /// When the page is of another shape.
    pub fn turn_optional(&mut self, rows: usize) -> Result<(), CannotScan> {
        if let Values::Plain(at) = self.pages.values {
            return self.turn_plain(rows, at);
        }
        self.is_plain = false;
        self.keys.resize(rows, 0);
        self.pages.keys_or_missing(&mut self.keys)
    }

    fn turn_plain(&mut self, rows: usize, at: usize) -> Result<(), CannotScan> {
        let length = rows * T::BYTES;
        let bytes = self.pages.bytes().get(at..at + length).ok_or(CannotScan::Damaged)?;
        self.plain.clear();
        self.plain.extend(bytes.chunks_exact(T::BYTES).map(T::read));
        self.is_plain = true;
        self.pages.pass_over(rows, length)
    }

    /// The number of a row of the stretch; `None` when it is missing.
    ///
    /// # Errors
    /// When its key is not in the dictionary.
    #[inline]
    pub fn at(&self, row: usize) -> Result<Option<T>, CannotScan> {
        if self.is_plain {
            return Ok(Some(self.plain[row]));
        }
        let key = self.keys[row];
        match self.dictionary.get(key as usize) {
            Some(number) => Ok(Some(*number)),
            None if key == MISSING => Ok(None),
            None => Err(CannotScan::Damaged),
        }
    }

    /// The number of a row of a stretch without missing ones.
    ///
    /// # Errors
    /// When its key is not in the dictionary.
    #[inline]
    pub fn get(&self, row: usize) -> Result<T, CannotScan> {
        if self.is_plain {
            return Ok(self.plain[row]);
        }
        self.dictionary.get(self.keys[row] as usize).copied().ok_or(CannotScan::Damaged)
    }
}
