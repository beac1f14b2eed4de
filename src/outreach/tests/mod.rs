//! The policy's tables and worked examples, on made-up practices.

mod decisions;
mod events;
mod examples;
mod fair;
mod places;
mod priorities;
mod properties;
mod weeks;

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::sync::LazyLock;

use super::glance::GroupLevel;
use super::policy::Known;
use super::tie::TieKey;
use super::{Glance, List, Material, Panel, People, Person, Policy, State, make};
use crate::clinical::{Day, Points};
use crate::journal::patient::{self, PatientJournal};
use crate::journal::whole::Member;
use crate::model::Catalog;
use crate::model::ruleset::OutreachRole;
use crate::score::result::Explained;
use crate::store::{Decision, Entry, ListedRow, Resource, Seen, WeekList};

pub static CATALOG: LazyLock<Catalog> =
    LazyLock::new(|| Catalog::shipped().unwrap_or_else(|faults| panic!("{faults}")));
pub static POLICY: LazyLock<Policy> = LazyLock::new(|| {
    let known = Known { rule_sets: &CATALOG.rule_sets, vocabulary: &CATALOG.vocabulary };
    Policy::load(None, known).unwrap_or_else(|faults| panic!("{faults}"))
});

/// Monday 2 March 2026.
pub fn on() -> Day {
    Day::from_ymd(2026, 3, 2).unwrap()
}

pub fn panel() -> Panel<'static> {
    Panel::new(&POLICY, &CATALOG.rule_sets)
}

/// The rule set of a group, or the only one of its role.
pub fn model(group: &str) -> usize {
    let panel = panel();
    let by_role = |role| (0..CATALOG.rule_sets.len()).find(|model| panel.role(*model) == Some(role)).unwrap();
    match group {
        "rising" => by_role(OutreachRole::Rising),
        "children" => by_role(OutreachRole::Children),
        _ => panel.groups[POLICY.groups.iter().position(|known| known.name == group).unwrap()][0],
    }
}

pub fn glance(levels: &[(&str, u8)]) -> Glance {
    let group = |(name, level): &(&str, u8)| {
        let model = model(name);
        GroupLevel {
            model,
            role: panel().role(model).unwrap(),
            level: *level,
            points: Points::whole(i64::from(*level)),
        }
    };
    Glance { groups: levels.iter().map(group).collect(), coordinators: Some(0), ..Glance::default() }
}

/// A made-up practice.
#[derive(Debug, Clone, Default)]
pub struct World {
    pub members: Vec<Member>,
    pub glances: BTreeMap<String, Glance>,
    pub state: State,
    pub journals: BTreeMap<String, PatientJournal>,
    pub stated: u32,
}

impl World {
    pub fn new(places: u32) -> World {
        World { stated: places, ..World::default() }
    }

    pub fn adult(&mut self, id: &str, gp: &str, glance: Glance) {
        self.person(id, gp, "1950-01-01", glance);
    }

    pub fn child(&mut self, id: &str, gp: &str, glance: Glance) {
        self.person(id, gp, "2016-01-01", glance);
    }

    fn person(&mut self, id: &str, gp: &str, birth: &str, glance: Glance) {
        let person = patient::Person { birth: Day::parse_iso(birth), ..patient::Person::default() };
        let member = Member { id: id.to_owned(), person, gp: gp.to_owned(), ..Member::default() };
        self.members.push(member);
        self.glances.insert(id.to_owned(), glance);
    }

    pub fn decide(&mut self, id: &str, decided_on: &str, decision: Decision) {
        self.state.standing.insert(id.to_owned(), entry(id, decided_on, decision));
    }

    pub fn list(&self) -> List {
        self.list_on(on())
    }

    pub fn list_on(&self, on: Day) -> List {
        let key = TieKey::new([7; 32]);
        let material = Material {
            on,
            policy: &POLICY,
            rule_sets: &CATALOG.rule_sets,
            vocabulary: &CATALOG.vocabulary,
            members: &self.members,
            glances: &self.glances,
            state: &self.state,
            key: &key,
            stated_places: self.stated,
        };
        let Ok(list) = make(&material, self);
        list
    }

    /// Turns the page: the list becomes last week's, and its credits are kept.
    pub fn remember(&mut self, list: &List) {
        self.state.weeks.insert(0, week_of(list));
        self.state.credits = list.credits();
        self.state.frozen = None;
    }
}

impl People for World {
    type Error = Infallible;

    fn people(&self, ids: &BTreeSet<String>) -> Result<BTreeMap<String, Person>, Infallible> {
        let wanted = self.members.iter().filter(|member| ids.contains(&member.id));
        let person = |member: &Member| {
            let journal = self.journals.get(&member.id).cloned().unwrap_or_default();
            Person { member: member.clone(), explained: self.explain(&journal, on()), journal }
        };
        Ok(wanted.map(|member| (member.id.clone(), person(member))).collect())
    }

    fn explain(&self, journal: &PatientJournal, on: Day) -> Vec<Explained> {
        if journal.diagnoses.is_empty() && journal.contacts.is_empty() {
            return Vec::new();
        }
        examples::ENGINE.explain(journal, on, &crate::score::Norms::default())
    }
}

pub fn entry(id: &str, decided_on: &str, decision: Decision) -> Entry {
    Entry {
        number: 1,
        patient: id.to_owned(),
        decided_on: Day::parse_iso(decided_on).unwrap(),
        by: String::new(),
        role: String::new(),
        note: String::new(),
        decision,
        seen: Some(Seen::default()),
        by_guardian: false,
    }
}

pub fn week_of(list: &List) -> WeekList {
    let rows = list.placed().map(|row| ListedRow {
        key: row.key.clone(),
        patient: row.member.id.clone(),
        section: row.section,
        rank: row.rank,
        place: row.place.clone(),
        gp: row.member.gp.clone(),
        priority: row.priority.without_stay(),
        levels: row.levels.clone(),
        versions: BTreeMap::new(),
        weeks_waiting: row.weeks_waiting,
        lines: Vec::new(),
    });
    let week = super::capacity::monday(list.frozen_on);
    WeekList { week, made_on: list.frozen_on, capacity: list.capacity, rows: rows.collect() }
}

pub fn ids(list: &List) -> Vec<&str> {
    list.rows.iter().map(|row| row.member.id.as_str()).collect()
}

pub fn nurse(name: &str, minutes: u32) -> Resource {
    Resource {
        name: name.to_owned(),
        role: "PHT-sykepleier".to_owned(),
        minutes_per_week: minutes,
        ..Resource::default()
    }
}
