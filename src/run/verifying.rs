//! Looking at the list again before it is used: who on it died, moved, reserved herself or declined since.

use std::collections::BTreeMap;
use std::path::Path;

use super::disk::Temporary;
use super::failure::Failure;
use super::memory::{self, told};
use super::publish::Output;
use crate::clinical::{Day, Language};
use crate::extract::{ExtractError, Profile};
use crate::journal::tables::Table;
use crate::journal::whole::{self, Member};
use crate::outreach::Standing;
use crate::outreach::standing::Register;
use crate::report::cells;
use crate::store::log::Access;
use crate::store::{Act, Decision, ListedRow, Section, Store, StoreError};

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Verifying<'a> {
    pub profile: &'a Path,
    pub as_of: Option<Day>,
    pub today: Day,
    /// UTC.
    pub now: &'a str,
    pub who: &'a str,
}

/// What was found.
#[derive(Debug)]
pub struct Verified {
    /// Name of the run that was looked at.
    pub run: String,
    pub rows: usize,
    pub struck: Vec<Struck>,
}

/// A row to be struck from the list. Names nobody: initials and place are what the printed list has, the key its files.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Struck {
    pub section: Section,
    pub rank: usize,
    pub initials: String,
    pub gp: String,
    pub key: String,
    pub why: Why,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// Dead, moved, or off the practice's list.
    Left,
    /// Not in today's register, or of a status that is not known.
    Unknown,
    Reserved,
    Shielded,
    Declined,
}

impl Why {
    #[must_use]
    pub fn words(self, language: Language) -> &'static str {
        let words = match self {
            Why::Left => {
                ["død, flyttet eller ikke på listen", "død, flytta eller ikkje på lista", "dead, moved or off the list"]
            }
            Why::Unknown => [
                "ikke i registeret, eller ukjent status",
                "ikkje i registeret, eller ukjend status",
                "not in the register, or of unknown status",
            ],
            Why::Reserved => ["reservert", "reservert", "opted out"],
            Why::Shielded => ["skjermet", "skjerma", "shielded"],
            Why::Declined => ["har takket nei", "har takka nei", "has declined"],
        };
        match language {
            Language::Nb => words[0],
            Language::Nn => words[1],
            Language::En => words[2],
        }
    }
}

/// Reads the register anew and holds the newest list against it. Nothing is published; the access log hears of it.
///
/// `None` when no list was made yet.
///
/// # Errors
/// When the register or the store cannot be read: the list is then not verified.
pub fn verify(asked: &Verifying) -> Result<Option<Verified>, Failure> {
    let profile = Profile::load(asked.profile).map_err(Failure::Profile)?;
    let language = profile.practice.language;
    let Some(mut store) = memory::look(&profile)? else { return Ok(None) };
    let output = Output::existing(&profile.practice.output)?;
    let Some(latest) = output.latest() else { return Ok(None) };
    let run = store.run(&latest.name()).map_err(|error| told(&error, language))?;
    let Some(run) = run else { return Ok(None) };
    let on = asked.as_of.or(profile.practice.as_of).unwrap_or(asked.today);
    let members = register(&profile, on)?;
    let struck = struck(&store, &run.rows, &members, on).map_err(|error| told(&error, language))?;
    let about = format!("{}: {} of {}", run.name, struck.len(), run.rows.len());
    let access = Access {
        at: asked.now,
        who: asked.who,
        role: "",
        act: Act::Verify,
        about: &about,
        person: None,
        why: "before use",
    };
    store.write(|writing| writing.log(&access)).map_err(|error: StoreError| told(&error, language))?;
    Ok(Some(Verified { run: run.name, rows: run.rows.len(), struck }))
}

/// The patients table alone: the quickest that can tell who left.
fn register(profile: &Profile, on: Day) -> Result<Vec<Member>, Failure> {
    let mut patients = profile.clone();
    patients.tables.retain(|source| source.table == Table::Patients);
    let temporary = Temporary::of_system()?;
    crate::extract::read(&patients, on, temporary.path(), &|_| {}).map_err(|error| match error {
        ExtractError::Files(faults) => Failure::Extract(faults.message(profile.practice.language)),
        ExtractError::Store(error) => Failure::Journal(error),
    })?;
    Ok(whole::members(temporary.path())?)
}

fn struck(store: &Store, rows: &[ListedRow], members: &[Member], on: Day) -> Result<Vec<Struck>, StoreError> {
    let reservations = store.reservations()?;
    let register = Register::new(members, on, &reservations);
    let members: BTreeMap<&str, &Member> = members.iter().map(|member| (member.id.as_str(), member)).collect();
    let standing = store.standing(i64::MAX)?;
    let mut struck = Vec::new();
    for row in rows {
        let decision = standing.get(&row.patient).map(|entry| &entry.decision);
        let declined = matches!(decision, Some(Decision::Declined { .. }));
        if let Some(why) = why(members.get(row.patient.as_str()).copied(), &register, declined) {
            let name = members.get(row.patient.as_str()).map_or("", |member| &member.name);
            struck.push(Struck {
                section: row.section,
                rank: row.rank,
                initials: cells::initials(name),
                gp: row.gp.clone(),
                key: row.key.clone(),
                why,
            });
        }
    }
    struck.sort();
    Ok(struck)
}

fn why(member: Option<&Member>, register: &Register, declined: bool) -> Option<Why> {
    let Some(member) = member else { return Some(Why::Unknown) };
    match Standing::of_member(member, register) {
        Standing::Left => Some(Why::Left),
        Standing::UnknownStatus => Some(Why::Unknown),
        Standing::Shielded => Some(Why::Shielded),
        Standing::Reserved => Some(Why::Reserved),
        Standing::Listable | Standing::GpOnly | Standing::Elsewhere => declined.then_some(Why::Declined),
    }
}
