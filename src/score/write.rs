//! Writing result tables: blocks are encoded in parallel and appended in order, so memory holds only a few of them.

use super::encoding::{self, Column, EncodedColumn};
use arrow::array::ArrayRef;
use arrow::datatypes::Schema;
use parquet::arrow::arrow_writer::{ArrowColumnChunk, ArrowRowGroupWriterFactory, compute_leaves};
use parquet::arrow::{ArrowWriter, arrow_writer::ArrowWriterOptions};
use parquet::basic::{Compression, Encoding};
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{ColumnDescPtr, ColumnPath};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What can go wrong while results are written.
#[derive(Debug, thiserror::Error)]
#[error("{}: cannot be written: {source}", path.display())]
pub struct WriteError {
    pub path: PathBuf,
    #[source]
    pub source: ParquetError,
}

/// A result file that grows block by block.
pub struct ResultFile {
    path: PathBuf,
    writer: SerializedFileWriter<File>,
}

/// Encodes blocks for a result file; shared by all threads.
pub struct Encoder {
    schema: Arc<Schema>,
    descriptors: Vec<ColumnDescPtr>,
    factory: ArrowRowGroupWriterFactory,
}

/// A block's columns, encoded and compressed.
pub struct EncodedBlock(Vec<Encoded>);

enum Encoded {
    Keyed(EncodedColumn),
    Array(ArrowColumnChunk),
}

/// Makes a result file that only its owner can read.
///
/// # Errors
/// When it cannot be made.
pub fn create(path: &Path, schema: &Arc<Schema>) -> Result<(ResultFile, Encoder), WriteError> {
    let failed = |source: ParquetError| WriteError { path: path.to_path_buf(), source };
    let file = crate::journal::store::private_file(path).map_err(|error| failed(error.into()))?;
    // Only the patients' ids are worth statistics: they tell a reader where to look.
    let patient = ColumnPath::from(crate::journal::column::PATIENT_ID);
    let whole = schema.field_with_name(crate::journal::column::PATIENT_ID).is_ok_and(|id| id.data_type().is_integer());
    let mut builder = WriterProperties::builder();
    if whole {
        // Ascending numbers are shorter as differences than through a dictionary.
        builder = builder
            .set_column_dictionary_enabled(patient.clone(), false)
            .set_column_encoding(patient.clone(), Encoding::DELTA_BINARY_PACKED);
    }
    let properties = builder
        .set_compression(Compression::SNAPPY)
        .set_statistics_enabled(EnabledStatistics::None)
        .set_column_statistics_enabled(patient, EnabledStatistics::Chunk)
        .set_offset_index_disabled(true)
        .set_created_by(format!("tidlig {}", env!("CARGO_PKG_VERSION")))
        .build();
    // Without the Arrow schema every reader sees plain text where we write through a dictionary.
    let options = ArrowWriterOptions::new().with_properties(properties).with_skip_arrow_metadata(true);
    let writer = ArrowWriter::try_new_with_options(file, Arc::clone(schema), options).map_err(failed)?;
    let (writer, factory) = writer.into_serialized_writer().map_err(failed)?;
    let descriptors = writer.schema_descr().columns().to_vec();
    Ok((ResultFile { path: path.to_path_buf(), writer }, Encoder { schema: Arc::clone(schema), descriptors, factory }))
}

impl Encoder {
    /// Encodes a block's columns.
    ///
    /// # Errors
    /// When a column cannot be encoded.
    pub fn encode(&self, columns: &[Column]) -> Result<EncodedBlock, ParquetError> {
        let keyed = encoding::encode(columns, &self.descriptors)?;
        let mut encoded = Vec::with_capacity(columns.len());
        for (index, (column, keyed)) in columns.iter().zip(keyed).enumerate() {
            encoded.extend(keyed.map(Encoded::Keyed));
            if let Column::Array(array) = column {
                encoded.push(Encoded::Array(self.encode_array(index, array)?));
            }
        }
        Ok(EncodedBlock(encoded))
    }

    fn encode_array(&self, index: usize, array: &ArrayRef) -> Result<ArrowColumnChunk, ParquetError> {
        let mut writers = self.factory.create_column_writers(0)?;
        let mut writer = writers.swap_remove(index);
        for leaf in compute_leaves(&self.schema.fields()[index], array)? {
            writer.write(&leaf)?;
        }
        writer.close()
    }
}

impl ResultFile {
    /// Adds a block as a row group.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn append(&mut self, block: EncodedBlock) -> Result<(), WriteError> {
        let add = || {
            let mut group = self.writer.next_row_group()?;
            for chunk in block.0 {
                match chunk {
                    Encoded::Array(chunk) => chunk.append_to_row_group(&mut group)?,
                    Encoded::Keyed(column) => group.append_column(&column.bytes, column.close)?,
                }
            }
            group.close().map(|_| ())
        };
        add().map_err(|source| WriteError { path: self.path.clone(), source })
    }

    /// Writes the end of the file.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn finish(mut self) -> Result<(), WriteError> {
        let failed = |source| WriteError { path: self.path.clone(), source };
        self.writer.finish().map(|_| ()).map_err(failed)
    }
}
