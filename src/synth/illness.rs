//! Falling ill: each condition has its share of people at each age, and a person has it while that share is above her draw.

use super::law::Law;
use super::life::{Illness, Life};
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
        for (number, reach) in law.reach[self.sex].iter().enumerate() {
            draws = if number % 2 == 0 { stream.units() } else { (draws.1, draws.0) };
            let height = draws.0 * by_morbidity;
            // Most conditions are rarer than the draw at every age up to hers.
            if height < reach.up_to(age_at_end) {
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

/// The greatest share up to each age.
#[derive(Debug, Clone)]
pub struct Reach(Vec<f32>);

impl Reach {
    /// Of a condition's shares; nobody of a sex that cannot have it.
    #[must_use]
    pub fn new(curve: Option<&super::parameters::curve::Curve>) -> Reach {
        let Some(curve) = curve else { return Reach(vec![0.0; 122]) };
        let mut greatest = 0.0_f32;
        let share = |age: usize| {
            // The year's end, so that no one who falls ill within it is passed over.
            greatest = greatest.max(curve.exactly(age as f32)).max(curve.exactly(age as f32 + 1.0));
            greatest
        };
        Reach((0..122).map(share).collect())
    }

    #[inline]
    fn up_to(&self, age: f32) -> f32 {
        self.0[(age.max(0.0) as usize).min(121)]
    }
}
