//! Exact points: decimal weights are summed as integers, so a score equals the sum of its shown parts.

use std::fmt;
use std::ops::{Add, AddAssign, Neg, Sub};

/// A number of points in millionths: exact for every weight with at most six decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Points(pub i64);

impl Points {
    pub const ZERO: Points = Points(0);
    /// Millionths in one point.
    pub const SCALE: i64 = 1_000_000;

    #[must_use]
    pub const fn whole(n: i64) -> Points {
        Points(n * Self::SCALE)
    }

    /// Reads a decimal number exactly; `None` when it is no number, has more than six decimals or is too large.
    #[must_use]
    pub fn parse(text: &str) -> Option<Points> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let fraction = fraction.trim_end_matches('0');
        let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || whole.len() > 9 || fraction.len() > 6 || !all_digits(whole) || !all_digits(fraction) {
            return None;
        }
        let value = format!("{whole}{fraction:0<6}").parse::<i64>().ok()?;
        Some(Points(if negative { -value } else { value }))
    }

    /// The nearest binary number, for tables that other tools read.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "points are far below 2^52 millionths")]
    pub fn as_f64(self) -> f64 {
        self.0 as f64 / Self::SCALE as f64
    }

    /// How many decimals are needed to write it exactly.
    #[must_use]
    pub fn decimals(self) -> usize {
        let mut rest = self.0.unsigned_abs() % 1_000_000;
        let mut decimals = 6;
        while decimals > 0 && rest.is_multiple_of(10) {
            rest /= 10;
            decimals -= 1;
        }
        decimals
    }
}

impl Add for Points {
    type Output = Points;
    fn add(self, other: Points) -> Points {
        Points(self.0 + other.0)
    }
}

impl Sub for Points {
    type Output = Points;
    fn sub(self, other: Points) -> Points {
        Points(self.0 - other.0)
    }
}

impl Neg for Points {
    type Output = Points;
    fn neg(self) -> Points {
        Points(-self.0)
    }
}

impl AddAssign for Points {
    fn add_assign(&mut self, other: Points) {
        self.0 += other.0;
    }
}

impl std::iter::Sum for Points {
    fn sum<I: Iterator<Item = Points>>(iter: I) -> Points {
        iter.fold(Points::ZERO, Add::add)
    }
}

impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, rest) = (self.0.unsigned_abs() / 1_000_000, self.0.unsigned_abs() % 1_000_000);
        match self.decimals() {
            0 => write!(f, "{sign}{whole}"),
            n => write!(f, "{sign}{whole}.{}", &format!("{rest:06}")[..n]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Points;

    #[test]
    fn decimals_are_exact() {
        for text in ["0", "7.1", "-0.5", "3", "0.000001", "-12", "173.2"] {
            assert_eq!(Points::parse(text).unwrap().to_string(), text);
        }
        let tenths: Points = std::iter::repeat_n(Points::parse("0.1").unwrap(), 10).sum();
        assert_eq!(tenths, Points::whole(1));
        for wrong in ["", "x", "1.2345678", "1e3", "--1", "1,5"] {
            assert_eq!(Points::parse(wrong), None, "{wrong}");
        }
    }
}
