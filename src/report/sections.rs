//! The parts of the list, each with its rows: for the coordinator, and for one doctor.

use super::decided;
use super::habit;
use super::marks::Mark;
use super::phrases;
use super::row::RowView;
use super::sentence::Speaker;
use super::view::Book;
use super::words::Word;
use crate::clinical::Language;
use crate::outreach::List;
use crate::outreach::list::Row;
use crate::outreach::rows::{self, GpReason};
use crate::store::{self, Decision, Place};

/// Rows of one kind under a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    pub part: Part,
    pub title: &'static str,
    /// What the reader should know of these rows; empty when nothing.
    pub note: &'static str,
    pub rows: Vec<RowView>,
}

/// Which part of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Adults,
    Children,
    Reviews,
    Messages,
    Palliative,
    GpEvents,
    Shielded,
}

impl Part {
    /// Names the part in the page.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Part::Adults => "adults",
            Part::Children => "children",
            Part::Reviews => "reviews",
            Part::Messages => "messages",
            Part::Palliative => "palliative",
            Part::GpEvents => "events",
            Part::Shielded => "shielded",
        }
    }

    fn words(self) -> (Word, Option<Word>) {
        match self {
            Part::Adults => (phrases::ADULTS, None),
            Part::Children => (phrases::CHILDREN, Some(phrases::CHILDREN_NOTE)),
            Part::Reviews => (phrases::REVIEWS, Some(phrases::REVIEWS_NOTE)),
            Part::Messages => (phrases::MESSAGES, Some(phrases::MESSAGES_NOTE)),
            Part::Palliative => (phrases::PALLIATIVE, Some(phrases::PALLIATIVE_NOTE)),
            Part::GpEvents => (phrases::GP_EVENTS, Some(phrases::GP_EVENTS_NOTE)),
            Part::Shielded => (phrases::SHIELDED, Some(phrases::SHIELDED_NOTE)),
        }
    }
}

impl Section {
    pub(super) fn of_coordinator(
        list: &List,
        book: Book,
        speaker: &Speaker,
        is_hers: &dyn Fn(&str) -> bool,
    ) -> Vec<Section> {
        let hers = |row: &&Row| is_hers(&row.member.gp);
        let view = |row: &Row| RowView::of(row, book, &speaker.since(row.known_since));
        let mut sections = vec![
            Section::new(Part::Adults, list.rows.iter().filter(hers).map(view).collect(), speaker),
            Section::new(Part::Children, list.children.iter().filter(hers).map(view).collect(), speaker),
            Section::new(Part::Reviews, reviews(list, &view, speaker, is_hers), speaker),
            Section::new(Part::Messages, messages(list, &view, speaker, is_hers), speaker),
        ];
        sections.retain(|section| section.part == Part::Adults || !section.rows.is_empty());
        sections
    }

    pub(super) fn of_gp(list: &List, book: Book, speaker: &Speaker, is_hers: &dyn Fn(&str) -> bool) -> Vec<Section> {
        let mut sections = Section::of_coordinator(list, book, speaker, is_hers);
        for (part, why) in [
            (Part::Palliative, GpReason::Palliative),
            (Part::GpEvents, GpReason::SensitiveEvent),
            (Part::Shielded, GpReason::Shielded),
        ] {
            let hers = list.beside.gp_only.iter().filter(|row| row.why == why && is_hers(&row.row.member.gp));
            let rows: Vec<RowView> = hers.map(|row| gp_row(row, book, speaker)).collect();
            if !rows.is_empty() {
                sections.push(Section::new(part, rows, speaker));
            }
        }
        sections
    }

    fn new(part: Part, rows: Vec<RowView>, speaker: &Speaker) -> Section {
        Section { rows, ..Section::empty(part, speaker.language) }
    }

    /// The part with nobody in it.
    #[must_use]
    pub fn empty(part: Part, language: Language) -> Section {
        let (title, note) = part.words();
        let note = note.map_or("", |note| note.get(language));
        Section { part, title: title.get(language), note, rows: Vec::new() }
    }
}

fn reviews(
    list: &List,
    view: &dyn Fn(&Row) -> RowView,
    speaker: &Speaker,
    is_hers: &dyn Fn(&str) -> bool,
) -> Vec<RowView> {
    let hers = list.beside.reviews.iter().filter(|review| is_hers(&review.row.member.gp));
    let rows = hers.map(|review| {
        let word = if review.overdue { phrases::OVERDUE } else { phrases::DUE };
        let text = word.with(speaker.language, &[&habit::date(review.due, speaker.language)]);
        marked(view(&review.row), text, review.overdue)
    });
    rows.collect()
}

fn messages(
    list: &List,
    view: &dyn Fn(&Row) -> RowView,
    speaker: &Speaker,
    is_hers: &dyn Fn(&str) -> bool,
) -> Vec<RowView> {
    let hers = list.beside.messages.iter().filter(|message| is_hers(&message.row.member.gp));
    let rows = hers.map(|message| {
        let text = phrases::TELL.with(speaker.language, &[&message.to]);
        marked(view(&message.row), text, true)
    });
    rows.collect()
}

/// Nothing is decided in a file on a row that only the doctor sees, and no service may tell where a shielded person is.
fn gp_row(row: &rows::GpRow, book: Book, speaker: &Speaker) -> RowView {
    let view = RowView::of(&row.row, book, &speaker.since(row.row.known_since));
    let services = if row.why == GpReason::Shielded { Vec::new() } else { view.services.clone() };
    RowView { key: String::new(), services, ..view }
}

fn marked(mut row: RowView, text: String, urgent: bool) -> RowView {
    row.marks.insert(0, Mark { text, urgent });
    row
}

/// Whether a row stands on the list because something happened to someone who was hidden.
#[must_use]
pub fn is_break_through(row: &Row) -> bool {
    matches!(row.place, Place::BreakThrough(_))
}

/// A fact to be put right in the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    pub name: String,
    pub initials: String,
    pub birth: String,
    pub gp: String,
    pub what: String,
    pub said: String,
    pub task: String,
}

impl Correction {
    pub(super) fn of(found: &rows::Correction, book: Book, speaker: &Speaker) -> Correction {
        let who = RowView::of(&found.row, book, speaker);
        let language = speaker.language;
        let store::Correction { found_on, by, note, .. } = &found.correction;
        let said = phrases::FOUND_WRONG.with(language, &[&habit::date(*found_on, language), by]);
        Correction {
            what: wrong_facts(&found.correction, book, speaker),
            said: if note.is_empty() { said } else { format!("{said}: {note}") },
            task: task(found, speaker),
            name: who.name,
            initials: who.initials,
            birth: who.birth,
            gp: who.gp,
        }
    }
}

/// Who can put it right, or that it was put right.
fn task(found: &rows::Correction, speaker: &Speaker) -> String {
    let language = speaker.language;
    let Some(task) = found.task.as_ref().filter(|_| found.correction.open) else {
        return phrases::PUT_RIGHT.get(language).to_owned();
    };
    let role = speaker.vocabulary.tasks.get(&task.task).map_or("", |task| task.role.get(language));
    let owner = task.owner.as_deref().unwrap_or(role);
    [&decided::task(&task.task, speaker.vocabulary, language), owner].join(" – ")
}

/// The rows of the journal that were called wrong: code and date; only the doctor reads those of a sensitive line.
fn wrong_facts(found: &store::Correction, book: Book, speaker: &Speaker) -> String {
    let hidden = is_sensitive(book, &found.rule_set, &found.criterion)
        || found.facts.iter().any(|fact| speaker.secrets.hides_code(&fact.code));
    if hidden && !super::row::is_doctor(speaker) {
        return speaker.vocabulary.frames.known_to_gp.get(speaker.language).to_owned();
    }
    let told = found.facts.iter().map(|fact| {
        let day = fact.on.map_or_else(String::new, |day| format!(" ({})", habit::date(day.0, speaker.language)));
        format!("{}{day}", fact.code)
    });
    told.collect::<Vec<_>>().join(", ")
}

/// An unknown line, such as one of a rule set that is gone, is taken for sensitive.
fn is_sensitive(book: Book, rule_set: &str, criterion: &str) -> bool {
    let set = book.rule_sets.iter().find(|set| set.id == rule_set);
    let found = set.and_then(|set| set.criteria.iter().find(|known| known.name == criterion).map(|known| (set, known)));
    found.is_none_or(|(set, known)| known.sensitive || set.inputs[known.input.0].sensitive)
}

/// A task whose owner is away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Orphan {
    pub name: String,
    pub initials: String,
    pub birth: String,
    pub gp: String,
    pub task: String,
    pub owner: String,
    pub back: String,
    pub instead: String,
}

impl Orphan {
    pub(super) fn of(orphan: &rows::Orphan, speaker: &Speaker) -> Orphan {
        let language = speaker.language;
        let task = match &orphan.entry.decision {
            Decision::Selected { task, .. } => decided::task(task, speaker.vocabulary, language),
            _ => String::new(),
        };
        let member = &orphan.row.member;
        Orphan {
            name: member.name.clone(),
            initials: super::cells::initials(&member.name),
            birth: member.person.birth.map_or_else(String::new, |day| habit::date(day, language)),
            gp: member.gp.clone(),
            task,
            owner: orphan.owner.clone(),
            back: orphan.back_on.map_or_else(String::new, |day| habit::date(day, language)),
            instead: orphan.instead.clone().unwrap_or_default(),
        }
    }
}
