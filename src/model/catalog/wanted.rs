//! Of many rule sets only some: those that are asked for, and what they build on.

use std::collections::{BTreeSet, HashMap};

use super::{Catalog, Told};
use crate::model::check::lineage::{self, Draft};
use crate::model::check::{self, Folder, library};
use crate::model::fault::Faults;
use crate::model::places::{Place, folders};
use crate::model::tree::Table;

/// What a rule set's file names of others.
#[derive(Default)]
struct Names {
    rule_sets: Vec<String>,
    libraries: Vec<String>,
}

impl Catalog {
    /// The rule sets of these ids, what they build on, and everything outside the first place. `None` when an id stands
    /// for nothing or anything is wrong: who reads them all can tell it better.
    pub(super) fn of_some(places: &[Place], ids: &[String], told: Told) -> Option<Catalog> {
        let mut faults = Faults::new();
        let (drafts, libraries) = drafts(places, ids, &mut faults)?;
        let chosen = libraries.into_iter().filter_map(|name| find(places, library::FILE, &name));
        let catalog = Catalog::of_drafts(places, drafts, chosen.collect(), told, &mut faults);
        faults.is_empty().then_some(catalog)
    }
}

/// The files of the wanted rule sets, and the names of the libraries they use. Folders are named as what they hold, so
/// no other file is opened.
fn drafts<'p>(places: &'p [Place], ids: &[String], faults: &mut Faults) -> Option<(Vec<Draft<'p>>, BTreeSet<String>)> {
    let (_, own) = places.split_first()?;
    let of_own = |file: &'static str| folders(own).filter(move |folder| folder.files.contains_key(file));
    // A shipped one of the same name as a user's is read too, so that the second one is told.
    let mut wanted: Vec<String> = ids.to_vec();
    wanted.extend(of_own(check::FILE).map(|folder| folder.name.clone()));
    let mut libraries: BTreeSet<String> = of_own(library::FILE).map(|folder| folder.name.clone()).collect();
    let mut found: HashMap<&str, Draft> = HashMap::new();
    let mut next = 0;
    while let Some(name) = wanted.get(next).cloned() {
        next += 1;
        let mut held = folders(places).filter(|folder| folder.name == name && folder.files.contains_key(check::FILE));
        let folder = held.next()?;
        if held.next().is_some() {
            return None;
        }
        if found.contains_key(folder.name.as_str()) {
            continue;
        }
        let draft = lineage::draft(folder, faults)?;
        let names = names(&draft.document.root);
        wanted.extend(names.rule_sets);
        libraries.extend(names.libraries);
        found.insert(&folder.name, draft);
    }
    let mut drafts: Vec<Draft> = found.into_values().collect();
    drafts.sort_by(|a, b| a.folder.path.cmp(&b.folder.path));
    Some((drafts, libraries))
}

pub(super) fn find<'p>(places: &'p [Place], file: &str, name: &str) -> Option<&'p Folder> {
    folders(places).find(|folder| folder.name == name && folder.files.contains_key(file))
}

/// The parent, the rule sets whose results are taken, and the libraries that are used.
fn names(root: &Table) -> Names {
    let mut names = Names::default();
    names.rule_sets.extend(root.word("extends").map(str::to_owned));
    let changed = root.table("change").map(|change| change.entries("inputs")).unwrap_or_default();
    for entry in root.entries("inputs").iter().chain(changed) {
        let model = entry.node.as_table().and_then(|input| input.word("model"));
        names.rule_sets.extend(model.map(str::to_owned));
    }
    for entry in root.entries("uses") {
        let named = entry.node.as_table().and_then(|table| table.word("library"));
        names.libraries.push(named.unwrap_or(&entry.key).to_owned());
    }
    names
}
