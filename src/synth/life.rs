//! A life: what befalls a person between the first day and the end, whoever writes it down or not.

use super::law::Law;
use super::random::{Purpose, Stream};
use super::timeline::MOST_YEARS;
use crate::clinical::Day;

/// One life. Filled again for the next person: the lists keep their memory.
#[derive(Debug, Clone, Default)]
pub struct Life {
    pub birth: i32,
    /// 0 for women, 1 for men: the place in figures by sex.
    pub sex: usize,
    /// Seldom asks for help, whatever the need.
    pub quiet: bool,
    /// How readily she comes; 1 in the mean.
    pub readiness: f32,
    /// Her multiple of prevalence; 1 in the mean.
    pub morbidity: f32,
    pub illnesses: Vec<Illness>,
    pub flares: Vec<FlareEvent>,
    pub losses: Vec<Loss>,
    pub stays: Vec<Stay>,
    /// Lasting steps of function lost before the first day.
    pub lost_before: u8,
    pub died_on: Option<Day>,
    pub complex: Option<Complex>,
    /// Follow-up would ease her trouble.
    pub amenable: bool,
    /// Burden, visits and dependency in the middle of each year.
    pub burden: [f32; MOST_YEARS],
    pub visits: [f32; MOST_YEARS],
    /// A number that belongs to her alone, for what must be the same each time it is asked.
    pub key: u64,
}

/// A condition and the time it lasts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Illness {
    /// Place among the parameters' conditions.
    pub condition: u16,
    pub from: Day,
    /// First day without it.
    pub until: Day,
}

/// A time when a condition is worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FlareEvent {
    pub day: Day,
    pub condition: u16,
}

/// A lasting step of function lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loss {
    pub day: Day,
    /// When it began to show; the day itself when it came at once.
    pub began: Day,
    /// The hospital's code, when it came at once.
    pub sudden: Option<u16>,
}

/// An unplanned stay in hospital.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stay {
    pub day: Day,
    pub nights: u8,
    /// What the hospital writes first.
    pub code: u16,
}

/// A child with complex needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Complex {
    pub code: u16,
    pub technology: Option<u16>,
    pub coordinator: bool,
}

/// Most steps of function that can be lost.
pub const MOST_STEPS: u8 = 5;

impl Life {
    /// The life of (seed, number).
    pub fn fill(&mut self, law: &Law, seed: u64, number: u64, purpose: Purpose) {
        let mut stream = Stream::new(seed, number, purpose);
        self.clear();
        self.be_born(law, &mut stream);
        self.fall_ill(law, &mut stream);
        self.weigh(law);
        self.decline_and_die(law, &mut stream);
        self.flare_up(law, &mut stream);
        self.be_admitted(law, &mut stream);
        self.end();
    }

    fn clear(&mut self) {
        self.illnesses.clear();
        self.flares.clear();
        self.losses.clear();
        self.stays.clear();
        self.died_on = None;
    }

    fn be_born(&mut self, law: &Law, stream: &mut Stream) {
        let population = &law.parameters.population;
        self.key = stream.bits();
        let band = usize::from(population.bands.pick(stream));
        let (from, to) = (population.from[band], population.end(band));
        let age = stream.between(from, to);
        self.birth = law.timeline.last.0 - (age * 365.25) as i32;
        self.sex = usize::from(stream.unit() >= population.women[band]);
        let (quiet, amenable) = stream.units();
        // Children do not ask for themselves.
        self.quiet = quiet < law.parameters.dials.quiet_share && age >= 18.0;
        self.amenable = amenable < law.parameters.need.amenable;
        let spread = law.parameters.kinds.spread;
        self.readiness = (spread * stream.normal() - spread * spread / 2.0).exp();
        let width = law.parameters.morbidity_spread;
        self.morbidity = stream.between(1.0 - width, 1.0 + width);
        self.complex = self.complex_needs(law, stream);
    }

    fn complex_needs(&self, law: &Law, stream: &mut Stream) -> Option<Complex> {
        let children = &law.parameters.complex_children;
        let (has, depends) = stream.units();
        let coordinator = stream.unit() < children.coordinator;
        if has >= children.share || self.age_at(law.timeline.first) >= 18.0 {
            return None;
        }
        let code = children.codes.pick(stream);
        let technology = (depends < children.depends).then(|| children.technology.pick(stream));
        Some(Complex { code, technology, coordinator })
    }

    /// Nothing befalls the dead.
    fn end(&mut self) {
        if let Some(died) = self.died_on {
            self.flares.retain(|flare| flare.day <= died);
            self.stays.retain(|stay| stay.day <= died);
        }
        self.stays.sort_unstable_by_key(|stay| (stay.day, stay.code));
        self.flares.sort_unstable_by_key(|flare| (flare.day, flare.condition));
    }

    /// Years of life on a day; negative before birth.
    #[inline]
    #[must_use]
    pub fn age_at(&self, day: Day) -> f32 {
        (day.0 - self.birth) as f32 * (1.0 / 365.25)
    }

    /// Lasting steps lost by a day.
    #[must_use]
    pub fn dependency(&self, on: Day) -> u8 {
        let lost = self.losses.iter().filter(|loss| loss.day <= on).count() as u8;
        (self.lost_before + lost).min(MOST_STEPS)
    }

    /// Whether a loss that has not come yet already shows.
    #[must_use]
    pub fn is_declining(&self, on: Day) -> bool {
        self.losses.iter().any(|loss| loss.began <= on && on < loss.day)
    }

    #[must_use]
    pub fn is_alive(&self, on: Day) -> bool {
        self.birth <= on.0 && self.died_on.is_none_or(|died| died > on)
    }
}
