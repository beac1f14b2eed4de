//! Facts of several questions that stand together: a contact and a code of the same day.

use super::evaluate::Evaluator;
use super::evidence::{joined_days, joined_facts};
use super::leaf::{Answer, chosen_days};
use super::node::NodeId;
use super::result::Fact;
use crate::clinical::Tri;

/// Counts the days of the first on which each of the others has a fact too, or at most `after` days later.
pub(super) fn answer(evaluator: &mut Evaluator, at: usize, of: &[NodeId], days: u32, after: u32) -> Answer {
    let asked: Tri = of.iter().fold(Tri::Yes, |truth, id| truth.and(evaluator.truth(at, *id)));
    // Where one of them is not met, nothing stands beside it.
    let count = if asked.is_yes() { chosen_days(met(evaluator, at, of, after).into_iter(), 0) } else { 0 };
    let truth = if count >= days {
        Tri::Yes
    } else if asked.is_unknown() {
        Tri::Unknown
    } else {
        Tri::No
    };
    Answer::new(truth, count)
}

/// The facts that stand together, the newest first.
pub(super) fn facts(evaluator: &mut Evaluator, at: usize, of: &[NodeId], after: u32) -> Vec<Fact> {
    let days = met(evaluator, at, of, after);
    let first = of.first().copied();
    let mut found = joined_facts(evaluator, at, of);
    let own = first.map_or_else(Vec::new, |id| joined_facts(evaluator, at, &[id]));
    found.retain(|fact| {
        let Some(day) = fact.day.map(|day| day.0) else { return false };
        if own.contains(fact) { days.contains(&day) } else { days.iter().any(|met| near(*met, day, after)) }
    });
    found
}

fn near(met: i32, day: i32, after: u32) -> bool {
    met <= day && i64::from(day) - i64::from(met) <= i64::from(after)
}

fn met(evaluator: &mut Evaluator, at: usize, of: &[NodeId], after: u32) -> Vec<i32> {
    let Some((first, others)) = of.split_first() else { return Vec::new() };
    let mut days = joined_days(evaluator, at, &[*first]);
    for other in others {
        let there = joined_days(evaluator, at, &[*other]);
        days.retain(|day| there.iter().any(|later| near(*day, *later, after)));
    }
    days
}
