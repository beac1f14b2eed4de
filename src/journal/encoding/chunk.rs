//! A block's columns as column chunks, ready to be appended to a file.

use super::packed;
use super::page::{EncodedPage, LookUps, compress, flags_page, is_worth_compressing, keys_page, mapped_page};
use super::pages::{Column, Dictionary, cycle_page, runs_page};
use bytes::Bytes;
use parquet::basic::{Compression, Encoding};
use parquet::column::page::{CompressedPage, Page, PageWriter};
use parquet::column::writer::ColumnCloseResult;
use parquet::errors::Result;
use parquet::file::metadata::ColumnChunkMetaData;
use parquet::file::statistics::Statistics;
use parquet::file::writer::{SerializedPageWriter, TrackedWrite};
use parquet::schema::types::ColumnDescPtr;
use std::sync::Arc;

/// A column chunk and what the file's end must say of it.
pub struct EncodedColumn {
    pub bytes: Bytes,
    pub close: ColumnCloseResult,
}

/// What further columns may share.
#[derive(Default)]
struct Known<'a> {
    pages: Vec<Shared<'a>>,
    look_ups: LookUps<'a>,
}

/// The data page of all columns whose rows have the same keys.
struct Shared<'a> {
    column: &'a Column,
    width: usize,
    optional: bool,
    page: EncodedPage,
}

/// Encodes the columns of a block; `None` for those that Arrow writes.
///
/// # Errors
/// When a page cannot be written.
pub fn encode(columns: &[Column], descriptors: &[ColumnDescPtr]) -> Result<Vec<Option<EncodedColumn>>> {
    let mut known = Known::default();
    let mut encoded = Vec::with_capacity(columns.len());
    for (column, descriptor) in columns.iter().zip(descriptors) {
        let optional = descriptor.max_def_level() == 1;
        encoded.push(match column {
            Column::Array(_) => None,
            Column::Flags(flags) => Some(assemble(descriptor, None, &[flags_page(flags, optional)?], None)?),
            Column::Runs(runs, dictionary, bounds) => {
                let (page, rows) = runs_page(runs, packed::width(dictionary.entries), optional);
                // Ids are many, and of text often as good as random.
                let page = match is_worth_compressing(&dictionary.bytes)? {
                    true => EncodedPage::new(&page, rows, true)?,
                    false => EncodedPage::raw(page, rows),
                };
                Some(assemble(descriptor, Some(dictionary), &[page], *bounds)?)
            }
            Column::Keyed(_, dictionary) | Column::Mapped(_, _, dictionary) | Column::Cycle(_, dictionary) => {
                let page = shared_page(&mut known, column, dictionary.entries, optional)?;
                Some(assemble(descriptor, Some(dictionary), &[page], None)?)
            }
        });
    }
    Ok(encoded)
}

/// The page of a column's keys, made anew only when no column before had the same.
fn shared_page<'a>(known: &mut Known<'a>, column: &'a Column, entries: usize, optional: bool) -> Result<EncodedPage> {
    let width = packed::width(entries);
    let fits = |page: &&Shared| page.width == width && page.optional == optional && same_keys(page.column, column);
    if let Some(shared) = known.pages.iter().find(fits) {
        return Ok(shared.page.clone());
    }
    let page = keyed_page(column, entries, optional, &mut known.look_ups)?;
    known.pages.push(Shared { column, width, optional, page: page.clone() });
    Ok(page)
}

/// Whether two columns have the same keys, as far as can be told without a look at each.
fn same_keys(one: &Column, other: &Column) -> bool {
    match (one, other) {
        (Column::Keyed(keys, _), Column::Keyed(others, _)) => Arc::ptr_eq(keys, others),
        (Column::Mapped(keys, table, _), Column::Mapped(others, their_table, _)) => {
            Arc::ptr_eq(keys, others) && Arc::ptr_eq(table, their_table)
        }
        (Column::Cycle(rounds, words), Column::Cycle(others, their_words)) => {
            rounds == others && words.entries == their_words.entries
        }
        _ => false,
    }
}

fn keyed_page<'a>(
    column: &'a Column,
    entries: usize,
    optional: bool,
    look_ups: &mut LookUps<'a>,
) -> Result<EncodedPage> {
    let width = packed::width(entries);
    match column {
        Column::Keyed(keys, _) => keys_page(keys, entries, optional),
        Column::Mapped(rows, table, _) => mapped_page(rows, table, entries, optional, look_ups),
        Column::Cycle(rounds, _) => {
            EncodedPage::new(&cycle_page(entries, *rounds, width, optional), entries * rounds, true)
        }
        Column::Runs(..) | Column::Flags(_) | Column::Array(_) => keys_page(&[], entries, optional),
    }
}

/// Puts pages together to a column chunk, the dictionary first, all compressed or none; `least_and_greatest` are those of whole numbers.
///
/// # Errors
/// When a page cannot be written.
pub(super) fn assemble(
    descriptor: &ColumnDescPtr,
    dictionary: Option<&Dictionary>,
    pages: &[EncodedPage],
    least_and_greatest: Option<(i64, i64)>,
) -> Result<EncodedColumn> {
    let is_compressed = pages.iter().all(|page| page.is_compressed);
    let size: usize = pages.iter().map(|page| page.body.len() + 64).sum();
    let mut sink = TrackedWrite::new(Vec::with_capacity(size + dictionary.map_or(0, |words| words.bytes.len()) + 1024));
    let mut writer = SerializedPageWriter::new(&mut sink);
    let mut specs = Vec::with_capacity(pages.len() + 1);
    if let Some(dictionary) = dictionary {
        let page = Page::DictionaryPage {
            buf: if is_compressed { compress(&dictionary.bytes)? } else { Bytes::copy_from_slice(&dictionary.bytes) },
            num_values: dictionary.entries as u32,
            encoding: Encoding::PLAIN,
            is_sorted: false,
        };
        specs.push(writer.write_page(CompressedPage::new(page, dictionary.bytes.len()))?);
    }
    let dictionary_pages = specs.len();
    for page in pages {
        specs.push(writer.write_page(page.to_write())?);
    }
    let rows: usize = pages.iter().map(|page| page.rows).sum();
    let encoding = if dictionary.is_some() { Encoding::RLE_DICTIONARY } else { Encoding::PLAIN };
    let mut metadata = ColumnChunkMetaData::builder(Arc::clone(descriptor))
        .set_compression(if is_compressed { Compression::SNAPPY } else { Compression::UNCOMPRESSED })
        .set_encodings(vec![Encoding::PLAIN, Encoding::RLE, encoding])
        .set_total_compressed_size(specs.iter().map(|spec| spec.compressed_size as i64).sum())
        .set_total_uncompressed_size(specs.iter().map(|spec| spec.uncompressed_size as i64).sum())
        .set_num_values(rows as i64)
        .set_dictionary_page_offset(dictionary.map(|_| 0))
        .set_data_page_offset(specs.get(dictionary_pages).map_or(0, |spec| spec.offset as i64));
    if let Some((least, greatest)) = least_and_greatest {
        metadata = metadata.set_statistics(Statistics::int64(Some(least), Some(greatest), None, Some(0), false));
    }
    let metadata = metadata.build()?;
    let bytes = sink.into_inner()?;
    let close = ColumnCloseResult {
        bytes_written: bytes.len() as u64,
        rows_written: rows as u64,
        metadata,
        bloom_filter: None,
        column_index: None,
        offset_index: None,
    };
    Ok(EncodedColumn { bytes: bytes.into(), close })
}
