//! One person in full: for those whose row is told, or whose decision must be judged.

use std::collections::{BTreeMap, BTreeSet};

use crate::clinical::Day;
use crate::journal::patient::PatientJournal;
use crate::journal::whole::Member;
use crate::score::result::Explained;

/// One person's own facts.
#[derive(Debug, Clone, Default)]
pub struct Person {
    pub member: Member,
    pub journal: PatientJournal,
    /// From the engine, in the rule sets' order.
    pub explained: Vec<Explained>,
}

/// Where people in full come from. Facts that were found wrong, or are blocked, are not among theirs.
pub trait People {
    type Error;

    /// The people of these ids; one who is not in the journal is not among them.
    ///
    /// # Errors
    /// When the journal cannot be read.
    fn people(&self, ids: &BTreeSet<String>) -> Result<BTreeMap<String, Person>, Self::Error>;

    /// The rule sets' answers as they were on another day.
    fn explain(&self, journal: &PatientJournal, on: Day) -> Vec<Explained>;
}
