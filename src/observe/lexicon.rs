//! The words that all loaded rule sets ask for, and the numbers by which facts name them.

use super::codeword::CodeWord;
use super::facts::{
    ContactFact, DiagnosisFact, FunctionFact, MeasurementFact, MedicineFact, NO_DAY, RowUsage, ServiceFact, code_word,
    day_or_none,
};
use super::matcher::Matcher;
use super::meanings::KnownCodes;
use super::pool::Pool;
use crate::clinical::{CodeSystem, code};
use crate::journal::patient::{
    Comparator, ContactRow, DiagnosisRow, FunctionRow, MeasurementRow, MedicineRow, ServiceRow,
};
use crate::model::ruleset::{Analyte, UnitRule};
use std::collections::HashMap;
use std::sync::RwLock;

/// Number of a word that no rule names.
pub const UNNAMED: u16 = u16::MAX;

/// Turns journal rows into facts. Rows that no rule asks for become none.
#[derive(Debug, Default)]
pub struct Lexicon {
    pub matcher: Matcher,
    pub analytes: Vec<Analyte>,
    /// Instrument (upper case) and item (lower case).
    pub items: Vec<(String, String)>,
    /// Sources of diagnoses that some input names; number 0 is any other.
    pub diagnosis_sources: Vec<String>,
    pub roles: Vec<String>,
    /// Whether any input counts services it does not name.
    pub every_service: bool,
    services: RwLock<Names>,
    /// Codes that were looked up, for whoever looks up the next.
    pub(super) known_codes: Pool<KnownCodes>,
    analyte_codes: HashMap<String, Vec<(u16, u16)>>,
}

#[derive(Debug, Default)]
struct Names {
    number: HashMap<String, u16>,
    names: Vec<String>,
}

impl Lexicon {
    #[must_use]
    pub fn new(matcher: Matcher, analytes: Vec<Analyte>, services: &[String]) -> Lexicon {
        let mut analyte_codes: HashMap<String, Vec<(u16, u16)>> = HashMap::new();
        for (a, analyte) in analytes.iter().enumerate() {
            for (c, code) in analyte.codes.iter().enumerate() {
                analyte_codes.entry(code.code.clone()).or_default().push((a as u16, c as u16));
            }
        }
        let lexicon = Lexicon { matcher, analytes, analyte_codes, ..Lexicon::default() };
        for service in services {
            lexicon.intern_service(service);
        }
        lexicon
    }

    fn intern_service(&self, name: &str) -> u16 {
        let mut names = self.services.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(number) = names.number.get(name) {
            return *number;
        }
        let number = names.names.len() as u16;
        names.names.push(name.to_owned());
        names.number.insert(name.to_owned(), number);
        number
    }

    fn find_service(&self, name: &str) -> Option<u16> {
        let names = self.services.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        names.number.get(name).copied()
    }

    /// Name of a service by its number.
    #[must_use]
    pub fn service_name(&self, number: u16) -> String {
        let names = self.services.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        names.names.get(number as usize).cloned().unwrap_or_default()
    }

    /// Number of a service that some rule names.
    #[must_use]
    pub fn service_number(&self, name: &str) -> u16 {
        self.find_service(name).unwrap_or(UNNAMED)
    }

    #[must_use]
    pub fn role_number(&self, role: &str) -> u16 {
        self.roles.iter().position(|name| name == role).map_or(UNNAMED, |i| i as u16)
    }

    #[must_use]
    pub fn source_number(&self, source: &str) -> u8 {
        self.diagnosis_sources.iter().position(|name| name == source).map_or(0, |i| i as u8 + 1)
    }

    /// The part of a fact that its code alone decides, 0 when no rule asks for it; `None` when it is no code of the system.
    #[must_use]
    pub fn code_word(&self, system: CodeSystem, raw: &str, buffer: &mut String) -> Option<u64> {
        if !code::normalise(system, raw, buffer) {
            return None;
        }
        Some(CodeWord::pack(buffer).map_or(0, |code| self.word(system, code)))
    }

    fn word(&self, system: CodeSystem, code: CodeWord) -> u64 {
        code_word(system, code, self.matcher.class_of(system, code))
    }

    /// The same for a diagnosis; 0 for what is no diagnosis code.
    #[must_use]
    pub fn diagnosis_word(&self, system: CodeSystem, raw: &str, buffer: &mut String) -> u64 {
        match system {
            CodeSystem::Icpc2 | CodeSystem::Icd10 => self.code_word(system, raw, buffer).unwrap_or(0),
            _ => 0,
        }
    }

    #[must_use]
    pub fn diagnosis(&self, row: &DiagnosisRow) -> Option<DiagnosisFact> {
        let word = self.word(row.system, CodeWord::pack(&row.code)?);
        let recorded = row.recorded_on.map_or(NO_DAY, |day| day.0);
        (word != 0).then(|| DiagnosisFact::new(row.date.0, recorded, word, self.source_number(&row.source)))
    }

    #[must_use]
    pub fn medicine(&self, row: &MedicineRow) -> Option<MedicineFact> {
        let word = self.word(CodeSystem::Atc, CodeWord::pack(&row.atc)?);
        let [recorded, until, stopped] = [row.recorded_on, row.until, row.stopped_on].map(day_or_none);
        let usage = RowUsage::of(row.regular);
        (word != 0).then(|| MedicineFact::new(word, row.date.0, recorded, until, stopped, usage))
    }

    #[must_use]
    pub fn contact(&self, row: &ContactRow) -> ContactFact {
        ContactFact::new(row.date.0, day_or_none(row.recorded_on), row.kind, self.role_number(&row.role))
    }

    /// The analytes that a code, in capitals, belongs to and whose unit fits.
    #[must_use]
    pub fn measured(&self, code: &str, unit: &str) -> Vec<Measured<'_>> {
        let of_code = self.analyte_codes.get(code).into_iter().flatten();
        let measured = |(analyte, code): &(u16, u16)| {
            let rules = &self.analytes[*analyte as usize].codes[*code as usize].units;
            fitting(rules, unit).map(|rule| Measured { analyte: *analyte, code: *code, rule })
        };
        of_code.filter_map(measured).collect()
    }

    /// One fact for each analyte that the code belongs to and whose unit fits.
    pub fn measurements(&self, row: &MeasurementRow, give: impl FnMut(MeasurementFact)) {
        let fact =
            |measured: &Measured| measured.fact(row.date.0, day_or_none(row.recorded_on), row.comparator, row.value);
        self.measured(&row.code, &row.unit).iter().map(fact).for_each(give);
    }

    #[must_use]
    pub fn function(&self, row: &FunctionRow) -> Option<FunctionFact> {
        let matches = |(instrument, item): &(String, String)| *instrument == row.instrument && *item == row.item;
        let item = self.items.iter().position(matches)? as u16;
        let visible = row.date.0.max(day_or_none(row.recorded_on));
        Some(FunctionFact { day: row.date.0, visible, item, score: row.score })
    }

    #[must_use]
    pub fn service(&self, row: &ServiceRow) -> Option<ServiceFact> {
        let service = match self.find_service(&row.service) {
            Some(number) => number,
            None if self.every_service => self.intern_service(&row.service),
            None => return None,
        };
        Some(ServiceFact { from: day_or_none(row.from), until: day_or_none(row.until), service })
    }
}

/// An analyte under one of its codes, in a unit that fits.
#[derive(Debug, Clone, Copy)]
pub struct Measured<'l> {
    analyte: u16,
    code: u16,
    rule: &'l UnitRule,
}

impl Measured<'_> {
    /// The fact of a result; `recorded` may be [`NO_DAY`].
    #[must_use]
    pub fn fact(&self, day: i32, recorded: i32, comparator: Comparator, value: f64) -> MeasurementFact {
        MeasurementFact {
            day,
            visible: day.max(recorded),
            analyte: self.analyte,
            code: self.code,
            comparator: if self.rule.factor < 0.0 { mirrored(comparator) } else { comparator },
            value: convert(self.rule, value),
        }
    }
}

/// The rule for a unit, compared without blanks and case; an unstated unit fits when there is only one.
fn fitting<'a>(rules: &'a [UnitRule], unit: &str) -> Option<&'a UnitRule> {
    let plain =
        |text: &str| text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect::<String>();
    let unit = plain(unit);
    match rules {
        [only] if unit.is_empty() => Some(only),
        _ => rules.iter().find(|rule| plain(&rule.unit) == unit),
    }
}

/// A value in the analyte's unit.
#[must_use]
pub fn convert(rule: &UnitRule, value: f64) -> f64 {
    let converted = rule.factor * value + rule.offset;
    match rule.decimals {
        None => converted,
        Some(decimals) => {
            let scale = 10_f64.powi(i32::from(decimals));
            (converted * scale).round() / scale
        }
    }
}

fn mirrored(comparator: Comparator) -> Comparator {
    match comparator {
        Comparator::Exact => Comparator::Exact,
        Comparator::Below => Comparator::Above,
        Comparator::AtMost => Comparator::AtLeast,
        Comparator::Above => Comparator::Below,
        Comparator::AtLeast => Comparator::AtMost,
    }
}
