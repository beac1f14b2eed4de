//! The parts of reading a file by themselves, for whoever measures what each costs.

use super::csv_split::{Layout, Taker, split};
use super::dates::{DateCell, DateReader};
use super::numbers::measured;
use super::raw::RawBlock;
use super::reason::Reason;
use crate::clinical::Day;

/// Splits whole rows of `columns` fields; gives the number of rows and of bytes in their values.
#[must_use]
pub fn rows(text: &[u8], delimiter: u8, columns: u16) -> (usize, usize) {
    let count = usize::from(columns);
    let layout = Layout { delimiter, slots: (0..columns).map(Some).collect(), wanted: count, fewest: count };
    let mut counter = Counter { rows: 0, bytes: 0 };
    split(text, text.contains(&b'"'), &layout, &mut counter);
    (counter.rows, counter.bytes)
}

struct Counter {
    rows: usize,
    bytes: usize,
}

impl Taker for Counter {
    fn block(&mut self, text: &[u8], block: &RawBlock) {
        self.rows += block.rows();
        let slots = 0..block.spans.len();
        let length = |(slot, row)| block.value(text, slot, row).len();
        self.bytes += slots.flat_map(|slot| (0..block.rows()).map(move |row| (slot, row))).map(length).sum::<usize>();
    }

    fn malformed(&mut self, _line: u32, _reason: Reason) {}
}

/// The day in a cell, whatever the habit; a two-digit year is at most `latest`'s.
#[must_use]
pub fn day(cell: &str, latest: Day) -> Option<Day> {
    match (DateReader { habit: None, iso_too: false, latest: Some(latest) }).read(cell.as_bytes()) {
        DateCell::Day(day) => Some(day),
        DateCell::Unknown | DateCell::Unreadable => None,
    }
}

/// The number in a cell, whatever the habit and the sign before it.
#[must_use]
pub fn value(cell: &str) -> Option<f64> {
    measured(cell, None).map(|found| found.value)
}
