//! A column of text, by the numbers of its dictionary.

use super::column::{CannotScan, ColumnPages};
use parquet::column::page::Page;

/// The keys of a stretch of rows, and the words they stand for.
pub struct WordKeys {
    pages: ColumnPages,
    page: Option<Page>,
    /// Where each word lies in the dictionary page.
    places: Vec<(u32, u32)>,
    keys: Vec<u32>,
}

impl WordKeys {
    /// # Errors
    /// When the file cannot be read, or the dictionary is no text.
    pub fn open(mut pages: ColumnPages) -> Result<WordKeys, CannotScan> {
        let page = pages.dictionary()?;
        let places = page.as_ref().map_or(Ok(Vec::new()), |page| places(page.buffer()))?;
        Ok(WordKeys { pages, page, places, keys: Vec::new() })
    }

    /// Number of words in the dictionary.
    #[must_use]
    pub fn words(&self) -> usize {
        self.places.len()
    }

    /// The word of a key; empty for one that is not in the dictionary.
    #[must_use]
    pub fn word(&self, key: u32) -> &str {
        std::str::from_utf8(self.bytes(key)).unwrap_or_default()
    }

    /// The word of a key, byte by byte.
    #[must_use]
    #[inline]
    pub fn bytes(&self, key: u32) -> &[u8] {
        match (&self.page, self.places.get(key as usize)) {
            (Some(page), Some((from, to))) => &page.buffer()[*from as usize..*to as usize],
            _ => &[],
        }
    }

    /// All words, in the order of their keys.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.words() as u32).map(|key| self.word(key))
    }

    /// # Errors
    /// As [`ColumnPages::left`].
    pub fn left(&mut self) -> Result<usize, CannotScan> {
        self.pages.left()
    }

    /// Turns to the next rows, none of which may lack its word.
    ///
    /// # Errors
    /// When one does, or the page is of another shape.
    pub fn turn(&mut self, rows: usize) -> Result<(), CannotScan> {
        self.keys.resize(rows, 0);
        self.pages.keys(&mut self.keys)
    }

    /// The same for a column in which words may be missing.
    ///
    /// # Errors
    /// When the page is of another shape.
    pub fn turn_optional(&mut self, rows: usize) -> Result<(), CannotScan> {
        self.keys.resize(rows, 0);
        self.pages.keys_or_missing(&mut self.keys)
    }

    /// The keys of the stretch.
    #[must_use]
    pub fn keys(&self) -> &[u32] {
        &self.keys
    }
}

/// Each word's bytes; all must be text.
fn places(bytes: &[u8]) -> Result<Vec<(u32, u32)>, CannotScan> {
    let mut places = Vec::new();
    let mut at = 0;
    // Then so is every word, and none need be looked at by itself.
    let plain = bytes.is_ascii();
    while at < bytes.len() {
        let length = bytes[at..].first_chunk().ok_or(CannotScan::Damaged)?;
        let from = at + 4;
        at = from + u32::from_le_bytes(*length) as usize;
        let word = bytes.get(from..at).ok_or(CannotScan::Damaged)?;
        if !plain {
            std::str::from_utf8(word).map_err(|_| CannotScan::OtherShape)?;
        }
        places.push((from as u32, at as u32));
    }
    Ok(places)
}
