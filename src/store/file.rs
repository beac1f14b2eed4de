//! Opening the store: whole, ours, of a schema we know; a backup stands beside it before any migration.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use super::copies::back_up;
use super::error::StoreError;
use super::schema::{APPLICATION, STEPS};
use crate::journal::store::private_file;

/// How long another program's short write is waited for.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);

/// A practice's memory. One at a time writes; readers are never kept waiting.
#[derive(Debug)]
pub struct Store {
    pub(super) connection: Connection,
    path: PathBuf,
}

impl Store {
    /// Opens the store, or makes an empty one where there is none.
    ///
    /// # Errors
    /// [`StoreError`] when it is damaged, locked, of a newer schema or somebody else's; it is then left as it is.
    pub fn open(path: &Path) -> Result<Store, StoreError> {
        Store::with_steps(path, STEPS)
    }

    /// As [`Store::open`], but a missing file stays missing.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn existing(path: &Path) -> Result<Option<Store>, StoreError> {
        match fs::metadata(path) {
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
            _ => Store::open(path).map(Some),
        }
    }

    fn with_steps(path: &Path, steps: &[&str]) -> Result<Store, StoreError> {
        make_private(path)?;
        let sql = |error: rusqlite::Error| StoreError::of(path, &error);
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(path, flags).map_err(sql)?;
        connection.busy_timeout(PATIENCE).map_err(sql)?;
        let version = check(&connection, path, steps.len())?;
        // Each commit is on disk before it counts; a write-ahead log keeps the file whole if the power goes.
        connection
            .execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;")
            .map_err(sql)?;
        migrate(&mut connection, path, version, steps)?;
        Ok(Store { connection, path: path.to_owned() })
    }

    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Does all of `work` or, when it fails, none of it.
    ///
    /// # Errors
    /// What `work` says, or why the store could not be written.
    pub fn write<T, E: From<StoreError>>(&mut self, work: impl FnOnce(&Writing) -> Result<T, E>) -> Result<T, E> {
        let path = self.path.clone();
        let sql = |error: rusqlite::Error| E::from(StoreError::of(&path, &error));
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(sql)?;
        let writing = Writing { transaction, path: path.clone() };
        let done = work(&writing)?;
        writing.transaction.commit().map_err(sql)?;
        Ok(done)
    }

    /// Reads at one moment, whatever is written meanwhile.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(super) fn ask<T>(&self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, StoreError> {
        let sql = |error: rusqlite::Error| StoreError::of(&self.path, &error);
        let transaction = self.connection.unchecked_transaction().map_err(sql)?;
        let found = work(&transaction).map_err(sql)?;
        transaction.finish().map_err(sql)?;
        Ok(found)
    }
}

/// A change to the store that is made whole or not at all.
pub struct Writing<'a> {
    transaction: Transaction<'a>,
    path: PathBuf,
}

impl Writing<'_> {
    pub(super) fn ask<T>(&self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, StoreError> {
        work(&self.transaction).map_err(|error| StoreError::of(&self.path, &error))
    }
}

/// SQLite gives its helper files the rights of the file itself.
fn make_private(path: &Path) -> Result<(), StoreError> {
    if path.exists() {
        return Ok(());
    }
    private_file(path).map(drop).map_err(|error| StoreError::Disk { path: path.to_owned(), reason: error.to_string() })
}

/// The file's schema version, when it is whole and ours.
pub(super) fn check(connection: &Connection, path: &Path, known: usize) -> Result<i64, StoreError> {
    let sql = |error: rusqlite::Error| StoreError::of(path, &error);
    let number = |pragma: &str| connection.query_row(&format!("PRAGMA {pragma}"), [], |row| row.get::<_, i64>(0));
    let version = number("user_version").map_err(sql)?;
    let empty = number("page_count").map_err(sql)? == 0;
    if !empty && number("application_id").map_err(sql)? != APPLICATION {
        return Err(StoreError::Foreign { path: path.to_owned() });
    }
    let known = i64::try_from(known).unwrap_or(i64::MAX);
    if version > known {
        return Err(StoreError::Newer { path: path.to_owned(), found: version, known });
    }
    let verdict: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(sql)?;
    if verdict == "ok" {
        Ok(version)
    } else {
        Err(StoreError::Damaged { path: path.to_owned(), reason: "quick_check".to_owned() })
    }
}

fn migrate(connection: &mut Connection, path: &Path, version: i64, steps: &[&str]) -> Result<(), StoreError> {
    let done = usize::try_from(version).unwrap_or(0);
    if done == steps.len() {
        return Ok(());
    }
    if done > 0 {
        back_up(connection, path, version)?;
    }
    let sql = |error: rusqlite::Error| StoreError::of(path, &error);
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(sql)?;
    // Another process may have been faster.
    let now: i64 = transaction.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(sql)?;
    for step in steps.iter().skip(usize::try_from(now).unwrap_or(0)) {
        transaction.execute_batch(step).map_err(sql)?;
    }
    let last = format!("PRAGMA user_version = {}; PRAGMA application_id = {APPLICATION};", steps.len());
    transaction.execute_batch(&last).map_err(sql)?;
    transaction.commit().map_err(sql)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A folder of a test's own, removed when the test ends.
    pub(crate) struct Scratch(PathBuf);

    impl Scratch {
        pub(crate) fn new(name: &str) -> Scratch {
            let path = std::env::temp_dir().join(format!("tidlig-store-{name}-{}", std::process::id()));
            let _ = fs::remove_dir_all(&path);
            fs::create_dir_all(&path).unwrap();
            Scratch(path)
        }

        pub(crate) fn file(&self, name: &str) -> PathBuf {
            self.0.join(name)
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn an_empty_store_is_made_once_and_only_its_owner_reads_it() {
        let scratch = Scratch::new("made");
        let path = scratch.file("store.sqlite");
        assert!(Store::existing(&path).unwrap().is_none());
        drop(Store::open(&path).unwrap());
        assert!(Store::existing(&path).unwrap().is_some());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o077, 0);
        }
    }

    #[test]
    fn damaged_foreign_newer_and_locked_files_are_told_apart_and_left_alone() {
        let scratch = Scratch::new("bad");
        let path = scratch.file("store.sqlite");
        fs::write(&path, "this is no database at all, only a text that is long enough").unwrap();
        assert!(matches!(Store::open(&path), Err(StoreError::Damaged { .. })));
        let foreign = scratch.file("foreign.sqlite");
        Connection::open(&foreign).unwrap().execute_batch("CREATE TABLE theirs (x)").unwrap();
        assert!(matches!(Store::open(&foreign), Err(StoreError::Foreign { .. })));
        let ours = scratch.file("ours.sqlite");
        drop(Store::open(&ours).unwrap());
        let other = Connection::open(&ours).unwrap();
        other.execute_batch("PRAGMA user_version = 99").unwrap();
        let newer = Store::open(&ours).unwrap_err();
        assert!(matches!(newer, StoreError::Newer { found: 99, .. }));
        for language in [Language::Nb, Language::Nn, Language::En] {
            assert!(newer.message(language).contains("ours.sqlite"));
        }
        other.execute_batch("PRAGMA user_version = 1").unwrap();
        assert!(Store::open(&ours).is_ok());
    }

    #[test]
    fn a_torn_page_is_found() {
        let scratch = Scratch::new("torn");
        let path = scratch.file("store.sqlite");
        drop(Store::open(&path).unwrap());
        let mut bytes = fs::read(&path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle..middle + 4096].fill(0xa5);
        fs::write(&path, bytes).unwrap();
        assert!(matches!(Store::open(&path), Err(StoreError::Damaged { .. })));
    }

    #[test]
    fn a_migration_keeps_a_copy_and_is_done_once() {
        let scratch = Scratch::new("migrated");
        let path = scratch.file("store.sqlite");
        let steps = ["CREATE TABLE a (x); INSERT INTO a VALUES (7);", "ALTER TABLE a ADD COLUMN y;"];
        drop(Store::with_steps(&path, &steps[..1]).unwrap());
        let copy = scratch.file("store.sqlite.v1.bak");
        assert!(!copy.exists());
        let store = Store::with_steps(&path, &steps).unwrap();
        let kept = |connection: &Connection| connection.query_row("SELECT x FROM a", [], |row| row.get::<_, i64>(0));
        assert_eq!(store.ask(kept).unwrap(), 7);
        assert_eq!(kept(&Connection::open(&copy).unwrap()).unwrap(), 7);
        assert!(Connection::open(&copy).unwrap().prepare("SELECT y FROM a").is_err());
        drop(store);
        fs::remove_file(&copy).unwrap();
        drop(Store::with_steps(&path, &steps).unwrap());
        assert!(!copy.exists());
    }

    #[test]
    fn a_step_that_fails_leaves_the_version_before() {
        let scratch = Scratch::new("failed");
        let path = scratch.file("store.sqlite");
        drop(Store::with_steps(&path, &["CREATE TABLE a (x);"]).unwrap());
        assert!(Store::with_steps(&path, &["CREATE TABLE a (x);", "ALTER TABLE a ADD COLUMN y; nonsense;"]).is_err());
        let store = Store::with_steps(&path, &["CREATE TABLE a (x);"]).unwrap();
        assert!(store.connection.prepare("SELECT y FROM a").is_err());
    }

    use crate::clinical::Language;
}
