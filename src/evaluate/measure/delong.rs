//! DeLong's variance of the area under the ROC curve and of the difference of two, in the time it takes to sort.
//!
//! DeLong ER, DeLong DM, Clarke-Pearson DL. Biometrics 1988;44:837-845; by midranks after Sun X, Xu W. IEEE Signal Process
//! Lett 2014;21:1389-1393. An event's placement is the share of non-events below it, a non-event's the share of events
//! above it, ties counting one half; the variance is that of the placements' means.

use super::ranking::{auroc, both_classes};
use crate::evaluate::estimate::{Estimate, Why, Z95};
use rayon::prelude::*;
use statrs::distribution::{ContinuousCDF, Normal};

/// Placements by ascending score, as whole numbers: twice the events above a non-event, twice the non-events below an event.
fn doubled(counts: &[u32], events: u64) -> impl Iterator<Item = [u64; 2]> {
    let (mut below, mut above) = (0, events);
    counts.chunks_exact(2).map(move |pair| {
        let (no, yes) = (u64::from(pair[0]), u64::from(pair[1]));
        let placements = [2 * above - yes, 2 * below + no];
        below += no;
        above -= yes;
        placements
    })
}

/// Sums over one class. Whole numbers, so that nothing is rounded and the order of rows is all one; with fewer than 2^31 rows
/// none of them is too big.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    n: u64,
    sum: i64,
    squares: u128,
}

impl Sums {
    fn add(&mut self, value: i64, times: u32) {
        self.n += u64::from(times);
        self.sum += value * i64::from(times);
        self.squares += u128::from(value.unsigned_abs().pow(2)) * u128::from(times);
    }

    fn and(self, other: Sums) -> Sums {
        Sums { n: self.n + other.n, sum: self.sum + other.sum, squares: self.squares + other.squares }
    }

    /// The variance of the mean of doubled placements among so many of the other class.
    fn variance(&self, others: u64) -> f64 {
        let n = self.n as f64;
        let apart = u128::from(self.n) * self.squares - u128::from(self.sum.unsigned_abs()).pow(2);
        apart as f64 / n / (n - 1.0) / n / (2.0 * others as f64).powi(2)
    }
}

/// Of non-events and of events.
fn variance_of([no, yes]: [Sums; 2]) -> Result<f64, Why> {
    if no.n < 2 || yes.n < 2 { Err(Why::OneOfAClass) } else { Ok(yes.variance(no.n) + no.variance(yes.n)) }
}

/// The area and its variance.
///
/// # Errors
/// When there is one class only. The variance is its own answer: unknown with a single person in a class.
pub fn variance(counts: &[u32]) -> Result<(f64, Result<f64, Why>), Why> {
    let (_, events) = both_classes(counts)?;
    let mut sums = [Sums::default(); 2];
    for (pair, placements) in counts.chunks_exact(2).zip(doubled(counts, events)) {
        for ((sums, placement), times) in sums.iter_mut().zip(placements).zip(pair) {
            sums.add(placement as i64, *times);
        }
    }
    Ok((auroc(counts)?, variance_of(sums)))
}

/// The area with its 95 per cent interval, kept between 0 and 1.
#[must_use]
pub fn interval(counts: &[u32]) -> Estimate {
    match variance(counts) {
        Err(why) => Estimate::not_estimable(why),
        Ok((auroc, Err(why))) => Estimate::without_interval(auroc, why),
        // A variance of nothing says that the sample is too small to err, not that there is no error.
        Ok((auroc, Ok(variance))) if variance <= 0.0 => {
            let why = if auroc == 0.5 { Why::NoVariation } else { Why::PerfectSeparation };
            Estimate::without_interval(auroc, why)
        }
        Ok((auroc, Ok(variance))) => {
            let half = Z95 * variance.sqrt();
            Estimate::number(auroc, (auroc - half).max(0.0), (auroc + half).min(1.0))
        }
    }
}

/// Two areas on the same rows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Paired {
    pub first: f64,
    pub second: f64,
    /// Variance of the difference.
    pub variance: f64,
    pub z: f64,
    /// Two-sided.
    pub p: f64,
}

impl Paired {
    /// First minus second, with its 95 per cent interval.
    #[must_use]
    pub fn difference(&self) -> Estimate {
        let difference = self.first - self.second;
        let half = Z95 * self.variance.sqrt();
        Estimate::number(difference, difference - half, difference + half)
    }
}

/// Scores of some rows: how many non-events and events have each score, and which of them each row has.
#[derive(Debug, Clone, Copy)]
pub struct Scores<'a> {
    pub counts: &'a [u32],
    pub place: &'a [u32],
}

/// Rows that are summed at once.
const ROWS: usize = 1 << 16;

/// DeLong's test of two scores on the same rows.
///
/// # Errors
/// When there is one class only, a single person in one, or when both rank everybody alike.
pub fn paired(first: Scores, second: Scores, events: &[bool]) -> Result<Paired, Why> {
    let (a, b) = rayon::join(|| placements(first.counts), || placements(second.counts));
    let (a, b) = (a?, b?);
    let parts = first.place.par_chunks(ROWS).zip(second.place.par_chunks(ROWS)).zip(events.par_chunks(ROWS));
    let sums = parts.map(|((i, j), events)| {
        let mut sums = [Sums::default(); 2];
        for ((i, j), event) in i.iter().zip(j).zip(events) {
            let at = |place: u32| 2 * place as usize + usize::from(*event);
            sums[usize::from(*event)].add(i64::from(a[at(*i)]) - i64::from(b[at(*j)]), 1);
        }
        sums
    });
    let sums = sums.reduce(Default::default, |one, other| [one[0].and(other[0]), one[1].and(other[1])]);
    let variance = variance_of(sums)?;
    if variance <= 0.0 {
        return Err(Why::SameAsOther);
    }
    let (first, second) = (auroc(first.counts)?, auroc(second.counts)?);
    let z = (first - second) / variance.sqrt();
    let p = 2.0 * Normal::standard().cdf(-z.abs());
    Ok(Paired { first, second, variance, z, p })
}

/// [`doubled`], laid out as the counts are. In 32 bits, as there are fewer than 2^31 rows.
fn placements(counts: &[u32]) -> Result<Vec<u32>, Why> {
    let (_, events) = both_classes(counts)?;
    let mut placements = Vec::with_capacity(counts.len());
    placements.extend(doubled(counts, events).flat_map(|pair| pair.map(|placement| placement as u32)));
    Ok(placements)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::measure::order::Order;
    use proptest::prelude::*;

    #[test]
    fn placements_of_a_case_worked_by_hand() {
        // Non-events 1 and 2, events 2 and 3: placements of events 0.75 and 1; of non-events 1 and 0.75.
        let (auroc, variance) = variance(&[1, 0, 1, 1, 0, 1]).unwrap();
        assert_eq!(auroc, 0.875);
        assert!((variance.unwrap() - 2.0 * (0.03125 / 2.0)).abs() < 1e-15);
    }

    #[test]
    fn what_gives_no_interval_says_why() {
        assert_eq!(
            interval(&[5, 0, 0, 5]).lower,
            crate::evaluate::estimate::Told::NotEstimable(Why::PerfectSeparation)
        );
        assert_eq!(interval(&[5, 0, 0, 1]).why(), Some(Why::OneOfAClass));
        assert_eq!(interval(&[5, 5]).why(), Some(Why::NoVariation));
        assert_eq!(interval(&[5, 0]).value.number(), None);
        let same = Scores { counts: &[1, 0, 0, 1, 1, 0, 0, 1], place: &[0, 1, 2, 3] };
        assert_eq!(paired(same, same, &[false, true, false, true]), Err(Why::SameAsOther));
    }

    #[test]
    fn a_score_turned_round_is_never_turned_back() {
        let found = interval(&[0, 30, 10, 10, 30, 0]);
        assert!(found.value.number().unwrap() < 0.1);
    }

    /// The variance of the difference of two areas, as the paper writes it: from every pair of an event and a non-event.
    fn slowly(scores: [&[f64]; 2], events: &[bool]) -> f64 {
        let wins = |score: &[f64], event: usize, other: usize| match score[event].total_cmp(&score[other]) {
            std::cmp::Ordering::Greater => 1.0,
            std::cmp::Ordering::Equal => 0.5,
            std::cmp::Ordering::Less => 0.0,
        };
        let of = |class: bool| -> Vec<usize> { (0..events.len()).filter(|row| events[*row] == class).collect() };
        let (no, yes) = (of(false), of(true));
        let apart = |event, other| wins(scores[0], event, other) - wins(scores[1], event, other);
        let mean = |of: &[f64]| of.iter().sum::<f64>() / of.len() as f64;
        let of_mean = |of: Vec<f64>| {
            let squares = of.iter().map(|one| (one - mean(&of)).powi(2)).sum::<f64>();
            squares / (of.len() - 1) as f64 / of.len() as f64
        };
        let of_events = yes.iter().map(|e| mean(&no.iter().map(|o| apart(*e, *o)).collect::<Vec<_>>())).collect();
        let of_others = no.iter().map(|o| mean(&yes.iter().map(|e| apart(*e, *o)).collect::<Vec<_>>())).collect();
        of_mean(of_events) + of_mean(of_others)
    }

    proptest! {
        #[test]
        fn agrees_with_every_pair(rows in prop::collection::vec((0..9_u8, 0..9_u8, any::<bool>()), 4..80)) {
            let a: Vec<f64> = rows.iter().map(|row| f64::from(row.0)).collect();
            let b: Vec<f64> = rows.iter().map(|row| f64::from(row.1)).collect();
            let events: Vec<bool> = rows.iter().map(|row| row.2).collect();
            let orders = [Order::of(&a), Order::of(&b)];
            let counts = orders.each_ref().map(|order| order.counts(&events));
            let scores = |at: usize| Scores { counts: &counts[at], place: &orders[at].place };
            let slow = slowly([&a, &b], &events);
            match paired(scores(0), scores(1), &events) {
                Ok(found) => prop_assert!((found.variance - slow).abs() < 1e-12),
                Err(Why::SameAsOther) => prop_assert!(slow < 1e-12),
                Err(_) => prop_assert!(slow.is_nan()),
            }
            // A score against one that tells nothing is the score alone.
            if let Ok((_, Ok(variance))) = variance(&counts[0]) {
                prop_assert!((variance - slowly([&a, &vec![0.0; a.len()]], &events)).abs() < 1e-12);
            }
        }
    }
}
