//! The encoding of dictionary numbers: runs of one number, and groups of eight packed bit by bit.
//!
//! Apache Parquet format, "Run Length Encoding / Bit-Packing Hybrid".

use super::column::CannotScan;

/// A place in a stream of numbers; the bytes are handed in at each call.
#[derive(Debug, Default, Clone)]
pub struct Hybrid {
    width: usize,
    /// Next byte that no run has.
    at: usize,
    run: Run,
    /// Numbers of the run not yet given.
    left: usize,
}

#[derive(Debug, Clone, Copy)]
enum Run {
    Same(u32),
    /// First byte, and how many numbers were given.
    Packed(usize, usize),
}

impl Default for Run {
    fn default() -> Run {
        Run::Same(0)
    }
}

impl Hybrid {
    /// Begins at byte `at` with numbers of `width` bits, at most 32.
    #[must_use]
    pub fn new(width: usize, at: usize) -> Hybrid {
        Hybrid { width, at, run: Run::Same(0), left: 0 }
    }

    /// Numbers of `width` bits alone, packed from byte `at` to `end`.
    #[must_use]
    pub fn packed(width: usize, at: usize, end: usize) -> Hybrid {
        let left = (end.saturating_sub(at) * 8).checked_div(width).unwrap_or(0);
        Hybrid { width, at: end, run: Run::Packed(at, 0), left }
    }

    /// Fills `out` with the next numbers.
    ///
    /// # Errors
    /// When the bytes end before.
    #[inline]
    pub fn fill(&mut self, bytes: &[u8], mut out: &mut [u32]) -> Result<(), CannotScan> {
        while !out.is_empty() {
            if self.left == 0 {
                self.begin_run(bytes)?;
            }
            let count = out.len().min(self.left);
            let (now, later) = out.split_at_mut(count);
            match &mut self.run {
                Run::Same(number) => now.fill(*number),
                Run::Packed(first, given) => {
                    unpack(&bytes[*first..], self.width, *given, now);
                    *given += count;
                }
            }
            self.left -= count;
            out = later;
        }
        Ok(())
    }

    /// When the stream's next `count` numbers are one run of the same, that number.
    ///
    /// # Errors
    /// When the bytes end before.
    pub fn all_same(&mut self, bytes: &[u8], count: usize) -> Result<Option<u32>, CannotScan> {
        if self.left == 0 {
            self.begin_run(bytes)?;
        }
        Ok(match self.run {
            Run::Same(number) if self.left >= count => Some(number),
            _ => None,
        })
    }

    fn begin_run(&mut self, bytes: &[u8]) -> Result<(), CannotScan> {
        let header = self.varint(bytes)?;
        let count = (header >> 1) as usize;
        let size;
        if header & 1 == 1 {
            // The last group of a page may be cut short.
            let available = bytes.len() - self.at;
            size = (count * self.width).min(available);
            self.run = Run::Packed(self.at, 0);
            self.left = (available * 8).checked_div(self.width).map_or(count * 8, |left| left.min(count * 8));
        } else {
            size = self.width.div_ceil(8);
            let number = bytes.get(self.at..self.at + size).ok_or(CannotScan::Damaged)?;
            self.run = Run::Same(number.iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte)));
            self.left = count;
        }
        self.at += size;
        if self.left == 0 { Err(CannotScan::Damaged) } else { Ok(()) }
    }

    fn varint(&mut self, bytes: &[u8]) -> Result<u32, CannotScan> {
        let mut number = 0;
        for shift in (0..32).step_by(7) {
            let byte = *bytes.get(self.at).ok_or(CannotScan::Damaged)?;
            self.at += 1;
            number |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(CannotScan::Damaged)
    }
}

/// Numbers `first..` of a packed run that begins with `bytes`.
#[inline]
fn unpack(bytes: &[u8], width: usize, first: usize, out: &mut [u32]) {
    macro_rules! by_width {
        ($($w:literal)*) => {
            match width {
                $($w => unpack_width::<$w>(bytes, first, out),)*
                _ => out.fill(0),
            }
        };
    }
    by_width!(1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32);
}

/// Whole groups of eight while there are bytes to spare behind them, single numbers for the rest.
#[inline]
fn unpack_width<const W: usize>(bytes: &[u8], first: usize, out: &mut [u32]) {
    let lone = out.len().min(first.wrapping_neg() % 8);
    let (before, rest) = out.split_at_mut(lone);
    single::<W>(bytes, first, before);
    let mut next = first + lone;
    let mut groups = rest.chunks_exact_mut(8);
    let mut given = 0;
    for group in &mut groups {
        let Some(source) = bytes.get(next / 8 * W..next / 8 * W + W + 8) else { break };
        for (i, number) in group.iter_mut().enumerate() {
            *number = bits::<W>(source, i * W);
        }
        next += 8;
        given += 8;
    }
    single::<W>(bytes, next, &mut rest[given..]);
}

#[inline(always)]
fn bits<const W: usize>(source: &[u8], bit: usize) -> u32 {
    let mut word = [0; 8];
    word.copy_from_slice(&source[bit / 8..bit / 8 + 8]);
    (u64::from_le_bytes(word) >> (bit % 8) & ((1 << W) - 1)) as u32
}

fn single<const W: usize>(bytes: &[u8], first: usize, out: &mut [u32]) {
    for (i, number) in out.iter_mut().enumerate() {
        let bit = (first + i) * W;
        let mut word = [0; 8];
        let from = (bit / 8).min(bytes.len());
        let source = &bytes[from..bytes.len().min(from + 8)];
        word[..source.len()].copy_from_slice(source);
        *number = (u64::from_le_bytes(word) >> (bit % 8) & ((1 << W) - 1)) as u32;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Runs as the format describes them, written the plain way.
    fn encode(runs: &[(bool, Vec<u32>)], width: usize) -> (Vec<u8>, Vec<u32>) {
        let (mut bytes, mut numbers) = (Vec::new(), Vec::new());
        for (packed, values) in runs {
            if *packed {
                let mut values = values.clone();
                values.resize(values.len().div_ceil(8).max(1) * 8, 0);
                varint(&mut bytes, ((values.len() / 8) << 1 | 1) as u32);
                let mut bits: Vec<bool> = Vec::new();
                for value in &values {
                    bits.extend((0..width).map(|bit| value >> bit & 1 == 1));
                }
                bytes.extend(bits.chunks(8).map(|byte| (0..8).fold(0_u8, |b, i| b | u8::from(byte[i]) << i)));
                numbers.extend(values);
            } else {
                let value = values.first().copied().unwrap_or(0);
                varint(&mut bytes, (values.len().max(1) << 1) as u32);
                bytes.extend(&value.to_le_bytes()[..width.div_ceil(8)]);
                numbers.extend(std::iter::repeat_n(value, values.len().max(1)));
            }
        }
        (bytes, numbers)
    }

    fn varint(bytes: &mut Vec<u8>, mut number: u32) {
        while number >= 0x80 {
            bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        bytes.push(number as u8);
    }

    proptest! {
        #[test]
        fn any_runs_come_back_in_any_pieces(
            width in 1_usize..=32,
            runs in prop::collection::vec((any::<bool>(), prop::collection::vec(any::<u32>(), 0..60)), 1..8),
            pieces in prop::collection::vec(1_usize..50, 1..20),
        ) {
            let mask = (u64::from(u32::MAX) >> (32 - width)) as u32;
            let runs: Vec<_> = runs.into_iter().map(|(packed, values)| {
                (packed, values.into_iter().map(|value| value & mask).collect::<Vec<_>>())
            }).collect();
            let (bytes, numbers) = encode(&runs, width);
            let mut hybrid = Hybrid::new(width, 0);
            let mut found = Vec::new();
            for piece in pieces.iter().cycle() {
                let count = (*piece).min(numbers.len() - found.len());
                if count == 0 {
                    break;
                }
                let mut out = vec![0; count];
                hybrid.fill(&bytes, &mut out).unwrap();
                found.extend(out);
            }
            prop_assert_eq!(found, numbers);
            prop_assert!(hybrid.fill(&bytes, &mut [0; 512]).is_err());
        }

        #[test]
        fn bits_without_runs_come_back(bits in prop::collection::vec(any::<u8>(), 1..50), before in 0_usize..9) {
            let bytes = [vec![0; before], bits.clone()].concat();
            let mut found = vec![0; bits.len() * 8];
            let mut hybrid = Hybrid::packed(1, before, bytes.len());
            let (some, rest) = found.split_at_mut(bits.len());
            hybrid.fill(&bytes, some).unwrap();
            hybrid.fill(&bytes, rest).unwrap();
            let expected: Vec<u32> = bits.iter().flat_map(|byte| (0..8).map(move |bit| u32::from(byte >> bit & 1))).collect();
            prop_assert_eq!(found, expected);
            prop_assert!(hybrid.fill(&bytes, &mut [0]).is_err());
        }
    }
}
