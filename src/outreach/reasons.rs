//! Which lines of which scores speak on the list, and which tasks they suggest.

use std::cmp::Reverse;

use crate::clinical::Points;
use crate::model::RuleSet;
use crate::model::ruleset::{InputId, InputKind};
use crate::model::vocabulary::Vocabulary;
use crate::score::result::{Explained, Line, Part, State};

/// A line of a score: the rule set's index and the line's place in [`Explained::lines`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineRef {
    pub model: usize,
    pub line: usize,
}

/// More tasks than this are no longer a plan for one visit.
pub const MOST_TASKS: usize = 3;

/// Every line that gave points in `models` (already in order of importance), for the reader to take the first few of.
///
/// The weightiest line of each rule set comes first, so that no group is without a reason; then by points.
#[must_use]
pub fn reasons(models: &[usize], explained: &[Explained]) -> Vec<LineRef> {
    let mut first = Vec::new();
    let mut rest = Vec::new();
    for &model in models {
        let mut lines = scoring_lines(model, explained);
        lines.sort_by_key(|(points, _)| Reverse(*points));
        let mut lines = lines.into_iter();
        first.extend(lines.next());
        rest.extend(lines);
    }
    rest.sort_by_key(|(points, _)| Reverse(*points));
    first.into_iter().chain(rest).map(|(_, line)| line).collect()
}

/// Lines of `models` that speak of contact that did not come about.
#[must_use]
pub fn contact_lines(models: &[usize], explained: &[Explained], rule_sets: &[RuleSet]) -> Vec<LineRef> {
    let of_contact = |reference: &LineRef| {
        let rule_set = &rule_sets[reference.model];
        match line(explained, *reference).map(|line| line.part) {
            Some(Part::Criterion(index)) => asks_contact(rule_set, rule_set.criteria[index].input),
            _ => false,
        }
    };
    reasons(models, explained).into_iter().filter(of_contact).collect()
}

/// The suggested tasks: of the lines with most points, at most three different ones. What may come with a line's first
/// task stands behind the first tasks of lines with as many points.
#[must_use]
pub fn tasks(models: &[usize], explained: &[Explained], rule_sets: &[RuleSet], vocabulary: &Vocabulary) -> Vec<String> {
    let mut wanted: Vec<(Reverse<Points>, usize, usize, &str)> = Vec::new();
    for &model in models {
        let rule_set = &rule_sets[model];
        for line in lines_of(model, explained).iter().filter(|line| line.state == State::Met) {
            let (first, further) = match line.part {
                Part::Criterion(index) => {
                    let criterion = &rule_set.criteria[index];
                    (criterion.task.as_ref(), criterion.further_tasks.as_slice())
                }
                Part::Note(index) => (rule_set.notes[index].task.as_ref(), &[][..]),
                Part::Cap(_) | Part::BandSetter => (None, &[][..]),
            };
            for (rank, name) in first.into_iter().chain(further).enumerate() {
                let order = vocabulary.tasks.position(name).unwrap_or(usize::MAX);
                wanted.push((Reverse(line.points), rank, order, name));
            }
        }
    }
    wanted.sort();
    let mut names: Vec<String> = Vec::new();
    for (.., name) in wanted {
        if names.len() < MOST_TASKS && !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names
}

/// The line that a reference names.
#[must_use]
pub fn line(explained: &[Explained], reference: LineRef) -> Option<&Line> {
    lines_of(reference.model, explained).get(reference.line)
}

/// The lines of one rule set's answer; empty when it gave none.
#[must_use]
pub fn lines_of(model: usize, explained: &[Explained]) -> &[Line] {
    explained.iter().find(|answer| answer.outcome.model == model).map_or(&[], |answer| &answer.lines)
}

fn scoring_lines(model: usize, explained: &[Explained]) -> Vec<(Points, LineRef)> {
    let is_reason =
        |line: &Line| matches!(line.part, Part::Criterion(_)) && line.state == State::Met && line.points > Points::ZERO;
    let lines = lines_of(model, explained).iter().enumerate();
    lines
        .filter(|(_, line)| is_reason(line))
        .map(|(index, line)| (line.points, LineRef { model, line: index }))
        .collect()
}

/// Whether an input asks, directly or through others, for contacts or their absence.
fn asks_contact(rule_set: &RuleSet, input: InputId) -> bool {
    let kind = &rule_set.inputs[input.0].kind;
    // An input is made only of earlier ones, so this ends.
    matches!(kind, InputKind::Contact(_) | InputKind::Peers(_))
        || members(kind).iter().any(|id| asks_contact(rule_set, *id))
}

/// The inputs that an input is made of.
#[must_use]
pub fn members(kind: &InputKind) -> &[InputId] {
    match kind {
        InputKind::Any(of) | InputKind::All(of) | InputKind::None(of) => of,
        InputKind::AtLeast { of, .. } | InputKind::DaysOf { of, .. } | InputKind::Together { of, .. } => of,
        _ => &[],
    }
}
