//! The nightly run, as a table of contents: each step is a file of this room or the door of another.

use std::path::{Path, PathBuf};

use super::deciding::Desk;
use super::extracting::{self, Extracted};
use super::failure::Failure;
use super::files;
use super::key;
use super::listing;
use super::lock::RunLock;
use super::manifest::Record;
use super::memory::{self, Beside};
use super::publish::{Output, Published};
use super::remembering;
use super::retention;
use super::rules;
use super::scoring::Scorer;
use crate::clinical::Day;
use crate::extract::Profile;

/// What a night is given. The clock is read by whoever calls, and its hands reach `record.json` alone.
pub struct Night<'a> {
    /// The practice's `practice.toml`.
    pub profile: &'a Path,
    /// Folders of rule sets beside those that the profile names.
    pub models: &'a [PathBuf],
    /// Wins over the profile's own index day.
    pub as_of: Option<Day>,
    /// The index day when neither says one.
    pub today: Day,
    /// The time now, as it stands in the record.
    pub now: &'a dyn Fn() -> String,
    /// Told what is being done, for a progress bar.
    pub tell: &'a (dyn Fn(&str) + Sync),
}

/// What a night gave.
#[derive(Debug)]
pub struct Done {
    pub published: Published,
    pub patients: u64,
    pub refused_rows: u64,
    pub candidates: usize,
    pub listed: usize,
    /// The page of the list, by the pointer that always names the newest one.
    pub page: std::path::PathBuf,
}

/// Takes in the inbox, reads the extract, scores everyone, makes the list with all that is remembered, and publishes in one step.
///
/// # Errors
/// [`Failure`]; nothing is then published, and the last list stays.
pub fn nightly(night: &Night) -> Result<Done, Failure> {
    let started = (night.now)();
    let profile = Profile::load(night.profile).map_err(Failure::Profile)?;
    let rules = rules::chosen_with(&profile, night.models)?;
    let on = night.as_of.or(profile.practice.as_of).unwrap_or(night.today);
    let output = Output::open(&profile.practice.output)?;
    let language = profile.practice.language;
    let lock = RunLock::take(output.root())?;
    let key = key::open(output.root())?;
    let resources = memory::resources(&profile, Some(&rules.policy))?.unwrap_or_default();
    let mut store = memory::open(&profile, &output, &started)?;
    (night.tell)("decisions");
    Desk::of(&profile, &rules, &resources, &output, &store, on, &started)?.empty_inbox(&mut store)?;

    let draft = output.begin(on, &lock)?;
    let extracted: Extracted = extracting::read(&profile, on, &output, draft.folder(), night.tell)?;
    extracting::trust(&profile, &extracted, on, &output)?;
    remembering::follow(&mut store, &profile, &extracted, on)?;
    let known = remembering::recall(&store, &extracted.journal, resources, on, language)?;
    (night.tell)("score");
    let scorer = Scorer::open(&extracted.journal, extracted.report.sources, &rules.rule_sets, on)?;
    let scored = scorer.score(draft.folder(), &rules.policy)?;
    (night.tell)("list");
    let list = listing::list(&profile, &rules, &extracted, &scored, &key, on, &known)?;
    let bands = listing::bands(&rules, &scored, &known);
    let record = remembering::record(&list, &draft.run(), &rules, &extracted.journal, bands, &known)?;
    files::write(&draft, &profile, &rules, &extracted, &scored, &list, &record)?;
    memory::write(&draft, &record)?;
    let access_log = memory::log_head(&store, language)?;
    files::record(&draft, &Record { started, finished: (night.now)(), access_log })?;
    (night.tell)("publish");
    let changed = files::rules_changed(&output, &rules);
    let beside = Beside { resources: &known.resources, rules_changed: &changed };
    let published = memory::publish(draft, &mut store, &record, beside, &(night.now)(), language)?;
    extracting::forget_refusals(&output);
    if let Err(error) = retention::forget_journals(&output, profile.runs.keep, &lock) {
        // The list is published; room on the disk is no reason to call the night a failure.
        tracing::warn!(reason = %error, "journals of earlier runs could not be removed");
    }

    Ok(Done {
        page: output.latest_path().join(files::PAGE),
        published,
        patients: extracted.report.patients,
        refused_rows: extracted.refused_rows(),
        candidates: list.candidates,
        listed: list.rows.len(),
    })
}
