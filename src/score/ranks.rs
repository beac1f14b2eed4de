//! All look-back windows at once: the days that bound them cut time into ranks, and for each class of codes and each rank it
//! is known which questions a code of that class on a day of that rank answers.

use super::node::{Node, NodeKind};
use crate::clinical::Window;
use crate::observe::{ClassId, Matcher, SelectorId};

/// The questions that the pass answers itself.
#[derive(Debug, Default)]
pub struct Ranks {
    /// Days before the index day on which a rank begins, oldest first; a day's rank is how many begin on or before it.
    starts: Vec<i64>,
    /// The ranks of the days near the index day, the day after it first; few windows reach farther back.
    near: Vec<u16>,
    /// Where the answers of each class and rank begin and end, `ranks` a class.
    places: Vec<(u32, u32)>,
    ranks: usize,
    answers: Vec<Answered>,
    /// The answers of each class and rank once more, where all questions fit in so few words: added as a whole.
    whole: Vec<[u64; FEW]>,
}

/// Questions that are answered, as bits of a word.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Answered {
    word: u32,
    bits: u64,
}

/// Words that are quicker added as a whole than one by one.
pub(super) const FEW: usize = 8;

/// Days whose rank is looked up at most: eleven years, which is longer than nearly all windows.
const NEAR: i64 = 4096;

impl Ranks {
    /// `seen` are the first nodes of the plan; `notes` tells whether it must be known which of them several facts answer.
    #[must_use]
    pub fn new(seen: &[Node], matcher: &Matcher, notes: bool) -> Ranks {
        let mut of_selector: Vec<Vec<(usize, Window)>> = vec![Vec::new(); matcher.selector_count()];
        let mut windows = Vec::new();
        for (id, node) in seen.iter().enumerate() {
            for (selector, window) in node.kind.seen() {
                of_selector[usize::from(selector.0)].push((id, window));
                windows.push(window);
            }
        }
        let starts = starts(&windows);
        let oldest = starts.first().copied().unwrap_or(-1).min(NEAR);
        let near = (-1..=oldest).map(|back| rank(&starts, back) as u16).collect();
        let mut ranks = Ranks { ranks: starts.len() + 1, starts, near, ..Ranks::default() };
        for class in 0..matcher.classes() {
            let selectors = matcher.selectors(ClassId(class as u16)).iter();
            let questions: Vec<_> = selectors.flat_map(|selector| &of_selector[usize::from(selector.0)]).collect();
            ranks.add_class(&questions);
        }
        if seen.len() <= FEW * 64 && !notes {
            ranks.whole = ranks.places.iter().map(|place| ranks.whole(*place)).collect();
        }
        ranks
    }

    fn add_class(&mut self, questions: &[&(usize, Window)]) {
        let mut before: Option<(u32, u32)> = None;
        for rank in 0..self.ranks {
            // A day that lies in the rank, counted back from the index day.
            let back = if rank == 0 { i64::MAX } else { self.starts[rank - 1] };
            let held = questions.iter().filter(|(_, window)| holds(*window, back)).map(|(id, _)| *id);
            let answers = pack(held);
            let same = |(from, to): &(u32, u32)| self.answers[*from as usize..*to as usize] == answers;
            let place = before.filter(same).unwrap_or_else(|| {
                let from = self.answers.len() as u32;
                self.answers.extend(&answers);
                (from, self.answers.len() as u32)
            });
            self.places.push(place);
            before = Some(place);
        }
    }

    fn whole(&self, (from, to): (u32, u32)) -> [u64; FEW] {
        let mut whole = [0; FEW];
        self.answers[from as usize..to as usize].iter().for_each(|of| whole[of.word as usize] |= of.bits);
        whole
    }

    /// Adds what a fact of this class, so many days before the index day, answers to the yes set.
    #[inline]
    pub fn answer(&self, back: i32, class: usize, yes: &mut [u64]) {
        let place = self.place(back, class);
        if let (Some(whole), Some(yes)) = (self.whole.get(place), yes.first_chunk_mut::<FEW>()) {
            yes.iter_mut().zip(whole).for_each(|(yes, bits)| *yes |= bits);
            return;
        }
        for Answered { word, bits } in self.answered(place) {
            yes[*word as usize] |= bits;
        }
    }

    /// The same; adds to `twice` what others had answered before, and gives `new` the word and the bits that none had.
    #[inline]
    pub fn note(&self, back: i32, class: usize, yes: &mut [u64], twice: &mut [u64], mut new: impl FnMut(usize, u64)) {
        for Answered { word, bits } in self.answered(self.place(back, class)) {
            let word = *word as usize;
            new(word, bits & !yes[word]);
            twice[word] |= yes[word] & bits;
            yes[word] |= bits;
        }
    }

    #[inline]
    fn place(&self, back: i32, class: usize) -> usize {
        let back = i64::from(back);
        let rank = match self.near.get((back + 1).max(0) as usize) {
            Some(rank) => usize::from(*rank),
            None if self.starts.first().is_none_or(|oldest| back > *oldest) => 0,
            None => rank(&self.starts, back),
        };
        class * self.ranks + rank
    }

    #[inline]
    fn answered(&self, place: usize) -> &[Answered] {
        let (from, to) = self.places[place];
        &self.answers[from as usize..to as usize]
    }
}

impl NodeKind {
    /// The codes and windows that answer it, when the pass does.
    fn seen(&self) -> Vec<(SelectorId, Window)> {
        match self {
            NodeKind::Seen { selector, window, .. } => vec![(*selector, *window)],
            NodeKind::SeenAny { seen, .. } => seen.clone(),
            _ => Vec::new(),
        }
    }
}

/// The days before the index day that bound the windows, the oldest first.
fn starts(windows: &[Window]) -> Vec<i64> {
    let bounds =
        |window: &Window| window.within.map(|n| i64::from(n) - 1).into_iter().chain([i64::from(window.before) - 1]);
    let mut starts: Vec<i64> = windows.iter().flat_map(bounds).collect();
    starts.sort_unstable_by(|a, b| b.cmp(a));
    starts.dedup();
    starts
}

fn holds(window: Window, back: i64) -> bool {
    back >= i64::from(window.before) && window.within.is_none_or(|n| back < i64::from(n))
}

/// How many ranks begin on or before a day that lies so far back.
fn rank(starts: &[i64], back: i64) -> usize {
    starts.iter().filter(|start| **start >= back).count()
}

fn pack(questions: impl Iterator<Item = usize>) -> Vec<Answered> {
    let mut packed: Vec<Answered> = Vec::new();
    for id in questions {
        let (word, bits) = ((id / 64) as u32, 1 << (id % 64));
        match packed.iter_mut().find(|answered| answered.word == word) {
            Some(answered) => answered.bits |= bits,
            None => packed.push(Answered { word, bits }),
        }
    }
    packed
}
