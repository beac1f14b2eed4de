//! The bootstrap of ranking alone, stratified by outcome: the fastest way there is.
//!
//! Only the order of events and non-events matters to the area under the ROC curve, so neighbours of one class in ascending
//! order of score are alike, and a run of them is one unit. Of a million persons with 50,000 events and all scores distinct some 95,000 units remain; a
//! resample draws each once and passes over them once.

use super::multinomial::Stratum;
use super::stream::stream;
use crate::evaluate::estimate::Why;
use crate::evaluate::measure::ranking::{auroc, average_precision, both_classes};
use rayon::prelude::*;

/// Merges neighbouring scores that hold non-events only, and with `events` also those that hold events only. The area stays
/// what it was; average precision stays when events are not merged.
#[must_use]
pub fn runs(counts: &[u32], events: bool) -> Vec<u32> {
    let mut runs: Vec<u32> = Vec::new();
    for pair in counts.chunks_exact(2).filter(|pair| pair[0] + pair[1] > 0) {
        let place = runs.len().saturating_sub(2);
        match (runs.get(place..), pair) {
            (Some([before, 0]), [more, 0]) if *before > 0 => runs[place] += more,
            (Some([0, before]), [0, more]) if *before > 0 && events => runs[place + 1] += more,
            _ => runs.extend_from_slice(pair),
        }
    }
    runs
}

/// The two strata of some counts: non-events and events, each unit being its place among the counts.
#[must_use]
pub fn by_outcome(counts: &[u32]) -> [Stratum; 2] {
    let of = |class: usize| {
        let units = counts.iter().enumerate().skip(class).step_by(2).filter(|(_, size)| **size > 0);
        Stratum::new(&units.map(|(unit, size)| (unit as u32, *size)).collect::<Vec<_>>())
    };
    [of(0), of(1)]
}

/// The areas of `resamples` resamples, in order; the same on any number of threads.
///
/// # Errors
/// When there is one class only.
pub fn areas(counts: &[u32], resamples: usize, seed: u64, study: u64) -> Result<Vec<f64>, Why> {
    both_classes(counts)?;
    Ok(each(&runs(counts, true), resamples, seed, study, |drawn| auroc(drawn).unwrap_or(f64::NAN)))
}

/// Area and average precision of `resamples` resamples, in order; the same on any number of threads.
///
/// # Errors
/// When there is one class only.
pub fn ranking(counts: &[u32], resamples: usize, seed: u64, study: u64) -> Result<Vec<[f64; 2]>, Why> {
    both_classes(counts)?;
    let both = |drawn: &[u32]| [auroc(drawn), average_precision(drawn)].map(|found| found.unwrap_or(f64::NAN));
    Ok(each(&runs(counts, false), resamples, seed, study, both))
}

fn each<T: Send>(
    runs: &[u32],
    resamples: usize,
    seed: u64,
    study: u64,
    figures: impl Fn(&[u32]) -> T + Sync,
) -> Vec<T> {
    let strata = by_outcome(runs);
    let one = |drawn: &mut Vec<u32>, number: usize| {
        drawn.fill(0);
        let mut random = stream(seed, study, number as u64);
        strata.iter().for_each(|stratum| stratum.draw(&mut random, drawn));
        figures(drawn)
    };
    (0..resamples).into_par_iter().map_init(|| vec![0; runs.len()], one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::measure::delong;
    use crate::evaluate::measure::order::Order;

    #[test]
    fn runs_keep_the_area() {
        let counts = [2, 0, 3, 0, 0, 1, 0, 2, 1, 1, 4, 0, 0, 0, 1, 0, 0, 5];
        assert_eq!(runs(&counts, true), [5, 0, 0, 3, 1, 1, 5, 0, 0, 5]);
        assert_eq!(auroc(&runs(&counts, true)), auroc(&counts));
        assert_eq!(average_precision(&runs(&counts, false)), average_precision(&counts));
    }

    #[test]
    fn spreads_as_delong_says_and_never_depends_on_threads() {
        let scores: Vec<f64> = (0..3_000_u64).map(|n| ((n * 2_654_435_761) % 1_000_003) as f64).collect();
        let events: Vec<bool> = scores.iter().enumerate().map(|(n, s)| (n % 7) as f64 * 150_000.0 < *s * 0.6).collect();
        let counts = Order::of(&scores).counts(&events);
        let found = areas(&counts, 4_000, 1, 2).unwrap();
        let (area, variance) = delong::variance(&counts).unwrap();
        let mean = found.iter().sum::<f64>() / 4_000.0;
        let spread = found.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / 4_000.0;
        let due = variance.unwrap();
        assert!((mean - area).abs() < 4.0 * (due / 4_000.0).sqrt());
        assert!((spread / due - 1.0).abs() < 0.1, "{spread} for {due}");
        let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        assert_eq!(alone.install(|| areas(&counts, 4_000, 1, 2).unwrap()), found);
        assert_eq!(areas(&[3, 0], 5, 1, 2), Err(Why::NoEvents));
    }
}
