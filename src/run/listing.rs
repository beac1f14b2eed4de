//! From scores to the list: who may be listed, in which order, and what is known of those who got a place.

use std::collections::{BTreeMap, BTreeSet};

use super::extracting::Extracted;
use super::failure::Failure;
use super::rules::Rules;
use super::scoring::Scored;
use crate::clinical::Day;
use crate::extract::Profile;
use crate::journal::whole;
use crate::outreach::list::{Person, Terms};
use crate::outreach::tie::TieKey;
use crate::outreach::{Candidate, List, Policy, Previous, Ranking, Standing, rank};

/// Ranks everyone and tells the rows of those who got a place.
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
    before: Option<&Previous>,
) -> Result<List, Failure> {
    let policy = Policy::with_capacity(profile.list.capacity as usize);
    let ranking = rank(candidates(extracted, scored, key, on, &policy), &policy);
    let people = people(&ranking, extracted, scored, on)?;
    let (rule_sets, vocabulary) = (&rules.rule_sets, &rules.vocabulary);
    Ok(List::tell(ranking, &people, Terms { on, policy: &policy, rule_sets, vocabulary, previous: before }))
}

fn candidates<'a>(
    extracted: &'a Extracted,
    scored: &'a Scored,
    key: &'a TieKey,
    on: Day,
    policy: &'a Policy,
) -> impl Iterator<Item = Candidate> + 'a {
    let status_known = extracted.members.iter().any(|member| !member.list_status.is_empty());
    extracted.members.iter().filter_map(move |member| {
        let groups = scored.groups.get(&member.id)?.clone();
        let standing = Standing::of(member, on, policy.adult_from, status_known);
        Some(Candidate { patient: member.id.clone(), standing, groups, tie: key.tie(&member.id, on) })
    })
}

/// The journals and explanations of those with a place, and of nobody else.
fn people(
    ranking: &Ranking,
    extracted: &Extracted,
    scored: &Scored,
    on: Day,
) -> Result<BTreeMap<String, Person>, Failure> {
    let ids: BTreeSet<String> = ranking.placed.iter().map(|placed| placed.candidate.patient.clone()).collect();
    let mut journals = whole::journals(&extracted.journal, &ids)?;
    let members = extracted.members.iter().filter(|member| ids.contains(&member.id));
    let person = members.map(|member| {
        let journal = journals.remove(&member.id).unwrap_or_default();
        let explained = scored.engine.explain(&journal, on, &scored.norms);
        (member.id.clone(), Person { member: member.clone(), journal, explained })
    });
    Ok(person.collect())
}
