use crate::clinical::Tri;
use crate::journal::patient::Comparator;
use crate::model::ruleset::Limits;

/// Whether a reported value lies within the limits; a value such as `<5` stands for all below 5.
#[must_use]
pub fn passes(limits: &Limits, comparator: Comparator, value: f64) -> Tri {
    let (low, high) = match comparator {
        Comparator::Exact => (End::closed(value), End::closed(value)),
        Comparator::Below => (End::closed(f64::NEG_INFINITY), End::open(value)),
        Comparator::AtMost => (End::closed(f64::NEG_INFINITY), End::closed(value)),
        Comparator::Above => (End::open(value), End::closed(f64::INFINITY)),
        Comparator::AtLeast => (End::closed(value), End::closed(f64::INFINITY)),
    };
    interval_passes(limits, low, high)
}

/// One end of an interval.
#[derive(Debug, Clone, Copy)]
struct End {
    at: f64,
    open: bool,
}

impl End {
    fn closed(at: f64) -> End {
        End { at, open: false }
    }

    fn open(at: f64) -> End {
        End { at, open: true }
    }
}

/// Yes when the whole interval lies within the limits, no when none of it does.
fn interval_passes(limits: &Limits, low: End, high: End) -> Tri {
    let judged = |all: bool, none: bool| match (all, none) {
        (true, _) => Tri::Yes,
        (_, true) => Tri::No,
        _ => Tri::Unknown,
    };
    let at_least = |limit: f64| judged(low.at >= limit, high.at < limit || (high.at == limit && high.open));
    let above = |limit: f64| judged(low.at > limit || (low.at == limit && low.open), high.at <= limit);
    let at_most = |limit: f64| judged(high.at <= limit, low.at > limit || (low.at == limit && low.open));
    let below = |limit: f64| judged(high.at < limit || (high.at == limit && high.open), low.at >= limit);
    limits
        .at_least
        .map_or(Tri::Yes, at_least)
        .and(limits.above.map_or(Tri::Yes, above))
        .and(limits.at_most.map_or(Tri::Yes, at_most))
        .and(limits.below.map_or(Tri::Yes, below))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Comparator::{Above, Below, Exact};
    use Tri::{No, Unknown, Yes};

    #[test]
    fn reported_values_against_limits() {
        let below_30 = Limits { below: Some(30.0), ..Limits::default() };
        let at_least_75 = Limits { at_least: Some(75.0), ..Limits::default() };
        for (limits, comparator, value, expected) in [
            (below_30, Exact, 29.9, Yes),
            (below_30, Exact, 30.0, No),
            (below_30, Below, 30.0, Yes),
            (below_30, Below, 45.0, Unknown),
            (below_30, Above, 30.0, No),
            (below_30, Above, 15.0, Unknown),
            (at_least_75, Above, 90.0, Yes),
            (at_least_75, Below, 75.0, No),
            (at_least_75, Exact, 75.0, Yes),
        ] {
            assert_eq!(passes(&limits, comparator, value), expected, "{comparator:?} {value}");
        }
    }
}
