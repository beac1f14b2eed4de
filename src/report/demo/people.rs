//! As many people as a test wants, each with other lines met.

use std::collections::BTreeMap;

use super::facts::explained;
use super::{journal, on};
use crate::clinical::Day;
use crate::journal::patient::Person as Facts;
use crate::journal::whole::Member;
use crate::model::ruleset::OutreachRole;
use crate::model::{Catalog, RuleSet};
use crate::outreach::list::{Beside, Change, Group, Row};
use crate::outreach::policy::Known;
use crate::outreach::priority::{PartKind, Priority, PriorityPart};
use crate::outreach::reasons;
use crate::outreach::rows::{Hiding, Places, SuggestedTask};
use crate::outreach::{HeldBack, List, Policy};
use crate::score::result::{Explained, State};
use crate::store::{Place, Section};

const PEOPLE: [(&str, &str, &str); 6] = [
    ("Åse Kristine Aasen-Ødegård", "1943-05-17", "Dr. Berit Øye"),
    ("Per Olav Nordmann", "1951-11-02", "Dr. Arne Ås"),
    ("=HYPERLINK(\"http://example.invalid\")", "1939-01-30", "Dr. Berit Øye"),
    ("Kari <b>Fjell</b> & Dal", "1976-08-08", "Dr. Zara Haug"),
    ("Ole Johan Myhre", "1948-03-21", ""),
    ("Synnøve Lie", "1960-12-24", "Dr. Arne Ås"),
];

/// So many people; of eleven lines of every rule set, one is met and `more`.
pub fn list_of(catalog: &Catalog, number: usize, more: usize) -> List {
    let known = Known { rule_sets: &catalog.rule_sets, vocabulary: &catalog.vocabulary };
    let policy = Policy::load(None, known).unwrap_or_else(|faults| panic!("{faults}"));
    let rows = (0..number).map(|number| row(catalog, number, more)).collect();
    List {
        index_day: on(),
        frozen_on: on(),
        rows,
        children: Vec::new(),
        beside: Beside::default(),
        capacity: 14,
        places: Places {
            places: 14,
            counted: true,
            minutes: 1500,
            booked: 300,
            reviews: 30,
            free: 1170,
            ..Places::default()
        },
        shares: Vec::new(),
        selection: Vec::new(),
        hidden: BTreeMap::from([(Hiding::Selected, 12), (Hiding::NotNow, 3)]),
        candidates: number + 40,
        tied_at_cut: 1,
        held_back: HeldBack::default(),
        previous: Some(on().plus(-7)),
        resources: Vec::new(),
        policy,
    }
}

fn row(catalog: &Catalog, number: usize, more: usize) -> Row {
    let state = |index: usize| match (index * 7 + number * 5) % 11 {
        met if met <= more => State::Met,
        3 if number % 2 == 1 => State::Unknown,
        _ => State::NotMet,
    };
    // Of the long lists of published rule sets a patient meets few.
    let seldom = |index: usize| if (index * 7 + number * 5).is_multiple_of(37) { State::Met } else { State::NotMet };
    // Adults are in no population of children.
    let is_for_adults =
        |set: &RuleSet| set.outreach.as_ref().is_none_or(|outreach| outreach.role != OutreachRole::Children);
    let sets = catalog.rule_sets.iter().enumerate().filter(|(_, set)| is_for_adults(set));
    let explain = |(model, set): (usize, &RuleSet)| match set.outreach {
        Some(_) => explained(set, model, state),
        None => explained(set, model, seldom),
    };
    let explained: Vec<Explained> = sets.map(explain).collect();
    let groups = explained.iter().filter_map(|answer| {
        let (set, score) = (&catalog.rule_sets[answer.outcome.model], answer.outcome.score?);
        let level = score.band.map_or(0, |band| set.bands[usize::from(band)].level);
        Some(Group { model: answer.outcome.model, role: set.outreach.as_ref()?.role, level, score })
    });
    let groups: Vec<Group> = groups.filter(|group| group.level >= 2 && group.role != OutreachRole::Children).collect();
    let models: Vec<usize> = groups.iter().map(|group| group.model).collect();
    let names = reasons::tasks(&models, &explained, &catalog.rule_sets, &catalog.vocabulary);
    let minutes = |name: &str| catalog.vocabulary.tasks.get(name).map_or(0, |task| task.minutes);
    let tasks: Vec<SuggestedTask> = names
        .into_iter()
        .map(|task| SuggestedTask { minutes: minutes(&task), task, owner: None, nobody: number == 1 })
        .collect();
    let (name, birth, gp) = PEOPLE[number % PEOPLE.len()];
    let person = Facts { birth: Day::parse_iso(birth), ..Facts::default() };
    let member = Member {
        id: (1000 + number).to_string(),
        person,
        name: name.to_owned(),
        gp: gp.to_owned(),
        ..Member::default()
    };
    let journal = journal(number);
    Row {
        key: format!("k{number:09}"),
        section: Section::Candidates,
        rank: number + 1,
        member,
        place: Place::Open,
        priority: priority(&groups),
        levels: BTreeMap::new(),
        change: [Change::New, Change::Worse, Change::Unchanged][number % 3],
        reasons: reasons::reasons(&models, &explained),
        quiet: reasons::contact_lines(&models, &explained, &catalog.rule_sets),
        last_contact: journal.contacts.first().cloned(),
        next_appointment: number.is_multiple_of(2).then(|| on().plus(12)),
        services: journal.services.iter().map(|row| row.service.clone()).collect(),
        minutes: tasks.iter().map(|task| task.minutes).sum(),
        tasks,
        weeks_waiting: 0,
        asks: false,
        events: Vec::new(),
        returned: None,
        decision: None,
        child: None,
        newest_fact: Some(on().plus(-3)),
        known_since: Some(on().plus(-900)),
        unknown_lines: 8 * (number % 2),
        groups,
        explained,
    }
}

/// One part for each group, and breadth.
fn priority(groups: &[Group]) -> Priority {
    let kind = |at: usize, model| if at == 0 { PartKind::MainNeed { model } } else { PartKind::FurtherNeed { model } };
    let groups = groups.iter().enumerate();
    let mut parts: Vec<PriorityPart> = groups
        .map(|(at, group)| PriorityPart { kind: kind(at, group.model), points: i32::from(group.level) })
        .collect();
    parts.push(PriorityPart { kind: PartKind::Breadth { domains: 4 }, points: 2 });
    parts.push(PriorityPart { kind: PartKind::Coordination { services: 4, coordinators: 0 }, points: 2 });
    parts.push(PriorityPart { kind: PartKind::HardToCoordinate, points: 1 });
    Priority { total: parts.iter().map(|part| part.points).sum(), parts, needs: 2, domains: 4 }
}
