//! One row each: diagnoses, measurements, contacts, functions, services.

use super::{Row, day, unstated_day};
use crate::clinical::{Code, CodeSystem};
use crate::model::cases::{CaseContact, CaseDiagnosis, CaseFunction, CaseMeasurement, CaseService};
use crate::model::names::{CONTACT_KINDS, PARTS};
use crate::model::report::Report;
use crate::model::ruleset::{Analyte, InputKind, RuleSet};
use crate::model::vocabulary::Vocabulary;

/// What the short hand may name.
pub struct Scope<'a> {
    vocabulary: &'a Vocabulary,
    /// ICPC-2 codes that the rule set asks for.
    icpc2: Vec<&'a str>,
}

impl<'a> Scope<'a> {
    #[must_use]
    pub fn new(set: &'a RuleSet, vocabulary: &'a Vocabulary) -> Scope<'a> {
        let codes = set.inputs.iter().filter_map(|input| match &input.kind {
            InputKind::Diagnosis(asked) => Some(&asked.codes.include),
            _ => None,
        });
        let icpc2 = codes.flatten().filter(|code| code.system == CodeSystem::Icpc2).map(Code::as_str).collect();
        Scope::of_codes(vocabulary, icpc2)
    }

    pub(super) fn of_codes(vocabulary: &'a Vocabulary, icpc2: Vec<&'a str>) -> Scope<'a> {
        Scope { vocabulary, icpc2 }
    }

    pub fn diagnosis(&self, row: &Row, report: &mut Report) -> Vec<CaseDiagnosis> {
        let mut words = row.words.clone();
        let source = words.last().copied().filter(|word| PARTS.contains(word)).unwrap_or_default();
        if !source.is_empty() {
            words.pop();
        }
        let stated = words.first().copied().filter(|_| words.len() > 1).and_then(CodeSystem::parse);
        if stated.is_some() {
            words.remove(0);
        }
        let code = words.join(" ");
        let system = stated.unwrap_or_else(|| self.system(&code));
        if stated.is_none() && Code::read(system, &code).is_none() {
            let help = "write `T90 12.10.25`, or the system before the code: `ICD-10 K77 2024`";
            report.fault_with(row.span, format!("`{code}` is no code"), "cannot be read", help);
            return Vec::new();
        }
        vec![CaseDiagnosis { day: row.day, recorded_on: row.recorded_on, system, code, source: source.to_owned() }]
    }

    /// Letter and two digits: ICPC-2 where the rule set asks for ICPC-2; three digits only when it asks for that code.
    fn system(&self, code: &str) -> CodeSystem {
        let plain = Code::read(CodeSystem::Icpc2, code).filter(|_| !code.contains('.'));
        match plain {
            Some(code) if code.as_str().len() == 3 && !self.icpc2.is_empty() => CodeSystem::Icpc2,
            Some(code) if self.icpc2.contains(&code.as_str()) => CodeSystem::Icpc2,
            _ => CodeSystem::Icd10,
        }
    }

    pub fn measurement(&self, row: &Row, report: &mut Report) -> Vec<CaseMeasurement> {
        let [name, value, unit @ ..] = row.words.as_slice() else {
            report.fault(row.span, "a measurement is a name and a value", "such as `hba1c 51 12.10.25`");
            return Vec::new();
        };
        let (comparator, digits) = comparator(value);
        let Some(number) = digits.replace(',', ".").parse::<f64>().ok().filter(|n| n.is_finite()) else {
            report.fault(row.span, format!("`{value}` is no value"), "cannot be read");
            return Vec::new();
        };
        let unit = unit.join(" ");
        let (code, unit) = match self.vocabulary.analytes.get(name) {
            Some(analyte) => in_unit(analyte, &unit),
            None if *name == name.to_uppercase() => ((*name).to_owned(), unit),
            None => {
                report.unknown(row.span, "analyte", name, self.vocabulary.analytes.names());
                return Vec::new();
            }
        };
        vec![CaseMeasurement { day: row.day, recorded_on: row.recorded_on, code, value: number, unit, comparator }]
    }

    pub fn contact(&self, row: &Row, report: &mut Report) -> Vec<CaseContact> {
        let (kind, role) = match row.words.as_slice() {
            [kind] => (*kind, ""),
            [kind, role] => (*kind, *role),
            _ => {
                report.fault(row.span, "a contact is a kind and perhaps a role", "such as `home gp 12.10.25`");
                return Vec::new();
            }
        };
        if !CONTACT_KINDS.contains(&kind) {
            report.unknown(row.span, "kind of contact", kind, CONTACT_KINDS.iter().copied());
        } else if !role.is_empty() && !self.vocabulary.roles.has(role) {
            report.unknown(row.span, "role", role, self.vocabulary.roles.names());
        }
        let (kind, role) = (kind.to_owned(), role.to_owned());
        vec![CaseContact { day: row.day, recorded_on: row.recorded_on, kind, role }]
    }

    pub fn function(&self, row: &Row, report: &mut Report) -> Vec<CaseFunction> {
        let (instrument, item, score) = match row.words.as_slice() {
            [instrument, score] => (*instrument, "", *score),
            [instrument, item, score] => (*instrument, *item, *score),
            _ => {
                report.fault(
                    row.span,
                    "a function score is an instrument, perhaps an item, and a score",
                    "such as `CFS 3`",
                );
                return Vec::new();
            }
        };
        match self.vocabulary.functions.get(instrument) {
            None => report.unknown(row.span, "instrument", instrument, self.vocabulary.functions.names()),
            Some(known) if !item.is_empty() && !known.items.has(item) => {
                report.unknown(row.span, "item", item, known.items.names());
            }
            Some(_) => {}
        }
        let Some(score) = score.replace(',', ".").parse::<f64>().ok().filter(|n| n.is_finite()) else {
            report.fault(row.span, format!("`{score}` is no score"), "cannot be read");
            return Vec::new();
        };
        let (instrument, item) = (instrument.to_owned(), item.to_owned());
        vec![CaseFunction { day: row.day, recorded_on: row.recorded_on, instrument, item, score }]
    }

    /// `name`, `name from`, `name from - until`, `name - until`.
    pub fn service(&self, row: &Row, report: &mut Report) -> Vec<CaseService> {
        let period = match row.words.as_slice() {
            [_] => Some((Some(unstated_day()), None)),
            [_, from] => day(from).map(|from| (Some(from), None)),
            [_, "-", until] => day(until).map(|until| (None, Some(until))),
            [_, from, "-", until] => day(from).zip(day(until)).map(|(from, until)| (Some(from), Some(until))),
            _ => None,
        };
        let Some((from, until)) = period else {
            let message = "a service is a name and perhaps its days";
            report.fault(row.span, message, "such as `home_nursing 01.02.26 - 28.02.26`");
            return Vec::new();
        };
        let name = row.words[0];
        if !self.vocabulary.services.has(name) {
            report.unknown(row.span, "service", name, self.vocabulary.services.names());
        }
        vec![CaseService { service: name.to_owned(), from, until }]
    }
}

fn comparator(value: &str) -> (&'static str, &str) {
    for sign in ["<=", ">=", "<", ">"] {
        if let Some(rest) = value.strip_prefix(sign) {
            return (sign, rest);
        }
    }
    ("", value)
}

/// The code under which a journal has this analyte in this unit; without a unit the analyte's own.
fn in_unit(analyte: &Analyte, unit: &str) -> (String, String) {
    let unit = if unit.is_empty() { analyte.unit.as_str() } else { unit };
    let fits = |code: &&crate::model::ruleset::AnalyteCode| code.units.iter().any(|rule| rule.unit == unit);
    let code = analyte.codes.iter().find(fits).or(analyte.codes.first());
    (code.map_or_else(|| analyte.name.to_uppercase(), |code| code.code.clone()), unit.to_owned())
}
