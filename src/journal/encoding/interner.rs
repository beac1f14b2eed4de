//! Numbering the distinct values of a block's column, in the order of their first row.

/// Numbers distinct whole numbers.
#[derive(Debug, Clone)]
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
        // Both halves of the product: in one of them multiples of a round number may all be alike.
        let mixed = u128::from(value as u64) * 0x9e37_79b9_7f4a_7c15;
        ((mixed >> 64) as usize ^ mixed as usize) & (self.places.len() - 1)
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

/// Numbers distinct texts, which it keeps as Parquet writes them: each with its length before it.
#[derive(Debug)]
pub struct TextInterner {
    /// Open addressing; the key of a free place is `u32::MAX`.
    places: Vec<(u32, u32)>,
    bytes: Vec<u8>,
    /// Where each text begins, its length not counted.
    starts: Vec<u32>,
}

impl Default for TextInterner {
    fn default() -> TextInterner {
        TextInterner { places: vec![(0, FREE); 256], bytes: Vec::new(), starts: Vec::new() }
    }
}

impl TextInterner {
    /// The number of a text.
    #[inline]
    pub fn key(&mut self, text: &[u8]) -> u32 {
        let mixed = mix(text);
        let last = self.places.len() - 1;
        let mut at = mixed as usize & last;
        loop {
            match self.places[at] {
                (_, FREE) => return self.add(at, mixed, text),
                (known, key) if known == mixed && self.text(key) == text => return key,
                _ => at = (at + 1) & last,
            }
        }
    }

    #[inline]
    fn text(&self, key: u32) -> &[u8] {
        let start = self.starts[key as usize] as usize;
        let length = self.bytes[start - 4..start].first_chunk().map_or(0, |bytes| u32::from_le_bytes(*bytes));
        &self.bytes[start..start + length as usize]
    }

    #[cold]
    fn add(&mut self, at: usize, mixed: u32, text: &[u8]) -> u32 {
        let key = self.starts.len() as u32;
        self.bytes.extend_from_slice(&(text.len() as u32).to_le_bytes());
        self.starts.push(self.bytes.len() as u32);
        self.bytes.extend_from_slice(text);
        self.places[at] = (mixed, key);
        if self.starts.len() * 2 > self.places.len() {
            self.grow();
        }
        key
    }

    fn grow(&mut self) {
        let mut places = vec![(0, FREE); self.places.len() * 2];
        let last = places.len() - 1;
        for (mixed, key) in self.places.iter().filter(|(_, key)| *key != FREE) {
            let mut at = *mixed as usize & last;
            while places[at].1 != FREE {
                at = (at + 1) & last;
            }
            places[at] = (*mixed, *key);
        }
        self.places = places;
    }

    /// All texts one after another, and how many they are.
    #[must_use]
    pub fn finish(self) -> (Vec<u8>, usize) {
        (self.bytes, self.starts.len())
    }
}

/// Eight bytes at a time.
#[inline]
fn mix(text: &[u8]) -> u32 {
    let mut mixed = text.len() as u64;
    for part in text.chunks(8) {
        let mut padded = [0; 8];
        padded[..part.len()].copy_from_slice(part);
        mixed = (mixed.rotate_left(29) ^ u64::from_le_bytes(padded)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
    (mixed >> 32) as u32
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
        assert_eq!(interner.text(2), "I50 I509 K77".as_bytes());
        for i in 0..2000 {
            assert_eq!(interner.key(format!("code {i}").as_bytes()), 5 + i, "many texts keep their numbers");
        }
        assert_eq!(interner.finish().1, 2005);
    }
}
