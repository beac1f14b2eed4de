//! What ran, on what, with which rules: `manifest.json`, the same bytes for the same inputs. When it ran stands apart,
//! in `record.json`.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::disk::{self, DiskError};
use crate::model::RuleSet;

pub const FILE: &str = "manifest.json";
pub const RECORD: &str = "record.json";

/// The facts of a run that do not depend on when it ran.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the program.
    pub tidlig: String,
    pub index_day: String,
    pub language: String,
    pub rule_sets: Vec<RuleSetEntry>,
    /// The practice's files, by name.
    pub inputs: Vec<FileEntry>,
    /// Sources that counted as delivered.
    pub sources: Vec<String>,
    pub tables: BTreeMap<String, TableEntry>,
    pub list: ListEntry,
    /// Every other file of the run, by path in its folder.
    pub outputs: Vec<FileEntry>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleSetEntry {
    pub id: String,
    pub version: String,
    /// `published`, `adapted` or `draft`.
    pub status: String,
    pub sha256: String,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FileEntry {
    pub file: String,
    pub bytes: u64,
    pub sha256: String,
}

/// Rows of one canonical table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableEntry {
    pub read: u64,
    pub kept: u64,
    pub refused: u64,
    pub newest: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListEntry {
    pub capacity: usize,
    pub candidates: usize,
    pub listed: usize,
    pub tied_at_cut: usize,
    /// Index day of the list that changes are told against.
    pub compared_with: Option<String>,
}

/// When the run took place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// UTC.
    pub started: String,
    pub finished: String,
    /// The access log's last entry before this run, so that a log cut short can be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access_log: Option<LogHead>,
}

/// An entry of the access log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogHead {
    pub number: i64,
    pub hash: String,
}

impl Record {
    /// The record of a published run; `None` when it has none that can be read.
    #[must_use]
    pub fn read(run: &Path) -> Option<Record> {
        serde_json::from_str(&fs::read_to_string(run.join(RECORD)).ok()?).ok()
    }
}

impl RuleSetEntry {
    #[must_use]
    pub fn of(rule_set: &RuleSet) -> RuleSetEntry {
        RuleSetEntry {
            id: rule_set.id.clone(),
            version: rule_set.version.clone(),
            status: rule_set.status.name().to_owned(),
            sha256: rule_set.hash.clone(),
        }
    }
}

impl Manifest {
    /// Reads the manifest of a published run.
    ///
    /// # Errors
    /// When it is missing or not a manifest.
    pub fn read(run: &Path) -> Result<Manifest, DiskError> {
        let path = run.join(FILE);
        let text = fs::read_to_string(&path).map_err(disk::at("read", &path))?;
        serde_json::from_str(&text).map_err(|error| disk::at("read", &path)(error.into()))
    }
}

/// A file's size and hash, told as `name`.
///
/// # Errors
/// When it cannot be read.
pub fn file_entry(path: &Path, name: &str) -> Result<FileEntry, DiskError> {
    let (bytes, sha256) = File::open(path).and_then(hash).map_err(disk::at("read", path))?;
    Ok(FileEntry { file: name.to_owned(), bytes, sha256 })
}

/// Every file under `folder`, sorted by path.
///
/// # Errors
/// When a file or folder cannot be read.
pub fn folder_entries(folder: &Path) -> Result<Vec<FileEntry>, DiskError> {
    let mut entries = Vec::new();
    for path in files_under(folder)? {
        let name = path.strip_prefix(folder).unwrap_or(&path);
        let name: Vec<_> = name.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        entries.push(file_entry(&path, &name.join("/"))?);
    }
    entries.sort();
    Ok(entries)
}

pub(crate) fn files_under(folder: &Path) -> Result<Vec<PathBuf>, DiskError> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(disk::at("read the folder", folder))? {
        let path = entry.map_err(disk::at("read the folder", folder))?.path();
        if path.is_dir() { files.extend(files_under(&path)?) } else { files.push(path) }
    }
    Ok(files)
}

fn hash(mut file: File) -> io::Result<(u64, String)> {
    let mut digest = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    let mut bytes = 0;
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            break;
        }
        digest.update(&buffer[..read]);
        bytes += read as u64;
    }
    Ok((bytes, digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()))
}

/// JSON with line breaks, as people and `diff` like it.
pub(crate) fn json(value: &impl Serialize, path: &Path) -> Result<Vec<u8>, DiskError> {
    let mut text = serde_json::to_vec_pretty(value).map_err(|error| disk::at("write", path)(error.into()))?;
    text.push(b'\n');
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::publish::tests::Scratch;

    #[test]
    fn every_file_is_hashed_in_a_fixed_order() {
        let scratch = Scratch::new("manifest");
        fs::create_dir(scratch.path().join("journal")).unwrap();
        fs::write(scratch.path().join("z.csv"), "").unwrap();
        fs::write(scratch.path().join("journal/patients.parquet"), "abc").unwrap();
        let entries = folder_entries(scratch.path()).unwrap();
        let names: Vec<&str> = entries.iter().map(|entry| entry.file.as_str()).collect();
        assert_eq!(names, ["journal/patients.parquet", "z.csv"]);
        assert_eq!(entries[0].sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!((entries[0].bytes, entries[1].bytes), (3, 0));
    }
}
