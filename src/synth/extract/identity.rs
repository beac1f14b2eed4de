//! Identity numbers of nobody: the series for synthetic persons (Skatteetaten), which adds 80 to the month.

use crate::clinical::{Day, Sex};

const WEIGHTS_1: [u32; 9] = [3, 7, 6, 1, 8, 9, 4, 5, 2];
const WEIGHTS_2: [u32; 10] = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2];

/// Eleven digits with both check digits right. Two patients of one birth date and sex may bear the same one when a cohort is
/// large: 249 numbers a day and sex are all there are in a century's half.
#[must_use]
pub fn synthetic_number(number: u64, born: Day, sex: Sex) -> String {
    let (year, month, day) = born.ymd();
    // 000 to 499 for those born before 2000, 500 to 999 after; odd for men.
    let century = if year < 2000 { 0 } else { 500 };
    (0..249_u64)
        .map(|step| {
            let serial = century + number.wrapping_mul(7).wrapping_add(step) % 249 * 2 + u64::from(sex == Sex::Male);
            format!("{day:02}{:02}{:02}{serial:03}", month + 80, year.rem_euclid(100))
        })
        .find_map(|nine| with_check_digits(&nine))
        .unwrap_or_default()
}

fn with_check_digits(nine: &str) -> Option<String> {
    let mut digits: Vec<u32> = nine.bytes().map(|byte| u32::from(byte - b'0')).collect();
    for weights in [&WEIGHTS_1[..], &WEIGHTS_2[..]] {
        let sum: u32 = weights.iter().zip(&digits).map(|(weight, digit)| weight * digit).sum();
        match (11 - sum % 11) % 11 {
            10 => return None,
            check => digits.push(check),
        }
    }
    Some(digits.iter().map(ToString::to_string).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::identity::IdentityNumber;

    #[test]
    fn numbers_are_right_and_surely_of_nobody() {
        for number in 0..2_000 {
            let born = Day(-20_000 + 23 * i32::try_from(number).unwrap());
            let sex = if number % 3 == 0 { Sex::Male } else { Sex::Female };
            let read = IdentityNumber::read(&synthetic_number(number, born, sex)).unwrap();
            assert!(read.is_surely_synthetic());
            assert!(!read.contradicts_birth(born) && !read.contradicts_sex(sex));
        }
    }
}
