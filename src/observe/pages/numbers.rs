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
    now: Now,
}

/// How the numbers of the stretch at hand are found.
#[derive(Clone, Copy)]
enum Now {
    /// Through keys of the dictionary.
    Keys,
    /// As they stand.
    Plain,
    /// As they stand, through keys, as some are missing.
    Sparse,
}

impl<T: Number> Numbers<T> {
    /// # Errors
    /// When the file cannot be read.
    pub fn open(mut pages: ColumnPages) -> Result<Numbers<T>, CannotScan> {
        let dictionary = match pages.dictionary()? {
            Some(page) => page.buffer().chunks_exact(T::BYTES).map(T::read).collect(),
            None => Vec::new(),
        };
        Ok(Numbers { pages, dictionary, keys: Vec::new(), plain: Vec::new(), now: Now::Keys })
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
        if self.pages.has_gaps() { Err(CannotScan::OtherShape) } else { self.turn_optional(rows) }
    }

    /// The same for a column in which numbers may be missing.
    ///
    /// # Errors
    /// When the page is of another shape.
    pub fn turn_optional(&mut self, rows: usize) -> Result<(), CannotScan> {
        let Values::Plain(at) = self.pages.values else {
            self.now = Now::Keys;
            self.keys.resize(rows, 0);
            return self.pages.keys_or_missing(&mut self.keys);
        };
        if !self.pages.has_gaps() {
            self.now = Now::Plain;
            return self.take_plain(rows, rows, at);
        }
        self.now = Now::Sparse;
        self.keys.resize(rows, 0);
        let present = self.pages.places(&mut self.keys)?;
        self.take_plain(rows, present, at)
    }

    fn take_plain(&mut self, rows: usize, present: usize, at: usize) -> Result<(), CannotScan> {
        let length = present * T::BYTES;
        let bytes = self.pages.bytes().get(at..at + length).ok_or(CannotScan::Damaged)?;
        self.plain.clear();
        self.plain.extend(bytes.chunks_exact(T::BYTES).map(T::read));
        self.pages.pass_over(rows, length)
    }

    /// The number of a row of the stretch; `None` when it is missing.
    ///
    /// # Errors
    /// When its key is not in the dictionary.
    #[inline]
    pub fn at(&self, row: usize) -> Result<Option<T>, CannotScan> {
        let numbers = match self.now {
            Now::Plain => return Ok(Some(self.plain[row])),
            Now::Keys => &self.dictionary,
            Now::Sparse => &self.plain,
        };
        let key = self.keys[row];
        match numbers.get(key as usize) {
            Some(number) => Ok(Some(*number)),
            None if key == MISSING => Ok(None),
            None => Err(CannotScan::Damaged),
        }
    }

    /// Gives what `of` makes of the numbers of some rows of a stretch without missing ones.
    ///
    /// # Errors
    /// When a key is not in the dictionary.
    #[inline]
    pub fn pick<N>(&self, rows: &[u16], picked: &mut [N], of: impl Fn(T) -> N) -> Result<(), CannotScan> {
        let places = picked.iter_mut().zip(rows.iter().map(|row| usize::from(*row)));
        let (keys, dictionary, plain) = (&self.keys[..], &self.dictionary[..], &self.plain[..]);
        if let Now::Plain = self.now {
            places.for_each(|(picked, row)| *picked = of(plain[row]));
            return Ok(());
        }
        for (picked, row) in places {
            *picked = of(*dictionary.get(keys[row] as usize).ok_or(CannotScan::Damaged)?);
        }
        Ok(())
    }
}
