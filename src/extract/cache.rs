//! What was already worked out for a raw value: each distinct word of a column is cleaned once.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Words remembered at most: a column of free text must not fill the memory.
const MOST: usize = 1 << 17;
const MULTIPLIER: u64 = 0x9E37_79B9_7F4A_7C15;

/// Raw bytes (and a small context, such as the code system) to what they mean.
#[derive(Debug)]
pub(super) struct Cache {
    /// Words of at most six bytes, packed with their length and context: key 0 is a free slot.
    short: Vec<(u64, u32)>,
    filled: usize,
    long: HashMap<(u8, Box<[u8]>), u32, BuildHasherDefault<Mix>>,
    /// The word before: columns often repeat themselves.
    last: (u8, Vec<u8>, u32),
    has_last: bool,
}

impl Default for Cache {
    fn default() -> Cache {
        Cache {
            short: vec![(0, 0); 1 << 10],
            filled: 0,
            long: HashMap::default(),
            last: (0, Vec::new(), 0),
            has_last: false,
        }
    }
}

impl Cache {
    /// What `raw` means; worked out by `find` when it was not met before.
    #[inline]
    pub fn get(&mut self, context: u8, raw: &[u8], find: impl FnOnce() -> u32) -> u32 {
        if raw.len() <= 7 {
            return self.get_short(context, raw, find);
        }
        if self.has_last && self.last.0 == context && self.last.1 == raw {
            return self.last.2;
        }
        let key = (context, raw);
        let known = self.long.get(&Probe(key) as &dyn Key).copied();
        let meaning = known.unwrap_or_else(|| {
            let meaning = find();
            if self.long.len() >= MOST {
                self.long.clear();
            }
            self.long.insert((context, raw.into()), meaning);
            meaning
        });
        self.last.0 = context;
        self.last.1.clear();
        self.last.1.extend_from_slice(raw);
        self.last.2 = meaning;
        self.has_last = true;
        meaning
    }

    #[inline]
    fn get_short(&mut self, context: u8, raw: &[u8], find: impl FnOnce() -> u32) -> u32 {
        let key = pack(context, raw);
        let mask = self.short.len() - 1;
        let mut slot = (key.wrapping_mul(MULTIPLIER) >> 40) as usize & mask;
        loop {
            match self.short[slot] {
                (found, meaning) if found == key => return meaning,
                (0, _) => break,
                _ => slot = (slot + 1) & mask,
            }
        }
        let meaning = find();
        self.short[slot] = (key, meaning);
        self.filled += 1;
        if self.filled * 4 > self.short.len() * 3 {
            self.grow();
        }
        meaning
    }

    fn grow(&mut self) {
        if self.filled >= MOST {
            self.short.fill((0, 0));
            self.filled = 0;
            return;
        }
        let bigger = vec![(0, 0); self.short.len() * 2];
        let mask = bigger.len() - 1;
        for entry in std::mem::replace(&mut self.short, bigger) {
            if entry.0 != 0 {
                let mut slot = (entry.0.wrapping_mul(MULTIPLIER) >> 40) as usize & mask;
                while self.short[slot].0 != 0 {
                    slot = (slot + 1) & mask;
                }
                self.short[slot] = entry;
            }
        }
    }
}

/// At most seven bytes, their number and the context in one number that is never 0.
fn pack(context: u8, raw: &[u8]) -> u64 {
    let mark = u64::from((context << 4) | (raw.len() as u8 + 1)) << 56;
    // Two reads that may overlap: the same bytes meet in the same place.
    let bytes = match raw {
        [a, b, c, d, rest @ ..] => {
            let first = u64::from(u32::from_le_bytes([*a, *b, *c, *d]));
            let last = raw.last_chunk::<4>().map_or(0, |last| u64::from(u32::from_le_bytes(*last)));
            first | last << (rest.len() * 8)
        }
        [a, b, c] => u64::from(u32::from_le_bytes([*a, *b, *c, 0])),
        [a, b] => u64::from(u16::from_le_bytes([*a, *b])),
        [a] => u64::from(*a),
        [] => 0,
    };
    bytes | mark
}

/// A key that is looked up without being owned.
trait Key {
    fn parts(&self) -> (u8, &[u8]);
}

struct Probe<'a>((u8, &'a [u8]));

impl Key for Probe<'_> {
    fn parts(&self) -> (u8, &[u8]) {
        self.0
    }
}

impl Key for (u8, Box<[u8]>) {
    fn parts(&self) -> (u8, &[u8]) {
        (self.0, &self.1)
    }
}

impl std::hash::Hash for dyn Key + '_ {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.parts().hash(state);
    }
}

impl PartialEq for dyn Key + '_ {
    fn eq(&self, other: &Self) -> bool {
        self.parts() == other.parts()
    }
}

impl Eq for dyn Key + '_ {}

impl<'a> std::borrow::Borrow<dyn Key + 'a> for (u8, Box<[u8]>) {
    fn borrow(&self) -> &(dyn Key + 'a) {
        self
    }
}

/// A quick hash for words of trusted length; the table is bounded, so nobody can make it slow for long.
#[derive(Debug, Default)]
pub(super) struct Mix(u64);

impl Hasher for Mix {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.0 = (self.0.rotate_left(5) ^ u64::from_le_bytes(word)).wrapping_mul(MULTIPLIER);
        }
    }

    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_worked_out_once_per_context() {
        let mut cache = Cache::default();
        let words: Vec<String> =
            (0..40_000).map(|n| if n % 2 == 0 { format!("{n}") } else { format!("a longer word {n}") }).collect();
        for (n, word) in words.iter().enumerate() {
            for context in 0..2 {
                let meaning = n as u32 * 2 + u32::from(context);
                assert_eq!(cache.get(context, word.as_bytes(), || meaning), meaning);
                assert_eq!(cache.get(context, word.as_bytes(), || unreachable!()), meaning);
            }
        }
        assert_eq!(cache.get(0, words[6].as_bytes(), || 1), 12);
        assert_eq!(cache.get(1, words[7].as_bytes(), || 1), 15);
        assert_eq!(cache.get(0, b"", || 9), 9);
    }
}
