//! Contacts, and those that did not come about.

use super::time::{count_days, in_window, visible};
use super::{Answer, Proof, Question, tri_of};
use tidlig::clinical::{Day, Tri};
use tidlig::journal::patient::ContactRow;
use tidlig::journal::tables::ContactKind;
use tidlig::model::ruleset::{Contact, Input};

/// A comparison with the time before tells how many days that time had.
pub fn answer(question: Question<'_>, input: &Input, asked: &Contact) -> Answer {
    let found = alone(question, input, asked);
    match (asked.doubled_since, asked.window.within) {
        (Some(since), Some(within)) if !found.facts.is_empty() => {
            Answer { old: Some(f64::from(days_before(question, asked, within, since))), ..found }
        }
        _ => found,
    }
}

fn alone(question: Question<'_>, input: &Input, asked: &Contact) -> Answer {
    let mut days = Vec::new();
    let mut proofs = Vec::new();
    let mut any_row = false;
    for row in known(question, &asked.kinds) {
        let role_fits = asked.roles.is_empty() || asked.roles.contains(&row.role);
        if in_window(row.date, asked.window, question.on) && role_fits {
            any_row = true;
            if !answered(question, asked, row.date) {
                days.push(row.date);
                proofs.push(Proof { day: Some(row.date), code: row.kind.name().to_owned(), value: None });
            }
        }
    }
    let count = count_days(&days, 0);
    let mut enough = count >= asked.days;
    if let (Some(since), Some(within)) = (asked.doubled_since, asked.window.within) {
        // Days as often as in the time before, and twice that: count / within ≥ 2 × before / since.
        let before = days_before(question, asked, within, since);
        enough = enough && i64::from(count) * i64::from(since) >= 2 * i64::from(before) * i64::from(within);
        if !all_delivered(question, &asked.kinds) {
            return Answer::counted(tri_of(input.undelivered), count, proofs);
        }
    }
    // A booking that was not delivered may have answered the recall.
    if enough && !asked.answered_by.is_empty() && !all_delivered(question, &asked.answered_by) {
        return Answer::counted(tri_of(input.undelivered), count, proofs);
    }
    if enough {
        return Answer::counted(Tri::Yes, count, proofs);
    }
    if !all_delivered(question, &asked.kinds) {
        return Answer::counted(tri_of(input.undelivered), count, proofs);
    }
    if any_row { Answer::counted(Tri::No, count, proofs) } else { Answer::nothing(input.missing) }
}

/// Distinct days of the time before the window: D − within − since < t ≤ D − within.
fn days_before(question: Question<'_>, asked: &Contact, within: u32, since: u32) -> u32 {
    let mut days = Vec::new();
    for row in known(question, &asked.kinds) {
        let role_fits = asked.roles.is_empty() || asked.roles.contains(&row.role);
        let back = question.on.0 - row.date.0;
        if role_fits && back >= within as i32 && back < (within + since) as i32 {
            days.push(row.date);
        }
    }
    count_days(&days, 0)
}

/// The contacts of these kinds that the index day can see, from sources that were delivered.
pub fn known<'a>(question: Question<'a>, kinds: &[String]) -> Vec<&'a ContactRow> {
    let mut found = Vec::new();
    for row in &question.journal.contacts {
        let asked_for = kinds.iter().any(|kind| kind == row.kind.name());
        let delivered = question.sources.has(row.kind.source());
        if asked_for && delivered && visible(row.date, row.recorded_on, question.on) {
            found.push(row);
        }
    }
    found
}

pub fn all_delivered(question: Question<'_>, kinds: &[String]) -> bool {
    ContactKind::ALL
        .into_iter()
        .filter(|kind| kinds.iter().any(|name| name == kind.name()))
        .all(|kind| question.sources.has(kind.source()))
}

/// Whether something that answers it stands on the same day or later.
fn answered(question: Question<'_>, asked: &Contact, day: Day) -> bool {
    known(question, &asked.answered_by).iter().any(|answer| answer.date >= day)
}
