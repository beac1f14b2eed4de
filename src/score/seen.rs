//! What whoever keeps scores may ask of a patient while the journal is scored: points line by line, without the facts.

use super::evaluate::Evaluator;
use super::known::OutcomeId;
use super::result::{Explained, Outcome, Part, State};
use super::sum::{self, Mark};
use super::summary;
use crate::clinical::{Day, Points};
use crate::observe::facts::NO_DAY;
use std::cell::OnceCell;

/// A line that is met or unknown, or a cap that is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    pub part: Part,
    pub state: State,
    /// What it adds to the value.
    pub points: Points,
    /// What its shown input counts; 0 unless met.
    pub count: u32,
}

/// A patient's answers, from the pass or from an explanation.
pub trait Answers {
    fn outcomes(&self) -> &[Outcome];

    /// The criteria of one rule set that are met, silenced or unknown, and its caps that are reached.
    fn lines(&mut self, model: usize) -> Vec<Told>;

    /// The oldest and the newest day among the facts of a criterion that is met, even when another silences it.
    fn days(&mut self, model: usize, criterion: usize) -> Option<(Day, Day)>;
}

/// A patient as the pass sees her.
pub struct Seen<'a, 'b> {
    evaluator: &'a mut Evaluator<'b>,
    numbers: &'a [OutcomeId],
    /// Written out for those who ask for them.
    outcomes: OnceCell<Vec<Outcome>>,
}

impl<'a, 'b> Seen<'a, 'b> {
    /// With the numbers of her outcomes, one a rule set, in order.
    pub(super) fn new(evaluator: &'a mut Evaluator<'b>, numbers: &'a [OutcomeId]) -> Seen<'a, 'b> {
        Seen { evaluator, numbers, outcomes: OnceCell::new() }
    }
}

impl Answers for Seen<'_, '_> {
    fn outcomes(&self) -> &[Outcome] {
        let known = self.evaluator.memory.known();
        self.outcomes.get_or_init(|| self.numbers.iter().map(|number| *known.get(*number)).collect())
    }

    fn lines(&mut self, model: usize) -> Vec<Told> {
        let Some(score) = self.outcomes().get(model).and_then(|outcome| outcome.score) else { return Vec::new() };
        let plan = &self.evaluator.plan.models[model];
        sum::collect(self.evaluator, 0, plan);
        sum::mark(&mut self.evaluator.memory.scratch, plan);
        let marks = self.evaluator.memory.scratch.marks.clone();
        sum::unmark(&mut self.evaluator.memory.scratch);
        let mut live = std::mem::take(&mut self.evaluator.memory.scratch.live);
        live.sort_unstable_by_key(|(index, _, _)| *index);
        let mut sums = vec![Points::ZERO; plan.caps.len()];
        let mut told = Vec::with_capacity(live.len());
        for (index, mark, range) in &live {
            let criterion = &plan.criteria[*index as usize];
            let silencer = sum::silencer(&marks, plan, *index);
            let state = match (mark, silencer) {
                (Mark::Met, Some(by)) => State::Silenced(by as usize),
                (Mark::Met, None) => State::Met,
                _ => State::Unknown,
            };
            let met = state == State::Met;
            let points = if met && score.gate.is_yes() { range.value } else { Points::ZERO };
            if let Some(cap) = criterion.cap {
                sums[cap] += points;
            }
            let count = if met { self.evaluator.count(0, criterion.shown) } else { 0 };
            told.push(Told { part: Part::Criterion(*index as usize), state, points, count });
        }
        self.evaluator.memory.scratch.live = live;
        for (index, (sum, cap)) in sums.iter().zip(&plan.caps).enumerate() {
            let points = cap.map_or(Points::ZERO, |at_most| at_most.min(*sum) - *sum);
            if points != Points::ZERO {
                told.push(Told { part: Part::Cap(index), state: State::Met, points, count: 0 });
            }
        }
        told
    }

    fn days(&mut self, model: usize, criterion: usize) -> Option<(Day, Day)> {
        self.outcomes().get(model)?.score?;
        let criterion = &self.evaluator.plan.models[model].criteria[criterion];
        if !self.evaluator.truth(0, criterion.node).is_yes() {
            return None;
        }
        let summary = summary::summary(self.evaluator, criterion.shown, &mut summary::Codes::default());
        (summary.last != NO_DAY).then_some((Day(summary.first), Day(summary.last)))
    }
}

/// A patient who was explained.
pub struct ExplainedAnswers<'a> {
    explained: &'a [Explained],
    outcomes: Vec<Outcome>,
}

impl<'a> ExplainedAnswers<'a> {
    #[must_use]
    pub fn new(explained: &'a [Explained]) -> ExplainedAnswers<'a> {
        ExplainedAnswers { explained, outcomes: explained.iter().map(|answer| answer.outcome).collect() }
    }
}

impl Answers for ExplainedAnswers<'_> {
    fn outcomes(&self) -> &[Outcome] {
        &self.outcomes
    }

    fn lines(&mut self, model: usize) -> Vec<Told> {
        let answer = self.explained.iter().find(|answer| answer.outcome.model == model);
        let lines = answer.map_or(&[][..], |answer| &answer.lines);
        lines
            .iter()
            .filter(|line| matches!(line.part, Part::Criterion(_) | Part::Cap(_)) && line.state != State::NotMet)
            .map(|line| {
                let count = if line.state == State::Met { line.evidence.count } else { 0 };
                Told { part: line.part, state: line.state, points: line.points, count }
            })
            .collect()
    }

    fn days(&mut self, model: usize, criterion: usize) -> Option<(Day, Day)> {
        let answer = self.explained.iter().find(|answer| answer.outcome.model == model)?;
        let line = answer.lines.iter().find(|line| line.part == Part::Criterion(criterion))?;
        let fired = matches!(line.state, State::Met | State::Silenced(_));
        line.evidence.first_on.zip(line.evidence.last_on).filter(|_| fired)
    }
}
