//! From folders to a catalogue, with every fault gathered.

use super::look::Look;
use super::{Catalog, Shared, Told};
use crate::model::agree::agree;
use crate::model::cases::{self, Case};
use crate::model::check::lineage::{self, Draft};
use crate::model::check::{self, Bytes, Checked, Folder, library};
use crate::model::fault::{Fault, Faults};
use crate::model::page;
use crate::model::places::{Place, VOCABULARY, folders};
use crate::model::ruleset::RuleSet;
use crate::model::tree::Document;
use crate::model::vocabulary::Vocabulary;

impl Catalog {
    /// Everything in these places; what could not be read of them was told before.
    pub(super) fn of((places, mut faults): (Vec<Place>, Faults), told: Told) -> Result<Catalog, Faults> {
        let rule_sets = folders(&places).filter(|folder| folder.files.contains_key(check::FILE));
        let drafts = rule_sets.filter_map(|folder| lineage::draft(folder, &mut faults)).collect();
        let libraries = folders(&places).filter(|folder| folder.files.contains_key(library::FILE)).collect();
        let catalog = Catalog::of_drafts(&places, drafts, libraries, told, &mut faults);
        faults.or(catalog)
    }

    /// These rule sets, with these libraries.
    pub(super) fn of_drafts(
        places: &[Place],
        drafts: Vec<Draft>,
        libraries: Vec<&Folder>,
        told: Told,
        faults: &mut Faults,
    ) -> Catalog {
        let (vocabulary, shared) = vocabulary(places, faults);
        let (folders, libraries) = (libraries.clone(), self::libraries(libraries, &vocabulary, faults));
        let mut warnings = Faults::new();
        let look = (told == Told::Everything).then(|| Look::new(places, faults, &mut warnings));
        let mut checked = Vec::new();
        for draft in lineage::joined(drafts, faults) {
            let mut one = check::rule_set(&draft, &vocabulary, &shared, &libraries, faults);
            let mut cases = Vec::new();
            if let Some(look) = &look {
                cases = cases_beside(draft.folder, &one.set, &vocabulary, faults);
                one.set.about.foreign = look.at(&draft, &one.set, &mut warnings);
            }
            checked.push((one, cases));
        }
        checked.sort_by(|(a, _), (b, _)| (&a.set.id, &a.file).cmp(&(&b.set.id, &b.file)));
        let (checked, cases): (Vec<Checked>, Vec<Vec<Case>>) = checked.into_iter().unzip();
        agree(&checked, faults);
        let mut rule_sets: Vec<RuleSet> = checked.into_iter().map(|checked| checked.set).collect();
        let mut libraries_told = Vec::new();
        if look.is_some() {
            tell_parents(&mut rule_sets, &vocabulary);
            libraries_told = tell_libraries(&folders, &libraries, &vocabulary, faults);
        }
        Catalog { rule_sets, vocabulary, cases, libraries: libraries_told, warnings }
    }
}

/// What each rule set does otherwise than the one it extends.
fn tell_parents(rule_sets: &mut [RuleSet], vocabulary: &Vocabulary) {
    for at in 0..rule_sets.len() {
        let Some(parent) = rule_sets[at].about.parent.clone() else { continue };
        if let Some(above) = rule_sets.iter().find(|set| set.id == parent.id) {
            let differences = page::differences(above, &rule_sets[at], vocabulary);
            rule_sets[at].about.parent = Some(crate::model::about::Parent { differences, ..parent });
        }
    }
}

/// The libraries as they can be asked and shown, by id.
fn tell_libraries(
    folders: &[&Folder],
    libraries: &library::Libraries,
    vocabulary: &Vocabulary,
    faults: &mut Faults,
) -> Vec<Shared> {
    let mut told = Vec::new();
    for folder in folders {
        if let Some(library) = libraries.get(&folder.name) {
            let inputs = library.as_rule_set();
            let cases = cases_beside(folder, &inputs, vocabulary, faults);
            told.push(Shared { inputs, cases });
        }
    }
    told.sort_by(|a, b| a.inputs.id.cmp(&b.inputs.id));
    told
}

/// The vocabulary, later places over earlier ones, and its files for the hash.
fn vocabulary(places: &[Place], faults: &mut Faults) -> (Vocabulary, Vec<(String, Bytes)>) {
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

fn libraries(folders: Vec<&Folder>, vocabulary: &Vocabulary, faults: &mut Faults) -> library::Libraries {
    let mut libraries = library::Libraries::new();
    for folder in folders {
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
