//! Random streams by name, and cheap ways to draw from the few laws that lives follow.
//!
//! Quantiles are looked up in tables: a draw costs a random number and one look, and is the same on every machine.

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};
use statrs::distribution::{ContinuousCDF, Normal};
use std::sync::LazyLock;

/// Entries of a table of quantiles.
const ENTRIES: usize = 4096;

/// Quantiles of the exponential law of mean 1.
static EXPONENTIAL: LazyLock<Box<[f32]>> = LazyLock::new(|| {
    let raw: Vec<f64> = (0..ENTRIES).map(|i| -(1.0 - middle(i)).ln()).collect();
    let mean = raw.iter().sum::<f64>() / ENTRIES as f64;
    raw.into_iter().map(|value| (value / mean) as f32).collect()
});

/// Quantiles of the standard normal law.
static NORMAL: LazyLock<Box<[f32]>> = LazyLock::new(|| {
    let normal = Normal::standard();
    (0..ENTRIES).map(|i| normal.inverse_cdf(middle(i)) as f32).collect()
});

fn middle(entry: usize) -> f64 {
    (entry as f64 + 0.5) / ENTRIES as f64
}

/// What a patient's stream is for: what one part of her draws never shifts what another draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// What happens to her.
    Life,
    /// What her journal shows of it.
    Journal,
    /// What a register shows of her outcome.
    Label,
    /// What a practice does, keyed by the practice's number.
    Practice,
    /// Lives that only measure what the parameters lead to.
    Pilot,
    /// Which of the hospital's codes her journal gets.
    Letters,
}

/// One stream of random numbers.
#[derive(Debug, Clone)]
pub struct Stream {
    numbers: Xoshiro256PlusPlus,
    exponential: &'static [f32],
    normal: &'static [f32],
}

impl Stream {
    /// The stream of (seed, number) for a purpose.
    #[must_use]
    pub fn new(seed: u64, number: u64, purpose: Purpose) -> Stream {
        let key = mix(mix(seed ^ mix(purpose as u64 + 1)) ^ number);
        Stream { numbers: Xoshiro256PlusPlus::seed_from_u64(key), exponential: &EXPONENTIAL, normal: &NORMAL }
    }

    #[inline]
    pub fn bits(&mut self) -> u64 {
        self.numbers.next_u64()
    }

    /// Evenly in [0, 1).
    #[inline]
    pub fn unit(&mut self) -> f32 {
        (self.bits() >> 40) as f32 * (1.0 / 16_777_216.0)
    }

    /// Evenly in [0, 1), twice from one number.
    #[inline]
    pub fn units(&mut self) -> (f32, f32) {
        let bits = self.bits();
        ((bits >> 40) as f32 * (1.0 / 16_777_216.0), (bits & 0xff_ffff) as f32 * (1.0 / 16_777_216.0))
    }

    #[inline]
    pub fn chance(&mut self, share: f32) -> bool {
        self.unit() < share
    }

    /// Evenly from `from` to below `to`.
    #[inline]
    pub fn between(&mut self, from: f32, to: f32) -> f32 {
        from + self.unit() * (to - from)
    }

    /// A whole number below `n`, evenly but for one part in four thousand million.
    #[inline]
    pub fn below(&mut self, n: u32) -> u32 {
        (((self.bits() >> 32) * u64::from(n)) >> 32) as u32
    }

    /// Waiting time of mean 1.
    #[inline]
    pub fn wait(&mut self) -> f32 {
        self.exponential[(self.bits() >> 52) as usize]
    }

    /// A chance and a waiting time from one number.
    #[inline]
    pub fn chance_and_wait(&mut self, share: f32) -> (bool, f32) {
        let bits = self.bits();
        ((bits >> 40) as f32 * (1.0 / 16_777_216.0) < share, self.exponential[(bits & 0xfff) as usize])
    }

    /// The normal value that belongs to a number, the same each time.
    #[inline]
    pub fn normal_of(&self, number: u64) -> f32 {
        self.normal[(mix(number) >> 52) as usize]
    }

    /// Of mean 0 and variance 1.
    #[inline]
    pub fn normal(&mut self) -> f32 {
        self.normal[(self.bits() >> 52) as usize]
    }
}

/// A bijection that leaves no pattern (Steele GL, Lea D, Flood CH. OOPSLA 2014: SplitMix).
#[must_use]
pub fn mix(number: u64) -> u64 {
    let a = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let b = (a ^ (a >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let c = (b ^ (b >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    c ^ (c >> 31)
}

/// Picks by weight: one random number and one look (Walker AJ. ACM Trans Math Softw 1977;3:253-6: alias method).
#[derive(Debug, Clone, PartialEq)]
pub struct Wheel {
    places: Vec<(u32, u16, u16)>,
}

impl Wheel {
    /// Of these things with these weights, of which one must be above 0 when there are any.
    #[must_use]
    pub fn new(weights: &[(u16, f64)]) -> Wheel {
        let sum: f64 = weights.iter().map(|(_, weight)| weight).sum();
        let scale = weights.len() as f64 / sum;
        let mut shares: Vec<f64> = weights.iter().map(|(_, weight)| weight * scale).collect();
        let mut places: Vec<(u32, u16, u16)> = weights.iter().map(|(thing, _)| (u32::MAX, *thing, *thing)).collect();
        let (mut small, mut large): (Vec<usize>, Vec<usize>) = (0..shares.len()).partition(|i| shares[*i] < 1.0);
        while let (Some(low), Some(high)) = (small.pop(), large.last().copied()) {
            places[low] = ((shares[low] * 4_294_967_296.0) as u32, weights[low].0, weights[high].0);
            shares[high] -= 1.0 - shares[low];
            if shares[high] < 1.0 {
                small.extend(large.pop());
            }
        }
        Wheel { places }
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// One of the things; 0 from an empty wheel.
    #[inline]
    pub fn pick(&self, stream: &mut Stream) -> u16 {
        let bits = stream.bits();
        let at = ((bits >> 32) * self.places.len() as u64) >> 32;
        match self.places.get(at as usize) {
            Some((limit, thing, _)) if (bits as u32) < *limit => *thing,
            Some((_, _, other)) => *other,
            None => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_have_the_means_of_their_laws() {
        let mut stream = Stream::new(1, 2, Purpose::Life);
        let n = 200_000;
        let mean = |draw: &mut dyn FnMut() -> f64| (0..n).map(|_| draw()).sum::<f64>() / f64::from(n);
        assert!((mean(&mut || f64::from(stream.wait())) - 1.0).abs() < 0.01);
        assert!(mean(&mut || f64::from(stream.normal())).abs() < 0.01);
        assert!((mean(&mut || f64::from(stream.normal()).powi(2)) - 1.0).abs() < 0.02);
        assert!((mean(&mut || f64::from(stream.unit())) - 0.5).abs() < 0.005);
    }

    #[test]
    fn a_wheel_gives_things_by_their_weights() {
        let wheel = Wheel::new(&[(3, 1.0), (5, 2.0), (8, 0.0), (9, 7.0)]);
        let mut stream = Stream::new(4, 4, Purpose::Journal);
        let mut seen = [0_u32; 10];
        (0..100_000).for_each(|_| seen[usize::from(wheel.pick(&mut stream))] += 1);
        assert_eq!(seen[8], 0);
        for (thing, share) in [(3, 0.1), (5, 0.2), (9, 0.7)] {
            assert!((f64::from(seen[thing]) / 100_000.0 - share).abs() < 0.01, "{thing}");
        }
    }

    #[test]
    fn streams_of_other_names_are_others() {
        let first = |seed, number, purpose| Stream::new(seed, number, purpose).bits();
        assert_eq!(first(1, 2, Purpose::Life), first(1, 2, Purpose::Life));
        assert_ne!(first(1, 2, Purpose::Life), first(2, 1, Purpose::Life));
        assert_ne!(first(1, 2, Purpose::Life), first(1, 2, Purpose::Journal));
    }
}
