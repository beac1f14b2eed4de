//! This week's places: given on the week's first run, and frozen from then on.

use std::collections::BTreeSet;

use super::candidate::Candidate;
use super::capacity::{self, monday};
use super::fairness::{self, Served};
use super::panel::Panel;
use super::pool::Pool;
use super::rows::{Places, Share};
use super::shares;
use super::state::Material;
use crate::clinical::Day;
use crate::store::{Decision, ListedRow, Place, Section, WeekList};

/// Someone with a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    pub patient: String,
    pub section: Section,
    pub place: Place,
    /// From 1 within the section, and never given anew in the same week.
    pub rank: usize,
    pub weeks_waiting: u32,
    /// Key of the row, when the week's list has one already.
    pub key: Option<String>,
}

/// The week's seats, in order, and how they came about.
#[derive(Debug, Clone, PartialEq)]
pub struct Seating {
    pub made_on: Day,
    pub seats: Vec<Seat>,
    pub places: Places,
    pub shares: Vec<Share>,
    /// Candidates without a place who have the same priority as the last one on an open place.
    pub tied_at_cut: usize,
}

/// Seats everyone: anew on the first run of a week, otherwise as the week's list has it.
#[must_use]
pub fn seat(material: &Material, panel: &Panel, pool: &Pool) -> Seating {
    match &material.state.frozen {
        Some(week) => frozen(material, pool, week),
        None => anew(material, panel, pool),
    }
}

fn anew(material: &Material, panel: &Panel, pool: &Pool) -> Seating {
    let policy = panel.policy;
    let mut places = counted(material, pool);
    let mut week_shares = shares::given(policy, &material.state.credits, places.places);
    let children = pool.children.len().min(policy.children.places.min(places.places) as usize);
    let beforehand = pool.by_hand.len() + pool.through.len();
    let left = (places.places as usize).saturating_sub(children).saturating_sub(beforehand);
    let mut room = fairness::ceilings(policy, &pool.sizes, u64::from(places.places));
    let mut placed = shares::place(&pool.adults, left, &mut week_shares, &mut room, policy);
    let mut served = Served::before(&material.state.weeks, &policy.fairness);
    served.places += u64::from(places.places);
    let adults = placed.iter().map(|(at, _)| &pool.adults[*at]);
    adults.chain(&pool.by_hand).chain(&pool.through).for_each(|candidate| served.add(&candidate.gp));
    fairness::swap(&pool.adults, &mut placed, &mut served, &pool.sizes, &mut room, policy);
    placed.sort_by_key(|(at, _)| *at);
    places.children = as_count(children);
    places.beforehand = as_count(beforehand);
    places.adults = as_count(placed.len());
    let tied_at_cut = tied_at_cut(&pool.adults, &placed);
    Seating { made_on: material.on, seats: numbered(pool, &placed, children), places, shares: week_shares, tied_at_cut }
}

/// The week's places, from the resource table when there is one.
fn counted(material: &Material, pool: &Pool) -> Places {
    let monday = monday(material.on);
    let reviews = reviews_due(material).filter(|(patient, _)| pool.listable.contains(*patient)).count();
    let booked = booked_minutes(material, monday);
    let resources = &material.state.resources;
    capacity::places(material.policy, resources, material.stated_places, monday, as_count(reviews), booked)
}

/// Whoever was chosen and is to be evaluated by the end of this week.
pub fn reviews_due<'a>(material: &'a Material) -> impl Iterator<Item = (&'a str, Day)> {
    let sunday = monday(material.on).plus(6);
    material.state.standing.iter().filter_map(move |(patient, entry)| match &entry.decision {
        Decision::Selected { review_on, .. } if review_on.0 <= sunday => Some((patient.as_str(), review_on.0)),
        _ => None,
    })
}

/// Minutes of the tasks that were chosen last week and fall to the team: they are this week's work.
fn booked_minutes(material: &Material, monday: Day) -> u32 {
    let last_week = monday.plus(-7)..monday;
    let team: BTreeSet<&str> =
        capacity::team(material.policy, &material.state.resources).map(|resource| resource.name.as_str()).collect();
    let chosen = material.state.standing.values().filter(|entry| last_week.contains(&entry.decided_on));
    let minutes = chosen.filter_map(|entry| match &entry.decision {
        Decision::Selected { task, owner, .. } if team.contains(owner.as_str()) => {
            material.vocabulary.tasks.get(task).map(|task| task.minutes)
        }
        _ => None,
    });
    minutes.sum()
}

/// By hand first, then events, then the places in the order of the candidates; children on their own track.
fn numbered(pool: &Pool, placed: &[(usize, Place)], children: usize) -> Vec<Seat> {
    let mut seats = Vec::new();
    let mut ranks = Ranks::default();
    for (candidate, place) in beforehand(pool) {
        seats.push(ranks.seat(candidate, place, pool));
    }
    for (at, place) in placed {
        seats.push(ranks.seat(&pool.adults[*at], place.clone(), pool));
    }
    for candidate in pool.children.iter().take(children) {
        seats.push(ranks.seat(candidate, Place::Children, pool));
    }
    seats
}

fn beforehand(pool: &Pool) -> impl Iterator<Item = (&Candidate, Place)> {
    let by_hand = pool.by_hand.iter().map(|candidate| (candidate, Place::ByHand));
    let through = pool.through.iter().map(|candidate| {
        let events = pool.judged.get(&candidate.patient).map(|judged| &judged.verdict);
        let first = match events {
            Some(super::decided::Verdict::BreakThrough(events)) => events.first(),
            _ => None,
        };
        (candidate, Place::BreakThrough(first.map_or_else(String::new, |event| event.id.clone())))
    });
    by_hand.chain(through)
}

/// The next rank of each track.
#[derive(Default)]
struct Ranks {
    adults: usize,
    children: usize,
}

impl Ranks {
    /// After the ranks that a week has given already.
    fn after(rows: &[ListedRow]) -> Ranks {
        let last =
            |section: Section| rows.iter().filter(|row| row.section == section).map(|row| row.rank).max().unwrap_or(0);
        Ranks { adults: last(Section::Candidates), children: last(Section::Children) }
    }

    fn seat(&mut self, candidate: &Candidate, place: Place, pool: &Pool) -> Seat {
        let child = pool.is_child.contains(&candidate.patient);
        let (section, rank) =
            if child { (Section::Children, &mut self.children) } else { (Section::Candidates, &mut self.adults) };
        *rank += 1;
        let weeks_waiting = candidate.weeks;
        Seat { patient: candidate.patient.clone(), section, place, rank: *rank, weeks_waiting, key: None }
    }
}

/// This week's list: less those who may no longer be listed or were decided on, and more by hand and by events.
fn frozen(material: &Material, pool: &Pool, week: &WeekList) -> Seating {
    let policy = material.policy;
    let rows = || week.rows.iter().filter(|row| matches!(row.section, Section::Candidates | Section::Children));
    let mut seats: Vec<Seat> = rows().filter(|row| stays(row, material, pool, week)).map(kept).collect();
    let listed: BTreeSet<&str> = rows().map(|row| row.patient.as_str()).collect();
    let mut ranks = Ranks::after(&week.rows);
    for (candidate, place) in beforehand(pool).filter(|(c, _)| !listed.contains(c.patient.as_str())) {
        seats.push(ranks.seat(candidate, place, pool));
    }
    // Someone who left the list by a decision, and was brought back the same week, stands under her old number.
    for (candidate, place) in beforehand(pool).filter(|(c, _)| listed.contains(c.patient.as_str())) {
        if !seats.iter().any(|seat| seat.patient == candidate.patient) {
            seats.extend(rows().find(|row| row.patient == candidate.patient).map(|row| Seat { place, ..kept(row) }));
        }
    }
    seats.sort_by_key(|seat| (seat.section, seat.rank));
    let capacity = as_count(week.capacity);
    let mut week_shares = shares::given(policy, &material.state.credits, capacity);
    rows().for_each(|row| shares::charge(&mut week_shares, &row.place));
    let of = |wanted: &dyn Fn(&Place) -> bool| as_count(rows().filter(|row| wanted(&row.place)).count());
    let places = Places {
        places: capacity,
        children: of(&|place| *place == Place::Children),
        beforehand: of(&|place| matches!(place, Place::ByHand | Place::BreakThrough(_))),
        adults: of(&|place| matches!(place, Place::Reserved(_) | Place::Open | Place::Fairness)),
        ..counted(material, pool)
    };
    let tied_at_cut = if week.made_on == material.on { tied_of(pool, week) } else { 0 };
    Seating { made_on: week.made_on, seats, places, shares: week_shares, tied_at_cut }
}

/// As on the run that made the list.
fn tied_of(pool: &Pool, week: &WeekList) -> usize {
    let place = |row: &ListedRow| {
        let at = pool.adults.iter().position(|candidate| candidate.patient == row.patient)?;
        Some((at, row.place.clone()))
    };
    tied_at_cut(&pool.adults, &week.rows.iter().filter_map(place).collect::<Vec<_>>())
}

fn kept(row: &ListedRow) -> Seat {
    Seat {
        patient: row.patient.clone(),
        section: row.section,
        place: row.place.clone(),
        rank: row.rank,
        weeks_waiting: row.weeks_waiting,
        key: Some(row.key.clone()),
    }
}

/// Whether a row of the week stays: she may be listed, no decision hides her, and no fact of hers was found wrong without
/// which she is no candidate.
fn stays(row: &ListedRow, material: &Material, pool: &Pool, week: &WeekList) -> bool {
    use super::decided::Verdict;
    let verdict = pool.judged.get(&row.patient).map(|judged| &judged.verdict);
    let corrected = material
        .state
        .corrections
        .iter()
        .any(|correction| correction.patient == row.patient && correction.found_on >= week.made_on);
    let wanted = || {
        let of = |candidates: &[Candidate]| candidates.iter().any(|candidate| candidate.patient == row.patient);
        of(&pool.adults) || of(&pool.children)
    };
    pool.listable.contains(&row.patient)
        && match verdict {
            Some(Verdict::Hidden(_)) => false,
            Some(Verdict::ByHand | Verdict::BreakThrough(_)) => true,
            Some(Verdict::Free(_)) | None => !corrected || wanted(),
        }
}

fn tied_at_cut(candidates: &[Candidate], placed: &[(usize, Place)]) -> usize {
    let open = placed.iter().filter(|(_, place)| *place == Place::Open).map(|(at, _)| *at).max();
    let Some(last) = open.map(|at| candidates[at].priority.total) else { return 0 };
    let waiting = |at: &usize| !placed.iter().any(|(taken, _)| taken == at);
    (0..candidates.len()).filter(waiting).filter(|at| candidates[*at].priority.total == last).count()
}

fn as_count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
