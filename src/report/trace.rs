//! From a fact back to the question it answered: its name for the reader, and whether the reader may see it.

use crate::clinical::code::covers;
use crate::clinical::{CodeSystem, Text};
use crate::journal::tables::Source;
use crate::model::RuleSet;
use crate::model::ruleset::{Codes, InputId, InputKind};
use crate::outreach::reasons::members;
use crate::score::result::Fact;

/// The name of the question under `root` that a fact answers: the nearest label on the way down to it.
#[must_use]
pub fn name<'a>(rule_set: &'a RuleSet, root: InputId, fact: &Fact) -> Option<&'a Text> {
    search(rule_set, root, None, fact).flatten()
}

/// The labels of what an input is made of, in the order of the rule set, each once.
#[must_use]
pub fn labels(rule_set: &RuleSet, root: InputId) -> Vec<&Text> {
    let mut found: Vec<&Text> = Vec::new();
    for member in members(&rule_set.inputs[root.0].kind) {
        let below = match &rule_set.inputs[member.0].label {
            Some(label) => vec![label],
            None => labels(rule_set, *member),
        };
        for label in below {
            if !found.contains(&label) {
                found.push(label);
            }
        }
    }
    found
}

/// The outer `None` says that the fact answers nothing here.
fn search<'a>(rule_set: &'a RuleSet, id: InputId, above: Option<&'a Text>, fact: &Fact) -> Option<Option<&'a Text>> {
    let input = &rule_set.inputs[id.0];
    let label = input.label.as_ref().or(above);
    if answers(&input.kind, fact) {
        return Some(label);
    }
    members(&input.kind).iter().find_map(|member| search(rule_set, *member, label, fact))
}

/// Whether a fact is of the kind that a question asks for. Windows and limits are not asked again: a fact is only here
/// because some question took it.
fn answers(kind: &InputKind, fact: &Fact) -> bool {
    match kind {
        InputKind::Diagnosis(diagnosis) => fact.source == Source::Diagnoses && code_is_among(&diagnosis.codes, fact),
        InputKind::Medicine(medicine) => fact.source == Source::Medicines && code_is_among(&medicine.codes, fact),
        InputKind::Measurement(measurement) => {
            fact.source == Source::Measurements && measurement.analyte.name == fact.system
        }
        InputKind::Contact(contact) => {
            fact.source.table() == Source::Contacts.table() && contact.kinds.contains(&fact.code)
        }
        InputKind::Function(function) => {
            fact.source == Source::Functions
                && function.instrument == fact.system
                && (function.items.is_empty() || function.items.contains(&fact.code))
        }
        InputKind::Service(service) => {
            fact.source == Source::Services
                && (service.services.is_empty() || service.services.contains(&fact.code))
                && !service.except.contains(&fact.code)
        }
        _ => false,
    }
}

fn code_is_among(codes: &Codes, fact: &Fact) -> bool {
    let Some(system) = CodeSystem::parse(&fact.system) else { return false };
    let covered = |code: &crate::clinical::Code| code.system == system && covers(system, code.as_str(), &fact.code);
    (codes.include.is_empty() || codes.include.iter().any(covered)) && !codes.except.iter().any(covered)
}

/// What a coordinator may not see, whichever rule set found it.
///
/// A sensitive code stays sensitive when another rule set, or a count of all medicines, rests on the same row.
#[derive(Debug, Clone, Default)]
pub struct Secrets<'a> {
    questions: Vec<&'a InputKind>,
    /// Codes that are secret only together with something else.
    parts: Vec<&'a InputKind>,
}

impl<'a> Secrets<'a> {
    #[must_use]
    pub fn of(rule_sets: &'a [RuleSet]) -> Secrets<'a> {
        let mut secrets = Secrets::default();
        for rule_set in rule_sets {
            for (number, input) in rule_set.inputs.iter().enumerate() {
                if input.sensitive {
                    secrets.add(rule_set, InputId(number));
                }
            }
            for criterion in rule_set.criteria.iter().filter(|criterion| criterion.sensitive) {
                secrets.add(rule_set, criterion.input);
            }
        }
        secrets
    }

    /// What only together with other facts is sensitive stays open elsewhere, so only `any` is followed down.
    fn add(&mut self, rule_set: &'a RuleSet, id: InputId) {
        let kind = &rule_set.inputs[id.0].kind;
        match kind {
            InputKind::Any(of) => of.iter().for_each(|member| self.add(rule_set, *member)),
            InputKind::Diagnosis(diagnosis) if diagnosis.codes.include.is_empty() => {}
            InputKind::Medicine(medicine) if medicine.codes.include.is_empty() => {}
            InputKind::All(of) => {
                self.questions.push(kind);
                of.iter().for_each(|member| self.add_part(rule_set, *member));
            }
            _ => self.questions.push(kind),
        }
    }

    fn add_part(&mut self, rule_set: &'a RuleSet, id: InputId) {
        let kind = &rule_set.inputs[id.0].kind;
        match kind {
            InputKind::Any(of) | InputKind::All(of) => of.iter().for_each(|member| self.add_part(rule_set, *member)),
            InputKind::Diagnosis(of) if !of.codes.include.is_empty() => self.parts.push(kind),
            InputKind::Medicine(of) if !of.codes.include.is_empty() => self.parts.push(kind),
            _ => {}
        }
    }

    /// Whether a fact that stands alone, outside any score, could tell what a hidden line says.
    #[must_use]
    pub fn hides_alone(&self, fact: &Fact) -> bool {
        self.hides(fact) || self.parts.iter().any(|kind| answers(kind, fact))
    }

    #[must_use]
    pub fn hides(&self, fact: &Fact) -> bool {
        self.questions.iter().any(|kind| answers(kind, fact))
    }

    /// Whether a code of any system is one of the hidden ones: for rows that are known by their code alone.
    #[must_use]
    pub fn hides_code(&self, code: &str) -> bool {
        let among = |codes: &Codes| codes.include.iter().any(|of| covers(of.system, of.as_str(), code));
        self.questions.iter().chain(&self.parts).any(|kind| match kind {
            InputKind::Diagnosis(of) => among(&of.codes),
            InputKind::Medicine(of) => among(&of.codes),
            _ => false,
        })
    }
}
