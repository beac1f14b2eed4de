//! Which facts matter: what is older than every window that could ask for it need not be kept, and where a rule only asks
//! whether a code occurs, once is enough.

use super::node::{ContactNode, NodeId, NodeKind};
use super::plan::Plan;
use crate::clinical::{Day, Window};
use crate::observe::read::Wanted;
use crate::observe::{ClassId, SelectorId};

/// Days back from an index day, that day included; `None` is the whole journal.
type Reach = Option<u32>;

/// What matters when the first and the last index day are these.
pub(super) fn wanted(plan: &Plan, (first, last): (Day, Day), tells_lines: bool) -> Wanted {
    // Rule sets ask for others on earlier days, from which windows then count.
    let earliest = i64::from(first.0) - i64::from(plan.offsets.last().copied().unwrap_or(0));
    let day = |reach: Reach| match reach {
        None => i32::MIN,
        Some(days) => i32::try_from(earliest - i64::from(days) + 1).unwrap_or(i32::MIN),
    };
    let matcher = &plan.lexicon.matcher;
    let of_selectors = of_selectors(plan);
    let of_class = |class: usize| match matcher.selectors(ClassId(class as u16)) {
        // Codes of which nobody asks are not kept anyway.
        [] => None,
        selectors => farthest(selectors.iter().map(|selector| of_selectors[usize::from(selector.0)])),
    };
    let since: Vec<i32> = (0..matcher.classes()).map(|class| day(of_class(class))).collect();
    let since = if since.iter().all(|day| *day == i32::MIN) { Vec::new() } else { since };
    // On an earlier day the first that was met may not be known yet, and another may; and where windows end, days must be
    // looked at before all else.
    let is_one_day = first == last && plan.offsets == [0];
    let once = if is_one_day && !tells_lines && since.is_empty() { once(plan) } else { Vec::new() };
    Wanted { since, once, contacts_since: day(of_contacts(plan)) }
}

/// The classes of codes of which is only asked whether they ever occurred.
fn once(plan: &Plan) -> Vec<bool> {
    let looked_at = looked_at(plan);
    let mut once = vec![true; plan.lexicon.matcher.selector_count()];
    for (node, looked_at) in plan.nodes.iter().zip(looked_at) {
        match &node.kind {
            NodeKind::Seen { selector, window, .. } if looked_at || window.within.is_some() || window.before > 0 => {
                once[usize::from(selector.0)] = false;
            }
            NodeKind::Diagnosis { selector, .. } | NodeKind::Medicine { selector, .. } => {
                once[usize::from(selector.0)] = false;
            }
            _ => {}
        }
    }
    let is_once = |class: usize| {
        plan.lexicon.matcher.selectors(ClassId(class as u16)).iter().all(|selector| once[usize::from(selector.0)])
    };
    (0..plan.lexicon.matcher.classes()).map(is_once).collect()
}

/// The questions whose facts are counted, one by one or together with others.
fn looked_at(plan: &Plan) -> Vec<bool> {
    let mut looked_at = vec![false; plan.nodes.len()];
    let criteria = plan.models.iter().flat_map(|model| &model.criteria);
    let counted = criteria.filter(|criterion| criterion.weight.is_by_count()).map(|criterion| criterion.node);
    let days =
        plan.nodes.iter().filter(|node| matches!(node.kind, NodeKind::DaysOf { .. } | NodeKind::Together { .. }));
    let mut open: Vec<NodeId> = counted.chain(days.flat_map(|node| node.kind.joined()).copied()).collect();
    while let Some(id) = open.pop() {
        if !std::mem::replace(&mut looked_at[id.index()], true) {
            open.extend(plan.node(id).kind.joined());
        }
    }
    looked_at
}

/// By selector; nothing asks for one that no question names.
fn of_selectors(plan: &Plan) -> Vec<Reach> {
    let mut reach = vec![Some(0); plan.lexicon.matcher.selector_count()];
    let mut ask = |selector: &SelectorId, days: Reach| {
        let known = &mut reach[usize::from(selector.0)];
        *known = farthest([*known, days].into_iter());
    };
    for node in &plan.nodes {
        match &node.kind {
            NodeKind::Seen { selector, window, .. } => ask(selector, window.within),
            NodeKind::Diagnosis { selector, spec, .. } => ask(selector, spec.window.within),
            // The first and the newest row of a substance may lie outside the window.
            NodeKind::Medicine { selector, .. } => ask(selector, None),
            _ => {}
        }
    }
    reach
}

fn of_contacts(plan: &Plan) -> Reach {
    farthest(plan.nodes.iter().map(|node| match &node.kind {
        NodeKind::Contact(node) => of_contact(node),
        NodeKind::Peers(peers) => of_contact(&peers.contacts),
        // Contacts come after the result that they answer.
        NodeKind::Measurement { spec, .. } if spec.unanswered.is_some() => spec.window.within,
        _ => Some(0),
    }))
}

fn of_contact(node: &ContactNode) -> Reach {
    let Window { within, .. } = node.spec.window;
    within.map(|days| days.saturating_add(node.spec.doubled_since.unwrap_or(0)))
}

fn farthest(mut reaches: impl Iterator<Item = Reach>) -> Reach {
    reaches.try_fold(0, |farthest, reach| Some(farthest.max(reach?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_farthest_window_decides_and_the_whole_journal_is_farther_than_any() {
        assert_eq!(farthest([Some(365), Some(730), Some(0)].into_iter()), Some(730));
        assert_eq!(farthest([Some(365), None, Some(0)].into_iter()), None);
        assert_eq!(farthest(std::iter::empty()), Some(0));
    }
}
