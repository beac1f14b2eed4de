//! Answers to single questions from the facts of one patient on one index day.

mod change;
mod contact;
mod diagnosis;
mod function;
mod limits;
mod measurement;
mod medicine;
mod person;
mod service;

pub use contact::{contact_days, contact_facts, days_before};
pub use diagnosis::{diagnosis, diagnosis_facts};
pub use function::{function_facts, old_score};
pub use limits::passes;
pub use measurement::{measurement_facts, old_value};
pub use medicine::{Standing, medicine_facts};
pub use person::{age, births};
pub use service::service_facts;

use self::contact::contact;
use self::function::function;
use self::measurement::measurement;
use self::medicine::medicine;
use self::person::{alone, on_list, sex};
use self::service::service;
use super::node::{Node, NodeKind};
use super::plan::Plan;
use crate::clinical::{Day, Tri};
use crate::observe::PatientFacts;

/// One patient on one index day, as the questions see her.
#[derive(Clone, Copy)]
pub struct View<'a> {
    pub plan: &'a Plan,
    pub facts: &'a PatientFacts<'a>,
    pub on: Day,
}

/// Truth, and what the question counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    pub truth: Tri,
    pub count: u32,
}

impl Answer {
    #[must_use]
    pub fn new(truth: Tri, count: u32) -> Answer {
        Answer { truth, count }
    }

    /// Yes when the count reaches `n`.
    #[must_use]
    pub fn at_least(n: u32, count: u32) -> Answer {
        Answer { truth: (count >= n).into(), count }
    }
}

/// The answer to a question that one patient's facts of one kind answer; unknown to all others.
#[inline(never)]
pub fn answer(view: View, node: &Node) -> Answer {
    let missing = node.missing;
    match &node.kind {
        NodeKind::Diagnosis { selector, sources, spec, .. } => diagnosis(view, *selector, sources, spec, missing),
        NodeKind::Medicine { selector, spec } => medicine(view, *selector, spec, missing),
        NodeKind::Measurement { analyte, spec } => measurement(view, *analyte, spec, missing),
        NodeKind::Contact(asked) => contact(view, asked, missing),
        NodeKind::Function { items, spec } => function(view, items, spec, missing),
        NodeKind::Service { services, except, spec } => service(view, services, except, spec, missing),
        NodeKind::Sex(asked) => sex(view, *asked, missing),
        NodeKind::LivesAlone => alone(view, missing),
        NodeKind::OnList { days, shorter } => on_list(view, *days, *shorter, missing),
        _ => Answer::new(Tri::Unknown, 0),
    }
}

/// How many distinct days can be chosen from the oldest on, each at least `apart` days after the one before.
#[must_use]
pub fn chosen_days(days: impl Iterator<Item = i32>, apart: u32) -> u32 {
    // Few patients have more such days, and a list of them costs more than the counting.
    let mut few = [0; 8];
    let mut many = Vec::new();
    let mut count = 0;
    for day in days {
        match few.get_mut(count) {
            Some(place) => *place = day,
            None if many.is_empty() => many = few.iter().copied().chain([day]).collect(),
            None => many.push(day),
        }
        count += 1;
    }
    if count < 2 {
        return count as u32;
    }
    count_apart(if many.is_empty() { &mut few[..count] } else { &mut many }, apart)
}

fn count_apart(days: &mut [i32], apart: u32) -> u32 {
    days.sort_unstable();
    let mut last: Option<i32> = None;
    let mut chosen = 0;
    for day in days {
        if last.is_none_or(|last| *day > last && i64::from(*day) - i64::from(last) >= i64::from(apart)) {
            last = Some(*day);
            chosen += 1;
        }
    }
    chosen
}
