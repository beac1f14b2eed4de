//! A Parquet file that grows page by page: blocks of rows are encoded side by side, and only their pages wait in memory.

use super::chunk::{EncodedColumn, assemble};
use super::page::EncodedPage;
use super::pages::Dictionary;
use crate::journal::parquet_file;
use crate::journal::store::{StoreError, file_name, private_file};
use crate::journal::tables::Table;
use arrow::datatypes::{DataType, Schema};
use parquet::arrow::ArrowSchemaConverter;
use parquet::errors::Result;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::ColumnDescPtr;
use rayon::prelude::*;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A file on its way, whose first column holds patients as whole numbers that ascend.
pub struct PagedFile {
    path: PathBuf,
    writer: SerializedFileWriter<File>,
    descriptors: Vec<ColumnDescPtr>,
    /// Of each column, when its pages hold keys. The first column's is made for each row group.
    dictionaries: Vec<Option<Arc<Dictionary>>>,
    /// Of each column, the pages of the row group that is not full yet.
    waiting: Vec<Vec<EncodedPage>>,
    rows: u64,
}

/// The patients of a row group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GroupIds {
    /// The first one that may stand in it, which key 0 means when the pages of the first column hold keys.
    pub first: i64,
    /// How many may.
    pub count: usize,
    /// The least and the greatest that do.
    pub range: Option<(i64, i64)>,
    pub keyed: bool,
}

impl PagedFile {
    /// Begins a table of the journal in a folder; patients' ids are whole numbers.
    ///
    /// # Errors
    /// When the file cannot be made.
    pub fn of_table(
        folder: &Path,
        table: Table,
        dictionaries: Vec<Option<Arc<Dictionary>>>,
    ) -> std::result::Result<PagedFile, StoreError> {
        let path = folder.join(file_name(table));
        let properties =
            parquet_file::properties(table).map_err(|source| StoreError::Parquet { path: path.clone(), source })?;
        PagedFile::begin(path, &table.schema(&DataType::Int64), properties, dictionaries)
    }

    /// Begins another file of this schema.
    ///
    /// # Errors
    /// When the file cannot be made.
    pub fn of_schema(
        path: &Path,
        schema: &Schema,
        dictionaries: Vec<Option<Arc<Dictionary>>>,
    ) -> std::result::Result<PagedFile, StoreError> {
        let properties = WriterProperties::builder().set_created_by("tidlig".to_owned()).build();
        PagedFile::begin(path.to_path_buf(), schema, properties, dictionaries)
    }

    fn begin(
        path: PathBuf,
        schema: &Schema,
        properties: WriterProperties,
        dictionaries: Vec<Option<Arc<Dictionary>>>,
    ) -> std::result::Result<PagedFile, StoreError> {
        let file = private_file(&path).map_err(|source| StoreError::Io { path: path.clone(), source })?;
        let open = || {
            let descriptor = ArrowSchemaConverter::new().convert(schema)?;
            SerializedFileWriter::new(file, descriptor.root_schema_ptr(), Arc::new(properties))
        };
        let writer = open().map_err(|source| StoreError::Parquet { path: path.clone(), source })?;
        let descriptors = writer.schema_descr().columns().to_vec();
        let waiting = vec![Vec::new(); descriptors.len()];
        Ok(PagedFile { path, writer, descriptors, dictionaries, waiting, rows: 0 })
    }

    /// Adds a block of rows: a page for each column, in the columns' order.
    pub fn append(&mut self, pages: Vec<EncodedPage>) {
        self.rows += pages.first().map_or(0, |page| page.rows as u64);
        for (column, page) in self.waiting.iter_mut().zip(pages) {
            if page.rows > 0 {
                column.push(page);
            }
        }
    }

    /// Rows added so far.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Writes the pages that wait as a row group; without any, nothing.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn end_group(&mut self, ids: GroupIds) -> std::result::Result<(), StoreError> {
        if self.waiting.first().is_none_or(Vec::is_empty) {
            return Ok(());
        }
        let all = ids.first..ids.first + ids.count as i64;
        self.dictionaries[0] = ids.keyed.then(|| Dictionary::whole(all));
        self.write_group(ids.range).map_err(|source| StoreError::Parquet { path: self.path.clone(), source })
    }

    fn write_group(&mut self, range: Option<(i64, i64)>) -> Result<()> {
        let columns: Vec<Result<EncodedColumn>> = self
            .waiting
            .par_iter()
            .enumerate()
            .map(|(index, pages)| {
                let range = range.filter(|_| index == 0);
                assemble(&self.descriptors[index], self.dictionaries[index].as_deref(), pages, range)
            })
            .collect();
        let mut group = self.writer.next_row_group()?;
        for column in columns {
            let column = column?;
            group.append_column(&column.bytes, column.close)?;
        }
        group.close()?;
        self.waiting.iter_mut().for_each(Vec::clear);
        Ok(())
    }

    /// Writes the end of the file; gives its rows.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn finish(self) -> std::result::Result<u64, StoreError> {
        let path = self.path;
        // Whoever publishes the folder syncs it.
        self.writer.into_inner().map(|_| self.rows).map_err(|source| StoreError::Parquet { path, source })
    }
}
