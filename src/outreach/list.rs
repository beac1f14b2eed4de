//! The rows of the list: what is known of each person who got a place, in no language yet.

use std::collections::BTreeMap;

use super::policy::Policy;
use super::previous::{Change, Previous, Remembered};
use super::priority::{GroupLevel, Priority};
use super::rank::{Placed, Ranking};
use super::reasons::{self, LineRef};
use super::standing::HeldBack;
use crate::clinical::{Day, Points};
use crate::journal::patient::{ContactRow, PatientJournal};
use crate::journal::tables::{ContactKind, Source};
use crate::journal::whole::Member;
use crate::model::RuleSet;
use crate::model::ruleset::OutreachRole;
use crate::model::vocabulary::Vocabulary;
use crate::score::result::{Explained, Score, State};

/// One week's list.
#[derive(Debug, Clone, PartialEq)]
pub struct List {
    pub index_day: Day,
    pub rows: Vec<Row>,
    pub capacity: usize,
    pub candidates: usize,
    pub tied_at_cut: usize,
    pub held_back: HeldBack,
    /// Index day of the list that changes are told against.
    pub previous: Option<Day>,
}

/// One person on the list.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub rank: usize,
    pub member: Member,
    pub priority: Priority,
    /// Her target groups from moderate on, highest band first.
    pub groups: Vec<Group>,
    pub change: Change,
    /// Every line that gave points in those groups, the most telling first.
    pub reasons: Vec<LineRef>,
    /// Lines about contact that did not come about.
    pub quiet: Vec<LineRef>,
    pub last_contact: Option<ContactRow>,
    pub next_appointment: Option<Day>,
    /// Names of services that run on the index day.
    pub services: Vec<String>,
    /// Names of suggested tasks, the first one first; at most three.
    pub tasks: Vec<String>,
    pub minutes: u32,
    /// Newest fact of her journal up to the index day.
    pub newest_fact: Option<Day>,
    /// When she came onto the list, or the oldest fact of her journal.
    pub known_since: Option<Day>,
    /// Lines of her groups that could not be assessed.
    pub unknown_lines: usize,
    /// Every rule set's answer with all its lines.
    pub explained: Vec<Explained>,
    remembered: Remembered,
}

/// A target group and where she stands in it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Group {
    pub model: usize,
    pub role: OutreachRole,
    pub level: u8,
    pub score: Score,
}

/// One placed person's own facts.
#[derive(Debug, Clone)]
pub struct Person {
    pub member: Member,
    pub journal: PatientJournal,
    /// From the engine, in the rule sets' order.
    pub explained: Vec<Explained>,
}

/// What the rows are told in terms of.
#[derive(Debug, Clone, Copy)]
pub struct Terms<'a> {
    pub on: Day,
    pub policy: &'a Policy,
    pub rule_sets: &'a [RuleSet],
    pub vocabulary: &'a Vocabulary,
    pub previous: Option<&'a Previous>,
}

impl List {
    /// Tells the rows of a ranking; `people` holds every placed patient by id.
    ///
    /// A placed patient who is not among `people` gets a row of her bands alone.
    #[must_use]
    pub fn tell(ranking: Ranking, people: &BTreeMap<String, Person>, terms: Terms) -> List {
        let nobody = Person { member: Member::default(), journal: PatientJournal::default(), explained: Vec::new() };
        let rows = ranking.placed.iter().enumerate().map(|(index, placed)| {
            let person = people.get(&placed.candidate.patient).unwrap_or(&nobody);
            Row::tell(index + 1, placed, person, terms)
        });
        List {
            index_day: terms.on,
            rows: rows.collect(),
            capacity: terms.policy.capacity,
            candidates: ranking.candidates,
            tied_at_cut: ranking.tied_at_cut,
            held_back: ranking.held_back,
            previous: terms.previous.and_then(Previous::day),
        }
    }

    /// What the next run needs to tell its changes.
    #[must_use]
    pub fn remember(&self) -> Previous {
        let rows = self.rows.iter().map(|row| (row.member.id.clone(), row.remembered.clone()));
        Previous { index_day: self.index_day.to_string(), rows: rows.collect() }
    }
}

impl Row {
    fn tell(rank: usize, placed: &Placed, person: &Person, terms: Terms) -> Row {
        let Terms { on, policy, rule_sets, vocabulary, previous } = terms;
        let groups = groups(&placed.candidate.groups, &person.explained, policy);
        let models: Vec<usize> = groups.iter().map(|group| group.model).collect();
        let quiet_models: Vec<usize> =
            groups.iter().filter(|group| group.role == OutreachRole::Quiet).map(|group| group.model).collect();
        let remembered = remember(rank, placed, rule_sets);
        let change = previous.map_or(Change::FirstList, |previous| {
            previous.change(&placed.candidate.patient, &remembered, policy.worse_from)
        });
        let tasks = reasons::tasks(&models, &person.explained, rule_sets, vocabulary);
        let minutes = tasks.iter().filter_map(|name| vocabulary.tasks.get(name)).map(|task| task.minutes).sum();
        let mut member = person.member.clone();
        member.id.clone_from(&placed.candidate.patient);
        Row {
            rank,
            member,
            priority: placed.priority.clone(),
            change,
            reasons: reasons::reasons(&models, &person.explained),
            quiet: reasons::contact_lines(&quiet_models, &person.explained, rule_sets),
            last_contact: last_contact(&person.journal, on),
            next_appointment: next_appointment(&person.journal, on),
            services: services(&person.journal, on),
            tasks,
            minutes,
            newest_fact: facts(&person.journal, on).max(),
            known_since: person.journal.person.listed_since.or_else(|| facts(&person.journal, on).min()),
            unknown_lines: unknown_lines(&models, &person.explained),
            explained: person.explained.clone(),
            groups,
            remembered,
        }
    }
}

/// The groups that count on the list, needs before quiet before rising, each by level.
fn groups(levels: &[GroupLevel], explained: &[Explained], policy: &Policy) -> Vec<Group> {
    let place = |role| match role {
        OutreachRole::Need => 0,
        OutreachRole::Quiet => 1,
        OutreachRole::Rising => 2,
        OutreachRole::Children => 3,
    };
    let mut groups: Vec<Group> = levels
        .iter()
        .filter(|group| group.level >= policy.need_from && group.role != OutreachRole::Children)
        .filter_map(|group| {
            let score = explained.iter().find(|answer| answer.outcome.model == group.model)?.outcome.score?;
            Some(Group { model: group.model, role: group.role, level: group.level, score })
        })
        .collect();
    groups.sort_by_key(|group| (place(group.role), std::cmp::Reverse(group.level), group.model));
    groups
}

fn remember(rank: usize, placed: &Placed, rule_sets: &[RuleSet]) -> Remembered {
    let levels = placed.candidate.groups.iter().filter(|group| group.level > 0);
    let levels = levels.filter_map(|group| Some((rule_sets.get(group.model)?.id.clone(), group.level)));
    Remembered { rank, priority: placed.priority.total, levels: levels.collect() }
}

/// A contact that took place; the renewal of a prescription alone is none.
fn is_held(kind: ContactKind) -> bool {
    kind.source() == Source::Contacts && !matches!(kind, ContactKind::Renewal | ContactKind::Other)
}

fn last_contact(journal: &PatientJournal, on: Day) -> Option<ContactRow> {
    let held = journal.contacts.iter().filter(|row| is_held(row.kind) && row.date <= on);
    held.max_by_key(|row| (row.date, std::cmp::Reverse(row.kind), row.role.as_str())).cloned()
}

fn next_appointment(journal: &PatientJournal, on: Day) -> Option<Day> {
    let booked = journal.contacts.iter().filter(|row| row.kind == ContactKind::Booked && row.date > on);
    booked.filter(|row| row.recorded_on.is_none_or(|day| day <= on)).map(|row| row.date).min()
}

fn services(journal: &PatientJournal, on: Day) -> Vec<String> {
    let running = journal
        .services
        .iter()
        .filter(|row| row.from.is_none_or(|from| from <= on) && row.until.is_none_or(|until| on <= until));
    let mut names: Vec<String> = running.map(|row| row.service.clone()).collect();
    names.sort();
    names.dedup();
    names
}

fn facts(journal: &PatientJournal, on: Day) -> impl Iterator<Item = Day> {
    let diagnoses = journal.diagnoses.iter().map(|row| row.date);
    let medicines = journal.medicines.iter().map(|row| row.date);
    let contacts = journal.contacts.iter().map(|row| row.date);
    let measurements = journal.measurements.iter().map(|row| row.date);
    let functions = journal.functions.iter().map(|row| row.date);
    diagnoses.chain(medicines).chain(contacts).chain(measurements).chain(functions).filter(move |day| *day <= on)
}

fn unknown_lines(models: &[usize], explained: &[Explained]) -> usize {
    let lines = models.iter().flat_map(|model| reasons::lines_of(*model, explained));
    lines.filter(|line| line.state == State::Unknown && line.at_most > Points::ZERO).count()
}
