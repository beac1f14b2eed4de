//! The tasks of a pass: reading a row group, and working on a block of patients.

use super::block::{Block, Parts};
use super::chunk::Chunk;
use super::facts::{ContactFact, DiagnosisFact, FunctionFact, MeasurementFact, MedicineFact, ServiceFact};
use super::journal_files::{ReadError, TableFiles};
use super::read::{Fact, Reading, read_group};
use super::stream::Share;
use crate::journal::patient::Person;
use std::sync::Arc;

/// The tables of which a pass reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Patients,
    Diagnoses,
    Medicines,
    Contacts,
    Measurements,
    Functions,
    Services,
}

impl Kind {
    pub const ALL: [Kind; 7] = [
        Kind::Patients,
        Kind::Diagnoses,
        Kind::Medicines,
        Kind::Contacts,
        Kind::Measurements,
        Kind::Functions,
        Kind::Services,
    ];
}

/// Something to do that needs nobody else.
pub(super) enum Task {
    Read(Kind, Arc<TableFiles>, usize),
    /// With the number of the block.
    Work(usize, Shares),
}

/// What a task gave.
pub(super) enum Done<R> {
    Read(GroupRead),
    Work(usize, R),
}

/// A row group that was read, and how many of its rows could not be used.
pub(super) struct GroupRead {
    pub group: usize,
    pub facts: Facts,
    pub unusable: usize,
}

/// A chunk of some table.
pub(super) enum Facts {
    Patients(Chunk<Option<Person>>),
    Diagnoses(Chunk<DiagnosisFact>),
    Medicines(Chunk<MedicineFact>),
    Contacts(Chunk<ContactFact>),
    Measurements(Chunk<MeasurementFact>),
    Functions(Chunk<FunctionFact>),
    Services(Chunk<ServiceFact>),
}

/// A block's shares of all tables.
pub(super) struct Shares {
    pub patients: Parts<Option<Person>>,
    pub diagnoses: Share<DiagnosisFact>,
    pub medicines: Share<MedicineFact>,
    pub contacts: Share<ContactFact>,
    pub measurements: Share<MeasurementFact>,
    pub functions: Share<FunctionFact>,
    pub services: Share<ServiceFact>,
}

impl Task {
    /// Does it; `work` is what is done with a block.
    pub fn run<R>(self, reading: &Reading, work: &impl Fn(Block) -> R) -> Result<Done<R>, ReadError> {
        Ok(match self {
            Task::Work(block, shares) => Done::Work(block, work(shares.load()?)),
            Task::Read(kind, files, group) => {
                let (facts, unusable) = read(kind, &files, group, reading)?;
                Done::Read(GroupRead { group, facts, unusable })
            }
        })
    }
}

fn read(kind: Kind, files: &TableFiles, group: usize, reading: &Reading) -> Result<(Facts, usize), ReadError> {
    match kind {
        Kind::Patients => read_one(files, group, reading, Facts::Patients),
        Kind::Diagnoses => read_one(files, group, reading, Facts::Diagnoses),
        Kind::Medicines => read_one(files, group, reading, Facts::Medicines),
        Kind::Contacts => read_one(files, group, reading, Facts::Contacts),
        Kind::Measurements => read_one(files, group, reading, Facts::Measurements),
        Kind::Functions => read_one(files, group, reading, Facts::Functions),
        Kind::Services => read_one(files, group, reading, Facts::Services),
    }
}

fn read_one<F: Fact>(
    files: &TableFiles,
    group: usize,
    reading: &Reading,
    wrap: fn(Chunk<F>) -> Facts,
) -> Result<(Facts, usize), ReadError> {
    let (chunk, unusable) = read_group(files, &files.groups[group], reading)?;
    Ok((wrap(chunk.sorted()), unusable))
}

impl Shares {
    fn load(self) -> Result<Block, ReadError> {
        Ok(Block {
            patients: self.patients,
            diagnoses: self.diagnoses.load()?,
            medicines: self.medicines.load()?,
            contacts: self.contacts.load()?,
            measurements: self.measurements.load()?,
            functions: self.functions.load()?,
            services: self.services.load()?,
        })
    }
}
