//! The rows of the outcomes in one order, patient by patient and day by day, and the finding of others' rows among them.

use super::cells::NO_DAY;
use crate::observe::ids::{Id, IdKind, Ids};

/// The sorted keys of the outcomes.
#[derive(Debug)]
pub struct Index {
    ids: Ids,
    /// Where the outcomes tell a day.
    days: Option<Vec<i32>>,
    /// Patients by number, in order, row by row.
    pub patient: Vec<u32>,
}

/// The order in which a file's rows stand in an index; nothing when it is the file's own.
#[derive(Debug)]
pub struct Arranged(Option<Vec<u32>>);

impl Arranged {
    /// The file's row at a row of the index.
    #[must_use]
    pub fn row(&self, at: usize) -> usize {
        self.0.as_ref().map_or(at, |order| order[at] as usize)
    }

    /// A column of the file as the index has it.
    #[must_use]
    pub fn column<T: Copy>(&self, column: Vec<T>) -> Vec<T> {
        match &self.0 {
            Some(order) => order.iter().map(|row| column[*row as usize]).collect(),
            None => column,
        }
    }
}

impl Index {
    /// Sorts keys; gives also the order in which the rows now stand, and the file's rows that are there twice.
    #[must_use]
    pub fn of(ids: Ids, days: Option<Vec<i32>>) -> (Index, Arranged, Vec<usize>) {
        let (index, order) = Index::sorted(ids, days);
        let same_patient = |row: usize| row > 0 && index.is_of(row - 1, index.ids.get(row));
        let same_day = |row: usize| index.days.as_ref().is_none_or(|days| days[row] == days[row - 1]);
        let (mut twice, mut patients) = (Vec::new(), 0);
        let mut number = |row: usize| {
            let same = same_patient(row);
            if same && same_day(row) {
                twice.push(order.row(row));
            }
            patients += u32::from(!same);
            patients - 1
        };
        let patient = (0..index.ids.len()).map(&mut number).collect();
        twice.sort_unstable();
        (Index { patient, ..index }, order, twice)
    }

    /// Files are mostly sorted already, and then nothing is moved.
    fn sorted(ids: Ids, days: Option<Vec<i32>>) -> (Index, Arranged) {
        let day = |row: usize| days.as_ref().map_or(NO_DAY, |days| days[row]);
        let key = |row: usize| (ids.get(row), day(row));
        if ids.is_sorted() && (days.is_none() || (1..ids.len()).all(|row| key(row - 1) <= key(row))) {
            return (Index { ids, days, patient: Vec::new() }, Arranged(None));
        }
        let mut order = ids.order();
        for same in order.chunk_by_mut(|a, b| ids.get(*a as usize) == ids.get(*b as usize)) {
            same.sort_by_key(|row| day(*row as usize));
        }
        let mut sorted = Ids::new(ids.kind());
        order.iter().for_each(|row| sorted.push(ids.get(*row as usize)));
        let order = Arranged(Some(order));
        (Index { ids: sorted, days: days.map(|days| order.column(days)), patient: Vec::new() }, order)
    }

    #[must_use]
    pub fn rows(&self) -> usize {
        self.ids.len()
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
        self.days.as_deref()
    }

    /// Whether some patient has more than one row.
    #[must_use]
    pub fn repeats(&self) -> bool {
        self.patient.windows(2).any(|pair| pair[0] == pair[1])
    }

    /// The row of a patient and day; without a day on either side the patient's first row. `near` is where to look first.
    #[must_use]
    pub fn find(&self, id: Id, day: Option<i32>, near: usize) -> Option<usize> {
        let day = day.zip(self.days());
        let is = |row: usize| self.is_of(row, id) && day.is_none_or(|(day, days)| days[row] == day);
        let first_of_patient = |row: usize| row == 0 || self.patient[row - 1] != self.patient[row];
        // Files are mostly in one order, so the row is where the last one was, or next to it.
        let found = |row: &usize| is(*row) && (day.is_some() || first_of_patient(*row));
        if let Some(near) = [near, near + 1].into_iter().find(found) {
            return Some(near);
        }
        let first = self.ids.lower_bound(0, id);
        (first..self.rows()).take_while(|row| self.ids.get(*row) == id).find(|row| is(*row))
    }

    /// Whether there is such a row, and it is this patient's.
    fn is_of(&self, row: usize, id: Id) -> bool {
        match (&self.ids, id) {
            // The usual case, without a look at the kinds of both.
            (Ids::Whole(ids), Id::Whole(id)) => ids.get(row) == Some(&id),
            _ => row < self.rows() && self.ids.get(row) == id,
        }
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
        let (index, order, twice) = Index::of(ids, Some(vec![20, 5, 10, 5, 1]));
        assert_eq!((order.column(vec![0, 1, 2, 3, 4]), twice), (vec![1, 3, 2, 0, 4], vec![3]));
        assert_eq!(index.patient, [0, 0, 1, 1, 2]);
        assert_eq!(index.find(Id::Whole(7), Some(20), 0), Some(3));
        assert_eq!(index.find(Id::Whole(7), Some(21), 3), None);
        assert_eq!(index.find(Id::Whole(7), None, 3), Some(2));
        assert_eq!(index.find(Id::Whole(8), None, 0), None);
    }

    #[test]
    fn what_is_sorted_stays_and_days_sort_within_a_patient() {
        let (index, order, twice) = Index::of(Ids::Whole(vec![3, 7, 7]), None);
        assert_eq!((order.column(vec!['a', 'b', 'c']), order.row(1), twice), (vec!['a', 'b', 'c'], 1, vec![2]));
        assert_eq!(index.patient, [0, 1, 1]);
        let (index, order, twice) = Index::of(Ids::Whole(vec![3, 7, 7]), Some(vec![9, 8, 2]));
        assert_eq!((order.row(1), order.row(2), twice), (2, 1, vec![]));
        assert_eq!((index.days(), index.find(Id::Whole(7), Some(8), 0)), (Some(&[9, 2, 8][..]), Some(2)));
    }
}
