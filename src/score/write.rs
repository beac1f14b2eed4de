//! Writing result tables: blocks are encoded in parallel and appended in order, so memory holds only a few of them.

use crate::journal::encoding::{self, Column, EncodedColumn};
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::encoding::{Column, Dictionary, MISSING};
    use arrow::array::{Array, AsArray};
    use arrow::compute::{cast, concat_batches};
    use arrow::datatypes::{DataType, Field, Float64Type, Int32Type, Int64Type};
    use arrow::record_batch::RecordBatch;
    use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
    use proptest::prelude::*;

    /// A key, whether it is missing (0), a flag, and how many rows have them.
    type Stretch = (u32, u8, Option<bool>, usize);

    fn schema() -> Arc<Schema> {
        Arc::new(Schema::new(vec![
            Field::new("word", DataType::Utf8, true),
            Field::new("number", DataType::Float64, true),
            Field::new("day", DataType::Date32, false),
            Field::new("flag", DataType::Boolean, true),
        ]))
    }

    /// What a reader finds in a file of two row groups of these columns, as two blocks give.
    fn written_and_read(schema: &Arc<Schema>, columns: &[Column]) -> RecordBatch {
        let folder = std::env::temp_dir().join(format!("tidlig-write-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join(format!("{:?}.parquet", std::thread::current().id()));
        let (mut file, encoder) = create(&path, schema).unwrap();
        for _ in 0..2 {
            file.append(encoder.encode(columns).unwrap()).unwrap();
        }
        file.finish().unwrap();
        let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(&path).unwrap()).unwrap();
        let schema = Arc::clone(reader.schema());
        let batches: Vec<_> = reader.build().unwrap().collect::<Result<_, _>>().unwrap();
        std::fs::remove_file(&path).unwrap();
        concat_batches(&schema, &batches).unwrap()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// Rows that are made by counting, or looked up from what is known of few, say what they should.
        #[test]
        fn repeated_rows_come_back_as_they_were(
            ids in prop::collection::btree_set(any::<i64>(), 1..300),
            words in 1_usize..40,
            table in prop::collection::vec(prop::option::of(0_u32..500), 1..60),
        ) {
            let ids: Vec<i64> = ids.into_iter().collect();
            let rows = ids.len() * words;
            let name = |word: usize| format!("word {word}");
            let numbers: Vec<i64> = (0..500).collect();
            let keys: Vec<u32> = (0..rows).map(|row| (row * 7 % table.len()) as u32).collect();
            let looked_up = table.iter().map(|key| key.unwrap_or(MISSING)).collect();
            let columns = [
                Column::Runs(
                    (0..ids.len() as u32).map(|id| (id, words as u32)).collect(),
                    Dictionary::whole(ids.iter().copied()),
                    ids.first().copied().zip(ids.last().copied()),
                ),
                Column::Cycle(ids.len(), Dictionary::words(&(0..words).map(name).collect::<Vec<_>>())),
                Column::Mapped(Arc::new(keys.clone()), Arc::new(looked_up), Dictionary::narrow(&numbers)),
            ];
            let found = written_and_read(&Arc::new(Schema::new(vec![
                Field::new("patient_id", DataType::Int64, false),
                Field::new("word", DataType::Utf8, false),
                Field::new("number", DataType::Int32, true),
            ])), &columns);
            prop_assert_eq!(found.num_rows(), rows * 2);
            for row in 0..rows * 2 {
                let at = row % rows;
                prop_assert_eq!(found.column(0).as_primitive::<Int64Type>().value(row), ids[at / words]);
                prop_assert_eq!(found.column(1).as_string::<i32>().value(row), name(at % words));
                let number = found.column(2).as_primitive::<Int32Type>();
                let expected = table[keys[at] as usize];
                prop_assert_eq!(number.is_valid(row).then(|| number.value(row) as u32), expected);
            }
        }

        /// What is written by numbers of values is what any reader of Parquet finds.
        #[test]
        fn columns_come_back_as_they_were(
            entries in 1_u32..40_000,
            rows in prop::collection::vec((any::<u32>(), 0_u8..4, any::<Option<bool>>(), 1_usize..30), 1..200),
        ) {
            let spread = |pick: fn(&Stretch) -> u32| -> Vec<u32> {
                rows.iter().flat_map(|row| std::iter::repeat_n(pick(row), row.3)).collect()
            };
            let present: Vec<u32> = spread(|row| row.0).into_iter().map(|key| key % entries).collect();
            let gaps = spread(|row| u32::from(row.1));
            let keys: Vec<u32> = present.iter().zip(&gaps).map(|(k, gap)| if *gap == 0 { MISSING } else { *k }).collect();
            let flags: Vec<Option<bool>> = rows.iter().flat_map(|row| std::iter::repeat_n(row.2, row.3)).collect();
            let words: Vec<String> = (0..entries).map(|key| format!("word {key}")).collect();
            let numbers: Vec<i64> = (0..i64::from(entries)).collect();
            let shared = Arc::new(keys.clone());
            let columns = [
                Column::Keyed(Arc::clone(&shared), Dictionary::words(&words)),
                Column::Keyed(shared, Dictionary::points(&numbers)),
                Column::Keyed(Arc::new(present.clone()), Dictionary::narrow(&numbers)),
                Column::Flags(flags.iter().map(|flag| flag.map_or(2, u8::from)).collect()),
            ];
            let found = written_and_read(&schema(), &columns);
            prop_assert_eq!(found.num_rows(), keys.len() * 2);
            let days = cast(found.column(2), &DataType::Int32).unwrap();
            for row in 0..found.num_rows() {
                let key = keys[row % keys.len()];
                let text = found.column(0).as_string::<i32>();
                let number = found.column(1).as_primitive::<Float64Type>();
                let flag = found.column(3).as_boolean();
                prop_assert_eq!(text.is_null(row), key == MISSING);
                prop_assert_eq!(number.is_null(row), key == MISSING);
                if key != MISSING {
                    prop_assert_eq!(text.value(row), format!("word {key}"));
                    prop_assert_eq!(number.value(row), f64::from(key) / 1e6);
                }
                prop_assert_eq!(days.as_primitive::<Int32Type>().value(row) as u32, present[row % keys.len()]);
                prop_assert_eq!(flag.is_valid(row).then(|| flag.value(row)), flags[row % flags.len()]);
            }
        }
    }
}
