//! A journal on disk: the Parquet files of each table, their row groups, and whether they come sorted by patient.

use super::columns::word_type;
use super::ids::IdKind;
use super::pages::{CannotScan, ColumnPages};
use crate::journal::column;
use crate::journal::tables::Table;
use arrow::datatypes::{DataType, Field, Schema};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
};
use parquet::file::statistics::Statistics;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Rows that are decoded at a time.
const BATCH_ROWS: usize = 16_384;

/// What keeps a journal from being read. Never tells a patient's value.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    #[error("{}: no journal table named `{table}` here; expected {table}.parquet", folder.display())]
    NoTable { folder: PathBuf, table: &'static str },
    #[error("{}: cannot be opened: {source}", path.display())]
    Open { path: PathBuf, source: std::io::Error },
    #[error("{}: is no whole Parquet file: {source}. It may have been cut while copying; deliver it again", path.display())]
    Damaged { path: PathBuf, source: parquet::errors::ParquetError },
    #[error("{}: column `{column}` is missing; the table `{table}` needs it. Found: {found}", path.display())]
    NoColumn { path: PathBuf, table: &'static str, column: &'static str, found: String },
    #[error("{}: column `{column}` is of type {found}, expected {expected}", path.display())]
    WrongType { path: PathBuf, column: String, found: String, expected: &'static str },
    #[error("{}: {count} patients stand more than once in the patients table; each must stand once", folder.display())]
    Duplicates { folder: PathBuf, count: usize },
    #[error("temporary file: {0}")]
    Spill(#[from] std::io::Error),
}

/// One table of a journal: all its files.
#[derive(Debug, Clone)]
pub struct TableFiles {
    pub table: Table,
    files: Vec<TableFile>,
    /// Row groups of all files, in order.
    pub groups: Vec<RowGroup>,
    pub id_kind: IdKind,
}

#[derive(Debug, Clone)]
struct TableFile {
    path: PathBuf,
    metadata: ArrowReaderMetadata,
    columns: Vec<usize>,
}

/// A row group, and the least and greatest patient in it when the file says so.
#[derive(Debug, Clone)]
pub struct RowGroup {
    file: usize,
    group: usize,
    pub rows: usize,
    pub range: Option<(StatId, StatId)>,
}

/// A patient id of the statistics; text may be cut short by the writer, then there is none.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum StatId {
    Whole(i64),
    Text(Vec<u8>),
}

impl TableFiles {
    /// Opens `NAME.parquet`, or every Parquet file in the folder `NAME`; `None` when there is neither.
    ///
    /// # Errors
    /// When a file cannot be read or lacks a column that the table must have.
    pub fn open(folder: &Path, table: Table, wanted: &[&str]) -> Result<Option<TableFiles>, ReadError> {
        let paths = paths(folder, table)?;
        if paths.is_empty() {
            return Ok(None);
        }
        let files =
            paths.into_iter().map(|path| TableFile::open(path, table, wanted)).collect::<Result<Vec<_>, _>>()?;
        let id_kind =
            if files.iter().all(|file| file.id_kind() == Some(IdKind::Whole)) { IdKind::Whole } else { IdKind::Text };
        let groups = files.iter().enumerate().flat_map(|(index, file)| file.groups(index)).collect();
        Ok(Some(TableFiles { table, files, groups, id_kind }))
    }

    /// Whether the row groups follow one another by patient, as far as their statistics tell.
    #[must_use]
    pub fn is_sorted(&self) -> bool {
        let ranges: Option<Vec<_>> = self.groups.iter().map(|group| group.range.as_ref()).collect();
        ranges.is_some_and(|ranges| ranges.windows(2).all(|pair| pair[0].1 <= pair[1].0))
    }

    /// Rows of all files.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.groups.iter().map(|group| group.rows).sum()
    }

    #[must_use]
    pub fn has_column(&self, name: &str) -> bool {
        self.files.iter().any(|file| file.metadata.schema().column_with_name(name).is_some())
    }

    /// The Arrow type of the patients' ids in the first file, before any conversion.
    #[must_use]
    pub fn id_type(&self) -> DataType {
        let file = self.files.first().and_then(|file| file.metadata.schema().field_with_name(column::PATIENT_ID).ok());
        match file.map(Field::data_type) {
            Some(DataType::Dictionary(_, values)) => values.as_ref().clone(),
            Some(other) => other.clone(),
            None => DataType::Utf8,
        }
    }

    /// Path of the file that a row group lies in.
    #[must_use]
    pub fn path(&self, group: &RowGroup) -> &Path {
        &self.files[group.file].path
    }

    /// The row group's pages; `None` when the file cannot be opened.
    #[must_use]
    pub fn scan_source(&self, group: &RowGroup) -> Option<ScanSource<'_>> {
        let file = &self.files[group.file];
        Some(ScanSource { open: File::open(&file.path).ok()?, file, group: group.group })
    }

    /// Decodes the wanted columns of one row group, batch by batch.
    ///
    /// # Errors
    /// When the file cannot be opened or decoded.
    pub fn read(&self, group: &RowGroup) -> Result<ParquetRecordBatchReader, ReadError> {
        let file = &self.files[group.file];
        let open = File::open(&file.path).map_err(|source| ReadError::Open { path: file.path.clone(), source })?;
        let mask = ProjectionMask::roots(file.metadata.parquet_schema(), file.columns.iter().copied());
        ParquetRecordBatchReaderBuilder::new_with_metadata(open, file.metadata.clone())
            .with_projection(mask)
            .with_row_groups(vec![group.group])
            .with_batch_size(BATCH_ROWS)
            .build()
            .map_err(|source| ReadError::Damaged { path: file.path.clone(), source })
    }
}

/// One row group, to be scanned page by page.
pub struct ScanSource<'a> {
    open: File,
    file: &'a TableFile,
    group: usize,
}

impl ScanSource<'_> {
    /// The Arrow type of a column; `None` when it is not there.
    #[must_use]
    pub fn data_type(&self, name: &str) -> Option<&DataType> {
        self.file.metadata.schema().field_with_name(name).ok().map(Field::data_type)
    }

    /// # Errors
    /// When there is no such column, or it is nested.
    pub fn column(&self, name: &str) -> Result<ColumnPages, CannotScan> {
        ColumnPages::open(&self.open, self.file.metadata.metadata(), self.group, name)
    }
}

impl TableFile {
    fn open(path: PathBuf, table: Table, wanted: &[&str]) -> Result<TableFile, ReadError> {
        let file = File::open(&path).map_err(|source| ReadError::Open { path: path.clone(), source })?;
        let damaged = |source| ReadError::Damaged { path: path.clone(), source };
        let plain = ArrowReaderMetadata::load(&file, ArrowReaderOptions::new()).map_err(damaged)?;
        let found: Vec<&str> = plain.schema().fields().iter().map(|field| field.name().as_str()).collect();
        for needed in table.columns().iter().filter(|column| column.required) {
            if !found.contains(&needed.name) {
                let (table, column, found) = (table.name(), needed.name, found.join(", "));
                return Err(ReadError::NoColumn { path, table, column, found });
            }
        }
        let columns = (0..found.len()).filter(|i| wanted.contains(&found[*i])).collect();
        let options = ArrowReaderOptions::new().with_schema(through_dictionaries(plain.schema()));
        let metadata = ArrowReaderMetadata::load(&file, options).unwrap_or(plain);
        Ok(TableFile { path, metadata, columns })
    }

    fn id_kind(&self) -> Option<IdKind> {
        let field = self.metadata.schema().field_with_name(column::PATIENT_ID).ok()?;
        IdKind::of(field.data_type())
    }

    fn groups(&self, file: usize) -> impl Iterator<Item = RowGroup> + '_ {
        let metadata = self.metadata.metadata();
        let names = metadata.file_metadata().schema_descr().columns().iter();
        let id = names.map(|column| column.path().string()).position(|name| name == column::PATIENT_ID);
        (0..metadata.num_row_groups()).map(move |group| {
            let row_group = metadata.row_group(group);
            let range = id.and_then(|id| range(row_group.column(id).statistics()?));
            RowGroup { file, group, rows: row_group.num_rows() as usize, range }
        })
    }
}

fn paths(folder: &Path, table: Table) -> Result<Vec<PathBuf>, ReadError> {
    let single = folder.join(format!("{}.parquet", table.name()));
    if single.is_file() {
        return Ok(vec![single]);
    }
    let parts = folder.join(table.name());
    if !parts.is_dir() {
        return Ok(Vec::new());
    }
    let unreadable = |source| ReadError::Open { path: parts.clone(), source };
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(&parts).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.extension().is_some_and(|extension| extension == "parquet") {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// The same schema with every text read through a dictionary: each distinct word is decoded once.
fn through_dictionaries(schema: &Schema) -> Arc<Schema> {
    let fields = schema.fields().iter().map(|field| match field.data_type() {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => {
            Arc::new(Field::new(field.name(), word_type(), field.is_nullable()))
        }
        _ => Arc::clone(field),
    });
    Arc::new(Schema::new(fields.collect::<Vec<_>>()))
}

fn range(statistics: &Statistics) -> Option<(StatId, StatId)> {
    match statistics {
        Statistics::Int64(s) => Some((StatId::Whole(*s.min_opt()?), StatId::Whole(*s.max_opt()?))),
        Statistics::Int32(s) => {
            Some((StatId::Whole(i64::from(*s.min_opt()?)), StatId::Whole(i64::from(*s.max_opt()?))))
        }
        Statistics::ByteArray(s) if statistics.min_is_exact() && statistics.max_is_exact() => {
            Some((StatId::Text(s.min_opt()?.data().to_vec()), StatId::Text(s.max_opt()?.data().to_vec())))
        }
        _ => None,
    }
}
