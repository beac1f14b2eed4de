//! The facts behind an answer: what, when, how often, from which source.

use super::coded::{self, Coded};
use super::evaluate::Evaluator;
use super::leaf::{self, View};
use super::node::{NodeId, NodeKind};
use super::peers;
use super::result::{Evidence, Fact};
use super::together;
use crate::clinical::Day;
use crate::journal::tables::Source;
use crate::model::ruleset::{ServiceState, Usage};
use crate::observe::facts::{MedicineFact, NO_DAY, RowUsage};

/// The evidence for a question that is yes.
///
/// Of questions joined by `all`, the last that rests on facts gives count and dates; of those joined by `any`, all that are
/// yes give facts and the highest count is shown.
pub(super) fn evidence(evaluator: &mut Evaluator, at: usize, id: NodeId) -> Evidence {
    let mut evidence = of_node(evaluator, at, id);
    let days = || evidence.facts.iter().filter_map(|fact| fact.day);
    (evidence.first_on, evidence.last_on) = (days().min(), days().max());
    evidence
}

fn of_node(evaluator: &mut Evaluator, at: usize, id: NodeId) -> Evidence {
    let plan = evaluator.plan;
    let view = evaluator.view(at);
    let counted = |evaluator: &mut Evaluator, facts: Vec<Fact>| {
        let count = evaluator.count(at, id);
        let answered = |fact: Fact| Fact { input: id.index(), ..fact };
        Evidence { count, facts: ordered(facts.into_iter().map(answered).collect()), ..Evidence::default() }
    };
    match &plan.node(id).kind {
        NodeKind::Always(_) | NodeKind::None(_) => Evidence::default(),
        NodeKind::Seen { .. } | NodeKind::Diagnosis { .. } => {
            let facts = coded::facts(view, &plan.node(id).kind).map(coded_fact).collect();
            counted(evaluator, facts)
        }
        NodeKind::Medicine { selector, spec } => {
            let facts = leaf::medicine_facts(view, *selector, spec);
            let facts = facts.iter().map(|fact| medicine_fact(spec.usage, fact)).collect();
            counted(evaluator, facts)
        }
        NodeKind::Measurement { analyte, spec } => {
            let facts = leaf::measurement_facts(view, *analyte, spec);
            let facts = facts.into_iter().map(|fact| measurement_fact(view, fact)).collect();
            let mut evidence = counted(evaluator, facts);
            evidence.old = leaf::old_value(view, *analyte, spec);
            evidence
        }
        NodeKind::Contact(node) => {
            let facts = leaf::contact_facts(view, node).map(|fact| {
                let code = fact.kind.name().to_owned();
                plain_fact(fact.kind.source(), fact.day, String::new(), code)
            });
            let facts = facts.collect();
            let mut evidence = counted(evaluator, facts);
            let told = !evidence.facts.is_empty();
            evidence.old = leaf::days_before(view, node).filter(|_| told).map(f64::from);
            evidence
        }
        NodeKind::Function { items, spec } => {
            let facts = leaf::function_facts(view, items, spec).into_iter().map(|fact| {
                let (instrument, item) = plan.lexicon.items[fact.item as usize].clone();
                let value = Some(fact.score);
                Fact { value, ..plain_fact(Source::Functions, fact.day, instrument, item) }
            });
            let facts = facts.collect();
            let mut evidence = counted(evaluator, facts);
            evidence.old = leaf::old_score(view, items, spec);
            evidence
        }
        NodeKind::Service { services, except, spec } => {
            let facts = leaf::service_facts(view, services, except, spec).map(|fact| {
                let name = plan.lexicon.service_name(fact.service);
                let day = if spec.state == ServiceState::Ended { fact.until } else { fact.from };
                plain_fact(Source::Services, day, String::new(), name)
            });
            let facts = facts.collect();
            counted(evaluator, facts)
        }
        NodeKind::Age { .. } | NodeKind::Sex(_) | NodeKind::LivesAlone | NodeKind::OnList { .. } => {
            counted(evaluator, Vec::new())
        }
        NodeKind::Any(of) | NodeKind::SeenAny { of, .. } => any(evaluator, at, of),
        NodeKind::All(of) => all(evaluator, at, of),
        NodeKind::DaysOf { of, .. } => {
            let facts = joined_facts(evaluator, at, of);
            Evidence { count: evaluator.count(at, id), facts, ..Evidence::default() }
        }
        NodeKind::AtLeast { of, .. } => {
            let joined = any(evaluator, at, of);
            Evidence { count: evaluator.count(at, id), ..joined }
        }
        NodeKind::Together { of, after, .. } => {
            let facts = together::facts(evaluator, at, of, *after);
            Evidence { count: evaluator.count(at, id), facts, ..Evidence::default() }
        }
        NodeKind::Model { .. } => counted(evaluator, Vec::new()),
        NodeKind::Peers(node) => {
            let compared = peers::explain(evaluator, at, node);
            let mut evidence = counted(evaluator, Vec::new());
            evidence.peers = compared.map(|found| (found.mean, found.n as u32));
            evidence
        }
    }
}

/// The facts of all that are yes.
pub(super) fn joined_facts(evaluator: &mut Evaluator, at: usize, of: &[NodeId]) -> Vec<Fact> {
    any(evaluator, at, of).facts
}

/// The days of the facts of all that are yes, in no order, some more than once.
pub(super) fn joined_days(evaluator: &mut Evaluator, at: usize, of: &[NodeId]) -> Vec<i32> {
    let mut days = Vec::new();
    for id in of {
        if evaluator.truth(at, *id).is_yes() {
            add_days(evaluator, at, *id, &mut days);
        }
    }
    days
}

fn add_days(evaluator: &mut Evaluator, at: usize, id: NodeId, days: &mut Vec<i32>) {
    let plan = evaluator.plan;
    match &plan.node(id).kind {
        kind @ (NodeKind::Seen { .. } | NodeKind::Diagnosis { .. }) => {
            days.extend(coded::facts(evaluator.view(at), kind).map(|fact| fact.day));
        }
        NodeKind::Any(of) | NodeKind::SeenAny { of, .. } => days.extend(joined_days(evaluator, at, of)),
        _ => days.extend(of_node(evaluator, at, id).facts.iter().filter_map(|fact| fact.day).map(|day| day.0)),
    }
}

/// Joins the evidence of those that are yes.
fn any(evaluator: &mut Evaluator, at: usize, of: &[NodeId]) -> Evidence {
    let mut joined = Evidence::default();
    for id in of {
        if !evaluator.truth(at, *id).is_yes() {
            continue;
        }
        let part = of_node(evaluator, at, *id);
        joined.count = joined.count.max(part.count);
        joined.facts.extend(part.facts);
        joined.old = joined.old.or(part.old);
        joined.peers = joined.peers.or(part.peers);
    }
    joined.facts = ordered(joined.facts);
    joined
}

/// The last member that rests on facts; without one, the last that counts something.
fn all(evaluator: &mut Evaluator, at: usize, of: &[NodeId]) -> Evidence {
    let mut counted = None;
    for id in of.iter().rev() {
        let part = of_node(evaluator, at, *id);
        if !part.facts.is_empty() || part.peers.is_some() {
            return part;
        }
        if counted.is_none() && part.count > 0 {
            counted = Some(part);
        }
    }
    counted.unwrap_or_default()
}

/// What an `any` or `all` counts.
pub(super) fn joined_count(evaluator: &mut Evaluator, at: usize, id: NodeId) -> u32 {
    of_node(evaluator, at, id).count
}

/// Distinct days of the codes that the pass found.
pub(super) fn seen_days(evaluator: &mut Evaluator, at: usize, id: NodeId) -> u32 {
    let view = evaluator.view(at);
    let facts = coded::facts(view, &evaluator.plan.node(id).kind);
    leaf::chosen_days(facts.map(|fact| fact.day), 0)
}

fn coded_fact(fact: Coded) -> Fact {
    plain_fact(fact.source(), fact.day, fact.system.name().to_owned(), fact.code.to_string())
}

fn medicine_fact(usage: Usage, fact: &MedicineFact) -> Fact {
    let day = if usage == Usage::Lapsed && fact.until != NO_DAY { fact.until } else { fact.day };
    // Where the use decides, what counts although no use is stated is told apart.
    let use_matters = !matches!(usage, Usage::Any | Usage::Begun);
    let use_unstated = use_matters && fact.usage() == RowUsage::Unstated;
    Fact { use_unstated, ..plain_fact(Source::Medicines, day, "ATC".to_owned(), fact.code().to_string()) }
}

fn measurement_fact(view: View, fact: &crate::observe::facts::MeasurementFact) -> Fact {
    let analyte = &view.plan.lexicon.analytes[fact.analyte as usize];
    let code = analyte.codes[fact.code as usize].code.clone();
    let unit = format!("{}{}", fact.comparator.sign(), analyte.unit);
    Fact { value: Some(fact.value), unit, ..plain_fact(Source::Measurements, fact.day, analyte.name.clone(), code) }
}

fn plain_fact(source: Source, day: i32, system: String, code: String) -> Fact {
    let day = (day != NO_DAY).then_some(Day(day));
    Fact { source, day, system, code, value: None, unit: String::new(), use_unstated: false, input: 0 }
}

/// Newest first, then by source and code, without duplicates.
fn ordered(mut facts: Vec<Fact>) -> Vec<Fact> {
    facts.sort_by(|a, b| {
        let key = |fact: &Fact| (std::cmp::Reverse(fact.day), fact.source, fact.system.clone(), fact.code.clone());
        let value = |fact: &Fact| fact.value.unwrap_or(f64::NEG_INFINITY);
        let rest = |fact: &Fact| (fact.unit.clone(), fact.input);
        key(a).cmp(&key(b)).then(value(a).total_cmp(&value(b))).then_with(|| rest(a).cmp(&rest(b)))
    });
    facts.dedup();
    facts
}

/// The newest value that a measurement or function question rests on.
pub(super) fn newest_value(evaluator: &mut Evaluator, at: usize, id: NodeId) -> Option<f64> {
    if !evaluator.truth(at, id).is_yes() {
        return None;
    }
    let facts = evidence(evaluator, at, id).facts;
    let newest = facts.first()?.day;
    facts.iter().filter(|fact| fact.day == newest).filter_map(|fact| fact.value).reduce(f64::max)
}
