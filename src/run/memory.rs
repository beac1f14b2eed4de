//! The store beside the runs: opened under the run's lock, and brought to agree with what is published.
//!
//! A run is placed under its final name, then kept in the store, then pointed at. Killed between the first two, the next
//! run finds a whole folder that the store does not know, and keeps it from its own record; killed between the last two,
//! it lets the pointer name the newest run that is kept. So nothing is lost, and nothing is kept twice.

use std::fs;
use std::path::{Path, PathBuf};

use super::disk;
use super::failure::Failure;
use super::files::PLAIN;
use super::lock::RunLock;
use super::manifest::{self, LogHead};
use super::publish::{Draft, Output, Placed, Published};
use crate::clinical::{Day, Language};
use crate::extract::Profile;
use crate::outreach::Policy;
use crate::score::batch::{CONTRIBUTIONS, SCORES};
use crate::store::log::Access;
use crate::store::resources::Roles;
use crate::store::{Act, Resource, RunRecord, Store, StoreError, Writing};

/// What a run leaves for the store, in its folder.
const RECORD: &str = "remembered.json";
const STORE: &str = "store.sqlite";
/// What other programs take from a run, with people in it.
const FOR_PROGRAMS: [&str; 3] = [PLAIN, SCORES, CONTRIBUTIONS];
/// Tables of resources that are looked for beside the profile.
const RESOURCES: [&str; 4] = ["resources.xlsx", "ressurser.xlsx", "resources.csv", "ressurser.csv"];

/// Where a practice's store is.
#[must_use]
pub fn path(profile: &Profile) -> PathBuf {
    profile.memory.store.clone().unwrap_or_else(|| profile.practice.output.join(STORE))
}

/// Opens the practice's store, or makes it when no list was ever made with one, and mends what a killed run left.
///
/// The caller holds the run's lock.
///
/// # Errors
/// When the store is damaged, locked, newer, somebody else's or lost.
pub fn open(profile: &Profile, output: &Output, at: &str) -> Result<Store, Failure> {
    let language = profile.practice.language;
    let path = path(profile);
    let known = output.published().into_iter().filter(|run| run.path.join(RECORD).is_file()).collect::<Vec<_>>();
    if !path.exists() && !known.is_empty() {
        return Err(told(&StoreError::Lost { path }, language));
    }
    let mut store = Store::open(&path).map_err(|error| told(&error, language))?;
    for run in &known {
        if !store.has_run(&run.name()).map_err(|error| told(&error, language))? {
            keep(&mut store, run, &read(run)?, None, at).map_err(|error| told(&error, language))?;
        }
    }
    point(&store, output, language)?;
    Ok(store)
}

/// A copy of the store in `folder`, or an empty one, to try out what a run would do.
///
/// # Errors
/// As [`open`]; the store itself is only read.
pub fn trial(profile: &Profile, output: &Output, folder: &Path) -> Result<Store, Failure> {
    let language = profile.practice.language;
    let path = path(profile);
    if !path.exists() && output.published().iter().any(|run| run.path.join(RECORD).is_file()) {
        return Err(told(&StoreError::Lost { path }, language));
    }
    Store::copied(&path, &folder.join(STORE)).map_err(|error| told(&error, language))
}

/// The store as it is, without the run's lock, for those who only look; `None` when there is none.
///
/// # Errors
/// As [`open`].
pub fn look(profile: &Profile) -> Result<Option<Store>, Failure> {
    Store::existing(&path(profile)).map_err(|error| told(&error, profile.practice.language))
}

/// Tells the access log that one patient was explained.
///
/// # Errors
/// When the store cannot be written: nobody is shown what cannot be logged.
pub fn log_explained(profile: &Profile, output: &Output, patient: &str, at: &str) -> Result<(), Failure> {
    let mut store = match look(profile)? {
        Some(store) => store,
        None => {
            let _lock = RunLock::take(output.root())?;
            open(profile, output, at)?
        }
    };
    let logged = store.write(|writing| -> Result<(), StoreError> {
        let person = Some(writing.person(patient)?);
        writing.log(&Access { at, who: "", role: "", act: Act::Explain, about: "", person, why: "tidlig explain" })
    });
    logged.map_err(|error| told(&error, profile.practice.language))
}

/// A store's fault in the practice's language.
pub(super) fn told(error: &StoreError, language: Language) -> Failure {
    Failure::Store(error.message(language))
}

fn read(run: &Published) -> Result<RunRecord, Failure> {
    let path = run.path.join(RECORD);
    let text = fs::read_to_string(&path).map_err(disk::at("read", &path))?;
    Ok(serde_json::from_str(&text).map_err(|error| disk::at("read", &path)(error.into()))?)
}

/// `latest` names the newest run that is kept.
fn point(store: &Store, output: &Output, language: Language) -> Result<(), Failure> {
    let kept = store.runs().map_err(|error| told(&error, language))?;
    let Some(newest) = kept.last() else { return Ok(()) };
    if output.latest().is_some_and(|latest| latest.name() == *newest) {
        return Ok(());
    }
    if let Some(run) = output.published().into_iter().find(|run| run.name() == *newest) {
        output.point(&run)?;
    }
    Ok(())
}

/// Puts the run's record among its files; the last one written.
///
/// # Errors
/// When the disk is full.
pub fn write(draft: &Draft, record: &RunRecord) -> Result<(), Failure> {
    Ok(draft.write(RECORD, &manifest::json(record, &draft.folder().join(RECORD))?)?)
}

/// The last entry of the access log, to be noted in the run's record; `None` when the log is empty.
///
/// # Errors
/// When the store cannot be read.
pub fn log_head(store: &Store, language: Language) -> Result<Option<LogHead>, Failure> {
    let (number, hash) = store.log_head().map_err(|error| told(&error, language))?;
    Ok((number > 0).then_some(LogHead { number, hash }))
}

/// What is kept of a run beside its record; a run that is mended after a kill goes without.
#[derive(Debug, Clone, Copy)]
pub struct Beside<'a> {
    pub resources: &'a [Resource],
    /// How its rule sets differ from those of the run before; empty when they do not.
    pub rules_changed: &'a str,
}

/// Publishes a whole run: its folder, the store and the pointer, in this order.
///
/// # Errors
/// When something cannot be written; the next run finishes what was begun.
pub fn publish(
    draft: Draft,
    store: &mut Store,
    record: &RunRecord,
    beside: Beside,
    at: &str,
    language: Language,
) -> Result<Published, Failure> {
    let placed: Placed = draft.place()?;
    keep(store, placed.run(), record, Some(beside), at).map_err(|error| told(&error, language))?;
    Ok(placed.point()?)
}

/// Keeps a run and tells the access log of every file that people will look at.
fn keep(
    store: &mut Store,
    run: &Published,
    record: &RunRecord,
    beside: Option<Beside>,
    at: &str,
) -> Result<(), StoreError> {
    let files = files(&run.path);
    store.write(|writing| {
        if !writing.keep_run(record)? {
            return Ok(());
        }
        if let (Some(beside), Some(on)) = (beside, Day::parse_iso(&record.index_day)) {
            writing.keep_resources(on, beside.resources)?;
            if !beside.rules_changed.is_empty() {
                log(writing, at, Act::RulesChanged, &record.name, beside.rules_changed)?;
            }
        }
        let why = if record.made_list { "the week's list was made" } else { "the week's list was looked over" };
        log(writing, at, Act::Listed, &record.name, why)?;
        for file in &files {
            let act = if is_page(file) { Act::View } else { Act::Export };
            log(writing, at, act, &format!("{}/{file}", record.name), "written for the practice")?;
        }
        Ok(())
    })
}

fn log(writing: &Writing, at: &str, act: Act, about: &str, why: &str) -> Result<(), StoreError> {
    writing.log(&Access { at, who: "tidlig", role: "nightly run", act, about, person: None, why })
}

fn is_page(file: &str) -> bool {
    Path::new(file).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("html"))
}

/// Files of a run with patients in them, by path in its folder.
fn files(run: &Path) -> Vec<String> {
    let told = |name: &str| {
        let extension = Path::new(name).extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        matches!(extension, "html" | "xlsx" | "csv" | "txt" | "md") || FOR_PROGRAMS.contains(&name)
    };
    let entries = manifest::files_under(run).unwrap_or_default().into_iter();
    let names = entries.filter_map(|path| Some(path.strip_prefix(run).ok()?.to_string_lossy().replace('\\', "/")));
    let mut names: Vec<String> = names.filter(|name| told(name)).collect();
    names.sort();
    names
}

/// The practice's table of resources; `None` when it keeps none.
///
/// # Errors
/// Every fault of the table.
pub fn resources(profile: &Profile, policy: Option<&Policy>) -> Result<Option<Vec<Resource>>, Failure> {
    let told = profile.memory.resources.clone();
    let found = || RESOURCES.iter().map(|name| profile.folder.join(name)).find(|path| path.is_file());
    let Some(path) = told.or_else(found) else { return Ok(None) };
    let bytes = fs::read(&path).map_err(disk::at("read", &path))?;
    let language = profile.practice.language;
    let knows = |role: &str| policy.is_some_and(|policy| policy.role(role).is_some());
    let names: Vec<String> =
        policy.into_iter().flat_map(|policy| &policy.roles).map(|role| role.names.get(language).to_owned()).collect();
    let roles = policy.map(|_| Roles { knows: &knows, names: &names });
    crate::store::resources::read(&bytes, roles).map(Some).map_err(|faults| {
        let lines = faults.iter().map(|fault| format!("\n  {}", fault.message(language)));
        Failure::Resources(format!("{}:{}", path.display(), lines.collect::<String>()))
    })
}

/// Writes an empty table of resources; a file that is there is never replaced.
///
/// # Errors
/// When the file exists or cannot be written.
pub fn write_template(path: &Path, language: Language) -> Result<(), Failure> {
    if path.exists() {
        return Err(disk::at("write", path)(std::io::ErrorKind::AlreadyExists.into()).into());
    }
    let bytes = crate::store::resources::template(language).map_err(|error| Failure::Internal(error.to_string()))?;
    Ok(disk::write(path, &bytes)?)
}
