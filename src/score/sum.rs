//! From answers to points: hierarchies, caps, the gate, bands and bounds.

use super::bits::each_bit;
use super::direct::Direct;
use super::evaluate::Evaluator;
use super::known::OutcomeId;
use super::limit::limited;
use super::memo::LineOf;
use super::node::NodeKind;
use super::plan::{CriterionPlan, ModelPlan};
use super::population::population;
use super::result::{BandIndex, Outcome, Score};
use crate::clinical::{Points, Tri};
use crate::model::ruleset::{Bound, Weight};

/// What one criterion adds: the known points, and the least and most they could be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Range {
    pub least: Points,
    pub value: Points,
    pub most: Points,
}

impl Range {
    fn exactly(points: Points) -> Range {
        Range { least: points, value: points, most: points }
    }

    fn add(&mut self, other: Range) {
        self.least += other.least;
        self.value += other.value;
        self.most += other.most;
    }

    fn capped(self, at_most: Points) -> Range {
        let cap = |points: Points| points.min(at_most);
        Range { least: cap(self.least), value: cap(self.value), most: cap(self.most) }
    }
}

/// How a criterion stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mark {
    #[default]
    No,
    Unknown,
    Met,
}

/// Reused memory of the sums.
#[derive(Debug, Default)]
pub struct Scratch {
    /// Criteria that are met or unknown, with what they would add were they not silenced.
    pub live: Vec<(u16, Mark, Range)>,
    pub marks: Vec<Mark>,
    sums: Vec<Range>,
}

/// One rule set's outcome for the patient whom the evaluator looks at.
pub(super) fn outcome(evaluator: &mut Evaluator, at: usize, model: usize) -> OutcomeId {
    let plan = &evaluator.plan.models[model];
    let in_population = population(evaluator, at, model);
    if !in_population.is_yes() {
        return evaluator.memory.known.without_score(model, in_population);
    }
    let score = Some(score(evaluator, at, plan));
    evaluator.memory.known.number(Outcome { model, in_population, score })
}

/// The same for a rule set that is a sum of bits.
#[inline]
pub(super) fn direct(
    evaluator: &mut Evaluator,
    at: usize,
    model: usize,
    direct: &Direct,
    in_population: Tri,
) -> OutcomeId {
    let plan = &evaluator.plan.models[model];
    if !in_population.is_yes() {
        return evaluator.memory.known.without_score(model, in_population);
    }
    let value = direct.sum(evaluator.yes(at));
    evaluator.memory.known.of_sum(model, value, || {
        let band = band_of(&plan.bands, value);
        let score = Score { value, lower: value, upper: value, band, band_of_points: None, gate: Tri::Yes };
        Outcome { model, in_population, score: Some(score) }
    })
}

fn score(evaluator: &mut Evaluator, at: usize, plan: &ModelPlan) -> Score {
    let gate = gate_any(evaluator, at, plan);
    if gate == Tri::No {
        return finish(evaluator, at, plan, Range::default(), Tri::No);
    }
    collect(evaluator, at, plan);
    if plan.plain {
        let mut total = Range::default();
        evaluator.memory.scratch.live.iter().for_each(|(_, _, range)| total.add(*range));
        return finish(evaluator, at, plan, total, Tri::Yes);
    }
    let (total, gate) = gated_sum(&mut evaluator.memory.scratch, plan, gate);
    finish(evaluator, at, plan, total, gate)
}

fn gate_any(evaluator: &mut Evaluator, at: usize, plan: &ModelPlan) -> Tri {
    let passed = || plan.gate_bits.iter().enumerate().any(|(i, bits)| evaluator.yes_word(at, i) & bits != 0);
    if !plan.gated || passed() {
        return Tri::Yes;
    }
    plan.gate_any.iter().fold(Tri::No, |truth, node| truth.or(evaluator.truth(at, *node)))
}

/// Fills the scratch with the criteria that are met or unknown.
pub(super) fn collect(evaluator: &mut Evaluator, at: usize, plan: &ModelPlan) {
    // Asking may look at other rule sets, which use the scratch themselves; so the list is taken out meanwhile.
    let mut live = std::mem::take(&mut evaluator.memory.scratch.live);
    live.clear();
    for (word, quick, open) in &plan.quick {
        let yes = evaluator.yes_word(at, *word);
        for bit in each_bit(yes & quick) {
            let index = plan.criterion_of_bit[word * 64 + bit];
            live.push((index, Mark::Met, Range::exactly(plan.criteria[index as usize].most_or_least())));
        }
        for bit in each_bit(open & !yes) {
            let index = plan.criterion_of_bit[word * 64 + bit];
            let criterion = &plan.criteria[index as usize];
            let range = Range { least: criterion.least, value: Points::ZERO, most: criterion.most };
            live.push((index, Mark::Unknown, range));
        }
    }
    for index in &plan.asked {
        let criterion = &plan.criteria[*index as usize];
        match evaluator.truth(at, criterion.node) {
            Tri::No => {}
            Tri::Unknown => {
                let range = unknown_range(evaluator, at, criterion);
                live.push((*index, Mark::Unknown, range));
            }
            Tri::Yes => {
                if let Some(range) = met_range(evaluator, at, criterion) {
                    live.push((*index, Mark::Met, range));
                }
            }
        }
    }
    evaluator.memory.scratch.live = live;
}

/// What a criterion could add that is neither met nor not.
fn unknown_range(evaluator: &mut Evaluator, at: usize, criterion: &CriterionPlan) -> Range {
    let (least, most) = match criterion.weight {
        Weight::OfModel => match of_model(evaluator, at, criterion) {
            Some(range) => (range.least.min(Points::ZERO), range.most.max(Points::ZERO)),
            None => (Points::ZERO, Points::ZERO),
        },
        _ => (criterion.least, criterion.most),
    };
    Range { least, value: Points::ZERO, most }
}

impl CriterionPlan {
    /// The points of a fixed weight, whatever its sign.
    fn most_or_least(&self) -> Points {
        match self.weight {
            Weight::Fixed(points) => points,
            _ => Points::ZERO,
        }
    }
}

/// What a met criterion adds; `None` when its count reaches no step.
fn met_range(evaluator: &mut Evaluator, at: usize, criterion: &CriterionPlan) -> Option<Range> {
    match &criterion.weight {
        Weight::Fixed(points) => Some(Range::exactly(*points)),
        Weight::PerCount(points) => {
            Some(Range::exactly(Points(points.0 * i64::from(evaluator.count(at, criterion.node)))))
        }
        Weight::Steps(steps) => {
            let count = evaluator.count(at, criterion.node);
            steps.iter().rev().find(|(from, _)| count >= *from).map(|(_, points)| Range::exactly(*points))
        }
        Weight::OfModel => of_model(evaluator, at, criterion),
    }
}

fn of_model(evaluator: &mut Evaluator, at: usize, criterion: &CriterionPlan) -> Option<Range> {
    let NodeKind::Model { model, question } = &evaluator.plan.node(criterion.node).kind else { return None };
    let score = evaluator.other_outcome(at, *model, question)?.score?;
    Some(Range { least: score.lower, value: score.value, most: score.upper })
}

/// The sum under hierarchies and caps, and the gate with its sums.
fn gated_sum(scratch: &mut Scratch, plan: &ModelPlan, gate: Tri) -> (Range, Tri) {
    if scratch.live.is_empty() {
        let sums = plan.gate_sums.iter().map(|(_, least)| reaches(Range::default(), *least));
        return (Range::default(), sums.fold(gate, Tri::and));
    }
    mark(scratch, plan);
    scratch.sums.clear();
    scratch.sums.resize(plan.caps.len(), Range::default());
    let mut total = Range::default();
    for (index, _, range) in &scratch.live {
        let criterion = &plan.criteria[*index as usize];
        let range = under_hierarchy(&scratch.marks, plan, *index, *range);
        match criterion.cap {
            Some(cap) => scratch.sums[cap].add(range),
            None => total.add(range),
        }
    }
    for (sum, cap) in scratch.sums.iter_mut().zip(&plan.caps) {
        *sum = cap.map_or(*sum, |at_most| sum.capped(at_most));
        total.add(*sum);
    }
    unmark(scratch);
    let sums = plan.gate_sums.iter().map(|(cap, least)| reaches(scratch.sums[*cap], *least));
    (total, sums.fold(gate, Tri::and))
}

fn reaches(sum: Range, least: Points) -> Tri {
    match (sum.value >= least, sum.most >= least) {
        (true, _) => Tri::Yes,
        (false, true) => Tri::Unknown,
        _ => Tri::No,
    }
}

/// The met lines of a score on the index day, in file order, then those of the caps that take points back.
pub(super) fn lines(evaluator: &mut Evaluator, model: usize, lines: &mut Vec<LineOf>) {
    let plan = &evaluator.plan.models[model];
    collect(evaluator, 0, plan);
    let scratch = &mut evaluator.memory.scratch;
    scratch.live.sort_unstable_by_key(|(index, _, _)| *index);
    mark(scratch, plan);
    let mut sums = vec![Points::ZERO; plan.caps.len()];
    for (index, mark, range) in &scratch.live {
        if *mark != Mark::Met || silencer(&scratch.marks, plan, *index).is_some() {
            continue;
        }
        if let Some(cap) = plan.criteria[*index as usize].cap {
            sums[cap] += range.value;
        }
        lines.push(LineOf { index: u32::from(*index), points: range.value });
    }
    unmark(scratch);
    for (cap, (sum, at_most)) in sums.iter().zip(&plan.caps).enumerate() {
        let over = at_most.map_or(Points::ZERO, |at_most| at_most.min(*sum) - *sum);
        if over != Points::ZERO {
            lines.push(LineOf { index: (plan.criteria.len() + cap) as u32, points: over });
        }
    }
}

/// Takes back what [`mark`] wrote.
pub(super) fn unmark(scratch: &mut Scratch) {
    for (index, _, _) in &scratch.live {
        scratch.marks[*index as usize] = Mark::No;
    }
}

/// Writes how each criterion stands where hierarchies can look it up; before and after all stand at no.
pub(super) fn mark(scratch: &mut Scratch, plan: &ModelPlan) {
    if scratch.marks.len() < plan.criteria.len() {
        scratch.marks.resize(plan.criteria.len(), Mark::No);
    }
    for (index, mark, _) in &scratch.live {
        scratch.marks[*index as usize] = *mark;
    }
}

/// The met criterion that silences this one, if any; one that is silenced itself silences nothing.
pub(super) fn silencer(marks: &[Mark], plan: &ModelPlan, index: u16) -> Option<u16> {
    let above = &plan.criteria[index as usize].silenced_by;
    above.iter().copied().find(|s| marks[*s as usize] == Mark::Met && silencer(marks, plan, *s).is_none())
}

/// Whether a criterion counts: met, and silenced by none that counts.
fn counts(marks: &[Mark], plan: &ModelPlan, index: u16) -> Tri {
    let met = match marks[index as usize] {
        Mark::No => Tri::No,
        Mark::Unknown => Tri::Unknown,
        Mark::Met => Tri::Yes,
    };
    let above = plan.criteria[index as usize].silenced_by.iter();
    above.fold(met, |truth, s| if truth == Tri::No { truth } else { truth.and(counts(marks, plan, *s).negate()) })
}

/// What a criterion adds once those above it have spoken.
pub(super) fn under_hierarchy(marks: &[Mark], plan: &ModelPlan, index: u16, range: Range) -> Range {
    if plan.criteria[index as usize].silenced_by.is_empty() {
        return range;
    }
    let value = if silencer(marks, plan, index).is_some() { Points::ZERO } else { range.value };
    match counts(marks, plan, index) {
        Tri::No => Range::default(),
        Tri::Yes => range,
        Tri::Unknown => Range { least: range.least.min(Points::ZERO), value, most: range.most.max(Points::ZERO) },
    }
}

/// Applies the gate, and finds the band.
fn finish(evaluator: &mut Evaluator, at: usize, plan: &ModelPlan, sum: Range, gate: Tri) -> Score {
    let sum = match gate {
        Tri::Yes => sum,
        Tri::No => Range::default(),
        Tri::Unknown => {
            Range { least: sum.least.min(Points::ZERO), value: Points::ZERO, most: sum.most.max(Points::ZERO) }
        }
    };
    let mut of_points = band_of(&plan.bands, sum.value);
    if gate.is_yes() {
        of_points = limited(&mut evaluator.memory.scratch, plan, of_points);
    }
    let set = plan.band_setter.as_ref().and_then(|(node, steps)| {
        let value = super::evidence::newest_value(evaluator, at, *node)?;
        steps.iter().rev().find(|(from, _)| value >= *from).map(|(_, band)| *band as BandIndex)
    });
    Score {
        value: sum.value,
        lower: sum.least,
        upper: sum.most,
        band: set.or(of_points),
        band_of_points: set.and(of_points),
        gate,
    }
}

/// The highest band whose lower end is reached.
#[must_use]
pub fn band_of(bands: &[Bound], value: Points) -> Option<BandIndex> {
    let band = bands.iter().rposition(|bound| match bound {
        Bound::Lowest => true,
        Bound::From(from) => value >= *from,
        Bound::Above(above) => value > *above,
    })?;
    Some(band as BandIndex)
}
