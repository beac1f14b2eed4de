//! What was drawn, counted beside what was intended, patient by patient.

use super::cohort::Synth;
use super::law::{BANDS, Law, band_of};
use super::life::Life;
use super::records::{ListStatus, PatientRecords};
use super::show::{Coding, Habits};
use crate::clinical::Day;
use crate::journal::tables::ContactKind;

/// Bands of age.
pub const BAND_NUMBER: usize = BANDS.len();

/// How many of how many, and the share that was intended, summed over them.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Share {
    pub events: f64,
    pub of: f64,
    pub intended: f64,
}

/// Events against those intended; the squares tell how far patients stray, so that an interval needs no law.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Rate {
    pub events: f64,
    pub intended: f64,
    pub squares: f64,
}

/// All counts of a cohort.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tally {
    pub patients: u64,
    pub facts: u64,
    /// By band of the population: people, and women among them.
    pub ages: Vec<f64>,
    pub women: Vec<Share>,
    pub conditions: Vec<Share>,
    pub quiet: Share,
    pub complex: Share,
    pub coded: Share,
    pub deaths: [Rate; BAND_NUMBER],
    pub declines: [Rate; BAND_NUMBER],
    pub admissions: [Rate; BAND_NUMBER],
    pub consultations: [[Rate; BAND_NUMBER]; 2],
    /// Rows of sources that are not delivered.
    pub undelivered: f64,
}

impl Share {
    fn add(&mut self, is: bool, intended: f64) {
        self.events += f64::from(u8::from(is));
        self.of += 1.0;
        self.intended += intended;
    }

    fn take(&mut self, other: &Share) {
        self.events += other.events;
        self.of += other.of;
        self.intended += other.intended;
    }
}

impl Rate {
    fn add(&mut self, events: f64, intended: f64) {
        self.events += events;
        self.intended += intended;
        self.squares += (events - intended) * (events - intended);
    }

    fn take(&mut self, other: &Rate) {
        self.events += other.events;
        self.intended += other.intended;
        self.squares += other.squares;
    }
}

impl Tally {
    /// Adds one patient.
    pub fn add(&mut self, synth: &Synth, life: &Life, records: &PatientRecords, coding: Coding) {
        let law = synth.law();
        self.make_room(law);
        self.patients += 1;
        self.facts += records.facts() as u64;
        self.add_person(law, life);
        self.add_conditions(law, life);
        self.add_events(law, life);
        self.add_consultations(synth, life, records);
        self.coded.events += f64::from(coding.coded);
        self.coded.of += f64::from(coding.offered);
        self.coded.intended += f64::from(coding.intended);
        let delivered = law.parameters.dials.delivered;
        self.undelivered += records.contacts.iter().filter(|row| !delivered.has(row.kind.source())).count() as f64;
    }

    fn make_room(&mut self, law: &Law) {
        let bands = law.parameters.population.from.len();
        self.ages.resize(bands, 0.0);
        self.women.resize(bands, Share::default());
        self.conditions.resize(law.parameters.conditions.len(), Share::default());
    }

    fn add_person(&mut self, law: &Law, life: &Life) {
        let population = &law.parameters.population;
        let age = life.age_at(law.timeline.last);
        let band = population.from.partition_point(|from| *from <= age).saturating_sub(1);
        self.ages[band] += 1.0;
        self.women[band].add(life.sex == 0, f64::from(population.women[band]));
        if age >= 18.0 {
            self.quiet.add(life.quiet, f64::from(law.parameters.dials.quiet_share));
        }
        if life.age_at(law.timeline.first) < 18.0 {
            self.complex.add(life.complex.is_some(), f64::from(law.parameters.complex_children.share));
        }
    }

    /// Who has what on the first day, of those who were born by then: nobody has died yet.
    fn add_conditions(&mut self, law: &Law, life: &Life) {
        let first = law.timeline.first;
        let age = life.age_at(first);
        if age < 0.0 {
            return;
        }
        for (share, condition) in self.conditions.iter_mut().zip(&law.parameters.conditions) {
            share
                .add(false, condition.prevalence[life.sex].as_ref().map_or(0.0, |curve| f64::from(curve.exactly(age))));
        }
        for illness in life.illnesses.iter().filter(|illness| illness.from <= first && first < illness.until) {
            self.conditions[usize::from(illness.condition)].events += 1.0;
        }
    }

    /// Year by year while she lives: what befell her, and what was intended for her age.
    fn add_events(&mut self, law: &Law, life: &Life) {
        for year in 0..law.years {
            let from = law.timeline.year(year);
            let to = from.plus(365).min(law.timeline.end);
            let alive = life.died_on.map_or(to, |died| died.min(to));
            let lived = f64::from(alive.0 - from.0.max(life.birth)) / 365.0;
            if lived <= 0.0 {
                continue;
            }
            let age = life.age_at(from.plus(182)).max(0.0);
            let band = band_of(age);
            let within = |day: Day| from <= day && day < to && (day < alive || alive == to);
            let count = |days: &mut dyn Iterator<Item = Day>| days.filter(|day| within(*day)).count() as f64;
            let died = f64::from(u8::from(life.died_on.is_some_and(|died| from <= died && died < to)));
            self.deaths[band].add(died, f64::from(law.intended_deaths(life.sex, age)) * lived);
            let losses = count(&mut life.losses.iter().map(|loss| loss.day));
            self.declines[band].add(losses, f64::from(law.parameters.decline.rate.at(age)) * lived);
            let stays = count(&mut life.stays.iter().map(|stay| stay.day));
            self.admissions[band].add(stays, f64::from(law.parameters.admission.rate.at(age)) * lived);
        }
    }

    /// Consultations over all days that the journal tells of, by her age in the middle of them.
    fn add_consultations(&mut self, synth: &Synth, life: &Life, records: &PatientRecords) {
        let law = synth.law();
        let from = law.timeline.first.max(Day(life.birth));
        let until = law.timeline.last.min(records.person.died_on.unwrap_or(law.timeline.last));
        // Whoever moved was seen for a time that only her journal knows.
        if until <= from || records.person.status == ListStatus::Moved {
            return;
        }
        let middle = Day((from.0 + until.0) / 2);
        let age = life.age_at(middle).max(0.0);
        let years = f64::from(until.0 - from.0) / 365.0;
        let intended = f64::from(law.intended_consultations(life.sex).at(age)) * years;
        let held = |kind: ContactKind| {
            matches!(kind, ContactKind::Office | ContactKind::Home | ContactKind::Video | ContactKind::Econsult)
        };
        let count = records.contacts.iter().filter(|row| held(row.kind)).count() as f64;
        let habits = Habits::of(law, synth.plan().seed, records.person.practice);
        self.consultations[life.sex][band_of(age)].add(count, intended * f64::from(habits.contacts));
    }

    /// Adds the counts of others.
    pub fn take(&mut self, other: &Tally) {
        self.patients += other.patients;
        self.facts += other.facts;
        self.ages.resize(self.ages.len().max(other.ages.len()), 0.0);
        self.women.resize(self.women.len().max(other.women.len()), Share::default());
        self.conditions.resize(self.conditions.len().max(other.conditions.len()), Share::default());
        self.ages.iter_mut().zip(&other.ages).for_each(|(mine, theirs)| *mine += theirs);
        self.women.iter_mut().zip(&other.women).for_each(|(mine, theirs)| mine.take(theirs));
        self.conditions.iter_mut().zip(&other.conditions).for_each(|(mine, theirs)| mine.take(theirs));
        self.quiet.take(&other.quiet);
        self.complex.take(&other.complex);
        self.coded.take(&other.coded);
        for band in 0..BAND_NUMBER {
            self.deaths[band].take(&other.deaths[band]);
            self.declines[band].take(&other.declines[band]);
            self.admissions[band].take(&other.admissions[band]);
            (0..2).for_each(|sex| self.consultations[sex][band].take(&other.consultations[sex][band]));
        }
        self.undelivered += other.undelivered;
    }
}
