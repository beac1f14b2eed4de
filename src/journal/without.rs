//! A journal without what may not be used: facts that a practice found wrong, until their rows read differently, and the
//! scores of people whose reservation is remembered.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::path::Path;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, BooleanArray, RecordBatch};
use arrow::compute::{cast, filter_record_batch};
use arrow::datatypes::DataType;
use arrow::util::display::{ArrayFormatter, FormatOptions};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::file::properties::{WriterProperties, WriterPropertiesPtr};

use super::column::NO_SCORING;
use super::parquet_file;
use super::store::{file_name, private_file};
use super::tables::{ColumnKind, Holds, Table};
use super::whole::ReadError;
use crate::clinical::Day;

/// One row of one table as it reads: what a correction holds on to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowText {
    pub table: Table,
    /// The code, kind, item or service that people find the row by.
    pub codes: Vec<String>,
    /// The row's days, in canonical order.
    pub days: Vec<Day>,
    /// All cells but the patient's id, in canonical order.
    pub text: String,
}

/// Rows to be left out: by patient, the table's name and the row's text.
pub type LeftOut = BTreeMap<String, BTreeSet<(String, String)>>;

/// The rows of some patients in the tables of facts.
///
/// # Errors
/// When a file is damaged.
pub fn row_texts(folder: &Path, ids: &BTreeSet<String>) -> Result<BTreeMap<String, Vec<RowText>>, ReadError> {
    let mut found: BTreeMap<String, Vec<RowText>> = BTreeMap::new();
    for table in tables(folder) {
        each_batch(folder, table, &mut |batch| {
            let wanted = rows_of(batch, |id, _| ids.contains(id))?;
            let batch = filter_record_batch(batch, &wanted)?;
            let names = ids_of(&batch)?;
            for row in 0..batch.num_rows() {
                found
                    .entry(names.as_string::<i32>().value(row).to_owned())
                    .or_default()
                    .push(row_text(&batch, table, row)?);
            }
            Ok(())
        })?;
    }
    Ok(found)
}

/// Writes the tables anew without these rows; gives how many were left out. Tables without any stay as they are.
///
/// # Errors
/// When a file is damaged or cannot be written.
pub fn leave_out(folder: &Path, rows: &LeftOut) -> Result<usize, ReadError> {
    let concerned: BTreeSet<&str> = rows.values().flatten().map(|(table, _)| table.as_str()).collect();
    let mut left_out = 0;
    for table in tables(folder).filter(|table| concerned.contains(table.name())) {
        let path = folder.join(file_name(table));
        let told = |source: Damage| ReadError { path: path.clone(), source };
        left_out += rewrite(folder, table, rows).map_err(told)?;
    }
    Ok(left_out)
}

type Damage = Box<dyn std::error::Error + Send + Sync>;

fn tables(folder: &Path) -> impl Iterator<Item = Table> + '_ {
    let of_facts = |table: &Table| !matches!(table, Table::Patients | Table::Blocks);
    Table::ALL.into_iter().filter(of_facts).filter(|table| folder.join(file_name(*table)).exists())
}

fn rewrite(folder: &Path, table: Table, rows: &LeftOut) -> Result<usize, Damage> {
    let mut left_out = 0;
    let kept = anew(folder, table, |batch| {
        let keep = rows_of(batch, |id, row| {
            let Some(rows) = rows.get(id) else { return true };
            // A row that cannot be told as text is none that was found wrong.
            row_text(batch, table, row).map_or(true, |row| !rows.contains(&(table.name().to_owned(), row.text)))
        })?;
        left_out += keep.false_count();
        Ok(filter_record_batch(batch, &keep)?)
    })?;
    if let Some(mut manifest) = super::manifest::Manifest::read(folder)? {
        manifest.add_table(table, kept);
        manifest.write(folder)?;
    }
    Ok(left_out)
}

/// Marks these people as reserved against being scored, for a register that does not say so itself.
///
/// # Errors
/// When the patients table is damaged or cannot be written.
pub fn reserve(folder: &Path, ids: &BTreeSet<String>) -> Result<(), ReadError> {
    if ids.is_empty() {
        return Ok(());
    }
    let mark = |batch: &RecordBatch| -> Result<RecordBatch, Damage> {
        let at = batch.schema().index_of(NO_SCORING)?;
        let before = batch.column(at).as_boolean();
        let reserved = rows_of(batch, |id, _| ids.contains(id))?;
        let marked = reserved.iter().zip(before).map(|(now, before)| if now == Some(true) { now } else { before });
        let marked: BooleanArray = marked.collect();
        let mut columns = batch.columns().to_vec();
        columns[at] = Arc::new(marked);
        Ok(RecordBatch::try_new(batch.schema(), columns)?)
    };
    let path = folder.join(file_name(Table::Patients));
    anew(folder, Table::Patients, mark).map(drop).map_err(|source| ReadError { path, source })
}

/// Writes one table anew, batch by batch; gives the rows that it has now.
fn anew(
    folder: &Path,
    table: Table,
    mut change: impl FnMut(&RecordBatch) -> Result<RecordBatch, Damage>,
) -> Result<u64, Damage> {
    let (path, aside) = (folder.join(file_name(table)), folder.join(format!(".{}.without", table.name())));
    let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(&path)?)?;
    let schema = reader.schema().clone();
    let properties = WriterPropertiesPtr::new(properties(table)?);
    let mut writer = ArrowWriter::try_new(private_file(&aside)?, schema, Some(WriterProperties::clone(&properties)))?;
    for batch in reader.build()? {
        writer.write(&change(&batch?)?)?;
    }
    let rows = writer.close()?.file_metadata().num_rows();
    fs::rename(&aside, &path)?;
    Ok(u64::try_from(rows).unwrap_or(0))
}

fn properties(table: Table) -> Result<WriterProperties, Damage> {
    Ok(parquet_file::properties(table)?)
}

fn each_batch(
    folder: &Path,
    table: Table,
    take: &mut impl FnMut(&RecordBatch) -> Result<(), Damage>,
) -> Result<(), ReadError> {
    let path = folder.join(file_name(table));
    let mut read = || -> Result<(), Damage> {
        for batch in ParquetRecordBatchReaderBuilder::try_new(File::open(&path)?)?.build()? {
            take(&batch?)?;
        }
        Ok(())
    };
    read().map_err(|source| ReadError { path: path.clone(), source })
}

/// Patients' ids stand in the first column of every table.
fn ids_of(batch: &RecordBatch) -> Result<ArrayRef, Damage> {
    Ok(cast(batch.column(0), &DataType::Utf8)?)
}

fn rows_of(batch: &RecordBatch, mut wanted: impl FnMut(&str, usize) -> bool) -> Result<BooleanArray, Damage> {
    let ids = ids_of(batch)?;
    Ok(ids.as_string::<i32>().iter().enumerate().map(|(row, id)| Some(id.is_some_and(|id| wanted(id, row)))).collect())
}

fn row_text(batch: &RecordBatch, table: Table, row: usize) -> Result<RowText, Damage> {
    let options = FormatOptions::default();
    let mut told = RowText { table, codes: Vec::new(), days: Vec::new(), text: String::new() };
    for column in &table.columns()[1..] {
        // A column that a file lacks reads as an empty cell.
        let cell = match batch.column_by_name(column.name) {
            Some(array) if array.is_valid(row) => {
                ArrayFormatter::try_new(&plain(array)?, &options)?.value(row).try_to_string()?
            }
            _ => String::new(),
        };
        if names_the_row(table, column) && !cell.is_empty() {
            told.codes.push(cell.clone());
        }
        if column.kind == ColumnKind::Date {
            told.days.extend(Day::parse_iso(&cell));
        }
        told.text.push_str(&cell);
        told.text.push('|');
    }
    Ok(told)
}

/// Dictionaries are told by their words.
fn plain(array: &ArrayRef) -> Result<ArrayRef, Damage> {
    Ok(match array.data_type() {
        DataType::Dictionary(_, _) => cast(array, &DataType::Utf8)?,
        _ => ArrayRef::clone(array),
    })
}

/// The first required column that holds neither a day, a system nor a value; a function's instrument and item.
fn names_the_row(table: Table, column: &super::tables::Column) -> bool {
    let named = matches!(column.holds, Holds::Code | Holds::Atc | Holds::ContactKind | Holds::Upper);
    named || (matches!(table, Table::Functions | Table::Services) && column.holds == Holds::Lower)
}
