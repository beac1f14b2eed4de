//! Falling ill: each condition has its share of people at each age, and a person has it while that share is above her draw.

use super::law::Law;
use super::life::{Illness, Life};
use super::parameters::curve::Curve;
use super::random::Stream;
use crate::clinical::Day;

/// Days of a year of age.
const YEAR: f32 = 365.25;

impl Life {
    /// Draws every condition that she has at some time before the end.
    pub(super) fn fall_ill(&mut self, law: &Law, stream: &mut Stream) {
        let age_at_end = self.age_at(law.timeline.end);
        let by_morbidity = 1.0 / self.morbidity;
        let mut draws = (0.0, 0.0);
        for (number, reach) in law.reach[self.sex].up_to(age_at_end).iter().enumerate() {
            draws = if number % 2 == 0 { stream.units() } else { (draws.1, draws.0) };
            let height = draws.0 * by_morbidity;
            // Most conditions are rarer than the draw at every age up to hers.
            if height < *reach {
                self.begin(law, number, height);
            }
        }
    }

    fn begin(&mut self, law: &Law, number: usize, height: f32) {
        let condition = &law.parameters.conditions[number];
        let Some(curve) = &condition.prevalence[self.sex] else { return };
        let spell = if condition.lifelong {
            let has = curve.exactly(self.age_at(law.timeline.first)) > height;
            has.then_some((0.0, f32::INFINITY))
        } else {
            curve.above(height)
        };
        let Some((from, until)) = spell else { return };
        let from = Day(self.birth + (from * YEAR) as i32);
        let until = if until.is_finite() { Day(self.birth + (until * YEAR) as i32) } else { Day(i32::MAX) };
        if from < law.timeline.end {
            self.illnesses.push(Illness { condition: number as u16, from, until });
        }
    }

    /// Sums burden and visits for the middle of each year.
    pub(super) fn weigh(&mut self, law: &Law) {
        let years = law.years;
        self.burden[..years].fill(0.0);
        self.visits[..years].fill(0.0);
        for illness in &self.illnesses {
            let condition = &law.parameters.conditions[usize::from(illness.condition)];
            for year in 0..years {
                let middle = law.timeline.year(year).plus(182);
                if illness.from <= middle && middle < illness.until {
                    self.burden[year] += condition.burden;
                    self.visits[year] += condition.visits;
                }
            }
        }
    }
}

/// The greatest share up to each age: a row of all conditions for each age, for they are asked for together.
#[derive(Debug, Clone)]
pub struct Reach {
    shares: Vec<f32>,
    conditions: usize,
}

/// Ages that are told apart.
const AGES: usize = 122;

impl Reach {
    /// Of the conditions' shares in one sex; nobody of a sex that cannot have one.
    #[must_use]
    pub fn new<'a>(curves: impl Iterator<Item = Option<&'a Curve>> + Clone) -> Reach {
        let conditions = curves.clone().count();
        let mut shares = vec![0.0_f32; AGES * conditions];
        for (number, curve) in curves.enumerate() {
            let mut greatest = 0.0_f32;
            for age in 0..AGES {
                // The year's end, so that no one who falls ill within it is passed over.
                let at = |age: usize| curve.map_or(0.0, |curve| curve.exactly(age as f32));
                greatest = greatest.max(at(age)).max(at(age + 1));
                shares[age * conditions + number] = greatest;
            }
        }
        Reach { shares, conditions }
    }

    #[inline]
    fn up_to(&self, age: f32) -> &[f32] {
        let row = (age.max(0.0) as usize).min(AGES - 1) * self.conditions;
        &self.shares[row..row + self.conditions]
    }
}
