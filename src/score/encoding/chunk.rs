//! A block's columns as column chunks, ready to be appended to a file.

use super::packed;
use super::pages::{Column, Dictionary, flag_page, key_page, same_page};
use bytes::Bytes;
use parquet::basic::{Compression, Encoding};
use parquet::column::page::{CompressedPage, Page, PageWriter};
use parquet::column::writer::ColumnCloseResult;
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::ColumnChunkMetaData;
use parquet::file::writer::{SerializedPageWriter, TrackedWrite};
use parquet::schema::types::ColumnDescPtr;
use std::sync::Arc;

/// A column chunk and what the file's end must say of it.
pub struct EncodedColumn {
    pub bytes: Bytes,
    pub close: ColumnCloseResult,
}

/// A data page that further columns may share.
struct DataPage {
    keys: Arc<Vec<u32>>,
    width: usize,
    optional: bool,
    body: Bytes,
    size: usize,
}

/// Encodes the columns of a block; `None` for those that Arrow writes.
///
/// # Errors
/// When a page cannot be written.
pub fn encode(columns: &[Column], descriptors: &[ColumnDescPtr]) -> Result<Vec<Option<EncodedColumn>>> {
    let mut known: Vec<DataPage> = Vec::new();
    let mut encoded = Vec::with_capacity(columns.len());
    for (column, descriptor) in columns.iter().zip(descriptors) {
        let optional = descriptor.max_def_level() == 1;
        encoded.push(match column {
            Column::Array(_) => None,
            Column::Flags(flags) => {
                let page = flag_page(flags, optional);
                let (body, size) = (compress(&page)?, page.len());
                Some(chunk(descriptor, None, (body, size), flags.len())?)
            }
            Column::Same(rows, dictionary) => {
                let page = same_page(*rows, optional);
                let (body, size) = (compress(&page)?, page.len());
                Some(chunk(descriptor, Some(dictionary), (body, size), *rows)?)
            }
            Column::Keyed(keys, dictionary) => {
                let page = data_page(&mut known, keys, packed::width(dictionary.entries), optional)?;
                Some(chunk(descriptor, Some(dictionary), page, keys.len())?)
            }
        });
    }
    Ok(encoded)
}

/// The page of these keys, made anew only when no column before had the same.
fn data_page(known: &mut Vec<DataPage>, keys: &Arc<Vec<u32>>, width: usize, optional: bool) -> Result<(Bytes, usize)> {
    let same = |page: &&DataPage| Arc::ptr_eq(&page.keys, keys) && page.width == width && page.optional == optional;
    if let Some(page) = known.iter().find(same) {
        return Ok((page.body.clone(), page.size));
    }
    let page = key_page(keys, width, optional);
    let (body, size) = (compress(&page)?, page.len());
    known.push(DataPage { keys: Arc::clone(keys), width, optional, body: body.clone(), size });
    Ok((body, size))
}

fn compress(page: &[u8]) -> Result<Bytes> {
    let compressed = snap::raw::Encoder::new().compress_vec(page);
    compressed.map(Bytes::from).map_err(|error| ParquetError::External(Box::new(error)))
}

fn chunk(
    descriptor: &ColumnDescPtr,
    dictionary: Option<&Arc<Dictionary>>,
    (body, size): (Bytes, usize),
    rows: usize,
) -> Result<EncodedColumn> {
    let mut sink = TrackedWrite::new(Vec::with_capacity(body.len() + 1024));
    let mut writer = SerializedPageWriter::new(&mut sink);
    let mut specs = Vec::with_capacity(2);
    if let Some(dictionary) = dictionary {
        let page = Page::DictionaryPage {
            buf: compress(&dictionary.bytes)?,
            num_values: dictionary.entries as u32,
            encoding: Encoding::PLAIN,
            is_sorted: false,
        };
        specs.push(writer.write_page(CompressedPage::new(page, dictionary.bytes.len()))?);
    }
    let encoding = if dictionary.is_some() { Encoding::RLE_DICTIONARY } else { Encoding::PLAIN };
    let page = Page::DataPage {
        buf: body,
        num_values: rows as u32,
        encoding,
        def_level_encoding: Encoding::RLE,
        rep_level_encoding: Encoding::RLE,
        statistics: None,
    };
    let data = writer.write_page(CompressedPage::new(page, size))?;
    let data_offset = data.offset as i64;
    specs.push(data);
    let metadata = ColumnChunkMetaData::builder(Arc::clone(descriptor))
        .set_compression(Compression::SNAPPY)
        .set_encodings(vec![Encoding::PLAIN, Encoding::RLE, encoding])
        .set_total_compressed_size(specs.iter().map(|spec| spec.compressed_size as i64).sum())
        .set_total_uncompressed_size(specs.iter().map(|spec| spec.uncompressed_size as i64).sum())
        .set_num_values(rows as i64)
        .set_dictionary_page_offset(dictionary.map(|_| 0))
        .set_data_page_offset(data_offset)
        .build()?;
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
