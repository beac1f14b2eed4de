//! A file as columns.

use super::csv::Csv;
use super::names::PATIENT;
use super::problems::{Problems, rows};
use arrow::array::ArrayRef;
use arrow::datatypes::{DataType, Field, Schema};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder};
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

    /// Tells of rows by their numbers, as the reader of the file would count them.
    #[must_use]
    pub fn told(&self, found: &[usize]) -> String {
        // A CSV file's first row is its second line.
        let (first, unit) = if matches!(self.data, Data::Csv(_)) { (2, "line") } else { (1, "row") };
        rows(&found.iter().map(|row| row + first).collect::<Vec<_>>(), unit)
    }
}

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
    let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(file, metadata);
    let fields = builder.schema().fields().clone();
    let chosen: Vec<usize> = (0..fields.len()).filter(|at| wanted(fields[*at].name())).collect();
    let mask = ProjectionMask::roots(builder.parquet_schema(), chosen.iter().copied());
    let reader = builder.with_projection(mask).with_batch_size(65_536).build().map_err(|error| told(&error))?;
    let mut columns: Vec<Vec<ArrayRef>> = vec![Vec::new(); chosen.len()];
    let mut rows = 0;
    for batch in reader {
        let batch = batch.map_err(|error| told(&error))?;
        rows += batch.num_rows();
        columns.iter_mut().zip(batch.columns()).for_each(|(column, piece)| column.push(piece.clone()));
    }
    Ok((chosen.iter().map(|at| fields[*at].name().clone()).collect(), Data::Parquet(columns), rows))
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
