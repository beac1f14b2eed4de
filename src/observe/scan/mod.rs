//! The hot loop: rows with codes, of which there are most, straight from the pages of a file.
//!
//! A row costs two or three unpacked numbers and one look into a table of bytes that stays close to the processor: whether
//! some rule asks for its code. Only for the few rows that pass are the day, the patient and the meaning looked up.

mod diagnoses;
mod further;
mod ids;
mod medicines;
mod picked;
mod repeats;

pub use diagnoses::scan_diagnoses;
pub use medicines::scan_medicines;

use self::further::{Further, days};
use self::ids::Ids;
use self::picked::Picked;
use self::repeats::Repeats;
use super::chunk::Chunk;
use super::journal_files::ScanSource;
use super::meanings::Meanings;
use super::pages::{CannotScan, Numbers, WordKeys};
use super::read::{Reading, Wanted};
use crate::journal::column;

/// Rows whose numbers are unpacked at a time.
const STRETCH: usize = 4096;

/// The columns of a table that its scan needs in every row.
struct Rows {
    ids: Ids,
    dates: Numbers<i32>,
    codes: WordKeys,
    meanings: Meanings,
    picked: Picked,
    repeats: Repeats,
}

/// A row that some rule may ask for.
#[derive(Debug, Clone, Copy)]
struct Row {
    /// Its place in the stretch.
    pub at: usize,
    /// What its code means.
    pub word: u64,
    pub day: i32,
}

impl Rows {
    fn open(
        source: &ScanSource,
        codes: WordKeys,
        meanings: Option<Meanings>,
        wanted: &Wanted,
    ) -> Result<Rows, CannotScan> {
        // A code that was recorded later than another may not be known yet when that one is.
        let once = if source.data_type(column::RECORDED_ON).is_none() { &wanted.once[..] } else { &[] };
        Ok(Rows {
            ids: Ids::open(source)?,
            dates: days(source, column::DATE)?,
            codes,
            meanings: meanings.ok_or(CannotScan::OtherShape)?,
            picked: Picked::new(),
            repeats: Repeats::of(once),
        })
    }

    /// Unpacks the next stretch of at most `left` rows: as many as all columns hold on the page at hand.
    fn turn(&mut self, left: usize, further: &mut [&mut dyn Further]) -> Result<usize, CannotScan> {
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
    fn pick(&mut self, rows: usize, systems: Option<&WordKeys>, reading: &Reading) -> Result<(), CannotScan> {
        self.pick_codes(rows, systems)?;
        if self.repeats.are_told() {
            if self.pick_new(reading)? {
                return Ok(());
            }
            self.pick_codes(rows, systems)?;
        }
        self.pick_days()?;
        self.picked.retain(|word, day, _| reading.wanted.is_recent(word, day));
        self.pick_ids()
    }

    /// Picks the rows whose codes mean something.
    fn pick_codes(&mut self, rows: usize, systems: Option<&WordKeys>) -> Result<(), CannotScan> {
        let codes = self.codes.keys();
        self.picked.take(&codes[..rows], self.meanings.asked());
        let (rows, words) = self.picked.words();
        let meant = self.meanings.pick(rows, codes, systems.map(WordKeys::keys), words)?;
        self.picked.cut(meant);
        Ok(())
    }

    /// Leaves of each patient's codes that say the same the first alone; false when that is not known yet on the last index
    /// day, while another may be, so that each must stand for itself.
    fn pick_new(&mut self, reading: &Reading) -> Result<bool, CannotScan> {
        self.pick_ids()?;
        self.picked.retain(|word, _, id| self.repeats.is_new(word, id));
        self.pick_days()?;
        let are_known = self.picked.days().iter().all(|day| *day <= reading.until.0);
        if !are_known {
            self.repeats.forget();
        }
        Ok(are_known)
    }

    fn pick_days(&mut self) -> Result<(), CannotScan> {
        let (rows, days) = self.picked.days_of();
        self.dates.pick(rows, days, |day| day)
    }

    fn pick_ids(&mut self) -> Result<(), CannotScan> {
        let (rows, ids) = self.picked.ids_of();
        self.ids.pick(rows, ids)
    }

    /// Adds what `fact` makes of the picked rows to the runs of their patients.
    #[inline]
    fn keep<F: Copy>(
        &mut self,
        chunk: &mut Chunk<F>,
        mut fact: impl FnMut(Row) -> Result<Option<F>, CannotScan>,
    ) -> Result<(), CannotScan> {
        for (row, id) in self.picked.iter() {
            if let Some(fact) = fact(row)? {
                self.ids.turn_to(id, chunk);
                chunk.facts.push(fact);
            }
        }
        Ok(())
    }

    /// Makes room for the facts of the picked rows, which are of so many; of the `left` ones as many are expected.
    fn make_room<F>(&self, facts: &mut Vec<F>, rows: usize, left: usize) {
        let picked = self.picked.len();
        if facts.capacity() - facts.len() < picked {
            let expected = picked * left / rows.max(1);
            facts.reserve_exact(expected + expected / 8);
        }
    }

    fn end_run<F: Copy>(&mut self, chunk: &mut Chunk<F>) {
        self.ids.end_run(chunk);
    }
}
