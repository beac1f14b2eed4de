//! The one pass: row groups are read and blocks of patients worked on side by side, and results come in the order of patients.

use super::block::Block;
use super::chunk::Chunk;
use super::dealer::{Dealer, GROUPS_PER_THREAD};
use super::facts::{ContactFact, DiagnosisFact, FunctionFact, MeasurementFact, MedicineFact, ServiceFact};
use super::journal::Journal;
use super::journal_files::{ReadError, TableFiles};
use super::partition::last_ids;
use super::read::{Fact, Reading, read_group};
use super::read_diagnoses::read_diagnoses;
use super::stream::{Reach, Share, Sorted, Stream, can_stream};
use crate::journal::patient::Person;
use rayon::prelude::*;
use std::path::Path;

/// Patients in a block. A fixed number, so that results are cut alike whatever the input's row groups and threads.
pub const BLOCK_PATIENTS: usize = 16_384;

/// What a pass noticed on its way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Passed {
    pub patients: usize,
    /// Rows that lack a value without which they say nothing.
    pub unusable_rows: usize,
}

/// Reads the journal once and gives each block of whole patients to `work`, in parallel; `take` gets the results in order.
///
/// `temporary` takes files when a table is not sorted by patient and does not fit in memory.
///
/// # Errors
/// When the journal cannot be read, or `take` fails.
pub fn pass<R, E>(
    journal: &Journal,
    reading: &Reading,
    temporary: &Path,
    work: impl Fn(Block) -> R + Sync,
    mut take: impl FnMut(R) -> Result<(), E>,
) -> Result<Passed, E>
where
    R: Send,
    E: From<ReadError>,
{
    let mut pass = Pass::begin(journal, reading, temporary)?;
    let mut blocks = pass.cut();
    while !blocks.is_empty() || !pass.all_read() {
        let groups = pass.ask();
        let tasks = blocks.into_par_iter().map(Task::Work).chain(groups.into_par_iter());
        let done: Vec<_> = tasks.with_max_len(1).map(|task| pass.do_task(task, &work)).collect();
        for result in done {
            match result? {
                Done::Work(result) => take(result)?,
                Done::Read(read) => pass.take_in(read),
            }
        }
        blocks = pass.cut();
    }
    Ok(pass.passed)
}

struct Pass<'a> {
    reading: &'a Reading<'a>,
    patients: Sorted<Option<Person>>,
    diagnoses: Stream<DiagnosisFact>,
    medicines: Stream<MedicineFact>,
    contacts: Stream<ContactFact>,
    measurements: Stream<MeasurementFact>,
    functions: Stream<FunctionFact>,
    services: Stream<ServiceFact>,
    next_block: usize,
    passed: Passed,
}

/// A block's shares of all tables.
struct Shares {
    patients: super::block::Parts<Option<Person>>,
    diagnoses: Share<DiagnosisFact>,
    medicines: Share<MedicineFact>,
    contacts: Share<ContactFact>,
    measurements: Share<MeasurementFact>,
    functions: Share<FunctionFact>,
    services: Share<ServiceFact>,
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

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Patients,
    Diagnoses,
    Medicines,
    Contacts,
    Measurements,
    Functions,
    Services,
}

const FACT_KINDS: [Kind; 6] =
    [Kind::Diagnoses, Kind::Medicines, Kind::Contacts, Kind::Measurements, Kind::Functions, Kind::Services];

enum Task {
    Read(Kind, usize),
    Work(Shares),
}

enum Done<R> {
    Read((Read, usize)),
    Work(R),
}

/// A chunk of some table.
enum Read {
    Patients(Chunk<Option<Person>>),
    Diagnoses(Chunk<DiagnosisFact>),
    Medicines(Chunk<MedicineFact>),
    Contacts(Chunk<ContactFact>),
    Measurements(Chunk<MeasurementFact>),
    Functions(Chunk<FunctionFact>),
    Services(Chunk<ServiceFact>),
}

impl<'a> Pass<'a> {
    fn begin(journal: &Journal, reading: &'a Reading<'a>, temporary: &Path) -> Result<Pass<'a>, ReadError> {
        let mut unusable_rows = 0;
        let facts = [
            &journal.diagnoses,
            &journal.medicines,
            &journal.contacts,
            &journal.measurements,
            &journal.functions,
            &journal.services,
        ];
        let streamed = facts.iter().all(|files| files.as_ref().is_none_or(|files| can_stream(files, reading.ids)));
        let patients = if streamed && can_stream(&journal.patients, reading.ids) {
            Sorted::new(journal.patients.clone())
        } else {
            let chunk = load_patients(&journal.patients, reading, &mut unusable_rows)?;
            Sorted::loaded(journal.patients.clone(), chunk)
        };
        let mut dealer = Dealer { reading, temporary, lasts: None, unusable_rows: 0 };
        if !streamed && let Some(chunk) = patients.loaded_chunk() {
            dealer.lasts = Some(last_ids(&chunk.ids, BLOCK_PATIENTS));
        }
        let diagnoses = dealer.stream_diagnoses(journal.diagnoses.as_ref())?;
        let medicines = dealer.stream(journal.medicines.as_ref())?;
        let contacts = dealer.stream(journal.contacts.as_ref())?;
        let measurements = dealer.stream(journal.measurements.as_ref())?;
        let functions = dealer.stream(journal.functions.as_ref())?;
        let services = dealer.stream(journal.services.as_ref())?;
        let passed = Passed { patients: 0, unusable_rows: unusable_rows + dealer.unusable_rows };
        Ok(Pass {
            reading,
            patients,
            diagnoses,
            medicines,
            contacts,
            measurements,
            functions,
            services,
            next_block: 0,
            passed,
        })
    }

    fn reach(&self, kind: Kind) -> Reach {
        match kind {
            Kind::Patients => self.patients.reach(),
            Kind::Diagnoses => self.diagnoses.reach(),
            Kind::Medicines => self.medicines.reach(),
            Kind::Contacts => self.contacts.reach(),
            Kind::Measurements => self.measurements.reach(),
            Kind::Functions => self.functions.reach(),
            Kind::Services => self.services.reach(),
        }
    }

    fn kinds() -> impl Iterator<Item = Kind> {
        std::iter::once(Kind::Patients).chain(FACT_KINDS)
    }

    fn all_read(&self) -> bool {
        Pass::kinds().all(|kind| self.reach(kind) == Reach::Everything)
    }

    /// The next row groups to read: of the tables that lag behind.
    fn ask(&mut self) -> Vec<Task> {
        let wanted = GROUPS_PER_THREAD * rayon::current_num_threads();
        let mut tasks = Vec::with_capacity(wanted);
        while tasks.len() < wanted {
            let Some((reach, kind)) = Pass::kinds().map(|kind| (self.reach(kind), kind)).min_by(|a, b| a.0.cmp(&b.0))
            else {
                break;
            };
            if reach == Reach::Everything {
                break;
            }
            let group = match kind {
                Kind::Patients => Some(self.patients.ask()),
                Kind::Diagnoses => self.diagnoses.ask(),
                Kind::Medicines => self.medicines.ask(),
                Kind::Contacts => self.contacts.ask(),
                Kind::Measurements => self.measurements.ask(),
                Kind::Functions => self.functions.ask(),
                Kind::Services => self.services.ask(),
            };
            tasks.extend(group.map(|group| Task::Read(kind, group)));
        }
        tasks
    }

    fn do_task<R>(&self, task: Task, work: &impl Fn(Block) -> R) -> Result<Done<R>, ReadError> {
        Ok(match task {
            Task::Work(shares) => Done::Work(work(shares.load()?)),
            Task::Read(kind, group) => Done::Read(self.read(kind, group)?),
        })
    }

    fn read(&self, kind: Kind, group: usize) -> Result<(Read, usize), ReadError> {
        Ok(match kind {
            Kind::Patients => read_one(&self.patients.files, group, self.reading, Read::Patients)?,
            Kind::Diagnoses => match self.diagnoses.files() {
                None => (Read::Diagnoses(Chunk::new(self.reading.ids)), 0),
                Some(files) => {
                    let (chunk, unusable) = read_diagnoses(files, &files.groups[group], self.reading)?;
                    (Read::Diagnoses(chunk.sorted()), unusable)
                }
            },
            Kind::Medicines => self.read_stream(&self.medicines, group, Read::Medicines)?,
            Kind::Contacts => self.read_stream(&self.contacts, group, Read::Contacts)?,
            Kind::Measurements => self.read_stream(&self.measurements, group, Read::Measurements)?,
            Kind::Functions => self.read_stream(&self.functions, group, Read::Functions)?,
            Kind::Services => self.read_stream(&self.services, group, Read::Services)?,
        })
    }

    fn read_stream<F: Fact>(
        &self,
        stream: &Stream<F>,
        group: usize,
        wrap: fn(Chunk<F>) -> Read,
    ) -> Result<(Read, usize), ReadError> {
        match stream.files() {
            None => Ok((wrap(Chunk::new(self.reading.ids)), 0)),
            Some(files) => read_one(files, group, self.reading, wrap),
        }
    }

    fn take_in(&mut self, (read, unusable): (Read, usize)) {
        self.passed.unusable_rows += unusable;
        match read {
            Read::Patients(chunk) => self.patients.take(chunk),
            Read::Diagnoses(chunk) => self.diagnoses.take(chunk),
            Read::Medicines(chunk) => self.medicines.take(chunk),
            Read::Contacts(chunk) => self.contacts.take(chunk),
            Read::Measurements(chunk) => self.measurements.take(chunk),
            Read::Functions(chunk) => self.functions.take(chunk),
            Read::Services(chunk) => self.services.take(chunk),
        }
    }

    /// The blocks of which every fact was read.
    fn cut(&mut self) -> Vec<Shares> {
        let mut blocks = Vec::new();
        loop {
            let whole = self.patients.waiting() >= BLOCK_PATIENTS;
            let size = if whole { BLOCK_PATIENTS } else { self.patients.waiting() };
            if size == 0 || !(whole || self.patients.all_taken()) {
                return blocks;
            }
            let Some(last) = self.patients.id_at(size - 1) else { return blocks };
            let complete = self.diagnoses.is_complete(last)
                && self.medicines.is_complete(last)
                && self.contacts.is_complete(last)
                && self.measurements.is_complete(last)
                && self.functions.is_complete(last)
                && self.services.is_complete(last);
            if !complete {
                return blocks;
            }
            let block = self.next_block;
            let shares = Shares {
                diagnoses: self.diagnoses.share(block, last),
                medicines: self.medicines.share(block, last),
                contacts: self.contacts.share(block, last),
                measurements: self.measurements.share(block, last),
                functions: self.functions.share(block, last),
                services: self.services.share(block, last),
                patients: Vec::new(),
            };
            let patients = self.patients.cut(size);
            blocks.push(Shares { patients, ..shares });
            self.next_block += 1;
            self.passed.patients += size;
        }
    }
}

fn read_one<F: Fact>(
    files: &TableFiles,
    group: usize,
    reading: &Reading,
    wrap: fn(Chunk<F>) -> Read,
) -> Result<(Read, usize), ReadError> {
    let (chunk, unusable) = read_group(files, &files.groups[group], reading)?;
    Ok((wrap(chunk.sorted()), unusable))
}

/// All patients, in order.
fn load_patients(
    files: &TableFiles,
    reading: &Reading,
    unusable: &mut usize,
) -> Result<Chunk<Option<Person>>, ReadError> {
    let mut all = Chunk::new(reading.ids);
    for group in &files.groups {
        let (chunk, more) = read_group(files, group, reading)?;
        all.append(&chunk);
        *unusable += more;
    }
    Ok(all.sorted())
}
