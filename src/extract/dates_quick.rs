//! The two habits of writing dates that most extracts have on most rows, read all digits at once.

use crate::clinical::Day;
use std::sync::LazyLock;

/// `yyyy-mm-dd` and nothing more, which most extracts have on most rows.
#[inline]
pub(super) fn iso(text: &[u8]) -> Option<Day> {
    let [a, b, c, d, b'-', e, f, b'-', g, h] = *text.first_chunk::<10>().filter(|_| text.len() == 10)? else {
        return None;
    };
    quick([a, b, c, d, e, f, g, h])
}

/// `dd.mm.yyyy` and nothing more.
#[inline]
pub(super) fn norwegian(text: &[u8]) -> Option<Day> {
    let [g, h, b'.', e, f, b'.', a, b, c, d] = *text.first_chunk::<10>().filter(|_| text.len() == 10)? else {
        return None;
    };
    quick([a, b, c, d, e, f, g, h])
}

/// The day written `yyyymmdd`, all eight digits at once. The centuries that records speak of stand in a table.
#[inline]
fn quick(digits: [u8; 8]) -> Option<Day> {
    const ZEROS: u64 = 0x3030_3030_3030_3030;
    let text = u64::from_le_bytes(digits);
    // A digit has a high half of 3, also with 6 added: only then is its low half at most 9.
    let high = (text & 0xF0F0_F0F0_F0F0_F0F0) | (text.wrapping_add(0x0606_0606_0606_0606) & 0xF0F0_F0F0_F0F0_F0F0) >> 4;
    if high != ZEROS | ZEROS >> 4 {
        return None;
    }
    let [century, _, years, _, month, _, day, _] = pairs(text - ZEROS);
    let year = i32::from(century) * 100 + i32::from(years);
    let index = usize::try_from((year - FIRST_YEAR) * 12 + i32::from(month) - 1).ok();
    match index.and_then(|index| MONTHS.get(index)) {
        Some((before, longest)) if (1..=12).contains(&month) => {
            (1..=*longest).contains(&day).then(|| Day(before + i32::from(day)))
        }
        _ => Day::from_ymd(year, u32::from(month), u32::from(day)),
    }
}

/// Eight digits as four numbers below 100, in the bytes 0, 2, 4 and 6.
#[inline]
fn pairs(digits: u64) -> [u8; 8] {
    (digits.wrapping_mul(10).wrapping_add(digits >> 8)).to_le_bytes()
}

const FIRST_YEAR: i32 = 1900;
const LAST_YEAR: i32 = 2099;

/// For each month, the day before its first one and its number of days.
static MONTHS: LazyLock<Vec<(i32, u8)>> = LazyLock::new(|| {
    let month = |year: i32, month: u32| {
        let days = (28..=31).rev().find_map(|day| Some((Day::from_ymd(year, month, day)?, day)));
        days.map(|(last, days)| (last.0 - days as i32, days as u8))
    };
    (FIRST_YEAR..=LAST_YEAR).flat_map(|year| (1..=12).filter_map(move |number| month(year, number))).collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quick_way_reads_what_the_calendar_says() {
        for year in [1850, 1899, 1900, 1904, 2000, 2023, 2024, 2099, 2100] {
            for (month, day) in (0..=13).flat_map(|month| (0..=32).map(move |day| (month, day))) {
                let written = format!("{year:04}{month:02}{day:02}");
                let expected = Day::from_ymd(year, month, day);
                assert_eq!(quick(written.as_bytes().try_into().unwrap()), expected, "{written}");
            }
        }
        for odd in *b"/:;?@ -.aZ\x00\xB1\xFF" {
            for at in 0..8 {
                let mut written = *b"20240301";
                written[at] = odd;
                assert_eq!(quick(written), None, "{written:?}");
            }
        }
    }
}
