//! Who stands on the list beside the places: reviews, messages, rows for the doctor, corrections, tasks without an owner.

use super::list::Beside;
use super::make::Teller;
use super::pool::Pool;
use super::row::Spot;
use super::rows::{Correction, EventMark, Followed, GpReason, GpRow, Message, Orphan, Review};
use super::state::Material;
use super::tasks;
use super::week;
use crate::clinical::Day;
use crate::store::{self, Decision, Entry, Place, Section};

/// Days for which a decision is told on the agenda, in forms and notes.
const RECENT: i32 = 28;
/// The task of putting the journal right.
const CORRECTING: &str = "RYD";

/// Patients and what they are here for.
#[derive(Debug, Default)]
pub struct Others {
    reviews: Vec<(String, Day)>,
    messages: Vec<(String, Vec<EventMark>)>,
    gp_only: Vec<(String, GpReason)>,
    corrections: Vec<store::Correction>,
    orphans: Vec<(String, String)>,
    selected: Vec<String>,
    disagreements: Vec<String>,
}

impl Others {
    #[must_use]
    pub fn find(material: &Material, pool: &Pool) -> Others {
        let mut others = Others { gp_only: pool.gp_only.clone(), ..Others::default() };
        let due = week::reviews_due(material).filter(|(patient, _)| pool.listable.contains(*patient));
        others.reviews = due.map(|(patient, day)| (patient.to_owned(), day)).collect();
        others.reviews.sort_by(|a, b| (a.1, &a.0).cmp(&(b.1, &b.0)));
        let listed = |patient: &String| pool.listable.contains(patient);
        for (patient, entry) in material.state.standing.iter().filter(|(patient, _)| listed(patient)) {
            others.add(patient, entry, material, pool);
        }
        let corrections = material.state.corrections.iter().filter(|correction| listed(&correction.patient));
        others.corrections = corrections.cloned().collect();
        let wrong = others.corrections.iter().filter(|correction| is_recent(correction.found_on, material.on));
        others.disagreements.extend(wrong.map(|correction| correction.patient.clone()));
        others.disagreements.sort();
        others.disagreements.dedup();
        others
    }

    fn add(&mut self, patient: &str, entry: &Entry, material: &Material, pool: &Pool) {
        let recent = is_recent(entry.decided_on, material.on);
        let tells = pool.judged.get(patient).map_or(&[][..], |judged| &judged.tells);
        if !tells.is_empty() {
            self.messages.push((patient.to_owned(), tells.to_vec()));
        }
        match &entry.decision {
            Decision::Selected { owner, .. } => {
                if recent || self.reviews.iter().any(|(due, _)| due == patient) {
                    self.selected.push(patient.to_owned());
                }
                if is_orphan(owner, patient, material) {
                    self.orphans.push((patient.to_owned(), owner.clone()));
                }
            }
            Decision::NotRelevant { .. } | Decision::AddedByHand { .. } if recent => {
                self.disagreements.push(patient.to_owned());
            }
            _ => {}
        }
    }

    /// Everyone whose journal is needed.
    pub fn patients(&self) -> impl Iterator<Item = &String> {
        let reviews = self.reviews.iter().map(|(patient, _)| patient);
        let messages = self.messages.iter().map(|(patient, _)| patient);
        let gp_only = self.gp_only.iter().map(|(patient, _)| patient);
        let corrections = self.corrections.iter().map(|correction| &correction.patient);
        let orphans = self.orphans.iter().map(|(patient, _)| patient);
        let followed = self.selected.iter().chain(&self.disagreements);
        reviews.chain(messages).chain(gp_only).chain(corrections).chain(orphans).chain(followed)
    }

    #[must_use]
    pub(super) fn tell(self, teller: &mut Teller) -> Beside {
        let mut told = Beside::default();
        let monday = super::capacity::monday(teller.on());
        for (at, (patient, due)) in self.reviews.into_iter().enumerate() {
            let Some(entry) = entry(teller, &patient) else { continue };
            let row = teller.tell(&patient, spot(Section::Reviews, at + 1, teller, &patient, Vec::new()));
            told.reviews.push(Review { row, entry, due, overdue: due < monday });
        }
        for (at, (patient, events)) in self.messages.into_iter().enumerate() {
            let Some(entry) = entry(teller, &patient) else { continue };
            let row = teller.tell(&patient, spot(Section::Messages, at + 1, teller, &patient, events));
            told.messages.push(Message { to: follower(&entry), row, entry });
        }
        told.gp_only = self.gp_only.into_iter().map(|(patient, why)| for_gp(teller, &patient, why)).collect();
        told.corrections = self.corrections.into_iter().map(|found| correction(teller, found)).collect();
        told.orphans =
            self.orphans.into_iter().filter_map(|(patient, owner)| orphan(teller, &patient, owner)).collect();
        told.selected = self.selected.iter().filter_map(|patient| followed(teller, patient)).collect();
        told.disagreements = self.disagreements.iter().filter_map(|patient| followed(teller, patient)).collect();
        told
    }
}

fn is_recent(day: Day, on: Day) -> bool {
    day > on.plus(-RECENT)
}

/// Whether the owner of a task is away, or no longer in the table. A patient's own doctor need not stand in it.
fn is_orphan(owner: &str, patient: &str, material: &Material) -> bool {
    let resources = &material.state.resources;
    match resources.iter().find(|resource| resource.name == owner) {
        Some(resource) => !resource.is_present(material.on),
        None => {
            let own = material.members.iter().any(|member| member.id == patient && member.gp == owner);
            !resources.is_empty() && !own
        }
    }
}

fn entry(teller: &Teller, patient: &str) -> Option<Entry> {
    teller.material.state.standing.get(patient).cloned()
}

/// A row that takes no place.
fn spot(section: Section, rank: usize, teller: &Teller, patient: &str, events: Vec<EventMark>) -> Spot {
    let child = teller.pool.is_child.contains(patient);
    Spot { section, place: Place::None, rank, weeks_waiting: 0, key: None, child, events, for_gp: false }
}

/// Who is told of an event: the owner of the task, or who was said to follow her up.
fn follower(entry: &Entry) -> String {
    match &entry.decision {
        Decision::Selected { owner, .. } => owner.clone(),
        Decision::AlreadyFollowed { by, .. } => by.clone(),
        _ => String::new(),
    }
}

/// Neither an address nor a service that reveals a place is told of a protected person, not even to her doctor.
fn for_gp(teller: &mut Teller, patient: &str, why: GpReason) -> GpRow {
    let events = teller.pool.judged.get(patient).map_or_else(Vec::new, |judged| judged.gp_only.clone());
    let plain = spot(Section::Candidates, 0, teller, patient, events);
    let mut row = teller.tell(patient, Spot { for_gp: true, ..plain });
    if why == GpReason::Shielded {
        row.services.clear();
    }
    GpRow { why, row }
}

fn correction(teller: &mut Teller, correction: store::Correction) -> Correction {
    let row = teller.tell(&correction.patient, spot(Section::Messages, 0, teller, &correction.patient, Vec::new()));
    let task = correction.open.then(|| teller.desk.suggest(CORRECTING, &row.member));
    Correction { row, correction, task }
}

fn orphan(teller: &mut Teller, patient: &str, owner: String) -> Option<Orphan> {
    let entry = entry(teller, patient)?;
    let row = teller.tell(patient, spot(Section::Messages, 0, teller, patient, Vec::new()));
    let resource = teller.material.state.resources.iter().find(|resource| resource.name == owner);
    let back_on = resource.and_then(|resource| tasks::back_on(resource, teller.on()));
    let instead = match &entry.decision {
        Decision::Selected { task, .. } => teller.desk.who(task, &row.member).map(str::to_owned),
        _ => None,
    };
    Some(Orphan { row, entry, owner, back_on, instead })
}

fn followed(teller: &mut Teller, patient: &str) -> Option<Followed> {
    let entry = entry(teller, patient).or_else(|| wrong_data(teller, patient))?;
    let row = teller.tell(patient, spot(Section::Messages, 0, teller, patient, Vec::new()));
    Some(Followed { row, entry })
}

/// The newest correction of someone without another decision, as an entry.
fn wrong_data(teller: &Teller, patient: &str) -> Option<Entry> {
    let found = teller.material.state.corrections.iter().filter(|correction| correction.patient == patient);
    let found = found.max_by_key(|correction| correction.found_on)?;
    Some(Entry {
        number: 0,
        patient: patient.to_owned(),
        decided_on: found.found_on,
        by: found.by.clone(),
        role: String::new(),
        note: found.note.clone(),
        decision: Decision::WrongData {
            line: 0,
            rule_set: found.rule_set.clone(),
            criterion: found.criterion.clone(),
            facts: found.facts.clone(),
        },
        seen: None,
        by_guardian: false,
    })
}
