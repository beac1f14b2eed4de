//! The patients' ids, sorted: a patient is known by her rank, and every table of the journal follows that order.

use arrow::array::{ArrayRef, Int64Array, StringBuilder};
use arrow::datatypes::DataType;
use std::sync::Arc;

/// Distinct patient ids in journal order: whole numbers by size, texts byte by byte.
#[derive(Debug)]
pub struct PatientIds {
    ids: Ids,
    /// Open addressing: a hash's slot holds a rank, or `EMPTY`.
    slots: Vec<u32>,
    /// The least number of a dense series: neighbours then lie in neighbouring slots, and never collide.
    dense_from: Option<i64>,
}

#[derive(Debug)]
enum Ids {
    Integers(Vec<i64>),
    Texts { bytes: Vec<u8>, ends: Vec<usize> },
}

const EMPTY: u32 = u32::MAX;

impl PatientIds {
    /// Keeps ids as whole numbers when every one of them is written as one without leading zeros, otherwise as texts.
    ///
    /// A journal holds fewer than 2³² patients.
    #[must_use]
    pub fn new<'a>(ids: impl Iterator<Item = &'a str> + Clone) -> PatientIds {
        let integers: Option<Vec<i64>> = ids.clone().map(integer).collect();
        let ids = match integers {
            Some(mut integers) => {
                integers.sort_unstable();
                integers.dedup();
                Ids::Integers(integers)
            }
            None => {
                let mut sorted: Vec<&str> = ids.collect();
                sorted.sort_unstable();
                sorted.dedup();
                let mut bytes = Vec::with_capacity(sorted.iter().map(|id| id.len()).sum());
                let mut ends = Vec::with_capacity(sorted.len());
                for id in sorted {
                    bytes.extend_from_slice(id.as_bytes());
                    ends.push(bytes.len());
                }
                Ids::Texts { bytes, ends }
            }
        };
        PatientIds::index(ids)
    }

    fn index(ids: Ids) -> PatientIds {
        let mut all = PatientIds { ids, slots: Vec::new(), dense_from: None };
        let mut size = (all.len() * 2).next_power_of_two().max(16);
        if let Ids::Integers(ids) = &all.ids
            && let (Some(first), Some(last)) = (ids.first(), ids.last())
            && last.abs_diff(*first) < size as u64 * 2
        {
            all.dense_from = Some(*first);
            size *= 2;
        }
        let mut slots = vec![EMPTY; size];
        for rank in 0..all.len() {
            let mut slot = all.hash_of(rank) & (size - 1);
            while slots[slot] != EMPTY {
                slot = (slot + 1) & (size - 1);
            }
            slots[slot] = u32::try_from(rank).unwrap_or(EMPTY);
        }
        all.slots = slots;
        all
    }

    #[must_use]
    pub fn len(&self) -> usize {
        match &self.ids {
            Ids::Integers(ids) => ids.len(),
            Ids::Texts { ends, .. } => ends.len(),
        }
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    #[must_use]
    pub fn are_integers(&self) -> bool {
        matches!(self.ids, Ids::Integers(_))
    }

    #[must_use]
    pub fn data_type(&self) -> DataType {
        if self.are_integers() { DataType::Int64 } else { DataType::Utf8 }
    }

    /// The patient's place in journal order, or `None` when she is not on the list.
    #[must_use]
    pub fn rank(&self, id: &[u8]) -> Option<u32> {
        match &self.ids {
            Ids::Integers(ids) => {
                let wanted = integer_bytes(id)?;
                self.find(self.hash_integer(wanted), |rank| ids[rank] == wanted)
            }
            Ids::Texts { bytes, ends } => self.find(hash_bytes(id), |rank| text(bytes, ends, rank) == id),
        }
    }

    /// As [`PatientIds::rank`] for an id that is a number already; `None` when ids are texts.
    #[must_use]
    pub fn rank_of_integer(&self, id: i64) -> Option<u32> {
        match &self.ids {
            Ids::Integers(ids) => self.find(self.hash_integer(id), |rank| ids[rank] == id),
            Ids::Texts { .. } => None,
        }
    }

    fn find(&self, hash: usize, is_it: impl Fn(usize) -> bool) -> Option<u32> {
        let mask = self.slots.len() - 1;
        let mut slot = hash & mask;
        loop {
            match self.slots[slot] {
                EMPTY => return None,
                rank if is_it(rank as usize) => return Some(rank),
                _ => slot = (slot + 1) & mask,
            }
        }
    }

    fn hash_of(&self, rank: usize) -> usize {
        match &self.ids {
            Ids::Integers(ids) => self.hash_integer(ids[rank]),
            Ids::Texts { bytes, ends } => hash_bytes(text(bytes, ends, rank)),
        }
    }

    fn hash_integer(&self, id: i64) -> usize {
        match self.dense_from {
            Some(first) => id.wrapping_sub(first) as usize,
            None => (id.cast_unsigned().wrapping_mul(MULTIPLIER) >> 20) as usize,
        }
    }

    /// The id of a rank, as text.
    #[must_use]
    pub fn text(&self, rank: u32) -> String {
        match &self.ids {
            Ids::Integers(ids) => ids[rank as usize].to_string(),
            Ids::Texts { bytes, ends } => String::from_utf8_lossy(text(bytes, ends, rank as usize)).into_owned(),
        }
    }

    /// The ids of these ranks as an Arrow column.
    #[must_use]
    pub fn column(&self, ranks: &[u32]) -> ArrayRef {
        match &self.ids {
            Ids::Integers(ids) => Arc::new(Int64Array::from_iter_values(ranks.iter().map(|rank| ids[*rank as usize]))),
            Ids::Texts { bytes, ends } => {
                let mut out = StringBuilder::with_capacity(ranks.len(), ranks.len() * 12);
                for rank in ranks {
                    // Only whole texts are ever put in.
                    out.append_value(String::from_utf8_lossy(text(bytes, ends, *rank as usize)));
                }
                Arc::new(out.finish())
            }
        }
    }
}

fn text<'a>(bytes: &'a [u8], ends: &[usize], rank: usize) -> &'a [u8] {
    let start = if rank == 0 { 0 } else { ends[rank - 1] };
    &bytes[start..ends[rank]]
}

/// A whole number as its one and only spelling: no plus, no leading zero, no `-0`.
fn integer(id: &str) -> Option<i64> {
    integer_bytes(id.as_bytes())
}

fn integer_bytes(id: &[u8]) -> Option<i64> {
    let (negative, digits) = match id.split_first()? {
        (b'-', rest) => (true, rest),
        _ => (false, id),
    };
    if digits.is_empty() || digits.len() > 18 || (digits[0] == b'0' && (digits.len() > 1 || negative)) {
        return None;
    }
    let mut value = 0_i64;
    for byte in digits {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        value = value * 10 + i64::from(digit);
    }
    Some(if negative { -value } else { value })
}

const MULTIPLIER: u64 = 0x9E37_79B9_7F4A_7C15;

fn hash_bytes(id: &[u8]) -> usize {
    let mut hash = id.len() as u64;
    for chunk in id.chunks(8) {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        hash = (hash.rotate_left(5) ^ u64::from_le_bytes(word)).wrapping_mul(MULTIPLIER);
    }
    (hash >> 20) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_stay_numbers_until_one_is_not() {
        let ids = PatientIds::new(["30", "7", "-2", "7", "0"].into_iter());
        assert!(ids.are_integers() && ids.len() == 4);
        assert_eq!(
            [ids.rank(b"-2"), ids.rank(b"0"), ids.rank(b"7"), ids.rank(b"30")],
            [Some(0), Some(1), Some(2), Some(3)]
        );
        assert_eq!([ids.rank(b"007"), ids.rank(b"x"), ids.rank(b""), ids.rank_of_integer(8)], [None; 4]);
        for other in ["07", "a", "1.0", "+1", "99999999999999999999"] {
            let ids = PatientIds::new(["30", other].into_iter());
            assert!(!ids.are_integers() && ids.rank(other.as_bytes()).is_some() && ids.rank(b"30").is_some());
        }
    }

    #[test]
    fn every_id_of_many_is_found() {
        let many: Vec<String> = (0..5_000).map(|n| format!("p{:05}", n * 7)).collect();
        let ids = PatientIds::new(many.iter().map(String::as_str));
        assert!(many.iter().enumerate().all(|(rank, id)| ids.rank(id.as_bytes()) == Some(rank as u32)));
        let sparse: Vec<String> = (0..5_000_i64).map(|n| (n * 1_048_576).to_string()).collect();
        let ids = PatientIds::new(sparse.iter().map(String::as_str));
        assert!(sparse.iter().enumerate().all(|(rank, id)| ids.rank(id.as_bytes()) == Some(rank as u32)));
        assert_eq!(PatientIds::new(std::iter::empty()).rank(b"1"), None);
    }
}
