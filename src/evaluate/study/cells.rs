//! A model's patients, those alike to every measure in one cell: same score, same probability.

use crate::evaluate::measure::order::Order;

/// The cells of some rows, by score and then by probability.
#[derive(Debug, Clone, Default)]
pub struct Cells {
    /// Distinct scores, ascending.
    pub values: Vec<f64>,
    /// The score of each cell, as a place in `values`; empty when cells and scores are the same.
    value_of: Vec<u32>,
    /// The probability of each cell; empty when there are none.
    pub p: Vec<f64>,
    /// The cell of each row.
    pub of_row: Vec<u32>,
    pub number: usize,
}

impl Cells {
    /// Of rows with their scores and, where there are any, probabilities.
    #[must_use]
    pub fn of(values: &[f64], p: Option<&[f64]>) -> Cells {
        let order = Order::of(values);
        let number = order.values.len();
        let Some(p) = p else {
            return Cells { values: order.values, value_of: Vec::new(), p: Vec::new(), of_row: order.place, number };
        };
        let mut of_value = vec![f64::NAN; number];
        let same = order.place.iter().zip(p).all(|(place, p)| {
            let first = &mut of_value[*place as usize];
            if first.is_nan() {
                *first = *p;
            }
            *first == *p
        });
        if same {
            return Cells { values: order.values, value_of: Vec::new(), p: of_value, of_row: order.place, number };
        }
        Cells::of_pairs(order, p)
    }

    /// Scores that have more than one probability, as those mapped in several folds.
    fn of_pairs(order: Order, p: &[f64]) -> Cells {
        let by_p = Order::of(p);
        let mut keyed: Vec<(u32, u32, u32)> =
            order.place.iter().zip(&by_p.place).zip(0..).map(|((value, p), row)| (*value, *p, row)).collect();
        keyed.sort_unstable();
        let mut cells = Cells { of_row: vec![0; p.len()], ..Cells::default() };
        for alike in keyed.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            alike.iter().for_each(|(_, _, row)| cells.of_row[*row as usize] = cells.value_of.len() as u32);
            cells.value_of.push(alike[0].0);
            cells.p.push(by_p.values[alike[0].1 as usize]);
        }
        cells.number = cells.value_of.len();
        cells.values = order.values;
        cells
    }

    /// Non-events and events of each cell: at `2 c` and `2 c + 1`.
    #[must_use]
    pub fn counts(&self, events: &[bool]) -> Vec<u32> {
        let mut counts = vec![0; 2 * self.number];
        for (cell, event) in self.of_row.iter().zip(events) {
            counts[2 * *cell as usize + usize::from(*event)] += 1;
        }
        counts
    }

    /// Counts by score, from counts by cell.
    #[must_use]
    pub fn by_value<'a>(&self, counts: &'a [u32]) -> std::borrow::Cow<'a, [u32]> {
        if self.value_of.is_empty() {
            return counts.into();
        }
        let mut merged = vec![0; 2 * self.values.len()];
        for (value, pair) in self.value_of.iter().zip(counts.chunks_exact(2)) {
            merged[2 * *value as usize] += pair[0];
            merged[2 * *value as usize + 1] += pair[1];
        }
        merged.into()
    }

    /// The score of each row.
    #[must_use]
    pub fn values_of_rows(&self) -> std::borrow::Cow<'_, [u32]> {
        match self.value_of.is_empty() {
            true => (&self.of_row[..]).into(),
            false => self.of_row.iter().map(|cell| self.value_of[*cell as usize]).collect(),
        }
    }

    /// The score of a row.
    #[must_use]
    pub fn value_of_row(&self, row: usize) -> u32 {
        let cell = self.of_row[row];
        self.value_of.get(cell as usize).copied().unwrap_or(cell)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_may_have_several_probabilities() {
        let events = [true, false, false, true];
        let cells = Cells::of(&[2.0, 1.0, 2.0, 2.0], Some(&[0.3, 0.1, 0.4, 0.3]));
        assert_eq!((cells.number, cells.values.len(), cells.p.clone()), (3, 2, vec![0.1, 0.3, 0.4]));
        assert_eq!(cells.counts(&events), [1, 0, 0, 2, 1, 0]);
        assert_eq!(cells.by_value(&cells.counts(&events)).to_vec(), [1, 0, 1, 2]);
        assert_eq!(cells.value_of_row(2), 1);
        let plain = Cells::of(&[2.0, 1.0, 2.0, 2.0], Some(&[0.3, 0.1, 0.3, 0.3]));
        assert_eq!((plain.number, plain.value_of.len()), (2, 0));
    }
}
