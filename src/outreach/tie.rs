//! The stable key that breaks ties: neither name nor identity number, and different from week to week.
//!
//! HMAC-SHA-256 (RFC 2104) over the patient's internal id and the ISO week, keyed with a secret of the practice, so that
//! nobody can work out beforehand who wins a tie, and nobody loses it every week.

use sha2::{Digest, Sha256};

use crate::clinical::Day;

/// The practice's secret.
#[derive(Clone)]
pub struct TieKey([u8; 32]);

/// Sorts candidates that are otherwise equal.
pub type Tie = [u8; 32];

impl TieKey {
    #[must_use]
    pub fn new(secret: [u8; 32]) -> TieKey {
        TieKey(secret)
    }

    #[must_use]
    pub fn tie(&self, patient: &str, on: Day) -> Tie {
        let (year, week) = iso_week(on);
        hmac(&self.0, &[patient.as_bytes(), b"\n", format!("{year:04}-W{week:02}").as_bytes()])
    }

    /// What stands in a day's files instead of any number of hers: ten signs that nobody without the secret can tie to her.
    #[must_use]
    pub fn row_key(&self, patient: &str, list: Day) -> String {
        const SIGNS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        let mac = hmac(&self.0, &[b"row\n", list.to_string().as_bytes(), b"\n", patient.as_bytes()]);
        mac.iter().take(10).map(|byte| char::from(SIGNS[usize::from(byte % 32)])).collect()
    }
}

fn hmac(key: &[u8; 32], message: &[&[u8]]) -> [u8; 32] {
    const BLOCK: usize = 64;
    let padded = |pad: u8| {
        let mut block = [pad; BLOCK];
        block.iter_mut().zip(key).for_each(|(byte, key)| *byte ^= key);
        block
    };
    let mut inner = Sha256::new_with_prefix(padded(0x36));
    message.iter().for_each(|part| inner.update(part));
    Sha256::new_with_prefix(padded(0x5c)).chain_update(inner.finalize()).finalize().into()
}

/// ISO 8601 week-numbering year and week: the week belongs to the year that holds its Thursday.
#[must_use]
pub fn iso_week(day: Day) -> (i32, u32) {
    // Day 0 was a Thursday; 0 is Monday here.
    let weekday = (day.0 + 3).rem_euclid(7);
    let thursday = day.plus(3 - weekday);
    let (year, _, _) = thursday.ymd();
    let new_year = Day::from_ymd(year, 1, 1).map_or(thursday.0, |first| first.0);
    (year, (thursday.0 - new_year) as u32 / 7 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse_iso(text).unwrap()
    }

    #[test]
    fn weeks_follow_iso_8601() {
        for (text, expected) in [
            ("2026-03-02", (2026, 10)),
            ("2025-12-29", (2026, 1)),
            ("2026-12-31", (2026, 53)),
            ("2027-01-03", (2026, 53)),
            ("2027-01-04", (2027, 1)),
            ("2024-12-30", (2025, 1)),
        ] {
            assert_eq!(iso_week(day(text)), expected, "{text}");
        }
    }

    #[test]
    fn the_mac_is_the_one_of_the_standard() {
        // RFC 4231, test case 1; a shorter key is padded with zeros.
        let mut key = [0; 32];
        key[..20].fill(0x0b);
        let hex: String = hmac(&key, &[b"Hi ", b"There"]).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hex, "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    }

    #[test]
    fn a_tie_is_stable_within_a_week_only() {
        let key = TieKey::new([7; 32]);
        assert_eq!(key.tie("17", day("2026-03-02")), key.tie("17", day("2026-03-08")));
        assert_ne!(key.tie("17", day("2026-03-02")), key.tie("17", day("2026-03-09")));
        assert_ne!(key.tie("17", day("2026-03-02")), key.tie("18", day("2026-03-02")));
    }
}
