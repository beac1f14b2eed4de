//! Days as keys.

use crate::journal::encoding::{Column, Dictionary, Interner, MISSING};
use crate::observe::facts::NO_DAY;
use std::sync::Arc;

/// Days; [`NO_DAY`] is none.
#[derive(Debug, Default)]
pub(super) struct Days(pub(super) Vec<i32>);

impl Days {
    /// The column in which each day, none of them missing, stands for so many rows.
    pub(super) fn finish(self, rows: impl Iterator<Item = u32>) -> Column {
        let (keys, days) = self.keyed();
        match days.entries() {
            1 => Column::Cycle(rows.map(|rows| rows as usize).sum(), days),
            _ => Column::Runs(keys.into_iter().zip(rows).collect(), days, None),
        }
    }

    /// The key of each day, and the days.
    ///
    /// Days of one block lie close together: counted from the first, they need not be told apart one by one.
    pub(super) fn keyed(self) -> (Vec<u32>, Arc<Dictionary>) {
        const WIDEST: i64 = 1 << 15;
        let known = || self.0.iter().copied().filter(|day| *day != NO_DAY);
        let (first, last) = (known().min().unwrap_or(0), known().max().unwrap_or(0));
        if i64::from(last) - i64::from(first) < WIDEST {
            let key = |day: &i32| if *day == NO_DAY { MISSING } else { (day - first) as u32 };
            let days: Vec<i64> = (first..=last).map(i64::from).collect();
            return (self.0.iter().map(key).collect(), Dictionary::narrow(&days));
        }
        let mut known = Interner::default();
        let mut key = |day: &i32| if *day == NO_DAY { MISSING } else { known.key(i64::from(*day)) };
        let keys = self.0.iter().map(&mut key).collect();
        (keys, Dictionary::narrow(known.values()))
    }
}
