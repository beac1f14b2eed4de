//! Values and limits: a result may be a number, or only known to lie on one side of one.

use super::time::in_window;
use tidlig::clinical::{Day, Tri, Window};
use tidlig::journal::patient::Comparator;
use tidlig::model::ruleset::{Against, Change, Crossing, Direction, Limits, Size};

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
pub fn change(asked: Change, newest: &[f64], earlier: &[(Day, f64)]) -> Option<Changed> {
    let lowest_new = newest.iter().copied().fold(f64::INFINITY, f64::min);
    let highest_new = newest.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let lowest = |values: &[(Day, f64)]| values.iter().map(|(_, value)| *value).fold(f64::INFINITY, f64::min);
    let highest = |values: &[(Day, f64)]| values.iter().map(|(_, value)| *value).fold(f64::NEG_INFINITY, f64::max);
    let (lowest_old, highest_old) = (lowest(earlier), highest(earlier));
    let olds = match asked.against {
        Against::Highest => vec![highest_old],
        Against::Lowest => vec![lowest_old],
        Against::Any => vec![highest_old, lowest_old],
        Against::Median => vec![median(earlier.iter().map(|(_, value)| *value).collect())?],
        Against::Newest => {
            let last = earlier.iter().map(|(day, _)| *day).max()?;
            let of_last: Vec<(Day, f64)> = earlier.iter().copied().filter(|(day, _)| *day == last).collect();
            vec![highest(&of_last), lowest(&of_last)]
        }
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

/// The middle value; with an even number, halfway between the middle two.
pub fn median(mut values: Vec<f64>) -> Option<f64> {
    if values.is_empty() {
        return None;
    }
    values.sort_by(f64::total_cmp);
    let (low, high) = (values[(values.len() - 1) / 2], values[values.len() / 2]);
    Some((low + high) / 2.0)
}

/// Whether the newest day keeps `to` and an earlier one kept `from`: a day of the window, or the last day before it.
///
/// The outer `None` says that there is nothing to compare.
pub fn cross(asked: Crossing, window: Window, on: Day, newest: Day, seen: &[(Day, f64)]) -> Option<Option<Changed>> {
    let started = |day: Day| window.within.is_none_or(|within| i64::from(day.0) > i64::from(on.0) - i64::from(within));
    let last_before = seen.iter().map(|(day, _)| *day).filter(|day| !started(*day)).max();
    let mut new = Vec::new();
    let mut old = Vec::new();
    for (day, value) in seen {
        if *day == newest {
            new.push(*value);
        } else if (in_window(*day, window, on) && *day < newest) || Some(*day) == last_before {
            old.push((*day, *value));
        }
    }
    if new.is_empty() || old.is_empty() {
        return None;
    }
    // Of several earlier values that would do, the newest is told.
    old.sort_by_key(|(day, _)| std::cmp::Reverse(*day));
    let keeps = |value: f64, limits| within_limits(value, Comparator::Exact, limits) == Tri::Yes;
    let to = new.into_iter().find(|value| keeps(*value, asked.to));
    let from = old.into_iter().map(|(_, value)| value).find(|value| keeps(*value, asked.from));
    Some(to.zip(from).map(|(new, old)| Changed { new, old }))
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
        let asked = Change {
            against: Against::Highest,
            direction: Direction::Down,
            size: Size::Percent(5.0),
            strictly: false,
            since: None,
        };
        let old = [(Day(0), 46.0)];
        assert!(change(asked, &[43.7], &old).is_some());
        assert!(change(Change { strictly: true, ..asked }, &[43.7], &old).is_none());
        assert!(change(asked, &[43.8], &old).is_none());
    }

    #[test]
    fn the_middle_value_is_that_of_the_two_in_the_middle() {
        assert_eq!(median(vec![90.0, 60.0, 80.0]), Some(80.0));
        assert_eq!(median(vec![90.0, 60.0, 80.0, 70.0]), Some(75.0));
        assert_eq!(median(Vec::new()), None);
    }

    #[test]
    fn a_limit_is_crossed_from_inside_the_window_or_from_the_last_day_before_it() {
        let limits = |at_most, at_least| Limits { at_most, at_least, ..Limits::default() };
        let asked = Crossing { from: limits(Some(2.0), None), to: limits(None, Some(3.0)) };
        let crossed = |seen: &[(i32, f64)]| {
            let seen: Vec<(Day, f64)> = seen.iter().map(|(day, value)| (Day(*day), *value)).collect();
            let newest = seen.iter().map(|(day, _)| *day).max().unwrap();
            cross(asked, Window::days(90), Day(1000), newest, &seen).map(|found| found.is_some())
        };
        for (seen, expected) in [
            (&[(500, 2.0), (950, 3.0)][..], Some(true)),
            (&[(920, 2.0), (950, 3.0)], Some(true)),
            (&[(500, 3.0), (920, 2.0), (950, 3.0)], Some(true)),
            // The last day before the window says how she was; an older one does not.
            (&[(400, 2.0), (500, 3.0), (950, 3.0)], Some(false)),
            (&[(500, 2.0), (950, 3.0), (960, 2.0)], Some(false)),
            (&[(950, 3.0)], None),
        ] {
            assert_eq!(crossed(seen), expected, "{seen:?}");
        }
    }
}
