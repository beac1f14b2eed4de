//! The rows of a block in columns of keys, table by table.

use super::dictionaries::Dictionaries;
use crate::clinical::Day;
use crate::journal::encoding::{EncodedPage, MISSING, empty_page, flags_page, keys_page};
use crate::journal::patient::Comparator;
use crate::synth::records::{PatientRecords, Role};
use parquet::errors::Result;

/// One table's columns of keys and of flags, in the order they stand in the file after the patient's id.
#[derive(Debug, Default)]
pub struct Facts {
    /// Of each row, the patient's place among those of the row group.
    pub ids: Vec<u32>,
    keys: [Vec<u32>; 7],
    flags: [Vec<u8>; 2],
}

impl Facts {
    fn clear(&mut self) {
        self.ids.clear();
        self.keys.iter_mut().for_each(Vec::clear);
        self.flags.iter_mut().for_each(Vec::clear);
    }

    fn ids_of(&mut self, id: u32, rows: usize) {
        self.ids.resize(self.ids.len() + rows, id);
    }

    fn rows(&self) -> usize {
        self.ids.len()
    }
}

/// The tables of facts of a block.
#[derive(Debug, Default)]
pub struct FactColumns {
    pub diagnoses: Facts,
    pub medicines: Facts,
    pub contacts: Facts,
    pub measurements: Facts,
    pub functions: Facts,
    pub services: Facts,
    pub blocks: Facts,
}

/// A record that was known on its own day says nothing of it.
#[inline]
fn later(words: &Dictionaries, date: Day, recorded_on: Day) -> u32 {
    if recorded_on == date { MISSING } else { words.day(recorded_on) }
}

#[inline]
fn role(role: Role) -> u32 {
    if role == Role::None { MISSING } else { role as u32 }
}

impl FactColumns {
    pub fn clear(&mut self) {
        let FactColumns { diagnoses, medicines, contacts, measurements, functions, services, blocks } = self;
        [diagnoses, medicines, contacts, measurements, functions, services, blocks].into_iter().for_each(Facts::clear);
    }

    /// Adds the rows of a patient; `id` is her place in the row group of each table.
    pub fn push(&mut self, words: &Dictionaries, records: &PatientRecords, id: [u32; 7]) {
        self.push_diagnoses(words, records, id[0]);
        self.push_medicines(words, records, id[1]);
        self.push_contacts(words, records, id[2]);
        self.push_measurements(words, records, id[3]);
        self.push_functions(words, records, id[4]);
        self.push_services(words, records, id[5]);
        self.push_blocks(words, records, id[6]);
    }

    fn push_diagnoses(&mut self, words: &Dictionaries, records: &PatientRecords, id: u32) {
        let Facts { keys: [dates, systems, codes, recorded, sources, ..], .. } = &mut self.diagnoses;
        for row in &records.diagnoses {
            let (code, system) = words.code(row.code);
            dates.push(words.day(row.date));
            systems.push(system);
            codes.push(code);
            recorded.push(later(words, row.date, row.recorded_on));
            sources.push(row.source as u32);
        }
        self.diagnoses.ids_of(id, records.diagnoses.len());
    }

    fn push_medicines(&mut self, words: &Dictionaries, records: &PatientRecords, id: u32) {
        let Facts { keys: [dates, atc, until, stopped, ..], flags: [regular, multidose], .. } = &mut self.medicines;
        for row in &records.medicines {
            dates.push(words.day(row.date));
            atc.push(u32::from(row.atc));
            until.push(words.day(row.until));
            stopped.push(row.stopped_on.map_or(MISSING, |day| words.day(day)));
            regular.push(u8::from(row.regular));
            multidose.push(u8::from(row.multidose));
        }
        self.medicines.ids_of(id, records.medicines.len());
    }

    fn push_contacts(&mut self, words: &Dictionaries, records: &PatientRecords, id: u32) {
        let Facts { keys: [dates, kinds, roles, recorded, ..], .. } = &mut self.contacts;
        for row in &records.contacts {
            dates.push(words.day(row.date));
            kinds.push(row.kind as u32);
            roles.push(role(row.role));
            recorded.push(later(words, row.date, row.recorded_on));
        }
        self.contacts.ids_of(id, records.contacts.len());
    }

    fn push_measurements(&mut self, words: &Dictionaries, records: &PatientRecords, id: u32) {
        let Facts { keys: [dates, codes, values, units, comparators, recorded, ..], .. } = &mut self.measurements;
        for row in &records.measurements {
            dates.push(words.day(row.date));
            codes.push(u32::from(row.test));
            values.push(words.value(row));
            units.push(words.unit(row.test));
            comparators.push(comparator(row.comparator));
            recorded.push(later(words, row.date, row.recorded_on));
        }
        self.measurements.ids_of(id, records.measurements.len());
    }

    fn push_functions(&mut self, words: &Dictionaries, records: &PatientRecords, id: u32) {
        let Facts { keys: [dates, instruments, items, scores, recorded, ..], .. } = &mut self.functions;
        for row in &records.functions {
            let (instrument, item) = words.scale(row.scale);
            dates.push(words.day(row.date));
            instruments.push(instrument);
            items.push(item.unwrap_or(MISSING));
            scores.push(u32::from(row.score));
            recorded.push(later(words, row.date, row.recorded_on));
        }
        self.functions.ids_of(id, records.functions.len());
    }

    fn push_services(&mut self, words: &Dictionaries, records: &PatientRecords, id: u32) {
        let Facts { keys: [services, from, until, ..], .. } = &mut self.services;
        for row in &records.services {
            services.push(u32::from(row.service));
            from.push(words.day(row.from));
            until.push(row.until.map_or(MISSING, |day| words.day(day)));
        }
        self.services.ids_of(id, records.services.len());
    }

    fn push_blocks(&mut self, words: &Dictionaries, records: &PatientRecords, id: u32) {
        let Facts { keys: [parts, roles, from, ..], .. } = &mut self.blocks;
        for row in &records.blocks {
            parts.push(u32::from(row.part));
            roles.push(role(row.role));
            from.push(words.day(row.from));
        }
        self.blocks.ids_of(id, records.blocks.len());
    }

    /// The pages of each table after that of the ids, in the order of the journal's columns.
    pub fn pages(&self, words: &Dictionaries) -> Result<[Vec<EncodedPage>; 7]> {
        Ok([
            diagnoses(&self.diagnoses, words)?,
            medicines(&self.medicines, words)?,
            contacts(&self.contacts, words)?,
            measurements(&self.measurements, words)?,
            functions(&self.functions, words)?,
            services(&self.services, words)?,
            blocks(&self.blocks, words)?,
        ])
    }
}

fn comparator(comparator: Comparator) -> u32 {
    match comparator {
        Comparator::Exact => MISSING,
        Comparator::Below => 1,
        Comparator::AtMost => 2,
        Comparator::Above => 3,
        Comparator::AtLeast => 4,
    }
}

// The pages stand as the columns do in `journal::tables`; a test reads them back by name.

fn diagnoses(facts: &Facts, words: &Dictionaries) -> Result<Vec<EncodedPage>> {
    let [dates, systems, codes, recorded, sources, ..] = &facts.keys;
    Ok(vec![
        keys_page(dates, words.days.entries(), false)?,
        keys_page(systems, words.systems.entries(), false)?,
        keys_page(codes, words.codes.entries(), false)?,
        keys_page(recorded, words.days.entries(), true)?,
        keys_page(sources, words.sources.entries(), true)?,
        empty_page(facts.rows())?,
    ])
}

fn medicines(facts: &Facts, words: &Dictionaries) -> Result<Vec<EncodedPage>> {
    let [dates, atc, until, stopped, ..] = &facts.keys;
    Ok(vec![
        keys_page(dates, words.days.entries(), false)?,
        keys_page(atc, words.medicines.entries(), false)?,
        keys_page(until, words.days.entries(), true)?,
        keys_page(stopped, words.days.entries(), true)?,
        flags_page(&facts.flags[0], true)?,
        flags_page(&facts.flags[1], true)?,
        empty_page(facts.rows())?,
    ])
}

fn contacts(facts: &Facts, words: &Dictionaries) -> Result<Vec<EncodedPage>> {
    let [dates, kinds, roles, recorded, ..] = &facts.keys;
    Ok(vec![
        keys_page(dates, words.days.entries(), false)?,
        keys_page(kinds, words.kinds.entries(), false)?,
        keys_page(roles, words.roles.entries(), true)?,
        empty_page(facts.rows())?,
        keys_page(recorded, words.days.entries(), true)?,
    ])
}

fn measurements(facts: &Facts, words: &Dictionaries) -> Result<Vec<EncodedPage>> {
    let [dates, codes, values, units, comparators, recorded, ..] = &facts.keys;
    Ok(vec![
        keys_page(dates, words.days.entries(), false)?,
        keys_page(codes, words.tests.entries(), false)?,
        keys_page(values, words.values.entries(), false)?,
        keys_page(units, words.units.entries(), true)?,
        keys_page(comparators, words.comparators.entries(), true)?,
        keys_page(recorded, words.days.entries(), true)?,
    ])
}

fn functions(facts: &Facts, words: &Dictionaries) -> Result<Vec<EncodedPage>> {
    let [dates, instruments, items, scores, recorded, ..] = &facts.keys;
    Ok(vec![
        keys_page(dates, words.days.entries(), false)?,
        keys_page(instruments, words.instruments.entries(), false)?,
        keys_page(items, words.items.entries(), true)?,
        keys_page(scores, words.scores.entries(), false)?,
        keys_page(recorded, words.days.entries(), true)?,
    ])
}

fn services(facts: &Facts, words: &Dictionaries) -> Result<Vec<EncodedPage>> {
    let [services, from, until, ..] = &facts.keys;
    Ok(vec![
        keys_page(services, words.services.entries(), false)?,
        keys_page(from, words.days.entries(), true)?,
        keys_page(until, words.days.entries(), true)?,
        empty_page(facts.rows())?,
    ])
}

fn blocks(facts: &Facts, words: &Dictionaries) -> Result<Vec<EncodedPage>> {
    let [parts, roles, from, ..] = &facts.keys;
    Ok(vec![
        keys_page(parts, words.parts.entries(), false)?,
        keys_page(roles, words.roles.entries(), true)?,
        keys_page(from, words.days.entries(), true)?,
    ])
}
