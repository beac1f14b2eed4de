//! The rule sets of tonight: those the practice chose, those they build on, and those the policy asks; and the policy itself.

use std::fs;
use std::path::PathBuf;

use super::disk;
use super::failure::Failure;
use crate::extract::Profile;
use crate::model::catalog::with_foundations;
use crate::model::{Catalog, Faults, RuleSet, Vocabulary};
use crate::outreach::Policy;
use crate::outreach::policy::{File, Known};

/// Rule sets with the words they share, and what the list is made by.
#[derive(Debug, Clone)]
pub struct Rules {
    /// By id, ascending.
    pub rule_sets: Vec<RuleSet>,
    pub vocabulary: Vocabulary,
    pub policy: Policy,
}

/// Loads the shipped rule sets and the practice's own, checks them all, and keeps the chosen ones; then the policy.
///
/// # Errors
/// Every fault of every rule set or of the policy, or the names that stand for none.
pub fn chosen(profile: &Profile) -> Result<Rules, Failure> {
    chosen_with(profile, &[])
}

/// As [`chosen`], with the rule sets of further folders, which are chosen by being named.
///
/// # Errors
/// As [`chosen`].
pub fn chosen_with(profile: &Profile, more: &[PathBuf]) -> Result<Rules, Failure> {
    keep(profile, more, Catalog::without_cases(&folders(profile, more)).map_err(Failure::RuleSets)?)
}

/// As [`chosen_with`], and what is not wrong with the rule sets, but should be looked at: codes that cannot occur.
///
/// # Errors
/// As [`chosen`], and the faults of cases too.
pub fn looked_at(profile: &Profile, more: &[PathBuf]) -> Result<(Rules, Faults), Failure> {
    let mut catalog = Catalog::load(&folders(profile, more)).map_err(Failure::RuleSets)?;
    let warnings = std::mem::take(&mut catalog.warnings);
    Ok((keep(profile, more, catalog)?, warnings))
}

/// The practice's own folders and further ones, each once.
fn folders(profile: &Profile, more: &[PathBuf]) -> Vec<PathBuf> {
    let mut folders = profile.models.folders.clone();
    let whole = |path: &PathBuf| path.canonicalize().unwrap_or_else(|_| path.clone());
    for folder in more {
        if !folders.iter().any(|known| whole(known) == whole(folder)) {
            folders.push(folder.clone());
        }
    }
    folders
}

fn keep(profile: &Profile, more: &[PathBuf], catalog: Catalog) -> Result<Rules, Failure> {
    let added: Vec<String> = more.iter().flat_map(|folder| catalog.ids_in(folder)).collect();
    let Catalog { mut rule_sets, vocabulary, .. } = catalog;
    let policy = policy(profile, Known { rule_sets: &rule_sets, vocabulary: &vocabulary })?;
    let Some(ids) = &profile.models.ids else { return Ok(Rules { rule_sets, vocabulary, policy }) };
    let unknown: Vec<String> = ids.iter().filter(|id| !rule_sets.iter().any(|set| set.id == **id)).cloned().collect();
    if !unknown.is_empty() {
        return Err(Failure::NoSuchRuleSet(unknown));
    }
    let chosen = with_foundations(&[ids.clone(), added].concat(), &rule_sets);
    let wanted = with_foundations(&[chosen.clone(), policy.rule_sets_asked()].concat(), &rule_sets);
    rule_sets.retain(|set| wanted.contains(&set.id));
    // What only answers the policy's questions is no target group of this practice.
    for set in rule_sets.iter_mut().filter(|set| !chosen.contains(&set.id)) {
        set.outreach = None;
    }
    Ok(Rules { rule_sets, vocabulary, policy })
}

/// The shipped policy, under the practice's own.
fn policy(profile: &Profile, known: Known) -> Result<Policy, Failure> {
    let Some(path) = &profile.list.policy else { return Policy::load(None, known).map_err(Failure::RuleSets) };
    let text = fs::read_to_string(path).map_err(disk::at("read the policy", path))?;
    let name = path.display().to_string();
    Policy::load(Some(File { name: &name, text: &text }), known).map_err(Failure::RuleSets)
}
