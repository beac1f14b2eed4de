//! The hot loop: rows with codes, of which there are most, straight from the pages of a file.
//!
//! A row costs two or three unpacked numbers and one look into a table of bytes that stays close to the processor: whether
//! some rule asks for its code. Only for the few rows that pass are the day, the patient and the meaning looked up.

use super::chunk::Chunk;
use super::facts::class_of;
use super::ids::Id;
use super::journal_files::ScanSource;
use super::meanings::{MAX_CODES, Meanings};
use super::pages::{CannotScan, Flags, Numbers, WordKeys};
use super::read::Wanted;
use crate::journal::column;
use arrow::datatypes::DataType;

/// Rows whose numbers are unpacked at a time.
const STRETCH: usize = 4096;

/// The columns of a table that its scan needs in every row.
pub(super) struct Rows {
    ids: Ids,
    dates: Numbers<i32>,
    codes: WordKeys,
    meanings: Meanings,
    passed: Passed,
    repeats: Repeats,
}

/// The rows of a stretch that some rule may ask for; what is needed of them, column by column.
struct Passed {
    count: usize,
    rows: Box<[u16; STRETCH]>,
    words: Box<[u64; STRETCH]>,
    days: Box<[i32; STRETCH]>,
    ids: Box<[i64; STRETCH]>,
}

/// A row that some rule may ask for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    /// Its place in the stretch.
    pub at: usize,
    /// What its code means.
    pub word: u64,
    pub day: i32,
}

/// A further column, in which a value may be missing.
pub(super) trait Further {
    fn left(&mut self) -> Result<usize, CannotScan>;
    fn turn(&mut self, rows: usize) -> Result<(), CannotScan>;
}

impl Rows {
    pub fn open(
        source: &ScanSource,
        codes: WordKeys,
        meanings: Option<Meanings>,
        wanted: &Wanted,
    ) -> Result<Rows, CannotScan> {
        Ok(Rows {
            ids: Ids::open(source)?,
            dates: days(source, column::DATE)?,
            codes,
            meanings: meanings.ok_or(CannotScan::OtherShape)?,
            passed: Passed::new(),
            repeats: Repeats::of(&wanted.once),
        })
    }

    /// Unpacks the next stretch of at most `left` rows: as many as all columns hold on the page at hand.
    pub fn turn(&mut self, left: usize, further: &mut [&mut dyn Further]) -> Result<usize, CannotScan> {
        let mut rows = left.min(STRETCH).min(self.ids.left()?).min(self.dates.left()?).min(self.codes.left()?);
        for column in further.iter_mut() {
            rows = rows.min(column.left()?);
        }
        self.ids.turn(rows)?;
        self.dates.turn(rows)?;
        self.codes.turn(rows)?;
        further.iter_mut().try_for_each(|column| column.turn(rows))?;
        Ok(rows)
    }

    /// Picks the rows that some rule may ask for; `systems` tells the code system of each, where there is more than one.
    pub fn pick(&mut self, rows: usize, systems: Option<&WordKeys>, wanted: &Wanted) -> Result<(), CannotScan> {
        let Passed { count, rows: passed, words, days, ids } = &mut self.passed;
        let asked = pass(&self.codes.keys()[..rows], self.meanings.asked(), passed);
        let systems = systems.map(WordKeys::keys);
        let meant = self.meanings.pick(&mut passed[..asked], self.codes.keys(), systems, &mut words[..])?;
        self.dates.pick(&passed[..meant], &mut days[..meant], |day| day)?;
        *count = pass_since(wanted, &mut passed[..meant], &mut words[..meant], &mut days[..meant]);
        self.ids.pick(&passed[..*count], &mut ids[..*count])
    }

    /// Adds what `fact` makes of the picked rows to the runs of their patients; `left` are the rows not yet looked at.
    #[inline]
    pub fn keep<F: Copy>(
        &mut self,
        chunk: &mut Chunk<F>,
        mut fact: impl FnMut(Row) -> Result<Option<F>, CannotScan>,
    ) -> Result<(), CannotScan> {
        let Passed { count, rows, words, days, ids } = &self.passed;
        let picked = rows[..*count].iter().zip(&words[..*count]).zip(days[..*count].iter().zip(&ids[..*count]));
        for ((at, word), (day, id)) in picked {
            if let Some(fact) = fact(Row { at: usize::from(*at), word: *word, day: *day })? {
                self.ids.turn_to(*id, chunk);
                if self.repeats.is_new(*word, self.ids.run) {
                    chunk.facts.push(fact);
                }
            }
        }
        Ok(())
    }

    /// Makes room for the facts of the picked rows; of the rest of the table as many are expected.
    pub fn make_room<F>(&self, facts: &mut Vec<F>, rows: usize, left: usize) {
        let picked = self.passed.count;
        if facts.capacity() - facts.len() < picked {
            let expected = picked * left / rows.max(1);
            facts.reserve_exact(expected + expected / 8);
        }
    }

    pub fn end_run<F: Copy>(&mut self, chunk: &mut Chunk<F>) {
        self.ids.end_run(chunk);
    }
}

/// What each patient's codes have said already.
struct Repeats {
    /// The run in which a class of codes last occurred, [`EACH_TIME`] for one of which every code counts.
    last: Vec<u32>,
}

const EACH_TIME: u32 = u32::MAX;

impl Repeats {
    fn of(once: &[bool]) -> Repeats {
        let last = if once.contains(&true) { once } else { &[] };
        Repeats { last: last.iter().map(|once| if *once { 0 } else { EACH_TIME }).collect() }
    }

    /// Whether a code of this meaning says something new in this run.
    #[inline]
    fn is_new(&mut self, word: u64, run: u32) -> bool {
        match self.last.get_mut(usize::from(class_of(word).0)) {
            Some(last) if *last != EACH_TIME => std::mem::replace(last, run) != run,
            _ => true,
        }
    }
}

impl Passed {
    fn new() -> Passed {
        let (rows, words) = (Box::new([0; STRETCH]), Box::new([0; STRETCH]));
        Passed { count: 0, rows, words, days: Box::new([0; STRETCH]), ids: Box::new([0; STRETCH]) }
    }
}

/// Notes the rows whose codes some rule may ask for, without a branch; gives how many.
#[inline]
fn pass(codes: &[u32], asked: &[u8; MAX_CODES], passed: &mut [u16; STRETCH]) -> usize {
    let (eights, rest) = codes.as_chunks::<8>();
    let mut place = 0;
    // Eight at a time: the loop itself would cost as much as what it does.
    for (i, eight) in eights.iter().enumerate() {
        for (k, code) in eight.iter().enumerate() {
            passed[place % STRETCH] = (i * 8 + k) as u16;
            place += usize::from(asked[usize::from(*code as u16)]);
        }
    }
    for (k, code) in rest.iter().enumerate() {
        passed[place % STRETCH] = (eights.len() * 8 + k) as u16;
        place += usize::from(asked[usize::from(*code as u16)]);
    }
    place
}

/// Moves those forward that are of a day that can matter, without a branch; gives how many.
#[inline]
fn pass_since(wanted: &Wanted, rows: &mut [u16], words: &mut [u64], days: &mut [i32]) -> usize {
    if wanted.since.is_empty() {
        return rows.len();
    }
    let mut place = 0;
    for at in 0..rows.len().min(words.len()).min(days.len()) {
        let (row, word, day) = (rows[at], words[at], days[at]);
        (rows[place], words[place], days[place]) = (row, word, day);
        place += usize::from(wanted.is_recent(word, day));
    }
    place
}

/// Days that may be missing; `None` where the table has no such column.
pub(super) fn days_if_any(source: &ScanSource, name: &str) -> Result<Option<Numbers<i32>>, CannotScan> {
    source.data_type(name).is_some().then(|| days(source, name)).transpose()
}

/// Words that may be missing; `None` where the table has no such column.
pub(super) fn words_if_any(source: &ScanSource, name: &str) -> Result<Option<WordKeys>, CannotScan> {
    source.data_type(name).is_some().then(|| WordKeys::open(source.column(name)?)).transpose()
}

/// Flags that may be missing; `None` where the table has no such column.
pub(super) fn flags_if_any(source: &ScanSource, name: &str) -> Result<Option<Flags>, CannotScan> {
    match source.data_type(name) {
        None => Ok(None),
        Some(DataType::Boolean) => Flags::open(source.column(name)?).map(Some),
        Some(_) => Err(CannotScan::OtherShape),
    }
}

fn days(source: &ScanSource, name: &str) -> Result<Numbers<i32>, CannotScan> {
    match source.data_type(name) {
        Some(DataType::Date32) => Numbers::open(source.column(name)?),
        _ => Err(CannotScan::OtherShape),
    }
}

impl Further for Numbers<i32> {
    fn left(&mut self) -> Result<usize, CannotScan> {
        Numbers::left(self)
    }

    fn turn(&mut self, rows: usize) -> Result<(), CannotScan> {
        self.turn_optional(rows)
    }
}

impl Further for WordKeys {
    fn left(&mut self) -> Result<usize, CannotScan> {
        WordKeys::left(self)
    }

    fn turn(&mut self, rows: usize) -> Result<(), CannotScan> {
        self.turn_optional(rows)
    }
}

impl Further for Flags {
    fn left(&mut self) -> Result<usize, CannotScan> {
        Flags::left(self)
    }

    fn turn(&mut self, rows: usize) -> Result<(), CannotScan> {
        Flags::turn(self, rows)
    }
}

/// Those of some columns that are there.
pub(super) fn present<const N: usize>(columns: [Option<&mut dyn Further>; N]) -> Vec<&mut dyn Further> {
    columns.into_iter().flatten().collect()
}

/// The patients of the rows, and whose run is being written: an id, or the number of a text.
pub(super) struct Ids {
    column: IdColumn,
    open: Option<i64>,
    /// Number of the run, from 1.
    run: u32,
}

enum IdColumn {
    Whole(Numbers<i64>),
    Narrow(Numbers<i32>),
    Text(WordKeys),
}

impl Ids {
    fn open(source: &ScanSource) -> Result<Ids, CannotScan> {
        let pages = || source.column(column::PATIENT_ID);
        let column = match source.data_type(column::PATIENT_ID) {
            Some(DataType::Int64) => IdColumn::Whole(Numbers::open(pages()?)?),
            Some(DataType::Int32) => IdColumn::Narrow(Numbers::open(pages()?)?),
            Some(DataType::Dictionary(_, words)) if **words == DataType::Utf8 => {
                IdColumn::Text(WordKeys::open(pages()?)?)
            }
            _ => return Err(CannotScan::OtherShape),
        };
        Ok(Ids { column, open: None, run: 0 })
    }

    fn left(&mut self) -> Result<usize, CannotScan> {
        match &mut self.column {
            IdColumn::Whole(ids) => ids.left(),
            IdColumn::Narrow(ids) => ids.left(),
            IdColumn::Text(ids) => ids.left(),
        }
    }

    fn turn(&mut self, rows: usize) -> Result<(), CannotScan> {
        match &mut self.column {
            IdColumn::Whole(ids) => ids.turn(rows),
            IdColumn::Narrow(ids) => ids.turn(rows),
            IdColumn::Text(ids) => ids.turn(rows),
        }
    }

    fn pick(&self, rows: &[u16], picked: &mut [i64]) -> Result<(), CannotScan> {
        match &self.column {
            IdColumn::Whole(ids) => ids.pick(rows, picked, |id| id),
            IdColumn::Narrow(ids) => ids.pick(rows, picked, i64::from),
            IdColumn::Text(ids) => {
                let keys = rows.iter().map(|row| ids.keys()[usize::from(*row)]);
                picked.iter_mut().zip(keys).for_each(|(picked, key)| *picked = i64::from(key));
                let is_word = |key: &i64| (0..ids.words() as i64).contains(key);
                if picked.iter().all(is_word) { Ok(()) } else { Err(CannotScan::Damaged) }
            }
        }
    }

    /// Ends the run of the patient before, if this is another.
    #[inline]
    fn turn_to<F: Copy>(&mut self, id: i64, chunk: &mut Chunk<F>) {
        if self.open != Some(id) {
            self.end_run(chunk);
            self.open = Some(id);
            self.run += 1;
        }
    }

    fn end_run<F: Copy>(&mut self, chunk: &mut Chunk<F>) {
        let Some(open) = self.open.take() else { return };
        chunk.end_run(match &self.column {
            IdColumn::Text(ids) => Id::Text(ids.bytes(open as u32)),
            _ => Id::Whole(open),
        });
    }
}
