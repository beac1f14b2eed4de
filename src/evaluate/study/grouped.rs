//! Cells by probability, every one by itself or neighbours together, for the fits of calibration.

use super::cells::Cells;
use crate::evaluate::estimate::Why;
use crate::evaluate::measure::calibration::{Frame, Groups};
use crate::evaluate::measure::order::Order;

/// Cells by groups of probability.
pub struct Grouped {
    pub frame: Frame,
    group: Vec<u32>,
}

impl Grouped {
    /// At most so many groups, of about as many persons each; every probability by itself when there are no more.
    ///
    /// # Errors
    /// When a probability has no log odds.
    pub fn of(cells: &Cells, counts: &[u32], most: usize) -> Result<Grouped, Why> {
        let order = Order::of(&cells.p);
        let mut persons = vec![[0.0; 2]; order.values.len()];
        for (place, pair) in order.place.iter().zip(counts.chunks_exact(2)) {
            persons[*place as usize][0] += f64::from(pair[0]);
            persons[*place as usize][1] += f64::from(pair[1]);
        }
        let single = order.values.len() <= most;
        let all: f64 = persons.iter().flatten().sum();
        let mut groups = Groups::default();
        let mut group_of = Vec::with_capacity(persons.len());
        let (mut seen, mut last) = (0.0, None);
        for (p, [no, yes]) in order.values.iter().zip(&persons) {
            // Groups that nobody falls into are left out.
            let quantile = if single { group_of.len() } else { (seen / all * most as f64) as usize };
            if last != Some(quantile) {
                last = Some(quantile);
                groups.push();
            }
            groups.add(*p, *no, *yes);
            group_of.push(groups.p.len() as u32 - 1);
            seen += no + yes;
        }
        groups.close(single.then_some(&order.values));
        let group = order.place.iter().map(|place| group_of[*place as usize]).collect();
        Ok(Grouped { frame: Frame::of(&groups)?, group })
    }

    /// Non-events and events by group.
    #[must_use]
    pub fn counts(&self, drawn: &[u32]) -> [Vec<f64>; 2] {
        let mut counts = [vec![0.0; self.frame.len()], vec![0.0; self.frame.len()]];
        for (group, pair) in self.group.iter().zip(drawn.chunks_exact(2)) {
            counts[0][*group as usize] += f64::from(pair[0]);
            counts[1][*group as usize] += f64::from(pair[1]);
        }
        counts
    }
}

impl Groups {
    fn push(&mut self) {
        self.p.push(0.0);
        self.no.push(0.0);
        self.yes.push(0.0);
    }

    /// Adds persons to the last group, whose probability is summed up until it is closed.
    fn add(&mut self, p: f64, no: f64, yes: f64) {
        let last = self.p.len() - 1;
        self.p[last] += p * (no + yes);
        self.no[last] += no;
        self.yes[last] += yes;
    }

    /// Sums become means; single probabilities are as they were.
    fn close(&mut self, single: Option<&Vec<f64>>) {
        match single {
            Some(values) => self.p.clone_from(values),
            None => {
                let persons = self.no.iter().zip(&self.yes).map(|(no, yes)| no + yes);
                self.p.iter_mut().zip(persons).for_each(|(p, persons)| *p /= persons);
            }
        }
    }
}
