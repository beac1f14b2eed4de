//! Questions that take a closer look at medicines, found by the codes that make them worth asking.

use super::bits::each_bit;
use super::leaf::{Answer, Standing};
use super::node::{Node, NodeId, NodeKind};
use crate::clinical::{Day, Tri};
use crate::model::ruleset::Usage;
use crate::observe::facts::MedicineFact;

/// The questions by the classes of codes that they ask for.
#[derive(Debug, Default)]
pub struct Closer {
    questions: Vec<Question>,
    /// For each class a bit set of the questions that ask for it, `words` words a class.
    of_class: Vec<u64>,
    words: usize,
    /// The questions that count substances which stand so, whatever the window.
    current: Vec<u64>,
    regular: Vec<u64>,
    lapsed: Vec<u64>,
}

#[derive(Debug, Clone, Copy)]
struct Question {
    node: NodeId,
    /// How many substances must stand so; `None` where there is more to ask.
    at_least: Option<u32>,
}

/// What is worth asking of a patient: a bit set of questions, and how many substances each has counted.
#[derive(Debug, Default)]
pub struct Found {
    asked: Vec<u64>,
    counts: Vec<u32>,
}

impl Closer {
    /// `class_has` tells whether a class belongs to a selector.
    #[must_use]
    pub fn of(nodes: &[Node], classes: usize, class_has: impl Fn(usize, u16) -> bool) -> Closer {
        let mut closer = Closer::default();
        let mut selectors = Vec::new();
        for (id, node) in nodes.iter().enumerate() {
            let NodeKind::Medicine { selector, spec } = &node.kind else { continue };
            if node.missing == Tri::Yes {
                continue;
            }
            let standing = closer.add(selectors.len(), spec.usage);
            let at_least = standing.then_some(spec.at_least);
            closer.questions.push(Question { node: NodeId(id as u32), at_least });
            selectors.push(*selector);
        }
        let words = selectors.len().div_ceil(64);
        closer.of_class = vec![0; classes * words];
        for class in 0..classes {
            for (number, _) in selectors.iter().enumerate().filter(|(_, selector)| class_has(class, selector.0)) {
                closer.of_class[class * words + number / 64] |= 1 << (number % 64);
            }
        }
        closer.words = words;
        closer
    }

    /// Adds a question to those that a standing answers; whether one does.
    fn add(&mut self, number: usize, usage: Usage) -> bool {
        if number.is_multiple_of(64) {
            for questions in [&mut self.current, &mut self.regular, &mut self.lapsed] {
                questions.push(0);
            }
        }
        let questions = match usage {
            Usage::Current => &mut self.current,
            Usage::Regular => &mut self.regular,
            Usage::Lapsed => &mut self.lapsed,
            Usage::Any | Usage::AnyRegular | Usage::Begun | Usage::Added => return false,
        };
        questions[number / 64] |= 1 << (number % 64);
        true
    }

    /// Whether nothing is asked of anyone.
    pub fn is_empty(&self) -> bool {
        self.questions.is_empty()
    }

    /// Finds what is worth asking of a patient on a day; the rows of a substance follow one another, the newest last.
    pub fn find(&self, rows: &[MedicineFact], on: Day, found: &mut Found) {
        found.asked.clear();
        found.asked.resize(self.words, 0);
        found.counts.clear();
        found.counts.resize(self.questions.len(), 0);
        for substance in rows.chunk_by(|row, next| row.code() == next.code()) {
            let standing = Standing::of(substance, on);
            if standing.is_known {
                self.count(usize::from(substance[0].class().0), standing, found);
            }
        }
    }

    fn count(&self, class: usize, standing: Standing, found: &mut Found) {
        let asking = &self.of_class[class * self.words..][..self.words];
        for (word, asking) in asking.iter().enumerate() {
            found.asked[word] |= asking;
            let those = |stands: bool, questions: &[u64]| if stands { questions[word] } else { 0 };
            let counting = those(standing.is_current, &self.current)
                | those(standing.is_regular, &self.regular)
                | those(standing.has_lapsed, &self.lapsed);
            each_bit(asking & counting).for_each(|bit| found.counts[word * 64 + bit] += 1);
        }
    }

    /// The questions that were found, and the answers of those that are answered with that.
    pub fn found(&self, found: &Found) -> impl Iterator<Item = (NodeId, Option<Answer>)> {
        let asked = found.asked.iter().enumerate();
        let places = asked.flat_map(|(word, bits)| each_bit(*bits).map(move |bit| word * 64 + bit));
        places.map(|place| {
            let Question { node, at_least } = self.questions[place];
            (node, at_least.map(|n| Answer::at_least(n, found.counts[place])))
        })
    }
}
