//! Writing the canonical journal: sorted by patient, whatever the order of the extract.
//!
//! Rows gather in a buffer of [`BUDGET`] bytes. A table that comes sorted by patient streams straight into its file; of
//! any other, sorted runs are spilled beside the file and merged at the end.

use super::ids::PatientIds;
use super::merge::Merge;
use super::parquet_file::ParquetFile;
use super::rows::{Dictionaries, Rows};
use super::sorting::sort;
use super::spill::RunWriter;
use super::tables::Table;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Bytes of rows held before they are written or spilled.
pub const BUDGET: usize = 32 << 20;

/// What can go wrong while the journal is written. Never tells a patient's value.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("{}: cannot be written: {}", path.display(), in_words(source))]
    Io { path: PathBuf, source: io::Error },
    #[error("{}: cannot be written: {}", path.display(), cause(source))]
    Parquet { path: PathBuf, source: parquet::errors::ParquetError },
}

/// What the system says, in words that tell what to do.
fn in_words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "the disk is full".to_owned(),
        io::ErrorKind::PermissionDenied => "no permission".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "the file system is read-only".to_owned(),
        _ => error.to_string(),
    }
}

/// The system's own reason behind a fault of the Parquet writer.
fn cause(error: &parquet::errors::ParquetError) -> String {
    match error {
        parquet::errors::ParquetError::External(inner) => {
            inner.downcast_ref::<io::Error>().map_or_else(|| inner.to_string(), in_words)
        }
        other => other.to_string(),
    }
}

/// The name of a table's file in a journal folder.
#[must_use]
pub fn file_name(table: Table) -> String {
    format!("{}.parquet", table.name())
}

/// Makes a folder that only its owner can open, with those above it that are missing.
///
/// # Errors
/// When the folder can neither be made nor was there.
pub fn private_folder(path: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Makes or empties a file that only its owner can read.
///
/// # Errors
/// When the file cannot be written.
pub fn private_file(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Writes one table of the journal.
pub struct TableWriter {
    folder: PathBuf,
    table: Table,
    ids: Arc<PatientIds>,
    dictionaries: Arc<Dictionaries>,
    budget: usize,
    buffer: Rows,
    sink: Sink,
}

enum Sink {
    Nothing,
    /// All rows so far came in the order of patients.
    Sorted(Box<ParquetFile>),
    /// Sorted runs; the last one may still grow.
    Runs {
        done: Vec<PathBuf>,
        open: Option<RunWriter>,
    },
}

impl TableWriter {
    #[must_use]
    pub fn new(folder: &Path, table: Table, ids: Arc<PatientIds>) -> TableWriter {
        TableWriter {
            folder: folder.to_path_buf(),
            table,
            ids,
            dictionaries: Arc::new(Dictionaries::new(table)),
            budget: BUDGET,
            buffer: Rows::new(table),
            sink: Sink::Nothing,
        }
    }

    /// As `new`, with another budget than [`BUDGET`].
    #[must_use]
    pub fn with_budget(mut self, bytes: usize) -> TableWriter {
        self.budget = bytes;
        self
    }

    /// The dictionaries that the indices in pushed rows refer to.
    #[must_use]
    pub fn dictionaries(&self) -> Arc<Dictionaries> {
        Arc::clone(&self.dictionaries)
    }

    /// Adds rows in any order.
    ///
    /// # Errors
    /// When the disk is full or the folder cannot be written.
    pub fn push(&mut self, rows: &Rows) -> Result<(), StoreError> {
        self.buffer.append(rows, 0..rows.len());
        if self.buffer.bytes() > self.budget { self.flush(false) } else { Ok(()) }
    }

    /// Writes what is left; gives the number of rows in the file.
    ///
    /// # Errors
    /// As [`TableWriter::push`].
    pub fn finish(mut self) -> Result<u64, StoreError> {
        self.flush(true)?;
        match std::mem::replace(&mut self.sink, Sink::Nothing) {
            Sink::Nothing => self.sorted_file()?.finish(&self.dictionaries).map_err(|e| self.parquet(e)),
            Sink::Sorted(file) => file.finish(&self.dictionaries).map_err(|e| self.parquet(e)),
            Sink::Runs { mut done, open } => {
                if let Some(run) = open {
                    done.push(run.finish().map_err(|e| self.io(e))?);
                }
                self.merge(done)
            }
        }
    }

    /// Sorts the buffer and writes it. The last patient's rows are held back unless all rows are in: the next rows may
    /// be hers.
    fn flush(&mut self, all: bool) -> Result<(), StoreError> {
        let rows = std::mem::replace(&mut self.buffer, Rows::new(self.table));
        let mut rows = sort(rows, &self.dictionaries);
        let last = rows.patients.last().copied();
        let held = if all { 0 } else { rows.patients.iter().rev().take_while(|rank| Some(**rank) == last).count() };
        // One patient who fills the buffer is written, and merged with the rest of her rows at the end.
        let cut = if held == rows.len() { rows.len() } else { rows.len() - held };
        self.buffer.append(&rows, cut..rows.len());
        rows.truncate(cut);
        if rows.is_empty() { Ok(()) } else { self.write(&rows) }
    }

    fn write(&mut self, rows: &Rows) -> Result<(), StoreError> {
        let first = rows.patients[0];
        if matches!(self.sink, Sink::Nothing) {
            self.sink = Sink::Sorted(Box::new(self.sorted_file()?));
        }
        if let Sink::Sorted(file) = &mut self.sink {
            if file.last.is_none_or(|last| last < first) {
                let written = file.write(rows, &self.dictionaries);
                return written.map_err(|e| self.parquet(e));
            }
            self.set_aside()?;
        }
        self.spill(rows, first)
    }

    /// The table is not sorted after all: what was written becomes the first run.
    fn set_aside(&mut self) -> Result<(), StoreError> {
        let Sink::Sorted(file) = std::mem::replace(&mut self.sink, Sink::Nothing) else { return Ok(()) };
        file.finish(&self.dictionaries).map_err(|e| self.parquet(e))?;
        let aside = self.folder.join(format!(".{}.first", self.table.name()));
        std::fs::rename(self.path(), &aside).map_err(|e| self.io(e))?;
        self.sink = Sink::Runs { done: vec![aside], open: None };
        Ok(())
    }

    fn spill(&mut self, rows: &Rows, first: u32) -> Result<(), StoreError> {
        let Sink::Runs { mut done, mut open } = std::mem::replace(&mut self.sink, Sink::Nothing) else { return Ok(()) };
        if open.as_ref().is_some_and(|run| run.last.is_some_and(|last| last >= first))
            && let Some(run) = open.take()
        {
            done.push(run.finish().map_err(|e| self.io(e))?);
        }
        let mut run = match open {
            Some(run) => run,
            None => {
                let path = self.folder.join(format!(".{}.{}.run", self.table.name(), done.len()));
                RunWriter::create(&path).map_err(|e| self.io(e))?
            }
        };
        run.write(rows).map_err(|e| self.io(e))?;
        self.sink = Sink::Runs { done, open: Some(run) };
        Ok(())
    }

    fn merge(&self, runs: Vec<PathBuf>) -> Result<u64, StoreError> {
        let mut file = self.sorted_file()?;
        let mut merge = Merge::open(runs, self.table, &self.ids, &self.dictionaries).map_err(|e| self.io(e))?;
        while let Some(rows) = merge.next(self.budget / 2).map_err(|e| self.io(e))? {
            let rows = sort(rows, &self.dictionaries);
            file.write(&rows, &self.dictionaries).map_err(|e| self.parquet(e))?;
        }
        file.finish(&self.dictionaries).map_err(|e| self.parquet(e))
    }

    fn path(&self) -> PathBuf {
        self.folder.join(file_name(self.table))
    }

    fn sorted_file(&self) -> Result<ParquetFile, StoreError> {
        let file = private_file(&self.path()).map_err(|e| self.io(e))?;
        ParquetFile::create(file, self.table, Arc::clone(&self.ids)).map_err(|e| self.parquet(e))
    }

    fn io(&self, source: io::Error) -> StoreError {
        StoreError::Io { path: self.path(), source }
    }

    fn parquet(&self, source: parquet::errors::ParquetError) -> StoreError {
        StoreError::Parquet { path: self.path(), source }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_told_in_words() {
        let full = || io::Error::from(io::ErrorKind::StorageFull);
        let path = || PathBuf::from("patients.parquet");
        let parquet = StoreError::Parquet { path: path(), source: full().into() };
        for error in [parquet, StoreError::Io { path: path(), source: full() }] {
            assert_eq!(error.to_string(), "patients.parquet: cannot be written: the disk is full");
        }
    }
}
