//! Data pages, encoded and compressed, that wait to be put together to a column.

use super::packed;
use super::pages::{MISSING, Present, all_have, full_page, put_levels};
use bytes::Bytes;
use parquet::basic::Encoding;
use parquet::column::page::{CompressedPage, Page};
use parquet::errors::{ParquetError, Result};

/// One data page.
#[derive(Debug, Clone)]
pub struct EncodedPage {
    /// Compressed, unless its column is not.
    pub(super) body: Bytes,
    pub(super) is_compressed: bool,
    /// Bytes before compression.
    size: usize,
    pub(super) rows: usize,
    keyed: bool,
}

impl EncodedPage {
    /// Compresses the body of a page of keys, or of values.
    pub(super) fn new(body: &[u8], rows: usize, keyed: bool) -> Result<EncodedPage> {
        Ok(EncodedPage { body: compress(body)?, is_compressed: true, size: body.len(), rows, keyed })
    }

    /// A page of keys that is not compressed.
    pub(super) fn raw(body: Vec<u8>, rows: usize) -> EncodedPage {
        EncodedPage { size: body.len(), body: body.into(), is_compressed: false, rows, keyed: true }
    }

    pub(super) fn to_write(&self) -> CompressedPage {
        let page = Page::DataPage {
            buf: self.body.clone(),
            num_values: self.rows as u32,
            encoding: if self.keyed { Encoding::RLE_DICTIONARY } else { Encoding::PLAIN },
            def_level_encoding: Encoding::RLE,
            rep_level_encoding: Encoding::RLE,
            statistics: None,
        };
        CompressedPage::new(page, self.size)
    }

    /// Rows on the page.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Bytes that the page holds in memory.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.body.len()
    }
}

pub(super) fn compress(page: &[u8]) -> Result<Bytes> {
    let compressed = snap::raw::Encoder::new().compress_vec(page);
    compressed.map(Bytes::from).map_err(|error| ParquetError::External(Box::new(error)))
}

/// Whether bytes like the first of these become so much fewer by compression that it is worth its time.
pub(super) fn is_worth_compressing(bytes: &[u8]) -> Result<bool> {
    let sample = &bytes[..bytes.len().min(1 << 13)];
    Ok(compress(sample)?.len() < sample.len() / 4 * 3)
}

/// A page of numbers of a dictionary's entries; [`MISSING`] for a missing value when `optional`.
///
/// # Errors
/// When it cannot be compressed.
pub fn keys_page(keys: &[u32], entries: usize, optional: bool) -> Result<EncodedPage> {
    let width = packed::width(entries);
    let body = if optional && keys.contains(&MISSING) {
        let present = Present::of(keys, |key| key != MISSING);
        present.page(&present.values, width)
    } else {
        full_page(keys, width, optional)
    };
    EncodedPage::new(&body, keys.len(), true)
}

/// What columns that are looked up in tables share.
#[derive(Default)]
pub(super) struct LookUps<'a> {
    gaps: Vec<Gaps<'a>>,
    /// Room for the keys of a column.
    keys: Vec<u32>,
}

/// Which of some rows are looked up as missing: found once for all tables that lack a value for the same.
struct Gaps<'a> {
    rows: &'a [u32],
    table: &'a [u32],
    present: Present,
}

impl<'a> Gaps<'a> {
    /// Those of rows that are looked up in this table, from `known` when they were found before.
    fn of<'k>(known: &'k mut Vec<Gaps<'a>>, rows: &'a [u32], table: &'a [u32]) -> &'k Present {
        let same = |gaps: &Gaps| std::ptr::eq(gaps.rows, rows) && lack_the_same(gaps.table, table);
        let place = known.iter().position(same).unwrap_or_else(|| {
            let present = if table.iter().all(|key| *key == MISSING) {
                Present::none(rows.len())
            } else {
                Present::of(rows, |row| table[row as usize] != MISSING)
            };
            known.push(Gaps { rows, table, present });
            known.len() - 1
        });
        &known[place].present
    }
}

fn lack_the_same(one: &[u32], other: &[u32]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| (*one == MISSING) == (*other == MISSING))
}

/// The same, each row's number being looked up in a table of them.
pub(super) fn mapped_page<'a>(
    rows: &'a [u32],
    table: &'a [u32],
    entries: usize,
    optional: bool,
    known: &mut LookUps<'a>,
) -> Result<EncodedPage> {
    let width = packed::width(entries);
    let LookUps { gaps, keys } = known;
    keys.clear();
    let mut look_up = |rows: &[u32]| keys.extend(rows.iter().map(|row| table[*row as usize]));
    let body = if optional && table.contains(&MISSING) {
        let present = Gaps::of(gaps, rows, table);
        look_up(&present.values);
        present.page(keys, width)
    } else {
        look_up(rows);
        full_page(keys, width, optional)
    };
    EncodedPage::new(&body, rows.len(), true)
}

/// A page of flags: 0 is no, 1 is yes, and anything else a missing value.
///
/// # Errors
/// When it cannot be compressed.
pub fn flags_page(flags: &[u8], optional: bool) -> Result<EncodedPage> {
    let mut page = Vec::with_capacity(flags.len() / 4 + 64);
    if optional && flags.iter().any(|flag| *flag > 1) {
        let has: Vec<u8> = flags.iter().map(|flag| u8::from(*flag <= 1)).collect();
        put_levels(&mut page, |page| packed::write_bits(&has, page));
        let present: Vec<u8> = flags.iter().copied().filter(|flag| *flag <= 1).collect();
        packed::pack_bits(&present, &mut page);
    } else {
        if optional {
            all_have(flags.len(), &mut page);
        }
        packed::pack_bits(flags, &mut page);
    }
    EncodedPage::new(&page, flags.len(), false)
}

/// A page of values as they are, each of so many bytes, none of them missing.
///
/// # Errors
/// When it cannot be compressed.
pub fn plain_page<const BYTES: usize>(
    values: impl ExactSizeIterator<Item = [u8; BYTES]>,
    optional: bool,
) -> Result<EncodedPage> {
    let rows = values.len();
    let mut page = Vec::with_capacity(rows * BYTES + 16);
    if optional {
        all_have(rows, &mut page);
    }
    values.for_each(|value| page.extend_from_slice(&value));
    EncodedPage::new(&page, rows, false)
}

/// A page of texts that lie one after the other, each with its length before it.
///
/// # Errors
/// When it cannot be compressed.
pub fn texts_page(texts: &[u8], rows: usize, optional: bool) -> Result<EncodedPage> {
    let mut page = Vec::with_capacity(texts.len() + 16);
    if optional {
        all_have(rows, &mut page);
    }
    page.extend_from_slice(texts);
    EncodedPage::new(&page, rows, false)
}

/// A page on which every value is missing.
///
/// # Errors
/// When it cannot be compressed.
pub fn empty_page(rows: usize) -> Result<EncodedPage> {
    EncodedPage::new(&Present::none(rows).levels, rows, false)
}
