//! Fair sharing between the doctors' lists: a ceiling on new people, and a floor that moves a few open places.

use std::collections::BTreeMap;

use super::candidate::Candidate;
use super::policy::{Fairness, Policy};
use super::shares::{self, Room};
use crate::store::{Place, Section, WeekList};

/// How many people each doctor's list has.
pub type Sizes = BTreeMap<String, u64>;

/// The most new people of each list this week.
#[must_use]
pub fn ceilings(policy: &Policy, sizes: &Sizes, places: u64) -> Room {
    let all: u64 = sizes.values().sum();
    let rule = policy.fairness;
    let most = |size: u64| (rule.ceiling * places * size).div_ceil(all.max(1)) + rule.ceiling_plus;
    sizes.iter().map(|(gp, size)| (gp.clone(), most(*size))).collect()
}

/// Places of some weeks by doctor's list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Served {
    pub got: BTreeMap<String, u64>,
    pub places: u64,
}

impl Served {
    /// Of the weeks before this one that the policy looks at; children and people added by hand are everybody's.
    #[must_use]
    pub fn before(weeks: &[WeekList], rule: &Fairness) -> Served {
        let mut served = Served::default();
        for week in weeks.iter().take(rule.weeks.saturating_sub(1)) {
            served.places += week.capacity as u64;
            for row in week.rows.iter().filter(|row| row.section == Section::Candidates) {
                served.add(&row.gp);
            }
        }
        served
    }

    pub fn add(&mut self, gp: &str) {
        *self.got.entry(gp.to_owned()).or_default() += 1;
    }

    fn got(&self, gp: &str) -> u64 {
        self.got.get(gp).copied().unwrap_or(0)
    }
}

/// Moves open places from the most over-served lists to those below their floor. `served` holds this week too.
pub fn swap(
    candidates: &[Candidate],
    placed: &mut [(usize, Place)],
    served: &mut Served,
    sizes: &Sizes,
    room: &mut Room,
    policy: &Policy,
) {
    let rule = policy.fairness;
    for _ in 0..rule.swaps {
        let Some((seat, candidate)) = next_swap(candidates, placed, served, sizes, room, &rule) else { return };
        let leaving = &candidates[placed[seat].0].gp;
        if let Some(got) = served.got.get_mut(leaving) {
            *got = got.saturating_sub(1);
        }
        served.add(&candidates[candidate].gp);
        shares::take_room(room, &candidates[candidate]);
        placed[seat] = (candidate, Place::Fairness);
    }
}

/// The seat that moves, and who gets it.
fn next_swap(
    candidates: &[Candidate],
    placed: &[(usize, Place)],
    served: &Served,
    sizes: &Sizes,
    room: &Room,
    rule: &Fairness,
) -> Option<(usize, usize)> {
    let all: u64 = sizes.values().sum::<u64>().max(1);
    let floor = |gp: &str| served.places * sizes.get(gp).copied().unwrap_or(0) / (rule.floor_of.max(1) * all);
    let missing = |gp: &str| floor(gp).saturating_sub(served.got(gp));
    let is_placed = |at: usize| placed.iter().any(|(candidate, _)| *candidate == at);
    let waiting = (0..candidates.len()).filter(|at| {
        let candidate = &candidates[*at];
        !is_placed(*at) && candidate.best >= rule.from && shares::has_room(room, candidate)
    });
    // Of the list that lacks most, the first candidate in order.
    let up = waiting.filter(|at| missing(&candidates[*at].gp) > 0).min_by_key(|at| {
        let gp = &candidates[*at].gp;
        (std::cmp::Reverse(missing(gp)), gp.as_str(), *at)
    })?;
    // By how much a list got more than its share, in whole numbers.
    let over = |gp: &str| {
        let share = i128::from(served.places) * i128::from(sizes.get(gp).copied().unwrap_or(0));
        i128::from(served.got(gp)) * i128::from(all) - share
    };
    let may_leave = |seat: &usize| {
        let (candidate, place) = &placed[*seat];
        let gp = &candidates[*candidate].gp;
        *place == Place::Open && *gp != candidates[up].gp && over(gp) > 0 && served.got(gp) > floor(gp)
    };
    let seat = (0..placed.len()).filter(may_leave).max_by_key(|seat| {
        let at = placed[*seat].0;
        (over(&candidates[at].gp), std::cmp::Reverse(&candidates[at].gp), at)
    })?;
    Some((seat, up))
}
