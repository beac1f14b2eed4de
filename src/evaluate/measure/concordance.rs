//! Concordance with censored times: of two patients of whom one is known to have the event first, how often did that one
//! score higher? Ties of score count one half.
//!
//! Harrell FE et al. JAMA 1982;247:2543-2546. Two events on the same time are not compared; an event and a censoring on the
//! same time are. The variance is the infinitesimal jackknife, as the R package survival has it: how much the concordance
//! moves when one patient (or one cluster) counts a little more, squared and summed.

use crate::evaluate::estimate::{Estimate, Why, Z95};

/// The concordance, and what each row does to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Concordance {
    pub value: f64,
    /// The derivative of the value by each row's weight.
    pub influence: Vec<f64>,
    /// Pairs that can be compared.
    pub pairs: f64,
}

/// A score with when the event came, or until when it had not.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Follow {
    pub time: f64,
    pub event: bool,
}

/// Counts by place in the order of scores, with sums below a place (Fenwick PM. Softw Pract Exp 1994;24:327-336).
struct Tree {
    sums: Vec<f64>,
    /// How many it holds.
    inside: f64,
}

impl Tree {
    fn new(places: usize) -> Tree {
        Tree { sums: vec![0.0; places + 1], inside: 0.0 }
    }

    fn add(&mut self, place: usize) {
        self.inside += 1.0;
        let mut at = place + 1;
        while at < self.sums.len() {
            self.sums[at] += 1.0;
            at += at & at.wrapping_neg();
        }
    }

    /// How many at places below `place`.
    fn below(&self, place: usize) -> f64 {
        let (mut at, mut sum) = (place, 0.0);
        while at > 0 {
            sum += self.sums[at];
            at &= at - 1;
        }
        sum
    }
}

/// The concordance of scores, given as places in their order (see [`super::order::Order`]), with follow-up.
///
/// # Errors
/// When no two rows can be compared.
pub fn concordance(places: &[u32], distinct: usize, follow: &[Follow]) -> Result<Concordance, Why> {
    let mut by_time: Vec<u32> = (0..follow.len() as u32).collect();
    by_time.sort_unstable_by(|a, b| follow[*a as usize].time.total_cmp(&follow[*b as usize].time));
    let same_time = |a: &u32, b: &u32| follow[*a as usize].time == follow[*b as usize].time;
    // At the same time events come first, so that a censored one counts as followed longer.
    let times = by_time.chunk_by(same_time).map(|chunk| chunk.iter().partition(|row| follow[**row as usize].event));
    let times: Vec<(Vec<u32>, Vec<u32>)> = times.collect();
    let mut tally = Tally { places, wins: vec![0.0; follow.len()], pairs: vec![0.0; follow.len()] };
    tally.events_against_later(&times, distinct);
    tally.rows_against_earlier_events(&times, distinct);
    // Every pair was counted once from each side.
    let all = tally.pairs.iter().sum::<f64>() / 2.0;
    if all == 0.0 {
        return Err(Why::NoComparablePairs);
    }
    let value = tally.wins.iter().sum::<f64>() / 2.0 / all;
    let influence = tally.wins.iter().zip(&tally.pairs).map(|(wins, pairs)| (wins - value * pairs) / all).collect();
    Ok(Concordance { value, influence, pairs: all })
}

/// For each row, the pairs it is part of and how many of them are ordered rightly.
struct Tally<'a> {
    places: &'a [u32],
    wins: Vec<f64>,
    pairs: Vec<f64>,
}

impl Tally<'_> {
    fn events_against_later(&mut self, times: &[(Vec<u32>, Vec<u32>)], distinct: usize) {
        let mut later = Tree::new(distinct);
        for (events, censored) in times.iter().rev() {
            censored.iter().for_each(|row| later.add(self.place(*row)));
            for row in events {
                let below = later.below(self.place(*row));
                let tied = later.below(self.place(*row) + 1) - below;
                self.count(*row, below + 0.5 * tied, later.inside);
            }
            events.iter().for_each(|row| later.add(self.place(*row)));
        }
    }

    fn rows_against_earlier_events(&mut self, times: &[(Vec<u32>, Vec<u32>)], distinct: usize) {
        let mut earlier = Tree::new(distinct);
        for (events, censored) in times {
            events.iter().for_each(|row| self.below_earlier(&earlier, *row));
            events.iter().for_each(|row| earlier.add(self.place(*row)));
            censored.iter().for_each(|row| self.below_earlier(&earlier, *row));
        }
    }

    fn below_earlier(&mut self, earlier: &Tree, row: u32) {
        let up_to = earlier.below(self.place(row) + 1);
        let tied = up_to - earlier.below(self.place(row));
        self.count(row, earlier.inside - up_to + 0.5 * tied, earlier.inside);
    }

    fn count(&mut self, row: u32, wins: f64, pairs: f64) {
        self.wins[row as usize] += wins;
        self.pairs[row as usize] += pairs;
    }

    fn place(&self, row: u32) -> usize {
        self.places[row as usize] as usize
    }
}

/// Variance of a sum of influences, rows of one cluster moving together; clusters are numbered from 0.
#[must_use]
pub fn variance(influence: &[f64], clusters: Option<&[u32]>) -> f64 {
    let Some(clusters) = clusters else { return influence.iter().map(|u| u * u).sum() };
    let mut sums = vec![0.0; clusters.iter().max().map_or(0, |last| *last as usize + 1)];
    clusters.iter().zip(influence).for_each(|(cluster, u)| sums[*cluster as usize] += u);
    sums.iter().map(|u| u * u).sum()
}

impl Concordance {
    /// The concordance with its 95 per cent interval.
    #[must_use]
    pub fn estimate(&self, clusters: Option<&[u32]>) -> Estimate {
        let half = Z95 * variance(&self.influence, clusters).sqrt();
        if half == 0.0 {
            let why = if self.value == 0.5 { Why::NoVariation } else { Why::PerfectSeparation };
            return Estimate::without_interval(self.value, why);
        }
        Estimate::number(self.value, (self.value - half).max(0.0), (self.value + half).min(1.0))
    }

    /// This one less another of the same rows.
    #[must_use]
    pub fn difference(&self, other: &Concordance, clusters: Option<&[u32]>) -> Estimate {
        let apart: Vec<f64> = self.influence.iter().zip(&other.influence).map(|(a, b)| a - b).collect();
        let half = Z95 * variance(&apart, clusters).sqrt();
        let value = self.value - other.value;
        if half == 0.0 {
            return Estimate::without_interval(value, Why::SameAsOther);
        }
        Estimate::number(value, value - half, value + half)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::measure::order::Order;

    /// Every pair, one by one.
    fn slow(scores: &[f64], follow: &[Follow]) -> (f64, f64) {
        let (mut wins, mut pairs) = (0.0, 0.0);
        for (i, a) in follow.iter().enumerate().filter(|(_, a)| a.event) {
            for (j, b) in follow.iter().enumerate() {
                if b.time > a.time || (b.time == a.time && !b.event) {
                    pairs += 1.0;
                    wins += if scores[i] > scores[j] { 1.0 } else { 0.5 * f64::from(u8::from(scores[i] == scores[j])) };
                }
            }
        }
        (wins / pairs, pairs)
    }

    #[test]
    fn agrees_with_every_pair() {
        let mut state = 7_u64;
        let mut next = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        for n in [2, 5, 40, 150] {
            let scores: Vec<f64> = (0..n).map(|_| next(12) as f64).collect();
            let follow: Vec<Follow> = (0..n).map(|_| Follow { time: next(20) as f64, event: next(3) > 0 }).collect();
            let order = Order::of(&scores);
            let Ok(found) = concordance(&order.place, order.values.len(), &follow) else {
                assert!(slow(&scores, &follow).0.is_nan());
                continue;
            };
            let (value, pairs) = slow(&scores, &follow);
            assert!((found.value - value).abs() < 1e-12 && found.pairs == pairs, "{n}");
            assert!(found.influence.iter().sum::<f64>().abs() < 1e-9);
        }
    }

    #[test]
    fn nobody_to_compare_is_told() {
        let follow = [Follow { time: 1.0, event: false }, Follow { time: 2.0, event: true }];
        assert_eq!(concordance(&[0, 1], 2, &follow).err(), Some(Why::NoComparablePairs));
    }
}
