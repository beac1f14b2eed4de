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
/// A fall is told of the lowest new value, a rise of the highest; against any earlier value, the highest is tried first, then
/// the lowest: no other can show a greater change.
#[must_use]
pub fn compare(change: &Change, newest: i32, values: &[(i32, f64)]) -> Option<Compared> {
    let span = |on_newest: bool| {
        let chosen = || values.iter().filter(|(day, _)| (*day == newest) == on_newest).map(|(_, value)| *value);
        Some((chosen().reduce(f64::min)?, chosen().reduce(f64::max)?))
    };
    let ((lowest_new, highest_new), (lowest_old, highest_old)) = (span(true)?, span(false)?);
    let olds = match change.against {
        Against::Highest => vec![highest_old],
        Against::Lowest => vec![lowest_old],
        Against::Any => vec![highest_old, lowest_old],
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
