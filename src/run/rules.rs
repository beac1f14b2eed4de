//! The rule sets of tonight: those the practice chose, and those they build on.

use super::failure::Failure;
use crate::extract::Profile;
use crate::model::ruleset::InputKind;
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
    let folders: Vec<_> = profile.models.folders.iter().map(|folder| profile.folder.join(folder)).collect();
    let catalog = Catalog::load(&folders).map_err(Failure::RuleSets)?;
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

/// The ids and those of every rule set that they ask, directly or through others.
fn with_foundations(ids: &[String], rule_sets: &[RuleSet]) -> Vec<String> {
    let mut wanted: Vec<String> = ids.to_vec();
    let mut next = 0;
    while let Some(id) = wanted.get(next).cloned() {
        next += 1;
        for input in rule_sets.iter().filter(|set| set.id == id).flat_map(|set| &set.inputs) {
            if let InputKind::Model(asked) = &input.kind
                && !wanted.contains(&asked.id)
            {
                wanted.push(asked.id.clone());
            }
        }
    }
    wanted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_set_brings_those_it_builds_on() {
        let catalog = Catalog::shipped().unwrap_or_else(|faults| panic!("{faults}"));
        let asks = |set: &RuleSet| {
            set.inputs.iter().find_map(|input| match &input.kind {
                InputKind::Model(asked) => Some(asked.id.clone()),
                _ => None,
            })
        };
        let (id, asked) = catalog.rule_sets.iter().find_map(|set| Some((set.id.clone(), asks(set)?))).unwrap();
        assert_eq!(with_foundations(std::slice::from_ref(&id), &catalog.rule_sets), [id, asked]);
    }
}
