//! Writing numbers as runs of one number and groups of eight packed bit by bit.
//!
//! Apache Parquet format, "Run Length Encoding / Bit-Packing Hybrid".

/// Bits that the greatest of `entries` numbers needs, at least one.
#[must_use]
pub fn width(entries: usize) -> usize {
    let greatest = u32::try_from(entries.saturating_sub(1)).unwrap_or(u32::MAX);
    (32 - greatest.leading_zeros() as usize).max(1)
}

/// Adds the numbers, each of `width` bits, to `out`.
pub fn write(numbers: &[u32], width: usize, out: &mut Vec<u8>) {
    let mut at = 0;
    while at < numbers.len() {
        let run = same_from(&numbers[at..]);
        if run >= 8 {
            write_run(numbers[at], run, width, out);
            at += run;
        } else {
            let groups = groups_until_run(&numbers[at..]);
            varint(out, (groups as u32) << 1 | 1);
            let end = numbers.len().min(at + groups * 8);
            pack(&numbers[at..end], width, out);
            at = end;
        }
    }
}

/// Adds one number of `width` bits, `times` times over.
pub fn write_run(number: u32, times: usize, width: usize, out: &mut Vec<u8>) {
    if times > 0 {
        varint(out, (times as u32) << 1);
        out.extend_from_slice(&number.to_le_bytes()[..width.div_ceil(8)]);
    }
}

/// Adds the numbers from 0 to below `period` in turn, `rounds` times over.
pub fn write_cycle(period: usize, rounds: usize, width: usize, out: &mut Vec<u8>) {
    let groups = (period * rounds).div_ceil(8);
    varint(out, (groups as u32) << 1 | 1);
    let eight_rounds: Vec<u32> = (0..period as u32).cycle().take(period * 8).collect();
    // Eight rounds end with a byte, after which all is as before.
    let first = out.len();
    pack(&eight_rounds, width, out);
    let bytes = out.len() - first;
    for _ in 1..rounds / 8 {
        out.extend_from_within(first..first + bytes);
    }
    if rounds < 8 {
        out.truncate(first);
    }
    pack(&eight_rounds[..rounds % 8 * period], width, out);
}

/// Adds zeros and ones, a bit each, as one packed run.
pub fn write_bits(bits: &[u8], out: &mut Vec<u8>) {
    varint(out, (bits.len().div_ceil(8) as u32) << 1 | 1);
    pack_bits(bits, out);
}

/// The same of bits that are packed already.
pub fn write_packed_bits(packed: &[u8], out: &mut Vec<u8>) {
    varint(out, (packed.len() as u32) << 1 | 1);
    out.extend_from_slice(packed);
}

/// Adds zeros and ones packed eight to a byte, without runs.
pub fn pack_bits(bits: &[u8], out: &mut Vec<u8>) {
    // Moves the lowest bit of each byte to its place in the highest byte.
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let (eights, rest) = bits.as_chunks::<8>();
    out.extend(eights.iter().map(|eight| (u64::from_le_bytes(*eight).wrapping_mul(GATHER) >> 56) as u8));
    if !rest.is_empty() {
        out.push(rest.iter().rev().fold(0, |byte, bit| byte << 1 | bit));
    }
}

/// How many numbers at the beginning are the same.
fn same_from(numbers: &[u32]) -> usize {
    let first = numbers[0];
    numbers.iter().take_while(|number| **number == first).count()
}

/// Groups of eight before the next long run, at least one; runs begin between groups.
fn groups_until_run(numbers: &[u32]) -> usize {
    let is_run = |group: &[u32]| group.len() == 8 && group.iter().all(|number| *number == group[0]);
    let before = numbers.chunks(8).take_while(|group| !is_run(group)).count();
    before.clamp(1, 1 << 20)
}

/// Packs groups of eight; the last may be cut short.
fn pack(numbers: &[u32], width: usize, out: &mut Vec<u8>) {
    let (eights, rest) = numbers.as_chunks::<8>();
    out.reserve((eights.len() + 1) * width + 16);
    for eight in eights {
        pack_eight(eight, width, out);
    }
    if !rest.is_empty() {
        let mut eight = [0; 8];
        eight[..rest.len()].copy_from_slice(rest);
        pack_eight(&eight, width, out);
    }
}

/// Whole words are written and then cut to their length, which is quicker than copying so many bytes.
#[inline]
fn pack_eight(numbers: &[u32; 8], width: usize, out: &mut Vec<u8>) {
    let end = out.len() + width;
    if width <= 8 {
        let packed = numbers.iter().rev().fold(0_u64, |packed, number| packed << width | u64::from(*number));
        out.extend_from_slice(&packed.to_le_bytes());
    } else if width <= 16 {
        let half = |four: &[u32]| four.iter().rev().fold(0_u64, |packed, number| packed << width | u64::from(*number));
        let packed = u128::from(half(&numbers[4..])) << (4 * width) | u128::from(half(&numbers[..4]));
        out.extend_from_slice(&packed.to_le_bytes());
    } else {
        let mut bytes = [0_u8; 40];
        for (i, number) in numbers.iter().enumerate() {
            let (byte, shift) = (i * width / 8, i * width % 8);
            let shifted = (u64::from(*number) << shift).to_le_bytes();
            bytes[byte..byte + 8].iter_mut().zip(shifted).for_each(|(byte, more)| *byte |= more);
        }
        out.extend_from_slice(&bytes);
    }
    out.truncate(end);
}

fn varint(out: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}
