//! Where rule sets come from: the program itself, and folders of users.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::cases;
use super::check::{self, Folder, library};
use super::fault::{Fault, Faults};
use super::registers;

/// Every file under `models/`, by its path there.
static SHIPPED: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/shipped.rs"));

/// The text of a shipped file that stands beside the rule sets' folders.
#[must_use]
pub fn shipped_text(name: &str) -> Option<&'static str> {
    let (_, bytes) = SHIPPED.iter().find(|(path, _)| *path == name)?;
    std::str::from_utf8(bytes).ok()
}

pub const VOCABULARY: &str = "vocabulary.toml";
/// The files that are ours; a folder may hold others, large ones too.
const FILES: &[&str] = &[check::FILE, library::FILE, cases::FILE, VOCABULARY, "codes.csv"];

/// Folders of one place: the shipped ones, or one that the user names.
pub struct Place {
    /// The folder itself: the vocabulary, or a single rule set.
    pub root: Folder,
    pub folders: Vec<Folder>,
}

pub fn folders(places: &[Place]) -> impl Iterator<Item = &Folder> {
    places.iter().flat_map(|place| std::iter::once(&place.root).chain(&place.folders))
}

pub fn shipped_place() -> Place {
    let mut root = Folder { path: "models".to_owned(), name: "models".to_owned(), files: BTreeMap::new() };
    let mut folders: BTreeMap<&str, Folder> = BTreeMap::new();
    for (path, bytes) in SHIPPED {
        let Some((name, file)) = path.split_once('/') else {
            root.files.insert((*path).to_owned(), (*bytes).into());
            continue;
        };
        let empty = || Folder { path: format!("models/{name}"), name: name.to_owned(), files: BTreeMap::new() };
        folders.entry(name).or_insert_with(empty).files.insert(file.to_owned(), (*bytes).into());
    }
    Place { root, folders: folders.into_values().collect() }
}

/// A user's place; one that cannot be read is told.
pub fn place(dir: &Path, faults: &mut Faults) -> Option<Place> {
    read_place(dir).map_err(|error| unreadable(dir, &error, faults)).ok()
}

pub fn read_place(dir: &Path) -> io::Result<Place> {
    let mut paths: Vec<PathBuf> = fs::read_dir(dir)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    paths.sort();
    let folders = paths.iter().filter(|path| path.is_dir()).map(|path| read_folder(path)).collect::<io::Result<_>>()?;
    Ok(Place { root: read_folder(dir)?, folders })
}

fn read_folder(dir: &Path) -> io::Result<Folder> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if let Some(name) = path.file_name().and_then(|name| name.to_str()).filter(|name| ours(name)) {
            files.insert(name.to_owned(), fs::read(&path)?.into());
        }
    }
    // `models/` and `.` have a last part only once they are made absolute.
    let full = dir.canonicalize()?;
    let name = full.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    Ok(Folder { path: dir.display().to_string().trim_end_matches('/').to_owned(), name, files })
}

fn ours(name: &str) -> bool {
    FILES.contains(&name) || registers::is_file(name)
}

fn unreadable(dir: &Path, error: &io::Error, faults: &mut Faults) {
    let path = dir.display().to_string();
    let message = format!("the folder `{path}` cannot be read: {error}");
    faults.push(Fault::new(&path, 0..0, message, "this folder"));
}
