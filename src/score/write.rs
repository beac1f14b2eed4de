//! Writing result tables: blocks are encoded in parallel and appended in order, so memory holds only a few of them.

use arrow::array::ArrayRef;
use arrow::datatypes::Schema;
use parquet::arrow::arrow_writer::{ArrowColumnChunk, ArrowRowGroupWriterFactory, compute_leaves};
use parquet::arrow::{ArrowWriter, arrow_writer::ArrowWriterOptions};
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::ColumnPath;
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
    factory: ArrowRowGroupWriterFactory,
}

/// A block's columns, encoded and compressed.
pub struct EncodedBlock(Vec<ArrowColumnChunk>);

/// Makes a result file that only its owner can read.
///
/// # Errors
/// When it cannot be made.
pub fn create(path: &Path, schema: &Arc<Schema>) -> Result<(ResultFile, Encoder), WriteError> {
    let failed = |source: ParquetError| WriteError { path: path.to_path_buf(), source };
    let file = crate::journal::store::private_file(path).map_err(|error| failed(error.into()))?;
    // Only the patients' ids are worth statistics: they tell a reader where to look.
    let patient = ColumnPath::from(crate::journal::column::PATIENT_ID);
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(1).map_err(failed)?))
        .set_statistics_enabled(EnabledStatistics::None)
        .set_column_statistics_enabled(patient, EnabledStatistics::Chunk)
        .set_write_batch_size(8_192)
        .set_created_by(format!("tidlig {}", env!("CARGO_PKG_VERSION")))
        .build();
    // Without the Arrow schema every reader sees plain text where we write through a dictionary.
    let options = ArrowWriterOptions::new().with_properties(properties).with_skip_arrow_metadata(true);
    let writer = ArrowWriter::try_new_with_options(file, Arc::clone(schema), options).map_err(failed)?;
    let (writer, factory) = writer.into_serialized_writer().map_err(failed)?;
    Ok((ResultFile { path: path.to_path_buf(), writer }, Encoder { schema: Arc::clone(schema), factory }))
}

impl Encoder {
    /// Encodes a block's columns.
    ///
    /// # Errors
    /// When a column cannot be encoded.
    pub fn encode(&self, columns: &[ArrayRef]) -> Result<EncodedBlock, ParquetError> {
        let mut writers = self.factory.create_column_writers(0)?;
        let mut next = writers.iter_mut();
        for (field, column) in self.schema.fields().iter().zip(columns) {
            for leaf in compute_leaves(field, column)? {
                if let Some(writer) = next.next() {
                    writer.write(&leaf)?;
                }
            }
        }
        Ok(EncodedBlock(writers.into_iter().map(|writer| writer.close()).collect::<Result<_, _>>()?))
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
                chunk.append_to_row_group(&mut group)?;
            }
            group.close().map(|_| ())
        };
        add().map_err(|source| WriteError { path: self.path.clone(), source })
    }

    /// Writes the end of the file and makes sure it is on disk.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn finish(mut self) -> Result<(), WriteError> {
        let failed = |source| WriteError { path: self.path.clone(), source };
        self.writer.finish().map_err(failed)?;
        self.writer.inner().sync_all().map_err(|error| failed(error.into()))
    }
}
