//! Columns in the making: numbers, days and probabilities, kept as keys from the first row on.

use super::super::encoding::{Column, Dictionary, Interner, MISSING};
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
    /// Days of one block lie close together: counted from the first, they need not be told apart one by one.
    pub(super) fn finish(self) -> Column {
        const WIDEST: i64 = 1 << 15;
        let known = || self.0.iter().copied().filter(|day| *day != NO_DAY);
        let (first, last) = (known().min().unwrap_or(0), known().max().unwrap_or(0));
        if i64::from(last) - i64::from(first) >= WIDEST {
            return self.one_by_one();
        }
        let key = |day: &i32| if *day == NO_DAY { MISSING } else { (day - first) as u32 };
        let days: Vec<i64> = (first..=last).map(i64::from).collect();
        Column::Keyed(Arc::new(self.0.iter().map(key).collect()), Dictionary::narrow(&days))
    }

    fn one_by_one(self) -> Column {
        let mut known = Interner::default();
        let keys = self.0.iter().map(|day| if *day == NO_DAY { MISSING } else { known.key(i64::from(*day)) }).collect();
        Column::Keyed(Arc::new(keys), Dictionary::narrow(known.values()))
    }
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
