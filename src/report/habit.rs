//! Dates and numbers in the reader's habit, and the alphabet that ends with å.

use crate::clinical::{Day, Language, Points};

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// `03.02.2026` in Norwegian, `3 Feb 2026` in English.
#[must_use]
pub fn date(day: Day, language: Language) -> String {
    match language {
        Language::Nb | Language::Nn => day.norwegian(),
        Language::En => {
            let (year, month, of_month) = day.ymd();
            format!("{of_month} {} {year:04}", MONTHS[month as usize - 1])
        }
    }
}

/// At most two decimals, none when they are zero; decimal comma in Norwegian.
#[must_use]
pub fn number(value: f64, language: Language) -> String {
    let fixed = format!("{value:.2}");
    let short = fixed.trim_end_matches('0').trim_end_matches('.');
    let short = if short == "-0" { "0" } else { short };
    decimal(short, language)
}

/// Points exactly as they count.
#[must_use]
pub fn points(points: Points, language: Language) -> String {
    decimal(&points.to_string(), language)
}

/// `+2`, `−1` (a true minus), `0`.
#[must_use]
pub fn signed(points: Points, language: Language) -> String {
    let text = decimal(&points.to_string(), language);
    match text.strip_prefix('-') {
        Some(size) => format!("−{size}"),
        None if points > Points::ZERO => format!("+{text}"),
        None => text,
    }
}

/// A whole number with the thousands apart: `18 214` in Norwegian, `18,214` in English.
#[must_use]
pub fn whole(value: u64, language: Language) -> String {
    let digits = value.to_string();
    let separator = if language == Language::En { ',' } else { '\u{a0}' };
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

fn decimal(text: &str, language: Language) -> String {
    match language {
        Language::En => text.to_owned(),
        Language::Nb | Language::Nn => text.replace('.', ","),
    }
}

/// Sorts as a Norwegian reader looks names up: …, z, æ, ø, å; `aa` is å.
#[must_use]
pub fn alphabetical(text: &str) -> String {
    let lower = text.to_lowercase().replace("aa", "å");
    let place = |c| match c {
        'æ' | 'ä' => '\u{e000}',
        'ø' | 'ö' => '\u{e001}',
        'å' => '\u{e002}',
        other => other,
    };
    lower.chars().map(place).collect()
}

/// Whole calendar months from `from` to `to`.
#[must_use]
pub fn months_between(from: Day, to: Day) -> i32 {
    let ((year, month, day), (to_year, to_month, to_day)) = (from.ymd(), to.ymd());
    (to_year - year) * 12 + to_month as i32 - month as i32 - i32::from(to_day < day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{En, Nb};

    #[test]
    fn numbers_and_dates_follow_the_reader() {
        let day = Day::parse_iso("2026-02-03").unwrap();
        assert_eq!((date(day, Nb), date(day, En)), ("03.02.2026".to_owned(), "3 Feb 2026".to_owned()));
        assert_eq!((number(7.10, Nb), number(82.0, En), number(-0.001, Nb)), ("7,1".into(), "82".into(), "0".into()));
        assert_eq!(signed(Points::whole(-2), Nb), "−2");
        assert_eq!(signed(Points::parse("0.5").unwrap(), Nb), "+0,5");
        assert_eq!(
            (whole(18_214, Nb), whole(999, Nb), whole(1_000_000, En)),
            ("18\u{a0}214".into(), "999".into(), "1,000,000".into())
        );
    }

    #[test]
    fn the_alphabet_ends_with_å() {
        let mut names = ["Åse", "Ærlig", "Zeta", "Aasen", "Øye", "Berg", "Amund"];
        names.sort_by_key(|name| alphabetical(name));
        assert_eq!(names, ["Amund", "Berg", "Zeta", "Ærlig", "Øye", "Åse", "Aasen"]);
    }

    #[test]
    fn months_are_whole() {
        let day = |text| Day::parse_iso(text).unwrap();
        assert_eq!(months_between(day("2025-08-20"), day("2026-03-02")), 6);
        assert_eq!(months_between(day("2025-08-02"), day("2026-03-02")), 7);
        assert_eq!(months_between(day("2026-03-02"), day("2026-03-02")), 0);
    }
}
