//! Patients who stand more than once in the patients table: one row is used, the others are refused.
//!
//! The row that comes first in the journal's own order is used, so that the order of the extract does not matter. What it
//! leaves empty is filled from the others, and a reservation, a date of death or a protected address on any of them holds.

use super::reason::Reason;
use super::refusals::Refusal;
use crate::journal::rows::{Cells, Dictionaries, NO_DAY, NO_FLAG, NO_TEXT, Rows};
use crate::journal::sorting::Comparison;
use crate::journal::tables::{Holds, Table};
use std::collections::BTreeMap;

/// Rows of patients who stand more than once, with where they stand.
pub(super) struct Doubles {
    rows: Rows,
    /// File (by its place among the table's files), line and name of the column of ids.
    places: Vec<(usize, u64)>,
}

impl Doubles {
    pub fn new() -> Doubles {
        Doubles { rows: Rows::new(Table::Patients), places: Vec::new() }
    }

    /// Takes the rows of `doubled` patients out of a piece's rows; gives the others.
    pub fn set_aside(&mut self, rows: Rows, lines: &[u64], file: usize, doubled: &[bool]) -> Rows {
        let is_double = |row: &u32| doubled[rows.patients[*row as usize] as usize];
        let (doubles, others): (Vec<u32>, Vec<u32>) = (0..rows.len() as u32).partition(is_double);
        if doubles.is_empty() {
            return rows;
        }
        self.rows.append(&rows.gather(&doubles), 0..doubles.len());
        self.places.extend(doubles.iter().map(|row| (file, lines[*row as usize])));
        rows.gather(&others)
    }

    /// One row for each patient, and the refusals of the others by file.
    pub fn resolve(
        self,
        dictionaries: &Dictionaries,
        id: impl Fn(u32) -> String,
    ) -> (Rows, BTreeMap<usize, Vec<Refusal>>) {
        let mut groups: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (row, patient) in self.rows.patients.iter().enumerate() {
            groups.entry(*patient).or_default().push(row as u32);
        }
        let mut used = Rows::new(Table::Patients);
        let mut refusals: BTreeMap<usize, Vec<Refusal>> = BTreeMap::new();
        for (patient, mut rows) in groups {
            let compare = Comparison::new(&self.rows, dictionaries);
            rows.sort_by(|a, b| {
                compare.rows(*a, *b).then_with(|| self.places[*a as usize].cmp(&self.places[*b as usize]))
            });
            drop(compare);
            for row in &rows[1..] {
                let (file, line) = self.places[*row as usize];
                let refusal =
                    Refusal { line, column: String::new(), value: id(patient), reason: Reason::DuplicatePatient };
                refusals.entry(file).or_default().push(refusal);
            }
            let mut group = self.rows.gather(&rows);
            fill_first(&mut group);
            used.append(&group, 0..1);
        }
        refusals.values_mut().for_each(|list| list.sort_by_key(|refusal| refusal.line));
        (used, refusals)
    }
}

/// Completes the first row from the others.
fn fill_first(group: &mut Rows) {
    for (cells, column) in group.cells.iter_mut().zip(&Table::Patients.columns()[1..]) {
        match cells {
            Cells::Days(days) if days[0] == NO_DAY => {
                days[0] = days.iter().copied().filter(|day| *day != NO_DAY).min().unwrap_or(NO_DAY);
            }
            Cells::Flags(flags) if column.holds == Holds::Reservation && flags.contains(&1) => flags[0] = 1,
            Cells::Flags(flags) if flags[0] == NO_FLAG => {
                flags[0] = flags.iter().copied().find(|flag| *flag != NO_FLAG).unwrap_or(NO_FLAG);
            }
            Cells::Texts(texts) if texts[0] == NO_TEXT => {
                texts[0] = texts.iter().copied().find(|text| *text != NO_TEXT).unwrap_or(NO_TEXT);
            }
            _ => {}
        }
    }
}
