//! The members of a joined question, packed: those that are answered before any question is asked are looked at 64 at a time.

use super::bits;
use super::node::{Node, NodeId, NodeKind};
use super::plan::Constants;

/// The members of `any`, `all`, `none` and `at_least`; empty for every other question.
#[derive(Debug, Default)]
pub struct Members {
    /// Words of the bit sets, and the bits of the members in them.
    pub bits: Vec<(usize, u64)>,
    /// Those that must be asked.
    pub asked: Vec<NodeId>,
}

impl Members {
    /// The members of each node; `answered` tells which nodes need no asking.
    #[must_use]
    pub fn of_all(nodes: &[Node], answered: &Constants) -> Vec<Members> {
        nodes.iter().map(|node| Members::of(&node.kind, answered)).collect()
    }

    fn of(kind: &NodeKind, answered: &Constants) -> Members {
        match kind {
            NodeKind::Any(of) | NodeKind::All(of) | NodeKind::None(of) | NodeKind::AtLeast { of, .. } => {
                Members::new(of, answered)
            }
            _ => Members::default(),
        }
    }

    /// Parted into those that are answered before any question is asked, and the others.
    #[must_use]
    pub fn new(of: &[NodeId], answered: &Constants) -> Members {
        let mut members = Members::default();
        // Counted once for each time it is named, which a bit cannot tell.
        let is_repeated = |id: &NodeId| of.iter().filter(|other| *other == id).count() > 1;
        for id in of {
            if bits::has(&answered.done, *id) && !is_repeated(id) {
                bits::add(&mut members.bits, bits::place(*id));
            } else {
                members.asked.push(*id);
            }
        }
        members
    }
}
