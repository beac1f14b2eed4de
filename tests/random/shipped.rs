//! Random patients in the words of given rule sets: their codes, analytes near their limits, instruments and services.

use super::journal::{contact, diagnosis, function, measurement, medicine, person, service};
use proptest::prelude::*;
use proptest::sample::select;
use tidlig::clinical::{Code, CodeSystem};
use tidlig::journal::patient::*;
use tidlig::model::RuleSet;
use tidlig::model::ruleset::*;

/// What the rule sets ask for.
#[derive(Default)]
struct Words {
    codes: Vec<Code>,
    atc: Vec<String>,
    /// Code, unit and a value near a limit.
    results: Vec<(String, String, f64)>,
    /// Instrument and item.
    items: Vec<(String, String)>,
    services: Vec<String>,
}

impl Words {
    fn of(rule_sets: &[RuleSet]) -> Words {
        let mut words = Words::default();
        for input in rule_sets.iter().flat_map(|set| &set.inputs) {
            match &input.kind {
                InputKind::Diagnosis(asked) => words.codes.extend(all(&asked.codes)),
                InputKind::Medicine(asked) => {
                    words.atc.extend(all(&asked.codes).map(|code| substance(code.as_str())));
                }
                InputKind::Measurement(asked) => words.add_results(asked),
                InputKind::Function(asked) => {
                    let items = if asked.items.is_empty() { vec![String::new()] } else { asked.items.clone() };
                    words.items.extend(items.into_iter().map(|item| (asked.instrument.clone(), item)));
                }
                InputKind::Service(asked) => words.services.extend(asked.services.clone()),
                _ => {}
            }
        }
        words
    }

    fn add_results(&mut self, asked: &Measurement) {
        let (Test::Latest(limits) | Test::Each(limits)) = asked.test else { return };
        let limits = [limits.at_least, limits.above, limits.at_most, limits.below];
        for code in &asked.analyte.codes {
            for rule in &code.units {
                for limit in limits.iter().flatten() {
                    for near in [-0.1, 0.0, 0.1] {
                        let value = ((limit - rule.offset) / rule.factor * 10.0).round() / 10.0 + near;
                        self.results.push((code.code.clone(), rule.unit.clone(), value));
                    }
                }
            }
        }
    }
}

fn all(codes: &Codes) -> impl Iterator<Item = Code> {
    codes.include.iter().chain(&codes.except).cloned()
}

/// A code of the group with all seven characters.
fn substance(prefix: &str) -> String {
    let whole = "A01AA01";
    format!("{prefix}{}", &whole[prefix.len().min(7)..])
}

pub fn journal(rule_sets: &[RuleSet]) -> impl Strategy<Value = PatientJournal> + use<> {
    let words = Words::of(rule_sets);
    let diagnoses = (diagnosis(), select(words.codes)).prop_map(|(row, code)| DiagnosisRow {
        system: code.system,
        code: code.as_str().to_owned(),
        ..row
    });
    let tailed = (diagnoses, prop::option::weighted(0.3, "[0-9]")).prop_map(|(row, tail)| {
        let longer = tail.filter(|_| row.system == CodeSystem::Icd10).unwrap_or_default();
        DiagnosisRow { code: format!("{}{longer}", row.code), ..row }
    });
    let medicines = (medicine(), select(words.atc)).prop_map(|(row, atc)| MedicineRow { atc, ..row });
    let results = (measurement(), select(words.results)).prop_map(|(row, (code, unit, value))| MeasurementRow {
        code,
        unit,
        value,
        ..row
    });
    let functions =
        (function(), select(words.items)).prop_map(|(row, (instrument, item))| FunctionRow { instrument, item, ..row });
    let services = (service(), select(words.services)).prop_map(|(row, service)| ServiceRow { service, ..row });
    (
        person(),
        prop::collection::vec(tailed, 0..20),
        prop::collection::vec(medicines, 0..16),
        prop::collection::vec(contact(), 0..12),
        prop::collection::vec(results, 0..12),
        prop::collection::vec(functions, 0..6),
        prop::collection::vec(services, 0..4),
    )
        .prop_map(|(person, diagnoses, medicines, contacts, measurements, functions, services)| PatientJournal {
            person,
            diagnoses,
            medicines,
            contacts,
            measurements,
            functions,
            services,
        })
}
