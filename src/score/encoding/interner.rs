//! Numbering the distinct values of a block's column, in the order of their first row.

use std::collections::HashMap;

/// Numbers distinct whole numbers.
#[derive(Debug)]
pub struct Interner {
    /// Open addressing; the key of a free place is `u32::MAX`.
    places: Vec<(i64, u32)>,
    values: Vec<i64>,
    last: (i64, u32),
}

const FREE: u32 = u32::MAX;

impl Default for Interner {
    fn default() -> Interner {
        Interner { places: vec![(0, FREE); 256], values: Vec::new(), last: (0, FREE) }
    }
}

impl Interner {
    /// The number of a value.
    #[inline]
    pub fn key(&mut self, value: i64) -> u32 {
        if self.last.0 == value && self.last.1 != FREE {
            return self.last.1;
        }
        let mut at = self.home(value);
        let key = loop {
            match self.places[at] {
                (_, FREE) => break self.add(at, value),
                (known, key) if known == value => break key,
                _ => at = (at + 1) & (self.places.len() - 1),
            }
        };
        self.last = (value, key);
        key
    }

    /// All values, in the order of their numbers.
    #[must_use]
    pub fn values(&self) -> &[i64] {
        &self.values
    }

    #[inline]
    fn home(&self, value: i64) -> usize {
        let mixed = (value as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (mixed >> 32) as usize & (self.places.len() - 1)
    }

    #[cold]
    fn add(&mut self, at: usize, value: i64) -> u32 {
        let key = self.values.len() as u32;
        self.values.push(value);
        self.places[at] = (value, key);
        if self.values.len() * 2 > self.places.len() {
            self.grow();
        }
        key
    }

    fn grow(&mut self) {
        self.places = vec![(0, FREE); self.places.len() * 2];
        for (key, value) in self.values.iter().enumerate() {
            let mut at = self.home(*value);
            while self.places[at].1 != FREE {
                at = (at + 1) & (self.places.len() - 1);
            }
            self.places[at] = (*value, key as u32);
        }
    }
}

/// Numbers distinct texts.
#[derive(Debug, Default)]
pub struct TextInterner {
    /// Texts of at most eight bytes, padded with zeros, which no code holds.
    short: Interner,
    /// Number among all texts of each short one.
    short_keys: Vec<u32>,
    long: HashMap<Box<[u8]>, u32>,
    texts: Vec<Box<[u8]>>,
}

impl TextInterner {
    /// The number of a text without zero bytes.
    pub fn key(&mut self, text: &[u8]) -> u32 {
        if text.len() > 8 {
            if let Some(key) = self.long.get(text) {
                return *key;
            }
            let key = self.add(text);
            self.long.insert(text.into(), key);
            return key;
        }
        let mut padded = [0; 8];
        padded[..text.len()].copy_from_slice(text);
        let short = self.short.key(i64::from_le_bytes(padded)) as usize;
        if short == self.short_keys.len() {
            let key = self.add(text);
            self.short_keys.push(key);
        }
        self.short_keys[short]
    }

    fn add(&mut self, text: &[u8]) -> u32 {
        self.texts.push(text.into());
        self.texts.len() as u32 - 1
    }

    /// All texts, in the order of their numbers.
    pub fn texts(&self) -> impl ExactSizeIterator<Item = &[u8]> {
        self.texts.iter().map(AsRef::as_ref)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_numbered_in_the_order_they_come() {
        let mut interner = Interner::default();
        let values: Vec<i64> = (0..1000).map(|i| (i * 7919) % 613 - 300).collect();
        let keys: Vec<u32> = values.iter().map(|value| interner.key(*value)).collect();
        assert_eq!(interner.values().len(), 613);
        let back: Vec<i64> = keys.iter().map(|key| interner.values()[*key as usize]).collect();
        assert_eq!(back, values);
        assert_eq!(Interner::default().key(0), 0, "nothing is known at first");
    }

    #[test]
    fn texts_of_any_length_are_numbered() {
        let mut interner = TextInterner::default();
        let texts = ["", "I50", "I50 I509 K77", "A10BA02", "I50", "", "I50 I509 K77", "NPU27300"];
        let keys: Vec<u32> = texts.iter().map(|text| interner.key(text.as_bytes())).collect();
        assert_eq!(keys, [0, 1, 2, 3, 1, 0, 2, 4]);
        assert_eq!(interner.texts().nth(2), Some("I50 I509 K77".as_bytes()));
    }
}
