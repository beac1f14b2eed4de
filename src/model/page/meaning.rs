//! What a criterion or an input comes to, for telling two of them apart.

use super::Page;
use crate::model::check::{parts_of, rename};
use crate::model::ruleset::{Codes, Criterion, Input, InputId, InputKind, RuleSet};

/// What a criterion weighs, and everything that steers it.
pub(super) fn line(page: &Page, set: &RuleSet, criterion: &Criterion) -> String {
    let mut out = page.weight(&criterion.weight);
    let input = &set.inputs[criterion.input.0].name;
    if *input != criterion.name {
        out.push_str(&format!(" ← {input}"));
    }
    if let Some(shows) = criterion.shows {
        out.push_str(&format!(" ({})", set.inputs[shows.0].name));
    }
    if !criterion.silences.is_empty() {
        let silent: Vec<&str> = criterion.silences.iter().map(|at| set.criteria[*at].name.as_str()).collect();
        out.push_str(&format!("; ⊘ {}", silent.join(" ")));
    }
    let cap = criterion.cap.map(|cap| set.caps[cap.0].name.clone());
    let tasks = criterion.task.iter().chain(&criterion.further_tasks);
    for word in criterion.domain.iter().chain(tasks).chain(&cap) {
        out.push_str(&format!("; {word}"));
    }
    if criterion.sensitive {
        out.push_str("; ◐");
    }
    out
}

pub(super) fn codes(kind: &InputKind) -> Option<&Codes> {
    match kind {
        InputKind::Diagnosis(asked) => Some(&asked.codes),
        InputKind::Medicine(asked) => Some(&asked.codes),
        _ => None,
    }
}

pub(super) fn codes_mut(kind: &mut InputKind) -> Option<&mut Codes> {
    match kind {
        InputKind::Diagnosis(asked) => Some(&mut asked.codes),
        InputKind::Medicine(asked) => Some(&mut asked.codes),
        _ => None,
    }
}

/// What an input asks, its codes aside, with the inputs it builds on by name.
pub(super) fn meaning(set: &RuleSet, input: &Input) -> String {
    let mut kind = input.kind.clone();
    let parts: Vec<&str> = parts_of(&kind).iter().map(|id| set.inputs[id.0].name.as_str()).collect();
    rename(&mut kind, &|_| InputId(0));
    if let Some(codes) = codes_mut(&mut kind) {
        *codes = Codes::default();
    }
    format!("{kind:?} {parts:?} {} {:?} {:?} {:?}", input.sensitive, input.missing, input.undelivered, input.label)
}
