//! Making the graph of questions small: answers that no patient changes are folded away, and what the pass can answer
//! itself comes first.

use super::node::{Node, NodeId, NodeKind};
use crate::clinical::Tri;

/// What became of a combination.
#[expect(clippy::large_enum_variant, reason = "made once a question, before any patient is read")]
pub(super) enum Folded {
    /// It is the same question as one of its members.
    Same(NodeId),
    Kind(NodeKind),
}

/// Folds the constant members of a combination; `nodes` holds its members.
pub(super) fn fold(nodes: &[Node], kind: NodeKind) -> Folded {
    let constant = |id: &NodeId| match nodes[id.index()].kind {
        NodeKind::Always(truth) => Some(truth),
        _ => None,
    };
    match kind {
        NodeKind::Any(of) => join(of, Tri::No, &constant, NodeKind::Any),
        NodeKind::All(of) => join(of, Tri::Yes, &constant, NodeKind::All),
        NodeKind::None(of) => match join(of, Tri::No, &constant, NodeKind::None) {
            Folded::Same(id) => Folded::Kind(NodeKind::None(vec![id])),
            Folded::Kind(NodeKind::Always(truth)) => Folded::Kind(NodeKind::Always(truth.negate())),
            other => other,
        },
        NodeKind::AtLeast { n, mut of } => {
            of.retain(|id| constant(id) != Some(Tri::No));
            let reachable = of.len() as u32 >= n;
            Folded::Kind(if reachable { NodeKind::AtLeast { n, of } } else { NodeKind::Always(Tri::No) })
        }
        other => Folded::Kind(other),
    }
}

/// `neutral` changes nothing, its negation decides; of several unknown constants one is kept.
fn join(
    of: Vec<NodeId>,
    neutral: Tri,
    constant: &dyn Fn(&NodeId) -> Option<Tri>,
    make: fn(Vec<NodeId>) -> NodeKind,
) -> Folded {
    if of.iter().any(|id| constant(id) == Some(neutral.negate())) {
        // What is always yes still has the facts of its other members to tell.
        let is_any = matches!(make(Vec::new()), NodeKind::Any(_));
        return Folded::Kind(if is_any { make(of) } else { NodeKind::Always(neutral.negate()) });
    }
    let mut unknown_kept = false;
    let mut kept = Vec::new();
    for id in of {
        let keep = match constant(&id) {
            None => true,
            Some(Tri::Unknown) => !std::mem::replace(&mut unknown_kept, true),
            Some(_) => false,
        };
        if keep {
            kept.push(id);
        }
    }
    match kept.as_slice() {
        [] => Folded::Kind(NodeKind::Always(neutral)),
        [only] => Folded::Same(*only),
        _ => Folded::Kind(make(kept)),
    }
}

/// Puts the questions that the pass answers itself first; gives the new number of each node and how many those are.
pub(super) fn bits_first(nodes: &mut Vec<Node>) -> (Vec<NodeId>, usize) {
    // Members come before what joins them.
    for id in 0..nodes.len() {
        if let Some(kind) = any_seen(nodes, &nodes[id].kind) {
            nodes[id].kind = kind;
        }
    }
    let mut order: Vec<usize> = (0..nodes.len()).collect();
    order.sort_by_key(|old| !nodes[*old].kind.is_bit());
    let mut new_ids = vec![NodeId(0); nodes.len()];
    for (new, old) in order.iter().enumerate() {
        new_ids[*old] = NodeId(new as u32);
    }
    let mut old_nodes: Vec<Option<Node>> = std::mem::take(nodes).into_iter().map(Some).collect();
    nodes.extend(order.into_iter().filter_map(|old| old_nodes[old].take()));
    for node in nodes.iter_mut() {
        node.kind.members_mut().into_iter().for_each(|id| *id = new_ids[id.index()]);
    }
    let bits = nodes.iter().take_while(|node| node.kind.is_bit()).count();
    (new_ids, bits)
}

/// `any` of questions that the pass answers is one question for the pass.
fn any_seen(nodes: &[Node], kind: &NodeKind) -> Option<NodeKind> {
    let NodeKind::Any(of) = kind else { return None };
    let mut seen = Vec::new();
    for id in of {
        match &nodes[id.index()].kind {
            NodeKind::Seen { selector, window, .. } => seen.push((*selector, *window)),
            NodeKind::SeenAny { seen: more, .. } => seen.extend_from_slice(more),
            _ => return None,
        }
    }
    Some(NodeKind::SeenAny { seen, of: of.clone() })
}
