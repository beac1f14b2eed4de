//! Who gets a place: reserved ones by the groups' credit first, then open ones by priority.

use std::collections::BTreeMap;

use super::candidate::Candidate;
use super::policy::Policy;
use super::rows::Share;
use crate::store::{Credit, Place};

/// A place in hundredths.
pub const PLACE: i64 = 100;

/// How many new people each doctor's list may still get this week.
pub type Room = BTreeMap<String, u64>;

/// This week's credit of every group: what was kept, and the share of the week's places, up to the most that may be kept.
#[must_use]
pub fn given(policy: &Policy, before: &[Credit], places: u32) -> Vec<Share> {
    let share = |group: &super::policy::Group| {
        let before = before.iter().find(|credit| credit.group == group.name).map_or(0, |credit| credit.hundredths);
        let given = i64::from(group.percent) * i64::from(places);
        let most = given + policy.shares.kept_at_most;
        let lapsed = (before + given - most).max(0);
        let after = before + given - lapsed;
        Share { group: group.name.clone(), percent: group.percent, before, given, lapsed, charged: 0, after }
    };
    policy.groups.iter().map(share).collect()
}

/// Charges a place to its group.
pub fn charge(shares: &mut [Share], place: &Place) {
    let Place::Reserved(name) = place else { return };
    if let Some(share) = shares.iter_mut().find(|share| share.group == *name) {
        share.charged += PLACE;
        share.after -= PLACE;
    }
}

/// Gives `places` to the candidates, who come in order: their number and how they got it.
///
/// `room` bounds how many new people come from each doctor's list; whoever has none left is passed over.
#[must_use]
pub fn place(
    candidates: &[Candidate],
    places: usize,
    shares: &mut [Share],
    room: &mut Room,
    policy: &Policy,
) -> Vec<(usize, Place)> {
    let mut hall = Hall { candidates, free: vec![true; candidates.len()], room, placed: Vec::new() };
    while hall.placed.len() < places {
        let Some((group, candidate)) = next_reserved(&hall, shares, policy) else { break };
        let place = Place::Reserved(shares[group].group.clone());
        charge(shares, &place);
        hall.seat(candidate, place);
    }
    while hall.placed.len() < places {
        let Some(candidate) = hall.first(|_| true) else { break };
        hall.seat(candidate, Place::Open);
    }
    hall.placed
}

/// The group with most credit that has someone for a place, the first in the policy's order of equal ones, and who it is.
fn next_reserved(hall: &Hall, shares: &[Share], policy: &Policy) -> Option<(usize, usize)> {
    let mut groups: Vec<usize> = (0..shares.len()).filter(|group| shares[*group].after >= PLACE).collect();
    groups.sort_by_key(|group| (-shares[*group].after, *group));
    groups.into_iter().find_map(|group| {
        let from = |least: u8| hall.first(|candidate| candidate.levels.get(group).is_some_and(|level| *level >= least));
        let found = from(policy.shares.eligible).or_else(|| from(policy.shares.otherwise))?;
        Some((group, found))
    })
}

/// The candidates, who of them has no place yet, and who has.
struct Hall<'a> {
    candidates: &'a [Candidate],
    free: Vec<bool>,
    room: &'a mut Room,
    placed: Vec<(usize, Place)>,
}

impl Hall<'_> {
    /// The first in order who is free, has room and is wanted.
    fn first(&self, wanted: impl Fn(&Candidate) -> bool) -> Option<usize> {
        let may = |at: &usize| self.free[*at] && has_room(self.room, &self.candidates[*at]);
        (0..self.candidates.len()).filter(may).find(|at| wanted(&self.candidates[*at]))
    }

    fn seat(&mut self, at: usize, place: Place) {
        self.free[at] = false;
        take_room(self.room, &self.candidates[at]);
        self.placed.push((at, place));
    }
}

/// Whether one more from her doctor's list may come. Those who were on last week's list are not new.
#[must_use]
pub fn has_room(room: &Room, candidate: &Candidate) -> bool {
    !candidate.is_new() || room.get(&candidate.gp).is_none_or(|left| *left > 0)
}

/// Uses up one new person's room.
pub fn take_room(room: &mut Room, candidate: &Candidate) {
    if candidate.is_new()
        && let Some(left) = room.get_mut(&candidate.gp)
    {
        *left = left.saturating_sub(1);
    }
}
