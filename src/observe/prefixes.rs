//! The rule codes of one system as a tree of prefixes: a code is matched by walking down as far as its characters lead.

use super::codeword::CodeWord;
use super::matcher::ClassId;
use std::collections::{BTreeMap, VecDeque};

/// The tree, packed: sixteen bytes a prefix, so that the tree of all rule sets stays close to the processor.
#[derive(Debug)]
pub(super) struct Prefixes {
    nodes: Vec<Prefix>,
}

/// A prefix of some rule code.
#[derive(Debug, Clone, Copy)]
struct Prefix {
    /// A bit for each character that leads on, by [`CodeWord::symbol`].
    next: u64,
    /// Where the first of the longer prefixes stands; the others follow in the order of their characters.
    first: u32,
    /// Class of the codes that go no further than this prefix but are longer.
    class: ClassId,
    /// Class of the code that ends here.
    whole: ClassId,
}

impl Default for Prefixes {
    fn default() -> Prefixes {
        Growing::new(ClassId(0)).finish()
    }
}

impl Prefixes {
    #[inline]
    pub fn class_of(&self, code: CodeWord) -> ClassId {
        let mut node = &self.nodes[0];
        for i in 0..CodeWord::MAX {
            let symbol = code.symbol(i);
            if symbol == 0 {
                break;
            }
            let bit = 1 << symbol;
            if node.next & bit == 0 {
                return node.class;
            }
            node = &self.nodes[node.first as usize + (node.next & (bit - 1)).count_ones() as usize];
        }
        node.whole
    }
}

/// The tree while rule codes are added.
#[derive(Debug)]
pub(super) struct Growing {
    nodes: Vec<Node>,
}

#[derive(Debug)]
struct Node {
    next: BTreeMap<u8, usize>,
    class: ClassId,
    whole: ClassId,
}

impl Growing {
    /// A tree without rule codes, in which every code belongs to `rest`.
    pub fn new(rest: ClassId) -> Growing {
        Growing { nodes: vec![Node { next: BTreeMap::new(), class: rest, whole: rest }] }
    }

    /// Adds a rule code, after those that begin it; `exact` when no longer code belongs to the class.
    pub fn add(&mut self, code: CodeWord, class: ClassId, exact: bool) {
        let mut at = 0;
        for i in 0..code.len() {
            let (next, inherited) = (self.nodes.len(), self.nodes[at].class);
            let child = *self.nodes[at].next.entry(code.symbol(i)).or_insert(next);
            if child == next {
                self.nodes.push(Node { next: BTreeMap::new(), class: inherited, whole: inherited });
            }
            at = child;
        }
        self.nodes[at].whole = class;
        if !exact {
            self.nodes[at].class = class;
        }
    }

    /// Packs the tree level by level, so that the children of a prefix stand side by side.
    pub fn finish(self) -> Prefixes {
        let mut nodes = Vec::with_capacity(self.nodes.len());
        let mut waiting = VecDeque::from([0]);
        let mut placed = 1;
        while let Some(at) = waiting.pop_front() {
            let node = &self.nodes[at];
            let next = node.next.keys().fold(0, |bits, symbol| bits | 1 << symbol);
            nodes.push(Prefix { next, first: placed, class: node.class, whole: node.whole });
            placed += node.next.len() as u32;
            waiting.extend(node.next.values());
        }
        Prefixes { nodes }
    }
}
