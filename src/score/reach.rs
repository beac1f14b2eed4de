//! How far back facts matter: what is older than every window that could ask for it need not be kept.

use super::node::{ContactNode, NodeKind};
use super::plan::Plan;
use crate::clinical::{Day, Window};
use crate::observe::read::Since;
use crate::observe::{ClassId, SelectorId};

/// Days back from an index day, that day included; `None` is the whole journal.
type Reach = Option<u32>;

/// The first days that matter when the first index day is `first`.
pub(super) fn since(plan: &Plan, first: Day) -> Since {
    // Rule sets ask for others on earlier days, from which windows then count.
    let earliest = i64::from(first.0) - i64::from(plan.offsets.last().copied().unwrap_or(0));
    let day = |reach: Reach| match reach {
        None => i32::MIN,
        Some(days) => i32::try_from(earliest - i64::from(days) + 1).unwrap_or(i32::MIN),
    };
    let of_selectors = of_selectors(plan);
    let of_class = |class: usize| {
        let selectors = plan.lexicon.matcher.selectors(ClassId(class as u16)).iter();
        farthest(selectors.map(|selector| of_selectors[usize::from(selector.0)]))
    };
    let codes = (0..plan.lexicon.matcher.classes()).map(|class| day(of_class(class))).collect();
    Since { codes, contacts: day(of_contacts(plan)) }
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
