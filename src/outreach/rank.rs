//! One total order of the candidates, cut at this week's capacity.

use std::cmp::Reverse;

use super::policy::Policy;
use super::priority::{GroupLevel, Priority, is_candidate};
use super::standing::{HeldBack, Standing};
use super::tie::Tie;

/// One person as ranking sees her.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub patient: String,
    pub standing: Standing,
    /// Her band in every rule set that takes part.
    pub groups: Vec<GroupLevel>,
    /// From [`super::tie::TieKey::tie`].
    pub tie: Tie,
}

/// A candidate who got a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    pub candidate: Candidate,
    pub priority: Priority,
}

/// The list's order and what was left out of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ranking {
    /// Most important first; never more than the capacity.
    pub placed: Vec<Placed>,
    /// Everyone whose bands made her a candidate and who may be listed.
    pub candidates: usize,
    /// Candidates without a place who have the same priority as the last one with a place.
    pub tied_at_cut: usize,
    pub held_back: HeldBack,
}

/// Orders the candidates and cuts at capacity.
///
/// Ties are broken by more need sets, then by the keyed tie, so any order of the input gives the same list.
#[must_use]
pub fn rank(people: impl IntoIterator<Item = Candidate>, policy: &Policy) -> Ranking {
    let mut ranking = Ranking::default();
    for candidate in people {
        if !is_candidate(&candidate.groups, policy) {
            continue;
        }
        if candidate.standing == Standing::Listable {
            let priority = Priority::of(&candidate.groups, policy);
            ranking.placed.push(Placed { candidate, priority });
        } else {
            ranking.held_back.add(candidate.standing);
        }
    }
    ranking.placed.sort_by(|a, b| order(a).cmp(&order(b)));
    ranking.candidates = ranking.placed.len();
    ranking.tied_at_cut = tied_at_cut(&ranking.placed, policy.capacity);
    ranking.placed.truncate(policy.capacity);
    ranking
}

fn order(placed: &Placed) -> (Reverse<i32>, Reverse<usize>, &Tie, &str) {
    let Placed { candidate, priority } = placed;
    (Reverse(priority.total), Reverse(priority.needs), &candidate.tie, &candidate.patient)
}

fn tied_at_cut(sorted: &[Placed], capacity: usize) -> usize {
    let Some(last) = capacity.checked_sub(1).and_then(|last| sorted.get(last)) else { return 0 };
    sorted[capacity..].iter().take_while(|placed| placed.priority.total == last.priority.total).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ruleset::OutreachRole;
    use proptest::prelude::*;

    const ROLES: [OutreachRole; 7] = [
        OutreachRole::Need,
        OutreachRole::Need,
        OutreachRole::Need,
        OutreachRole::Need,
        OutreachRole::Need,
        OutreachRole::Quiet,
        OutreachRole::Rising,
    ];

    fn candidate(number: usize, levels: &[u8], standing: Standing) -> Candidate {
        let groups = levels.iter().zip(ROLES).enumerate();
        let groups = groups.map(|(model, (level, role))| GroupLevel { model, role, level: *level });
        let mut tie = [0; 32];
        tie[0] = (number * 37 % 251) as u8;
        Candidate { patient: number.to_string(), standing, groups: groups.collect(), tie }
    }

    fn people() -> impl Strategy<Value = Vec<Candidate>> {
        let standing = prop_oneof![
            6 => Just(Standing::Listable),
            1 => Just(Standing::Shielded),
            1 => Just(Standing::Reserved),
            1 => Just(Standing::Left),
            1 => Just(Standing::Child),
        ];
        let person = (prop::collection::vec(0..=4_u8, ROLES.len()), standing);
        prop::collection::vec(person, 0..60).prop_map(|people| {
            people.iter().enumerate().map(|(number, (levels, standing))| candidate(number, levels, *standing)).collect()
        })
    }

    fn place(ranking: &Ranking, patient: &str) -> usize {
        ranking.placed.iter().position(|placed| placed.candidate.patient == patient).unwrap_or(usize::MAX)
    }

    proptest! {
        #[test]
        fn never_more_than_capacity_and_never_the_held_back(people in people(), capacity in 0_usize..20) {
            let ranking = rank(people, &Policy::with_capacity(capacity));
            prop_assert!(ranking.placed.len() <= capacity);
            prop_assert!(ranking.placed.len() == capacity.min(ranking.candidates));
            prop_assert!(ranking.placed.iter().all(|placed| placed.candidate.standing == Standing::Listable));
        }

        #[test]
        fn any_row_order_gives_the_same_list(
            (people, shuffled) in people().prop_flat_map(|people| (Just(people.clone()), Just(people).prop_shuffle())),
            capacity in 0_usize..20,
        ) {
            let policy = Policy::with_capacity(capacity);
            prop_assert_eq!(rank(people, &policy), rank(shuffled, &policy));
        }

        #[test]
        fn a_higher_band_never_lowers_anyone(
            people in people(), who in any::<prop::sample::Index>(), set in 0..ROLES.len(), capacity in 1_usize..20,
        ) {
            prop_assume!(!people.is_empty());
            let policy = Policy::with_capacity(capacity);
            let mut raised = people.clone();
            let number = who.index(people.len());
            let level = &mut raised[number].groups[set].level;
            *level = (*level + 1).min(4);
            let patient = people[number].patient.clone();
            prop_assert!(place(&rank(raised, &policy), &patient) <= place(&rank(people, &policy), &patient));
        }
    }

    #[test]
    fn ties_at_the_cut_are_counted() {
        let people = (0..5).map(|number| candidate(number, &[2, 0, 0, 0, 0, 0, 0], Standing::Listable));
        let ranking = rank(people, &Policy::with_capacity(3));
        assert_eq!((ranking.placed.len(), ranking.candidates, ranking.tied_at_cut), (3, 5, 2));
    }
}
