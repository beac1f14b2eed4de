//! Norwegian identity numbers: a check on the quality of an extract, never a source of age or sex.
//!
//! From 1 January 2032 new numbers carry neither sex nor century and follow a wider first checksum, also for people born
//! earlier; so nothing is ever derived from the digits but a warning that two columns disagree.

use super::{Day, Sex};
use std::fmt;

/// What kind of number it is, by its digits alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NumberKind {
    /// Fødselsnummer.
    National,
    /// D-number: the day plus 40.
    D,
    /// H-number (a hospital's own), or a synthetic number of the +40 series: the month plus 40. The two look the same.
    HOrSynthetic40,
    /// FH-number: begins with 8 or 9, tells no birth date.
    Fh,
    /// Synthetic, month plus 65 (Norsk helsenett).
    Synthetic65,
    /// Synthetic, month plus 80 (Skatteetaten).
    Synthetic80,
}

/// Which checksum the number passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Checksum {
    /// The rule in force before 2032; every such number passes the new rule too.
    Both,
    /// Only the rule for numbers given out from 1 January 2032.
    From2032,
}

/// A number of eleven digits whose checksum holds.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct IdentityNumber {
    digits: [u8; 11],
    pub kind: NumberKind,
    pub checksum: Checksum,
    /// The day carries the D-number's 40 as well (a D-number may be synthetic too).
    d: bool,
}

impl fmt::Debug for IdentityNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IdentityNumber({:?})", self.kind)
    }
}

const WEIGHTS_1: [u32; 9] = [3, 7, 6, 1, 8, 9, 4, 5, 2];
const WEIGHTS_2: [u32; 10] = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2];

impl IdentityNumber {
    /// Reads eleven digits, blanks allowed between them; `None` when the checksum or the date part fails.
    #[must_use]
    pub fn read(text: &str) -> Option<IdentityNumber> {
        let mut digits = [0_u8; 11];
        let mut n = 0;
        for byte in text.trim().bytes().filter(|b| *b != b' ') {
            *digits.get_mut(n)? = byte.is_ascii_digit().then_some(byte - b'0')?;
            n += 1;
        }
        (n == 11).then_some(())?;
        let checksum = checksum(&digits)?;
        let (kind, d) = kind(&digits)?;
        Some(IdentityNumber { digits, kind, checksum, d })
    }

    /// A number that must not stand in a practice's real extract.
    #[must_use]
    pub fn is_surely_synthetic(&self) -> bool {
        matches!(self.kind, NumberKind::Synthetic65 | NumberKind::Synthetic80)
    }

    /// Given to people without a national number: who has one may be missed by care that others get.
    #[must_use]
    pub fn is_d_number(&self) -> bool {
        self.d
    }

    /// Whether the number's day, month and year say something else than the birth date of the patient's own column.
    ///
    /// The century is not compared: numbers of the series from 2032 do not tell it.
    #[must_use]
    pub fn contradicts_birth(&self, birth: Day) -> bool {
        if self.kind == NumberKind::Fh {
            return false;
        }
        let (year, month, day) = birth.ymd();
        self.date_part() != (day, month, year.rem_euclid(100).unsigned_abs())
    }

    /// Whether the ninth digit says another sex than the patient's own column. Numbers that only pass the rule of 2032
    /// do not tell the sex; nor do FH-numbers.
    #[must_use]
    pub fn contradicts_sex(&self, sex: Sex) -> bool {
        if self.kind == NumberKind::Fh || self.checksum == Checksum::From2032 {
            return false;
        }
        self.digits[8].is_multiple_of(2) != (sex == Sex::Female)
    }

    fn date_part(&self) -> (u32, u32, u32) {
        let (day, month, year) = parts(&self.digits);
        (if self.d { day - 40 } else { day }, month - month_shift(self.kind), year)
    }
}

/// What Excel did to a number that it took for an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Damage {
    LostLeadingZero,
    /// `3,01083E+10`.
    Exponent,
}

/// Restores a number that Excel damaged, only when the restored digits pass the checksum.
#[must_use]
pub fn restore(text: &str) -> Option<(String, Damage)> {
    let text = text.trim();
    if text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit()) {
        let padded = format!("0{text}");
        return IdentityNumber::read(&padded).map(|_| (padded, Damage::LostLeadingZero));
    }
    let digits = expand_exponent(text)?;
    let padded = format!("{digits:0>11}");
    IdentityNumber::read(&padded).map(|_| (padded, Damage::Exponent))
}

/// `3,01083E+10` is 30108300000: the digits that Excel rounded away are zeros, so few restored numbers pass the checksum.
fn expand_exponent(text: &str) -> Option<String> {
    let (mantissa, exponent) = text.split_once(['E', 'e'])?;
    let exponent: usize = exponent.strip_prefix('+').unwrap_or(exponent).parse().ok()?;
    let (whole, fraction) = mantissa.split_once([',', '.']).unwrap_or((mantissa, ""));
    let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    let readable = whole.len() == 1 && all_digits(whole) && all_digits(fraction);
    (readable && (9..=10).contains(&exponent) && fraction.len() <= exponent)
        .then(|| format!("{whole}{fraction:0<exponent$}"))
}

fn checksum(digits: &[u8; 11]) -> Option<Checksum> {
    let sum = |weights: &[u32]| weights.iter().zip(digits).map(|(w, d)| w * u32::from(*d)).sum::<u32>();
    if (sum(&WEIGHTS_2) + u32::from(digits[10])) % 11 != 0 {
        return None;
    }
    // With the old rule the weighted sum, control digit included, leaves 0; from 2032 it may leave 0 to 3.
    match (sum(&WEIGHTS_1) + u32::from(digits[9])) % 11 {
        0 => Some(Checksum::Both),
        1..=3 => Some(Checksum::From2032),
        _ => None,
    }
}

fn parts(digits: &[u8; 11]) -> (u32, u32, u32) {
    let two = |i: usize| u32::from(digits[i]) * 10 + u32::from(digits[i + 1]);
    (two(0), two(2), two(4))
}

fn month_shift(kind: NumberKind) -> u32 {
    match kind {
        NumberKind::HOrSynthetic40 => 40,
        NumberKind::Synthetic65 => 65,
        NumberKind::Synthetic80 => 80,
        NumberKind::National | NumberKind::D | NumberKind::Fh => 0,
    }
}

fn kind(digits: &[u8; 11]) -> Option<(NumberKind, bool)> {
    if digits[0] >= 8 {
        return Some((NumberKind::Fh, false));
    }
    let (day, month, year) = parts(digits);
    let d = day > 40;
    let kind = match month {
        1..=12 if d => NumberKind::D,
        1..=12 => NumberKind::National,
        41..=52 => NumberKind::HOrSynthetic40,
        66..=77 => NumberKind::Synthetic65,
        81..=92 => NumberKind::Synthetic80,
        _ => return None,
    };
    // The century is unknown, so 29 February passes when either century has it.
    let day = if d { day - 40 } else { day };
    let month = month - month_shift(kind);
    let exists = [1900, 2000].into_iter().any(|century| Day::from_ymd(century + year as i32, month, day).is_some());
    exists.then_some((kind, d))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Completes nine digits with control digits by the old rule.
    fn number(nine: &str) -> Option<String> {
        (0..100).map(|control| format!("{nine}{control:02}")).find(|text| {
            let digits: Vec<u8> = text.bytes().map(|b| b - b'0').collect();
            checksum(&digits.try_into().unwrap()) == Some(Checksum::Both)
        })
    }

    #[test]
    fn the_vectors_of_the_2032_rule() {
        for (text, expected) in [
            ("02013299997", Some(Checksum::Both)),
            ("30108299920", Some(Checksum::Both)),
            ("02013299903", Some(Checksum::From2032)),
            ("30108299939", Some(Checksum::From2032)),
            ("02013299998", None),
            ("30108299921", None),
        ] {
            assert_eq!(IdentityNumber::read(text).map(|n| n.checksum), expected, "{text}");
        }
    }

    #[test]
    fn every_series_is_told_apart() {
        for (nine, kind) in [
            ("020132999", NumberKind::National),
            ("420132999", NumberKind::D),
            ("024132999", NumberKind::HOrSynthetic40),
            ("026632999", NumberKind::Synthetic65),
            ("028132999", NumberKind::Synthetic80),
            ("428132999", NumberKind::Synthetic80),
            ("820132999", NumberKind::Fh),
        ] {
            let text = number(nine).unwrap_or_else(|| number(&nine.replace("999", "998")).unwrap());
            let read = IdentityNumber::read(&text).unwrap();
            assert_eq!(read.kind, kind, "{nine}");
            assert!(!read.contradicts_birth(Day::from_ymd(1932, 1, 2).unwrap()), "{nine}");
            assert_eq!(read.contradicts_birth(Day::from_ymd(1932, 1, 3).unwrap()), kind != NumberKind::Fh, "{nine}");
        }
        assert!(IdentityNumber::read("00000000000").is_none());
        assert!(!format!("{:?}", IdentityNumber::read("02013299997").unwrap()).contains("0201"));
    }

    #[test]
    fn new_numbers_never_contradict_a_sex() {
        let old = IdentityNumber::read("02013299997").unwrap();
        assert_ne!(old.contradicts_sex(Sex::Female), old.contradicts_sex(Sex::Male));
        let new = IdentityNumber::read("02013299903").unwrap();
        assert!(!new.contradicts_sex(Sex::Female) && !new.contradicts_sex(Sex::Male));
    }

    #[test]
    fn excel_damage_is_restored_only_when_the_checksum_passes() {
        assert_eq!(restore("2013299997"), Some(("02013299997".to_owned(), Damage::LostLeadingZero)));
        assert_eq!(restore("2013299998"), None);
        assert_eq!(restore("3,010829992E+10"), Some(("30108299920".to_owned(), Damage::Exponent)));
        assert_eq!(restore("2.013299997E+9"), Some(("02013299997".to_owned(), Damage::Exponent)));
        assert_eq!(restore("3,01083E+10"), None);
        assert_eq!(restore("123456"), None);
    }
}
