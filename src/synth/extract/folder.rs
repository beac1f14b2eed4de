//! The folder of one practice: twelve files and the profile that reads them.

use super::delivered::Delivered;
use super::lines::Lines;
use super::ordered::{Ordered, Written};
use super::words::{ProfileFacts, profile};
use crate::journal::store::{private_file, private_folder};
use rayon::prelude::*;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

const PROFILE: &str = "practice.toml";
/// How a profile begins that this program wrote; any other one is a practice's own.
const OURS: &str = "# A synthetic practice, made by `tidlig synth`";

/// A practice's folder that is being filled.
pub(super) struct Folder {
    path: PathBuf,
    files: [Ordered; 12],
}

impl Folder {
    /// Opens a folder for a practice's files.
    ///
    /// # Errors
    /// When it cannot be made, or holds files of a practice that this program did not make.
    pub fn open(path: &Path) -> io::Result<Folder> {
        private_folder(path)?;
        let profile = std::fs::read(path.join(PROFILE)).ok();
        let foreign = match &profile {
            Some(text) => !text.starts_with(OURS.as_bytes()),
            None => Delivered::ALL.iter().any(|file| path.join(file.name()).exists()),
        };
        if foreign {
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, "files of another practice are in the way"));
        }
        Ok(Folder { path: path.to_owned(), files: Delivered::ALL.map(|file| Ordered::new(path, file)) })
    }

    pub fn take(&mut self, lines: &[Lines; 12]) -> io::Result<()> {
        self.files.iter_mut().zip(lines).try_for_each(|(file, lines)| file.take(lines))
    }

    /// Writes the files, and the profile last, so that a folder with a profile is whole.
    pub fn finish(self, facts: &ProfileFacts<'_>) -> io::Result<Vec<(Delivered, Written)>> {
        let all: Vec<_> = Delivered::ALL.into_iter().zip(self.files).collect();
        let delivered = all.into_par_iter().filter(|(file, _)| file.is_delivered(facts.missing));
        let written = delivered.map(|(file, lines)| Ok((file, lines.finish()?))).collect::<io::Result<Vec<_>>>()?;
        let text = profile(facts);
        private_file(&self.path.join(PROFILE))?.write_all(text.as_bytes())?;
        Ok(written)
    }
}
