//! Random numbers that are the same everywhere: whole numbers only, one stream per patient.

/// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): small, and good enough to invent a practice.
pub struct Rng(u64);

impl Rng {
    /// A stream of its own for each patient, so that one patient's facts never move another's.
    pub fn new(seed: u64, patient: u32) -> Rng {
        let mut rng = Rng(seed ^ u64::from(patient).wrapping_mul(0xD134_2543_DE82_EF95));
        rng.next();
        rng
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A whole number from 0 up to, but not including, `n`.
    pub fn below(&mut self, n: u32) -> u32 {
        (((self.next() >> 32) * u64::from(n)) >> 32) as u32
    }

    /// True `per_mille` times in a thousand.
    pub fn chance(&mut self, per_mille: u32) -> bool {
        self.below(1_000) < per_mille
    }

    /// Both ends included.
    pub fn between(&mut self, low: i32, high: i32) -> i32 {
        low + self.below((high - low).max(0) as u32 + 1) as i32
    }

    /// Between the ends, mostly near the middle: the mean of three even draws.
    pub fn bell(&mut self, low: i32, high: i32) -> i32 {
        (self.between(low, high) + self.between(low, high) + self.between(low, high)) / 3
    }

    pub fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len() as u32) as usize]
    }

    /// Picks by weight.
    pub fn weighted<T: Copy>(&mut self, list: &[(T, u32)]) -> T {
        let total = list.iter().map(|(_, weight)| weight).sum();
        let mut left = self.below(total);
        for (item, weight) in list {
            if left < *weight {
                return *item;
            }
            left -= weight;
        }
        list[0].0
    }
}
