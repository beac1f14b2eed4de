//! `journal.json`: what a journal folder holds, for whoever reads it next.

use super::store::private_file;
use super::tables::{SCHEMA_VERSION, Source, Sources, Table};
use crate::clinical::Day;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

/// The manifest's name in a journal folder.
pub const FILE_NAME: &str = "journal.json";

/// What a journal folder holds. The same journal always has the same manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub version: String,
    /// Whether patients' ids are whole numbers.
    pub integer_ids: bool,
    /// By table name.
    pub tables: BTreeMap<String, TableEntry>,
    /// By source name: sources that have a file.
    pub sources: BTreeMap<String, SourceEntry>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableEntry {
    pub rows: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceEntry {
    /// Newest day up to the index day, `yyyy-mm-dd`.
    pub newest: Option<String>,
    /// False when the newest day is too old for the source to count as delivered.
    pub delivered: bool,
}

impl Manifest {
    #[must_use]
    pub fn new(integer_ids: bool) -> Manifest {
        Manifest { version: SCHEMA_VERSION.to_owned(), integer_ids, tables: BTreeMap::new(), sources: BTreeMap::new() }
    }

    pub fn add_table(&mut self, table: Table, rows: u64) {
        self.tables.insert(table.name().to_owned(), TableEntry { rows });
    }

    pub fn add_source(&mut self, source: Source, newest: Option<Day>, delivered: bool) {
        let entry = SourceEntry { newest: newest.map(|day| day.to_string()), delivered };
        self.sources.insert(source.name().to_owned(), entry);
    }

    /// The sources that count as delivered.
    #[must_use]
    pub fn sources(&self) -> Sources {
        let delivered = self.sources.iter().filter(|(_, entry)| entry.delivered);
        delivered.filter_map(|(name, _)| Source::parse(name)).collect()
    }

    /// Reads a folder's manifest; `None` when it has none (a journal made by another tool).
    ///
    /// # Errors
    /// When there is one that cannot be read.
    pub fn read(folder: &Path) -> io::Result<Option<Manifest>> {
        match std::fs::read(folder.join(FILE_NAME)) {
            Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(io::Error::from),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Writes the manifest into a folder.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        let mut text = serde_json::to_vec_pretty(self)?;
        text.push(b'\n');
        private_file(&folder.join(FILE_NAME))?.write_all(&text)
    }
}
