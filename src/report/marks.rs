//! What a row is marked with: how it got its place, what happened, and how long it has waited.

use super::habit;
use super::phrases;
use super::row::is_doctor;
use super::sentence::Speaker;
use super::view::Book;
use crate::outreach::list::Row;
use crate::outreach::rows::{EventMark, Returned};
use crate::store::Place;

/// A short text on a row, and how much it should catch the eye.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub text: String,
    pub urgent: bool,
}

pub(super) fn of(row: &Row, book: Book, speaker: &Speaker) -> Vec<Mark> {
    let language = speaker.language;
    let seen = row.events.iter().filter(|event| is_doctor(speaker) || !event.sensitive);
    let mut marks: Vec<Mark> = seen.map(|event| urgent(told(event, book, speaker))).collect();
    match &row.place {
        Place::Fairness => marks.push(calm(phrases::MOVED_UP.get(language).to_owned())),
        Place::ByHand => marks.push(calm(phrases::BY_HAND.get(language).to_owned())),
        _ => {}
    }
    marks.extend(row.returned.map(|why| calm(returned(why, speaker))));
    if let Some(child) = row.child {
        match child.coordinator {
            Some(true) => {}
            Some(false) => marks.push(urgent(phrases::NO_COORDINATOR.get(language).to_owned())),
            None => marks.push(calm(phrases::COORDINATOR_UNKNOWN.get(language).to_owned())),
        }
    }
    if row.asks {
        marks.push(urgent(phrases::ASKS.with(language, &[&row.weeks_waiting.to_string()])));
    } else if row.weeks_waiting > 0 {
        // This week counts as well.
        marks.push(calm(phrases::WEEKS.with(language, &[&(row.weeks_waiting + 1).to_string()])));
    }
    marks
}

/// «Ny hendelse: brudd (12.02.2026)».
fn told(event: &EventMark, book: Book, speaker: &Speaker) -> String {
    let language = speaker.language;
    let label = book.policy.events.iter().find(|known| known.id == event.id);
    let label = label.map_or(event.id.as_str(), |known| known.label.get(language));
    phrases::NEW_EVENT.with(language, &[&format!("{label} ({})", habit::date(event.on, language))])
}

fn returned(why: Returned, speaker: &Speaker) -> String {
    let language = speaker.language;
    let plain = |word: super::words::Word| word.get(language).to_owned();
    match why {
        Returned::NotNowOver => plain(phrases::NOT_NOW_OVER),
        Returned::NoFollowUpFound { since } => phrases::NOT_FOLLOWED.with(language, &[&habit::date(since, language)]),
        Returned::FollowUpOver => plain(phrases::FOLLOW_UP_OVER),
        Returned::NotRelevantOver => plain(phrases::JUDGED_OVER),
    }
}

fn urgent(text: String) -> Mark {
    Mark { text, urgent: true }
}

fn calm(text: String) -> Mark {
    Mark { text, urgent: false }
}
