//! A file as columns.

use super::csv::Csv;
use super::names::PATIENT;
use super::problems::{Problems, rows};
use arrow::array::{Array, ArrayRef, RecordBatch};
use arrow::datatypes::{DataType, Field, Schema};
use arrow::error::ArrowError;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder};
use parquet::errors::ParquetError;
use rayon::prelude::*;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

/// The wanted columns of a file.
#[derive(Debug)]
pub struct Table {
    /// The file's name without its folders: what reports may say.
    pub file: String,
    pub rows: usize,
    names: Vec<String>,
    data: Data,
}

/// Where the cells are.
#[derive(Debug)]
pub enum Data {
    Csv(Csv),
    /// By column; a column in as many pieces as were read.
    Parquet(Vec<Vec<ArrayRef>>),
}

impl Table {
    /// Reads the columns that `wanted` names of a Parquet file, or a CSV file whole.
    ///
    /// # Errors
    /// When the file cannot be read, or its rows are uneven.
    pub fn open(path: &Path, wanted: &dyn Fn(&str) -> bool, problems: &mut Problems) -> Option<Table> {
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let parquet = path.extension().is_some_and(|end| end.eq_ignore_ascii_case("parquet"));
        let read = if parquet { parquet_columns(path, wanted) } else { csv_columns(path, &file, problems) };
        match read {
            Ok((names, data, rows)) => Some(Table { file, rows, names, data }),
            Err(reason) => {
                problems.push(&file, reason);
                None
            }
        }
    }

    /// The first of some names that is a column.
    #[must_use]
    pub fn find(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| self.names.iter().position(|column| column.eq_ignore_ascii_case(name)))
    }

    /// As [`Table::find`]; a column that must be there.
    pub fn need(&self, names: &[&str], problems: &mut Problems) -> Option<usize> {
        let found = self.find(names);
        if found.is_none() {
            let known = self.names.join("`, `");
            problems.push(&self.file, format!("there is no column `{}`; found were `{known}`", names.join("` or `")));
        }
        found
    }

    #[must_use]
    pub fn name(&self, column: usize) -> &str {
        &self.names[column]
    }

    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    #[must_use]
    pub fn data(&self) -> &Data {
        &self.data
    }

    /// The same columns piece by piece, as they were read; none of a CSV file, which is one piece.
    #[must_use]
    pub fn pieces(&self) -> Vec<Table> {
        let Data::Parquet(columns) = &self.data else { return Vec::new() };
        let piece = |at: usize| Table {
            file: self.file.clone(),
            rows: columns[0][at].len(),
            names: self.names.clone(),
            data: Data::Parquet(columns.iter().map(|column| vec![Arc::clone(&column[at])]).collect()),
        };
        (0..columns.first().map_or(0, Vec::len)).map(piece).collect()
    }

    #[cfg(test)]
    pub fn of(columns: Vec<(&str, Vec<ArrayRef>)>) -> Table {
        let rows = columns[0].1.iter().map(|piece| piece.len()).sum();
        let (names, columns) = columns.into_iter().map(|(name, pieces)| (name.to_owned(), pieces)).unzip();
        Table { file: "table.parquet".to_owned(), rows, names, data: Data::Parquet(columns) }
    }

    /// Tells of rows by their numbers, as the reader of the file would count them.
    #[must_use]
    pub fn told(&self, found: &[usize]) -> String {
        // A CSV file's first row is its second line.
        let (first, unit) = if matches!(self.data, Data::Csv(_)) { (2, "line") } else { (1, "row") };
        rows(&found.iter().map(|row| row + first).collect::<Vec<_>>(), unit)
    }
}

/// Rows that are decoded at once.
const BATCH: usize = 65_536;

type Columns = Result<(Vec<String>, Data, usize), String>;

fn csv_columns(path: &Path, file: &str, problems: &mut Problems) -> Columns {
    let text = std::fs::read(path).map_err(|error| format!("cannot be read: {error}"))?;
    if std::str::from_utf8(&text).is_err() {
        return Err("is not UTF-8 text; save it as UTF-8, or as Parquet".to_owned());
    }
    let csv = Csv::of(text).ok_or("is empty; expected a header and rows")?;
    if !csv.uneven.is_empty() {
        problems.push(file, format!("the header has another number of cells than {}", rows(&csv.uneven, "line")));
    }
    let (header, rows) = (csv.header.clone(), csv.rows());
    Ok((header, Data::Csv(csv), rows))
}

fn parquet_columns(path: &Path, wanted: &dyn Fn(&str) -> bool) -> Columns {
    let told = |error: &dyn std::fmt::Display| format!("cannot be read: {error}");
    let file = File::open(path).map_err(|error| told(&error))?;
    let plain = ArrowReaderMetadata::load(&file, ArrowReaderOptions::new()).map_err(|error| told(&error))?;
    let options = ArrowReaderOptions::new().with_schema(words_through_dictionaries(plain.schema()));
    let metadata = ArrowReaderMetadata::load(&file, options).unwrap_or(plain);
    let fields = metadata.schema().fields();
    let chosen: Vec<usize> = (0..fields.len()).filter(|at| wanted(fields[*at].name())).collect();
    let mask = ProjectionMask::roots(metadata.parquet_schema(), chosen.iter().copied());
    let groups = 0..metadata.metadata().num_row_groups();
    let read = |group: usize| group_of(path, &metadata, mask.clone(), group);
    let groups: Vec<Vec<RecordBatch>> =
        groups.into_par_iter().map(read).collect::<Result<_, _>>().map_err(|error| told(&error))?;
    let batches = || groups.iter().flatten();
    let column = |at: usize| batches().map(|batch| Arc::clone(batch.column(at))).collect();
    let columns = (0..chosen.len()).map(column).collect();
    let names = chosen.iter().map(|at| fields[*at].name().clone()).collect();
    Ok((names, Data::Parquet(columns), batches().map(RecordBatch::num_rows).sum()))
}

/// One row group by itself: groups are read side by side, and as each has a dictionary of its own, a batch across two of them
/// would have to be put into words again.
fn group_of(
    path: &Path,
    metadata: &ArrowReaderMetadata,
    mask: ProjectionMask,
    group: usize,
) -> Result<Vec<RecordBatch>, ParquetError> {
    // An opened file has one place where it is read, so each group opens its own.
    let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(File::open(path)?, metadata.clone());
    let reader = builder.with_projection(mask).with_row_groups(vec![group]).with_batch_size(BATCH).build()?;
    Ok(reader.collect::<Result<_, ArrowError>>()?)
}

/// The same schema with texts read through dictionaries, so that each distinct word is decoded once; ids are mostly distinct.
fn words_through_dictionaries(schema: &Schema) -> Arc<Schema> {
    let words = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
    let fields = schema.fields().iter().map(|field| match field.data_type() {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View if !PATIENT.contains(&field.name().as_str()) => {
            Arc::new(Field::new(field.name(), words.clone(), field.is_nullable()))
        }
        _ => Arc::clone(field),
    });
    Arc::new(Schema::new(fields.collect::<Vec<_>>()))
}
