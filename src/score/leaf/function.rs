use super::change::{Compared, compare, cross, median};
use super::{Answer, View, passes};
use crate::clinical::{Day, Tri};
use crate::journal::patient::Comparator;
use crate::model::ruleset::{Function, Test};
use crate::observe::facts::FunctionFact;

fn in_window<'a>(view: View<'a>, item: u16, spec: &'a Function) -> impl Iterator<Item = &'a FunctionFact> {
    visible(view, item, spec).filter(move |fact| spec.window.contains(Day(fact.day), view.on))
}

fn visible<'a>(view: View<'a>, item: u16, spec: &'a Function) -> impl Iterator<Item = &'a FunctionFact> {
    view.facts.functions.iter().filter(move |fact| {
        fact.item == item
            && fact.visible <= view.on.0
            && !spec.ignore.iter().any(|ignored| *ignored as f64 == fact.score)
    })
}

/// How one item stands.
enum Item<'a> {
    /// Nothing to answer from.
    Silent,
    /// The scores that make it pass; none when it fails.
    Passing(Vec<&'a FunctionFact>),
}

fn item<'a>(view: View<'a>, item: u16, spec: &'a Function) -> Item<'a> {
    let rows: Vec<&FunctionFact> = in_window(view, item, spec).collect();
    let Some(newest) = rows.iter().map(|fact| fact.day).max() else { return Item::Silent };
    let within = |limits, fact: &FunctionFact| passes(limits, Comparator::Exact, fact.score).is_yes();
    let kept = match &spec.test {
        Test::Present => rows,
        Test::Each(limits) => rows.into_iter().filter(|fact| within(limits, fact)).collect(),
        Test::Latest(limits) => rows.into_iter().filter(|fact| fact.day == newest && within(limits, fact)).collect(),
        Test::Median(limits) => {
            let middle = median(rows.iter().map(|fact| fact.score).collect());
            let passing = middle.is_some_and(|value| passes(limits, Comparator::Exact, value).is_yes());
            rows.into_iter().filter(|fact| passing && fact.day == newest).collect()
        }
        Test::Change(_) | Test::Crosses(_) => {
            let Some(found) = compared(view, item, spec, newest) else { return Item::Silent };
            let told = |fact: &&FunctionFact| found.changed && fact.day == newest && fact.score == found.new;
            rows.into_iter().filter(told).collect()
        }
    };
    Item::Passing(kept)
}

/// The scores that made the answer yes.
pub fn function_facts<'a>(view: View<'a>, items: &[u16], spec: &'a Function) -> Vec<&'a FunctionFact> {
    let facts = |number: &u16| match item(view, *number, spec) {
        Item::Silent => Vec::new(),
        Item::Passing(facts) => facts,
    };
    items.iter().flat_map(facts).collect()
}

/// What a change or a crossing compares.
fn compared(view: View, item: u16, spec: &Function, newest: i32) -> Option<Compared> {
    let values: Vec<_> = visible(view, item, spec).map(|fact| (fact.day, fact.score)).collect();
    match &spec.test {
        Test::Change(change) => compare(change, newest, &values, spec.window, view.on),
        Test::Crosses(crossing) => cross(crossing, newest, &values, spec.window, view.on),
        _ => None,
    }
}

/// The earlier score of the first item that changed.
pub fn old_score(view: View, items: &[u16], spec: &Function) -> Option<f64> {
    items.iter().find_map(|number| {
        let newest = in_window(view, *number, spec).map(|fact| fact.day).max()?;
        compared(view, *number, spec, newest).filter(|found| found.changed).map(|found| found.old)
    })
}

/// How many items pass.
pub fn function(view: View, items: &[u16], spec: &Function, missing: Tri) -> Answer {
    let (mut heard, mut passing) = (false, 0);
    for number in items {
        if let Item::Passing(facts) = item(view, *number, spec) {
            heard = true;
            passing += u32::from(!facts.is_empty());
        }
    }
    if heard { Answer::at_least(spec.at_least, passing) } else { Answer::new(missing, 0) }
}
