//! One rule set compiled: which questions give points, and which of them the pass answers itself.

use super::asked::source_of;
use super::node::{Node, NodeId, NodeKind};
use super::plan::{CriterionPlan, ModelPlan};
use crate::clinical::{Points, Tri};
use crate::journal::tables::{ContactKind, Sources};
use crate::model::RuleSet;
use crate::model::ruleset::{InputId, InputKind, Weight};

pub(super) fn compile_model(
    rule_set: &RuleSet,
    inputs: Vec<NodeId>,
    all: &[Node],
    bits: usize,
    sources: Sources,
) -> ModelPlan {
    let node = |id: InputId| inputs[id.0];
    let nodes = |ids: &[InputId]| ids.iter().map(|id| node(*id)).collect::<Vec<_>>();
    let criteria: Vec<CriterionPlan> = (0..rule_set.criteria.len()).map(|i| criterion(rule_set, &inputs, i)).collect();
    let mut criterion_of_bit = vec![u16::MAX; bits];
    let mut open = vec![false; bits];
    let mut asked = Vec::new();
    for (i, criterion) in criteria.iter().enumerate() {
        let fixed = matches!(criterion.weight, Weight::Fixed(_));
        match quick_bit(all, criterion.node, bits) {
            Some((bit, unknown)) if fixed && criterion_of_bit[bit] == u16::MAX => {
                criterion_of_bit[bit] = i as u16;
                open[bit] = unknown;
            }
            // What no patient can meet need not be asked.
            _ if all[criterion.node.index()].kind == NodeKind::Always(Tri::No) => {}
            _ => asked.push(i as u16),
        }
    }
    let (gate_bits, gate_any): (Vec<_>, Vec<_>) =
        nodes(&rule_set.gate.any).into_iter().partition(|node| node.index() < bits);
    let silences = criteria.iter().any(|criterion| !criterion.silenced_by.is_empty());
    let gated = !rule_set.gate.any.is_empty() || !rule_set.gate.sums.is_empty();
    ModelPlan {
        id: rule_set.id.clone(),
        version: rule_set.version.clone(),
        inside: nodes(&rule_set.population.all),
        outside: nodes(&rule_set.population.none),
        gated: !rule_set.gate.any.is_empty(),
        gate_bits: gate_bits.into_iter().fold(vec![0; bits.div_ceil(64)], |mut words, node| {
            words[node.index() / 64] |= 1 << (node.index() % 64);
            words
        }),
        gate_any,
        gate_sums: rule_set.gate.sums.iter().map(|(cap, points)| (cap.0, *points)).collect(),
        plain: rule_set.caps.is_empty() && !silences && !gated,
        quick: quick_words(&criterion_of_bit, &open),
        criteria,
        criterion_of_bit,
        asked,
        caps: rule_set.caps.iter().map(|cap| cap.at_most).collect(),
        bands: rule_set.bands.iter().map(|band| band.from).collect(),
        band_setter: rule_set.band_set_by.as_ref().map(|setter| (node(setter.input), setter.steps.clone())),
        band_limit: rule_set.band_limit.clone(),
        assessable: assessable(rule_set, sources),
        inputs,
        is_asked: false,
    }
}

fn criterion(rule_set: &RuleSet, inputs: &[NodeId], index: usize) -> CriterionPlan {
    let criterion = &rule_set.criteria[index];
    let silencing = |(_, other): &(usize, &crate::model::ruleset::Criterion)| other.silences.contains(&index);
    let (least, most) = match &criterion.weight {
        Weight::Fixed(points) | Weight::PerCount(points) => (*points, *points),
        Weight::Steps(steps) => {
            let points = || steps.iter().map(|(_, points)| *points);
            (points().min().unwrap_or_default(), points().max().unwrap_or_default())
        }
        Weight::OfModel => (Points::ZERO, Points::ZERO),
    };
    CriterionPlan {
        node: inputs[criterion.input.0],
        shown: inputs[criterion.shows.unwrap_or(criterion.input).0],
        weight: criterion.weight.clone(),
        cap: criterion.cap.map(|cap| cap.0),
        silenced_by: rule_set.criteria.iter().enumerate().filter(silencing).map(|(i, _)| i as u16).collect(),
        least: least.min(Points::ZERO),
        most: most.max(Points::ZERO),
    }
}

/// The bit that answers a node, and whether it is unknown rather than no when the bit is not set.
fn quick_bit(all: &[Node], node: NodeId, bits: usize) -> Option<(usize, bool)> {
    if node.index() < bits {
        return Some((node.index(), false));
    }
    let unknown = |id: &NodeId| all[id.index()].kind == NodeKind::Always(Tri::Unknown);
    match &all[node.index()].kind {
        NodeKind::Any(of) => match of.as_slice() {
            [bit, other] | [other, bit] if bit.index() < bits && unknown(other) => Some((bit.index(), true)),
            _ => None,
        },
        _ => None,
    }
}

fn quick_words(criterion_of_bit: &[u16], open: &[bool]) -> Vec<(usize, u64, u64)> {
    let pack =
        |bits: &mut dyn Iterator<Item = bool>| bits.enumerate().fold(0_u64, |w, (i, bit)| w | u64::from(bit) << i);
    let word = |(criteria, open): (&[u16], &[bool])| {
        (pack(&mut criteria.iter().map(|c| *c != u16::MAX)), pack(&mut open.iter().copied()))
    };
    let words = criterion_of_bit.chunks(64).zip(open.chunks(64)).map(word).enumerate();
    words.filter(|(_, (quick, _))| *quick != 0).map(|(i, (quick, open))| (i, quick, open)).collect()
}

/// Share of the rule set's questions to the journal whose source was delivered.
fn assessable(rule_set: &RuleSet, sources: Sources) -> f64 {
    let delivered: Vec<bool> = rule_set.inputs.iter().filter_map(|input| delivered(&input.kind, sources)).collect();
    match delivered.len() {
        0 => 1.0,
        n => delivered.iter().filter(|yes| **yes).count() as f64 / n as f64,
    }
}

fn delivered(kind: &InputKind, sources: Sources) -> Option<bool> {
    let contacts = |kinds: &[String]| {
        kinds.iter().filter_map(|name| ContactKind::parse(name)).all(|kind| sources.has(kind.source()))
    };
    match kind {
        InputKind::Contact(spec) => Some(contacts(&spec.kinds)),
        InputKind::Peers(spec) => Some(contacts(&spec.contacts)),
        _ => source_of(kind).map(|source| sources.has(source)),
    }
}
