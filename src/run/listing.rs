//! From scores to the list: who may be listed, in which order, and what is known of those who are told of.

use std::collections::{BTreeMap, BTreeSet};

use super::extracting::Extracted;
use super::failure::Failure;
use super::remembering::{self, Known};
use super::rules::Rules;
use super::scoring::Scored;
use crate::clinical::Day;
use crate::extract::Profile;
use crate::journal::patient::PatientJournal;
use crate::journal::whole;
use crate::outreach::tie::TieKey;
use crate::outreach::{self, List, Material, Panel, People, Person, State};
use crate::score::result::Explained;

/// Makes the list with all that is remembered, and reads the journals of those it tells of.
///
/// # Errors
/// When the journal cannot be read back.
pub fn list(
    profile: &Profile,
    rules: &Rules,
    extracted: &Extracted,
    scored: &Scored,
    key: &TieKey,
    on: Day,
    known: &Known,
) -> Result<List, Failure> {
    let state = state(known);
    let material = Material {
        on,
        policy: &rules.policy,
        rule_sets: &rules.rule_sets,
        vocabulary: &rules.vocabulary,
        members: &extracted.members,
        glances: &scored.glances,
        state: &state,
        key,
        stated_places: profile.list.capacity,
    };
    let mut list = outreach::make(&material, &Journals { extracted, scored, on })?;
    remembering::give_keys(&mut list, key);
    Ok(list)
}

fn state(known: &Known) -> State {
    let before = known.before.clone();
    State {
        standing: known.standing.clone(),
        corrections: known.corrections.clone(),
        frozen: before.frozen,
        weeks: before.weeks,
        credits: before.credits,
        bands_before: before.bands,
        resources: known.resources.clone(),
        reservations: known.reservations.clone(),
    }
}

/// Tonight's bands of those with a decision: a rise counts when it is there two nights running.
#[must_use]
pub fn bands(rules: &Rules, scored: &Scored, known: &Known) -> BTreeMap<String, BTreeMap<String, u8>> {
    let panel = Panel::new(&rules.policy, &rules.rule_sets);
    let decided = known.standing.keys().filter_map(|patient| Some((patient, scored.glances.get(patient)?)));
    decided.map(|(patient, glance)| (patient.clone(), glance.levels(&panel))).collect()
}

/// People in full, read back from tonight's journal.
struct Journals<'a> {
    extracted: &'a Extracted,
    scored: &'a Scored,
    on: Day,
}

impl People for Journals<'_> {
    type Error = Failure;

    fn people(&self, ids: &BTreeSet<String>) -> Result<BTreeMap<String, Person>, Failure> {
        if ids.is_empty() {
            return Ok(BTreeMap::new());
        }
        let mut journals = whole::journals(&self.extracted.journal, ids)?;
        let members = self.extracted.members.iter().filter(|member| ids.contains(&member.id));
        let person = members.map(|member| {
            let journal = journals.remove(&member.id).unwrap_or_default();
            let explained = self.explain(&journal, self.on);
            (member.id.clone(), Person { member: member.clone(), journal, explained })
        });
        Ok(person.collect())
    }

    fn explain(&self, journal: &PatientJournal, on: Day) -> Vec<Explained> {
        self.scored.engine.explain(journal, on, &self.scored.norms)
    }
}
