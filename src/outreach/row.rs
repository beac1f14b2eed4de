//! Telling one person's row from her journal and her answers.

use std::collections::BTreeMap;

use super::decided::{self, Judged, Verdict};
use super::glance::{Glance, GroupLevel};
use super::list::{Change, Group, Row};
use super::panel::Panel;
use super::person::Person;
use super::policy::level;
use super::priority::{PartKind, Priority};
use super::reasons;
use super::rows::{ChildFacts, EventMark};
use super::state::Material;
use super::tasks::Desk;
use crate::clinical::{Day, Points};
use crate::journal::patient::{ContactRow, PatientJournal};
use crate::journal::tables::ContactKind;
use crate::model::ruleset::OutreachRole;
use crate::score::result::{Explained, Part, State};
use crate::store::{DecisionKind, Entry, Place, Section};

/// What a row is told in terms of.
#[derive(Clone, Copy)]
pub struct Terms<'a> {
    pub material: &'a Material<'a>,
    pub panel: &'a Panel<'a>,
}

/// Where a row stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    pub section: Section,
    pub place: Place,
    pub rank: usize,
    pub weeks_waiting: u32,
    pub key: Option<String>,
    pub child: bool,
    /// Events that the row shows.
    pub events: Vec<EventMark>,
    /// For the doctor: nothing is left out.
    pub for_gp: bool,
}

/// Tells a row.
#[must_use]
pub fn tell(patient: &str, person: &Person, judged: &Judged, spot: Spot, terms: Terms, desk: &mut Desk) -> Row {
    let Terms { material, panel } = terms;
    let on = material.on;
    let nothing = Glance::default();
    let glance = material.glances.get(patient).unwrap_or(&nothing);
    let priority = if spot.child { Priority::default() } else { Priority::of(glance, spot.weeks_waiting, panel) };
    let explained = shown(&person.explained, &priority, &spot, panel);
    let groups = groups(&glance.groups, &explained, spot.child, panel);
    let models: Vec<usize> = groups.iter().map(|group| group.model).collect();
    let of_role = |role: OutreachRole| groups.iter().filter(move |g| g.role == role).map(|g| g.model);
    let quiet_models: Vec<usize> = of_role(OutreachRole::Quiet).collect();
    let mut member = person.member.clone();
    patient.clone_into(&mut member.id);
    let asking = (0..panel.rule_sets.len()).filter(|model| panel.is_question_list(*model));
    let task_models: Vec<usize> = models.iter().copied().chain(asking).collect();
    let names = reasons::tasks(&task_models, &explained, panel.rule_sets, material.vocabulary);
    let tasks: Vec<_> = names.iter().map(|name| desk.suggest(name, &member)).collect();
    let levels = glance.levels(panel);
    let entry = material.state.standing.get(patient);
    Row {
        key: spot.key.unwrap_or_default(),
        section: spot.section,
        rank: spot.rank,
        change: change(patient, &levels, &priority, entry, terms),
        reasons: reasons::reasons(&models, &explained),
        quiet: reasons::contact_lines(&quiet_models, &explained, panel.rule_sets),
        last_contact: last_contact(&person.journal, on),
        next_appointment: next_appointment(&person.journal, on),
        services: services(&person.journal, on),
        minutes: tasks.iter().map(|task| task.minutes).sum(),
        tasks,
        weeks_waiting: spot.weeks_waiting,
        asks: spot.weeks_waiting == panel.policy.points.stayed.asks_after,
        returned: match &judged.verdict {
            Verdict::Free(returned) => *returned,
            _ => None,
        },
        events: spot.events,
        decision: entry.cloned(),
        child: spot.child.then_some(ChildFacts { coordinator: glance.coordinator, oldest: glance.oldest }),
        newest_fact: facts(&person.journal, on).max(),
        known_since: person.journal.person.listed_since.or_else(|| facts(&person.journal, on).min()),
        unknown_lines: unknown_lines(&models, &explained),
        place: spot.place,
        priority,
        levels,
        groups,
        explained,
        member,
    }
}

/// Answers for the row's reader: of the policy's own questions only those that the row speaks of.
fn shown(explained: &[Explained], priority: &Priority, spot: &Spot, panel: &Panel) -> Vec<Explained> {
    let speaks = |model: usize, part: Part| {
        let of_priority = priority.parts.iter().any(|p| match p.kind {
            PartKind::Missed { model: of, criterion } => of == model && part == Part::Criterion(criterion),
            _ => false,
        });
        of_priority || spot.events.iter().any(|event| panel.is_of_event(&event.id, model, part))
    };
    let keep = |answer: &Explained| {
        let mut answer = answer.clone();
        let model = answer.outcome.model;
        if !spot.for_gp && panel.is_question_list(model) {
            answer.lines.retain(|line| speaks(model, line.part));
        }
        answer
    };
    explained.iter().map(keep).collect()
}

/// The groups that count on the row's track, needs before quiet before rising, each by level.
fn groups(levels: &[GroupLevel], explained: &[Explained], child: bool, panel: &Panel) -> Vec<Group> {
    let place = |role| match role {
        OutreachRole::Children => 0,
        OutreachRole::Need => 1,
        OutreachRole::Quiet => 2,
        OutreachRole::Rising => 3,
    };
    let least = panel.policy.candidates.need.min(level::MODERATE);
    let mut groups: Vec<Group> = levels
        .iter()
        .filter(|group| group.level >= least && (child || group.role != OutreachRole::Children))
        .filter_map(|group| {
            let score = explained.iter().find(|answer| answer.outcome.model == group.model)?.outcome.score?;
            Some(Group { model: group.model, role: group.role, level: group.level, score })
        })
        .collect();
    groups.sort_by_key(|group| (place(group.role), std::cmp::Reverse(group.level), group.model));
    groups
}

/// Worse means so much more priority, or a higher band, than at the last decision; without one, than on the list before.
fn change(
    patient: &str,
    levels: &BTreeMap<String, u8>,
    priority: &Priority,
    entry: Option<&Entry>,
    terms: Terms,
) -> Change {
    let state = terms.material.state;
    // Who was added by hand was not seen on any list: nothing is there to be worse than.
    let by_hand = entry.is_some_and(|entry| entry.decision.kind() == DecisionKind::AddedByHand);
    let seen =
        entry.filter(|_| !by_hand).and_then(|entry| entry.seen.as_ref()).map(|seen| (seen.priority, &seen.levels));
    let listed = || {
        let row = state.weeks.first()?.rows.iter().find(|row| row.patient == patient)?;
        Some((row.priority, &row.levels))
    };
    match seen.or_else(listed) {
        Some((before, then)) => {
            let risen = levels.iter().any(|(id, level)| *level > then.get(id).copied().unwrap_or(0));
            let more = priority.without_stay() >= before + terms.panel.policy.points.worse_from;
            if risen || more { Change::Worse } else { Change::Unchanged }
        }
        None if entry.is_some() && !by_hand => Change::Unchanged,
        None if state.weeks.is_empty() => Change::FirstList,
        None => Change::New,
    }
}

fn last_contact(journal: &PatientJournal, on: Day) -> Option<ContactRow> {
    let held = journal.contacts.iter().filter(|row| decided::is_held(row) && row.date <= on);
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
