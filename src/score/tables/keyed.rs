//! Days as keys.

use crate::journal::encoding::{Column, Dictionary, Interner, MISSING};
use crate::observe::facts::NO_DAY;
use std::sync::Arc;

/// Days; [`NO_DAY`] is none.
#[derive(Debug, Default)]
pub(super) struct Days(pub(super) Vec<i32>);

impl Days {
    /// The column in which each day stands for `each` rows.
    pub(super) fn finish(self, each: usize) -> Column {
        let rows = self.0.len() * each;
        let (keys, days) = self.keyed();
        match days.entries() {
            1 if !keys.contains(&MISSING) => Column::Cycle(rows, days),
            _ => Column::Keyed(Arc::new(repeated(&keys, each)), days),
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

/// Each number so many times.
pub(in super::super) fn repeated(numbers: &[u32], each: usize) -> Vec<u32> {
    let mut all = Vec::with_capacity(numbers.len() * each);
    numbers.iter().for_each(|number| all.extend(std::iter::repeat_n(*number, each)));
    all
}
