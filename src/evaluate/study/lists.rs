//! Two lists side by side, two thresholds side by side, and counts that may be told.

use super::cells::Cells;
use crate::clinical::small::{FEWEST, hide};
use crate::evaluate::estimate::Estimate;
use crate::evaluate::resample::stream::mix;

/// Counts whose sum is known, the small ones hidden and with them as many as it takes.
#[must_use]
pub fn told(counts: &[u64]) -> Vec<Estimate> {
    let mut counts: Vec<Option<u64>> = counts.iter().copied().map(Some).collect();
    hide(&mut counts, None);
    counts
        .into_iter()
        .map(|count| count.map_or_else(Estimate::suppressed, |count| Estimate::plain(count as f64)))
        .collect()
}

/// As [`told`], for a table of two by two whose margins are known: one small cell hides all four.
#[must_use]
pub fn told_crossed(counts: [u64; 4]) -> Vec<Estimate> {
    if counts.iter().any(|count| (1..FEWEST).contains(count)) {
        return vec![Estimate::suppressed(); 4];
    }
    counts.iter().map(|count| Estimate::plain(*count as f64)).collect()
}

/// The rows on a list of so many places: the highest scores, ties by a number that depends on nothing but the row's own place
/// in the cohort.
#[must_use]
pub fn listed(cells: &Cells, rows: &[u32], places: usize) -> Vec<bool> {
    let mut order: Vec<u32> = (0..rows.len() as u32).collect();
    let key = |at: &u32| (std::cmp::Reverse(cells.value_of_row(*at as usize)), mix(u64::from(rows[*at as usize])));
    if places < order.len() {
        order.select_nth_unstable_by_key(places, key);
    }
    let mut listed = vec![false; rows.len()];
    order.iter().take(places).for_each(|at| listed[*at as usize] = true);
    listed
}

/// Rows by two answers: both, the first only, the second only, neither.
#[must_use]
pub fn crossed(
    first: impl Iterator<Item = bool>,
    second: impl Iterator<Item = bool>,
    counted: impl Iterator<Item = bool>,
) -> [u64; 4] {
    let mut counts = [0; 4];
    for ((first, second), _) in first.zip(second).zip(counted).filter(|(_, counted)| *counted) {
        counts[2 * usize::from(!first) + usize::from(!second)] += 1;
    }
    counts
}

/// What [`crossed`] counts, in words.
pub const CROSSED: [&str; 4] = ["both", "the first only", "the second only", "neither"];

/// Bars of a histogram.
const BARS: usize = 40;

/// Persons by probability, evenly between the least and the greatest; bars of few persons are nought.
#[must_use]
pub fn histogram(p: &[f64], counts: &[u32]) -> Vec<(f64, f64, u64)> {
    let (least, most) = p.iter().fold((1.0_f64, 0.0_f64), |(a, b), p| (a.min(*p), b.max(*p)));
    if p.is_empty() || most <= least {
        return Vec::new();
    }
    let width = (most - least) / BARS as f64;
    let mut bars = [0_u64; BARS];
    for (p, pair) in p.iter().zip(counts.chunks_exact(2)) {
        bars[(((p - least) / width) as usize).min(BARS - 1)] += u64::from(pair[0]) + u64::from(pair[1]);
    }
    let bar = |(at, n): (usize, u64)| {
        let left = least + width * at as f64;
        (left, left + width, if n < FEWEST { 0 } else { n })
    };
    bars.into_iter().enumerate().map(bar).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_counts_take_others_with_them() {
        let numbers = |told: Vec<Estimate>| told.iter().map(|estimate| estimate.value.number()).collect::<Vec<_>>();
        assert_eq!(numbers(told(&[3, 20, 30])), [None, None, Some(30.0)]);
        assert_eq!(numbers(told_crossed([0, 20, 30, 4])), [None; 4]);
        assert_eq!(numbers(told_crossed([0, 20, 30, 5])), [Some(0.0), Some(20.0), Some(30.0), Some(5.0)]);
    }

    #[test]
    fn lists_take_the_highest_and_part_ties_without_regard_to_order() {
        let cells = Cells::of(&[1.0, 3.0, 2.0, 2.0, 2.0], None);
        let list = listed(&cells, &[10, 11, 12, 13, 14], 3);
        assert!(list[1] && !list[0] && list.iter().filter(|on| **on).count() == 3);
        let turned = Cells::of(&[2.0, 2.0, 2.0, 3.0, 1.0], None);
        let mut again = listed(&turned, &[14, 13, 12, 11, 10], 3);
        again.reverse();
        assert_eq!(again, list);
        assert_eq!(listed(&cells, &[10, 11, 12, 13, 14], 9), [true; 5]);
    }

    #[test]
    fn answers_are_crossed() {
        let (a, b) = ([true, true, false, false], [true, false, true, false]);
        assert_eq!(crossed(a.into_iter(), b.into_iter(), [true; 4].into_iter()), [1, 1, 1, 1]);
    }
}
