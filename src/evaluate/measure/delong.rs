//! DeLong's variance of the area under the ROC curve and of the difference of two, in the time it takes to sort.
//!
//! DeLong ER, DeLong DM, Clarke-Pearson DL. Biometrics 1988;44:837-845; by midranks after Sun X, Xu W. IEEE Signal Process
//! Lett 2014;21:1389-1393. An event's placement is the share of non-events below it, a non-event's the share of events
//! above it, ties counting one half; the variance is that of the placements' means.

use super::ranking::{auroc, both_classes};
use crate::evaluate::estimate::{Estimate, Why, Z95};
use statrs::distribution::{ContinuousCDF, Normal};

/// Placements by distinct score, ascending, and the area.
struct Placements {
    auroc: f64,
    /// Of an event with this score.
    event: Vec<f64>,
    /// Of a non-event with this score.
    other: Vec<f64>,
    no: f64,
    yes: f64,
}

fn placements(counts: &[u32]) -> Result<Placements, Why> {
    let (no, yes) = both_classes(counts)?;
    let (no, yes) = (no as f64, yes as f64);
    let (mut below, mut seen, mut sum) = (0.0, 0.0, 0.0);
    let mut event = Vec::with_capacity(counts.len() / 2);
    let mut other = Vec::with_capacity(counts.len() / 2);
    for pair in counts.chunks_exact(2) {
        let (n, y) = (f64::from(pair[0]), f64::from(pair[1]));
        let lower = below + 0.5 * n;
        event.push(lower / no);
        other.push((yes - seen - 0.5 * y) / yes);
        sum += y * lower;
        below += n;
        seen += y;
    }
    Ok(Placements { auroc: sum / (no * yes), event, other, no, yes })
}

/// The area and its variance.
///
/// # Errors
/// When there is one class only. The variance is its own answer: unknown with a single person in a class.
pub fn variance(counts: &[u32]) -> Result<(f64, Result<f64, Why>), Why> {
    let (no, yes) = both_classes(counts)?;
    let auroc = auroc(counts)?;
    if no < 2 || yes < 2 {
        return Ok((auroc, Err(Why::OneOfAClass)));
    }
    let (no, yes) = (no as f64, yes as f64);
    let (mut below, mut seen, mut events, mut others) = (0.0, 0.0, 0.0, 0.0);
    for pair in counts.chunks_exact(2) {
        let (n, y) = (f64::from(pair[0]), f64::from(pair[1]));
        events += y * ((below + 0.5 * n) / no - auroc).powi(2);
        others += n * ((yes - seen - 0.5 * y) / yes - auroc).powi(2);
        below += n;
        seen += y;
    }
    Ok((auroc, Ok(events / (yes - 1.0) / yes + others / (no - 1.0) / no)))
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

/// DeLong's test of two scores on the same rows.
///
/// # Errors
/// When there is one class only, a single person in one, or when both rank everybody alike.
pub fn paired(first: Scores, second: Scores, events: &[bool]) -> Result<Paired, Why> {
    let (a, b) = rayon::join(|| placements(first.counts), || placements(second.counts));
    let (a, b) = (a?, b?);
    if a.no < 2.0 || a.yes < 2.0 {
        return Err(Why::OneOfAClass);
    }
    let apart = a.auroc - b.auroc;
    let (mut of_events, mut of_others) = (0.0, 0.0);
    for ((i, j), event) in first.place.iter().zip(second.place).zip(events) {
        let (i, j) = (*i as usize, *j as usize);
        if *event {
            of_events += (a.event[i] - b.event[j] - apart).powi(2);
        } else {
            of_others += (a.other[i] - b.other[j] - apart).powi(2);
        }
    }
    let variance = of_events / (a.yes - 1.0) / a.yes + of_others / (a.no - 1.0) / a.no;
    if variance <= f64::EPSILON * f64::EPSILON {
        return Err(Why::SameAsOther);
    }
    let z = apart / variance.sqrt();
    let p = 2.0 * Normal::standard().cdf(-z.abs());
    Ok(Paired { first: a.auroc, second: b.auroc, variance, z, p })
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
