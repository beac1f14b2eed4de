//! Days, ages and look-back windows. No clock is read here.

use std::fmt;

/// A calendar day, counted from 1 January 1970 (day 0) in the proleptic Gregorian calendar.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

impl Day {
    /// `None` when there is no such day.
    #[must_use]
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Day> {
        let longest = days_in_month(year, month)?;
        (1..=longest).contains(&day).then(|| Day(days_from_civil(year, month, day)))
    }

    /// Year, month (1 to 12) and day of the month.
    #[must_use]
    pub fn ymd(self) -> (i32, u32, u32) {
        // The civil calendar in 400-year eras that begin on 1 March (E. Reingold, N. Dershowitz, Calendrical Calculations).
        let shifted = i64::from(self.0) + 719_468;
        let era = shifted.div_euclid(146_097);
        let of_era = shifted.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        (year as i32, month as u32, day as u32)
    }

    /// Reads `yyyy-mm-dd`, the only form inside tidlig's own files.
    #[must_use]
    pub fn parse_iso(text: &str) -> Option<Day> {
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return None;
        }
        let number = |range: std::ops::Range<usize>| -> Option<u32> {
            let part = &bytes[range];
            part.iter().all(u8::is_ascii_digit).then(|| part.iter().fold(0, |n, b| n * 10 + u32::from(b - b'0')))
        };
        Day::from_ymd(number(0..4)? as i32, number(5..7)?, number(8..10)?)
    }

    #[must_use]
    pub fn plus(self, days: i32) -> Day {
        Day(self.0.saturating_add(days))
    }

    /// Completed years on `day` of someone born on `self`.
    ///
    /// A person born on 29 February turns a year older on 1 March in common years. Before birth the age is negative.
    #[must_use]
    pub fn age_on(self, day: Day) -> i32 {
        let (born_year, born_month, born_day) = self.ymd();
        let (year, month, day_of_month) = day.ymd();
        year - born_year - i32::from((month, day_of_month) < (born_month, born_day))
    }

    /// The last birth date of those who have completed `age` years on this day; `None` when there is no such day.
    #[must_use]
    pub fn born_by(self, age: i32) -> Option<Day> {
        let (year, month, day) = self.ymd();
        let year = year.checked_sub(age)?;
        // On 29 February nobody born in a common year has a birthday.
        Day::from_ymd(year, month, day).or_else(|| Day::from_ymd(year, 2, 28))
    }

    /// `dd.mm.yyyy`, as a Norwegian reader writes it.
    #[must_use]
    pub fn norwegian(self) -> String {
        let (year, month, day) = self.ymd();
        format!("{day:02}.{month:02}.{year:04}")
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

fn days_in_month(year: i32, month: u32) -> Option<u32> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => Some(31),
        4 | 6 | 9 | 11 => Some(30),
        2 => Some(28 + u32::from(leap)),
        _ => None,
    }
}

fn days_from_civil(year: i32, month: u32, day: u32) -> i32 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let shifted_month = if month > 2 { month - 3 } else { month + 9 } as i32;
    let of_year = (153 * shifted_month + 2) / 5 + day as i32 - 1;
    let of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + of_year;
    era * 146_097 + of_era - 719_468
}

/// A stretch of days that ends on, or a fixed time before, the index day D: `D − within < t ≤ D − before`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Window {
    /// Calendar days back from D, D included; `None` is the whole journal.
    pub within: Option<u32>,
    /// Days left out at the end: 0 means up to and including D.
    pub before: u32,
}

impl Window {
    /// The whole journal up to D.
    pub const EVER: Window = Window { within: None, before: 0 };

    #[must_use]
    pub fn days(within: u32) -> Window {
        Window { within: Some(within), before: 0 }
    }

    /// The first and the last day of the window on index day `on`.
    #[must_use]
    pub fn bounds(self, on: Day) -> (Day, Day) {
        let first = self.within.map_or(Day(i32::MIN), |n| Day(on.0.saturating_sub(n as i32).saturating_add(1)));
        (first, Day(on.0.saturating_sub(self.before as i32)))
    }

    #[must_use]
    pub fn contains(self, day: Day, on: Day) -> bool {
        self.holds(on)(day.0)
    }

    /// The same for many days of one index day: the bounds are found once.
    pub fn holds(self, on: Day) -> impl Fn(i32) -> bool + Copy {
        let (first, last) = self.bounds(on);
        move |day| first.0 <= day && day <= last.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse_iso(text).unwrap()
    }

    #[test]
    fn every_day_of_four_centuries_round_trips() {
        for n in day("1800-01-01").0..=day("2200-12-31").0 {
            let (y, m, d) = Day(n).ymd();
            assert_eq!(Day::from_ymd(y, m, d), Some(Day(n)));
        }
        assert_eq!(day("1970-01-01"), Day(0));
        assert_eq!(Day::parse_iso("2023-02-29"), None);
    }

    #[test]
    fn born_on_29_february_turns_older_on_1_march() {
        let born = day("2008-02-29");
        assert_eq!(born.age_on(day("2026-02-28")), 17);
        assert_eq!(born.age_on(day("2026-03-01")), 18);
        assert_eq!(born.age_on(day("2024-02-29")), 16);
    }

    #[test]
    fn the_last_birth_date_of_an_age_is_where_the_age_begins() {
        for on in ["2024-02-29", "2025-02-28", "2025-03-01", "2026-03-02", "2100-02-28"].map(day) {
            for age in 0..120 {
                let last = on.born_by(age).unwrap();
                assert!(last.age_on(on) >= age && last.plus(1).age_on(on) < age, "{age} on {on}");
            }
        }
    }

    #[test]
    fn a_window_of_n_days_includes_the_index_day() {
        let on = day("2026-03-02");
        let year = Window::days(365);
        assert!(year.contains(on, on));
        assert!(year.contains(day("2025-03-03"), on));
        assert!(!year.contains(day("2025-03-02"), on));
        assert!(!year.contains(on.plus(1), on));
        let earlier = Window { within: Some(455), before: 90 };
        assert!(earlier.contains(on.plus(-90), on) && !earlier.contains(on.plus(-89), on));
    }
}
