//! Only inputs that something asks for stay in a rule set.

use crate::model::ruleset::{InputId, InputKind, RuleSet};

/// The inputs an input builds on.
#[must_use]
pub fn needs(kind: &InputKind) -> Vec<InputId> {
    match kind {
        InputKind::Any(of)
        | InputKind::All(of)
        | InputKind::None(of)
        | InputKind::AtLeast { of, .. }
        | InputKind::DaysOf { of, .. }
        | InputKind::Together { of, .. } => of.clone(),
        InputKind::Peers(peers) => peers.morbidity.iter().chain(&peers.eligible).copied().collect(),
        _ => Vec::new(),
    }
}

/// Gives the inputs an input builds on their new ids.
pub fn rename(kind: &mut InputKind, new: &impl Fn(InputId) -> InputId) {
    let rename_all = |ids: &mut Vec<InputId>| ids.iter_mut().for_each(|id| *id = new(*id));
    match kind {
        InputKind::Any(of)
        | InputKind::All(of)
        | InputKind::None(of)
        | InputKind::AtLeast { of, .. }
        | InputKind::DaysOf { of, .. }
        | InputKind::Together { of, .. } => rename_all(of),
        InputKind::Peers(peers) => {
            rename_all(&mut peers.morbidity);
            rename_all(&mut peers.eligible);
        }
        _ => {}
    }
}

/// Which inputs are asked for, directly or by another input.
#[must_use]
pub fn used(set: &RuleSet) -> Vec<bool> {
    let mut used = vec![false; set.inputs.len()];
    let criteria = set.criteria.iter().flat_map(|criterion| [Some(criterion.input), criterion.shows]);
    let notes = set.notes.iter().flat_map(|note| [Some(note.input), note.shows]);
    let asked = criteria.chain(notes).flatten();
    let lists = set.population.all.iter().chain(&set.population.none).chain(&set.gate.any).copied();
    for id in asked.chain(lists).chain(set.band_set_by.iter().map(|setter| setter.input)) {
        used[id.0] = true;
    }
    for at in (0..set.inputs.len()).rev() {
        if used[at] {
            needs(&set.inputs[at].kind).iter().for_each(|id| used[id.0] = true);
        }
    }
    used
}

/// Takes away the inputs that are not used.
pub fn prune(set: &mut RuleSet, used: &[bool]) {
    let mut next = 0;
    let places: Vec<InputId> = used
        .iter()
        .map(|keep| {
            let place = InputId(next);
            next += usize::from(*keep);
            place
        })
        .collect();
    let new = |id: InputId| places[id.0];
    let mut keep = used.iter();
    set.inputs.retain(|_| keep.next().copied().unwrap_or(false));
    set.inputs.iter_mut().for_each(|input| rename(&mut input.kind, &new));
    for criterion in &mut set.criteria {
        criterion.input = new(criterion.input);
        criterion.shows = criterion.shows.map(new);
    }
    for note in &mut set.notes {
        note.input = new(note.input);
        note.shows = note.shows.map(new);
    }
    for list in [&mut set.population.all, &mut set.population.none, &mut set.gate.any] {
        list.iter_mut().for_each(|id| *id = new(*id));
    }
    if let Some(setter) = &mut set.band_set_by {
        setter.input = new(setter.input);
    }
}
