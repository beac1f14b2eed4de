use super::super::node::ContactNode;
use super::{Answer, View, chosen_days};
use crate::clinical::{Tri, Window};
use crate::observe::facts::ContactFact;

/// The contacts that a question is about: of its kinds and roles, in its window, and not answered.
pub fn contact_facts<'a>(view: View<'a>, node: &'a ContactNode) -> impl Iterator<Item = &'a ContactFact> {
    let newest_answer = of_kinds(view, node.answered_by).map(|fact| fact.day).max();
    in_window(view, node, node.spec.window).filter(move |fact| newest_answer.is_none_or(|answer| answer < fact.day))
}

fn in_window<'a>(view: View<'a>, node: &'a ContactNode, window: Window) -> impl Iterator<Item = &'a ContactFact> {
    let holds = window.holds(view.on);
    of_kinds(view, node.kinds)
        .filter(move |fact| holds(fact.day) && (node.roles.is_empty() || node.roles.contains(&fact.role)))
}

fn of_kinds(view: View<'_>, kinds: u16) -> impl Iterator<Item = &ContactFact> {
    view.facts.contacts.iter().filter(move |fact| fact.visible <= view.on.0 && kinds >> fact.kind as u8 & 1 == 1)
}

/// Number of distinct days.
pub fn contact_days(view: View, node: &ContactNode) -> u32 {
    chosen_days(contact_facts(view, node).map(|fact| fact.day), 0)
}

/// Distinct days with such contacts in the time before the window that they are compared with.
pub fn days_before(view: View, node: &ContactNode) -> Option<u32> {
    let since = node.spec.doubled_since?;
    let within = node.spec.window.within?;
    let window = Window { within: Some(within.saturating_add(since)), before: within };
    Some(chosen_days(in_window(view, node, window).map(|fact| fact.day), 0))
}

/// Distinct days with such contacts. A source that was not delivered could have brought more, or an answer.
pub fn contact(view: View, node: &ContactNode, missing: Tri) -> Answer {
    let count = contact_days(view, node);
    let doubled = node.spec.doubled_since.zip(days_before(view, node)).is_none_or(|(since, before)| {
        let recent = node.spec.window.within.unwrap_or(since);
        u64::from(count) * u64::from(since) >= 2 * u64::from(before) * u64::from(recent)
    });
    let enough = count >= node.spec.days && doubled;
    let settled = if enough && node.spec.doubled_since.is_none() { node.answers_delivered } else { node.all_delivered };
    if !settled {
        return Answer::new(node.undelivered, count);
    }
    let nothing = !enough && in_window(view, node, node.spec.window).next().is_none();
    Answer::new(if nothing { missing } else { enough.into() }, count)
}
