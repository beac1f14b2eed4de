//! Joined questions whose members the pass has answered: answered with them, one after another, before anything is asked.

use super::bits::{self, each_bit};
use super::node::{Node, NodeId, NodeKind};
use super::plan::Constants;
use crate::clinical::Tri;

/// Such questions, each behind those of which it is made.
///
/// Most are answered as they are for a patient without any fact; only those with a member that differs are looked at.
#[derive(Debug, Default)]
pub struct Eager {
    joins: Vec<Join>,
    /// The members of all, join by join: words of the bit sets, and bits in them.
    members: Vec<(usize, u64)>,
    /// For each node a bit set of the joins that it is a member of, `words` words a node.
    parents: Vec<u64>,
    words: usize,
    /// The nodes that wake some join.
    waking: Vec<u64>,
}

#[derive(Debug, Clone, Copy)]
struct Join {
    how: How,
    /// Where its members begin and end.
    first: usize,
    end: usize,
    node: NodeId,
    /// The answer when no member differs.
    usual: Tri,
}

#[derive(Debug, Clone, Copy)]
enum How {
    Any,
    All,
    None,
    AtLeast(u32),
}

/// The bit sets of answers, and room for a bit set of joins.
pub struct Answers<'a> {
    pub yes: &'a mut [u64],
    pub unknown: &'a mut [u64],
    pub awake: &'a mut Vec<u64>,
}

impl Eager {
    /// Finds them, and adds them to those that are done, with their usual answers.
    #[must_use]
    pub fn of(nodes: &[Node], constant: &mut Constants) -> Eager {
        let mut eager = Eager::default();
        for (index, node) in nodes.iter().enumerate() {
            let Some((how, of)) = join(&node.kind) else { continue };
            if of.iter().all(|id| bits::has(&constant.done, *id)) && !counts_twice(nodes, how, of) {
                eager.add(how, of, NodeId(index as u32), constant);
            }
        }
        eager.words = eager.joins.len().div_ceil(64);
        eager.parents = vec![0; nodes.len() * eager.words];
        eager.waking = vec![0; constant.yes.len()];
        for (number, join) in eager.joins.iter().enumerate() {
            for id in eager.wakers(join, nodes, constant) {
                eager.parents[id * eager.words + number / 64] |= 1 << (number % 64);
                eager.waking[id / 64] |= 1 << (id % 64);
            }
        }
        eager
    }

    /// The members whose answers must differ from the usual for the join's to differ.
    fn wakers(&self, join: &Join, nodes: &[Node], constant: &Constants) -> Vec<usize> {
        let members = &self.members[join.first..join.end];
        let all = members.iter().flat_map(|(word, bits)| each_bit(*bits).map(move |at| word * 64 + at));
        let is_no =
            |id: &usize| truth(How::Any, &[(id / 64, 1 << (id % 64))], &constant.yes, &constant.unknown) == Tri::No;
        match join.how {
            // While one is no, so is the whole; best one that few patients meet.
            How::All if join.usual == Tri::No => {
                let common =
                    |id: &usize| nodes[*id].kind.is_of_person() || matches!(nodes[*id].kind, NodeKind::Age { .. });
                all.filter(is_no).min_by_key(common).into_iter().collect()
            }
            _ => all.collect(),
        }
    }

    fn add(&mut self, how: How, of: &[NodeId], node: NodeId, constant: &mut Constants) {
        let first = self.members.len();
        let mut members = Vec::new();
        of.iter().for_each(|id| bits::add(&mut members, bits::place(*id)));
        let usual = truth(how, &members, &constant.yes, &constant.unknown);
        self.members.extend(members);
        set(&mut constant.yes, &mut constant.unknown, node, usual);
        let (word, bit) = bits::place(node);
        constant.done[word] |= bit;
        self.joins.push(Join { how, first, end: self.members.len(), node, usual });
    }

    /// Answers them all; `usual` are the answers for a patient without any fact.
    pub fn answer(&self, answers: &mut Answers, usual: &Constants) {
        if self.joins.is_empty() {
            return;
        }
        answers.awake.clear();
        answers.awake.resize(self.words, 0);
        for (word, waking) in self.waking.iter().enumerate() {
            let differ = (answers.yes[word] ^ usual.yes[word]) | (answers.unknown[word] ^ usual.unknown[word]);
            let mut waking = differ & waking;
            while waking != 0 {
                self.wake(word * 64 + waking.trailing_zeros() as usize, answers.awake);
                waking &= waking - 1;
            }
        }
        for word in 0..self.words {
            // Joins come behind their members, so those that wake now come later.
            while answers.awake[word] != 0 {
                let at = answers.awake[word].trailing_zeros() as usize;
                answers.awake[word] &= answers.awake[word] - 1;
                self.join(&self.joins[word * 64 + at], answers);
            }
        }
    }

    #[inline]
    fn wake(&self, node: usize, awake: &mut [u64]) {
        let parents = &self.parents[node * self.words..][..self.words];
        awake.iter_mut().zip(parents).for_each(|(awake, parents)| *awake |= parents);
    }

    #[inline]
    fn join(&self, join: &Join, answers: &mut Answers) {
        let members = &self.members[join.first..join.end];
        let truth = truth(join.how, members, answers.yes, answers.unknown);
        if truth != join.usual {
            set(answers.yes, answers.unknown, join.node, truth);
            self.wake(join.node.index(), answers.awake);
        }
    }
}

fn set(yes: &mut [u64], unknown: &mut [u64], node: NodeId, truth: Tri) {
    let (word, bit) = bits::place(node);
    yes[word] = yes[word] & !bit | if truth == Tri::Yes { bit } else { 0 };
    unknown[word] = unknown[word] & !bit | if truth == Tri::Unknown { bit } else { 0 };
}

#[inline(always)]
fn truth(how: How, members: &[(usize, u64)], yes: &[u64], unknown: &[u64]) -> Tri {
    match how {
        How::Any => any(members, yes, unknown),
        How::None => any(members, yes, unknown).negate(),
        How::All => all(members, yes, unknown),
        How::AtLeast(n) => {
            let (met, open) = numbers(members, yes, unknown);
            reaches(n, met, open)
        }
    }
}

/// Whether one of the members is yes.
#[inline]
pub fn any(members: &[(usize, u64)], yes: &[u64], unknown: &[u64]) -> Tri {
    let (mut met, mut open) = (0, 0);
    for (word, bits) in members {
        met |= yes[*word] & bits;
        open |= unknown[*word] & bits;
    }
    match (met != 0, open != 0) {
        (true, _) => Tri::Yes,
        (false, true) => Tri::Unknown,
        _ => Tri::No,
    }
}

/// Whether all members are yes.
#[inline]
pub fn all(members: &[(usize, u64)], yes: &[u64], unknown: &[u64]) -> Tri {
    let (mut missed, mut no) = (0, 0);
    for (word, bits) in members {
        let without = bits & !yes[*word];
        missed |= without;
        no |= without & !unknown[*word];
    }
    match (no != 0, missed != 0) {
        (true, _) => Tri::No,
        (false, true) => Tri::Unknown,
        _ => Tri::Yes,
    }
}

/// How many are yes, and how many unknown.
pub fn numbers(members: &[(usize, u64)], yes: &[u64], unknown: &[u64]) -> (u32, u32) {
    members.iter().fold((0, 0), |(met, open), (word, bits)| {
        let unknown = unknown[*word] & !yes[*word] & bits;
        (met + (yes[*word] & bits).count_ones(), open + unknown.count_ones())
    })
}

/// Whether so many are yes, when some are and others may be.
pub fn reaches(n: u32, met: u32, open: u32) -> Tri {
    match (met >= n, met + open >= n) {
        (true, _) => Tri::Yes,
        (false, true) => Tri::Unknown,
        _ => Tri::No,
    }
}

fn join(kind: &NodeKind) -> Option<(How, &[NodeId])> {
    match kind {
        NodeKind::Any(of) => Some((How::Any, of)),
        NodeKind::All(of) => Some((How::All, of)),
        NodeKind::None(of) => Some((How::None, of)),
        NodeKind::AtLeast { n, of } => Some((How::AtLeast(*n), of)),
        _ => None,
    }
}

/// Whether a member counts once for each time it is named, which a bit cannot tell.
fn counts_twice(nodes: &[Node], how: How, of: &[NodeId]) -> bool {
    let How::AtLeast(n) = how else { return false };
    let is_never_yes = |id: &NodeId| matches!(nodes[id.index()].kind, NodeKind::Always(Tri::No | Tri::Unknown));
    let is_repeated = |id: &NodeId| of.iter().filter(|other| *other == id).count() > 1;
    of.iter().any(|id| is_repeated(id) && !(n == 1 && is_never_yes(id)))
}
