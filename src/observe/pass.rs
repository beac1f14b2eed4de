//! The one pass: row groups are read and blocks of patients worked on side by side, and results come in the order of patients.

use super::block::Block;
use super::chunk::Chunk;
use super::crew::Crew;
use super::dealer::Dealer;
use super::facts::{ContactFact, DiagnosisFact, FunctionFact, MeasurementFact, MedicineFact, ServiceFact};
use super::journal::Journal;
use super::journal_files::{ReadError, TableFiles};
use super::partition::last_ids;
use super::read::{Reading, read_group};
use super::stream::{Reach, Sorted, Stream, can_stream};
use super::task::{Facts, GroupRead, Kind, Shares, Task};
use crate::journal::patient::Person;
use std::collections::VecDeque;
use std::path::Path;

/// Patients in a block. A fixed number, so that results are cut alike whatever the input's row groups and threads.
pub const BLOCK_PATIENTS: usize = 8_192;

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
    take: impl FnMut(R) -> Result<(), E> + Send,
) -> Result<Passed, E>
where
    R: Send,
    E: From<ReadError> + Send,
{
    let crew = Crew::new(Pass::begin(journal, reading, temporary)?, take);
    rayon::broadcast(|_| crew.work(reading, &work));
    Ok(crew.finish()?.passed)
}

/// All tables as streams, and what of them is ready to be worked on.
pub(super) struct Pass {
    patients: Sorted<Option<Person>>,
    diagnoses: Stream<DiagnosisFact>,
    medicines: Stream<MedicineFact>,
    contacts: Stream<ContactFact>,
    measurements: Stream<MeasurementFact>,
    functions: Stream<FunctionFact>,
    services: Stream<ServiceFact>,
    /// Blocks of which every fact was read, by their number.
    ready: VecDeque<(usize, Shares)>,
    next_block: usize,
    passed: Passed,
}

impl Pass {
    fn begin(journal: &Journal, reading: &Reading, temporary: &Path) -> Result<Pass, ReadError> {
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
        let diagnoses = dealer.stream(journal.diagnoses.as_ref())?;
        let medicines = dealer.stream(journal.medicines.as_ref())?;
        let contacts = dealer.stream(journal.contacts.as_ref())?;
        let measurements = dealer.stream(journal.measurements.as_ref())?;
        let functions = dealer.stream(journal.functions.as_ref())?;
        let services = dealer.stream(journal.services.as_ref())?;
        let passed = Passed { patients: 0, unusable_rows: unusable_rows + dealer.unusable_rows };
        let mut pass = Pass {
            patients,
            diagnoses,
            medicines,
            contacts,
            measurements,
            functions,
            services,
            ready: VecDeque::new(),
            next_block: 0,
            passed,
        };
        pass.cut();
        Ok(pass)
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

    /// What is to be done next; `None` when all was given out that can be.
    pub fn next_task(&mut self) -> Option<Task> {
        match self.ready.pop_front() {
            Some((block, shares)) => Some(Task::Work(block, shares)),
            None => self.next_group(),
        }
    }

    /// The next row group to read: of the table that lags behind.
    fn next_group(&mut self) -> Option<Task> {
        let lagging = Kind::ALL.map(|kind| (self.reach(kind), kind)).into_iter().min_by(|a, b| a.0.cmp(&b.0));
        let (_, kind) = lagging.filter(|(reach, _)| *reach != Reach::Everything)?;
        let (files, group) = match kind {
            Kind::Patients => Some(self.patients.ask()),
            Kind::Diagnoses => self.diagnoses.ask(),
            Kind::Medicines => self.medicines.ask(),
            Kind::Contacts => self.contacts.ask(),
            Kind::Measurements => self.measurements.ask(),
            Kind::Functions => self.functions.ask(),
            Kind::Services => self.services.ask(),
        }?;
        Some(Task::Read(kind, files, group))
    }

    /// Takes in a row group, and cuts the blocks that it completes.
    pub fn take_in(&mut self, read: GroupRead) {
        self.passed.unusable_rows += read.unusable;
        match read.facts {
            Facts::Patients(chunk) => self.patients.take(read.group, chunk),
            Facts::Diagnoses(chunk) => self.diagnoses.take(read.group, chunk),
            Facts::Medicines(chunk) => self.medicines.take(read.group, chunk),
            Facts::Contacts(chunk) => self.contacts.take(read.group, chunk),
            Facts::Measurements(chunk) => self.measurements.take(read.group, chunk),
            Facts::Functions(chunk) => self.functions.take(read.group, chunk),
            Facts::Services(chunk) => self.services.take(read.group, chunk),
        }
        self.cut();
    }

    fn cut(&mut self) {
        while let Some(size) = self.next_size() {
            let block = self.next_block;
            let Some(last) = self.patients.id_at(size - 1) else { return };
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
            self.ready.push_back((block, Shares { patients, ..shares }));
            self.next_block += 1;
            self.passed.patients += size;
        }
    }

    /// Patients of the next block, when all their facts were read.
    fn next_size(&self) -> Option<usize> {
        let size = self.patients.waiting().min(BLOCK_PATIENTS);
        if size == 0 || !(size == BLOCK_PATIENTS || self.patients.all_taken()) {
            return None;
        }
        let last = self.patients.id_at(size - 1)?;
        let complete = self.diagnoses.is_complete(last)
            && self.medicines.is_complete(last)
            && self.contacts.is_complete(last)
            && self.measurements.is_complete(last)
            && self.functions.is_complete(last)
            && self.services.is_complete(last);
        complete.then_some(size)
    }
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
