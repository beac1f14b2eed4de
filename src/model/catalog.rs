//! All rule sets that can be run: the shipped ones, and users' own beside them.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::cases::{self, Case};
use super::check::{self, Checked, Folder, library};
use super::fault::{Fault, Faults};
use super::report::Report;
use super::ruleset::{InputKind, RuleSet};
use super::tree::Document;
use super::vocabulary::Vocabulary;

/// Rule sets that agree with each other, and the words they share.
#[derive(Debug, Clone, Default)]
pub struct Catalog {
    /// By id, ascending.
    pub rule_sets: Vec<RuleSet>,
    pub vocabulary: Vocabulary,
    /// The cases of each rule set, in the same order; empty lists when they were left out.
    pub cases: Vec<Vec<Case>>,
}

/// Every file under `models/`, by its path there.
static SHIPPED: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/shipped.rs"));

const VOCABULARY: &str = "vocabulary.toml";
/// The files that are ours; a folder may hold others, large ones too.
const FILES: &[&str] = &[check::FILE, library::FILE, cases::FILE, VOCABULARY, "codes.csv"];

/// Folders of one place: the shipped ones, or one that the user names.
struct Place {
    /// The folder itself: the vocabulary, or a single rule set.
    root: Folder,
    folders: Vec<Folder>,
}

impl Catalog {
    /// The rule sets that the program carries.
    ///
    /// # Errors
    ///
    /// Every fault of every shipped file.
    pub fn shipped() -> Result<Catalog, Faults> {
        Catalog::load(&[])
    }

    /// The shipped rule sets and those in `dirs`: folders of rule sets, or a rule set's own folder.
    ///
    /// # Errors
    ///
    /// Every fault of every file, and folders that cannot be read.
    pub fn load(dirs: &[PathBuf]) -> Result<Catalog, Faults> {
        Catalog::read(true, dirs, true)
    }

    /// As [`Catalog::load`], without the cases: scoring needs none, and they are more than half of the reading.
    ///
    /// # Errors
    ///
    /// Every fault of every file but those of cases, and folders that cannot be read.
    pub fn without_cases(dirs: &[PathBuf]) -> Result<Catalog, Faults> {
        Catalog::read(true, dirs, false)
    }

    /// Only the rule sets in `dirs`, which must hold a vocabulary too.
    ///
    /// # Errors
    ///
    /// Every fault of every file, and folders that cannot be read.
    pub fn load_alone(dirs: &[PathBuf]) -> Result<Catalog, Faults> {
        Catalog::read(false, dirs, true)
    }

    /// The rule set of this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&RuleSet> {
        self.rule_sets.iter().find(|set| set.id == id)
    }

    fn read(shipped: bool, dirs: &[PathBuf], with_cases: bool) -> Result<Catalog, Faults> {
        let mut faults = Faults::new();
        let mut places = Vec::new();
        if shipped {
            places.push(shipped_place());
        }
        for dir in dirs {
            match read_place(dir) {
                Ok(place) => places.push(place),
                Err(error) => unreadable(dir, &error, &mut faults),
            }
        }
        let (vocabulary, shared) = vocabulary(&places, &mut faults);
        let libraries = libraries(&places, &vocabulary, &mut faults);
        let mut checked = Vec::new();
        for folder in folders(&places).filter(|folder| folder.files.contains_key(check::FILE)) {
            let Some(one) = check::rule_set(folder, &vocabulary, &shared, &libraries, &mut faults) else { continue };
            let cases = if with_cases { cases_beside(folder, &one.set, &vocabulary, &mut faults) } else { Vec::new() };
            checked.push((one, cases));
        }
        checked.sort_by(|(a, _), (b, _)| (&a.set.id, &a.file).cmp(&(&b.set.id, &b.file)));
        let (checked, cases): (Vec<Checked>, Vec<Vec<Case>>) = checked.into_iter().unzip();
        agree(&checked, &mut faults);
        let rule_sets = checked.into_iter().map(|checked| checked.set).collect();
        faults.or(Catalog { rule_sets, vocabulary, cases })
    }
}

/// The ids, and those of every rule set whose result they take, directly or through others.
#[must_use]
pub fn with_foundations(ids: &[String], rule_sets: &[RuleSet]) -> Vec<String> {
    let mut wanted = ids.to_vec();
    let mut next = 0;
    while let Some(id) = wanted.get(next).cloned() {
        next += 1;
        for input in rule_sets.iter().filter(|set| set.id == id).flat_map(|set| &set.inputs) {
            if let InputKind::Model(asked) = &input.kind
                && !wanted.contains(&asked.id)
            {
                wanted.push(asked.id.clone());
            }
        }
    }
    wanted
}

fn folders(places: &[Place]) -> impl Iterator<Item = &Folder> {
    places.iter().flat_map(|place| std::iter::once(&place.root).chain(&place.folders))
}

fn shipped_place() -> Place {
    let mut root = Folder { path: "models".to_owned(), name: "models".to_owned(), files: BTreeMap::new() };
    let mut folders: BTreeMap<&str, Folder> = BTreeMap::new();
    for (path, bytes) in SHIPPED {
        let Some((name, file)) = path.split_once('/') else {
            root.files.insert((*path).to_owned(), bytes.to_vec());
            continue;
        };
        let empty = || Folder { path: format!("models/{name}"), name: name.to_owned(), files: BTreeMap::new() };
        folders.entry(name).or_insert_with(empty).files.insert(file.to_owned(), bytes.to_vec());
    }
    Place { root, folders: folders.into_values().collect() }
}

fn read_place(dir: &Path) -> io::Result<Place> {
    let mut paths: Vec<PathBuf> = fs::read_dir(dir)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    paths.sort();
    let folders = paths.iter().filter(|path| path.is_dir()).map(|path| read_folder(path)).collect::<io::Result<_>>()?;
    Ok(Place { root: read_folder(dir)?, folders })
}

fn read_folder(dir: &Path) -> io::Result<Folder> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if let Some(name) = path.file_name().and_then(|name| name.to_str()).filter(|name| FILES.contains(name)) {
            files.insert(name.to_owned(), fs::read(&path)?);
        }
    }
    // `models/` and `.` have a last part only once they are made absolute.
    let full = dir.canonicalize()?;
    let name = full.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    Ok(Folder { path: dir.display().to_string().trim_end_matches('/').to_owned(), name, files })
}

fn unreadable(dir: &Path, error: &io::Error, faults: &mut Faults) {
    let path = dir.display().to_string();
    let message = format!("the folder `{path}` cannot be read: {error}");
    faults.push(Fault::new(&path, 0..0, message, "this folder"));
}

/// The vocabulary, later places over earlier ones, and its files for the hash.
fn vocabulary(places: &[Place], faults: &mut Faults) -> (Vocabulary, Vec<(String, Vec<u8>)>) {
    let mut vocabulary = Vocabulary::default();
    let mut files = Vec::new();
    let mut first = None;
    for root in places.iter().map(|place| &place.root) {
        let Some(bytes) = root.files.get(VOCABULARY) else { continue };
        files.push((VOCABULARY.to_owned(), bytes.clone()));
        let document =
            root.text(VOCABULARY, faults).and_then(|text| Document::parse(&root.path(VOCABULARY), text, faults));
        if let Some(document) = document {
            vocabulary.add(&document, faults);
            first.get_or_insert(document);
        }
    }
    match first {
        Some(document) => vocabulary.complete(&document, faults),
        None if files.is_empty() => {
            let place = places.first().map_or("models", |place| place.root.path.as_str());
            faults.push(Fault::new(place, 0..0, format!("there is no `{VOCABULARY}`"), "in this folder"));
        }
        None => {}
    }
    (vocabulary, files)
}

fn libraries(places: &[Place], vocabulary: &Vocabulary, faults: &mut Faults) -> library::Libraries {
    let mut libraries = library::Libraries::new();
    for folder in folders(places).filter(|folder| folder.files.contains_key(library::FILE)) {
        let Some(library) = library::read(folder, vocabulary, faults) else { continue };
        let file = folder.path(library::FILE);
        if libraries.contains_key(&library.id) {
            let message = format!("there are two libraries `{}`", library.id);
            faults.push(Fault::new(&file, 0..0, message, "the second one").help("give this one another name"));
        }
        libraries.entry(library.id.clone()).or_insert(library);
    }
    libraries
}

fn cases_beside(folder: &Folder, set: &RuleSet, vocabulary: &Vocabulary, faults: &mut Faults) -> Vec<Case> {
    match folder.text(cases::FILE, faults) {
        Some(text) => cases::read(&folder.path(cases::FILE), text, set, vocabulary, faults),
        None => Vec::new(),
    }
}

/// What only all rule sets together can tell: ids twice, others that are not there, circles.
fn agree(checked: &[Checked], faults: &mut Faults) {
    for pair in checked.windows(2).filter(|pair| pair[0].set.id == pair[1].set.id) {
        let (first, second) = (&pair[0], &pair[1]);
        let message = format!("two rule sets have the id `{}`: {} and {}", first.set.id, first.file, second.file);
        let fault = Fault::new(&second.file, second.id_span.clone(), message, "the second one");
        faults.push(fault.help("give this one another id, and its folder too"));
    }
    let ids: Vec<&str> = checked.iter().map(|checked| checked.set.id.as_str()).collect();
    let place = |id: &str| ids.iter().position(|known| *known == id);
    let mut needs = Vec::with_capacity(checked.len());
    for one in checked {
        let mut report = Report::new(&one.file, faults);
        for mention in &one.models {
            match place(&mention.id) {
                Some(other) => bands_exist(mention, &checked[other].set, &mut report),
                None => report.unknown(&mention.span, "rule set", &mention.id, ids.iter().copied()),
            }
        }
        needs.push(one.models.iter().filter_map(|mention| place(&mention.id)).collect());
    }
    for circle in check::sort_by_needs(&needs).1 {
        let path = check::name_circle(&circle, |at| format!("`{}`", ids[at]));
        let one = &checked[circle[0]];
        let message = format!("rule sets take each other's results in a circle: {path}");
        faults.push(Fault::new(&one.file, one.id_span.clone(), message, "takes its own result"));
    }
}

fn bands_exist(mention: &check::ModelMention, other: &RuleSet, report: &mut Report) {
    for (name, span) in &mention.bands {
        if !other.bands.iter().any(|band| band.name == *name) {
            let what = format!("band of `{}`", other.id);
            report.unknown(span, &what, name, other.bands.iter().map(|band| band.name.as_str()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_rule_sets_are_without_fault() {
        let catalog = Catalog::shipped().unwrap_or_else(|faults| panic!("{faults}"));
        assert!(catalog.rule_sets.is_sorted_by(|a, b| a.id < b.id));
        assert!(!catalog.vocabulary.tasks.is_empty());
    }

    #[test]
    fn a_rule_set_brings_those_it_builds_on() {
        let catalog = Catalog::shipped().unwrap_or_else(|faults| panic!("{faults}"));
        let asks = |set: &RuleSet| {
            set.inputs.iter().find_map(|input| match &input.kind {
                InputKind::Model(asked) => Some(asked.id.clone()),
                _ => None,
            })
        };
        let (id, asked) = catalog.rule_sets.iter().find_map(|set| Some((set.id.clone(), asks(set)?))).unwrap();
        assert_eq!(with_foundations(std::slice::from_ref(&id), &catalog.rule_sets), [id, asked]);
    }
}
