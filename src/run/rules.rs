//! The rule sets of tonight: those the practice chose, and those they build on.

use super::failure::Failure;
use crate::extract::Profile;
use crate::model::catalog::with_foundations;
use crate::model::{Catalog, RuleSet, Vocabulary};

/// Rule sets with the words they share.
#[derive(Debug, Clone)]
pub struct Rules {
    /// By id, ascending.
    pub rule_sets: Vec<RuleSet>,
    pub vocabulary: Vocabulary,
}

/// Loads the shipped rule sets and the practice's own, checks them all, and keeps the chosen ones.
///
/// # Errors
/// Every fault of every rule set, or the names that stand for none.
pub fn chosen(profile: &Profile) -> Result<Rules, Failure> {
    let catalog = Catalog::load(&profile.models.folders).map_err(Failure::RuleSets)?;
    let Catalog { rule_sets, vocabulary, .. } = catalog;
    let Some(ids) = &profile.models.ids else { return Ok(Rules { rule_sets, vocabulary }) };
    let unknown: Vec<String> = ids.iter().filter(|id| !rule_sets.iter().any(|set| set.id == **id)).cloned().collect();
    if !unknown.is_empty() {
        return Err(Failure::NoSuchRuleSet(unknown));
    }
    let wanted = with_foundations(ids, &rule_sets);
    let rule_sets = rule_sets.into_iter().filter(|set| wanted.contains(&set.id)).collect();
    Ok(Rules { rule_sets, vocabulary })
}
