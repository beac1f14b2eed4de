//! Questions that take a closer look at medicines, found by the codes that make them worth asking.

use super::bits::each_bit;
use super::node::{Node, NodeId, NodeKind};
use crate::clinical::Tri;
use crate::observe::ClassId;

/// The questions by the classes of codes that they ask for.
#[derive(Debug, Default)]
pub struct Closer {
    questions: Vec<NodeId>,
    /// For each class a bit set of the questions that ask for it, `words` words a class.
    of_class: Vec<u64>,
    pub words: usize,
}

impl Closer {
    /// `class_has` tells whether a class belongs to a selector.
    #[must_use]
    pub fn of(nodes: &[Node], classes: usize, class_has: impl Fn(usize, u16) -> bool) -> Closer {
        let asking = |(id, node): (usize, &Node)| match &node.kind {
            NodeKind::Medicine { selector, .. } if node.missing != Tri::Yes => Some((NodeId(id as u32), *selector)),
            _ => None,
        };
        let asking: Vec<_> = nodes.iter().enumerate().filter_map(asking).collect();
        let words = asking.len().div_ceil(64);
        let mut of_class = vec![0; classes * words];
        for class in 0..classes {
            for (number, _) in asking.iter().enumerate().filter(|(_, (_, selector))| class_has(class, selector.0)) {
                of_class[class * words + number / 64] |= 1 << (number % 64);
            }
        }
        Closer { questions: asking.into_iter().map(|(id, _)| id).collect(), of_class, words }
    }

    /// Adds the questions that ask for a class.
    #[inline]
    pub fn add(&self, class: ClassId, found: &mut [u64]) {
        let of_class = &self.of_class[usize::from(class.0) * self.words..];
        found.iter_mut().zip(of_class).for_each(|(found, more)| *found |= more);
    }

    /// The questions that were found.
    pub fn found(&self, found: &[u64]) -> impl Iterator<Item = NodeId> {
        let places = found.iter().enumerate().flat_map(|(word, bits)| each_bit(*bits).map(move |bit| word * 64 + bit));
        places.map(|place| self.questions[place])
    }
}
