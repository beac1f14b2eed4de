//! The days between which lives are told.

use crate::clinical::Day;

/// Longest journal plus the year after it, in years.
pub const MOST_YEARS: usize = 24;

/// The days of a cohort.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline {
    /// From here on a journal holds contacts, medicines and tests.
    pub first: Day,
    /// Before `first` a journal holds the codes that lasting conditions began with, back to here.
    pub oldest: Day,
    /// The last index day; a journal knows nothing later.
    pub last: Day,
    /// A year after the last index day: the truth ends here.
    pub end: Day,
    pub index_days: Vec<Day>,
}

/// Days that outcomes are followed.
pub const FOLLOW_UP: i32 = 365;

impl Timeline {
    /// Index days ascend. `history` is the days of contacts before the first of them, `old_codes` those of first codes.
    #[must_use]
    pub fn new(mut index_days: Vec<Day>, history: i32, old_codes: i32) -> Timeline {
        index_days.sort_unstable();
        index_days.dedup();
        let from = index_days.first().copied().unwrap_or(Day(0));
        let last = index_days.last().copied().unwrap_or(Day(0));
        let first = from.plus(-history);
        Timeline { first, oldest: first.min(from.plus(-old_codes)), last, end: last.plus(FOLLOW_UP), index_days }
    }

    /// Years of 365 days from the first day to the end; the last one may be cut.
    #[must_use]
    pub fn years(&self) -> usize {
        (((self.end.0 - self.first.0) as usize).div_ceil(365)).min(MOST_YEARS)
    }

    /// The first day of a year.
    #[must_use]
    pub fn year(&self, number: usize) -> Day {
        self.first.plus(number as i32 * 365)
    }

    /// The year that a day from `first` on lies in.
    #[inline]
    #[must_use]
    pub fn year_of(&self, day: f32) -> usize {
        ((day / 365.0) as usize).min(MOST_YEARS - 1)
    }
}
