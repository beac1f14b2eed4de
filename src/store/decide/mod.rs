//! Taking in what the coordinator decided: read a file, check every row, and add all of it or nothing.

pub mod advice;
mod check;
pub mod fault;
pub mod raw;
mod settle;

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::access::Act;
use super::decision::{DecisionKind, Limits};
use super::entries::NewEntry;
use super::error::StoreError;
use super::file::Store;
use super::log::Access;
use super::resource::Resource;
use crate::clinical::{Day, Language};
use crate::model::vocabulary::Vocabulary;
pub use fault::{Fault, FaultKind};
use raw::Place;

/// Whom a decision file may name: the practice's register of today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registered {
    pub patient: String,
    pub name: String,
    pub birth: Option<Day>,
    /// Present, neither reserved nor shielded.
    pub listable: bool,
}

/// What a file is checked against.
#[derive(Clone, Copy)]
pub struct Terms<'a> {
    /// The day of taking in.
    pub on: Day,
    pub vocabulary: &'a Vocabulary,
    /// The practice's resources; empty when it keeps no table of them.
    pub resources: &'a [Resource],
    pub register: &'a [Registered],
    pub limits: Limits,
    /// Who decides, where the file does not say.
    pub by: &'a str,
    pub role: &'a str,
    /// UTC, by the caller's clock.
    pub at: &'a str,
    /// Numbers of entries that the file may replace.
    pub replace: &'a [i64],
}

/// What taking a file in did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taken {
    /// New decisions by kind.
    pub new: BTreeMap<DecisionKind, usize>,
    /// Rows that said what was known already.
    pub known: usize,
}

/// Why a file was not taken in; nothing of it was.
#[derive(Debug)]
pub enum Refused {
    /// Every fault, by row.
    Faults(Vec<Fault>),
    Store(StoreError),
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Refused {
        Refused::Store(error)
    }
}

impl Taken {
    /// Number of new decisions.
    #[must_use]
    pub fn added(&self) -> usize {
        self.new.values().sum()
    }
}

impl Refused {
    /// Every fault on a line of its own, in the practice's language, under the file's name; then the commands that would
    /// settle the conflicts.
    #[must_use]
    pub fn message(&self, asked: &advice::Asked, language: Language) -> String {
        match self {
            Refused::Store(error) => error.message(language),
            Refused::Faults(faults) => {
                let head = match language {
                    Language::Nb => "ble ikke tatt inn; ingen av radene er lagret",
                    Language::Nn => "vart ikkje teken inn; ingen av radene er lagra",
                    Language::En => "was not taken in; none of its rows is stored",
                };
                let lines = faults.iter().map(|fault| format!("\n  {}", fault.message(language)));
                let advice = advice::commands(faults, asked, language);
                format!("{} {head}:{}{advice}", asked.file.display(), lines.collect::<String>())
            }
        }
    }
}

/// Takes a file in whole, or not at all. One that was taken in before changes nothing.
///
/// # Errors
/// [`Refused`], with every fault of the file at once.
pub fn take(store: &mut Store, bytes: &[u8], name: &str, terms: Terms) -> Result<Taken, Refused> {
    let sha256 = sha256(bytes);
    let file = raw::read(bytes).map_err(Refused::Faults)?;
    if store.knows_file(&sha256)? {
        return Ok(Taken { known: file.rows.len(), ..Taken::default() });
    }
    let mut checked = check::Checked::default();
    for raw in &file.rows {
        check::row(raw, file.saved, store, terms, &mut checked)?;
    }
    if !checked.faults.is_empty() {
        checked.faults.sort();
        checked.faults.dedup();
        return Err(Refused::Faults(checked.faults));
    }
    let mut taken = Taken { known: checked.known, ..Taken::default() };
    store.write(|writing| -> Result<(), StoreError> {
        writing.note_file(&sha256, name, terms.at)?;
        for ready in checked.new {
            let replaces = ready.replaces.map_or_else(String::new, |number| format!(" replaces {number}"));
            let entry = ready.stored(writing, &sha256, terms.at)?;
            let about = format!("{}{replaces}", writing.decide(&entry)?);
            let (who, role) = (entry.by.as_str(), entry.role.as_str());
            let access = Access {
                at: terms.at,
                who,
                role,
                act: Act::Decision,
                about: &about,
                person: Some(entry.person),
                why: name,
            };
            writing.log(&access)?;
            *taken.new.entry(entry.decision.kind()).or_default() += 1;
        }
        Ok(())
    })?;
    Ok(taken)
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Someone who may not have a number in the store yet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Who {
    Known(i64),
    New(String),
}

/// A row in order.
#[derive(Debug, Clone)]
struct Ready {
    who: Who,
    place: Place,
    /// The entry that it takes the place of, where it was told to.
    replaces: Option<i64>,
    /// All but the person, the clock's word and the file.
    entry: NewEntry,
}

impl Ready {
    fn stored(self, writing: &super::file::Writing, sha256: &str, at: &str) -> Result<NewEntry, StoreError> {
        let person = match self.who {
            Who::Known(person) => person,
            Who::New(patient) => writing.person(&patient)?,
        };
        Ok(NewEntry { person, taken_at: at.to_owned(), file: Some(sha256.to_owned()), ..self.entry })
    }
}
