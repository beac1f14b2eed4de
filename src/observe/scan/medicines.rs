//! Medicines, scanned from the pages of a file.

use super::further::{self, Further};
use super::{Row, Rows};
use crate::journal::column;
use crate::observe::chunk::Chunk;
use crate::observe::facts::{MedicineFact, NO_DAY, RowUsage};
use crate::observe::journal_files::ScanSource;
use crate::observe::meanings::{Meanings, NO_CODE};
use crate::observe::pages::{CannotScan, Flags, Numbers, WordKeys};
use crate::observe::pool::Lent;
use crate::observe::read::Reading;

/// Scans one row group of so many rows into runs of facts as they lie; with it, the number of rows whose code is none.
///
/// # Errors
/// When the row group is not written in a way that can be scanned.
pub fn scan_medicines(
    source: &ScanSource,
    rows: usize,
    reading: &Reading,
) -> Result<(Chunk<MedicineFact>, usize), CannotScan> {
    let mut scan = Scan::open(source, reading)?;
    let mut chunk = Chunk::with_room(reading.ids, Lent::from(&reading.room.medicines));
    let (mut left, mut unusable) = (rows, 0);
    while left > 0 {
        let rows = scan.turn(left)?;
        scan.rows.pick(rows, None, reading)?;
        scan.rows.make_room(&mut chunk.facts, rows, left);
        unusable += scan.keep(reading, &mut chunk)?;
        left -= rows;
    }
    scan.rows.end_run(&mut chunk);
    Ok((chunk, unusable))
}

struct Scan {
    rows: Rows,
    recorded: Option<Numbers<i32>>,
    until: Option<Numbers<i32>>,
    stopped: Option<Numbers<i32>>,
    regular: Option<Flags>,
}

impl Scan {
    fn open(source: &ScanSource, reading: &Reading) -> Result<Scan, CannotScan> {
        let codes = WordKeys::open(source.column(column::ATC)?)?;
        let meanings = Meanings::of_medicines(&codes, reading.lexicon);
        Ok(Scan {
            rows: Rows::open(source, codes, meanings, reading.wanted)?,
            recorded: further::days_if_any(source, column::RECORDED_ON)?,
            until: further::days_if_any(source, column::UNTIL)?,
            stopped: further::days_if_any(source, column::STOPPED_ON)?,
            regular: further::flags_if_any(source, column::REGULAR)?,
        })
    }

    fn turn(&mut self, left: usize) -> Result<usize, CannotScan> {
        let Scan { rows, recorded, until, stopped, regular } = self;
        let [recorded, until, stopped] =
            [recorded, until, stopped].map(|days| days.as_mut().map(|days| days as &mut dyn Further));
        let regular = regular.as_mut().map(|flags| flags as &mut dyn Further);
        rows.turn(left, &mut further::present([recorded, until, stopped, regular]))
    }

    /// Keeps the facts of the stretch; gives how many rows have a code that is none.
    fn keep(&mut self, reading: &Reading, chunk: &mut Chunk<MedicineFact>) -> Result<usize, CannotScan> {
        let Scan { rows, recorded, until, stopped, regular } = self;
        let mut unusable = 0;
        rows.keep(chunk, |Row { at, word, day }| {
            if word == NO_CODE {
                unusable += 1;
                return Ok(None);
            }
            let (recorded, until, stopped) = (day_at(recorded, at)?, day_at(until, at)?, day_at(stopped, at)?);
            let usage = RowUsage::of(regular.as_ref().and_then(|flags| flags.at(at)));
            let fact = MedicineFact::new(word, day, recorded, until, stopped, usage);
            Ok((fact.visible <= reading.until.0).then_some(fact))
        })?;
        Ok(unusable)
    }
}

#[inline]
fn day_at(days: &Option<Numbers<i32>>, row: usize) -> Result<i32, CannotScan> {
    match days {
        Some(days) => Ok(days.at(row)?.unwrap_or(NO_DAY)),
        None => Ok(NO_DAY),
    }
}
