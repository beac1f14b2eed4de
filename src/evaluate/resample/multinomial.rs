//! How often each unit is drawn when n of n persons are drawn with replacement: an exact multinomial, without drawing n
//! persons.
//!
//! Independent Poisson counts, given their sum T, are multinomial with T draws. So: draw every unit's Poisson count with a
//! mean a little below its size, until T is no more than n (nearly always at once), then draw the n − T that are missing one by
//! one. Whatever T was, the whole is multinomial with n draws. The Poisson counts come from one table for each size of
//! unit, so a unit costs a few nanoseconds whatever its size.

use super::alias::{Alias, GREATEST_MEAN};
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::Rng;

/// The persons of one stratum, who are drawn among each other.
#[derive(Debug, Clone)]
pub struct Stratum {
    /// Units by size: each class with its table and its part of `units`.
    classes: Vec<(Alias, std::ops::Range<usize>)>,
    units: Vec<u32>,
    /// The unit of each person.
    persons: Vec<u32>,
}

/// Standard deviations by which the Poisson counts aim below n: two in a hundred attempts are made again.
const BELOW: f64 = 2.0;
/// So few are drawn one by one.
const FEW: usize = 64;

impl Stratum {
    /// Of units with their sizes; a unit of size 0 is never drawn.
    #[must_use]
    pub fn new(sizes: &[(u32, u32)]) -> Stratum {
        let persons: Vec<u32> =
            sizes.iter().flat_map(|(unit, size)| std::iter::repeat_n(*unit, *size as usize)).collect();
        let n = persons.len() as f64;
        let aim = 1.0 - BELOW / n.sqrt();
        let mut by_size: Vec<(u32, u32)> = sizes.iter().copied().flat_map(pieces).collect();
        // Sorting is stable, so units of a size stay in order and are written nearly in order.
        by_size.sort_by_key(|(_, size)| *size);
        let mut classes = Vec::new();
        let mut start = 0;
        for class in by_size.chunk_by(|a, b| a.1 == b.1).filter(|_| persons.len() >= FEW) {
            classes.push((Alias::poisson(f64::from(class[0].1) * aim), start..start + class.len()));
            start += class.len();
        }
        Stratum { classes, units: by_size.into_iter().map(|(unit, _)| unit).collect(), persons }
    }

    /// The number of persons, which is the number of draws.
    #[must_use]
    pub fn persons(&self) -> usize {
        self.persons.len()
    }

    /// Adds a resample to `drawn`, by unit, which must hold nothing for the stratum's units.
    pub fn draw(&self, random: &mut Xoshiro256PlusPlus, drawn: &mut [u32]) {
        let mut missing = self.persons.len();
        while !self.classes.is_empty() {
            let sum = self.draw_classes(random, drawn);
            if sum <= self.persons.len() as u64 {
                missing -= sum as usize;
                break;
            }
            self.units.iter().for_each(|unit| drawn[*unit as usize] = 0);
        }
        for _ in 0..missing {
            // The product's upper half is even to one part in 2^64 / n.
            let at = (u128::from(random.next_u64()) * self.persons.len() as u128) >> 64;
            drawn[self.persons[at as usize] as usize] += 1;
        }
    }

    fn draw_classes(&self, random: &mut Xoshiro256PlusPlus, drawn: &mut [u32]) -> u64 {
        let mut sum = 0;
        for (alias, range) in &self.classes {
            for unit in &self.units[range.clone()] {
                let count = alias.count(random.next_u64());
                drawn[*unit as usize] += count;
                sum += u64::from(count);
            }
        }
        sum
    }
}

/// A unit larger than any table serves is drawn in pieces.
fn pieces((unit, size): (u32, u32)) -> impl Iterator<Item = (u32, u32)> {
    let most = GREATEST_MEAN as u32;
    let whole = std::iter::repeat_n((unit, most), (size / most) as usize);
    whole.chain(Some((unit, size % most)).filter(|(_, rest)| *rest > 0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::resample::stream::stream;

    #[test]
    fn every_resample_has_as_many_as_the_sample() {
        for sizes in [vec![(0, 10)], vec![(0, 40), (2, 1), (1, 300)], vec![(0, 1_500_000), (1, 3)], vec![(0, 1); 1]] {
            let stratum = Stratum::new(&sizes);
            for number in 0..50 {
                let mut drawn = vec![0; 3];
                stratum.draw(&mut stream(5, 0, number), &mut drawn);
                assert_eq!(drawn.iter().map(|n| *n as usize).sum::<usize>(), stratum.persons());
            }
        }
    }

    #[test]
    fn means_variances_and_covariances_are_multinomial() {
        let sizes = [(0, 50), (1, 1), (2, 30), (3, 119)];
        let (n, repeats) = (200.0, 100_000_u32);
        let stratum = Stratum::new(&sizes);
        let (mut sums, mut products) = ([0.0; 4], [[0.0; 4]; 4]);
        for number in 0..repeats {
            let mut drawn = [0; 4];
            stratum.draw(&mut stream(1, 1, u64::from(number)), &mut drawn);
            for (a, row) in products.iter_mut().enumerate() {
                sums[a] += f64::from(drawn[a]);
                row.iter_mut().zip(drawn).for_each(|(cell, b)| *cell += f64::from(drawn[a]) * f64::from(b));
            }
        }
        let repeats = f64::from(repeats);
        for (a, size) in sizes.iter().map(|(unit, size)| (*unit as usize, f64::from(*size))) {
            assert!((sums[a] / repeats - size).abs() < 5.0 * (size / repeats).sqrt(), "mean of {a}");
            for (b, other) in sizes.iter().map(|(unit, size)| (*unit as usize, f64::from(*size))) {
                let found = products[a][b] / repeats - sums[a] * sums[b] / repeats / repeats;
                let due = if a == b { size * (1.0 - size / n) } else { -size * other / n };
                assert!((found - due).abs() < 0.02 * (size * other).sqrt() + 0.01, "{a} {b}: {found} for {due}");
            }
        }
    }
}
