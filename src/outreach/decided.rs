//! What a standing decision does to someone tonight: hidden until when, broken by what, back as what.

use super::person::Person;
use super::policy::{Decided, Policy};
use super::rows::{EventMark, Hiding, Returned};
use crate::clinical::Day;
use crate::journal::patient::ContactRow;
use crate::journal::tables::{ContactKind, Source};
use crate::store::{Decision, Entry, Scope};

/// How someone with a decision stands tonight.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Judged {
    pub verdict: Verdict,
    /// For the one who follows her.
    pub tells: Vec<EventMark>,
    /// For the doctor alone.
    pub gp_only: Vec<EventMark>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// As if nothing had been decided, except for why she is here again.
    Free(Option<Returned>),
    /// Listed first, whatever she scores.
    ByHand,
    /// Hidden, and brought back by these events.
    BreakThrough(Vec<EventMark>),
    Hidden(Hiding),
}

impl Default for Verdict {
    fn default() -> Verdict {
        Verdict::Free(None)
    }
}

/// Whether events can matter to this decision on this day, so that her journal must be read.
#[must_use]
pub fn needs_journal(entry: &Entry) -> bool {
    !matches!(entry.decision, Decision::Declined { scope: Scope::AllOutreach, .. } | Decision::WrongData { .. })
}

/// Judges a decision on a day, given the events since.
#[must_use]
pub fn judge(entry: &Entry, on: Day, events: &[EventMark], person: &Person, policy: &Policy) -> Judged {
    let rules = &policy.decisions;
    let mut judged = match &entry.decision {
        Decision::Selected { .. } => told(&rules.selected, events, Hiding::Selected),
        Decision::NotNow { until } => hidden(&rules.not_now, until.0, on, events, Hiding::NotNow, Returned::NotNowOver),
        Decision::Declined { scope: Scope::Offer, .. } => only(Verdict::Hidden(Hiding::DeclinedOffer)),
        Decision::Declined { scope: Scope::AllOutreach, .. } => return only(Verdict::Hidden(Hiding::DeclinedAll)),
        Decision::AlreadyFollowed { until, .. } if on < until.0 => {
            told(&rules.already_followed, events, Hiding::AlreadyFollowed)
        }
        Decision::AlreadyFollowed { .. } => only(Verdict::Free(Some(follow_up(entry.decided_on, on, person)))),
        Decision::NotRelevant { until, .. } => {
            hidden(&rules.not_relevant, until.0, on, events, Hiding::NotRelevant, Returned::NotRelevantOver)
        }
        Decision::AddedByHand { .. } => only(Verdict::ByHand),
        // Acts before scoring, and hides nobody.
        Decision::WrongData { .. } => only(Verdict::Free(None)),
    };
    judged.gp_only = events.iter().filter(|event| event.sensitive).cloned().collect();
    judged
}

fn only(verdict: Verdict) -> Judged {
    Judged { verdict, ..Judged::default() }
}

/// Hidden through the day before `until`, or until something happens.
fn hidden(rule: &Decided, until: Day, on: Day, events: &[EventMark], why: Hiding, back: Returned) -> Judged {
    if on >= until {
        return only(Verdict::Free(Some(back)));
    }
    let breaking = named(&rule.breaks, events);
    let verdict = if breaking.is_empty() { Verdict::Hidden(why) } else { Verdict::BreakThrough(breaking) };
    Judged { verdict, tells: named(&rule.tells, events), gp_only: Vec::new() }
}

/// Followed by someone, who is told of events.
fn told(rule: &Decided, events: &[EventMark], why: Hiding) -> Judged {
    Judged { verdict: Verdict::Hidden(why), tells: named(&rule.tells, events), gp_only: Vec::new() }
}

fn named(ids: &[String], events: &[EventMark]) -> Vec<EventMark> {
    events.iter().filter(|event| !event.sensitive && ids.contains(&event.id)).cloned().collect()
}

/// Whether a contact that was held, or a service that began, since the decision shows that someone followed her up.
fn follow_up(decided_on: Day, on: Day, person: &Person) -> Returned {
    let after = |day: Day| day > decided_on && day <= on;
    let contact = person.journal.contacts.iter().any(|row| is_held(row) && after(row.date));
    let service = person.journal.services.iter().any(|row| row.from.is_some_and(after));
    if contact || service { Returned::FollowUpOver } else { Returned::NoFollowUpFound { since: decided_on } }
}

/// A contact that took place; the renewal of a prescription alone is none.
#[must_use]
pub fn is_held(row: &ContactRow) -> bool {
    row.kind.source() == Source::Contacts && !matches!(row.kind, ContactKind::Renewal | ContactKind::Other)
}
