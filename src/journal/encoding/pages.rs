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
    /// The same, each row's key being looked up in a table of keys.
    Mapped(Arc<Vec<u32>>, Arc<Vec<u32>>, Arc<Dictionary>),
    /// Keys, each in so many rows, one after the other; of whole numbers with the least and the greatest.
    Runs(Vec<(u32, u32)>, Arc<Dictionary>, Option<(i64, i64)>),
    /// All distinct values in turn, so many times over.
    Cycle(usize, Arc<Dictionary>),
    /// 0 is no, 1 is yes, and anything else missing.
    Flags(Vec<u8>),
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

/// The body of a data page of keys, none of which is missing, before compression.
pub(super) fn full_page(keys: &[u32], width: usize, optional: bool) -> Vec<u8> {
    let mut page = Vec::with_capacity(keys.len() * width / 8 + 64);
    begin(keys.len(), width, optional, &mut page);
    packed::write(keys, width, &mut page);
    page
}

/// Rows that are looked at together, a multiple of eight.
const STRETCH: usize = 1024;

/// The rows that have a value: which they are, as Parquet writes it, and what stands for the value in each.
pub(super) struct Present {
    pub levels: Vec<u8>,
    pub values: Vec<u32>,
}

impl Present {
    /// Of rows, each with what stands for its value; `has` says whether there is one.
    pub fn of(rows: &[u32], has: impl Fn(u32) -> bool) -> Present {
        let mut values = Vec::with_capacity(rows.len());
        let mut bits = Vec::with_capacity(rows.len() / 8 + 1);
        for stretch in rows.chunks(STRETCH) {
            let (mut there, mut found, mut next) = ([0; STRETCH], [0; STRETCH], 0);
            for (row, there) in stretch.iter().zip(&mut there) {
                // Written over by the next one when it is missing.
                found[next % STRETCH] = *row;
                *there = u8::from(has(*row));
                next += usize::from(*there);
            }
            values.extend_from_slice(&found[..next]);
            packed::pack_bits(&there[..stretch.len()], &mut bits);
        }
        let mut levels = Vec::with_capacity(bits.len() + 16);
        if values.len() < rows.len() {
            put_levels(&mut levels, |page| packed::write_packed_bits(&bits, page));
        } else {
            all_have(rows.len(), &mut levels);
        }
        Present { levels, values }
    }

    /// Of so many rows without a value.
    pub fn none(rows: usize) -> Present {
        let mut levels = Vec::with_capacity(16);
        put_levels(&mut levels, |page| packed::write_run(0, rows, 1, page));
        Present { levels, values: Vec::new() }
    }

    /// The body of their data page, from the key of each.
    pub fn page(&self, keys: &[u32], width: usize) -> Vec<u8> {
        let mut page = Vec::with_capacity(self.levels.len() + keys.len() * width / 8 + 64);
        page.extend_from_slice(&self.levels);
        page.push(width as u8);
        packed::write(keys, width, &mut page);
        page
    }
}

/// The body of a data page in which each key stands in so many rows, none of which lacks one; and how many those are.
pub(super) fn runs_page(runs: &[(u32, u32)], width: usize, optional: bool) -> (Vec<u8>, usize) {
    let rows = runs.iter().map(|(_, rows)| *rows as usize).sum();
    let mut page = Vec::with_capacity(runs.len() * 4 + 64);
    begin(rows, width, optional, &mut page);
    runs.iter().for_each(|(key, rows)| packed::write_run(*key, *rows as usize, width, &mut page));
    (page, rows)
}

/// The body of a data page in which the first so many keys follow one another in turn.
pub(super) fn cycle_page(keys: usize, rounds: usize, width: usize, optional: bool) -> Vec<u8> {
    let rows = keys * rounds;
    let mut page = Vec::with_capacity(rows * width / 8 + 64);
    begin(rows, width, optional, &mut page);
    if keys == 1 {
        packed::write_run(0, rounds, width, &mut page);
    } else {
        packed::write_cycle(keys, rounds, width, &mut page);
    }
    page
}

/// What comes before the keys on a page that lacks none.
fn begin(rows: usize, width: usize, optional: bool, page: &mut Vec<u8>) {
    if optional {
        all_have(rows, page);
    }
    page.push(width as u8);
}

/// Says that every row has a value.
pub(super) fn all_have(rows: usize, page: &mut Vec<u8>) {
    put_levels(page, |page| packed::write_run(1, rows, 1, page));
}

/// Which rows have a value, as `write` writes it: 1 for each that has.
pub(super) fn put_levels(page: &mut Vec<u8>, write: impl FnOnce(&mut Vec<u8>)) {
    let start = page.len();
    page.extend_from_slice(&[0; 4]);
    write(page);
    let length = (page.len() - start) as u32 - 4;
    page[start..start + 4].copy_from_slice(&length.to_le_bytes());
}
