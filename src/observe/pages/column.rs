//! One column of a row group, page by page.

use super::hybrid::Hybrid;
use super::stretch::Stretch;
use parquet::basic::{Encoding, Type};
use parquet::column::page::{Page, PageReader};
use parquet::file::metadata::ParquetMetaData;
use parquet::file::serialized_reader::SerializedPageReader;
use std::fs::File;
use std::sync::Arc;

/// Why a row group cannot be scanned so; reading it as Arrow batches then works, or tells what is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CannotScan {
    /// Not written as numbers of dictionary entries, or nested, or with missing values where there must be none.
    OtherShape,
    /// The bytes are not what the format says.
    Damaged,
}

/// Stands for a missing value.
pub const MISSING: u32 = u32::MAX;

/// How the values of the page at hand are written.
pub(super) enum Values {
    /// Numbers of dictionary entries.
    Keys(Hybrid),
    /// The values themselves; the next one's byte.
    Plain(usize),
}

/// A column's pages, of which one is held at a time.
pub struct ColumnPages {
    pages: SerializedPageReader<Stretch>,
    is_optional: bool,
    is_flag: bool,
    page: Option<Page>,
    pub(super) values: Values,
    /// Which rows of the page have a value, when some lack it.
    levels: Option<Hybrid>,
    /// Rows of the page not yet given.
    left: usize,
    /// Rows that have a value, and their keys, reused.
    scratch: Vec<u32>,
}

impl ColumnPages {
    /// Opens the column of this name in a row group.
    ///
    /// # Errors
    /// When there is no such column, or it is nested.
    pub fn open(file: &File, metadata: &ParquetMetaData, group: usize, name: &str) -> Result<Self, CannotScan> {
        let columns = metadata.file_metadata().schema_descr().columns();
        let index = columns.iter().position(|column| column.path().string() == name).ok_or(CannotScan::OtherShape)?;
        if columns[index].max_rep_level() > 0 || columns[index].max_def_level() > 1 {
            return Err(CannotScan::OtherShape);
        }
        let group = metadata.row_group(group);
        let chunk = group.column(index);
        let bytes = Stretch::read(file, chunk.byte_range()).map_err(|_| CannotScan::Damaged)?;
        let pages = SerializedPageReader::new(Arc::new(bytes), chunk, group.num_rows() as usize, None);
        Ok(ColumnPages {
            pages: pages.map_err(|_| CannotScan::Damaged)?,
            is_optional: columns[index].max_def_level() == 1,
            is_flag: columns[index].physical_type() == Type::BOOLEAN,
            page: None,
            values: Values::Plain(0),
            levels: None,
            left: 0,
            scratch: Vec::new(),
        })
    }

    /// The dictionary, if the column begins with one; to be asked for first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn dictionary(&mut self) -> Result<Option<Page>, CannotScan> {
        match self.next_page()? {
            page @ Page::DictionaryPage { .. } => Ok(Some(page)),
            page => self.begin(page).map(|()| None),
        }
    }

    /// Rows left on the page at hand, at least one.
    ///
    /// # Errors
    /// When there is no further page, or it is of another shape.
    pub fn left(&mut self) -> Result<usize, CannotScan> {
        while self.left == 0 {
            let page = self.next_page()?;
            self.begin(page)?;
        }
        Ok(self.left)
    }

    /// The bytes of the page at hand.
    pub(super) fn bytes(&self) -> &[u8] {
        self.page.as_ref().map_or(&[], |page| page.buffer())
    }

    /// The keys of the next rows, of which no more than [`ColumnPages::left`] may be asked for and none may be missing.
    ///
    /// # Errors
    /// When a row lacks its value, or the page holds no keys.
    #[inline]
    pub(super) fn keys(&mut self, out: &mut [u32]) -> Result<(), CannotScan> {
        if self.levels.is_some() {
            return Err(CannotScan::OtherShape);
        }
        let bytes = self.page.as_ref().map_or(&[][..], |page| page.buffer());
        let Values::Keys(keys) = &mut self.values else { return Err(CannotScan::OtherShape) };
        keys.fill(bytes, out)?;
        self.left -= out.len();
        Ok(())
    }

    /// The same for a column whose values may be [`MISSING`].
    ///
    /// # Errors
    /// When the page holds no keys.
    pub(super) fn keys_or_missing(&mut self, out: &mut [u32]) -> Result<(), CannotScan> {
        let Some(levels) = &mut self.levels else { return self.keys(out) };
        let bytes = self.page.as_ref().map_or(&[][..], |page| page.buffer());
        levels.fill(bytes, out)?;
        let present = out.iter().filter(|level| **level == 1).count();
        self.scratch.resize(present, 0);
        if present > 0 {
            let Values::Keys(keys) = &mut self.values else { return Err(CannotScan::OtherShape) };
            keys.fill(bytes, &mut self.scratch)?;
        }
        let mut given = self.scratch.iter();
        for place in out.iter_mut() {
            *place = if *place == 1 { given.next().copied().unwrap_or(MISSING) } else { MISSING };
        }
        self.left -= out.len();
        Ok(())
    }

    /// For the next rows of a page of plain values: where each row's value stands among those to come, or [`MISSING`];
    /// gives how many values that takes.
    ///
    /// # Errors
    /// When the bytes end before.
    pub(super) fn places(&mut self, out: &mut [u32]) -> Result<usize, CannotScan> {
        let Some(levels) = &mut self.levels else {
            out.iter_mut().zip(0..).for_each(|(place, row)| *place = row);
            return Ok(out.len());
        };
        levels.fill(self.page.as_ref().map_or(&[][..], |page| page.buffer()), out)?;
        let mut present = 0;
        for place in out.iter_mut() {
            *place = if *place == 1 {
                {
                    present += 1;
                    present - 1
                }
            } else {
                MISSING
            };
        }
        Ok(present as usize)
    }

    /// Whether some row of the page at hand may lack its value.
    pub(super) fn has_gaps(&self) -> bool {
        self.levels.is_some()
    }

    /// Passes over rows whose values were taken from [`ColumnPages::bytes`].
    pub(super) fn pass_over(&mut self, rows: usize, bytes: usize) -> Result<(), CannotScan> {
        let Values::Plain(at) = &mut self.values else { return Err(CannotScan::OtherShape) };
        *at += bytes;
        self.left -= rows;
        Ok(())
    }

    fn next_page(&mut self) -> Result<Page, CannotScan> {
        self.page = None;
        let page = self.pages.get_next_page().map_err(|_| CannotScan::Damaged)?;
        page.ok_or(CannotScan::Damaged)
    }

    fn begin(&mut self, page: Page) -> Result<(), CannotScan> {
        let rows = page.num_values() as usize;
        let (mut levels, at) = self.levels_of(&page)?;
        if let Some(found) = &mut levels
            && rows > 0
            && found.all_same(page.buffer(), rows)? == Some(1)
        {
            levels = None;
        }
        self.values = match page.encoding() {
            Encoding::RLE_DICTIONARY | Encoding::PLAIN_DICTIONARY => match page.buffer().get(at) {
                Some(width) if *width <= 32 => Values::Keys(Hybrid::new(usize::from(*width), at + 1)),
                Some(_) => return Err(CannotScan::Damaged),
                // A page on which every value is missing.
                None => Values::Keys(Hybrid::new(0, at)),
            },
            // Flags are packed bit by bit, or written as runs behind their length.
            Encoding::PLAIN if self.is_flag => Values::Keys(Hybrid::packed(1, at, page.buffer().len())),
            Encoding::RLE if self.is_flag => Values::Keys(Hybrid::new(1, at + 4)),
            Encoding::PLAIN => Values::Plain(at),
            _ => return Err(CannotScan::OtherShape),
        };
        (self.levels, self.left, self.page) = (levels, rows, Some(page));
        Ok(())
    }

    /// Where the page says which rows have a value, and where its values begin.
    fn levels_of(&self, page: &Page) -> Result<(Option<Hybrid>, usize), CannotScan> {
        let optional = |levels| self.is_optional.then_some(levels);
        match page {
            Page::DictionaryPage { .. } => Err(CannotScan::Damaged),
            Page::DataPage { .. } if !self.is_optional => Ok((None, 0)),
            Page::DataPage { buf, def_level_encoding: Encoding::RLE, .. } => {
                let length = buf.first_chunk().ok_or(CannotScan::Damaged)?;
                Ok((optional(Hybrid::new(1, 4)), 4 + u32::from_le_bytes(*length) as usize))
            }
            Page::DataPage { .. } => Err(CannotScan::OtherShape),
            Page::DataPageV2 { def_levels_byte_len, rep_levels_byte_len, .. } => {
                let (before, length) = (*rep_levels_byte_len as usize, *def_levels_byte_len as usize);
                Ok((optional(Hybrid::new(1, before)), before + length))
            }
        }
    }
}
