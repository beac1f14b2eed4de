//! Sorting scores once: distinct values in ascending order, and each row's place among them.

/// The distinct values of some scores, ascending, and for each row the place of its own.
#[derive(Debug, Clone, Default)]
pub struct Order {
    pub values: Vec<f64>,
    /// Place in `values`, row by row.
    pub place: Vec<u32>,
}

impl Order {
    /// Minus zero and zero are one value. Scores must be numbers: not-a-number would sort after all others.
    #[must_use]
    pub fn of(scores: &[f64]) -> Order {
        let (rows, mut keys) = sorted(scores);
        let mut place = vec![0; scores.len()];
        let mut distinct = 0;
        for (at, row) in rows.iter().enumerate() {
            // The distinct keys move to the front, over those that were seen.
            if at > 0 && keys[at] != keys[distinct] {
                distinct += 1;
                keys[distinct] = keys[at];
            }
            place[row_of(*row)] = distinct as u32;
        }
        keys.truncate(if keys.is_empty() { 0 } else { distinct + 1 });
        Order { values: keys.into_iter().map(score).collect(), place }
    }

    /// Events and non-events of each distinct value: non-events at `2 g`, events at `2 g + 1`.
    #[must_use]
    pub fn counts(&self, events: &[bool]) -> Vec<u32> {
        let mut counts = vec![0; 2 * self.values.len()];
        for (place, event) in self.place.iter().zip(events) {
            counts[2 * *place as usize + usize::from(*event)] += 1;
        }
        counts
    }
}

/// A whole number that orders as the score does.
fn key(score: f64) -> u64 {
    let bits = (score + 0.0).to_bits();
    bits ^ if bits >> 63 == 1 { u64::MAX } else { 1 << 63 }
}

/// The score with this key.
fn score(key: u64) -> f64 {
    f64::from_bits(if key >> 63 == 1 { key ^ 1 << 63 } else { !key })
}

/// Bits of half a key, and of a row's number.
const HALF: u32 = 32;
/// Bits of a digit; two of them make half a key.
const DIGIT: u32 = 16;
/// Below this many rows comparing is faster than dealing out.
const FEW: usize = 1 << 14;

/// The row in the lower half of a packed number.
fn row_of(packed: u64) -> usize {
    packed as u32 as usize
}

/// Rows in ascending order of their keys, the rows with something above them, and the keys in that order.
fn sorted(scores: &[f64]) -> (Vec<u64>, Vec<u64>) {
    let (mut rows, mut keys) = by_upper_half(scores);
    rows.iter().zip(&mut keys).for_each(|(row, sorted)| *sorted = key(scores[row_of(*row)]));
    let mut from = 0;
    for alike in rows.chunk_by_mut(|a, b| a >> HALF == b >> HALF) {
        let keys = &mut keys[from..from + alike.len()];
        from += alike.len();
        // Few keys share their upper half and are not the same, so little is left to compare.
        if !keys.is_sorted() {
            alike.sort_unstable_by_key(|row| key(scores[row_of(*row)]));
            keys.sort_unstable();
        }
    }
    (rows, keys)
}

/// The upper half of each row's key above the row's number, ascending: a row takes eight bytes wherever it is dealt. With it
/// as much room again.
fn by_upper_half(scores: &[f64]) -> (Vec<u64>, Vec<u64>) {
    let pack = |(score, row): (&f64, u64)| key(*score) >> HALF << HALF | row;
    let mut packed: Vec<u64> = scores.iter().zip(0..).map(pack).collect();
    let mut room = vec![0; packed.len()];
    if packed.len() < FEW {
        packed.sort_unstable();
        return (packed, room);
    }
    for bit in [HALF, HALF + DIGIT] {
        if deal(&packed, &mut room, bit) {
            std::mem::swap(&mut packed, &mut room);
        }
    }
    (packed, room)
}

/// Deals rows out by the digit at `bit`; `false` when all have the same one and nothing was done.
fn deal(from: &[u64], to: &mut [u64], bit: u32) -> bool {
    let digit = |packed: u64| (packed >> bit) as usize & ((1 << DIGIT) - 1);
    let mut slots = vec![0_u32; 1 << DIGIT];
    from.iter().for_each(|packed| slots[digit(*packed)] += 1);
    if slots[digit(from[0])] == from.len() as u32 {
        return false;
    }
    let mut start = 0;
    for slot in &mut slots {
        start += std::mem::replace(slot, start);
    }
    for packed in from {
        let slot = &mut slots[digit(*packed)];
        to[*slot as usize] = *packed;
        *slot += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn values_come_once_and_ascending() {
        let order = Order::of(&[3.0, -1.0, 0.0, -0.0, 3.0, f64::NEG_INFINITY]);
        assert_eq!(order.values, [f64::NEG_INFINITY, -1.0, 0.0, 3.0]);
        assert_eq!(order.place, [3, 1, 2, 2, 3, 0]);
        assert_eq!(order.counts(&[true, false, true, false, false, true]), [0, 1, 1, 0, 1, 1, 1, 1]);
    }

    #[test]
    fn many_rows_sort_as_few_do() {
        let scores: Vec<f64> = (0..20_000_u64).map(|n| ((n * 7_919) % 10_007) as f64 * 0.37 - 900.0).collect();
        let order = Order::of(&scores);
        assert!(order.values.is_sorted());
        assert_eq!(order.values.len(), 10_007);
        assert!(scores.iter().zip(&order.place).all(|(score, place)| order.values[*place as usize] == *score));
        // All alike in the upper half of their bits.
        let close: Vec<f64> = (0..20_000_u64).map(|n| 1.0 + ((n * 7_919) % 10_007) as f64 * f64::EPSILON).collect();
        let order = Order::of(&close);
        assert!(order.values.is_sorted() && order.values.len() == 10_007);
    }

    /// Distinct values by a tree, and each row's place by counting those below.
    fn slowly(scores: &[f64]) -> Order {
        let mut values: Vec<f64> = scores.iter().map(|score| score + 0.0).collect();
        values.sort_by(f64::total_cmp);
        values.dedup();
        let place = scores.iter().map(|score| values.iter().filter(|value| *value < score).count() as u32);
        Order { place: place.collect(), values }
    }

    /// Ties, neighbours that differ in their last bit only, both zeros and both infinities.
    fn some_score() -> impl Strategy<Value = f64> {
        prop_oneof![
            4 => (-3..3_i32).prop_map(f64::from),
            2 => (0..4_u64).prop_map(|more| f64::from_bits(1.5_f64.to_bits() + more)),
            2 => prop::num::f64::NORMAL | prop::num::f64::SUBNORMAL,
            1 => prop_oneof![Just(0.0), Just(-0.0), Just(f64::INFINITY), Just(f64::NEG_INFINITY)],
        ]
    }

    proptest! {
        #[test]
        fn agrees_with_the_slow_way(scores in prop::collection::vec(some_score(), 0..200), repeats in 1..200_usize) {
            let scores = scores.repeat(repeats);
            let (quick, slow) = (Order::of(&scores), slowly(&scores));
            prop_assert_eq!(quick.place, slow.place);
            prop_assert!(quick.values.iter().map(|value| value.to_bits()).eq(slow.values.iter().map(|value| value.to_bits())));
        }
    }
}
