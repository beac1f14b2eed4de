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

/// Adds bits packed eight to a byte, without runs.
pub fn pack_bits(bits: impl ExactSizeIterator<Item = bool>, out: &mut Vec<u8>) {
    let first = out.len();
    out.resize(first + bits.len().div_ceil(8), 0);
    for (i, bit) in bits.enumerate() {
        out[first + i / 8] |= u8::from(bit) << (i % 8);
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

fn pack(numbers: &[u32], width: usize, out: &mut Vec<u8>) {
    for group in numbers.chunks(8) {
        if width <= 8 {
            let packed = group.iter().rev().fold(0_u64, |packed, number| packed << width | u64::from(*number));
            out.extend_from_slice(&packed.to_le_bytes()[..width]);
        } else if width <= 16 {
            let packed = group.iter().rev().fold(0_u128, |packed, number| packed << width | u128::from(*number));
            out.extend_from_slice(&packed.to_le_bytes()[..width]);
        } else {
            let mut bytes = [0_u8; 32];
            for (i, number) in group.iter().enumerate() {
                let (byte, shift) = (i * width / 8, i * width % 8);
                let shifted = (u64::from(*number) << shift).to_le_bytes();
                bytes[byte..].iter_mut().zip(shifted).for_each(|(byte, more)| *byte |= more);
            }
            out.extend_from_slice(&bytes[..width]);
        }
    }
}

fn varint(out: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}
