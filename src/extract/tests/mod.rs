//! The whole way from files to the journal.

mod eight_tables;
mod faults;
mod habits;
mod order;
mod several;
mod typed;

use super::read::Reading;
use super::scan::Pace;
use super::{ExtractError, ExtractReport, Profile, api};
use crate::clinical::Day;
use arrow::array::Array;
use arrow::util::display::{ArrayFormatter, FormatOptions};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// A folder that goes away with the test.
pub(super) struct Folder(pub PathBuf);

impl Folder {
    pub fn new() -> Folder {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("tidlig-extract-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        std::fs::write(self.0.join(name), bytes).unwrap();
        self.0.join(name)
    }

    pub fn out(&self) -> PathBuf {
        self.0.join("journal")
    }

    pub fn refusals(&self) -> String {
        std::fs::read_to_string(self.out().join("refusals.csv")).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub(super) fn index_day() -> Day {
    Day::parse_iso("2026-03-02").unwrap()
}

/// Reads a folder by its `practice.toml`; `tables` is all that follows `[practice]`.
pub(super) fn read(folder: &Folder, tables: &str) -> Result<ExtractReport, ExtractError> {
    read_at_pace(folder, tables, Pace { chunk: 1 << 20, pieces: 4 }, 64 << 20)
}

pub(super) fn read_at_pace(
    folder: &Folder,
    tables: &str,
    pace: Pace,
    budget: usize,
) -> Result<ExtractReport, ExtractError> {
    let text = format!("[practice]\nname = \"Eksempel\"\n{tables}");
    let profile = Profile::parse(&folder.0.join("practice.toml"), &text).unwrap_or_else(|faults| panic!("{faults}"));
    let out = folder.out();
    let reading = Reading {
        folder: &profile.folder,
        sources: &profile.tables,
        index_day: Some(index_day()),
        language: profile.practice.language,
        out: &out,
        pace,
        budget,
        progress: &|_| {},
    };
    api::finish(&reading, &profile.trust)
}

/// A canonical file's rows as text, cells parted by `|`.
pub(super) fn rows(out: &Path, table: &str) -> Vec<String> {
    let file = File::open(out.join(format!("{table}.parquet"))).unwrap();
    let batches = ParquetRecordBatchReaderBuilder::try_new(file).unwrap().build().unwrap();
    let mut rows = Vec::new();
    for batch in batches {
        let batch = batch.unwrap();
        let options = FormatOptions::default();
        let columns: Vec<_> =
            batch.columns().iter().map(|column| ArrayFormatter::try_new(column.as_ref(), &options).unwrap()).collect();
        for row in 0..batch.num_rows() {
            rows.push(columns.iter().map(|column| column.value(row).to_string()).collect::<Vec<_>>().join("|"));
        }
        assert!(batch.columns().iter().all(|column| column.len() == batch.num_rows()));
    }
    rows
}

pub(super) const PATIENTS: &str = "[[table]]\ntable = \"patients\"\nfile = \"patients.csv\"\n\
    columns = { patient_id = \"ID\", birth_date = \"Født\", sex = \"Kjønn\" }\n";
pub(super) const PATIENTS_CSV: &str = "ID;Født;Kjønn\n1;01.02.1940;K\n2;03.04.1950;M\n3;29.02.1960;\n";
