//! One patient's journal as plain rows: for explaining, for cases, and for the slow reference scorer.

use super::tables::ContactKind;
use crate::clinical::{CodeSystem, Day, Sex};

/// What the patients table says of one person, as far as rules ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Person {
    pub birth: Option<Day>,
    pub sex: Option<Sex>,
    pub lives_alone: Option<bool>,
    pub listed_since: Option<Day>,
    /// From this day on she is in no population.
    pub died_on: Option<Day>,
}

/// Everything the journal holds of one patient, in any order.
#[derive(Debug, Clone, Default)]
pub struct PatientJournal {
    pub person: Person,
    pub diagnoses: Vec<DiagnosisRow>,
    pub medicines: Vec<MedicineRow>,
    pub contacts: Vec<ContactRow>,
    pub measurements: Vec<MeasurementRow>,
    pub functions: Vec<FunctionRow>,
    pub services: Vec<ServiceRow>,
}

/// A coded diagnosis. A row whose system or code cannot be read never becomes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiagnosisRow {
    pub date: Day,
    /// A fact counts from this day on; `None` means from its own date.
    pub recorded_on: Option<Day>,
    pub system: CodeSystem,
    /// Normalised.
    pub code: String,
    /// `gp`, `hospital`, `municipal`, or empty when unstated.
    pub source: String,
}

/// A prescription or dispensing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MedicineRow {
    pub date: Day,
    pub recorded_on: Option<Day>,
    /// Normalised ATC code.
    pub atc: String,
    /// Last day of the supply.
    pub until: Option<Day>,
    /// Day the treatment was stopped.
    pub stopped_on: Option<Day>,
    /// `Some(false)` is as needed; unstated counts as regular.
    pub regular: Option<bool>,
}

/// A contact, or one that did not come about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactRow {
    pub date: Day,
    pub recorded_on: Option<Day>,
    pub kind: ContactKind,
    /// Who was met: `gp`, `nurse`, … or empty.
    pub role: String,
}

/// A laboratory result or body measure.
#[derive(Debug, Clone, PartialEq)]
pub struct MeasurementRow {
    pub date: Day,
    pub recorded_on: Option<Day>,
    /// Upper case, trimmed: an NLK code or a body measure's name.
    pub code: String,
    pub value: f64,
    pub unit: String,
    pub comparator: Comparator,
}

/// `<5` is below 5, `>90` above 90.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash)]
pub enum Comparator {
    #[default]
    Exact,
    Below,
    AtMost,
    Above,
    AtLeast,
}

impl Comparator {
    #[must_use]
    pub fn parse(text: &str) -> Option<Comparator> {
        match text.trim() {
            "" | "=" => Some(Comparator::Exact),
            "<" => Some(Comparator::Below),
            "<=" | "≤" => Some(Comparator::AtMost),
            ">" => Some(Comparator::Above),
            ">=" | "≥" => Some(Comparator::AtLeast),
            _ => None,
        }
    }

    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Comparator::Exact => "",
            Comparator::Below => "<",
            Comparator::AtMost => "<=",
            Comparator::Above => ">",
            Comparator::AtLeast => ">=",
        }
    }
}

/// One item of a function instrument, or its total when `item` is empty.
#[derive(Debug, Clone, PartialEq)]
pub struct FunctionRow {
    pub date: Day,
    pub recorded_on: Option<Day>,
    /// Upper case, trimmed.
    pub instrument: String,
    /// Lower case, trimmed.
    pub item: String,
    pub score: f64,
}

/// A service or plan; open at either end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceRow {
    /// Lower case, trimmed.
    pub service: String,
    pub from: Option<Day>,
    /// Last day of the service.
    pub until: Option<Day>,
}
