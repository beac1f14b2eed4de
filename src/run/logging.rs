//! Reading the access log and the decisions, for those who answer for them.

use std::path::Path;

use super::failure::Failure;
use super::manifest::Record;
use super::memory::{self, told};
use super::publish::Output;
use crate::extract::Profile;
use crate::store::log::Verdict;
use crate::store::{AccessEntry, Kept, Store};

/// What a check of the access log found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LogState {
    Whole {
        entries: i64,
    },
    Broken {
        at: i64,
    },
    /// The log ends before, or reads otherwise than, what this published run noted of it.
    CutOff {
        run: String,
    },
}

/// Holds the log against itself, and against what every published run noted of it.
///
/// # Errors
/// When the store cannot be read.
pub fn verify(practice: &Path) -> Result<LogState, Failure> {
    let profile = Profile::load(practice).map_err(Failure::Profile)?;
    let language = profile.practice.language;
    let Some(store) = memory::look(&profile)? else { return Ok(LogState::Whole { entries: 0 }) };
    let entries = match store.verify_log().map_err(|error| told(&error, language))? {
        Verdict::Whole { entries, .. } => entries,
        Verdict::Broken { at } => return Ok(LogState::Broken { at }),
    };
    let log = store.access_log().map_err(|error| told(&error, language))?;
    let output = Output::existing(&profile.practice.output)?;
    for run in output.published() {
        let Some(head) = Record::read(&run.path).and_then(|record| record.access_log) else { continue };
        let noted = usize::try_from(head.number).ok().and_then(|number| log.get(number.checked_sub(1)?));
        if head.number > 0 && noted.is_none_or(|entry| entry.hash != head.hash) {
            return Ok(LogState::CutOff { run: run.name() });
        }
    }
    Ok(LogState::Whole { entries })
}

/// Every entry, or what concerns one patient: what was done about her, and every run that listed her.
///
/// # Errors
/// When the store cannot be read.
pub fn entries(practice: &Path, patient: Option<&str>) -> Result<Vec<AccessEntry>, Failure> {
    with_store(practice, |store| {
        let all = store.access_log()?;
        let Some(patient) = patient else { return Ok(all) };
        let Some(person) = store.find(patient)? else { return Ok(Vec::new()) };
        let runs = store.runs_with(person)?;
        let of_run = |about: &str| runs.iter().any(|run| about == run || about.starts_with(&format!("{run}/")));
        Ok(all.into_iter().filter(|entry| entry.person == Some(person) || of_run(&entry.about)).collect())
    })
}

/// Every decision, oldest first.
///
/// # Errors
/// When the store cannot be read.
pub fn decisions(practice: &Path) -> Result<Vec<Kept>, Failure> {
    with_store(practice, Store::entries)
}

fn with_store<T: Default>(
    practice: &Path,
    ask: impl FnOnce(&Store) -> Result<T, crate::store::StoreError>,
) -> Result<T, Failure> {
    let profile = Profile::load(practice).map_err(Failure::Profile)?;
    let Some(store) = memory::look(&profile)? else { return Ok(T::default()) };
    ask(&store).map_err(|error| told(&error, profile.practice.language))
}
