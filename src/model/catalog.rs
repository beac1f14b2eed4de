//! All rule sets that can be run: the shipped ones, and users' own beside them.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::about::Foreign;
use super::agree::agree;
use super::cases::{self, Case};
use super::check::lineage::{self, Draft};
use super::check::{self, Checked, Folder, library};
use super::fault::{Fault, Faults};
use super::page;
use super::places::{Place, VOCABULARY, folders, place, read_place, shipped_place};
use super::registers::{self, Reason, Registers};
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
    /// What is not wrong, but should be looked at; empty when the catalogue was read for scoring only.
    pub warnings: Faults,
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

    /// As [`Catalog::load`], but a rule set in `dirs` takes the place of a shipped one of the same name: for comparing
    /// editions.
    ///
    /// # Errors
    ///
    /// Every fault of every file, and folders that cannot be read.
    pub fn in_place(dirs: &[PathBuf]) -> Result<Catalog, Faults> {
        let mut faults = Faults::new();
        let places: Vec<Place> = dirs.iter().filter_map(|dir| place(dir, &mut faults)).collect();
        let mut shipped = shipped_place();
        shipped.folders.retain(|folder| !folders(&places).any(|other| other.takes_place_of(folder)));
        Catalog::of(std::iter::once(shipped).chain(places).collect(), true, faults)
    }

    /// The ids of the rule sets in a folder: its own, or those of the folders in it.
    #[must_use]
    pub fn ids_in(&self, dir: &Path) -> Vec<String> {
        let Ok(place) = read_place(dir) else { return Vec::new() };
        let places = [place];
        let names = folders(&places).filter(|folder| folder.files.contains_key(check::FILE)).map(|folder| &folder.name);
        names.filter(|name| self.get(name).is_some()).cloned().collect()
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
        places.extend(dirs.iter().filter_map(|dir| place(dir, &mut faults)));
        Catalog::of(places, with_cases, faults)
    }

    fn of(places: Vec<Place>, with_cases: bool, mut faults: Faults) -> Result<Catalog, Faults> {
        let (vocabulary, shared) = vocabulary(&places, &mut faults);
        let libraries = libraries(&places, &vocabulary, &mut faults);
        let mut warnings = Faults::new();
        let look = with_cases.then(|| Look::new(&places, &mut faults, &mut warnings));
        let mut checked = Vec::new();
        for draft in lineage::drafts(folders(&places).filter(|f| f.files.contains_key(check::FILE)), &mut faults) {
            let mut one = check::rule_set(&draft, &vocabulary, &shared, &libraries, &mut faults);
            let mut cases = Vec::new();
            if let Some(look) = &look {
                cases = cases_beside(draft.folder, &one.set, &vocabulary, &mut faults);
                one.set.about.foreign = look.at(&draft, &one.set, &mut warnings);
            }
            checked.push((one, cases));
        }
        checked.sort_by(|(a, _), (b, _)| (&a.set.id, &a.file).cmp(&(&b.set.id, &b.file)));
        let (checked, cases): (Vec<Checked>, Vec<Vec<Case>>) = checked.into_iter().unzip();
        agree(&checked, &mut faults);
        let mut rule_sets: Vec<RuleSet> = checked.into_iter().map(|checked| checked.set).collect();
        if look.is_some() {
            tell_parents(&mut rule_sets, &vocabulary);
        }
        faults.or(Catalog { rule_sets, vocabulary, cases, warnings })
    }

    /// The code lists that the program carries.
    #[must_use]
    pub fn shipped_registers(faults: &mut Faults) -> Registers {
        registers_of(&[], faults)
    }
}

/// The code lists of the program, and those of every place added to them.
fn registers_of(places: &[Place], faults: &mut Faults) -> Registers {
    let mut registers = Registers::default();
    let shipped = shipped_place();
    let lists = |folder: &&Folder| folder.name == registers::FOLDER;
    let Some(first) = shipped.folders.iter().find(lists) else { return registers };
    registers.add(first, faults);
    // The shipped folder is one of the places, or a folder of the same files that someone named.
    for folder in folders(places).filter(lists).filter(|folder| folder.files != first.files) {
        registers.add(folder, faults);
    }
    registers
}

/// Looks up the codes of every file.
struct Look {
    registers: Registers,
    /// What each library says of its foreign codes.
    of_libraries: HashMap<String, Vec<Reason>>,
}

impl Look {
    /// Reads the code lists, and looks at libraries and vocabularies.
    fn new(places: &[Place], faults: &mut Faults, warnings: &mut Faults) -> Look {
        let mut look = Look { registers: registers_of(places, faults), of_libraries: HashMap::new() };
        // What is wrong in these files was told when they were read.
        let mut told = Faults::new();
        for (folder, name) in folders(places).flat_map(|folder| [(folder, library::FILE), (folder, VOCABULARY)]) {
            let Some(text) = folder.text(name, &mut told) else { continue };
            let Some(document) = Document::parse(&folder.path(name), text, &mut told) else { continue };
            let mut found = Faults::new();
            if name == VOCABULARY {
                registers::look_at_vocabulary(&document, &look.registers, &mut found);
            } else {
                registers::look(&document, beside(folder), None, &look.registers, &mut found);
                look.of_libraries.insert(folder.name.clone(), registers::reasons(&document));
            }
            keep(found, folder, name, warnings);
        }
        look
    }

    /// Looks at a rule set; gives the codes, its libraries' too, that cannot occur.
    fn at(&self, draft: &Draft, set: &RuleSet, warnings: &mut Faults) -> Vec<Foreign> {
        let mut found = Faults::new();
        let inherited = draft.parent.as_ref().map(|parent| &parent.span);
        registers::look(&draft.document, beside(draft.folder), inherited, &self.registers, &mut found);
        keep(found, draft.folder, check::FILE, warnings);
        let mut reasons = registers::reasons(&draft.document);
        for entry in draft.document.root.entries("uses") {
            let library = entry.node.as_table().and_then(|table| table.word("library")).unwrap_or(&entry.key);
            reasons.extend(self.of_libraries.get(library).into_iter().flatten().cloned());
        }
        registers::foreign(set, &reasons, &self.registers)
    }
}

/// `codes.csv` beside a file: its path and its text.
fn beside(folder: &Folder) -> registers::Beside<'_> {
    let text = folder.files.get(check::CODES).and_then(|bytes| std::str::from_utf8(bytes).ok())?;
    Some((folder.path(check::CODES), text))
}

/// Keeps what was found, with the texts that show it.
fn keep(found: Faults, folder: &Folder, name: &str, warnings: &mut Faults) {
    if found.is_empty() {
        return;
    }
    for name in [name, check::CODES] {
        if let Some(bytes) = folder.files.get(name) {
            warnings.add_source(&folder.path(name), &String::from_utf8_lossy(bytes));
        }
    }
    warnings.extend(found);
}

/// What each rule set does otherwise than the one it extends.
fn tell_parents(rule_sets: &mut [RuleSet], vocabulary: &Vocabulary) {
    for at in 0..rule_sets.len() {
        let Some(parent) = rule_sets[at].about.parent.clone() else { continue };
        if let Some(above) = rule_sets.iter().find(|set| set.id == parent.id) {
            let differences = page::differences(above, &rule_sets[at], vocabulary);
            rule_sets[at].about.parent = Some(super::about::Parent { differences, ..parent });
        }
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
