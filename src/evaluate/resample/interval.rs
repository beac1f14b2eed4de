//! From the values of many resamples to an interval.

use crate::evaluate::estimate::Why;

/// Fewer resamples than this with a value give no interval.
pub const FEWEST: usize = 100;
/// The share of resamples that must have a value: an interval over the others alone would be too kind.
const SHARE: f64 = 0.95;

/// The 95 per cent percentile interval; values that are no number are those of resamples in which there was none.
///
/// # Errors
/// When too few resamples have a value.
pub fn percentile(values: impl Iterator<Item = f64>) -> Result<(f64, f64), Why> {
    let mut all = 0;
    let mut found: Vec<f64> = values.inspect(|_| all += 1).filter(|value| value.is_finite()).collect();
    if found.len() < FEWEST || (found.len() as f64) < SHARE * f64::from(all) {
        return Err(Why::TooFewResamples);
    }
    found.sort_unstable_by(f64::total_cmp);
    Ok((quantile(&found, 0.025), quantile(&found, 0.975)))
}

/// The quantile of ascending values, straight between neighbours.
fn quantile(sorted: &[f64], at: f64) -> f64 {
    let place = at * (sorted.len() - 1) as f64;
    let below = sorted[place as usize];
    let above = sorted[(place as usize + 1).min(sorted.len() - 1)];
    below + (above - below) * place.fract()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_numpy_has_it() {
        let (lower, upper) = percentile((0..=1000).map(f64::from)).unwrap();
        assert!((lower - 25.0).abs() < 1e-12 && (upper - 975.0).abs() < 1e-12);
        assert_eq!(percentile((0..50).map(f64::from)), Err(Why::TooFewResamples));
        assert_eq!(percentile((0..200).map(|n| if n < 20 { f64::NAN } else { 1.0 })), Err(Why::TooFewResamples));
    }
}
