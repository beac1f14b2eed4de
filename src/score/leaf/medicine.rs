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
    deciding_rows(view, selector, spec).collect()
}

/// The rows that make substances count.
fn deciding_rows<'a>(view: View<'a>, selector: SelectorId, spec: &Medicine) -> impl Iterator<Item = &'a MedicineFact> {
    substances(asked_for(view, selector, spec.usage)).filter_map(move |ends| deciding_row(ends, view.on, spec))
}

/// The first and the newest row of each substance; rows of a substance follow one another, the newest last.
fn substances<'a>(
    rows: impl Iterator<Item = &'a MedicineFact>,
) -> impl Iterator<Item = (&'a MedicineFact, &'a MedicineFact)> {
    let mut rows = rows.peekable();
    std::iter::from_fn(move || {
        let first = rows.next()?;
        let mut newest = first;
        while let Some(row) = rows.next_if(|row| row.code() == first.code()) {
            newest = row;
        }
        Some((first, newest))
    })
}

/// The rows in the window whose days are counted.
fn counted<'a>(view: View<'a>, selector: SelectorId, spec: &Medicine) -> impl Iterator<Item = &'a MedicineFact> {
    let window = spec.window;
    asked_for(view, selector, spec.usage).filter(move |fact| window.contains(Day(fact.day), view.on))
}

fn asked_for(view: View<'_>, selector: SelectorId, usage: Usage) -> impl Iterator<Item = &MedicineFact> {
    let all = !leaves_out_as_needed(usage);
    visible(view, selector).filter(move |fact| all || fact.usage() != RowUsage::AsNeeded)
}

fn visible(view: View<'_>, selector: SelectorId) -> impl Iterator<Item = &MedicineFact> {
    let facts = view.facts.medicines.iter();
    facts.filter(move |fact| fact.visible <= view.on.0 && view.plan.class_has(fact.class(), selector))
}

fn leaves_out_as_needed(usage: Usage) -> bool {
    matches!(usage, Usage::Regular | Usage::Lapsed | Usage::AnyRegular | Usage::Added)
}

/// How a substance stands on a day: which questions of its use its rows answer, whatever the window.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Standing {
    /// Whether any of its rows is known on the day.
    pub is_known: bool,
    pub is_current: bool,
    pub is_regular: bool,
    pub has_lapsed: bool,
}

impl Standing {
    /// From the rows of one substance, the newest last.
    #[must_use]
    pub fn of(rows: &[MedicineFact], on: Day) -> Standing {
        let mut known = rows.iter().rev().filter(|row| row.visible <= on.0);
        let Some(newest) = known.next() else { return Standing::default() };
        let regular = std::iter::once(newest).chain(known).find(|row| row.usage() != RowUsage::AsNeeded);
        Standing {
            is_known: true,
            is_current: is_current(newest, on),
            is_regular: regular.is_some_and(|newest| is_current(newest, on)),
            has_lapsed: regular.is_some_and(|newest| has_lapsed(newest, on)),
        }
    }
}

fn is_going_on(newest: &MedicineFact, on: Day) -> bool {
    newest.stopped == NO_DAY || newest.stopped > on.0
}

fn is_current(newest: &MedicineFact, on: Day) -> bool {
    is_going_on(newest, on) && i64::from(newest.day) > i64::from(on.0) - CURRENT_DAYS
}

fn has_lapsed(newest: &MedicineFact, on: Day) -> bool {
    let on_day = i64::from(on.0);
    let is_over = match newest.until {
        NO_DAY => i64::from(newest.day) <= on_day - CURRENT_DAYS,
        until => i64::from(until) < on_day - LAPSED_DAYS,
    };
    is_going_on(newest, on) && is_over
}

/// Substances whose newest regular row was stopped in the window.
fn stopped(view: View, selector: SelectorId, spec: &Medicine) -> u32 {
    let rows = visible(view, selector).filter(|fact| fact.usage() != RowUsage::AsNeeded);
    let ended = |row: &MedicineFact| row.stopped != NO_DAY && spec.window.contains(Day(row.stopped), view.on);
    substances(rows).filter(|(_, newest)| ended(newest)).count() as u32
}

/// The row of one substance that makes it count, from its first and its newest.
fn deciding_row<'a>(
    (first, newest): (&'a MedicineFact, &'a MedicineFact),
    on: Day,
    spec: &Medicine,
) -> Option<&'a MedicineFact> {
    let counts = match spec.usage {
        Usage::Any | Usage::AnyRegular => true,
        Usage::Begun | Usage::Added => return spec.window.contains(Day(first.day), on).then_some(first),
        Usage::Current | Usage::Regular => is_current(newest, on),
        Usage::Lapsed => has_lapsed(newest, on),
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
    let found = deciding_rows(view, selector, spec).count() as u32;
    let count = match spec.usage {
        Usage::Added => found.saturating_sub(stopped(view, selector, spec)),
        _ => found,
    };
    if count == 0 && !visible(view, selector).any(|_| true) {
        Answer::new(missing, 0)
    } else {
        Answer::at_least(spec.at_least, count)
    }
}
