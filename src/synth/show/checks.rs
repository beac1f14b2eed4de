//! Blood tests and weights.

use super::Scribe;
use crate::clinical::Day;
use crate::journal::patient::Comparator;
use crate::journal::tables::ContactKind;
use crate::synth::records::{ContactRow, MeasurementRow, Role};

impl Scribe<'_> {
    pub(super) fn checks(&mut self) {
        let age = self.life.age_at(self.until);
        let panels = self.panels(age);
        let comes = self.law.comes(self.life).min(1.5);
        let checks = &self.law.parameters.checks;
        let rate = match panels {
            Panels { count: 0, .. } if age < 18.0 => 0.0,
            Panels { count: 0, .. } => checks.others * comes,
            _ => checks.yearly * comes.max(0.1),
        };
        let not_taken = if self.life.quiet {
            self.law.parameters.quiet.test_not_taken
        } else {
            self.law.parameters.kinds.test_not_taken
        };
        if rate > 0.0 {
            self.now_and_then(rate, |scribe, on| scribe.check(on, &panels, not_taken));
        }
        self.weights(age);
    }

    /// The panels that her conditions ask for.
    fn panels(&self, age: f32) -> Panels {
        let mut panels = Panels { of: [0; 4], count: 0 };
        for illness in self.life.illnesses.iter().filter(|illness| illness.from <= self.until) {
            if let Some(panel) = self.law.parameters.conditions[usize::from(illness.condition)].panel {
                panels.add(panel);
            }
        }
        if age >= 80.0 || self.life.dependency(self.until) > 0 || self.life.is_declining(self.until) {
            panels.add(self.law.parameters.checks.frail);
        }
        panels
    }

    fn check(&mut self, on: Day, panels: &Panels, not_taken: f32) {
        if self.stream.chance(not_taken) {
            let row = ContactRow { date: on, kind: ContactKind::LabNotTaken, role: Role::None, recorded_on: on };
            self.rows.contacts.push(row);
            return;
        }
        let checks = &self.law.parameters.checks;
        let general = [checks.general];
        let of = if panels.count == 0 { &general[..] } else { &panels.of[..panels.count] };
        let mut taken = 0_u64;
        for panel in of {
            for test in &checks.panels[*panel].tests {
                // Tests beyond the 64th are taken as often as panels name them.
                let bit = 1_u64.checked_shl(*test as u32).unwrap_or(0);
                if taken & bit == 0 {
                    taken |= bit;
                    self.measure(on, *test);
                }
            }
        }
    }

    /// One result: her own level, what her conditions and a coming decline do to it, and chance.
    fn measure(&mut self, on: Day, test: usize) {
        let law = &self.law.parameters.checks.tests[test];
        let own = self.stream.normal_of(self.life.key ^ (test as u64 + 1));
        let years = (self.life.age_at(on) - 40.0).max(0.0);
        let mut value = law.mean[self.life.sex] + law.between * own + law.per_year * years;
        value += self.shift(on, test) + law.within * self.stream.normal();
        let comparator = match () {
            () if law.below && value <= law.least => Comparator::Below,
            () if law.above && value >= law.most => Comparator::Above,
            () => Comparator::Exact,
        };
        let steps = (value.clamp(law.least, law.most) * law.scale).round() as u16;
        let recorded_on = self.known(on);
        self.rows.measurements.push(MeasurementRow { date: on, test: test as u8, steps, comparator, recorded_on });
    }

    fn shift(&self, on: Day, test: usize) -> f32 {
        let mut shift = 0.0;
        for illness in self.life.illnesses.iter().filter(|illness| illness.from <= on && on < illness.until) {
            let shifts = &self.law.parameters.conditions[usize::from(illness.condition)].shifts;
            shift += shifts.iter().filter(|(of, _)| *of == test).map(|(_, by)| by).sum::<f32>();
        }
        let checks = &self.law.parameters.checks;
        let decline = &self.law.parameters.decline;
        if Some(test) == checks.albumin {
            shift -= decline.albumin_loss * self.on_the_way(on);
        } else if Some(test) == checks.hb {
            shift -= decline.hb_loss * self.on_the_way(on);
        }
        shift
    }

    /// How far she is on the way to a decline, 0 to 1; half of it stays after the loss.
    fn on_the_way(&self, on: Day) -> f32 {
        let mut way = 0.0_f32;
        for loss in self.life.losses.iter().filter(|loss| loss.sudden.is_none() && loss.began <= on) {
            let length = (loss.day.0 - loss.began.0).max(1) as f32;
            way = way.max(if on >= loss.day { 0.5 } else { (on.0 - loss.began.0) as f32 / length });
        }
        way
    }

    /// Some are weighed now and then.
    fn weights(&mut self, age: f32) {
        let checks = &self.law.parameters.checks;
        let weighed = self.stream.chance(checks.weighed.at(age));
        if !weighed || age < 18.0 {
            return;
        }
        let rate = 3.0 * self.law.comes(self.life).min(1.0);
        let test = checks.weight;
        let law = &checks.tests[test];
        let own = law.mean[self.life.sex] + law.between * self.stream.normal_of(self.life.key ^ (test as u64 + 1));
        self.now_and_then(rate, |scribe, on| {
            let lost = 1.0 - scribe.law.parameters.decline.weight_loss * scribe.on_the_way(on);
            let value = (own + scribe.shift(on, test)) * lost + law.within * scribe.stream.normal();
            let steps = (value.clamp(law.least, law.most) * law.scale).round() as u16;
            let row = MeasurementRow {
                date: on,
                test: test as u8,
                steps,
                comparator: Comparator::Exact,
                recorded_on: scribe.known(on),
            };
            scribe.rows.measurements.push(row);
        });
    }
}

/// A few panels.
#[derive(Debug, Clone, Copy)]
struct Panels {
    of: [usize; 4],
    count: usize,
}

impl Panels {
    fn add(&mut self, panel: usize) {
        if self.count < self.of.len() && !self.of[..self.count].contains(&panel) {
            self.of[self.count] = panel;
            self.count += 1;
        }
    }
}
