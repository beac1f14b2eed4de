//! How one fact of the journal reads: `ICPC-2 K77`, `HbA1c 82 mmol/mol`, `CFS 6`, `hjemmebesøk`.

use super::habit;
use crate::clinical::Language;
use crate::journal::tables::Source;
use crate::model::RuleSet;
use crate::model::ruleset::InputKind;
use crate::model::vocabulary::Vocabulary;
use crate::score::result::Fact;

/// The row that answered an input, as a reader would cite it; empty when there is nothing to cite.
#[must_use]
pub fn cite(fact: &Fact, rule_set: &RuleSet, vocabulary: &Vocabulary, language: Language) -> String {
    let label = |text: Option<&crate::clinical::Text>| {
        text.map_or_else(|| fact.code.clone(), |text| text.get(language).to_owned())
    };
    match fact.source {
        Source::Diagnoses | Source::Medicines => join(&[&fact.system, &dotted(&fact.system, &fact.code)]),
        Source::Measurements => join(&[&analyte_name(fact, rule_set, language), &value(fact, language), &fact.unit]),
        Source::Functions => {
            let instrument = vocabulary.functions.get(&fact.system);
            let name = instrument.map_or(fact.system.as_str(), |found| found.label.get(language));
            let item = instrument.and_then(|found| found.items.get(&fact.code));
            let item = item.map_or(fact.code.as_str(), |found| found.get(language));
            join(&[name, item, &value(fact, language)])
        }
        Source::Services => label(vocabulary.services.get(&fact.code)),
        Source::Patients => String::new(),
        Source::Contacts | Source::Appointments | Source::Recalls | Source::Orders | Source::Acute => {
            label(vocabulary.contacts.get(&fact.code))
        }
    }
}

/// The fact's number as the reader writes it; empty when it has none.
#[must_use]
pub fn value(fact: &Fact, language: Language) -> String {
    fact.value.map_or_else(String::new, |value| habit::number(value, language))
}

fn analyte_name(fact: &Fact, rule_set: &RuleSet, language: Language) -> String {
    match rule_set.inputs.get(fact.input).map(|input| &input.kind) {
        Some(InputKind::Measurement(measurement)) => measurement.analyte.label.get(language).to_owned(),
        _ => fact.code.clone(),
    }
}

/// ICD-10 is read with its dot.
fn dotted(system: &str, code: &str) -> String {
    match code.split_at_checked(3) {
        Some((head, tail)) if system == crate::clinical::CodeSystem::Icd10.name() && !tail.is_empty() => {
            format!("{head}.{tail}")
        }
        _ => code.to_owned(),
    }
}

fn join(parts: &[&str]) -> String {
    let parts: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}
