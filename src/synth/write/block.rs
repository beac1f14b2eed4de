//! One block of patients: drawn, put into columns, and encoded.

use super::columns::{FactColumns, Facts};
use super::dictionaries::Dictionaries;
use super::tables::{FILES, Pages, group_first, is_keyed, place};
use super::truth_tables::{PeopleColumns, TruthColumns};
use crate::clinical::Day;
use crate::journal::encoding::{EncodedPage, MISSING, empty_page, flags_page, keys_page, plain_page, texts_page};
use crate::journal::store::StoreError;
use crate::journal::tables::Source;
use crate::synth::cohort::{Bench, Synth};
use crate::synth::records::PatientRecords;
use crate::synth::tally::Tally;
use parquet::errors::Result;
use std::path::PathBuf;

/// Patients drawn together; their columns fit next to the processor.
pub const BLOCK: u64 = 4096;

/// A block ready to be appended.
pub struct Encoded {
    /// One patient after the block's last.
    pub end: u64,
    pub is_last: bool,
    pub pages: [Pages; FILES],
    /// Least and greatest patient that has rows.
    pub ranges: [Option<(i64, i64)>; FILES],
    pub newest: [Option<Day>; Source::ALL.len()],
    /// Rows of the tables of facts.
    pub facts: u64,
    pub tally: Tally,
}

/// Columns that are used again from block to block.
pub struct Block {
    bench: Bench,
    records: PatientRecords,
    facts: FactColumns,
    patients: PatientColumns,
    truth: TruthColumns,
    people: PeopleColumns,
    place: Place,
    newest: [Option<Day>; Source::ALL.len()],
    facts_drawn: u64,
    tally: Tally,
}

/// Which patients a block holds.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    from: u64,
    end: u64,
    is_last: bool,
}

/// The columns of the table of patients.
#[derive(Default)]
struct PatientColumns {
    ids: Vec<i64>,
    births: Vec<i32>,
    sexes: Vec<u32>,
    gps: Vec<u8>,
    statuses: Vec<u32>,
    since: Vec<i32>,
    died: Vec<u32>,
    protections: Vec<u32>,
    no_contact: Vec<u8>,
    no_scoring: Vec<u8>,
    languages: Vec<u32>,
    alone: Vec<u8>,
}

impl Default for Block {
    fn default() -> Block {
        Block::new()
    }
}

impl Block {
    #[must_use]
    pub fn new() -> Block {
        Block {
            bench: Bench::default(),
            records: PatientRecords::empty(),
            facts: FactColumns::default(),
            patients: PatientColumns::default(),
            truth: TruthColumns::default(),
            people: PeopleColumns::default(),
            place: Place::default(),
            newest: [None; Source::ALL.len()],
            facts_drawn: 0,
            tally: Tally::default(),
        }
    }

    /// Draws and encodes the block of this number.
    ///
    /// # Errors
    /// When a page cannot be compressed.
    pub fn encode(
        &mut self,
        synth: &Synth,
        words: &Dictionaries,
        number: u64,
        patients: u64,
    ) -> std::result::Result<Encoded, StoreError> {
        self.draw(synth, words, number, patients);
        self.encoded(words)
    }

    /// Draws the patients of a block into columns.
    pub fn draw(&mut self, synth: &Synth, words: &Dictionaries, number: u64, patients: u64) {
        let (from, end) = (number * BLOCK, patients.min((number + 1) * BLOCK));
        self.clear();
        self.place = Place { from, end, is_last: end == patients };
        for patient in from..end {
            let coding = synth.fill(patient, &mut self.bench, &mut self.records);
            if synth.plan().tally {
                self.tally.add(synth, synth.life(&self.bench), &self.records, coding);
            }
            if !self.records.blocks.is_empty() {
                self.records.leave_out_closed(synth.words());
            }
            self.push(words, patient);
            self.facts_drawn += self.records.facts() as u64;
            newest_days(&self.records, &mut self.newest);
        }
    }

    /// Encodes the columns that were drawn.
    ///
    /// # Errors
    /// When a page cannot be compressed.
    pub fn encoded(&self, words: &Dictionaries) -> std::result::Result<Encoded, StoreError> {
        let Place { from, end, is_last } = self.place;
        let pages = self.pages(words, from).map_err(|source| StoreError::Parquet { path: PathBuf::new(), source })?;
        let (newest, facts, tally) = (self.newest, self.facts_drawn, self.tally.clone());
        Ok(Encoded { end, is_last, pages, ranges: self.ranges(from), newest, facts, tally })
    }

    /// Draws and counts the block of this number.
    #[must_use]
    pub fn count(synth: &Synth, number: u64, patients: u64) -> Tally {
        let (mut bench, mut records, mut tally) = (Bench::default(), PatientRecords::empty(), Tally::default());
        for patient in number * BLOCK..patients.min((number + 1) * BLOCK) {
            let coding = synth.fill(patient, &mut bench, &mut records);
            tally.add(synth, synth.life(&bench), &records, coding);
        }
        tally
    }

    fn clear(&mut self) {
        self.facts.clear();
        self.patients = PatientColumns::default();
        self.truth.clear();
        self.people.clear();
        self.newest = [None; Source::ALL.len()];
        self.facts_drawn = 0;
        self.tally = Tally::default();
    }

    fn push(&mut self, words: &Dictionaries, patient: u64) {
        self.facts.push(words, &self.records, std::array::from_fn(|file| place(file, patient)));
        self.patients.push(words, &self.records);
        self.truth.push(&self.records);
        self.people.push(&self.records);
    }

    fn tables(&self) -> [&Facts; 7] {
        let FactColumns { diagnoses, medicines, contacts, measurements, functions, services, blocks } = &self.facts;
        [diagnoses, medicines, contacts, measurements, functions, services, blocks]
    }

    fn ranges(&self, from: u64) -> [Option<(i64, i64)>; FILES] {
        let mut ranges = [None; FILES];
        for (file, facts) in self.tables().into_iter().enumerate() {
            let id = |place: &u32| group_first(file, from) as i64 + i64::from(*place) + 1;
            ranges[file] = facts.ids.first().map(id).zip(facts.ids.last().map(id));
        }
        ranges[7] = self.patients.ids.first().copied().zip(self.patients.ids.last().copied());
        ranges[8] = self.truth.range();
        ranges[9] = ranges[7];
        ranges
    }

    fn pages(&self, words: &Dictionaries, from: u64) -> Result<[Pages; FILES]> {
        let mut pages: [Pages; FILES] = std::array::from_fn(|_| Vec::new());
        for (file, of_table) in self.facts.pages(words)?.into_iter().enumerate() {
            let ids = &self.tables()[file].ids;
            pages[file].push(ids_page(file, ids, from)?);
            pages[file].extend(of_table);
        }
        pages[7] = self.patients.pages(words)?;
        pages[8] = self.truth.pages()?;
        pages[9] = self.people.pages(words)?;
        Ok(pages)
    }
}

/// The patients of a table's rows: keys, or numbers as they are.
fn ids_page(file: usize, ids: &[u32], from: u64) -> Result<EncodedPage> {
    if is_keyed(file) {
        // A page's keys need no more bits than its own greatest key.
        return keys_page(ids, ids.last().map_or(1, |last| *last as usize + 1), false);
    }
    let first = group_first(file, from) as i64 + 1;
    plain_page(ids.iter().map(|place| (first + i64::from(*place)).to_le_bytes()), false)
}

fn newest_days(records: &PatientRecords, newest: &mut [Option<Day>; Source::ALL.len()]) {
    let mut see = |source: Source, day: Option<Day>| newest[source as usize] = newest[source as usize].max(day);
    see(Source::Diagnoses, records.diagnoses.last().map(|row| row.date));
    see(Source::Medicines, records.medicines.last().map(|row| row.date));
    see(Source::Measurements, records.measurements.last().map(|row| row.date));
    see(Source::Functions, records.functions.last().map(|row| row.date));
    see(Source::Services, records.services.last().map(|row| row.from));
    // What is only booked lies ahead of the day it was recorded on.
    records.contacts.iter().for_each(|row| see(row.kind.source(), Some(row.date.min(row.recorded_on))));
}

impl PatientColumns {
    fn push(&mut self, words: &Dictionaries, records: &PatientRecords) {
        let person = &records.person;
        let gp = gp_name(person.practice, person.gp);
        self.ids.push(person.patient_id);
        self.births.push(person.birth_date.0);
        self.sexes.push(person.sex as u32);
        push_text(&mut self.gps, &gp);
        self.statuses.push(person.status as u32);
        self.since.push(person.listed_since.0);
        self.died.push(person.died_on.map_or(MISSING, |day| words.day(day)));
        let protection = person.protection as u32;
        self.protections.push(if protection == 0 { MISSING } else { protection });
        self.no_contact.push(u8::from(person.no_contact));
        self.no_scoring.push(u8::from(person.no_scoring));
        self.languages.push(u32::from(person.language));
        self.alone.push(person.lives_alone.map_or(2, u8::from));
    }

    fn pages(&self, words: &Dictionaries) -> Result<Pages> {
        let rows = self.ids.len();
        Ok(vec![
            plain_page(self.ids.iter().map(|id| id.to_le_bytes()), false)?,
            plain_page(self.births.iter().map(|day| day.to_le_bytes()), false)?,
            keys_page(&self.sexes, words.sexes.entries(), true)?,
            texts_page(&self.gps, rows, true)?,
            keys_page(&self.statuses, words.statuses.entries(), true)?,
            plain_page(self.since.iter().map(|day| day.to_le_bytes()), true)?,
            // Nobody in it has a name.
            empty_page(rows)?,
            keys_page(&self.died, words.days.entries(), true)?,
            keys_page(&self.protections, words.protections.entries(), true)?,
            flags_page(&self.no_contact, true)?,
            flags_page(&self.no_scoring, true)?,
            keys_page(&self.languages, words.languages.entries(), true)?,
            flags_page(&self.alone, true)?,
            // Nobody had another number before, and none has an identity number.
            empty_page(rows)?,
            empty_page(rows)?,
        ])
    }
}

/// The name of a practice in the files of a cohort.
#[must_use]
pub fn practice_name(practice: u32) -> String {
    format!("P{:04}", u64::from(practice) + 1)
}

/// The name of a GP.
#[must_use]
pub fn gp_name(practice: u32, gp: u32) -> String {
    format!("{}-{}", practice_name(practice), u64::from(gp) + 1)
}

/// Adds a text as Parquet has it, its length first.
pub fn push_text(texts: &mut Vec<u8>, text: &str) {
    texts.extend_from_slice(&(text.len() as u32).to_le_bytes());
    texts.extend_from_slice(text.as_bytes());
}
