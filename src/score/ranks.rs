//! All look-back windows at once: the days that bound them cut time into ranks, and each rank knows which questions it answers.

use super::node::{Node, NodeKind};

/// The windows of the questions that the pass answers itself.
#[derive(Debug, Default)]
pub struct Ranks {
    /// Days before the index day on which a rank begins, oldest first; a day's rank is how many begin on or before it.
    starts: Vec<i64>,
    /// The ranks of the days near the index day, the day after it first.
    near: Vec<u16>,
    /// For each rank the questions whose window holds it.
    masks: Vec<u64>,
    words: usize,
    /// The bits of the selectors' questions, for each class.
    classes: Vec<u64>,
}

/// Days whose rank is looked up: eleven years, which is longer than nearly all windows.
const NEAR: i64 = 4096;

impl Ranks {
    /// `seen` are the first nodes of the plan; `selectors_of` gives the selectors of each class.
    #[must_use]
    pub fn new(seen: &[Node], classes: usize, class_has: impl Fn(usize, u16) -> bool) -> Ranks {
        let words = seen.len().div_ceil(64).max(1);
        let questions: Vec<_> = seen
            .iter()
            .filter_map(|node| match &node.kind {
                NodeKind::Seen { selector, window } => Some((vec![*selector], *window)),
                NodeKind::SeenAny { selectors, window, .. } => Some((selectors.clone(), *window)),
                _ => None,
            })
            .collect();
        let mut starts: Vec<i64> = Vec::new();
        for (_, window) in &questions {
            starts.extend(window.within.map(|n| i64::from(n) - 1));
            starts.push(i64::from(window.before) - 1);
        }
        starts.sort_unstable_by(|a, b| b.cmp(a));
        starts.dedup();
        let masks = (0..=starts.len())
            .flat_map(|rank| {
                // A day that lies in the rank, counted back from the index day.
                let back = if rank == 0 { i64::MAX } else { starts[rank - 1] };
                let holds = questions.iter().map(move |(_, window)| {
                    back >= i64::from(window.before) && window.within.is_none_or(|n| back < i64::from(n))
                });
                pack(holds, words)
            })
            .collect();
        let classes = (0..classes)
            .flat_map(|class| pack(questions.iter().map(|(all, _)| all.iter().any(|s| class_has(class, s.0))), words))
            .collect();
        let near = (-1..NEAR).map(|back| rank(&starts, back) as u16).collect();
        Ranks { starts, near, masks, words, classes }
    }

    /// Adds what a fact of this class, so many days before the index day, answers to the yes set, and to `twice` what
    /// others had answered before. `new` is given the word and the bits that none had.
    #[inline]
    pub fn answer(&self, back: i32, class: usize, yes: &mut [u64], twice: &mut [u64], mut new: impl FnMut(usize, u64)) {
        let back = i64::from(back);
        let rank = match self.near.get((back + 1).max(0) as usize) {
            Some(rank) => usize::from(*rank),
            None => rank(&self.starts, back),
        };
        let masks = &self.masks[rank * self.words..][..self.words];
        let bits = &self.classes[class * self.words..][..self.words];
        for (word, (((yes, twice), mask), bits)) in yes.iter_mut().zip(twice).zip(masks).zip(bits).enumerate() {
            let answered = mask & bits;
            new(word, answered & !*yes);
            *twice |= *yes & answered;
            *yes |= answered;
        }
    }
}

/// How many ranks begin on or before a day that lies so far back.
fn rank(starts: &[i64], back: i64) -> usize {
    starts.iter().filter(|start| **start >= back).count()
}

fn pack(bits: impl Iterator<Item = bool>, words: usize) -> Vec<u64> {
    let mut packed = vec![0; words];
    for (i, bit) in bits.enumerate() {
        packed[i / 64] |= u64::from(bit) << (i % 64);
    }
    packed
}
