//! The hot loop: diagnoses, of which there are most.
//!
//! Codes and systems come as numbers of a dictionary. What a pair of them means is found once for each dictionary, from a
//! cache that outlives it; then each row is a look-up, and writing its fact needs no branch.

use super::cache::{CodeCache, Pool};
use super::chunk::Chunk;
use super::columns::{Columns, IdColumn, Words, WrongType};
use super::facts::{DiagnosisFact, NO_DAY};
use super::journal_files::{ReadError, RowGroup, TableFiles};
use super::read::{Fact, Reading};
use crate::clinical::Day;
use crate::journal::column;
use crate::journal::tables::Table;
use arrow::array::{Array, ArrayRef, Int32Array};
use arrow::record_batch::RecordBatch;
use std::sync::Arc;

/// Slot of a pair that was not looked up yet.
const UNREAD: u32 = u32::MAX;

/// The meaning of each pair of system and code of one row group's dictionaries.
///
/// Slots are narrow so that the table of a large dictionary stays close to the processor; they number the distinct words.
#[derive(Default)]
struct Meanings {
    systems: Option<ArrayRef>,
    codes: Option<ArrayRef>,
    /// The cache's numbers of the systems.
    known_systems: Vec<usize>,
    stride: usize,
    slots: Vec<u32>,
    /// Word 0 says that no rule asks for the code.
    words: Vec<u64>,
    scratch: Vec<DiagnosisFact>,
}

impl Meanings {
    /// Turns to the dictionaries of a batch; those of a row group are shared by its batches.
    fn turn_to(&mut self, batch: &Batch, cache: &mut CodeCache) {
        let same = |known: &Option<ArrayRef>, now: &ArrayRef| {
            known.as_ref().is_some_and(|known| Arc::ptr_eq(known, now) || known.to_data().ptr_eq(&now.to_data()))
        };
        let (systems, codes) = (batch.systems.dictionary(), batch.codes.dictionary());
        if same(&self.systems, systems) && same(&self.codes, codes) {
            return;
        }
        self.known_systems.clear();
        self.known_systems.extend((0..systems.len()).map(|key| cache.system(batch.systems.word(key as i32))));
        self.stride = codes.len();
        self.slots.clear();
        self.slots.resize(self.stride * systems.len(), UNREAD);
        self.words.clear();
        self.words.push(0);
        self.systems = Some(Arc::clone(systems));
        self.codes = Some(Arc::clone(codes));
    }

    #[inline]
    fn word(&mut self, batch: &Batch, reading: &Reading, cache: &mut CodeCache, system: i32, code: i32) -> u64 {
        let slot = self.slots[system as usize * self.stride + code as usize];
        if slot == UNREAD { self.look_up(batch, reading, cache, system, code) } else { self.words[slot as usize] }
    }

    #[cold]
    fn look_up(&mut self, batch: &Batch, reading: &Reading, cache: &mut CodeCache, system: i32, code: i32) -> u64 {
        let word = cache.code_word(reading.lexicon, self.known_systems[system as usize], batch.codes.word(code));
        let place = system as usize * self.stride + code as usize;
        self.slots[place] = if word == 0 { 0 } else { self.words.len() as u32 };
        if word != 0 {
            self.words.push(word);
        }
        word
    }
}

/// The columns of a batch of diagnoses.
struct Batch {
    ids: IdColumn,
    dates: Int32Array,
    systems: Words,
    codes: Words,
    recorded: Option<Int32Array>,
    sources: Option<Words>,
}

impl Batch {
    fn of(batch: &RecordBatch) -> Result<Batch, WrongType> {
        let columns = Columns::new(batch);
        let has = |name| batch.column_by_name(name).is_some();
        Ok(Batch {
            ids: columns.ids(column::PATIENT_ID)?,
            dates: columns.days(column::DATE)?,
            systems: columns.words(column::SYSTEM)?,
            codes: columns.words(column::CODE)?,
            recorded: has(column::RECORDED_ON).then(|| columns.days(column::RECORDED_ON)).transpose()?,
            sources: has(column::SOURCE).then(|| columns.words(column::SOURCE)).transpose()?,
        })
    }

    fn has_nulls(&self) -> bool {
        let words = self.ids.has_nulls() || self.systems.has_nulls() || self.codes.has_nulls();
        words || self.dates.null_count() > 0
    }

    fn is_null(&self, row: usize) -> bool {
        self.ids.is_null(row)
            || self.dates.is_null(row)
            || self.systems.at(row).is_empty()
            || self.codes.at(row).is_empty()
    }
}

/// Reads one row group of diagnoses into runs in the order of patients; with it, the number of unusable rows.
///
/// # Errors
/// When the file cannot be read.
pub fn read_diagnoses(
    files: &TableFiles,
    group: &RowGroup,
    reading: &Reading,
    caches: &Pool<CodeCache>,
) -> Result<(Chunk<DiagnosisFact>, usize), ReadError> {
    let (chunk, unusable) = read_unsorted(files, group, reading, caches)?;
    Ok((chunk.sorted(), unusable))
}

/// The same with the runs as they lie.
///
/// # Errors
/// When the file cannot be read.
pub fn read_unsorted(
    files: &TableFiles,
    group: &RowGroup,
    reading: &Reading,
    caches: &Pool<CodeCache>,
) -> Result<(Chunk<DiagnosisFact>, usize), ReadError> {
    let mut chunk = Chunk::new(reading.ids);
    // A guess that seldom grows: rules ask for one row in eight.
    chunk.facts.reserve(group.rows / 8);
    let mut meanings = Meanings::default();
    let mut cache = caches.take();
    let mut unusable = 0;
    let path = || files.path(group).to_path_buf();
    for batch in files.read(group)? {
        let batch = batch.map_err(|source| ReadError::Damaged { path: path(), source: source.into() })?;
        let batch = Batch::of(&batch).map_err(|wrong| ReadError::WrongType {
            path: path(),
            column: wrong.column,
            found: wrong.found,
            expected: wrong.expected,
        })?;
        unusable += read_batch(&batch, reading, &mut meanings, &mut cache, &mut chunk);
    }
    caches.give_back(cache);
    Ok((chunk, unusable))
}

fn read_batch(
    batch: &Batch,
    reading: &Reading,
    meanings: &mut Meanings,
    cache: &mut CodeCache,
    chunk: &mut Chunk<DiagnosisFact>,
) -> usize {
    meanings.turn_to(batch, cache);
    let plain = !batch.has_nulls() && batch.recorded.is_none() && batch.sources.is_none();
    let mut unusable = 0;
    each_run(&batch.ids, batch.dates.len(), |run| {
        let first = run.start;
        if plain {
            read_run(batch, reading, run, meanings, cache, &mut chunk.facts);
        } else {
            unusable += read_run_with_gaps(batch, reading, run, meanings, cache, &mut chunk.facts);
        }
        if !batch.ids.is_null(first) {
            chunk.end_run(batch.ids.at(first));
        } else {
            // Rows without a patient leave no facts.
            debug_assert!(chunk.ends.last().copied().unwrap_or(0) as usize == chunk.facts.len());
        }
    });
    unusable
}

/// Calls `run` with the rows of each patient that stand together.
fn each_run(ids: &IdColumn, rows: usize, mut run: impl FnMut(std::ops::Range<usize>)) {
    let mut start = 0;
    match (ids.whole(), ids.has_nulls()) {
        (Some(ids), false) => {
            while start < rows {
                let id = ids[start];
                let end = start + 1 + ids[start + 1..rows].iter().take_while(|other| **other == id).count();
                run(start..end);
                start = end;
            }
        }
        _ => {
            while start < rows {
                let alike = |row: &usize| !ids.is_null(*row) && !ids.is_null(start) && ids.same(start, *row);
                let end = (start + 1..rows).find(|row| !alike(row)).unwrap_or(rows);
                run(start..end);
                start = end;
            }
        }
    }
}

/// Rows without gaps. Codes that are new to the row group are looked up first, so that the walk itself never stops.
fn read_run(
    batch: &Batch,
    reading: &Reading,
    run: std::ops::Range<usize>,
    meanings: &mut Meanings,
    cache: &mut CodeCache,
    facts: &mut Vec<DiagnosisFact>,
) {
    let systems = &batch.systems.keys()[run.clone()];
    let codes = &batch.codes.keys()[run.clone()];
    if meanings.scratch.len() < run.len() {
        meanings.scratch.resize(run.len(), DiagnosisFact::NOTHING);
    }
    for (system, code) in systems.iter().zip(codes) {
        if meanings.slots[*system as usize * meanings.stride + *code as usize] == UNREAD {
            meanings.look_up(batch, reading, cache, *system, *code);
        }
    }
    let place = meanings.walk(&batch.dates.values()[run], systems, codes, reading.until.0);
    facts.extend_from_slice(&meanings.scratch[..place]);
}

impl Meanings {
    /// Writes every row's fact, and moves on only past those that some rule asks for; gives how many.
    #[inline]
    fn walk(&mut self, days: &[i32], systems: &[i32], codes: &[i32], until: i32) -> usize {
        let (slots, words, stride) = (self.slots.as_slice(), self.words.as_slice(), self.stride);
        let out = &mut self.scratch[..days.len()];
        let mut place = 0;
        for ((day, system), code) in days.iter().zip(systems).zip(codes) {
            let word = words[slots[*system as usize * stride + *code as usize] as usize];
            out[place] = DiagnosisFact::on(*day, word);
            place += usize::from((word != 0) & (*day <= until));
        }
        place
    }
}

/// Rows of which some lack a value, or that say when they were recorded and by whom; returns how many are unusable.
fn read_run_with_gaps(
    batch: &Batch,
    reading: &Reading,
    run: std::ops::Range<usize>,
    meanings: &mut Meanings,
    cache: &mut CodeCache,
    facts: &mut Vec<DiagnosisFact>,
) -> usize {
    let mut unusable = 0;
    for row in run {
        if batch.is_null(row) {
            unusable += 1;
            continue;
        }
        let (system, code) = (batch.systems.keys()[row], batch.codes.keys()[row]);
        let word = meanings.word(batch, reading, cache, system, code);
        if word == 0 {
            continue;
        }
        let recorded = batch.recorded.as_ref().filter(|days| days.is_valid(row)).map_or(NO_DAY, |days| days.value(row));
        let source = batch.sources.as_ref().map_or(0, |words| reading.lexicon.source_number(words.at(row)));
        let fact = DiagnosisFact::new(batch.dates.value(row), recorded, word, source);
        if Day(fact.visible) <= reading.until {
            facts.push(fact);
        }
    }
    unusable
}

impl Fact for DiagnosisFact {
    const TABLE: Table = Table::Diagnoses;
    const COLUMNS: &'static [&'static str] =
        &[column::PATIENT_ID, column::DATE, column::SYSTEM, column::CODE, column::RECORDED_ON, column::SOURCE];

    fn read(batch: &RecordBatch, reading: &Reading, chunk: &mut Chunk<Self>) -> Result<usize, WrongType> {
        let batch = Batch::of(batch)?;
        Ok(read_batch(&batch, reading, &mut Meanings::default(), &mut CodeCache::default(), chunk))
    }
}
