//! A decision against what the same file says, and against what is stored: known already, new, or in conflict.

use super::check::{Checked, Faults, Subject};
use super::{FaultKind, Ready, Terms, Who};
use crate::clinical::Day;
use crate::store::decision::{Decision, DecisionKind, Seen};
use crate::store::entries::{Kept, NewEntry};
use crate::store::error::StoreError;
use crate::store::file::Store;

/// Holds a decision against those of the same file and those that are stored.
pub(super) fn settle(
    ready: Ready,
    subject: Subject,
    store: &Store,
    terms: Terms,
    checked: &mut Checked,
    faults: &mut Faults,
) -> Result<(), StoreError> {
    let is_wrong = |decision: &Decision| decision.kind() == DecisionKind::WrongData;
    let same_kind = |other: &Decision| is_wrong(other) == is_wrong(&ready.entry.decision);
    let before = checked.new.iter().filter(|other| other.who == ready.who && same_kind(&other.entry.decision));
    for other in before {
        if other.entry.decision == ready.entry.decision {
            checked.known += 1;
            return Ok(());
        }
        if !is_wrong(&ready.entry.decision) {
            faults.none::<()>(FaultKind::Twice(other.place.clone()));
            return Ok(());
        }
    }
    let history = match subject.who {
        Who::Known(person) => store.history(person)?,
        Who::New(_) => Vec::new(),
    };
    if history.iter().any(|kept| says_the_same(kept, &ready.entry, terms.limits.judged.usual)) {
        checked.known += 1;
        return Ok(());
    }
    if is_wrong(&ready.entry.decision) {
        checked.new.push(ready);
        return Ok(());
    }
    let standing = history.iter().rfind(|kept| !kept.undone && !is_wrong(&kept.entry.decision));
    match standing.and_then(|standing| against(standing, &ready.entry, subject.list.unwrap_or(terms.on))) {
        Some(FaultKind::Conflict(number, ..)) if terms.replace.contains(&number) => {
            checked.new.push(Ready { replaces: Some(number), ..ready });
        }
        Some(kind) => {
            faults.none::<()>(kind);
        }
        None => checked.new.push(ready),
    }
    Ok(())
}

/// The same decision on the same list, also one that was replaced or undone since: a file sent twice changes nothing.
fn says_the_same(kept: &Kept, new: &NewEntry, usual: i32) -> bool {
    let list = |seen: &Option<Seen>| seen.as_ref().map(|seen| seen.list.clone());
    let before = &kept.entry;
    let same = before.decision == new.decision
        || same_judgement((&before.decision, before.decided_on), (&new.decision, new.decided_on), usual);
    same && list(&before.seen) == list(&new.seen)
}

/// A judgement without a date ends so many days after it was taken in; taken in again later, it is the same one.
fn same_judgement((before, then): (&Decision, Day), (now, today): (&Decision, Day), usual: i32) -> bool {
    match (before, now) {
        (
            Decision::NotRelevant { judged_by, reason, until },
            Decision::NotRelevant { judged_by: same_judge, reason: same_reason, until: later },
        ) => {
            (judged_by, reason) == (same_judge, same_reason)
                && until.0 == then.plus(usual)
                && later.0 == today.plus(usual)
        }
        _ => false,
    }
}

/// What speaks against a new decision, given the one that stands.
fn against(standing: &Kept, new: &NewEntry, list: Day) -> Option<FaultKind> {
    let entry = &standing.entry;
    if let Decision::Declined { scope, .. } = &entry.decision {
        let wider = matches!(&new.decision, Decision::Declined { scope: now, .. } if now > scope);
        return (!wider).then_some(FaultKind::Declined(entry.number));
    }
    let of = entry.seen.as_ref().and_then(|seen| Day::parse_iso(&seen.list)).unwrap_or(entry.decided_on);
    let newer_list = of < list;
    (!newer_list && !completes(&entry.decision, &new.decision))
        .then(|| FaultKind::Conflict(entry.number, entry.decided_on, entry.decision.choice()))
}

/// «Hva er viktig for deg?» may be answered later; someone added by hand is decided on as everyone else.
fn completes(before: &Decision, now: &Decision) -> bool {
    match (before, now) {
        (
            Decision::Selected { task, owner, review_on, matters: None },
            Decision::Selected { task: same_task, owner: same_owner, review_on: same_day, matters: Some(_) },
        ) => (task, owner, review_on) == (same_task, same_owner, same_day),
        (Decision::AddedByHand { .. }, other) => other.kind() != DecisionKind::AddedByHand,
        _ => false,
    }
}
