//! The list from end to end.

use std::collections::{BTreeMap, BTreeSet};

use super::beside::Others;
use super::list::{List, Row};
use super::panel::Panel;
use super::person::{People, Person};
use super::pool::Pool;
use super::rates;
use super::row::{self, Spot, Terms};
use super::state::Material;
use super::tasks::Desk;
use super::week::{self, Seat, Seating};
use crate::clinical::Day;
use crate::store::Section;

/// Makes this week's list, or tells tonight's version of it.
///
/// The same material gives the same list, whatever the order of the members.
///
/// # Errors
/// When `source` cannot read a journal.
pub fn make<S: People>(material: &Material, source: &S) -> Result<List, S::Error> {
    let panel = Panel::new(material.policy, material.rule_sets);
    let mut people: BTreeMap<String, Person> = BTreeMap::new();
    let judged = Pool::judge(material, &panel, source, &mut people)?;
    let pool = Pool::sort(material, &panel, judged);
    let seating = week::seat(material, &panel, &pool);
    let others = Others::find(material, &pool);
    let wanted = seating.seats.iter().map(|seat| &seat.patient).chain(others.patients());
    let missing: BTreeSet<String> = wanted.filter(|id| !people.contains_key(*id)).cloned().collect();
    people.extend(source.people(&missing)?);
    Ok(tell(material, &panel, &pool, seating, others, &people))
}

fn tell(
    material: &Material,
    panel: &Panel,
    pool: &Pool,
    seating: Seating,
    others: Others,
    people: &BTreeMap<String, Person>,
) -> List {
    let mut teller = Teller::new(material, panel, pool, people);
    let (mut rows, mut children) = (Vec::new(), Vec::new());
    for seat in &seating.seats {
        let row = teller.seated(seat);
        if seat.section == Section::Children { children.push(row) } else { rows.push(row) }
    }
    let beside = others.tell(&mut teller);
    let listed: BTreeSet<&str> = seating.seats.iter().map(|seat| seat.patient.as_str()).collect();
    let state = material.state;
    List {
        index_day: material.on,
        frozen_on: seating.made_on,
        rows,
        children,
        beside,
        capacity: seating.places.places as usize,
        places: seating.places,
        shares: seating.shares,
        selection: rates::selection(material, panel, pool, &listed),
        hidden: pool.hidden.clone(),
        candidates: pool.adults.len() + pool.by_hand.len() + pool.through.len() + pool.children.len(),
        tied_at_cut: seating.tied_at_cut,
        held_back: pool.held_back.clone(),
        previous: state.weeks.first().map(|week| week.made_on),
        resources: state.resources.clone(),
        policy: material.policy.clone(),
    }
}

/// Tells rows one after the other, and hands out tasks as it goes.
pub(super) struct Teller<'a> {
    pub material: &'a Material<'a>,
    pub pool: &'a Pool,
    pub desk: Desk<'a>,
    panel: &'a Panel<'a>,
    people: &'a BTreeMap<String, Person>,
    nobody: Person,
}

impl<'a> Teller<'a> {
    fn new(
        material: &'a Material<'a>,
        panel: &'a Panel<'a>,
        pool: &'a Pool,
        people: &'a BTreeMap<String, Person>,
    ) -> Teller<'a> {
        let desk = Desk::new(material.policy, material.vocabulary, &material.state.resources, material.on);
        Teller { material, pool, desk, panel, people, nobody: Person::default() }
    }

    pub fn on(&self) -> Day {
        self.material.on
    }

    fn seated(&mut self, seat: &Seat) -> Row {
        let judged = self.pool.judged.get(&seat.patient);
        let events = match judged.map(|judged| &judged.verdict) {
            Some(super::decided::Verdict::BreakThrough(events)) => events.clone(),
            _ => Vec::new(),
        };
        let spot = Spot {
            section: seat.section,
            place: seat.place.clone(),
            rank: seat.rank,
            weeks_waiting: seat.weeks_waiting,
            key: seat.key.clone(),
            child: seat.section == Section::Children,
            events,
            for_gp: false,
        };
        self.tell(&seat.patient, spot)
    }

    pub fn tell(&mut self, patient: &str, spot: Spot) -> Row {
        let terms = Terms { material: self.material, panel: self.panel };
        let person = self.people.get(patient).unwrap_or(&self.nobody);
        let judged = self.pool.judged.get(patient).cloned().unwrap_or_default();
        row::tell(patient, person, &judged, spot, terms, &mut self.desk)
    }
}
