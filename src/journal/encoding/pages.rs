//! A column by the numbers of its distinct values, and the pages that hold it.

use super::interner::TextInterner;
use super::packed;
use crate::clinical::Points;
use std::sync::Arc;

/// Stands for a missing value among the keys.
pub const MISSING: u32 = u32::MAX;

/// A column of a block.
#[derive(Debug, Clone)]
pub enum Column {
    /// The distinct values, and which of them each row has. Columns may share either.
    Keyed(Arc<Vec<u32>>, Arc<Dictionary>),
    /// One value in so many rows.
    Same(usize, Arc<Dictionary>),
    /// Yes, no or missing.
    Flags(Vec<Option<bool>>),
    /// Rows of whole numbers, as Arrow writes them.
    Array(arrow::array::ArrayRef),
}

/// Distinct values in the order of their keys, as Parquet writes them one after another.
#[derive(Debug, Default)]
pub struct Dictionary {
    pub(super) bytes: Vec<u8>,
    pub(super) entries: usize,
}

impl Dictionary {
    /// Texts, each with its length before it.
    pub fn texts<'a>(texts: impl ExactSizeIterator<Item = &'a [u8]>) -> Arc<Dictionary> {
        let entries = texts.len();
        let mut bytes = Vec::new();
        for text in texts {
            bytes.extend_from_slice(&(text.len() as u32).to_le_bytes());
            bytes.extend_from_slice(text);
        }
        Arc::new(Dictionary { bytes, entries })
    }

    /// Texts that were numbered one by one.
    pub fn interned(texts: TextInterner) -> Arc<Dictionary> {
        let (bytes, entries) = texts.finish();
        Arc::new(Dictionary { bytes, entries })
    }

    pub fn words(words: &[String]) -> Arc<Dictionary> {
        Dictionary::texts(words.iter().map(String::as_bytes))
    }

    /// Millionths of points, written as binary numbers.
    pub fn points(points: &[i64]) -> Arc<Dictionary> {
        Dictionary::doubles(points.iter().map(|points| Points(*points).as_f64()))
    }

    pub fn doubles(numbers: impl ExactSizeIterator<Item = f64>) -> Arc<Dictionary> {
        let entries = numbers.len();
        Arc::new(Dictionary { bytes: numbers.flat_map(f64::to_le_bytes).collect(), entries })
    }

    /// Numbers of 64 bits: ids.
    pub fn whole(numbers: impl Iterator<Item = i64>) -> Arc<Dictionary> {
        let bytes: Vec<u8> = numbers.flat_map(i64::to_le_bytes).collect();
        Arc::new(Dictionary { entries: bytes.len() / 8, bytes })
    }

    /// How many distinct values.
    #[must_use]
    pub fn entries(&self) -> usize {
        self.entries
    }

    /// Numbers of 32 bits: days, counts.
    pub fn narrow(numbers: &[i64]) -> Arc<Dictionary> {
        let bytes = numbers.iter().flat_map(|number| (*number as u32).to_le_bytes()).collect();
        Arc::new(Dictionary { bytes, entries: numbers.len() })
    }
}

/// The body of a data page of keys, before compression: which rows have a value when `optional`, and their keys.
pub(super) fn key_page(keys: &[u32], width: usize, optional: bool) -> Vec<u8> {
    let mut page = Vec::with_capacity(keys.len() * width / 8 + 64);
    let missing = optional && keys.contains(&MISSING);
    if optional {
        levels(keys.len(), missing.then_some(|row: usize| keys[row] != MISSING), &mut page);
    }
    page.push(width as u8);
    if missing {
        let present: Vec<u32> = keys.iter().copied().filter(|key| *key != MISSING).collect();
        packed::write(&present, width, &mut page);
    } else {
        packed::write(keys, width, &mut page);
    }
    page
}

/// The body of a data page in which every row has the first entry.
pub(super) fn same_page(rows: usize, optional: bool) -> Vec<u8> {
    let mut page = Vec::with_capacity(16);
    if optional {
        levels(rows, None::<fn(usize) -> bool>, &mut page);
    }
    page.push(1);
    packed::write_run(0, rows, 1, &mut page);
    page
}

/// The body of a data page of flags.
pub(super) fn flag_page(flags: &[Option<bool>], optional: bool) -> Vec<u8> {
    let mut page = Vec::with_capacity(flags.len() / 4 + 64);
    let missing = flags.contains(&None);
    if optional {
        levels(flags.len(), missing.then_some(|row: usize| flags[row].is_some()), &mut page);
    }
    if missing {
        let present: Vec<bool> = flags.iter().copied().flatten().collect();
        packed::pack_bits(present.into_iter(), &mut page);
    } else {
        packed::pack_bits(flags.iter().map(|flag| *flag == Some(true)), &mut page);
    }
    page
}

/// Which rows have a value; all of them when there is no `has`.
pub(super) fn levels(rows: usize, has: Option<impl Fn(usize) -> bool>, page: &mut Vec<u8>) {
    let start = page.len();
    page.extend_from_slice(&[0; 4]);
    match has {
        Some(has) => {
            let levels: Vec<u32> = (0..rows).map(|row| u32::from(has(row))).collect();
            packed::write(&levels, 1, page);
        }
        None => packed::write_run(1, rows, 1, page),
    }
    let length = (page.len() - start) as u32 - 4;
    page[start..start + 4].copy_from_slice(&length.to_le_bytes());
}
