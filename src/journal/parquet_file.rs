//! One canonical Parquet file: zstd level 3, dictionaries, row groups of [`ROW_GROUP_ROWS`], no clock, no host name.

use super::ids::PatientIds;
use super::rows::{Cells, Dictionaries, NO_DAY, NO_FLAG, NO_TEXT, Rows};
use super::tables::{Column, ColumnKind, Holds, SCHEMA_VERSION, Table};
use arrow::array::{
    Array, ArrayRef, BooleanArray, Date32Array, DictionaryArray, Float64Array, Int32Array, StringArray, StringBuilder,
    new_null_array,
};
use arrow::buffer::NullBuffer;
use arrow::datatypes::{DataType, Field, Int32Type, Schema, SchemaRef};
use parquet::arrow::ArrowSchemaConverter;
use parquet::arrow::arrow_writer::{ArrowColumnChunk, ArrowColumnWriter, ArrowRowGroupWriterFactory, compute_leaves};
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::Result;
use parquet::file::metadata::{KeyValue, SortingColumn};
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::ColumnPath;
use rayon::prelude::*;
use std::fs::File;
use std::ops::Range;
use std::sync::Arc;

/// Rows in each row group but the last: small enough that a reader on every core holds little, large enough that
/// dictionaries of codes are written seldom.
pub const ROW_GROUP_ROWS: usize = 1_000_000;

/// Key of the schema version in the file's metadata.
pub const VERSION_KEY: &str = "tidlig.journal.version";
/// Key of the table's name in the file's metadata.
pub const TABLE_KEY: &str = "tidlig.journal.table";

pub(super) struct ParquetFile {
    writer: SerializedFileWriter<File>,
    groups: usize,
    factory: ArrowRowGroupWriterFactory,
    schema: SchemaRef,
    ids: Arc<PatientIds>,
    /// Rows that wait until a row group is full.
    pending: Rows,
    pub rows: u64,
    /// The greatest patient written.
    pub last: Option<u32>,
}

impl ParquetFile {
    pub fn create(file: File, table: Table, ids: Arc<PatientIds>) -> Result<ParquetFile> {
        let schema = Arc::new(table.schema(&ids.data_type()));
        let descriptor = ArrowSchemaConverter::new().convert(&schema)?;
        let properties = Arc::new(properties(table)?);
        let writer = SerializedFileWriter::new(file, descriptor.root_schema_ptr(), properties)?;
        let schema = Arc::new(as_written(&schema, table));
        let factory = ArrowRowGroupWriterFactory::new(&writer, Arc::clone(&schema));
        Ok(ParquetFile { writer, groups: 0, factory, schema, ids, pending: Rows::new(table), rows: 0, last: None })
    }

    /// Adds sorted rows, all of them after those already written.
    pub fn write(&mut self, rows: &Rows, dictionaries: &Dictionaries) -> Result<()> {
        let mut start = 0;
        while start < rows.len() {
            let end = rows.len().min(start + ROW_GROUP_ROWS - self.pending.len());
            self.pending.append(rows, start..end);
            start = end;
            if self.pending.len() == ROW_GROUP_ROWS {
                self.write_group(dictionaries)?;
            }
        }
        self.rows += rows.len() as u64;
        self.last = rows.patients.last().copied().or(self.last);
        Ok(())
    }

    pub fn finish(mut self, dictionaries: &Dictionaries) -> Result<u64> {
        if !self.pending.is_empty() {
            self.write_group(dictionaries)?;
        }
        // Whoever publishes the folder syncs it.
        self.writer.into_inner()?;
        Ok(self.rows)
    }

    /// Encodes the columns side by side. A group is always encoded in one go, so its bytes depend on its rows alone.
    fn write_group(&mut self, dictionaries: &Dictionaries) -> Result<()> {
        let writers = self.factory.create_column_writers(self.groups)?;
        let (pending, ids, schema) = (&self.pending, &self.ids, &self.schema);
        let encode = |(index, writer): (usize, ArrowColumnWriter)| -> Result<ArrowColumnChunk> {
            let array = match index {
                0 => ids.column(&pending.patients),
                _ => array(pending, index - 1, 0..pending.len(), dictionaries),
            };
            encode(writer, schema.field(index), &array)
        };
        let chunks: Vec<Result<ArrowColumnChunk>> = writers.into_par_iter().enumerate().map(encode).collect();
        let mut group = self.writer.next_row_group()?;
        for chunk in chunks {
            chunk?.append_to_row_group(&mut group)?;
        }
        group.close()?;
        self.groups += 1;
        self.pending.clear();
        Ok(())
    }
}

fn encode(mut writer: ArrowColumnWriter, field: &Field, array: &ArrayRef) -> Result<ArrowColumnChunk> {
    for leaf in compute_leaves(field, array)? {
        writer.write(&leaf)?;
    }
    writer.close()
}

pub(super) fn properties(table: Table) -> Result<WriterProperties> {
    let columns = table.columns();
    let day = table.date_column().and_then(|name| columns.iter().position(|column| column.name == name));
    let sorting = |index: usize| SortingColumn { column_idx: index as i32, descending: false, nulls_first: true };
    let entry = |key: &str, value: &str| KeyValue { key: key.to_owned(), value: Some(value.to_owned()) };
    let mut builder = WriterProperties::builder();
    for column in columns.iter().filter(|column| column.kind == ColumnKind::Text) {
        // Least and greatest words help no reader and cost a comparison of every row.
        builder = builder.set_column_statistics_enabled(ColumnPath::from(column.name), EnabledStatistics::None);
    }
    // Whole ids, so that a reader sees that the file is sorted by patient.
    builder = builder.set_statistics_truncate_length(None);
    Ok(builder
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(3)?))
        .set_max_row_group_row_count(Some(ROW_GROUP_ROWS))
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_sorting_columns(Some(std::iter::once(0).chain(day).map(sorting).collect()))
        .set_key_value_metadata(Some(vec![entry(VERSION_KEY, SCHEMA_VERSION), entry(TABLE_KEY, table.name())]))
        .set_created_by("tidlig".to_owned())
        .build())
}

/// Repeated texts go to the writer as dictionaries; in the file they are plain text columns.
fn as_written(schema: &Schema, table: Table) -> Schema {
    let field = |(field, column): (&Arc<Field>, &Column)| match (column.kind, column.holds) {
        (ColumnKind::Text, holds) if holds != Holds::FreeWords => {
            Arc::new(field.as_ref().clone().with_data_type(dictionary_type()))
        }
        _ => Arc::clone(field),
    };
    Schema::new(schema.fields().iter().zip(table.columns()).map(field).collect::<Vec<_>>())
}

/// One column after the patient's id as Arrow, of the type that [`as_written`] says.
fn array(rows: &Rows, column: usize, range: Range<usize>, dictionaries: &Dictionaries) -> ArrayRef {
    let nulls = |valid: Vec<bool>| valid.contains(&false).then(|| NullBuffer::from(valid));
    match &rows.cells[column] {
        Cells::Absent => {
            let column = &rows.table.columns()[column + 1];
            let data_type = match column.kind {
                ColumnKind::Date => DataType::Date32,
                ColumnKind::Number => DataType::Float64,
                ColumnKind::Flag => DataType::Boolean,
                ColumnKind::Text if column.holds == Holds::FreeWords => DataType::Utf8,
                ColumnKind::Text | ColumnKind::Id => dictionary_type(),
            };
            new_null_array(&data_type, range.len())
        }
        Cells::Days(days) => {
            let days = &days[range];
            let valid = nulls(days.iter().map(|day| *day != NO_DAY).collect());
            Arc::new(Date32Array::new(days.to_vec().into(), valid))
        }
        Cells::Numbers(numbers) => {
            let numbers = &numbers[range];
            let valid = nulls(numbers.iter().map(|number| !number.is_nan()).collect());
            Arc::new(Float64Array::new(numbers.to_vec().into(), valid))
        }
        Cells::Flags(flags) => {
            Arc::new(flags[range].iter().map(|flag| (*flag != NO_FLAG).then_some(*flag == 1)).collect::<BooleanArray>())
        }
        Cells::Texts(texts) => {
            let dictionary = dictionaries.column(column);
            let mut values = StringBuilder::new();
            dictionary.texts().iter().for_each(|text| values.append_value(text));
            drop(dictionary);
            keyed(&texts[range], values.finish())
        }
        Cells::Free(texts) => {
            let text = |row: usize| Some(texts.get(row)).filter(|text| !text.is_empty());
            Arc::new(range.map(text).collect::<StringArray>())
        }
    }
}

fn dictionary_type() -> DataType {
    DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8))
}

fn keyed(texts: &[u32], values: StringArray) -> ArrayRef {
    let empty = texts.contains(&NO_TEXT);
    let nulls = empty.then(|| texts.iter().map(|index| *index != NO_TEXT).collect::<NullBuffer>());
    let keys = texts.iter().map(|index| if *index == NO_TEXT { 0 } else { index.cast_signed() }).collect();
    if values.is_empty() {
        return new_null_array(&dictionary_type(), texts.len());
    }
    let keys = Int32Array::new(keys, nulls);
    let array: DictionaryArray<Int32Type> = DictionaryArray::new(keys, Arc::new(values));
    Arc::new(array)
}
