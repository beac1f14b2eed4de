use super::{Answer, View, chosen_days};
use crate::clinical::{Day, Tri};
use crate::model::ruleset::{Medicine, Usage};
use crate::observe::SelectorId;
use crate::observe::facts::{MedicineFact, NO_DAY, RowUsage};

/// A medicine is current when last prescribed or dispensed within so many days (TARGET_GROUPS 0.1).
const CURRENT_DAYS: i64 = 455;
/// Days after the end of the last supply before a treatment has lapsed (TARGET_GROUPS 0.1).
const LAPSED_DAYS: i64 = 45;

/// The rows that make the answer: all in the window where days are counted, else the deciding row of each substance.
pub fn medicine_facts<'a>(view: View<'a>, selector: SelectorId, spec: &Medicine) -> Vec<&'a MedicineFact> {
    if spec.usage.counts_days() {
        return counted(view, selector, spec).collect();
    }
    let mut rows: Vec<&MedicineFact> = asked_for(view, selector, spec.usage).collect();
    rows.sort_unstable_by_key(|fact| (fact.code, fact.day, fact.until, fact.stopped, fact.usage));
    rows.chunk_by(|a, b| a.code == b.code).filter_map(|rows| deciding_row(rows, view.on, spec)).collect()
}

/// The rows in the window whose days are counted.
fn counted<'a>(view: View<'a>, selector: SelectorId, spec: &Medicine) -> impl Iterator<Item = &'a MedicineFact> {
    let window = spec.window;
    asked_for(view, selector, spec.usage).filter(move |fact| window.contains(Day(fact.day), view.on))
}

fn asked_for(view: View<'_>, selector: SelectorId, usage: Usage) -> impl Iterator<Item = &MedicineFact> {
    let all = !leaves_out_as_needed(usage);
    visible(view, selector).filter(move |fact| all || fact.usage != RowUsage::AsNeeded)
}

fn visible(view: View<'_>, selector: SelectorId) -> impl Iterator<Item = &MedicineFact> {
    let facts = view.facts.medicines.iter();
    facts.filter(move |fact| fact.visible <= view.on.0 && view.plan.class_has(fact.class, selector))
}

fn leaves_out_as_needed(usage: Usage) -> bool {
    matches!(usage, Usage::Regular | Usage::Lapsed | Usage::AnyRegular | Usage::Added)
}

/// Substances whose newest regular row was stopped in the window.
fn stopped(view: View, selector: SelectorId, spec: &Medicine) -> u32 {
    let mut rows: Vec<&MedicineFact> =
        visible(view, selector).filter(|fact| fact.usage != RowUsage::AsNeeded).collect();
    rows.sort_unstable_by_key(|fact| (fact.code, fact.day, fact.until, fact.stopped, fact.usage));
    let ended = |rows: &[&MedicineFact]| {
        rows.last().is_some_and(|row| row.stopped != NO_DAY && spec.window.contains(Day(row.stopped), view.on))
    };
    rows.chunk_by(|a, b| a.code == b.code).filter(|rows| ended(rows)).count() as u32
}

/// The row of one substance that makes it count; `rows` ascend by day.
fn deciding_row<'a>(rows: &[&'a MedicineFact], on: Day, spec: &Medicine) -> Option<&'a MedicineFact> {
    let (first, newest) = (*rows.first()?, *rows.last()?);
    let day = |fact: &MedicineFact| i64::from(fact.day);
    let on_day = i64::from(on.0);
    let going_on = newest.stopped == NO_DAY || newest.stopped > on.0;
    let counts = match spec.usage {
        Usage::Any | Usage::AnyRegular => true,
        Usage::Begun | Usage::Added => return spec.window.contains(Day(first.day), on).then_some(first),
        Usage::Current | Usage::Regular => going_on && day(newest) > on_day - CURRENT_DAYS,
        Usage::Lapsed if newest.until != NO_DAY => going_on && i64::from(newest.until) < on_day - LAPSED_DAYS,
        Usage::Lapsed => going_on && day(newest) <= on_day - CURRENT_DAYS,
    };
    counts.then_some(newest)
}

/// Distinct substances in use, or distinct days for [`Usage::Any`].
pub fn medicine(view: View, selector: SelectorId, spec: &Medicine, missing: Tri) -> Answer {
    if view.facts.medicines.is_empty() {
        return Answer::new(missing, 0);
    }
    if spec.usage.counts_days() {
        let count = chosen_days(counted(view, selector, spec).map(|fact| fact.day), spec.apart);
        return if count == 0 { Answer::new(missing, 0) } else { Answer::at_least(spec.at_least, count) };
    }
    let rows = medicine_facts(view, selector, spec);
    let count = match spec.usage {
        Usage::Added => (rows.len() as u32).saturating_sub(stopped(view, selector, spec)),
        _ => rows.len() as u32,
    };
    if count == 0 && !visible(view, selector).any(|_| true) {
        Answer::new(missing, 0)
    } else {
        Answer::at_least(spec.at_least, count)
    }
}
