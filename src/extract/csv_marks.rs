//! Where delimiters and line breaks stand: fields are short, so many places are found at once.

/// Bytes looked at together.
const STRETCH: usize = 64;

/// Calls `found` with the place of each `a` and `b`, in order.
#[inline]
pub(super) fn marks(text: &[u8], a: u8, b: u8, mut found: impl FnMut(usize)) {
    let (stretches, rest) = text.as_chunks::<STRETCH>();
    for (number, stretch) in stretches.iter().enumerate() {
        let mut places = places(stretch, a, b);
        while places != 0 {
            found(number * STRETCH + places.trailing_zeros() as usize);
            places &= places - 1;
        }
    }
    let before = text.len() - rest.len();
    for (at, byte) in rest.iter().enumerate() {
        if *byte == a || *byte == b {
            found(before + at);
        }
    }
}

/// A bit for each byte that is `a` or `b`.
#[inline]
fn places(stretch: &[u8; STRETCH], a: u8, b: u8) -> u64 {
    let (a, b) = (u64::from_le_bytes([a; 8]), u64::from_le_bytes([b; 8]));
    let (words, _) = stretch.as_chunks::<8>();
    let mut places = 0;
    for (number, bytes) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*bytes);
        // The highest bits of the bytes that are marks, gathered into one byte.
        let is_mark = zeros(word ^ a) | zeros(word ^ b);
        places |= ((is_mark >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56) << (number * 8);
    }
    places
}

/// The highest bit of each byte that is 0.
#[inline]
fn zeros(bytes: u64) -> u64 {
    const LOW: u64 = 0x7F7F_7F7F_7F7F_7F7F;
    !(((bytes & LOW) + LOW) | bytes | LOW)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_mark_is_found_in_order(text in proptest::collection::vec(prop_oneof![Just(b';'), Just(b'\n'), any::<u8>()], 0..400)) {
            let mut seen = Vec::new();
            marks(&text, b';', b'\n', |at| seen.push(at));
            let expected: Vec<usize> = memchr::memchr2_iter(b';', b'\n', &text).collect();
            prop_assert_eq!(seen, expected);
        }
    }
}
