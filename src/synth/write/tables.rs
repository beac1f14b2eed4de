//! The files of a cohort, and where their row groups end.

use super::block::{BLOCK, Encoded};
use super::dictionaries::Dictionaries;
use super::truth_tables;
use crate::clinical::Day;
use crate::journal::encoding::{Dictionary, EncodedPage, GroupIds, PagedFile};
use crate::journal::manifest::Manifest;
use crate::journal::store::StoreError;
use crate::journal::tables::{Source, Sources, Table};
use crate::synth::cohort::Synth;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Number of files: the tables of facts in canonical order, patients, and two of the truth.
pub const FILES: usize = 10;

/// Patients of a row group, each a multiple of [`BLOCK`]: few enough that whoever reads all tables side by side holds little
/// of each, and so many that a great table's row group has some hundred thousand rows.
const GROUP: [u64; FILES] = [
    4 * BLOCK,
    4 * BLOCK,
    4 * BLOCK,
    4 * BLOCK,
    32 * BLOCK,
    32 * BLOCK,
    32 * BLOCK,
    16 * BLOCK,
    32 * BLOCK,
    64 * BLOCK,
];

/// Files whose patients stand as keys of a dictionary: many rows each.
const KEYED: [bool; FILES] = [true, true, true, true, false, false, false, false, false, false];

/// The tables of facts, in the order of their pages.
pub const FACTS: [Table; 7] = [
    Table::Diagnoses,
    Table::Medicines,
    Table::Contacts,
    Table::Measurements,
    Table::Functions,
    Table::Services,
    Table::Blocks,
];

/// A patient's place among those of her row group.
#[inline]
#[must_use]
pub fn place(file: usize, number: u64) -> u32 {
    (number % GROUP[file]) as u32
}

/// The first patient of the row group that a patient stands in.
#[inline]
#[must_use]
pub fn group_first(file: usize, number: u64) -> u64 {
    number / GROUP[file] * GROUP[file]
}

#[inline]
#[must_use]
pub fn is_keyed(file: usize) -> bool {
    KEYED[file]
}

/// All files of a cohort on their way.
pub struct Files {
    /// `None` for a table of which no source is delivered.
    files: [Option<PagedFile>; FILES],
    ranges: [Option<(i64, i64)>; FILES],
    /// First patient of the open row groups.
    firsts: [u64; FILES],
    newest: [Option<Day>; Source::ALL.len()],
    delivered: Sources,
    journal: PathBuf,
}

impl Files {
    /// Makes the files.
    ///
    /// # Errors
    /// When one cannot be made.
    pub fn begin(synth: &Synth, words: &Dictionaries, journal: &Path, truth: &Path) -> Result<Files, StoreError> {
        let delivered = synth.law().parameters.dials.delivered;
        let mut files: [Option<PagedFile>; FILES] = std::array::from_fn(|_| None);
        for (at, table) in FACTS.into_iter().enumerate() {
            if is_delivered(table, delivered) {
                files[at] = Some(PagedFile::of_table(journal, table, dictionaries(table, words))?);
            }
        }
        files[7] = Some(PagedFile::of_table(journal, Table::Patients, patients(words))?);
        files[8] = Some(truth_tables::outcomes(truth)?);
        files[9] = Some(truth_tables::people(truth, words)?);
        Ok(Files {
            files,
            ranges: [None; FILES],
            firsts: [0; FILES],
            newest: [None; Source::ALL.len()],
            delivered,
            journal: journal.to_path_buf(),
        })
    }

    /// Adds a block; blocks come in order.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn append(&mut self, encoded: &Encoded) -> Result<(), StoreError> {
        for (at, pages) in encoded.pages.iter().enumerate() {
            let Some(file) = &mut self.files[at] else { continue };
            file.append(pages.clone());
            self.ranges[at] = joined(self.ranges[at], encoded.ranges[at]);
            if encoded.end - self.firsts[at] >= GROUP[at] || encoded.is_last {
                let ids = GroupIds {
                    first: self.firsts[at] as i64 + 1,
                    count: (encoded.end - self.firsts[at]) as usize,
                    range: self.ranges[at],
                    keyed: KEYED[at],
                };
                file.end_group(ids)?;
                (self.firsts[at], self.ranges[at]) = (encoded.end, None);
            }
        }
        for (newest, of_block) in self.newest.iter_mut().zip(&encoded.newest) {
            *newest = (*newest).max(*of_block);
        }
        Ok(())
    }

    /// Ends the files and says in the journal what it holds; gives the rows of all tables of facts.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn finish(mut self, patients: u64) -> Result<u64, StoreError> {
        let mut manifest = Manifest::new(true);
        let mut facts = 0;
        for (at, table) in FACTS.into_iter().enumerate() {
            if let Some(file) = self.files[at].take() {
                let rows = file.finish()?;
                facts += rows;
                manifest.add_table(table, rows);
            }
        }
        for file in self.files.iter_mut().filter_map(Option::take) {
            file.finish()?;
        }
        manifest.add_table(Table::Patients, patients);
        for source in Source::ALL.into_iter().filter(|source| self.delivered.has(*source)) {
            manifest.add_source(source, self.newest[source as usize], true);
        }
        manifest.write(&self.journal).map_err(|source| StoreError::Io { path: self.journal.clone(), source })?;
        Ok(facts)
    }
}

fn is_delivered(table: Table, delivered: Sources) -> bool {
    table == Table::Blocks || Source::ALL.into_iter().any(|source| source.table() == table && delivered.has(source))
}

fn joined(a: Option<(i64, i64)>, b: Option<(i64, i64)>) -> Option<(i64, i64)> {
    match (a, b) {
        (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
        (a, b) => a.or(b),
    }
}

type Column = Option<Arc<Dictionary>>;

/// The dictionary of each column of a table of facts; the patients' own is made for each row group.
fn dictionaries(table: Table, words: &Dictionaries) -> Vec<Column> {
    let days = || Some(Arc::clone(&words.days));
    let of = |dictionary: &Arc<Dictionary>| Some(Arc::clone(dictionary));
    match table {
        Table::Diagnoses => {
            vec![None, days(), of(&words.systems), of(&words.codes), days(), of(&words.sources), None]
        }
        Table::Medicines => vec![None, days(), of(&words.medicines), days(), days(), None, None, None],
        Table::Contacts => vec![None, days(), of(&words.kinds), of(&words.roles), None, days()],
        Table::Measurements => {
            let (tests, values, units) = (of(&words.tests), of(&words.values), of(&words.units));
            vec![None, days(), tests, values, units, of(&words.comparators), days()]
        }
        Table::Functions => {
            vec![None, days(), of(&words.instruments), of(&words.items), of(&words.scores), days()]
        }
        Table::Services => vec![None, of(&words.services), days(), days(), None],
        Table::Blocks => vec![None, of(&words.parts), of(&words.roles), days()],
        Table::Patients => patients(words),
    }
}

fn patients(words: &Dictionaries) -> Vec<Column> {
    let of = |dictionary: &Arc<Dictionary>| Some(Arc::clone(dictionary));
    vec![
        None,
        None,
        of(&words.sexes),
        None,
        of(&words.statuses),
        None,
        None,
        of(&words.days),
        of(&words.protections),
        None,
        None,
        of(&words.languages),
        None,
        None,
        None,
    ]
}

/// The pages of a file's block.
pub type Pages = Vec<EncodedPage>;
