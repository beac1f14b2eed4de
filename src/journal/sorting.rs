//! The order of a journal file: patient, day, then every column, so that any order of the input gives the same bytes.

use super::rows::{Cells, Dictionaries, Dictionary, Rows};
use rayon::prelude::*;
use std::cmp::Ordering;
use std::sync::MutexGuard;

/// Sorts the rows; rows that are sorted already are only looked through.
pub(super) fn sort(rows: Rows, dictionaries: &Dictionaries) -> Rows {
    let sorted = match rows.days() {
        Some(days) => rows.patients.iter().zip(days).is_sorted(),
        None => rows.patients.is_sorted(),
    };
    let mut rows = if sorted { rows } else { by_patient_and_day(&rows) };
    for order in unsorted_groups(&rows, dictionaries) {
        let start = order.iter().min().map_or(0, |first| *first as usize);
        rows.reorder(start, &order);
    }
    rows
}

fn by_patient_and_day(rows: &Rows) -> Rows {
    let keys = keys(rows);
    let mut order: Vec<(u64, u32)> = keys.into_iter().zip(0..).collect();
    order.par_sort_unstable();
    let order: Vec<u32> = order.into_iter().map(|(_, row)| row).collect();
    rows.gather(&order)
}

/// Rows of the same patient and day that stand in another order than their columns ask for, in the right order.
fn unsorted_groups(rows: &Rows, dictionaries: &Dictionaries) -> Vec<Vec<u32>> {
    let compare = Comparison::new(rows, dictionaries);
    let days = rows.days();
    let same = |a: usize, b: usize| rows.patients[a] == rows.patients[b] && days.is_none_or(|days| days[a] == days[b]);
    let mut groups = Vec::new();
    let mut start = 0;
    for end in 1..=rows.len() {
        if end < rows.len() && same(start, end) {
            continue;
        }
        if end - start > 1 {
            let mut order: Vec<u32> = (start as u32..end as u32).collect();
            if !order.is_sorted_by(|a, b| compare.rows(*a, *b) != Ordering::Greater) {
                order.sort_by(|a, b| compare.rows(*a, *b));
                groups.push(order);
            }
        }
        start = end;
    }
    groups
}

/// Patient and day in one number; rows without a day come first.
fn keys(rows: &Rows) -> Vec<u64> {
    let patient = |rank: &u32| u64::from(*rank) << 32;
    match rows.days() {
        // Flipping the sign bit makes unsigned order the order of days.
        Some(days) => {
            let day = |day: &i32| u64::from(day.cast_unsigned() ^ 0x8000_0000);
            rows.patients.iter().zip(days).map(|(rank, on)| patient(rank) | day(on)).collect()
        }
        None => rows.patients.iter().map(patient).collect(),
    }
}

/// Compares rows of the same patient and day, column by column; empty cells come first.
pub struct Comparison<'a> {
    columns: Vec<(&'a Cells, Option<MutexGuard<'a, Dictionary>>)>,
}

impl<'a> Comparison<'a> {
    #[must_use]
    pub fn new(rows: &'a Rows, dictionaries: &'a Dictionaries) -> Comparison<'a> {
        let column = |(index, cells): (usize, &'a Cells)| {
            let dictionary = matches!(cells, Cells::Texts(_)).then(|| dictionaries.column(index));
            (cells, dictionary)
        };
        Comparison { columns: rows.cells.iter().enumerate().map(column).collect() }
    }

    #[must_use]
    pub fn rows(&self, a: u32, b: u32) -> Ordering {
        let (a, b) = (a as usize, b as usize);
        for (cells, dictionary) in &self.columns {
            let order = match (cells, dictionary) {
                (Cells::Days(cells), _) => cells[a].cmp(&cells[b]),
                (Cells::Flags(cells), _) => ((cells[a] + 1) % 3).cmp(&((cells[b] + 1) % 3)),
                (Cells::Numbers(cells), _) => numbers(cells[a], cells[b]),
                (Cells::Texts(cells), Some(dictionary)) if cells[a] != cells[b] => {
                    let text = |index: u32| (index != super::rows::NO_TEXT).then(|| dictionary.get(index));
                    text(cells[a]).cmp(&text(cells[b]))
                }
                (Cells::Free(texts), _) => texts.get(a).cmp(texts.get(b)),
                _ => Ordering::Equal,
            };
            if order != Ordering::Equal {
                return order;
            }
        }
        Ordering::Equal
    }
}

fn numbers(a: f64, b: f64) -> Ordering {
    match (a.is_nan(), b.is_nan()) {
        (true, true) => Ordering::Equal,
        (true, false) => Ordering::Less,
        (false, true) => Ordering::Greater,
        (false, false) => a.total_cmp(&b),
    }
}
