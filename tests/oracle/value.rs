//! Values and limits: a result may be a number, or only known to lie on one side of one.

use tidlig::clinical::Tri;
use tidlig::journal::patient::Comparator;
use tidlig::model::ruleset::{Against, Change, Direction, Limits, Size};

/// Whether a value keeps all limits; unknown when `<5` or `>90` cannot settle it.
pub fn within_limits(value: f64, comparator: Comparator, limits: Limits) -> Tri {
    let mut tri = Tri::Yes;
    if let Some(limit) = limits.at_least {
        tri = both(tri, at_least(value, comparator, limit));
    }
    if let Some(limit) = limits.above {
        tri = both(tri, above(value, comparator, limit));
    }
    if let Some(limit) = limits.at_most {
        tri = both(tri, not(above(value, comparator, limit)));
    }
    if let Some(limit) = limits.below {
        tri = both(tri, not(at_least(value, comparator, limit)));
    }
    tri
}

/// Is it ≥ limit?
fn at_least(value: f64, comparator: Comparator, limit: f64) -> Tri {
    match comparator {
        Comparator::Exact => Tri::from(value >= limit),
        // All below 5: surely not 5 or more; whether 4 or more is not known.
        Comparator::Below => no_or_unknown(value <= limit),
        Comparator::AtMost => no_or_unknown(value < limit),
        Comparator::Above | Comparator::AtLeast => yes_or_unknown(value >= limit),
    }
}

/// Is it > limit?
fn above(value: f64, comparator: Comparator, limit: f64) -> Tri {
    match comparator {
        Comparator::Exact => Tri::from(value > limit),
        Comparator::Below | Comparator::AtMost => no_or_unknown(value <= limit),
        Comparator::Above => yes_or_unknown(value >= limit),
        Comparator::AtLeast => yes_or_unknown(value > limit),
    }
}

fn no_or_unknown(surely_not: bool) -> Tri {
    if surely_not { Tri::No } else { Tri::Unknown }
}

fn yes_or_unknown(surely: bool) -> Tri {
    if surely { Tri::Yes } else { Tri::Unknown }
}

fn both(a: Tri, b: Tri) -> Tri {
    match (a, b) {
        (Tri::No, _) | (_, Tri::No) => Tri::No,
        (Tri::Unknown, _) | (_, Tri::Unknown) => Tri::Unknown,
        (Tri::Yes, Tri::Yes) => Tri::Yes,
    }
}

fn not(a: Tri) -> Tri {
    match a {
        Tri::Yes => Tri::No,
        Tri::Unknown => Tri::Unknown,
        Tri::No => Tri::Yes,
    }
}

/// A change that was found: the newest value and the earlier one that it is measured against.
pub struct Changed {
    pub new: f64,
    pub old: f64,
}

/// Compares the newest day's values with those of earlier days.
pub fn change(asked: Change, newest: &[f64], earlier: &[f64]) -> Option<Changed> {
    let lowest_new = newest.iter().copied().fold(f64::INFINITY, f64::min);
    let highest_new = newest.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let lowest_old = earlier.iter().copied().fold(f64::INFINITY, f64::min);
    let highest_old = earlier.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let olds = match asked.against {
        Against::Highest => vec![highest_old],
        Against::Lowest => vec![lowest_old],
        Against::Any => vec![highest_old, lowest_old],
    };
    for old in olds {
        let down = matches!(asked.direction, Direction::Down | Direction::Either);
        if down && large_enough(asked, old - lowest_new, old) {
            return Some(Changed { new: lowest_new, old });
        }
        let up = matches!(asked.direction, Direction::Up | Direction::Either);
        if up && large_enough(asked, highest_new - old, old) {
            return Some(Changed { new: highest_new, old });
        }
    }
    None
}

/// Values have few decimals: they are compared as millionths, so that 46 down to 43.7 is exactly five per cent.
fn large_enough(asked: Change, difference: f64, old: f64) -> bool {
    let (difference, needed) = match asked.size {
        Size::Absolute(size) => (millionths(difference) * 100_000_000, millionths(size) * 100_000_000),
        Size::Percent(percent) => (millionths(difference) * 100_000_000, millionths(percent) * millionths(old)),
    };
    if asked.strictly { difference > needed } else { difference >= needed }
}

fn millionths(value: f64) -> i128 {
    (value * 1e6).round() as i128
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comparison_settles_what_it_can() {
        let below = |limit| Limits { below: Some(limit), ..Limits::default() };
        assert_eq!(within_limits(15.0, Comparator::Below, below(30.0)), Tri::Yes);
        assert_eq!(within_limits(15.0, Comparator::Below, below(15.0)), Tri::Yes);
        assert_eq!(within_limits(15.0, Comparator::AtMost, below(15.0)), Tri::Unknown);
        assert_eq!(within_limits(15.0, Comparator::Below, below(10.0)), Tri::Unknown);
        assert_eq!(within_limits(60.0, Comparator::Above, below(60.0)), Tri::No);
        assert_eq!(within_limits(60.0, Comparator::Above, below(90.0)), Tri::Unknown);
    }

    #[test]
    fn five_per_cent_of_46_is_exact() {
        let asked =
            Change { against: Against::Highest, direction: Direction::Down, size: Size::Percent(5.0), strictly: false };
        assert!(change(asked, &[43.7], &[46.0]).is_some());
        assert!(change(Change { strictly: true, ..asked }, &[43.7], &[46.0]).is_none());
        assert!(change(asked, &[43.8], &[46.0]).is_none());
    }
}
