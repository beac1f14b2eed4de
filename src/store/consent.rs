//! What persons have agreed to, asked for, and been found wrong about.

use super::decision::FactRef;
use crate::clinical::Day;

/// A consent: what may be told, to whom. Nothing leaves the practice without one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    pub patient: String,
    pub what: String,
    pub to_whom: String,
    pub given_on: Day,
    pub withdrawn_on: Option<Day>,
}

/// What a person has reserved herself against. Remembered when a later extract does not tell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reservation {
    /// «Ikke kontakt meg».
    pub no_contact: bool,
    /// «Ikke risikovurder meg».
    pub no_scoring: bool,
}

/// A fact found wrong: for the practice to correct in the journal, ignored until it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    pub patient: String,
    pub found_on: Day,
    pub by: String,
    pub note: String,
    pub rule_set: String,
    pub criterion: String,
    /// Empty when the line told of something missing.
    pub facts: Vec<FactRef>,
    /// The journal still has the row as it was.
    pub open: bool,
}
