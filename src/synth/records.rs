//! One synthetic patient: her rows in the eight tables of the journal, and the truth about her, which no journal shows.
//!
//! Codes are numbers of words in [`Words`], so that a patient costs no allocation; whoever writes files
//! looks the words up. Within each table rows stand by day.

pub use super::kinds::{DiagnosisSource, ListStatus, Protection, Role};
use super::words::Words;
use crate::clinical::{CodeSystem, Day, Sex};
use crate::journal::patient::Comparator;
use crate::journal::tables::{ContactKind, Source, Sources, Table};

/// Everything of one patient. Made once and filled again for the next patient: the rows keep their memory.
#[derive(Debug, Clone, PartialEq)]
pub struct PatientRecords {
    pub person: PersonRow,
    pub diagnoses: Vec<DiagnosisRow>,
    pub medicines: Vec<MedicineRow>,
    pub contacts: Vec<ContactRow>,
    pub measurements: Vec<MeasurementRow>,
    pub functions: Vec<FunctionRow>,
    pub services: Vec<ServiceRow>,
    pub blocks: Vec<BlockRow>,
    /// One row for each index day on which she is alive and on the list. Never part of a journal.
    pub truth: Vec<TruthRow>,
}

/// Her row in the table of patients.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PersonRow {
    /// Place in the cohort, from 0.
    pub number: u64,
    /// `patient_id` of the journal: ascending with `number`.
    pub patient_id: i64,
    pub birth_date: Day,
    pub sex: Sex,
    /// The practice's number, from 0; patients of a practice are neighbours.
    pub practice: u32,
    /// The GP's number within the practice, from 0.
    pub gp: u32,
    pub status: ListStatus,
    pub listed_since: Day,
    pub died_on: Option<Day>,
    pub protection: Protection,
    /// Reserved against being contacted.
    pub no_contact: bool,
    /// Reserved against being scored.
    pub no_scoring: bool,
    /// Number of a word in [`Words::languages`](super::words::Words::languages).
    pub language: u8,
    /// `None` when nobody asked.
    pub lives_alone: Option<bool>,
}

/// A coded diagnosis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct DiagnosisRow {
    pub date: Day,
    /// Number of a code in [`Words::diagnoses`](super::words::Words::diagnoses), which tells the system too.
    pub code: u16,
    /// When the practice had it: the same day, or later for letters and late entries.
    pub recorded_on: Day,
    pub source: DiagnosisSource,
}

/// A prescription.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct MedicineRow {
    pub date: Day,
    /// Number of a code in [`Words::medicines`](super::words::Words::medicines).
    pub atc: u16,
    /// Last day of the supply.
    pub until: Day,
    pub stopped_on: Option<Day>,
    /// Taken regularly, or as needed.
    pub regular: bool,
    pub multidose: bool,
}

/// A contact, or one that did not come about. The kind tells the source: contacts, appointments, recalls, orders or acute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ContactRow {
    pub date: Day,
    pub kind: ContactKind,
    pub role: Role,
    pub recorded_on: Day,
}

/// A result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct MeasurementRow {
    pub date: Day,
    /// Number of a test in [`Words::tests`](super::words::Words::tests), which tells code, unit and decimals.
    pub test: u8,
    /// The value in steps of the test's least digit; [`Words::value`](super::words::Words::value) gives the number.
    pub steps: u16,
    pub comparator: Comparator,
    pub recorded_on: Day,
}

/// One item of an instrument, or its total.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct FunctionRow {
    pub date: Day,
    /// Number of an instrument and its item in [`Words::scales`](super::words::Words::scales).
    pub scale: u8,
    pub score: u8,
    pub recorded_on: Day,
}

/// A service or plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ServiceRow {
    pub from: Day,
    /// Number of a name in [`Words::services`](super::words::Words::services).
    pub service: u8,
    /// Last day; `None` while it lasts.
    pub until: Option<Day>,
}

/// A part of her record that she closed. Her records hold it all the same: an extract's files do, and reading leaves it out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct BlockRow {
    pub from: Day,
    /// Number of a name in [`Words::parts`](super::words::Words::parts): a part of the record.
    pub part: u8,
    /// For whom; `Role::None` means for all.
    pub role: Role,
}

/// What is true of her on one index day, and what comes of her in the year after it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TruthRow {
    pub index_day: Day,
    /// Functional decline: the first lasting loss of a step of function within 365 days.
    pub decline: Outcome,
    /// The same as a register would show it: bent towards those who use services, by the dial `label-bias`.
    pub decline_registered: Outcome,
    /// Unplanned admission within 365 days.
    pub admission: Outcome,
    /// Death within 365 days.
    pub death: Outcome,
    /// Lasting steps of function lost by the index day, 0 to 5.
    pub dependency: u8,
    /// Latent need of follow-up on the index day, 0 to 100.
    pub need: f32,
    /// `need` reaches the threshold of the parameters.
    pub in_need: bool,
    /// In need and seldom asks for help: adults only.
    pub quiet: Option<bool>,
    /// Already on the way to a decline that has not come: adults only.
    pub rising: Option<bool>,
    /// In need, with a trouble that follow-up would have eased, and without it.
    pub would_benefit: bool,
    /// A child with complex needs: children only.
    pub complex_child: Option<bool>,
}

/// Something that happens within the year, or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    pub happened: bool,
    /// Days from the index day to the event, or to the end of follow-up: death, or 365 days.
    pub days: u16,
}

impl PatientRecords {
    /// No rows yet.
    #[must_use]
    pub fn empty() -> PatientRecords {
        PatientRecords {
            person: PersonRow::nobody(),
            diagnoses: Vec::new(),
            medicines: Vec::new(),
            contacts: Vec::new(),
            measurements: Vec::new(),
            functions: Vec::new(),
            services: Vec::new(),
            blocks: Vec::new(),
            truth: Vec::new(),
        }
    }

    /// Forgets the rows and keeps their memory.
    pub fn clear(&mut self) {
        self.diagnoses.clear();
        self.medicines.clear();
        self.contacts.clear();
        self.measurements.clear();
        self.functions.clear();
        self.services.clear();
        self.blocks.clear();
        self.truth.clear();
    }

    /// Takes out the tables of sources that are not delivered; contacts are of several sources, and stay.
    pub fn leave_out(&mut self, delivered: Sources) {
        let has = |source| delivered.has(source);
        self.diagnoses.truncate(if has(Source::Diagnoses) { usize::MAX } else { 0 });
        self.medicines.truncate(if has(Source::Medicines) { usize::MAX } else { 0 });
        self.measurements.truncate(if has(Source::Measurements) { usize::MAX } else { 0 });
        self.functions.truncate(if has(Source::Functions) { usize::MAX } else { 0 });
        self.services.truncate(if has(Source::Services) { usize::MAX } else { 0 });
    }

    /// Takes out what she has closed, as reading an extract does: a journal never holds it.
    pub fn leave_out_closed(&mut self, words: &Words) {
        for block in &self.blocks {
            let part = words.parts[usize::from(block.part)].as_str();
            let all = part == "all";
            self.diagnoses.retain(|row| {
                let code = &words.diagnoses[usize::from(row.code)];
                let is_closed = code.system == CodeSystem::Icpc2 && code.code.starts_with(part);
                !all && part != Table::Diagnoses.name() && !is_closed
            });
            let closes = |table: Table| all || part == table.name();
            self.medicines.truncate(if closes(Table::Medicines) { 0 } else { usize::MAX });
            self.contacts.truncate(if closes(Table::Contacts) { 0 } else { usize::MAX });
            self.measurements.truncate(if closes(Table::Measurements) { 0 } else { usize::MAX });
            self.functions.truncate(if closes(Table::Functions) { 0 } else { usize::MAX });
            self.services.truncate(if closes(Table::Services) { 0 } else { usize::MAX });
        }
    }

    /// Rows of the seven tables of facts; the row of the person herself is not counted.
    #[must_use]
    pub fn facts(&self) -> usize {
        self.diagnoses.len()
            + self.medicines.len()
            + self.contacts.len()
            + self.measurements.len()
            + self.functions.len()
            + self.services.len()
            + self.blocks.len()
    }
}

impl PersonRow {
    const fn nobody() -> PersonRow {
        PersonRow {
            number: 0,
            patient_id: 0,
            birth_date: Day(0),
            sex: Sex::Female,
            practice: 0,
            gp: 0,
            status: ListStatus::Listed,
            listed_since: Day(0),
            died_on: None,
            protection: Protection::None,
            no_contact: false,
            no_scoring: false,
            language: 0,
            lives_alone: None,
        }
    }
}
