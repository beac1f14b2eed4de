//! Days: what is seen, what lies in a window, how many days can be counted.

use tidlig::clinical::{Day, Window};

/// Whether a fact is known on the index day: it has happened, and it had been written down.
pub fn visible(date: Day, recorded_on: Option<Day>, on: Day) -> bool {
    let happened = date.0 <= on.0;
    let written = match recorded_on {
        None => true,
        Some(day) => day.0 <= on.0,
    };
    happened && written
}

/// D − within < t ≤ D − before.
pub fn in_window(day: Day, window: Window, on: Day) -> bool {
    let late_enough = match window.within {
        None => true,
        Some(within) => i64::from(day.0) > i64::from(on.0) - i64::from(within),
    };
    let early_enough = i64::from(day.0) <= i64::from(on.0) - i64::from(window.before);
    late_enough && early_enough
}

/// How many distinct days can be chosen, from the oldest on, each at least `apart` days after the one before.
pub fn count_days(days: &[Day], apart: u32) -> u32 {
    let mut sorted = days.to_vec();
    sorted.sort();
    let mut count = 0;
    let mut chosen: Option<Day> = None;
    for day in sorted {
        let counts = match chosen {
            None => true,
            Some(before) => day != before && i64::from(day.0) - i64::from(before.0) >= i64::from(apart),
        };
        if counts {
            count += 1;
            chosen = Some(day);
        }
    }
    count
}

/// Completed years on `day`; born on 29 February one turns a year older on 1 March in common years.
pub fn age(born: Day, day: Day) -> i32 {
    let (born_year, born_month, born_day) = born.ymd();
    let (year, month, day_of_month) = day.ymd();
    let had_birthday = month > born_month || (month == born_month && day_of_month >= born_day);
    if had_birthday { year - born_year } else { year - born_year - 1 }
}
