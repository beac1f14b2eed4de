//! A block of patients with all their facts, and the walk through it, patient by patient.

use super::chunk::Chunk;
use super::facts::{
    ContactFact, DiagnosisFact, FunctionFact, MeasurementFact, MedicineFact, PatientFacts, ServiceFact,
};
use super::ids::Id;
use crate::journal::patient::Person;
use std::cmp::Ordering;
use std::ops::Range;
use std::sync::Arc;

/// Stretches of chunks, in the order of patients.
pub type Parts<F> = Vec<(Arc<Chunk<F>>, Range<usize>)>;

/// Whole patients: everything the journal holds of them.
#[derive(Debug, Default)]
pub struct Block {
    pub patients: Parts<Option<Person>>,
    pub diagnoses: Parts<DiagnosisFact>,
    pub medicines: Parts<MedicineFact>,
    pub contacts: Parts<ContactFact>,
    pub measurements: Parts<MeasurementFact>,
    pub functions: Parts<FunctionFact>,
    pub services: Parts<ServiceFact>,
}

/// What the walk through a block noticed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Noticed {
    /// Patients that stand twice.
    pub duplicates: usize,
    /// Patients who asked not to be scored.
    pub reserved: usize,
}

impl Block {
    /// Number of patients.
    #[must_use]
    pub fn len(&self) -> usize {
        self.patients.iter().map(|(_, range)| range.len()).sum()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Calls `visit` with each patient who may be scored, in order.
    pub fn each(&self, mut visit: impl for<'f> FnMut(Id<'f>, PatientFacts<'f>)) -> Noticed {
        let mut noticed = Noticed::default();
        let mut cursors = Cursors {
            diagnoses: Cursor::new(&self.diagnoses),
            medicines: Cursor::new(&self.medicines),
            contacts: Cursor::new(&self.contacts),
            measurements: Cursor::new(&self.measurements),
            functions: Cursor::new(&self.functions),
            services: Cursor::new(&self.services),
        };
        let mut before: Option<Id> = None;
        for (chunk, range) in &self.patients {
            for index in range.clone() {
                let id = chunk.ids.get(index);
                if before == Some(id) {
                    noticed.duplicates += 1;
                    continue;
                }
                before = Some(id);
                noticed.duplicates += chunk.run(index).len() - 1;
                match chunk.run(index)[0] {
                    Some(person) => visit(id, cursors.facts(id, person)),
                    None => noticed.reserved += 1,
                }
            }
        }
        noticed
    }
}

struct Cursors<'a> {
    diagnoses: Cursor<'a, DiagnosisFact>,
    medicines: Cursor<'a, MedicineFact>,
    contacts: Cursor<'a, ContactFact>,
    measurements: Cursor<'a, MeasurementFact>,
    functions: Cursor<'a, FunctionFact>,
    services: Cursor<'a, ServiceFact>,
}

impl Cursors<'_> {
    fn facts(&mut self, id: Id, person: Person) -> PatientFacts<'_> {
        PatientFacts {
            person,
            diagnoses: self.diagnoses.facts(id),
            medicines: self.medicines.facts(id),
            contacts: self.contacts.facts(id),
            measurements: self.measurements.facts(id),
            functions: self.functions.facts(id),
            services: self.services.facts(id),
        }
    }
}

/// Walks one table along with the patients.
struct Cursor<'a, F> {
    parts: &'a [(Arc<Chunk<F>>, Range<usize>)],
    part: usize,
    next: usize,
    /// Facts of a patient who stands in more than one run.
    joined: Vec<F>,
}

impl<'a, F: Copy> Cursor<'a, F> {
    fn new(parts: &'a [(Arc<Chunk<F>>, Range<usize>)]) -> Cursor<'a, F> {
        let next = parts.first().map_or(0, |(_, range)| range.start);
        Cursor { parts, part: 0, next, joined: Vec::new() }
    }

    /// The run at which the cursor stands.
    fn run(&mut self) -> Option<(Id<'a>, &'a [F])> {
        loop {
            let (chunk, range) = self.parts.get(self.part)?;
            if self.next < range.end {
                return Some((chunk.ids.get(self.next), chunk.run(self.next)));
            }
            self.part += 1;
            self.next = self.parts.get(self.part).map_or(0, |(_, range)| range.start);
        }
    }

    /// The patient's facts; ids must be asked for in ascending order.
    fn facts(&mut self, id: Id) -> &[F] {
        let mut found: Option<&'a [F]> = None;
        self.joined.clear();
        while let Some((other, run)) = self.run() {
            match other.cmp(&id) {
                Ordering::Greater => break,
                Ordering::Less => {}
                Ordering::Equal if found.is_none() => found = Some(run),
                Ordering::Equal => {
                    if self.joined.is_empty() {
                        self.joined.extend_from_slice(found.unwrap_or_default());
                    }
                    self.joined.extend_from_slice(run);
                }
            }
            self.next += 1;
        }
        if self.joined.is_empty() { found.unwrap_or_default() } else { &self.joined }
    }
}
