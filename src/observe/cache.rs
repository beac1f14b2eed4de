//! What codes mean, kept from one row group to the next by each thread.

use super::codeword::CodeWord;
use super::facts::DiagnosisFact;
use super::lexicon::Lexicon;
use crate::clinical::{CodeSystem, code};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::{Mutex, PoisonError};

/// Meanings of raw codes, by system as written.
#[derive(Default)]
pub struct CodeCache {
    systems: Vec<BySystem>,
    buffer: String,
}

#[derive(Default)]
struct BySystem {
    written: Box<str>,
    system: Option<CodeSystem>,
    short: HashMap<u64, u64, BuildHasherDefault<Mixer>>,
    long: HashMap<Box<str>, u64>,
}

impl CodeCache {
    /// The number by which [`CodeCache::code_word`] knows a system as written.
    pub fn system(&mut self, written: &str) -> usize {
        if let Some(known) = self.systems.iter().position(|entry| *entry.written == *written) {
            return known;
        }
        let system = CodeSystem::parse(written).filter(|s| matches!(s, CodeSystem::Icpc2 | CodeSystem::Icd10));
        self.systems.push(BySystem { written: written.into(), system, ..BySystem::default() });
        self.systems.len() - 1
    }

    /// The fact word of a diagnosis code as written; 0 when no rule asks for it or it is no diagnosis code.
    pub fn code_word(&mut self, lexicon: &Lexicon, system: usize, raw: &str) -> u64 {
        let entry = &mut self.systems[system];
        let Some(system) = entry.system else { return 0 };
        let buffer = &mut self.buffer;
        let find = || {
            if !code::normalise(system, raw, buffer) {
                return 0;
            }
            let Some(word) = CodeWord::pack(buffer) else { return 0 };
            DiagnosisFact::code_word(system, word, lexicon.matcher.class_of(system, word))
        };
        match packed(raw) {
            Some(key) => *entry.short.entry(key).or_insert_with(find),
            None => match entry.long.get(raw) {
                Some(word) => *word,
                None => *entry.long.entry(raw.into()).or_insert_with(find),
            },
        }
    }
}

/// Up to eight bytes as one number; texts of different lengths differ because no code holds a zero byte.
fn packed(raw: &str) -> Option<u64> {
    let bytes = raw.as_bytes();
    (bytes.len() <= 8 && !bytes.contains(&0)).then(|| {
        let mut padded = [0; 8];
        padded[..bytes.len()].copy_from_slice(bytes);
        u64::from_le_bytes(padded)
    })
}

/// A fast hash of one number; codes come from files, not from an enemy.
#[derive(Default)]
struct Mixer(u64);

impl Hasher for Mixer {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    fn write_u64(&mut self, number: u64) {
        let mixed = (self.0 ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ mixed >> 32;
    }
}

/// Things that threads take and give back.
#[derive(Default)]
pub struct Pool<T>(Mutex<Vec<T>>);

impl<T: Default> Pool<T> {
    #[must_use]
    pub fn take(&self) -> T {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
    }

    pub fn give_back(&self, item: T) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(item);
    }
}
