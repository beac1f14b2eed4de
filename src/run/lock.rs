//! One run at a time in one output folder.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

use super::disk::{self, DiskError};

const NAME: &str = ".lock";

/// Held for as long as it lives; the system lets go of it when the process ends, however it ends.
#[derive(Debug)]
pub struct RunLock {
    _file: File,
}

#[derive(Debug, thiserror::Error)]
pub enum LockError {
    #[error("another run is at work in {}; nothing was changed", .0.display())]
    Held(PathBuf),
    #[error(transparent)]
    Disk(#[from] DiskError),
}

impl RunLock {
    /// Takes the lock of an output folder that exists.
    ///
    /// # Errors
    /// [`LockError::Held`] when another run has it.
    pub fn take(output: &Path) -> Result<RunLock, LockError> {
        let path = output.join(NAME);
        let file = disk::create(&path)?;
        match file.try_lock() {
            Ok(()) => Ok(RunLock { _file: file }),
            Err(TryLockError::WouldBlock) => Err(LockError::Held(output.to_owned())),
            Err(TryLockError::Error(source)) => Err(disk::at("lock", &path)(source).into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::publish::tests::Scratch;

    #[test]
    fn two_runs_cannot_have_it() {
        let scratch = Scratch::new("lock");
        let first = RunLock::take(scratch.path()).unwrap();
        assert!(matches!(RunLock::take(scratch.path()), Err(LockError::Held(_))));
        drop(first);
        assert!(RunLock::take(scratch.path()).is_ok());
    }
}
