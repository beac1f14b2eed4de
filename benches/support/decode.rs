//! The yardstick: merely decoding columns of Parquet files, strings kept as dictionaries, row groups on all threads.

use super::sink::Result;
use arrow::datatypes::{DataType, Field, Schema};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder};
use rayon::prelude::*;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

/// Decodes the named columns of a file on rayon's current threads; the number of rows.
///
/// # Errors
/// When the file cannot be read, or has none of the columns.
pub fn decode(file: &Path, columns: &[&str]) -> Result<u64> {
    let metadata = as_dictionaries(file)?;
    let groups = 0..metadata.metadata().num_row_groups();
    groups.into_par_iter().map(|group| row_group(file, &metadata, columns, group)).sum()
}

/// The file's metadata, with every text column asked for as a dictionary.
fn as_dictionaries(file: &Path) -> Result<ArrowReaderMetadata> {
    let opened = File::open(file)?;
    let plain = ArrowReaderMetadata::load(&opened, ArrowReaderOptions::new())?;
    let fields: Vec<Field> = plain
        .schema()
        .fields()
        .iter()
        .map(|field| match field.data_type() {
            DataType::Utf8 => {
                let dictionary = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
                Field::new(field.name(), dictionary, field.is_nullable())
            }
            other => Field::new(field.name(), other.clone(), field.is_nullable()),
        })
        .collect();
    let options = ArrowReaderOptions::new().with_schema(Arc::new(Schema::new(fields)));
    Ok(ArrowReaderMetadata::load(&opened, options)?)
}

fn row_group(file: &Path, metadata: &ArrowReaderMetadata, columns: &[&str], group: usize) -> Result<u64> {
    let mask = ProjectionMask::columns(metadata.parquet_schema(), columns.iter().copied());
    let batches = ParquetRecordBatchReaderBuilder::new_with_metadata(File::open(file)?, metadata.clone())
        .with_projection(mask)
        .with_row_groups(vec![group])
        .with_batch_size(65_536)
        .build()?;
    let mut rows = 0;
    for batch in batches {
        rows += std::hint::black_box(batch?).num_rows() as u64;
    }
    Ok(rows)
}
