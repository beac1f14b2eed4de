use crate::model::ruleset::{Against, Change, Direction, Size};

/// What a change compares.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Compared {
    pub new: f64,
    pub old: f64,
    pub changed: bool,
}

/// Compares the newest day's exact values with the earlier ones; `None` when there are not two days.
///
/// Of several values on the newest day the one that changed is told, else the lowest.
#[must_use]
pub fn compare(change: &Change, newest: i32, values: &[(i32, f64)]) -> Option<Compared> {
    let of_newest = || values.iter().filter(|(day, _)| *day == newest).map(|(_, value)| *value);
    let lowest = of_newest().reduce(f64::min);
    let highest = of_newest().reduce(f64::max);
    let candidates = match change.direction {
        Direction::Down => [lowest, None],
        Direction::Up => [highest, None],
        Direction::Either => [lowest, highest],
    };
    let earlier: Vec<f64> = values.iter().filter(|(day, _)| *day < newest).map(|(_, value)| *value).collect();
    let found = candidates.into_iter().flatten().filter_map(|new| against(change, &earlier, new));
    found.reduce(|first, next| if next.changed && !first.changed { next } else { first })
}

fn against(change: &Change, earlier: &[f64], new: f64) -> Option<Compared> {
    let judged = |old: f64| Compared { new, old, changed: is_changed(change, old, new) };
    let values = earlier.iter().copied();
    match change.against {
        Against::Highest => values.reduce(f64::max).map(judged),
        Against::Lowest => values.reduce(f64::min).map(judged),
        Against::Any => {
            let changed = values.clone().filter(|old| is_changed(change, *old, new)).reduce(f64::max);
            changed.or_else(|| values.reduce(f64::max)).map(judged)
        }
    }
}

/// Judged in whole millionths, so that 46 kg to 43.7 kg is exactly 5 per cent.
fn is_changed(change: &Change, old: f64, new: f64) -> bool {
    let (old, new) = (millionths(old), millionths(new));
    let step = match change.direction {
        Direction::Down => old - new,
        Direction::Up => new - old,
        Direction::Either => (new - old).abs(),
    };
    let (step, limit) = match change.size {
        Size::Absolute(limit) => (step, millionths(limit)),
        Size::Percent(percent) => (step * 100_000_000, millionths(percent) * old.abs()),
    };
    if change.strictly { step > limit } else { step >= limit }
}

fn millionths(value: f64) -> i128 {
    (value * 1e6).round() as i128
}
