//! Parameters made ready: looked up by number, and brought to the level they intend.

use super::illness::Reach;
use super::life::Life;
use super::parameters::Parameters;
use super::parameters::curve::Curve;
use super::timeline::Timeline;

/// First ages of the bands in which levels are brought to what is intended.
pub const BANDS: [f32; 8] = [0.0, 6.0, 18.0, 40.0, 55.0, 67.0, 80.0, 90.0];

/// What contacts rest on whoever comes, against what conditions bring.
const EVERYDAY: f32 = 0.4;

/// Everything that lives and journals are drawn by.
#[derive(Debug, Clone)]
pub struct Law {
    pub parameters: Parameters,
    pub timeline: Timeline,
    pub years: usize,
    /// Of women and of men: how common each condition is up to each age.
    pub reach: [Reach; 2],
    pub levels: Levels,
    death: Growth,
    decline: Growth,
    admission: Growth,
    contacts: Growth,
}

/// Multiples by age band that bring hazards to their intended level; contacts by sex too.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Levels {
    pub death: [f32; BANDS.len()],
    pub decline: [f32; BANDS.len()],
    pub admission: [f32; BANDS.len()],
    pub contacts: [[f32; BANDS.len()]; 2],
}

impl Levels {
    pub const UNKNOWN: Levels = Levels {
        death: [1.0; BANDS.len()],
        decline: [1.0; BANDS.len()],
        admission: [1.0; BANDS.len()],
        contacts: [[1.0; BANDS.len()]; 2],
    };
}

/// What a sum of burdens multiplies a hazard by, in quarters of a unit.
#[derive(Debug, Clone)]
struct Growth(Vec<f32>);

impl Growth {
    fn new(for_each: f32) -> Growth {
        // Beyond a sum of sixteen nobody fares worse.
        Growth((0..=64).map(|quarters| (for_each * quarters as f32 / 4.0).exp()).collect())
    }

    #[inline]
    fn of(&self, burden: f32) -> f32 {
        self.0[((burden * 4.0) as usize).min(64)]
    }
}

/// The band of an age.
#[inline]
#[must_use]
pub fn band_of(age: f32) -> usize {
    BANDS.iter().rposition(|from| age >= *from).unwrap_or(0)
}

impl Law {
    /// Brings the parameters to their level; takes a moment, for some lives are tried out.
    #[must_use]
    pub fn new(parameters: Parameters, timeline: Timeline) -> Law {
        let reach = |sex: usize| {
            Reach::new(parameters.conditions.iter().map(move |condition| condition.prevalence[sex].as_ref()))
        };
        let mut law = Law {
            years: timeline.years(),
            reach: [reach(0), reach(1)],
            levels: Levels::UNKNOWN,
            death: Growth::new(parameters.death.burden),
            decline: Growth::new(parameters.decline.burden),
            admission: Growth::new(parameters.admission.burden),
            contacts: Growth::new(parameters.kinds.burden),
            timeline,
            parameters,
        };
        law.levels = super::pilot::levels(&law);
        law
    }

    /// Of dying in a year.
    #[inline]
    #[must_use]
    pub fn death_hazard(&self, life: &Life, year: usize, age: f32) -> f32 {
        self.intended_deaths(life.sex, age) * self.death.of(life.burden[year]) * self.levels.death[band_of(age)]
    }

    /// Of dying in a year, whatever else is known.
    #[inline]
    #[must_use]
    pub fn intended_deaths(&self, sex: usize, age: f32) -> f32 {
        let death = &self.parameters.death;
        death.rate.at(age) * if sex == 1 { death.men } else { 2.0 - death.men }
    }

    /// Of losing a step in a year.
    #[inline]
    #[must_use]
    pub fn decline_hazard(&self, life: &Life, year: usize, age: f32) -> f32 {
        let rate = self.parameters.decline.rate.at(age);
        rate * self.decline.of(life.burden[year]) * self.levels.decline[band_of(age)]
    }

    /// Of an admission in a year, but for those that flares and losses bring.
    #[inline]
    #[must_use]
    pub fn admission_hazard(&self, life: &Life, year: usize, age: f32) -> f32 {
        let rate = self.parameters.admission.rate.at(age);
        rate * self.admission.of(life.burden[year]) * self.levels.admission[band_of(age)]
    }

    /// Consultations in a year, but for those of flares and losses.
    #[inline]
    #[must_use]
    pub fn consultations(&self, life: &Life, year: usize, age: f32) -> f32 {
        let more = life.visits[year] + self.complex_contacts(life, age);
        let everyday = EVERYDAY * self.intended_consultations(life.sex).at(age);
        let level = self.levels.contacts[life.sex][band_of(age)];
        (everyday + more) * self.contacts.of(life.burden[year]) * self.comes(life) * level
    }

    /// The share of her consultations that conditions bring.
    #[inline]
    #[must_use]
    pub fn share_of_conditions(&self, life: &Life, year: usize, age: f32) -> f32 {
        life.visits[year] / (life.visits[year] + EVERYDAY * self.intended_consultations(life.sex).at(age)).max(1e-6)
    }

    /// How readily she comes, quiet or not.
    #[inline]
    #[must_use]
    pub fn comes(&self, life: &Life) -> f32 {
        life.readiness * if life.quiet { self.parameters.quiet.contacts } else { 1.0 }
    }

    #[must_use]
    pub fn intended_consultations(&self, sex: usize) -> &Curve {
        &self.parameters.contacts.consultations[sex]
    }

    fn complex_contacts(&self, life: &Life, age: f32) -> f32 {
        if life.complex.is_some() && age < 18.0 { self.parameters.complex_children.contacts } else { 0.0 }
    }
}
