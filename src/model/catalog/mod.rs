//! All rule sets that can be run: the shipped ones, and users' own beside them.

mod look;
mod reading;
#[cfg(test)]
mod tests;
mod wanted;

use std::path::{Path, PathBuf};

use super::cases::Case;
use super::check;
use super::fault::Faults;
use super::places::{Place, folders, place, read_place, shipped_place};
use super::ruleset::{InputKind, RuleSet};
use super::vocabulary::Vocabulary;

/// Rule sets that agree with each other, and the words they share.
#[derive(Debug, Clone, Default)]
pub struct Catalog {
    /// By id, ascending.
    pub rule_sets: Vec<RuleSet>,
    pub vocabulary: Vocabulary,
    /// The cases of each rule set, in the same order; empty lists when they were left out.
    pub cases: Vec<Vec<Case>>,
    /// The libraries that rule sets build on, and their cases; empty when the catalogue was read for scoring only.
    pub libraries: Vec<Shared>,
    /// What is not wrong, but should be looked at; empty when the catalogue was read for scoring only.
    pub warnings: Faults,
}

/// A library: its inputs as a rule set without points, and the cases beside it.
#[derive(Debug, Clone)]
pub struct Shared {
    pub inputs: RuleSet,
    pub cases: Vec<Case>,
}

/// How much is told of each rule set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    /// What scoring needs.
    Meaning,
    /// The cases, the codes that cannot occur, and the differences from the parent too: several times the reading.
    Everything,
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
        Catalog::of(with_shipped(dirs), Told::Everything)
    }

    /// As [`Catalog::load`], without the cases: scoring needs none, and they are more than half of the reading.
    ///
    /// # Errors
    ///
    /// Every fault of every file but those of cases, and folders that cannot be read.
    pub fn without_cases(dirs: &[PathBuf]) -> Result<Catalog, Faults> {
        Catalog::of(with_shipped(dirs), Told::Meaning)
    }

    /// As [`Catalog::without_cases`], but of the shipped rule sets only those of these ids and what they build on. Every
    /// rule set in `dirs` is read. When an id stands for nothing, or anything is wrong, all are read, so that the faults
    /// and the known names are those of the whole.
    ///
    /// # Errors
    ///
    /// As [`Catalog::without_cases`].
    pub fn of_ids(dirs: &[PathBuf], ids: &[String]) -> Result<Catalog, Faults> {
        Catalog::of_few(with_shipped(dirs), ids, Told::Meaning)
    }

    /// As [`Catalog::of_ids`], but a name that no rule set has is passed over: scores may well be somebody else's.
    ///
    /// # Errors
    ///
    /// As [`Catalog::without_cases`].
    pub fn of_known(dirs: &[PathBuf], names: &[String]) -> Result<Catalog, Faults> {
        let (places, faults) = with_shipped(dirs);
        let known = |name: &&String| wanted::find(&places, check::FILE, name).is_some();
        let ids: Vec<String> = names.iter().filter(known).cloned().collect();
        Catalog::of_few((places, faults), &ids, Told::Meaning)
    }

    /// As [`Catalog::load`], but of the shipped rule sets only this one and what it builds on.
    ///
    /// # Errors
    ///
    /// As [`Catalog::load`].
    pub fn of_one(dirs: &[PathBuf], id: &str) -> Result<Catalog, Faults> {
        Catalog::of_few(with_shipped(dirs), &[id.to_owned()], Told::Everything)
    }

    /// Only these where that can be, else all.
    fn of_few((places, faults): (Vec<Place>, Faults), ids: &[String], told: Told) -> Result<Catalog, Faults> {
        let few = faults.is_empty().then(|| Catalog::of_some(&places, ids, told)).flatten();
        few.map_or_else(|| Catalog::of((places, faults), told), Ok)
    }

    /// As [`Catalog::load`], but a rule set in `dirs` takes the place of a shipped one of the same name: for comparing
    /// editions.
    ///
    /// # Errors
    ///
    /// Every fault of every file, and folders that cannot be read.
    pub fn in_place(dirs: &[PathBuf]) -> Result<Catalog, Faults> {
        let (own, faults) = places(dirs);
        let mut shipped = shipped_place();
        shipped.folders.retain(|folder| !folders(&own).any(|other| other.takes_place_of(folder)));
        Catalog::of((std::iter::once(shipped).chain(own).collect(), faults), Told::Everything)
    }

    /// Only the rule sets in `dirs`, which must hold a vocabulary too.
    ///
    /// # Errors
    ///
    /// Every fault of every file, and folders that cannot be read.
    pub fn load_alone(dirs: &[PathBuf]) -> Result<Catalog, Faults> {
        Catalog::of(places(dirs), Told::Everything)
    }

    /// The ids of the rule sets in a folder: its own, or those of the folders in it.
    #[must_use]
    pub fn ids_in(&self, dir: &Path) -> Vec<String> {
        let Ok(place) = read_place(dir) else { return Vec::new() };
        let places = [place];
        let names = folders(&places).filter(|folder| folder.files.contains_key(check::FILE)).map(|folder| &folder.name);
        names.filter(|name| self.get(name).is_some()).cloned().collect()
    }

    /// The rule set of this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&RuleSet> {
        self.rule_sets.iter().find(|set| set.id == id)
    }
}

/// The places of users, and what cannot be read of them.
fn places(dirs: &[PathBuf]) -> (Vec<Place>, Faults) {
    let mut faults = Faults::new();
    let places = dirs.iter().filter_map(|dir| place(dir, &mut faults)).collect();
    (places, faults)
}

fn with_shipped(dirs: &[PathBuf]) -> (Vec<Place>, Faults) {
    let (mut places, faults) = places(dirs);
    places.insert(0, shipped_place());
    (places, faults)
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
