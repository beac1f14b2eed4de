//! Intervals of a proportion: Wilson's score interval and the exact one of Clopper and Pearson.

use crate::evaluate::estimate::{Estimate, Why, Z95};
use statrs::distribution::{Beta, ContinuousCDF};

/// Wilson EB. J Am Stat Assoc 1927;22:209-212. At 95 per cent.
///
/// # Errors
/// When nobody is counted; the reason is the caller's.
pub fn wilson(hits: f64, of: f64, why: Why) -> Result<Estimate, Why> {
    if of <= 0.0 {
        return Err(why);
    }
    let share = hits / of;
    let z2 = Z95 * Z95;
    let middle = (share + z2 / (2.0 * of)) / (1.0 + z2 / of);
    let half = Z95 / (1.0 + z2 / of) * (share * (1.0 - share) / of + z2 / (4.0 * of * of)).sqrt();
    Ok(Estimate::number(share, (middle - half).max(0.0), (middle + half).min(1.0)))
}

/// Clopper CJ, Pearson ES. Biometrika 1934;26:404-413. At 95 per cent, for whole numbers.
///
/// # Errors
/// When nobody is counted; the reason is the caller's.
pub fn exact(hits: f64, of: f64, why: Why) -> Result<Estimate, Why> {
    if of <= 0.0 {
        return Err(why);
    }
    let bound = |a: f64, b: f64, at: f64| Beta::new(a, b).map(|beta| beta.inverse_cdf(at)).map_err(|_| why);
    let lower = if hits <= 0.0 { 0.0 } else { bound(hits, of - hits + 1.0, 0.025)? };
    let upper = if hits >= of { 1.0 } else { bound(hits + 1.0, of - hits, 0.975)? };
    Ok(Estimate::number(hits / of, lower, upper))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: &Estimate, lower: f64, upper: f64) {
        let (found_lower, found_upper) = (found.lower.number().unwrap(), found.upper.number().unwrap());
        assert!((found_lower - lower).abs() < 5e-5, "{found_lower}");
        assert!((found_upper - upper).abs() < 5e-5, "{found_upper}");
    }

    #[test]
    fn published_examples() {
        // Newcombe RG. Stat Med 1998;17:857-872, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
        near(&wilson(81.0, 263.0, Why::Empty).unwrap(), 0.2553, 0.3662);
        near(&wilson(15.0, 148.0, Why::Empty).unwrap(), 0.0624, 0.1605);
        near(&wilson(0.0, 20.0, Why::Empty).unwrap(), 0.0, 0.1611);
        near(&wilson(1.0, 29.0, Why::Empty).unwrap(), 0.0061, 0.1718);
        near(&exact(81.0, 263.0, Why::Empty).unwrap(), 0.2527, 0.3676);
        near(&exact(15.0, 148.0, Why::Empty).unwrap(), 0.0578, 0.1617);
        near(&exact(0.0, 20.0, Why::Empty).unwrap(), 0.0, 0.1684);
        near(&exact(1.0, 29.0, Why::Empty).unwrap(), 0.0009, 0.1776);
        assert_eq!(wilson(0.0, 0.0, Why::Empty), Err(Why::Empty));
    }
}
