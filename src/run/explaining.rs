//! Explaining one patient of the last published run, or of the extract when nothing was published yet.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::disk;
use super::extracting::{self, JOURNAL};
use super::failure::Failure;
use super::lock::RunLock;
use super::memory;
use super::publish::Output;
use super::rules;
use super::scoring::Scorer;
use crate::clinical::{Day, Language};
use crate::extract::Profile;
use crate::journal::manifest::Manifest;
use crate::journal::tables::Sources;
use crate::journal::whole;
use crate::report::explain::{self, Answer};
use crate::report::trace::Secrets;
use crate::report::{Reader, Speaker};
use crate::store::Store;

/// What is asked.
#[derive(Debug, Clone)]
pub struct Question<'a> {
    pub profile: &'a Path,
    /// Folders of rule sets beside those that the profile names.
    pub models: &'a [PathBuf],
    /// The practice's internal id.
    pub patient: &'a str,
    pub as_of: Option<Day>,
    pub today: Day,
    /// The practice's own when left out.
    pub language: Option<Language>,
    /// UTC, for the access log.
    pub now: &'a str,
}

/// What can be told of one patient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// Every input of every rule set.
    Text(String),
    /// The journal has no such patient.
    NoSuchPatient,
    /// She has asked not to be assessed; nothing was scored.
    Reserved,
}

/// Every input of every rule set for one patient, and an entry in the access log.
///
/// # Errors
/// [`Failure`], as for a run.
pub fn explain(question: &Question) -> Result<Told, Failure> {
    let profile = Profile::load(question.profile).map_err(Failure::Profile)?;
    let output = Output::open(&profile.practice.output)?;
    let told = told(question, &profile, &output)?;
    if matches!(told, Told::Text(_)) {
        memory::log_explained(&profile, &output, question.patient, question.now)?;
    }
    Ok(told)
}

fn told(question: &Question, profile: &Profile, output: &Output) -> Result<Told, Failure> {
    match output.latest() {
        Some(run) => {
            let journal = run.path.join(JOURNAL);
            let manifest = Manifest::read(&journal).map_err(disk::at("read the journal", &journal))?;
            let sources = manifest.map_or_else(Sources::all, |manifest| manifest.sources());
            tell(question, profile, &journal, sources, question.as_of.unwrap_or(run.index_day))
        }
        None => {
            let on = question.as_of.or(profile.practice.as_of).unwrap_or(question.today);
            let lock = RunLock::take(output.root())?;
            // Never published, so it is gone when this ends.
            let draft = output.begin(on, &lock)?;
            let extracted = extracting::read(profile, on, output, draft.folder(), &|_| {})?;
            tell(question, profile, &extracted.journal, extracted.report.sources, on)
        }
    }
}

fn tell(question: &Question, profile: &Profile, journal: &Path, sources: Sources, on: Day) -> Result<Told, Failure> {
    let rules = rules::chosen_with(profile, question.models)?;
    if is_reserved(question.patient, profile, journal)? {
        return Ok(Told::Reserved);
    }
    let found = whole::journals(journal, &BTreeSet::from([question.patient.to_owned()]))?;
    let Some(patient) = found.get(question.patient) else { return Ok(Told::NoSuchPatient) };
    let scorer = Scorer::open(journal, sources, &rules.rule_sets, on)?;
    let (engine, norms) = (scorer.engine(), scorer.norms()?);
    let explained = engine.explain(patient, on, &norms);
    let inputs: Vec<_> = (0..rules.rule_sets.len()).map(|model| engine.answers(patient, on, &norms, model)).collect();
    let answers: Vec<Answer> = rules
        .rule_sets
        .iter()
        .zip(explained.iter().zip(&inputs))
        .map(|(rule_set, (explained, inputs))| Answer { rule_set, explained, inputs })
        .collect();
    let speaker = Speaker {
        vocabulary: &rules.vocabulary,
        language: question.language.unwrap_or(profile.practice.language),
        reader: Reader::Doctor,
        on,
        since: patient.person.listed_since,
        secrets: &Secrets::default(),
    };
    Ok(Told::Text(explain::text(&answers, &speaker)))
}

/// By the journal, or by what is remembered.
fn is_reserved(patient: &str, profile: &Profile, journal: &Path) -> Result<bool, Failure> {
    let says = |store: Store| store.reservations().map_err(|error| memory::told(&error, profile.practice.language));
    let remembered = memory::look(profile)?.map(says).transpose()?.unwrap_or_default();
    let remembered = remembered.get(patient).is_some_and(|reservation| reservation.no_scoring);
    Ok(remembered || whole::members(journal)?.iter().any(|member| member.id == patient && member.no_scoring))
}
