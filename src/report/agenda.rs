//! What the Friday meeting needs beside the list itself.

use super::cells;
use super::decided;
use super::habit;
use super::row::RowView;
use super::sentence::{Reader, Speaker};
use super::trace::Secrets;
use super::view::{self, Book};
use super::words::{Word, word};
use crate::clinical::{Day, Language};
use crate::outreach::List;
use crate::outreach::rows::Followed;
use crate::store::Resource;

const MINUTES: Word = word("{0} minutter", "{0} minutt", "{0} minutes");
const AWAY: Word = word("borte til {0}", "borte til {0}", "away until {0}");
const AWAY_OPEN: Word = word("borte", "borte", "away");

/// Disagreements and resources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agenda {
    pub disagreements: Vec<Item>,
    /// One line for each person or service of the resource table.
    pub resources: Vec<String>,
}

/// Somebody that list and team see differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub name: String,
    pub initials: String,
    pub gp: String,
    pub decided: String,
    pub reasons: Vec<String>,
}

impl Agenda {
    #[must_use]
    pub fn of(list: &List, book: Book, language: Language) -> Agenda {
        let secrets = Secrets::of(book.rule_sets);
        let speaker = view::speaker(list, book, language, Reader::Coordinator, &secrets);
        Agenda {
            disagreements: list.beside.disagreements.iter().map(|of| Item::of(of, book, &speaker)).collect(),
            resources: list.resources.iter().map(|of| resource(of, list.index_day, language)).collect(),
        }
    }
}

impl Item {
    fn of(followed: &Followed, book: Book, speaker: &Speaker) -> Item {
        let speaker = speaker.since(followed.row.known_since);
        let row = RowView::of(&followed.row, book, &speaker);
        Item {
            initials: cells::initials(&followed.row.member.name),
            name: row.name,
            gp: row.gp,
            decided: decided::told(&followed.entry, speaker.vocabulary, speaker.language),
            reasons: row.reasons.iter().map(super::row::Reason::whole).collect(),
        }
    }
}

/// «Kari Holm, PHT-sykepleier: 900 minutter».
fn resource(resource: &Resource, on: Day, language: Language) -> String {
    // Day 0 was a Thursday; 0 is Monday here.
    let monday = on.plus(-(on.0 + 3).rem_euclid(7));
    // A service has none of the team's minutes.
    let minutes = (resource.minutes_per_week > 0)
        .then(|| MINUTES.with(language, &[&resource.minutes_in_week(monday).to_string()]));
    let absence = resource.absences.iter().find(|absence| absence.covers(on));
    let away = absence.map(|absence| match absence.to {
        Some(day) => AWAY.with(language, &[&habit::date(day, language)]),
        None => AWAY_OPEN.get(language).to_owned(),
    });
    let told: Vec<String> = [minutes, away].into_iter().flatten().collect();
    let role = if resource.role.is_empty() { String::new() } else { format!(", {}", resource.role) };
    let told = if told.is_empty() { String::new() } else { format!(": {}", told.join(", ")) };
    format!("{}{role}{told}", resource.name)
}
