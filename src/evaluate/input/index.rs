//! The rows of the outcomes in one order, patient by patient and day by day, and the finding of others' rows among them.

use super::cells::NO_DAY;
use crate::observe::ids::{Id, IdKind, Ids};

/// The sorted keys of the outcomes.
#[derive(Debug)]
pub struct Index {
    ids: Ids,
    days: Vec<i32>,
    /// Whether the outcomes tell a day.
    dated: bool,
    /// Patients by number, in order, row by row.
    pub patient: Vec<u32>,
}

impl Index {
    /// Sorts keys; gives also the order in which the rows now stand, and the rows that are there twice.
    #[must_use]
    pub fn of(ids: &Ids, days: Option<&[i32]>) -> (Index, Vec<u32>, Vec<usize>) {
        let day = |row: u32| days.map_or(NO_DAY, |days| days[row as usize]);
        let mut order = if ids.is_sorted() { (0..ids.len() as u32).collect() } else { ids.order() };
        for same in order.chunk_by_mut(|a, b| ids.get(*a as usize) == ids.get(*b as usize)) {
            same.sort_by_key(|row| day(*row));
        }
        let mut index =
            Index { ids: Ids::new(ids.kind()), days: Vec::new(), dated: days.is_some(), patient: Vec::new() };
        let mut twice = Vec::new();
        let mut patients = 0;
        for row in &order {
            let id = ids.get(*row as usize);
            let same_patient = index.ids.last() == Some(id);
            if same_patient && index.days.last() == Some(&day(*row)) {
                twice.push(*row as usize);
            }
            patients += u32::from(!same_patient);
            index.patient.push(patients - 1);
            index.ids.push(id);
            index.days.push(day(*row));
        }
        twice.sort_unstable();
        (index, order, twice)
    }

    #[must_use]
    pub fn rows(&self) -> usize {
        self.days.len()
    }

    #[must_use]
    pub fn id(&self, row: usize) -> Id<'_> {
        self.ids.get(row)
    }

    #[must_use]
    pub fn kind(&self) -> IdKind {
        self.ids.kind()
    }

    #[must_use]
    pub fn days(&self) -> Option<&[i32]> {
        self.dated.then_some(&self.days[..])
    }

    /// Whether some patient has more than one row.
    #[must_use]
    pub fn repeats(&self) -> bool {
        self.patient.windows(2).any(|pair| pair[0] == pair[1])
    }

    /// The row of a patient and day; without a day on either side the patient's first row. `near` is where to look first.
    #[must_use]
    pub fn find(&self, id: Id, day: Option<i32>, near: usize) -> Option<usize> {
        let day = day.filter(|_| self.dated);
        let is =
            |row: usize| row < self.rows() && self.ids.get(row) == id && day.is_none_or(|day| self.days[row] == day);
        let first_of_patient = |row: usize| row == 0 || self.ids.get(row - 1) != id;
        // Files are mostly in one order, so the row is where the last one was, or next to it.
        let found = |row: &usize| is(*row) && (day.is_some() || first_of_patient(*row));
        if let Some(near) = [near, near + 1].into_iter().find(found) {
            return Some(near);
        }
        let first = self.ids.lower_bound(0, id);
        (first..self.rows()).take_while(|row| self.ids.get(*row) == id).find(|row| is(*row))
    }

    /// Another file's ids, of the same kind as these.
    #[must_use]
    pub fn alike(&self, ids: Ids) -> Ids {
        if ids.kind() == self.kind() {
            return ids;
        }
        let mut alike = Ids::new(self.kind());
        (0..ids.len()).for_each(|row| alike.push(ids.get(row)));
        alike
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_found_by_patient_and_day() {
        let ids = Ids::Whole(vec![7, 3, 7, 3, 9]);
        let (index, order, twice) = Index::of(&ids, Some(&[20, 5, 10, 5, 1]));
        assert_eq!((order, twice), (vec![1, 3, 2, 0, 4], vec![3]));
        assert_eq!(index.patient, [0, 0, 1, 1, 2]);
        assert_eq!(index.find(Id::Whole(7), Some(20), 0), Some(3));
        assert_eq!(index.find(Id::Whole(7), Some(21), 3), None);
        assert_eq!(index.find(Id::Whole(7), None, 3), Some(2));
        assert_eq!(index.find(Id::Whole(8), None, 0), None);
    }
}
