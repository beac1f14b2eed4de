//! Numbers and flags as extracts write them.

use super::profile::Decimal;

/// A number with the sign that a laboratory puts before it: `<5`, `≥ 90`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Measured {
    pub value: f64,
    /// As [`Comparator`](crate::journal::patient::Comparator) writes it; empty when there is none.
    pub sign: &'static str,
}

/// Reads a value; `None` when it is a word.
pub(super) fn measured(text: &str, decimal: Option<Decimal>) -> Option<Measured> {
    if let Some(value) = plain(text.as_bytes(), decimal) {
        return Some(Measured { value, sign: "" });
    }
    let signs = [("<=", "<="), (">=", ">="), ("≤", "<="), ("≥", ">="), ("<", "<"), (">", ">"), ("=", "")];
    let found = signs.into_iter().find_map(|(written, sign)| text.strip_prefix(written).map(|rest| (rest, sign)));
    let (rest, sign) = found.unwrap_or((text, ""));
    number(rest.trim(), decimal).map(|value| Measured { value, sign })
}

/// Reads a number: `7.2`, `7,2`, `1 234,5` (blank or no-break space), `1.234,5`, `1,234.5`, `1,2E+3`.
///
/// Without a told habit the last of the two marks is the decimal one, and a single mark is always decimal.
pub(super) fn number(text: &str, decimal: Option<Decimal>) -> Option<f64> {
    if let Some(value) = plain(text.as_bytes(), decimal) {
        return Some(value);
    }
    let mark = match decimal {
        Some(Decimal::Comma) => ',',
        Some(Decimal::Point) => '.',
        None => {
            if text.rfind(',') > text.rfind('.') {
                ','
            } else {
                '.'
            }
        }
    };
    let mut tidy = String::with_capacity(text.len());
    let mut group = None;
    for c in text.chars() {
        match c {
            c if c == mark => {
                if group.is_some_and(|digits| digits != 3) || tidy.contains('.') {
                    return None;
                }
                group = None;
                tidy.push('.');
            }
            // Thousands are set apart in groups of three, before the decimal mark.
            ' ' | '\u{a0}' | '\u{202f}' | '\'' | ',' | '.' => {
                if tidy.contains('.') || group.is_some_and(|digits| digits != 3) {
                    return None;
                }
                group = Some(0);
            }
            '\u{2212}' => tidy.push('-'),
            c => {
                if c.is_ascii_digit() {
                    group = group.map(|digits| digits + 1);
                }
                tidy.push(c);
            }
        }
    }
    if group.is_some_and(|digits| digits != 3) || !tidy.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let only_numbers = tidy.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E'));
    tidy.parse::<f64>().ok().filter(|value| only_numbers && value.is_finite())
}

/// Digits with at most one mark, which most values are. Both numbers of the division are exact, so the value is the
/// nearest there is.
fn plain(text: &[u8], decimal: Option<Decimal>) -> Option<f64> {
    const POWERS: [f64; 16] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
    let (mut value, mut decimals) = (0_u64, None);
    if text.len() > 15 || !text.first()?.is_ascii_digit() || !text.last()?.is_ascii_digit() {
        return None;
    }
    for byte in text {
        match (byte, decimal) {
            (b'0'..=b'9', _) => {
                value = value * 10 + u64::from(byte - b'0');
                decimals = decimals.map(|n: usize| n + 1);
            }
            (b',', None | Some(Decimal::Comma)) | (b'.', None | Some(Decimal::Point)) if decimals.is_none() => {
                decimals = Some(0);
            }
            _ => return None,
        }
    }
    Some(value as f64 / POWERS[decimals.unwrap_or(0)])
}

/// Yes and no in the words of extracts; `None` when the word is neither.
pub(super) fn flag(text: &str) -> Option<bool> {
    let is = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(text));
    if is(&["1", "j", "ja", "y", "yes", "x", "true", "t", "sann", "1.0", "on", "fast"]) {
        Some(true)
    } else if is(&["0", "n", "nei", "no", "false", "f", "usann", "0.0", "-", "off"]) {
        Some(false)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_habit_of_numbers_is_understood() {
        for (text, expected) in [
            ("7", Some(7.0)),
            ("7.2", Some(7.2)),
            ("7,2", Some(7.2)),
            ("0,1", Some(0.1)),
            ("123456789,12345", Some(123_456_789.123_45)),
            ("1 234,5", Some(1234.5)),
            ("1\u{a0}234\u{a0}567", Some(1_234_567.0)),
            ("1.234,5", Some(1234.5)),
            ("1,234.5", Some(1234.5)),
            ("-0,5", Some(-0.5)),
            ("\u{2212}3", Some(-3.0)),
            ("1,2E+3", Some(1200.0)),
            ("12 34", None),
            ("1,2,3", None),
            ("negativ", None),
            ("inf", None),
            ("nan", None),
            ("", None),
            (",", None),
        ] {
            assert_eq!(number(text, None), expected, "{text}");
        }
        assert_eq!(number("1.234", Some(Decimal::Comma)), Some(1234.0));
        assert_eq!(number("1.234", None), Some(1.234));
        assert_eq!(number("1.23", Some(Decimal::Comma)), None);
        assert_eq!(number("1,234", Some(Decimal::Point)), Some(1234.0));
    }

    #[test]
    fn signs_are_kept_apart() {
        assert_eq!(measured("<5", None), Some(Measured { value: 5.0, sign: "<" }));
        assert_eq!(measured("≥ 90", None), Some(Measured { value: 90.0, sign: ">=" }));
        assert_eq!(measured("positiv", None), None);
    }

    #[test]
    fn flags_are_read_in_three_languages() {
        assert!(["Ja", "J", "x", "1", "TRUE", "Sann"].iter().all(|word| flag(word) == Some(true)));
        assert!(["Nei", "n", "0", "false"].iter().all(|word| flag(word) == Some(false)));
        assert_eq!(flag("kanskje"), None);
    }
}
