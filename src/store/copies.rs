//! Whole copies of a store: before a migration, and to try something out.

use std::fs::File;
use std::path::Path;
use std::time::Duration;

use rusqlite::backup::Backup;
use rusqlite::{Connection, OpenFlags};

use super::error::StoreError;
use super::file::{PATIENCE, Store, check};
use super::schema::STEPS;
use crate::journal::store::private_file;

/// Lays `store.sqlite.v1.bak` beside a store, readable by the owner only.
pub(super) fn back_up(connection: &Connection, path: &Path, version: i64) -> Result<(), StoreError> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".v{version}.bak"));
    let copy = path.with_file_name(name);
    copy_to(connection, &copy)?;
    let disk = |error: std::io::Error| StoreError::Disk { path: copy.clone(), reason: error.to_string() };
    File::open(&copy).and_then(|file| file.sync_all()).map_err(disk)
}

impl Store {
    /// Opens a copy of the store at `path`, laid at `copy`; an empty one when there is none. The store itself is only read.
    ///
    /// # Errors
    /// As [`Store::open`], for the store as for its copy.
    pub fn copied(path: &Path, copy: &Path) -> Result<Store, StoreError> {
        if path.exists() {
            let sql = |error: rusqlite::Error| StoreError::of(path, &error);
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            let connection = Connection::open_with_flags(path, flags).map_err(sql)?;
            connection.busy_timeout(PATIENCE).map_err(sql)?;
            check(&connection, path, STEPS.len())?;
            copy_to(&connection, copy)?;
        }
        Store::open(copy)
    }
}

fn copy_to(connection: &Connection, copy: &Path) -> Result<(), StoreError> {
    let disk = |error: std::io::Error| StoreError::Disk { path: copy.to_owned(), reason: error.to_string() };
    private_file(copy).map_err(disk)?;
    let sql = |error: rusqlite::Error| StoreError::of(copy, &error);
    let mut target = Connection::open(copy).map_err(sql)?;
    let backup = Backup::new(connection, &mut target).map_err(sql)?;
    backup.run_to_completion(1024, Duration::ZERO, None).map_err(sql)?;
    drop(backup);
    target.close().map_err(|(_, error)| sql(error))
}
