//! The days the sample covers.

use tidlig::clinical::Day;

/// The index day of the sample: a Monday morning, before the practice opens.
pub fn index_day() -> Day {
    day("2026-03-02")
}

/// The extract reaches back to this day; older diagnoses stand in it only as entries of the problem list.
pub fn first_day() -> Day {
    day("2024-01-01")
}

/// The last day with facts.
pub fn last_day() -> Day {
    index_day().plus(-1)
}

/// A day written `yyyy-mm-dd`; the sample's own text is the only caller, so a slip there may stop the program.
pub fn day(text: &str) -> Day {
    Day::parse_iso(text).unwrap_or_else(|| panic!("no such day in the sample's text: {text}"))
}

/// The same day, or the Friday before a weekend, when the practice is closed.
pub fn open_day(day: Day) -> Day {
    // Day 0, 1 January 1970, was a Thursday.
    match (day.0 + 3).rem_euclid(7) {
        5 => day.plus(-1),
        6 => day.plus(-2),
        _ => day,
    }
}
