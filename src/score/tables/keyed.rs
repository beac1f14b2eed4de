//! Columns in the making: numbers, days and probabilities, kept as keys from the first row on.

use crate::journal::encoding::{Column, Dictionary, Interner, MISSING};
use crate::observe::facts::NO_DAY;
use std::sync::Arc;

/// Keys of a column, and the numbers they stand for.
#[derive(Debug, Default)]
pub(super) struct Keys {
    pub(super) keys: Vec<u32>,
    pub(super) known: Interner,
}

impl Keys {
    #[inline]
    pub(super) fn push(&mut self, number: i64) {
        let key = self.known.key(number);
        self.keys.push(key);
    }

    pub(super) fn narrow(self) -> Column {
        Column::Keyed(Arc::new(self.keys), Dictionary::narrow(self.known.values()))
    }
}

/// Days; [`NO_DAY`] is none.
#[derive(Debug, Default)]
pub(super) struct Days(pub(super) Vec<i32>);

impl Days {
    /// The column in which each day stands for `each` rows.
    ///
    /// Days of one block lie close together: counted from the first, they need not be told apart one by one.
    pub(super) fn finish(self, each: usize) -> Column {
        const WIDEST: i64 = 1 << 15;
        let (first, last, missing) = self.bounds();
        if i64::from(last) - i64::from(first) >= WIDEST {
            return self.one_by_one(each);
        }
        let key = |day: &i32| if *day == NO_DAY { MISSING } else { (day - first) as u32 };
        let days: Vec<i64> = (first..=last).map(i64::from).collect();
        if first == last && !missing {
            return Column::Same(self.0.len() * each, Dictionary::narrow(&days));
        }
        let keys: Vec<u32> = self.0.iter().map(key).collect();
        Column::Keyed(Arc::new(repeated(&keys, each)), Dictionary::narrow(&days))
    }

    /// The first and the last day, and whether one is missing.
    fn bounds(&self) -> (i32, i32, bool) {
        let known = || self.0.iter().copied().filter(|day| *day != NO_DAY);
        (known().min().unwrap_or(0), known().max().unwrap_or(0), self.0.contains(&NO_DAY))
    }

    fn one_by_one(self, each: usize) -> Column {
        let mut known = Interner::default();
        let keys: Vec<u32> =
            self.0.iter().map(|day| if *day == NO_DAY { MISSING } else { known.key(i64::from(*day)) }).collect();
        Column::Keyed(Arc::new(repeated(&keys, each)), Dictionary::narrow(known.values()))
    }
}

/// Each number so many times.
pub(super) fn repeated(numbers: &[u32], each: usize) -> Vec<u32> {
    let mut all = Vec::with_capacity(numbers.len() * each);
    numbers.iter().for_each(|number| all.extend(std::iter::repeat_n(*number, each)));
    all
}

/// Binary numbers, told apart by their bits.
#[derive(Debug, Default)]
pub(super) struct Probabilities(Keys);

impl Probabilities {
    pub(super) fn push(&mut self, risk: Option<f64>) {
        match risk {
            Some(risk) => self.0.push(risk.to_bits() as i64),
            None => self.0.keys.push(MISSING),
        }
    }

    pub(super) fn finish(self) -> Column {
        let numbers = self.0.known.values().iter().map(|bits| f64::from_bits(*bits as u64));
        let dictionary = Dictionary::doubles(numbers);
        Column::Keyed(Arc::new(self.0.keys), dictionary)
    }
}
