//! A folder's files, before anything is understood.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::CODES;
use crate::model::fault::{Fault, Faults};

/// A file's content; those of the program are never copied.
pub type Bytes = Cow<'static, [u8]>;

/// A folder's files, read but not yet understood.
#[derive(Debug, Clone, Default)]
pub struct Folder {
    /// As the reader would name it: `models/hfrs`.
    pub path: String,
    /// The last part of the path.
    pub name: String,
    pub files: BTreeMap<String, Bytes>,
}

impl Folder {
    /// How the reader would name one of its files.
    #[must_use]
    pub fn path(&self, file: &str) -> String {
        if self.path.is_empty() { file.to_owned() } else { format!("{}/{file}", self.path) }
    }

    /// Whether both are the same rule set, or the same library.
    #[must_use]
    pub fn takes_place_of(&self, other: &Folder) -> bool {
        let same = |file: &str| self.files.contains_key(file) && other.files.contains_key(file);
        self.name == other.name && (same(super::FILE) || same(super::library::FILE))
    }

    /// A file's text; one that is not UTF-8 is told.
    pub fn text(&self, file: &str, faults: &mut Faults) -> Option<&str> {
        let bytes = self.files.get(file)?;
        match std::str::from_utf8(bytes) {
            Ok(text) => Some(text),
            Err(error) => {
                let path = self.path(file);
                let at = error.valid_up_to();
                faults.add_source(&path, &String::from_utf8_lossy(bytes));
                faults
                    .push(Fault::new(&path, at..at + 1, "the file is not UTF-8", "from here").help("save it as UTF-8"));
                None
            }
        }
    }

    /// The files that make the meaning, for the hash.
    #[must_use]
    pub fn hashed(&self, first: &str) -> Vec<(String, Bytes)> {
        let take = |file: &str| Some((file.to_owned(), self.files.get(file)?.clone()));
        [first, CODES].iter().filter_map(|file| take(file)).collect()
    }
}
