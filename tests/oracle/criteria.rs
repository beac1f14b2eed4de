//! Criteria: when one fires, what it weighs, and what silences it.

use super::other_rule_set;
use super::{Answer, Question, ScoreAnswer, answer};
use tidlig::clinical::{Points, Tri};
use tidlig::model::RuleSet;
use tidlig::model::ruleset::{Criterion, InputKind, Weight};
use tidlig::score::result::State;

/// Least and most.
#[derive(Debug, Clone, Copy)]
pub struct Range {
    pub least: Points,
    pub most: Points,
}

impl Range {
    fn with_zero(a: Points, b: Points) -> Range {
        Range { least: a.min(b).min(Points::ZERO), most: a.max(b).max(Points::ZERO) }
    }
}

/// A criterion before other criteria silence it.
pub struct Fired {
    pub answer: Answer,
    /// Whether it fires: its input is yes and its count reaches the first step.
    pub met: Tri,
    pub points: Points,
    pub range: Range,
}

/// A criterion after silencing.
pub struct Weighed {
    pub state: State,
    pub points: Points,
    pub range: Range,
}

/// A criterion on its own.
pub fn fire(question: Question<'_>, set: usize, line: &Criterion) -> Fired {
    let answer = answer(question, set, line.input);
    let (met, points, range) = match answer.tri {
        Tri::No => (Tri::No, Points::ZERO, Range::with_zero(Points::ZERO, Points::ZERO)),
        Tri::Unknown => (Tri::Unknown, Points::ZERO, possible(question, set, line)),
        Tri::Yes => {
            let (met, points, range) = earned(question, set, line, answer.count);
            (Tri::from(met), points, range)
        }
    };
    Fired { answer, met, points, range }
}

/// Whether a criterion whose input is yes fires, its points, and what they could be.
fn earned(question: Question<'_>, set: usize, line: &Criterion, count: u32) -> (bool, Points, Range) {
    let exactly = |met, points| (met, points, Range { least: points, most: points });
    match &line.weight {
        Weight::Fixed(points) => exactly(true, *points),
        Weight::PerCount(points) => exactly(true, Points(points.0 * i64::from(count))),
        Weight::Steps(steps) => {
            let mut reached = None;
            for (from, points) in steps {
                if count >= *from {
                    reached = Some(*points);
                }
            }
            exactly(reached.is_some(), reached.unwrap_or(Points::ZERO))
        }
        Weight::OfModel => match other_score(question, set, line) {
            None => exactly(true, Points::ZERO),
            Some(other) => (true, other.value, Range { least: other.lower, most: other.upper }),
        },
    }
}

/// What a criterion could give whose input is unknown.
fn possible(question: Question<'_>, set: usize, line: &Criterion) -> Range {
    match &line.weight {
        Weight::Fixed(points) | Weight::PerCount(points) => Range::with_zero(*points, *points),
        Weight::Steps(steps) => {
            let mut range = Range::with_zero(Points::ZERO, Points::ZERO);
            for (_, points) in steps {
                range = Range { least: range.least.min(*points), most: range.most.max(*points) };
            }
            range
        }
        Weight::OfModel => match other_score(question, set, line) {
            None => Range::with_zero(Points::ZERO, Points::ZERO),
            Some(other) => Range::with_zero(other.lower, other.upper),
        },
    }
}

fn other_score(question: Question<'_>, set: usize, line: &Criterion) -> Option<ScoreAnswer> {
    match &question.rule_sets[set].inputs[line.input.0].kind {
        InputKind::Model(asked) => other_rule_set::result(question, asked).score,
        _ => None,
    }
}

/// The criterion that silences this one in the value, where an unknown criterion silences nothing.
fn silencer(rules: &RuleSet, fired: &[Fired], silenced: usize) -> Option<usize> {
    (0..fired.len()).find(|other| {
        rules.criteria[*other].silences.contains(&silenced)
            && fired[*other].met == Tri::Yes
            && silencer(rules, fired, *other).is_none()
    })
}

/// Whether some criterion silences this one, when unknown criteria may or may not fire.
fn silenced(rules: &RuleSet, fired: &[Fired], silenced_one: usize) -> Tri {
    let mut tri = Tri::No;
    for other in 0..fired.len() {
        if !rules.criteria[other].silences.contains(&silenced_one) {
            continue;
        }
        let by_this = match (fired[other].met, silenced(rules, fired, other)) {
            (Tri::No, _) | (_, Tri::Yes) => Tri::No,
            (Tri::Yes, Tri::No) => Tri::Yes,
            _ => Tri::Unknown,
        };
        if by_this == Tri::Yes || tri == Tri::Yes {
            tri = Tri::Yes;
        } else if by_this == Tri::Unknown {
            tri = Tri::Unknown;
        }
    }
    tri
}

pub fn weigh(rules: &RuleSet, fired: &[Fired], index: usize) -> Weighed {
    let line = &fired[index];
    let by = silencer(rules, fired, index);
    let state = match (line.met, by) {
        (Tri::No, _) => State::NotMet,
        (Tri::Unknown, _) => State::Unknown,
        (Tri::Yes, Some(by)) => State::Silenced(by),
        (Tri::Yes, None) => State::Met,
    };
    let points = if state == State::Met { line.points } else { Points::ZERO };
    let range = match silenced(rules, fired, index) {
        Tri::No => line.range,
        Tri::Yes => Range::with_zero(Points::ZERO, Points::ZERO),
        Tri::Unknown => Range::with_zero(line.range.least, line.range.most),
    };
    Weighed { state, points, range }
}
