//! One person's row in words.

use super::habit;
use super::parts::{self, ScoreView, title};
use super::sentence::Speaker;
use super::view::Book;
use super::words::{self, Word};
use crate::clinical::{Day, Points};
use crate::outreach::list::{Group, Row};
use crate::outreach::previous::Change;
use crate::outreach::priority::{PartKind, PriorityPart};
use crate::outreach::reasons::{self, LineRef};

/// Reasons shown in the row itself; all of them stand in its details.
const REASONS_SHOWN: usize = 5;
/// Sentences about contact that did not come about.
const QUIET_SHOWN: usize = 2;

/// What every format writes of one person. Holds no identity number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowView {
    pub rank: usize,
    pub name: String,
    pub birth: String,
    pub birth_on: Option<Day>,
    pub gp: String,
    pub groups: Vec<GroupView>,
    pub priority: i32,
    /// Sentence and points.
    pub priority_parts: Vec<(String, i32)>,
    pub change: &'static str,
    pub changed: Change,
    pub reasons: Vec<String>,
    pub quiet: Vec<String>,
    pub last_contact: String,
    pub last_contact_on: Option<Day>,
    pub next_appointment: String,
    pub next_appointment_on: Option<Day>,
    pub services: Vec<String>,
    pub tasks: Vec<TaskView>,
    pub minutes: u32,
    pub data: Vec<String>,
    /// Every score with points, target groups first.
    pub scores: Vec<ScoreView>,
    /// Rule sets that gave no points.
    pub without_points: Vec<String>,
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
}

impl RowView {
    #[must_use]
    pub fn of(row: &Row, book: Book, speaker: &Speaker) -> RowView {
        let word = |word: Word| word.get(speaker.language).to_owned();
        let date = |day: Day| habit::date(day, speaker.language);
        let member = &row.member;
        let (scores, without_points) = scores(row, book, speaker);
        RowView {
            rank: row.rank,
            name: if member.name.is_empty() { word(words::NO_NAME) } else { member.name.clone() },
            birth: member.person.birth.map_or_else(String::new, date),
            birth_on: member.person.birth,
            gp: if member.gp.is_empty() { word(words::NO_GP) } else { member.gp.clone() },
            groups: row.groups.iter().map(|group| GroupView::of(group, book, speaker)).collect(),
            priority: row.priority.total,
            priority_parts: row.priority.parts.iter().map(|part| priority_part(part, book, speaker)).collect(),
            change: change(row.change).get(speaker.language),
            changed: row.change,
            reasons: reason_sentences(row, book, speaker),
            quiet: sentences(&row.quiet, row, book, speaker, QUIET_SHOWN),
            last_contact: last_contact(row, speaker),
            last_contact_on: row.last_contact.as_ref().map(|contact| contact.date),
            next_appointment: row.next_appointment.map_or_else(String::new, date),
            next_appointment_on: row.next_appointment,
            services: services(row, speaker),
            tasks: tasks(row, speaker),
            minutes: row.minutes,
            data: data(row, book, speaker),
            scores,
            without_points,
        }
    }
}

impl GroupView {
    fn of(group: &Group, book: Book, speaker: &Speaker) -> GroupView {
        let rule_set = &book.rule_sets[group.model];
        let band = group.score.band.and_then(|index| rule_set.bands.get(index));
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

fn change(change: Change) -> Word {
    match change {
        Change::FirstList => words::FIRST_LIST,
        Change::New => words::NEW,
        Change::Worse => words::WORSE,
        Change::Unchanged => words::UNCHANGED,
    }
}

fn priority_part(part: &PriorityPart, book: Book, speaker: &Speaker) -> (String, i32) {
    let group = |model: usize| parts::group(&book.rule_sets[model], speaker);
    let text = match part.kind {
        PartKind::MainNeed { model } => words::MAIN_NEED.with(speaker.language, &[&group(model)]),
        PartKind::FurtherNeed { model } => words::FURTHER_NEED.with(speaker.language, &[&group(model)]),
        PartKind::FurtherNeedCeiling => words::FURTHER_CEILING.get(speaker.language).to_owned(),
        PartKind::Quiet { model } | PartKind::Rising { model } => title(&book.rule_sets[model], speaker),
    };
    (text, part.points)
}

/// Headlines of the groups first, then the lines; no sentence twice.
fn reason_sentences(row: &Row, book: Book, speaker: &Speaker) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let headlines = row.groups.iter().filter_map(|group| speaker.headline(&book.rule_sets[group.model], &group.score));
    out.extend(headlines.take(1));
    let most = REASONS_SHOWN.saturating_sub(out.len());
    out.extend(sentences(&row.reasons, row, book, speaker, most));
    out
}

fn sentences(references: &[LineRef], row: &Row, book: Book, speaker: &Speaker, most: usize) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for reference in references {
        let Some(line) = reasons::line(&row.explained, *reference) else { continue };
        let text = speaker.line(&book.rule_sets[reference.model], line, None).text;
        if out.len() < most && !out.contains(&text) {
            out.push(text);
        }
    }
    out
}

fn last_contact(row: &Row, speaker: &Speaker) -> String {
    let Some(contact) = &row.last_contact else { return words::NO_CONTACT.get(speaker.language).to_owned() };
    let kind = speaker.vocabulary.contacts.get(contact.kind.name());
    let kind = kind.map_or(contact.kind.name(), |text| text.get(speaker.language));
    let role = speaker.vocabulary.roles.get(&contact.role);
    let role = role.map_or(contact.role.as_str(), |text| text.get(speaker.language));
    let date = habit::date(contact.date, speaker.language);
    if role.is_empty() { format!("{date}, {kind}") } else { format!("{date}, {kind} ({role})") }
}

fn services(row: &Row, speaker: &Speaker) -> Vec<String> {
    let known = &speaker.vocabulary.services;
    let name =
        |name: &String| known.get(name).map_or_else(|| name.clone(), |text| text.get(speaker.language).to_owned());
    let mut names: Vec<String> = row.services.iter().map(name).collect();
    names.sort_by_key(|name| habit::alphabetical(name));
    names
}

fn tasks(row: &Row, speaker: &Speaker) -> Vec<TaskView> {
    let tasks = row.tasks.iter().filter_map(|name| speaker.vocabulary.tasks.get(name));
    let view = tasks.map(|task| TaskView {
        label: task.label.get(speaker.language).to_owned(),
        role: task.role.get(speaker.language).to_owned(),
        minutes: task.minutes,
    });
    view.collect()
}

/// Age of the data and what they cannot say.
fn data(row: &Row, book: Book, speaker: &Speaker) -> Vec<String> {
    let language = speaker.language;
    let mut out = vec![match row.newest_fact {
        Some(day) => words::NEWEST_FACT.with(language, &[&habit::date(day, language)]),
        None => words::NO_FACTS.get(language).to_owned(),
    }];
    if row.unknown_lines > 0 {
        out.push(words::UNKNOWN_LINES.with(language, &[&row.unknown_lines.to_string()]));
    }
    for group in &row.groups {
        let rule_set = &book.rule_sets[group.model];
        if let Some(bounds) = speaker.bounds(rule_set, &group.score) {
            out.push(format!("{}: {bounds}", title(rule_set, speaker)));
        }
    }
    out
}

/// Scores in words, those of the row's groups first, and the names of rule sets that gave no points.
fn scores(row: &Row, book: Book, speaker: &Speaker) -> (Vec<ScoreView>, Vec<String>) {
    let place = |model: usize| row.groups.iter().position(|group| group.model == model).unwrap_or(usize::MAX);
    let mut answers: Vec<_> = row.explained.iter().filter(|answer| answer.outcome.score.is_some()).collect();
    answers.sort_by_key(|answer| (place(answer.outcome.model), answer.outcome.model));
    let mut scores = Vec::new();
    let mut without = Vec::new();
    for answer in answers {
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
