//! How one fact of the journal reads: `ICPC-2 K77`, `HbA1c 82 mmol/mol`, `CFS 6`, `hjemmebesøk`.

use super::habit;
use crate::clinical::{CodeSystem, Language, Text};
use crate::journal::tables::Source;
use crate::model::Vocabulary;
use crate::score::result::Fact;

/// Comparators as they stand before a measurement's unit, the longer ones first.
const SIGNS: [(&str, &str); 4] = [("<=", "≤ "), (">=", "≥ "), ("<", "< "), (">", "> ")];

/// The row that answered an input, as a reader would cite it; empty when there is nothing to cite.
#[must_use]
pub fn cite(fact: &Fact, vocabulary: &Vocabulary, language: Language) -> String {
    let label = |text: Option<&Text>| text.map_or_else(|| fact.code.clone(), |text| text.get(language).to_owned());
    match fact.source {
        Source::Diagnoses | Source::Medicines => join(&[&fact.system, &dotted(&fact.system, &fact.code)]),
        Source::Measurements => {
            let analyte = vocabulary.analytes.get(&fact.system);
            let name = analyte.map_or(fact.code.as_str(), |analyte| analyte.label.get(language));
            join(&[name, &value(fact, language), unit(fact)])
        }
        Source::Functions => {
            let instrument = vocabulary.functions.get(&fact.system);
            let name = instrument.map_or(fact.system.as_str(), |found| found.label.get(language));
            let item = instrument.and_then(|found| found.items.get(&fact.code));
            let item = item.map_or(fact.code.as_str(), |found| found.get(language));
            let unit = instrument.map_or("", |found| found.unit.as_str());
            join(&[name, item, &value(fact, language), unit])
        }
        Source::Services => label(vocabulary.services.get(&fact.code)),
        Source::Patients => String::new(),
        Source::Contacts | Source::Appointments | Source::Recalls | Source::Orders | Source::Acute => {
            label(vocabulary.contacts.get(&fact.code))
        }
    }
}

/// The fact's number as the reader writes it, with its comparator; empty when it has none.
#[must_use]
pub fn value(fact: &Fact, language: Language) -> String {
    let sign = SIGNS.iter().find(|(sign, _)| fact.unit.starts_with(sign)).map_or("", |(_, shown)| shown);
    fact.value.map_or_else(String::new, |value| format!("{sign}{}", habit::number(value, language)))
}

/// The unit without the comparator that stands before it.
#[must_use]
pub fn unit(fact: &Fact) -> &str {
    SIGNS.iter().find_map(|(sign, _)| fact.unit.strip_prefix(sign)).unwrap_or(&fact.unit)
}

/// ICD-10 is read with its dot.
fn dotted(system: &str, code: &str) -> String {
    match code.split_at_checked(3) {
        Some((head, tail)) if system == CodeSystem::Icd10.name() && !tail.is_empty() => format!("{head}.{tail}"),
        _ => code.to_owned(),
    }
}

fn join(parts: &[&str]) -> String {
    let parts: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}
