//! Bringing what follows from many things to its intended level.
//!
//! How often people die depends on their illnesses, and how often they see a doctor on all that befalls them. So a pilot
//! cohort is drawn first, always the same for the same parameters, and hazards are multiplied by what it lacks, band by band.

use super::law::{BANDS, Law, Levels, band_of};
use super::life::Life;
use super::random::Purpose;
use rayon::prelude::*;

/// Lives of the pilot, and how often it is drawn.
const LIVES: u64 = 40_000;
const ROUNDS: usize = 3;
/// Lives summed together, so that sums are the same on any number of threads.
const BLOCK: u64 = 1_000;
const BANDS_NUMBER: usize = BANDS.len();

/// Intended events, and what the present levels lead to: from hazards, and from other causes.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    intended: f64,
    hazard: f64,
    other: f64,
}

#[derive(Debug, Clone, Default)]
struct Sums {
    death: [Sum; BANDS_NUMBER],
    decline: [Sum; BANDS_NUMBER],
    admission: [Sum; BANDS_NUMBER],
    contacts: [[Sum; BANDS_NUMBER]; 2],
}

/// The levels that bring a law to what its parameters intend.
#[must_use]
pub fn levels(law: &Law) -> Levels {
    let mut law = law.clone();
    for _ in 0..ROUNDS {
        let sums = draw(&law);
        law.levels = better(&law.levels, &sums);
    }
    law.levels
}

fn draw(law: &Law) -> Sums {
    let blocks: Vec<Sums> = (0..LIVES / BLOCK)
        .into_par_iter()
        .map(|block| {
            let (mut life, mut sums) = (Life::default(), Sums::default());
            for number in block * BLOCK..(block + 1) * BLOCK {
                life.fill(law, 0, number, Purpose::Pilot);
                add(law, &life, &mut sums);
            }
            sums
        })
        .collect();
    blocks.iter().fold(Sums::default(), |mut all, block| {
        all.take(block);
        all
    })
}

fn add(law: &Law, life: &Life, sums: &mut Sums) {
    for year in 0..law.years {
        let middle = law.timeline.year(year).plus(182);
        let age = life.age_at(middle);
        if age < 0.0 || middle > law.timeline.end || !life.is_alive(middle) {
            continue;
        }
        let band = band_of(age);
        let intended = f64::from(law.intended_deaths(life.sex, age));
        sums.death[band].add(intended, law.death_hazard(life, year, age));
        let able = life.dependency(middle) < super::life::MOST_STEPS;
        let decline = law.decline_hazard(life, year, age);
        sums.decline[band].add(f64::from(law.parameters.decline.rate.at(age)), if able { decline } else { 0.0 });
        let admission = law.admission_hazard(life, year, age);
        sums.admission[band].add(f64::from(law.parameters.admission.rate.at(age)), admission);
        let consultations = f64::from(law.intended_consultations(life.sex).at(age));
        sums.contacts[life.sex][band].add(consultations, law.consultations(life, year, age));
    }
    add_events(law, life, sums);
}

/// What hazards do not tell: losses through an illness, admissions and contacts through flares and losses.
fn add_events(law: &Law, life: &Life, sums: &mut Sums) {
    let band = |day| band_of(life.age_at(day));
    let comes = f64::from(law.comes(life));
    for loss in &life.losses {
        let by_illness = life.illnesses.iter().any(|illness| illness.from == loss.day);
        sums.decline[band(loss.day)].other += f64::from(u8::from(by_illness));
        let age = life.age_at(loss.day);
        let year = law.timeline.year_of((loss.day.0 - law.timeline.first.0).max(0) as f32);
        let length = f64::from(loss.day.0 - loss.began.0) / 365.0;
        let more = f64::from((law.parameters.admission.prodrome - 1.0).max(0.0));
        let expected = more * f64::from(law.admission_hazard(life, year, age)) * length;
        sums.admission[band(loss.day)].other += if loss.sudden.is_some() { 1.0 } else { expected };
        sums.contacts[life.sex][band(loss.day)].other += f64::from(law.parameters.signs.contacts) * length * comes;
    }
    for flare in &life.flares {
        sums.contacts[life.sex][band(flare.day)].other += comes.min(1.0);
        let condition = &law.parameters.conditions[usize::from(flare.condition)];
        let admitted = condition.flare.as_ref().map_or(0.0, |flare| flare.admission);
        sums.admission[band(flare.day)].other += f64::from(admitted);
    }
}

fn better(levels: &Levels, sums: &Sums) -> Levels {
    Levels {
        death: closer(&levels.death, &sums.death),
        decline: closer(&levels.decline, &sums.decline),
        admission: closer(&levels.admission, &sums.admission),
        contacts: [closer(&levels.contacts[0], &sums.contacts[0]), closer(&levels.contacts[1], &sums.contacts[1])],
    }
}

fn closer(levels: &[f32; BANDS_NUMBER], sums: &[Sum; BANDS_NUMBER]) -> [f32; BANDS_NUMBER] {
    std::array::from_fn(|band| {
        let sum = &sums[band];
        if sum.hazard <= 0.0 {
            return levels[band];
        }
        (f64::from(levels[band]) * ((sum.intended - sum.other) / sum.hazard).max(0.0)) as f32
    })
}

impl Sum {
    fn add(&mut self, intended: f64, hazard: f32) {
        self.intended += intended;
        self.hazard += f64::from(hazard);
    }

    fn take(&mut self, other: &Sum) {
        self.intended += other.intended;
        self.hazard += other.hazard;
        self.other += other.other;
    }
}

impl Sums {
    fn take(&mut self, other: &Sums) {
        for band in 0..BANDS_NUMBER {
            self.death[band].take(&other.death[band]);
            self.decline[band].take(&other.decline[band]);
            self.admission[band].take(&other.admission[band]);
            self.contacts[0][band].take(&other.contacts[0][band]);
            self.contacts[1][band].take(&other.contacts[1][band]);
        }
    }
}
