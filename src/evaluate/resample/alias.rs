//! Poisson counts from a table, in constant time: Walker's alias method (Walker AJ. ACM Trans Math Softw 1977;3:253-256;
//! Vose MD. IEEE Trans Softw Eng 1991;17:972-975).

/// A table for one mean. One random word gives one count: its low bits choose a slot, its high 48 bits the slot's side.
#[derive(Debug, Clone)]
pub struct Alias {
    /// Limit of the slot's own count in the upper 48 bits, the other count's slot in the lower 16.
    slots: Vec<u64>,
    mask: u64,
    /// The count of the first slot.
    base: u32,
}

/// The greatest mean that a table serves: its counts within ten standard deviations fit in 16 bits.
pub const GREATEST_MEAN: f64 = 1_000_000.0;
/// Counts this much rarer than the most frequent one are left out: they would not come in the life of the sun.
const NEVER: f64 = 1e-19;
const SIDES: f64 = (1_u64 << 48) as f64;

impl Alias {
    /// # Panics
    /// Never for a mean above 0 and up to [`GREATEST_MEAN`].
    #[must_use]
    pub fn poisson(mean: f64) -> Alias {
        let (base, chances) = chances(mean);
        let size = chances.len().next_power_of_two().max(2);
        let mut scaled: Vec<f64> = chances.iter().map(|chance| chance * size as f64).collect();
        scaled.resize(size, 0.0);
        Alias { slots: slots(&mut scaled), mask: size as u64 - 1, base }
    }

    /// The count that a random word stands for.
    #[inline]
    #[must_use]
    pub fn count(&self, word: u64) -> u32 {
        let slot = word & self.mask;
        let entry = self.slots[slot as usize];
        let own = word >> 16 < entry >> 16;
        self.base + if own { slot as u32 } else { (entry & 0xffff) as u32 }
    }
}

/// The first count, and the chance of each from there on; from the mode outwards, so that nothing overflows.
fn chances(mean: f64) -> (u32, Vec<f64>) {
    let mode = mean.floor();
    let mut down = vec![];
    let (mut chance, mut count) = (1.0, mode);
    while count > 0.0 && chance > NEVER {
        chance *= count / mean;
        count -= 1.0;
        down.push(chance);
    }
    let base = mode as u32 - down.len() as u32;
    let mut all: Vec<f64> = down.into_iter().rev().collect();
    (chance, count) = (1.0, mode);
    while chance > NEVER {
        all.push(chance);
        count += 1.0;
        chance *= mean / count;
    }
    let sum: f64 = all.iter().sum();
    all.iter_mut().for_each(|chance| *chance /= sum);
    (base, all)
}

fn slots(scaled: &mut [f64]) -> Vec<u64> {
    // A slot that was never paired keeps its own count on both sides.
    let mut slots: Vec<u64> = (0..scaled.len() as u64).collect();
    let (mut small, mut large): (Vec<usize>, Vec<usize>) = (0..scaled.len()).partition(|slot| scaled[*slot] < 1.0);
    while let (Some(less), Some(more)) = (small.pop(), large.last().copied()) {
        slots[less] = ((scaled[less] * SIDES) as u64) << 16 | more as u64;
        scaled[more] -= 1.0 - scaled[less];
        if scaled[more] < 1.0 {
            large.pop();
            small.push(more);
        }
    }
    slots
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::resample::stream::stream;
    use rand_xoshiro::rand_core::Rng;
    use statrs::distribution::{Discrete, Poisson};

    /// The chance of every count that the table gives.
    fn given(alias: &Alias) -> Vec<f64> {
        let mut given = vec![0.0; alias.slots.len()];
        for (slot, entry) in alias.slots.iter().enumerate() {
            let own = (entry >> 16) as f64 / SIDES;
            given[slot] += own;
            given[(entry & 0xffff) as usize] += 1.0 - own;
        }
        given.iter().map(|share| share / alias.slots.len() as f64).collect()
    }

    #[test]
    fn the_table_is_the_distribution() {
        for mean in [0.02, 0.9, 1.0, 7.3, 61.0, 950.0, 40_000.0] {
            let alias = Alias::poisson(mean);
            let poisson = Poisson::new(mean).unwrap();
            let apart: f64 = given(&alias)
                .iter()
                .enumerate()
                .map(|(slot, chance)| (chance - poisson.pmf(u64::from(alias.base) + slot as u64)).abs())
                .sum();
            assert!(apart < 1e-8, "{mean}: {apart}");
        }
    }

    #[test]
    fn counts_have_their_mean_and_variance() {
        for mean in [0.9, 1_000_000.0] {
            let alias = Alias::poisson(mean);
            let mut words = stream(1, 2, 3);
            let counts: Vec<f64> = (0..200_000).map(|_| f64::from(alias.count(words.next_u64()))).collect();
            let found = counts.iter().sum::<f64>() / 2e5;
            let spread = counts.iter().map(|count| (count - found).powi(2)).sum::<f64>() / 2e5;
            assert!((found - mean).abs() < 5.0 * (mean / 2e5).sqrt(), "{found}");
            assert!((spread / mean - 1.0).abs() < 0.03, "{spread}");
        }
    }
}
