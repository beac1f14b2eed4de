//! Answers of a rule set, with a fact behind each line.

use super::on;
use crate::clinical::{Code, Points, Tri};
use crate::journal::tables::Source;
use crate::model::RuleSet;
use crate::model::ruleset::{Bound, InputId, InputKind, Weight};
use crate::outreach::reasons::members;
use crate::score::band_of;
use crate::score::result::{Evidence, Explained, Fact, Line, Outcome, Part, Score, State};

/// A fact that the first question under an input would take.
pub fn fact(rule_set: &RuleSet, input: InputId, age: i32) -> Option<Fact> {
    let plain = |source, system: &str, code: &str, value, unit: &str| Fact {
        source,
        day: Some(on().plus(-age)),
        system: system.to_owned(),
        code: code.to_owned(),
        value,
        unit: unit.to_owned(),
        input: 0,
        use_unstated: false,
    };
    let coded = |source, code: &Code| plain(source, code.system.name(), code.as_str(), None, "");
    let kind = &rule_set.inputs[input.0].kind;
    match kind {
        InputKind::Diagnosis(asked) => asked.codes.include.first().map(|code| coded(Source::Diagnoses, code)),
        InputKind::Medicine(asked) => {
            let code = asked.codes.include.first();
            Some(code.map_or_else(
                || plain(Source::Medicines, "ATC", "C07AB02", None, ""),
                |code| coded(Source::Medicines, code),
            ))
        }
        InputKind::Measurement(asked) => {
            let (name, code) = (&asked.analyte.name, &asked.analyte.codes[0].code);
            Some(plain(Source::Measurements, name, code, Some(82.5), &asked.analyte.unit))
        }
        InputKind::Contact(asked) => asked.kinds.first().map(|kind| plain(Source::Contacts, "", kind, None, "")),
        InputKind::Function(asked) => {
            let item = asked.items.first().map_or("", String::as_str);
            Some(plain(Source::Functions, &asked.instrument, item, Some(6.0), ""))
        }
        InputKind::Service(asked) => {
            Some(plain(Source::Services, "", asked.services.first().map_or("home_nursing", String::as_str), None, ""))
        }
        // A secret that is made of several questions lies in those that are secret themselves.
        _ => {
            let (secret, open): (Vec<&InputId>, Vec<&InputId>) =
                members(kind).iter().partition(|member| rule_set.inputs[member.0].sensitive);
            secret.into_iter().chain(open).find_map(|member| fact(rule_set, *member, age))
        }
    }
}

/// A score in which `state` decides each criterion.
pub fn explained(rule_set: &RuleSet, model: usize, state: impl Fn(usize) -> State) -> Explained {
    let mut lines = Vec::new();
    for (index, criterion) in rule_set.criteria.iter().enumerate() {
        let most = match &criterion.weight {
            Weight::Fixed(points) | Weight::PerCount(points) => *points,
            Weight::Steps(steps) => steps.last().map_or(Points::ZERO, |step| step.1),
            Weight::OfModel => Points::whole(1),
        };
        let state = state(index);
        let asked = criterion.shows.unwrap_or(criterion.input);
        let facts: Vec<Fact> = fact(rule_set, asked, 20 + 7 * index as i32).into_iter().collect();
        let day = facts.first().and_then(|fact| fact.day);
        let evidence =
            Evidence { count: 2, first_on: day, last_on: day, facts, old: Some(90.0), peers: Some((6.04, 31)) };
        let met = state == State::Met;
        lines.push(Line {
            part: Part::Criterion(index),
            state,
            points: if met { most } else { Points::ZERO },
            at_most: if state == State::Unknown { most } else { Points::ZERO },
            evidence: if met { evidence } else { Evidence::default() },
        });
    }
    for (index, cap) in rule_set.caps.iter().enumerate() {
        let members =
            rule_set.criteria.iter().zip(&lines).filter(|(criterion, _)| criterion.cap.is_some_and(|id| id.0 == index));
        let sum: Points = members.map(|(_, line)| line.points).sum();
        if let Some(over) = cap.at_most.map(|most| sum - most).filter(|over| *over > Points::ZERO) {
            lines.push(Line {
                part: Part::Cap(index),
                state: State::Met,
                points: -over,
                at_most: Points::ZERO,
                evidence: Evidence::default(),
            });
        }
    }
    let value: Points = lines.iter().map(|line| line.points).sum();
    let upper = value + lines.iter().map(|line| line.at_most).sum();
    let bounds: Vec<Bound> = rule_set.bands.iter().map(|band| band.from).collect();
    let band = band_of(&bounds, value);
    let score = Score { value, lower: value, upper, band, band_of_points: band, gate: Tri::Yes };
    Explained {
        outcome: Outcome { model, in_population: Tri::Yes, score: Some(score) },
        lines,
        outside: Vec::new(),
        unsettled: Vec::new(),
    }
}
