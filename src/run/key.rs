//! The practice's secret for breaking ties: made once, kept beside the runs, readable by the owner only.

use std::fs::{self, File};
use std::hash::{BuildHasher, RandomState};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::disk::{self, DiskError};
use crate::outreach::tie::TieKey;

const NAME: &str = "key";

#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error("{} is not a key of tidlig's: it must hold 64 hexadecimal digits; remove it to have a new one made", .0.display())]
    Damaged(PathBuf),
    #[error(transparent)]
    Disk(#[from] DiskError),
}

/// Reads the output folder's key, or makes one.
///
/// # Errors
/// When the file is damaged, or cannot be read or written.
pub fn open(output: &Path) -> Result<TieKey, KeyError> {
    if let Some(key) = present(output)? {
        return Ok(key);
    }
    let secret = random();
    let text: String = secret.iter().map(|byte| format!("{byte:02x}")).collect();
    // Written aside and moved, so that a half-written key is never read.
    let aside = output.join(".key.tmp");
    disk::write(&aside, format!("{text}\n").as_bytes())?;
    disk::rename(&aside, &output.join(NAME))?;
    disk::sync_folder(output)?;
    Ok(TieKey::new(secret))
}

/// The output folder's key; `None` when none was made yet.
///
/// # Errors
/// When the file is damaged or cannot be read.
pub fn present(output: &Path) -> Result<Option<TieKey>, KeyError> {
    let path = output.join(NAME);
    match fs::read_to_string(&path) {
        Ok(text) => read(text.trim()).map(|secret| Some(TieKey::new(secret))).ok_or(KeyError::Damaged(path)),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(disk::at("read", &path)(error).into()),
    }
}

fn read(text: &str) -> Option<[u8; 32]> {
    let mut secret = [0; 32];
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (index, byte) in secret.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * index..2 * index + 2], 16).ok()?;
    }
    Some(secret)
}

/// From the system's source of randomness; where there is no such device, from the standard library's hash seeds.
fn random() -> [u8; 32] {
    let mut secret = [0; 32];
    let device = File::open("/dev/urandom").and_then(|mut device| device.read_exact(&mut secret));
    if device.is_err() {
        let mut digest = Sha256::new();
        for number in 0..8_u64 {
            digest.update(RandomState::new().hash_one(number).to_le_bytes());
        }
        secret = digest.finalize().into();
    }
    secret
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::Day;
    use crate::run::publish::tests::Scratch;

    #[test]
    fn a_key_is_made_once_and_kept() {
        let scratch = Scratch::new("key");
        let first = open(scratch.path()).unwrap().tie("1", Day(20_000));
        assert_eq!(open(scratch.path()).unwrap().tie("1", Day(20_000)), first);
        fs::write(scratch.path().join(NAME), "short").unwrap();
        assert!(matches!(open(scratch.path()), Err(KeyError::Damaged(_))));
    }
}
