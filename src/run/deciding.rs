//! Taking in decisions: one file that is named, or all that lie in the inbox.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::disk;
use super::extracting::JOURNAL;
use super::failure::Failure;
use super::lock::RunLock;
use super::memory;
use super::publish::Output;
use super::rules::{self, Rules};
use crate::clinical::Day;
use crate::extract::Profile;
use crate::journal::whole::{self, Member};
use crate::outreach::Standing;
use crate::outreach::standing::Register;
use crate::store::decide::{self, Registered, Taken, Terms};
use crate::store::{Reservation, Resource, Store};

/// The folder in the inbox that files go to when they were taken in.
const TAKEN: &str = "taken";

/// What is said beside the file.
#[derive(Debug, Clone, Copy, Default)]
pub struct Said<'a> {
    /// Who decided, where the file does not say.
    pub by: &'a str,
    pub role: &'a str,
    /// Numbers of entries that the file may replace.
    pub replace: &'a [i64],
}

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Deciding<'a> {
    pub profile: &'a Path,
    pub file: &'a Path,
    pub said: Said<'a>,
    pub as_of: Option<Day>,
    pub today: Day,
    /// UTC.
    pub now: &'a str,
}

/// Takes one file in, whole or not at all.
///
/// # Errors
/// Every fault of the file; nothing of it is then stored.
pub fn take(asked: &Deciding) -> Result<Taken, Failure> {
    let profile = Profile::load(asked.profile).map_err(Failure::Profile)?;
    let rules = rules::chosen(&profile)?;
    let output = Output::open(&profile.practice.output)?;
    let _lock = RunLock::take(output.root())?;
    let mut store = memory::open(&profile, &output, asked.now)?;
    let on = asked.as_of.or(profile.practice.as_of).unwrap_or(asked.today);
    let resources = memory::resources(&profile, Some(&rules.policy))?.unwrap_or_default();
    let desk = Desk::of(&profile, &rules, &resources, &output, &store, on, asked.now)?;
    desk.take(&mut store, asked.file, asked.said)
}

/// What decisions are held against.
pub struct Desk<'a> {
    profile: &'a Profile,
    rules: &'a Rules,
    resources: &'a [Resource],
    register: Vec<Registered>,
    on: Day,
    now: &'a str,
}

impl<'a> Desk<'a> {
    /// The register is the newest published run's.
    ///
    /// # Errors
    /// When the register cannot be read.
    pub fn of(
        profile: &'a Profile,
        rules: &'a Rules,
        resources: &'a [Resource],
        output: &Output,
        store: &Store,
        on: Day,
        now: &'a str,
    ) -> Result<Desk<'a>, Failure> {
        let journal = output.latest().map(|run| run.path.join(JOURNAL)).filter(|journal| journal.is_dir());
        let members = journal.map_or(Ok(Vec::new()), |journal| whole::members(&journal))?;
        let reservations = store.reservations().map_err(|error| memory::told(&error, profile.practice.language))?;
        Ok(Desk { profile, rules, resources, register: register(&members, &reservations, on), on, now })
    }

    /// Takes one file in.
    ///
    /// # Errors
    /// Every fault of the file.
    pub fn take(&self, store: &mut Store, file: &Path, said: Said) -> Result<Taken, Failure> {
        let Said { by, role, replace } = said;
        let bytes = fs::read(file).map_err(disk::at("read", file))?;
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let Desk { rules, resources, register, on, now, .. } = self;
        let (vocabulary, limits) = (&rules.vocabulary, rules.policy.decisions.limits());
        let terms = Terms { on: *on, vocabulary, resources, register, limits, by, role, at: now, replace };
        let told = decide::advice::Asked { practice: &self.profile.file, file };
        let refused =
            |refused: decide::Refused| Failure::Decisions(refused.message(&told, self.profile.practice.language));
        decide::take(store, &bytes, &name, terms).map_err(refused)
    }

    /// Takes every file of the inbox into a store that is only tried out, and leaves the files where they are; gives
    /// how many files and decisions that is, and what each of the others says.
    ///
    /// # Errors
    /// When the inbox cannot be read.
    pub fn try_inbox(&self, trial: &mut Store) -> Result<(usize, usize, Vec<Failure>), Failure> {
        let Some(inbox) = self.profile.memory.inbox.as_ref().filter(|inbox| inbox.exists()) else {
            return Ok((0, 0, Vec::new()));
        };
        let (mut files, mut decisions, mut failures) = (0, 0, Vec::new());
        for file in waiting(inbox)? {
            match self.take(trial, &file, Said::default()) {
                Ok(taken) => (files, decisions) = (files + 1, decisions + taken.added()),
                Err(failure) => failures.push(failure),
            }
        }
        Ok((files, decisions, failures))
    }

    /// Takes in every file of the inbox, in the order of their names, and moves each into `taken`.
    ///
    /// # Errors
    /// Which file could not be taken in, and all its faults. No list may then be made; those before it are taken in.
    pub fn empty_inbox(&self, store: &mut Store) -> Result<usize, Failure> {
        let Some(inbox) = &self.profile.memory.inbox else { return Ok(0) };
        disk::make_folder(inbox)?;
        let mut added = 0;
        for file in waiting(inbox)? {
            added += self.take(store, &file, Said::default())?.added();
            put_away(inbox, &file)?;
        }
        Ok(added)
    }
}

/// Whom a file may add by hand.
fn register(members: &[Member], reservations: &BTreeMap<String, Reservation>, on: Day) -> Vec<Registered> {
    let register = Register::new(members, on, reservations);
    let registered = |member: &Member| Registered {
        patient: member.id.clone(),
        name: member.name.clone(),
        birth: member.person.birth,
        listable: Standing::of_member(member, &register) == Standing::Listable,
    };
    members.iter().map(registered).collect()
}

/// Hidden files and those that a spreadsheet has open are not looked at.
fn waiting(inbox: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for entry in fs::read_dir(inbox).map_err(disk::at("read the folder", inbox))? {
        let path = entry.map_err(disk::at("read the folder", inbox))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_file() && !name.starts_with('.') && !name.starts_with("~$") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// A file of the same name is never replaced.
fn put_away(inbox: &Path, file: &Path) -> Result<(), Failure> {
    let folder = inbox.join(TAKEN);
    disk::make_folder(&folder)?;
    let name = file.file_name().unwrap_or_default();
    let (stem, extension) = (
        file.file_stem().unwrap_or_default().to_string_lossy(),
        file.extension().unwrap_or_default().to_string_lossy(),
    );
    let numbered = (2..).map(|number| folder.join(format!("{stem}-{number}.{extension}")));
    let target = std::iter::once(folder.join(name)).chain(numbered).find(|path| !path.exists());
    if let Some(target) = target {
        disk::rename(file, &target)?;
    }
    Ok(())
}
