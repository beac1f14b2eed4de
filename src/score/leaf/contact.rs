use super::super::node::ContactNode;
use super::{Answer, View, chosen_days};
use crate::clinical::{Day, Tri};
use crate::observe::facts::ContactFact;

/// The contacts that a question is about: of its kinds and roles, in its window, and not answered.
pub fn contact_facts<'a>(view: View<'a>, node: &'a ContactNode) -> impl Iterator<Item = &'a ContactFact> {
    let newest_answer = of_kinds(view, node.answered_by).map(|fact| fact.day).max();
    in_window(view, node).filter(move |fact| newest_answer.is_none_or(|answer| answer < fact.day))
}

fn in_window<'a>(view: View<'a>, node: &'a ContactNode) -> impl Iterator<Item = &'a ContactFact> {
    of_kinds(view, node.kinds).filter(move |fact| {
        node.spec.window.contains(Day(fact.day), view.on) && (node.roles.is_empty() || node.roles.contains(&fact.role))
    })
}

fn of_kinds(view: View<'_>, kinds: u16) -> impl Iterator<Item = &ContactFact> {
    view.facts.contacts.iter().filter(move |fact| fact.visible <= view.on.0 && kinds >> fact.kind as u8 & 1 == 1)
}

/// Number of distinct days.
pub fn contact_days(view: View, node: &ContactNode) -> u32 {
    chosen_days(contact_facts(view, node).map(|fact| fact.day), 0)
}

/// Distinct days with such contacts. A source that was not delivered could have brought more, or an answer.
pub fn contact(view: View, node: &ContactNode, missing: Tri) -> Answer {
    let count = contact_days(view, node);
    let enough = count >= node.spec.days;
    let settled = if enough { node.answers_delivered } else { node.all_delivered };
    if !settled {
        return Answer::new(node.undelivered, count);
    }
    let nothing = !enough && in_window(view, node).next().is_none();
    Answer::new(if nothing { missing } else { enough.into() }, count)
}
