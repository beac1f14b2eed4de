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
        let mut keyed: Vec<(u64, u32)> = scores.iter().map(|score| key(*score)).zip(0..).collect();
        sort(&mut keyed);
        let mut values = Vec::new();
        let mut place = vec![0; scores.len()];
        let mut last = None;
        for (key, row) in keyed {
            if last != Some(key) {
                values.push(score(key));
                last = Some(key);
            }
            place[row as usize] = values.len() as u32 - 1;
        }
        Order { values, place }
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

/// Bits of a digit, and how many digits from the top are dealt out; what they leave is sorted by comparing.
const DIGIT: u32 = 11;
const DIGITS: u32 = 3;
const LOWEST: u32 = u64::BITS - DIGIT * DIGITS;
/// Below this many rows comparing is faster than dealing out.
const FEW: usize = 4_096;

/// Sorts by key, and equal keys by row: the upper half of the key by its digits, the least significant first. Few keys
/// share their upper half and are not the same, so little is left to compare.
fn sort(keyed: &mut Vec<(u64, u32)>) {
    if keyed.len() < FEW {
        keyed.sort_unstable();
        return;
    }
    let mut other = vec![(0, 0); keyed.len()];
    for digit in 0..DIGITS {
        if deal(keyed, &mut other, LOWEST + DIGIT * digit) {
            std::mem::swap(keyed, &mut other);
        }
    }
    let upper = |pair: &(u64, u32)| pair.0 >> LOWEST;
    for alike in keyed.chunk_by_mut(|a, b| upper(a) == upper(b)) {
        if alike.iter().any(|pair| pair.0 != alike[0].0) {
            alike.sort_unstable();
        }
    }
}

/// Deals rows out by the digit at `bit`; `false` when all have the same one and nothing was done.
fn deal(from: &[(u64, u32)], to: &mut [(u64, u32)], bit: u32) -> bool {
    const WIDTH: usize = 1 << DIGIT;
    let digit = |key: u64| (key >> bit) as usize & (WIDTH - 1);
    let mut slots = [0_u32; WIDTH];
    from.iter().for_each(|(key, _)| slots[digit(*key)] += 1);
    if slots.contains(&(from.len() as u32)) {
        return false;
    }
    let mut start = 0;
    for slot in &mut slots {
        start += std::mem::replace(slot, start);
    }
    for pair in from {
        let slot = &mut slots[digit(pair.0)];
        to[*slot as usize] = *pair;
        *slot += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
