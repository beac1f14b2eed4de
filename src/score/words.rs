//! Every word that some rule set asks for.

use crate::clinical::CodeSystem;
use crate::model::RuleSet;
use crate::model::ruleset::{Analyte, Codes, InputKind};

/// Every word that some rule set asks for, gathered before numbers are given.
pub(super) struct Words {
    pub selectors: Vec<(CodeSystem, Codes)>,
    pub analytes: Vec<Analyte>,
    pub items: Vec<(String, String)>,
    pub services: Vec<String>,
    pub every_service: bool,
    pub roles: Vec<String>,
    pub diagnosis_sources: Vec<String>,
}

impl Words {
    pub fn gather(rule_sets: &[RuleSet]) -> Words {
        let mut words = Words {
            selectors: Vec::new(),
            analytes: Vec::new(),
            items: Vec::new(),
            services: Vec::new(),
            every_service: false,
            roles: Vec::new(),
            diagnosis_sources: Vec::new(),
        };
        for input in rule_sets.iter().flat_map(|rule_set| &rule_set.inputs) {
            words.add(&input.kind);
        }
        words
    }

    fn add(&mut self, kind: &InputKind) {
        match kind {
            InputKind::Diagnosis(spec) => {
                add_once(&mut self.selectors, (CodeSystem::Icd10, spec.codes.clone()));
                spec.from.iter().for_each(|source| add_once(&mut self.diagnosis_sources, source.clone()));
            }
            InputKind::Medicine(spec) => add_once(&mut self.selectors, (CodeSystem::Atc, spec.codes.clone())),
            InputKind::Measurement(spec) => add_once(&mut self.analytes, spec.analyte.clone()),
            InputKind::Contact(spec) => spec.roles.iter().for_each(|role| add_once(&mut self.roles, role.clone())),
            InputKind::Function(spec) => {
                let total = [String::new()];
                let items = if spec.items.is_empty() { &total[..] } else { &spec.items };
                items.iter().for_each(|item| add_once(&mut self.items, instrument_item(&spec.instrument, item)));
            }
            InputKind::Service(spec) => {
                self.every_service |= spec.services.is_empty();
                spec.services.iter().chain(&spec.except).for_each(|s| add_once(&mut self.services, s.to_lowercase()));
            }
            _ => {}
        }
    }
}

pub(super) fn instrument_item(instrument: &str, item: &str) -> (String, String) {
    (instrument.to_uppercase(), item.to_lowercase())
}

fn add_once<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
    }
}
