//! Files and folders that only their owner can read, and failures told in words.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::journal::store::{private_file, private_folder};

/// Something on disk could not be done. Never holds a patient's value: only a path and the system's reason.
#[derive(Debug, thiserror::Error)]
#[error("could not {what} {path}: {reason}", path = path.display(), reason = reason(source))]
pub struct DiskError {
    pub what: &'static str,
    pub path: PathBuf,
    pub source: io::Error,
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "the disk is full".to_owned(),
        io::ErrorKind::PermissionDenied => "no permission".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "the file system is read-only".to_owned(),
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::NotADirectory => "a part of the path is a file, not a folder".to_owned(),
        io::ErrorKind::AlreadyExists => "something of that name is in the way".to_owned(),
        _ => error.to_string(),
    }
}

/// Gives an I/O error its place.
pub(crate) fn at(what: &'static str, path: &Path) -> impl FnOnce(io::Error) -> DiskError {
    let path = path.to_owned();
    move |source| DiskError { what, path, source }
}

/// Makes a folder, and those above it, that only the owner can enter; one that exists is left as it is.
///
/// # Errors
/// When it cannot be made.
pub fn make_folder(path: &Path) -> Result<(), DiskError> {
    private_folder(path).map_err(at("make the folder", path))
}

/// Makes or empties a file that only the owner can read.
///
/// # Errors
/// When it cannot be opened.
pub fn create(path: &Path) -> Result<File, DiskError> {
    private_file(path).map_err(at("write", path))
}

/// Writes a whole file that only the owner can read, down to the disk.
///
/// # Errors
/// When the disk is full, read-only, or the folder is gone.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
    let mut file = create(path)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(at("write", path))
}

/// Puts everything under a folder on the disk and closes it to all but the owner.
///
/// # Errors
/// When a file cannot be opened, closed off or synced.
pub fn settle(folder: &Path) -> Result<(), DiskError> {
    for entry in fs::read_dir(folder).map_err(at("read the folder", folder))? {
        let path = entry.map_err(at("read the folder", folder))?.path();
        let kind = fs::symlink_metadata(&path).map_err(at("read", &path))?.file_type();
        if kind.is_dir() {
            settle(&path)?;
        } else if kind.is_file() {
            let file = File::open(&path).map_err(at("read", &path))?;
            owner_only(&path, 0o600)?;
            file.sync_all().map_err(at("write", &path))?;
        }
    }
    owner_only(folder, 0o700)?;
    sync_folder(folder)
}

#[cfg(unix)]
fn owner_only(path: &Path, mode: u32) -> Result<(), DiskError> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).map_err(at("close off", path))
}

#[cfg(not(unix))]
fn owner_only(_path: &Path, _mode: u32) -> Result<(), DiskError> {
    Ok(())
}

/// Puts a folder's own entries on the disk, so that a rename in it survives a power cut.
///
/// # Errors
/// When the folder cannot be opened or synced.
pub fn sync_folder(folder: &Path) -> Result<(), DiskError> {
    if cfg!(unix) {
        File::open(folder).and_then(|opened| opened.sync_all()).map_err(at("write the folder", folder))?;
    }
    Ok(())
}

/// Renames, with both places named in the failure's path.
///
/// # Errors
/// When the system refuses.
pub fn rename(from: &Path, to: &Path) -> Result<(), DiskError> {
    fs::rename(from, to).map_err(at("move the finished files to", to))
}

/// A folder that is gone when its owner is.
#[derive(Debug)]
pub struct Temporary(PathBuf);

impl Temporary {
    /// The folder, which may be left from a killed program; only the owner can enter it.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn at(path: PathBuf) -> Result<Temporary, DiskError> {
        make_folder(&path)?;
        Ok(Temporary(path))
    }

    /// A new folder in the system's place for such. One that somebody else has laid there is never used.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn of_system() -> Result<Temporary, DiskError> {
        let mut builder = fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        let mut number = 0_u32;
        loop {
            let path = std::env::temp_dir().join(format!("tidlig-{}-{number}", std::process::id()));
            match builder.create(&path) {
                Ok(()) => return Ok(Temporary(path)),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < 1_000 => number += 1,
                Err(error) => return Err(at("make the folder", &path)(error)),
            }
        }
    }

    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            tracing::warn!(folder = %self.0.display(), %error, "a temporary folder cannot be removed");
        }
    }
}
