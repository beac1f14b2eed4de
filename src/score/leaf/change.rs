use super::passes;
use crate::clinical::{Day, Window};
use crate::journal::patient::Comparator;
use crate::model::ruleset::{Against, Change, Crossing, Direction, Limits, Size};

/// What a change compares.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Compared {
    pub new: f64,
    pub old: f64,
    pub changed: bool,
}

/// Compares the newest day's exact values with the earlier ones; `None` when there are not two days.
///
/// A fall is told of the lowest new value, a rise of the highest; against any earlier value, the highest is tried first, then
/// the lowest: no other can show a greater change.
#[must_use]
pub fn compare(change: &Change, newest: i32, values: &[(i32, f64)], window: Window, on: Day) -> Option<Compared> {
    let (lowest_new, highest_new) = span(values.iter().filter(|(day, _)| *day == newest))?;
    let earlier = earlier(change, newest, values, window, on);
    let (lowest_old, highest_old) = span(earlier.iter())?;
    let olds = match change.against {
        Against::Highest => vec![highest_old],
        Against::Lowest => vec![lowest_old],
        Against::Any => vec![highest_old, lowest_old],
        Against::Median => vec![median(earlier.iter().map(|(_, value)| *value).collect())?],
        Against::Newest => {
            let last = earlier.iter().map(|(day, _)| *day).max()?;
            let (lowest, highest) = span(earlier.iter().filter(|(day, _)| *day == last))?;
            vec![highest, lowest]
        }
    };
    let ways = match change.direction {
        Direction::Down => vec![(Direction::Down, lowest_new)],
        Direction::Up => vec![(Direction::Up, highest_new)],
        Direction::Either => vec![(Direction::Down, lowest_new), (Direction::Up, highest_new)],
    };
    let tried = olds.iter().flat_map(|old| ways.iter().map(|(way, new)| (*old, *way, *new)));
    let judged = tried.map(|(old, way, new)| Compared { new, old, changed: is_changed(change, way, old, new) });
    judged.reduce(|first, next| if next.changed && !first.changed { next } else { first })
}

/// The values that the newest is compared with: earlier ones of the window, or those of the time before it.
fn earlier(change: &Change, newest: i32, values: &[(i32, f64)], window: Window, on: Day) -> Vec<(i32, f64)> {
    let before = change
        .since
        .zip(window.within)
        .map(|(since, within)| Window { within: Some(within.saturating_add(since)), before: within });
    let counts = |day: i32| match before {
        Some(before) => before.contains(Day(day), on),
        None => day != newest && window.contains(Day(day), on),
    };
    values.iter().filter(|(day, _)| counts(*day)).copied().collect()
}

fn span<'v>(values: impl Iterator<Item = &'v (i32, f64)>) -> Option<(f64, f64)> {
    values.map(|(_, value)| (*value, *value)).reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
}

/// The middle value, or the mean of the middle two.
#[must_use]
pub fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_unstable_by(f64::total_cmp);
    let half = values.len() / 2;
    match values.len() {
        0 => None,
        n if n % 2 == 1 => Some(values[half]),
        _ => Some(f64::midpoint(values[half - 1], values[half])),
    }
}

/// Compares the window's newest day with earlier values of it, and with the newest day before it; `None` when there is no
/// earlier value. The values are all that were seen.
#[must_use]
pub fn cross(crossing: &Crossing, newest: i32, values: &[(i32, f64)], window: Window, on: Day) -> Option<Compared> {
    let first = window.bounds(on).0.0;
    let last_before = values.iter().map(|(day, _)| *day).filter(|day| *day < first).max();
    let mut old: Vec<&(i32, f64)> =
        values.iter().filter(|(day, _)| (first <= *day && *day < newest) || Some(*day) == last_before).collect();
    old.sort_by_key(|(day, _)| std::cmp::Reverse(*day));
    let (_, any_old) = **old.first()?;
    let passing = |limits: &Limits, value: f64| passes(limits, Comparator::Exact, value).is_yes();
    let new = || values.iter().filter(|(day, _)| *day == newest).map(|(_, value)| *value);
    let kept = new().find(|value| passing(&crossing.to, *value));
    let left = old.iter().map(|(_, value)| *value).find(|value| passing(&crossing.from, *value));
    Some(Compared {
        new: kept.or_else(|| new().next())?,
        old: left.unwrap_or(any_old),
        changed: kept.is_some() && left.is_some(),
    })
}

/// Judged in whole millionths, so that 46 kg to 43.7 kg is exactly 5 per cent.
fn is_changed(change: &Change, way: Direction, old: f64, new: f64) -> bool {
    let (old, new) = (millionths(old), millionths(new));
    let step = if way == Direction::Down { old - new } else { new - old };
    let (step, limit) = match change.size {
        Size::Absolute(limit) => (step, millionths(limit)),
        Size::Percent(percent) => (step * 100_000_000, millionths(percent) * old.abs()),
    };
    if change.strictly { step > limit } else { step >= limit }
}

fn millionths(value: f64) -> i128 {
    (value * 1e6).round() as i128
}
