//! One person's row in words.

use super::cells;
use super::decided;
use super::habit;
use super::marks::{self, Mark};
use super::parts::{ScoreView, title};
use super::priorities;
use super::sections::is_break_through;
use super::sentence::{Reader, Sentence, Speaker};
use super::view::Book;
use super::words::{self, Word};
use crate::clinical::{Day, Points};
use crate::outreach::Panel;
use crate::outreach::list::{Change, Group, Row};
use crate::outreach::reasons::{self, LineRef};

/// Reasons shown in the row itself; all of them stand in its details.
const REASONS_SHOWN: usize = 5;
/// Sentences about contact that did not come about.
const QUIET_SHOWN: usize = 2;

/// What every format writes of one person. Holds no identity number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowView {
    /// Opaque; a decision names the row by it. Empty for rows that nothing is decided on.
    pub key: String,
    pub rank: usize,
    pub name: String,
    /// What stands on paper instead of the name.
    pub initials: String,
    pub birth: String,
    pub birth_on: Option<Day>,
    pub is_child: bool,
    /// Hidden by a decision until something happened.
    pub broke_through: bool,
    /// Undecided for so long that she asks.
    pub asks: bool,
    pub gp: String,
    pub groups: Vec<GroupView>,
    pub priority: i32,
    /// Sentence and points.
    pub priority_parts: Vec<(String, i32)>,
    pub change: &'static str,
    pub changed: Change,
    pub marks: Vec<Mark>,
    pub reasons: Vec<Reason>,
    /// Every line that «wrong data» may point at: number and sentence.
    pub lines: Vec<(usize, String)>,
    pub quiet: Vec<String>,
    pub last_contact: String,
    pub last_contact_on: Option<Day>,
    pub next_appointment: String,
    pub next_appointment_on: Option<Day>,
    pub services: Vec<String>,
    pub tasks: Vec<TaskView>,
    pub minutes: u32,
    pub data: Vec<String>,
    /// The newest decision on her; empty when there is none.
    pub decision: String,
    /// Every score with points, target groups first.
    pub scores: Vec<ScoreView>,
    /// Rule sets that gave no points.
    pub without_points: Vec<String>,
}

/// A sentence, and the date and source that it does not say itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    pub text: String,
    pub from: String,
}

/// A target group and the band there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupView {
    pub name: String,
    pub band: String,
    pub level: u8,
    pub score: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskView {
    pub label: String,
    pub role: String,
    pub minutes: u32,
    /// Who could take it, or that nobody present can.
    pub owner: String,
}

impl RowView {
    #[must_use]
    pub fn of(row: &Row, book: Book, speaker: &Speaker) -> RowView {
        let word = |word: Word| word.get(speaker.language).to_owned();
        let date = |day: Day| habit::date(day, speaker.language);
        let member = &row.member;
        let (scores, without_points) = scores(row, book, speaker);
        let decision = row.decision.as_ref();
        RowView {
            key: row.key.clone(),
            rank: row.rank,
            name: if member.name.is_empty() { word(words::NO_NAME) } else { member.name.clone() },
            initials: cells::initials(&member.name),
            birth: member.person.birth.map_or_else(String::new, date),
            birth_on: member.person.birth,
            is_child: row.child.is_some(),
            broke_through: is_break_through(row),
            asks: row.asks,
            gp: if member.gp.is_empty() { word(words::NO_GP) } else { member.gp.clone() },
            groups: row.groups.iter().map(|group| GroupView::of(group, book, speaker)).collect(),
            priority: row.priority.total,
            priority_parts: row.priority.parts.iter().map(|part| priorities::part(part, row, book, speaker)).collect(),
            change: change(row.change).get(speaker.language),
            changed: row.change,
            marks: marks::of(row, book, speaker),
            reasons: shown_reasons(row, book, speaker),
            lines: lines(row, book, speaker),
            quiet: quiet(row, book, speaker),
            last_contact: cells::last_contact(row, speaker),
            last_contact_on: row.last_contact.as_ref().map(|contact| contact.date),
            next_appointment: row.next_appointment.map_or_else(String::new, date),
            next_appointment_on: row.next_appointment,
            services: cells::services(row, speaker),
            tasks: cells::tasks(row, speaker),
            minutes: row.minutes,
            data: cells::data(row, book, speaker),
            decision: decision
                .map_or_else(String::new, |entry| decided::told(entry, speaker.vocabulary, speaker.language)),
            scores,
            without_points,
        }
    }

    /// The highest band of her groups.
    #[must_use]
    pub fn level(&self) -> u8 {
        self.groups.iter().map(|group| group.level).max().unwrap_or(0)
    }
}

impl GroupView {
    fn of(group: &Group, book: Book, speaker: &Speaker) -> GroupView {
        let rule_set = &book.rule_sets[group.model];
        let band = group.score.band.and_then(|index| rule_set.bands.get(usize::from(index)));
        GroupView {
            name: title(rule_set, speaker),
            band: band.map_or_else(String::new, |band| band.label.get(speaker.language).to_owned()),
            level: group.level,
            score: habit::points(group.score.value, speaker.language),
        }
    }

    /// `høy (7)`.
    #[must_use]
    pub fn band_and_score(&self) -> String {
        if self.band.is_empty() { self.score.clone() } else { format!("{} ({})", self.band, self.score) }
    }
}

impl Reason {
    /// The sentence with what it does not say itself in brackets behind it.
    #[must_use]
    pub fn whole(&self) -> String {
        if self.from.is_empty() { self.text.clone() } else { format!("{} ({})", self.text, self.from) }
    }

    fn of(sentence: &Sentence, speaker: &Speaker) -> Reason {
        let date = sentence.date.map(|day| habit::date(day, speaker.language));
        // The kind of a contact is no source that anyone would look up.
        let is_contact =
            |name: &&String| speaker.vocabulary.contacts.iter().any(|(_, text)| text.get(speaker.language) == **name);
        let source = sentence.sources.first().filter(|name| !is_contact(name)).cloned();
        let missing = [source, date].into_iter().flatten().filter(|part| !sentence.text.contains(part.as_str()));
        Reason { text: sentence.text.clone(), from: missing.collect::<Vec<_>>().join(", ") }
    }
}

fn change(change: Change) -> Word {
    match change {
        Change::FirstList => words::FIRST_LIST,
        Change::New => words::NEW,
        Change::Worse => words::WORSE,
        Change::Unchanged => words::UNCHANGED,
    }
}

/// The headline of the first group, then the lines; no sentence twice.
fn shown_reasons(row: &Row, book: Book, speaker: &Speaker) -> Vec<Reason> {
    let mut out: Vec<Reason> = Vec::new();
    let headlines = row.groups.iter().filter_map(|group| speaker.headline(&book.rule_sets[group.model], &group.score));
    out.extend(headlines.take(1).map(|text| Reason { text, from: String::new() }));
    let spoken = row.reasons.iter().filter_map(|reference| spoken(*reference, row, book, speaker));
    for sentence in spoken {
        if out.len() < REASONS_SHOWN && !out.iter().any(|known| known.text == sentence.text) {
            out.push(Reason::of(&sentence, speaker));
        }
    }
    out
}

fn quiet(row: &Row, book: Book, speaker: &Speaker) -> Vec<String> {
    let mut texts: Vec<String> =
        row.quiet.iter().filter_map(|line| Some(spoken(*line, row, book, speaker)?.text)).collect();
    texts.dedup();
    texts.truncate(QUIET_SHOWN);
    texts
}

/// Numbered from 1 as the run remembers them. What the reader may not read she cannot find wrong.
fn lines(row: &Row, book: Book, speaker: &Speaker) -> Vec<(usize, String)> {
    let spoken = row.reasons.iter().enumerate().filter_map(|(index, reference)| {
        let sentence = spoken(*reference, row, book, speaker).filter(|sentence| !sentence.hidden)?;
        Some((index + 1, sentence.text))
    });
    spoken.collect()
}

fn spoken(reference: LineRef, row: &Row, book: Book, speaker: &Speaker) -> Option<Sentence> {
    let line = reasons::line(&row.explained, reference)?;
    Some(speaker.line(&book.rule_sets[reference.model], line, None))
}

/// Scores in words, those of the row's groups first, and the names of rule sets that gave no points.
fn scores(row: &Row, book: Book, speaker: &Speaker) -> (Vec<ScoreView>, Vec<String>) {
    let place = |model: usize| row.groups.iter().position(|group| group.model == model).unwrap_or(usize::MAX);
    let mut answers: Vec<_> = row.explained.iter().filter(|answer| answer.outcome.score.is_some()).collect();
    answers.sort_by_key(|answer| (place(answer.outcome.model), answer.outcome.model));
    let mut scores = Vec::new();
    let mut without = Vec::new();
    let panel = Panel::new(book.policy, book.rule_sets);
    for answer in answers {
        // What only the policy asks is no score for the coordinator; an event stands on the row itself.
        if !is_doctor(speaker) && panel.is_question_list(answer.outcome.model) {
            continue;
        }
        let rule_set = &book.rule_sets[answer.outcome.model];
        let Some(view) = ScoreView::of(rule_set, answer, speaker) else { continue };
        let score = answer.outcome.score.filter(|score| score.value != Points::ZERO || score.upper != Points::ZERO);
        // A closed gate makes every line zero: nothing of it counts, so nothing of it is told.
        if score.is_none() && (view.lines.is_empty() || view.closed) {
            without.push(view.title);
        } else {
            scores.push(view);
        }
    }
    (scores, without)
}

/// Whether a reader sees everything.
#[must_use]
pub fn is_doctor(speaker: &Speaker) -> bool {
    speaker.reader == Reader::Doctor
}
