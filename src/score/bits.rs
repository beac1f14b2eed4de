//! Bit sets over nodes: where a node's bit stands, and the few words of a set that are not empty.

use super::node::NodeId;

/// The word of a node's bit, and the bit in it.
#[inline]
pub(super) fn place(id: NodeId) -> (usize, u64) {
    (id.index() / 64, 1 << (id.index() % 64))
}

/// Whether a node's bit is set.
#[inline]
pub(super) fn has(bits: &[u64], id: NodeId) -> bool {
    let (word, bit) = place(id);
    bits[word] & bit != 0
}

/// Adds bits of a word to a set that is kept as its words.
pub(super) fn add(set: &mut Vec<(usize, u64)>, (word, bits): (usize, u64)) {
    match set.iter_mut().find(|(known, _)| *known == word) {
        Some((_, all)) => *all |= bits,
        None if bits != 0 => set.push((word, bits)),
        None => {}
    }
}

/// The places of the bits that are set.
#[inline]
pub(super) fn each_bit(mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let place = (bits != 0).then(|| bits.trailing_zeros() as usize);
        bits &= bits.wrapping_sub(1);
        place
    })
}
