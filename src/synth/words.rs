//! The words that rows refer to by number: codes, tests, instruments, services.

use super::records::MeasurementRow;
use crate::clinical::CodeSystem;

/// All words of a cohort, in the order of their numbers.
#[derive(Debug, Clone, Default)]
pub struct Words {
    /// Diagnosis codes with their systems, normalised.
    pub diagnoses: Vec<CodeWord>,
    /// ATC codes.
    pub medicines: Vec<String>,
    pub tests: Vec<Test>,
    pub scales: Vec<Scale>,
    /// Canonical names of services, as rule sets ask for them.
    pub services: Vec<String>,
    /// Parts of a record that can be closed: `all`, or the name of a table.
    pub parts: Vec<String>,
    /// Language codes; the first is bokmål.
    pub languages: Vec<String>,
}

/// A diagnosis code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeWord {
    /// ICPC-2 or ICD-10.
    pub system: CodeSystem,
    /// Without dot.
    pub code: String,
}

/// A laboratory test or body measure.
#[derive(Debug, Clone, PartialEq)]
pub struct Test {
    /// NLK code, or the name of a body measure.
    pub code: String,
    pub unit: String,
    /// Digits behind the decimal point: a row's steps are the value times ten to this power.
    pub decimals: u8,
    /// The greatest number of steps that a row may have.
    pub most: u16,
}

/// An item of an instrument; its total when `item` is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scale {
    pub instrument: String,
    pub item: String,
}

impl Words {
    /// The value of a result in the unit of its test.
    #[must_use]
    pub fn value(&self, row: &MeasurementRow) -> f64 {
        f64::from(row.steps) / 10_f64.powi(i32::from(self.tests[usize::from(row.test)].decimals))
    }
}
