//! Finding the patient that an id means, and what her own row says for the cleaning of her facts.

use super::report::Finding;
use crate::clinical::identity::{Damage, IdentityNumber, restore};
use crate::journal::ids::PatientIds;
use crate::journal::rows::NO_DAY;
use std::sync::Arc;

/// The practice's patients while an extract is read.
#[derive(Debug)]
pub(super) struct Patients {
    pub ids: Arc<PatientIds>,
    /// Birth date by rank; `NO_DAY` for patients whose own row was refused.
    pub births: Vec<i32>,
    /// Ids are identity numbers, so those that Excel damaged are restored.
    pub identity: bool,
}

/// What an id led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    Rank(u32, Option<Finding>),
    /// Excel rounded the number.
    Damaged,
    Nobody,
}

/// Share of ids that must be identity numbers before others are taken for damaged ones.
const IDENTITY_SHARE: f64 = 0.8;

impl Patients {
    /// From the ids of the patients table, doubles included. Empty ids are no patients.
    #[must_use]
    pub fn new(ids: &[&str]) -> Patients {
        let ids: Vec<&str> = ids.iter().copied().filter(|id| !id.is_empty()).collect();
        let numbers = ids.iter().filter(|id| IdentityNumber::read(id).is_some() || restore(id).is_some()).count();
        let rounded = ids.iter().filter(|id| is_rounded(id.as_bytes()) && restore(id).is_none()).count();
        let identity = numbers > 0 && numbers as f64 >= (ids.len() - rounded) as f64 * IDENTITY_SHARE;
        let restored: Vec<Option<String>> = match identity {
            true => ids.iter().map(|id| restore(id).map(|(number, _)| number)).collect(),
            false => Vec::new(),
        };
        let whole =
            |(index, id): (usize, &&str)| !is_rounded(id.as_bytes()) || matches!(restored.get(index), Some(Some(_)));
        let kept = ids.iter().enumerate().filter(|(index, id)| whole((*index, id)));
        let ids = PatientIds::new(kept.map(|(index, id)| match restored.get(index) {
            Some(Some(number)) => number.as_str(),
            _ => *id,
        }));
        Patients { births: vec![NO_DAY; ids.len()], ids: Arc::new(ids), identity }
    }

    /// Finds the patient, also behind what Excel and data frames do to numbers.
    #[must_use]
    pub fn find(&self, id: &[u8]) -> Found {
        if let Some(rank) = self.ids.rank(id) {
            return Found::Rank(rank, None);
        }
        self.recover(id)
    }

    #[cold]
    fn recover(&self, id: &[u8]) -> Found {
        let whole = id.strip_suffix(b".0").or_else(|| id.strip_suffix(b",0"));
        if let Some(rank) = whole.and_then(|id| self.ids.rank(id)) {
            return Found::Rank(rank, Some(Finding::RestoredFraction));
        }
        let text = String::from_utf8_lossy(whole.unwrap_or(id));
        if self.identity
            && let Some((number, damage)) = restore(&text)
            && let Some(rank) = self.ids.rank(number.as_bytes())
        {
            let finding = match damage {
                Damage::LostLeadingZero => Finding::RestoredZero,
                Damage::Exponent => Finding::RestoredExponent,
            };
            return Found::Rank(rank, Some(finding));
        }
        if is_rounded(id) { Found::Damaged } else { Found::Nobody }
    }
}

/// `3,01083E+10`: a number that Excel wrote as a power of ten.
fn is_rounded(id: &[u8]) -> bool {
    let Some(at) = id.iter().position(|b| matches!(b, b'E' | b'e')) else { return false };
    let (mantissa, exponent) = (&id[..at], &id[at + 1..]);
    let mark = mantissa.iter().filter(|b| matches!(b, b',' | b'.')).count();
    exponent.strip_prefix(b"+").is_some_and(|digits| !digits.is_empty() && digits.iter().all(u8::is_ascii_digit))
        && mark <= 1
        && mantissa.iter().all(|b| b.is_ascii_digit() || matches!(b, b',' | b'.'))
        && !mantissa.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damaged_identity_numbers_find_their_patient() {
        let patients = Patients::new(&["02013299997", "30108299920", "2013299903", "3,01083E+10"]);
        assert!(patients.identity && patients.ids.len() == 3 && !patients.ids.are_integers());
        let rank = |id: &str| patients.ids.rank(id.as_bytes()).unwrap();
        assert_eq!(patients.find(b"2013299997"), Found::Rank(rank("02013299997"), Some(Finding::RestoredZero)));
        assert_eq!(patients.find(b"02013299903"), Found::Rank(rank("02013299903"), None));
        let exponent = Found::Rank(rank("30108299920"), Some(Finding::RestoredExponent));
        assert_eq!(patients.find(b"3,010829992E+10"), exponent);
        assert_eq!(patients.find(b"3,01083E+10"), Found::Damaged);
        assert_eq!(patients.find(b"2013299998"), Found::Nobody);
    }

    #[test]
    fn internal_ids_are_never_restored() {
        let patients = Patients::new(&["1", "22", "2013299997"]);
        assert!(!patients.identity && patients.ids.are_integers());
        assert_eq!(patients.find(b"22.0"), Found::Rank(1, Some(Finding::RestoredFraction)));
        assert_eq!(patients.find(b"022"), Found::Nobody);
    }
}
