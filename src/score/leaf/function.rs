use super::{Answer, View, passes};
use crate::clinical::{Day, Tri};
use crate::journal::patient::Comparator;
use crate::model::ruleset::{Function, Test};
use crate::observe::facts::FunctionFact;

fn in_window<'a>(view: View<'a>, item: u16, spec: &'a Function) -> impl Iterator<Item = &'a FunctionFact> {
    view.facts.functions.iter().filter(move |fact| {
        fact.item == item
            && fact.visible <= view.on.0
            && spec.window.contains(Day(fact.day), view.on)
            && !spec.ignore.iter().any(|ignored| *ignored as f64 == fact.score)
    })
}

/// The scores of one item that make it pass.
fn passing<'a>(view: View<'a>, item: u16, spec: &'a Function) -> Vec<&'a FunctionFact> {
    let rows: Vec<&FunctionFact> = in_window(view, item, spec).collect();
    let newest = rows.iter().map(|fact| fact.day).max();
    let within = |fact: &&FunctionFact| match &spec.test {
        Test::Present | Test::Change(_) => true,
        Test::Each(limits) => passes(limits, Comparator::Exact, fact.score).is_yes(),
        Test::Latest(limits) => Some(fact.day) == newest && passes(limits, Comparator::Exact, fact.score).is_yes(),
    };
    rows.into_iter().filter(within).collect()
}

/// The scores that made the answer yes.
pub fn function_facts<'a>(view: View<'a>, items: &[u16], spec: &'a Function) -> Vec<&'a FunctionFact> {
    items.iter().flat_map(|item| passing(view, *item, spec)).collect()
}

/// How many items pass.
pub fn function(view: View, items: &[u16], spec: &Function, missing: Tri) -> Answer {
    if !items.iter().any(|item| in_window(view, *item, spec).next().is_some()) {
        return Answer::new(missing, 0);
    }
    let count = items.iter().filter(|item| !passing(view, **item, spec).is_empty()).count();
    Answer::at_least(spec.at_least, count as u32)
}
