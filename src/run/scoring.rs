//! Scoring the whole journal, and what ranking needs of it.

use std::collections::BTreeMap;
use std::path::Path;

use super::failure::Failure;
use crate::clinical::Day;
use crate::journal::tables::{Source, Sources, Table};
use crate::model::RuleSet;
use crate::observe::Journal;
use crate::observe::ids::Id;
use crate::outreach::summary::{Kept, Summary, summarise};
use crate::outreach::{Glance, Panel, Policy};
use crate::score::batch::{self, Counts, Job, ScoreError};
use crate::score::days::IndexDays;
use crate::score::seen::{Answers, Seen};
use crate::score::{Engine, Norms};

/// A journal of ours, ready to be scored on one day.
pub struct Scorer<'a> {
    folder: &'a Path,
    journal: Journal,
    rule_sets: &'a [RuleSet],
    sources: Sources,
    days: IndexDays,
}

/// What the pass over the journal left for the list.
#[derive(Debug)]
pub struct Scored {
    pub engine: Engine,
    pub norms: Norms,
    pub counts: Counts,
    /// What ranking needs of everyone of whom there is anything to say.
    pub glances: BTreeMap<String, Glance>,
    /// What all of them scored, one for each rule set.
    pub summaries: Vec<Summary>,
}

/// What is kept of a patient while the journal is scored.
struct Patient {
    glance: Option<(String, Glance)>,
    outcomes: Box<[Kept]>,
}

impl<'a> Scorer<'a> {
    /// Opens the journal's tables that some rule set asks for.
    ///
    /// # Errors
    /// When a table is damaged.
    pub fn open(folder: &'a Path, sources: Sources, rule_sets: &'a [RuleSet], on: Day) -> Result<Scorer<'a>, Failure> {
        let mut journal = Journal::open(folder).map_err(ScoreError::from)?;
        journal.keep(|table| asks_of(rule_sets, table));
        Ok(Scorer { folder, journal, rule_sets, sources, days: IndexDays::same(vec![on]) })
    }

    fn job(&self) -> Job<'_> {
        Job {
            rule_sets: self.rule_sets,
            journal: &self.journal,
            folder: self.folder,
            sources: self.sources,
            days: &self.days,
            contributions: true,
        }
    }

    /// Scores everyone who has not asked to be left out; the scores and their lines are written into `run`.
    ///
    /// # Errors
    /// When the journal is damaged or the results cannot be written.
    pub fn score(&self, run: &Path, policy: &Policy) -> Result<Scored, Failure> {
        let panel = Panel::new(policy, self.rule_sets);
        let keep = |id: Id, seen: &mut Seen| {
            let outcomes = seen.outcomes().iter().map(Kept::of).collect();
            Some(Patient { glance: Glance::take(&panel, seen).map(|glance| (text(id), glance)), outcomes })
        };
        let scoring = batch::score(&self.job(), run, keep)?;
        let rows: Vec<Kept> = scoring.kept.iter().flat_map(|patient| patient.outcomes.iter().copied()).collect();
        let summaries = summarise(&rows, self.rule_sets).map_err(|error| Failure::Internal(error.to_string()))?;
        Ok(Scored {
            engine: self.engine(),
            norms: scoring.norms.into_iter().next().unwrap_or_default(),
            counts: scoring.counts,
            glances: scoring.kept.into_iter().filter_map(|patient| patient.glance).collect(),
            summaries,
        })
    }

    /// What the rule sets compare patients with, learned without scoring anyone.
    ///
    /// # Errors
    /// When the journal is damaged.
    pub fn norms(&self) -> Result<Norms, Failure> {
        // Our own journals are sorted by patient, so nothing is put aside beside them.
        Ok(batch::norms_of(&self.job(), self.folder)?.into_iter().next().unwrap_or_default())
    }

    /// The engine that explains what this scorer scores.
    #[must_use]
    pub fn engine(&self) -> Engine {
        Engine::new(self.rule_sets, self.sources)
    }
}

fn text(id: Id) -> String {
    match id {
        Id::Whole(number) => number.to_string(),
        Id::Text(bytes) => String::from_utf8_lossy(bytes).into_owned(),
    }
}

fn asks_of(rule_sets: &[RuleSet], table: Table) -> bool {
    let of_table = |source: Source| source.table() == table;
    rule_sets.iter().any(|rule_set| crate::score::asked_sources(rule_set).any(of_table))
}
