//! Days as extracts write them.
//!
//! Understood without being told: `dd.mm.yyyy`, `d.m.yy` (also with `/` or `-`), `yyyy-mm-dd`, `yyyymmdd`, Excel's
//! serial numbers, each with a time of day or without. A time with an offset is turned into the Norwegian calendar day.
//! `01.01.1900` is how registers write «unknown».

use super::dates_quick::{iso, norwegian};
use super::profile::DateHabit;
use crate::clinical::Day;

/// What stands in a date cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DateCell {
    Day(Day),
    /// Empty, or the register's 01.01.1900.
    Unknown,
    Unreadable,
}

/// How the dates of one column are read.
#[derive(Debug, Clone, Copy)]
pub(super) struct DateReader {
    pub habit: Option<DateHabit>,
    /// `yyyy-mm-dd` is understood whatever the habit.
    pub iso_too: bool,
    /// Two-digit years mean the latest century in which the day is not after this one; none: they are not understood.
    pub latest: Option<Day>,
}

/// 1 January 1900: unknown.
const UNKNOWN: Day = Day(-25_567);
/// Day 0 of Excel's calendar (as it counts from March 1900 on), 30 December 1899.
const EXCEL_ZERO: i32 = -25_569;
/// Serial numbers taken for days when no habit is told: 1 January 1910 to 31 December 2099.
const EXCEL_DAYS: std::ops::RangeInclusive<i32> = 3_654..=73_050;
/// Days that a journal can speak of: the years 1850 to 2150.
const DAYS: std::ops::RangeInclusive<i32> = -43_829..=66_109;

impl DateReader {
    pub fn read(&self, text: &[u8]) -> DateCell {
        if text.is_empty() {
            return DateCell::Unknown;
        }
        match self.day(text) {
            Some(UNKNOWN) => DateCell::Unknown,
            Some(day) if DAYS.contains(&day.0) => DateCell::Day(day),
            _ => DateCell::Unreadable,
        }
    }

    fn day(&self, text: &[u8]) -> Option<Day> {
        if let Some(day) = iso(text)
            && (self.iso_too || matches!(self.habit, None | Some(DateHabit::Iso)))
        {
            return Some(day);
        }
        if let Some(day) = norwegian(text)
            && matches!(self.habit, None | Some(DateHabit::DayFirst))
        {
            return Some(day);
        }
        let (date, time) = split_time(text)?;
        let day = self.date(date)?;
        match time {
            None => Some(day),
            Some(time) => in_norway(day, time),
        }
    }

    fn date(&self, text: &[u8]) -> Option<Day> {
        let is = |habit: DateHabit| self.habit.is_none_or(|told| told == habit);
        if let Some(separator) = text.iter().copied().find(|b| matches!(b, b'.' | b'/' | b'-')) {
            let mut parts = text.split(|b| *b == separator);
            let (a, b, c) = (parts.next()?, parts.next()?, parts.next()?);
            let trailing = parts.next();
            if trailing.is_some_and(|rest| !rest.is_empty()) || (trailing.is_some() && separator != b'.') {
                return None;
            }
            return match a.len() {
                4 if self.iso_too || is(DateHabit::Iso) => Day::from_ymd(digits(a)? as i32, short(b)?, short(c)?),
                1 | 2 if self.habit == Some(DateHabit::MonthFirst) => self.with_year(c, a, b),
                1 | 2 if is(DateHabit::DayFirst) => self.with_year(c, b, a),
                _ => None,
            };
        }
        match text.len() {
            8 if is(DateHabit::Compact) => {
                Day::from_ymd(digits(&text[..4])? as i32, digits(&text[4..6])?, digits(&text[6..])?)
            }
            4..=5 if is(DateHabit::Excel) => {
                let serial = digits(text)? as i32;
                EXCEL_DAYS.contains(&serial).then_some(Day(serial + EXCEL_ZERO))
            }
            _ => None,
        }
    }

    fn with_year(&self, year: &[u8], month: &[u8], day: &[u8]) -> Option<Day> {
        let (month, day) = (short(month)?, short(day)?);
        match year.len() {
            4 => Day::from_ymd(digits(year)? as i32, month, day),
            2 => {
                let (short, latest) = (digits(year)? as i32, self.latest?);
                let century = latest.ymd().0 / 100 * 100;
                let candidates = [century + 100, century, century - 100];
                candidates.into_iter().filter_map(|c| Day::from_ymd(c + short, month, day)).find(|day| *day <= latest)
            }
            _ => None,
        }
    }
}

fn digits(text: &[u8]) -> Option<u32> {
    let mut value = 0;
    for byte in text {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        value = value * 10 + u32::from(digit);
    }
    (!text.is_empty() && text.len() <= 9).then_some(value)
}

/// A day or month of one or two digits.
fn short(text: &[u8]) -> Option<u32> {
    if text.len() > 2 { None } else { digits(text) }
}

/// Minutes after midnight, and the offset in minutes when one is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Time {
    minutes: i32,
    offset: Option<i32>,
}

/// The date, and the time after a `T` or a blank. Excel's fraction of a day is dropped.
fn split_time(text: &[u8]) -> Option<(&[u8], Option<Time>)> {
    if let Some(at) = text.iter().position(|b| matches!(b, b'T' | b't' | b' ')) {
        let rest = text[at + 1..].trim_ascii();
        let time = if rest.is_empty() { None } else { Some(time(rest)?) };
        return Some((&text[..at], time));
    }
    let point = text.iter().position(|b| matches!(b, b'.' | b','));
    match point {
        Some(5) if text[..5].iter().chain(&text[6..]).all(u8::is_ascii_digit) => Some((&text[..5], None)),
        _ => Some((text, None)),
    }
}

fn time(text: &[u8]) -> Option<Time> {
    let end = text.iter().position(|b| matches!(b, b'Z' | b'z' | b'+' | b'-')).unwrap_or(text.len());
    let (clock, zone) = (text[..end].trim_ascii(), &text[end..]);
    let mut parts = clock.split(|b| matches!(b, b':' | b'.'));
    let hour = short(parts.next()?)?;
    let minute = parts.next().map_or(Some(0), short)?;
    let rest = parts.all(|part| part.len() <= 9 && part.iter().all(|b| b.is_ascii_digit() || *b == b','));
    if hour > 24 || minute > 59 || !rest {
        return None;
    }
    let offset = match zone.first() {
        None => None,
        Some(b'Z' | b'z') if zone.len() == 1 => Some(0),
        Some(sign) => {
            let plain: Vec<u8> = zone[1..].iter().copied().filter(|b| *b != b':').collect();
            let (hours, minutes) = match plain.len() {
                2 => (digits(&plain)?, 0),
                4 => (digits(&plain[..2])?, digits(&plain[2..])?),
                _ => return None,
            };
            let minutes = (hours * 60 + minutes) as i32;
            Some(if *sign == b'-' { -minutes } else { minutes })
        }
    };
    Some(Time { minutes: (hour * 60 + minute) as i32, offset })
}

/// The calendar day in Norway. Without an offset the day stands as written.
fn in_norway(day: Day, time: Time) -> Option<Day> {
    let Some(offset) = time.offset else { return Some(day) };
    let utc = i64::from(day.0) * 1440 + i64::from(time.minutes - offset);
    let local = utc + if is_summer(utc) { 120 } else { 60 };
    i32::try_from(local.div_euclid(1440)).ok().map(Day)
}

/// Summer time from 01:00 UTC on the last Sunday of March to 01:00 UTC on the last Sunday of October (September until
/// 1995); the years before 1980 had none to speak of.
fn is_summer(utc_minutes: i64) -> bool {
    let day = Day(i32::try_from(utc_minutes.div_euclid(1440)).unwrap_or(0));
    let (year, _, _) = day.ymd();
    let (last_month, last_day) = if year >= 1996 { (10, 31) } else { (9, 30) };
    let last_sunday = |month: u32, day: u32| {
        let day = Day::from_ymd(year, month, day).map_or(0, |day| day.0);
        // Day 0 was a Thursday.
        i64::from(day - (day + 4).rem_euclid(7)) * 1440 + 60
    };
    year >= 1980 && (last_sunday(3, 31)..last_sunday(last_month, last_day)).contains(&utc_minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> DateCell {
        DateReader { habit: None, iso_too: false, latest: Day::parse_iso("2026-03-02") }.read(text.as_bytes())
    }

    #[test]
    fn every_habit_is_understood() {
        for (text, expected) in [
            ("2024-03-01", "2024-03-01"),
            ("01.03.2024", "2024-03-01"),
            ("1.3.24", "2024-03-01"),
            ("1.3.24.", "2024-03-01"),
            ("2.3.26", "2026-03-02"),
            ("3.3.26", "1926-03-03"),
            ("01/03/2024", "2024-03-01"),
            ("1-3-2024", "2024-03-01"),
            ("20240301", "2024-03-01"),
            ("45352", "2024-03-01"),
            ("45352.75", "2024-03-01"),
            ("45352,75", "2024-03-01"),
            ("01.03.2024 23:59", "2024-03-01"),
            ("01.03.2024 kl", "?"),
            ("2024-03-01T23:59:59", "2024-03-01"),
            ("2024-03-01T23:30:00Z", "2024-03-02"),
            ("2024-07-01T21:59:00Z", "2024-07-01"),
            ("2024-07-01T22:00:00.000Z", "2024-07-02"),
            ("2024-07-01T00:10:00+02:00", "2024-07-01"),
            ("2024-03-01 00:10:00+0100", "2024-03-01"),
            ("2024-03-01T20:00:00-05:00", "2024-03-02"),
            ("2024/03/01", "2024-03-01"),
            ("31.02.2024", "?"),
            ("2024-13-01", "?"),
            ("123", "?"),
            ("0024-01-01", "?"),
            ("ukjent", "?"),
            ("01.01.1900", ""),
            ("1900-01-01", ""),
            ("", ""),
        ] {
            let wanted = match expected {
                "?" => DateCell::Unreadable,
                "" => DateCell::Unknown,
                day => DateCell::Day(Day::parse_iso(day).unwrap()),
            };
            assert_eq!(read(text), wanted, "{text}");
        }
    }

    #[test]
    fn a_told_habit_is_held_to() {
        let told =
            |habit, text: &str| DateReader { habit: Some(habit), iso_too: false, latest: None }.read(text.as_bytes());
        let day = |text| DateCell::Day(Day::parse_iso(text).unwrap());
        assert_eq!(told(DateHabit::MonthFirst, "03/01/2024"), day("2024-03-01"));
        assert_eq!(told(DateHabit::Iso, "01.03.2024"), DateCell::Unreadable);
        assert_eq!(told(DateHabit::DayFirst, "2024-03-01"), DateCell::Unreadable);
        assert_eq!(told(DateHabit::DayFirst, "1.3.24"), DateCell::Unreadable);
        assert_eq!(told(DateHabit::Excel, "45352"), day("2024-03-01"));
        assert_eq!(told(DateHabit::Compact, "45352"), DateCell::Unreadable);
    }
}
