//! Services that follow the loss of function, and the scores by which it is told.

use super::Scribe;
use crate::clinical::Day;
use crate::synth::parameters::vocabulary::{CFS, FALLS, IPLOS_ITEMS, TUG};
use crate::synth::records::{FunctionRow, ServiceRow};

impl Scribe<'_> {
    pub(super) fn help(&mut self) {
        self.after_losses();
        self.of_groups();
        self.of_complex_child();
        self.scores();
    }

    /// Each step lost brings services and scores of its own; those of earlier losses are there already.
    fn after_losses(&mut self) {
        let before = self.life.lost_before;
        if before > 0 {
            let long_ago = self.from.plus(-(self.stream.between(30.0, 1500.0) as i32));
            self.services(long_ago, before);
            let on = self.from.plus(self.stream.between(0.0, 700.0) as i32);
            if on <= self.until {
                self.iplos(on, before);
            }
        }
        for at in 0..self.life.losses.len() {
            let loss = self.life.losses[at];
            if loss.day < self.from || loss.day > self.until {
                continue;
            }
            let step = self.life.dependency(loss.day);
            if step == 1 {
                // Who never needed help was once seen without need of it, now and then.
                let earlier = loss.day.plus(-(self.stream.between(120.0, 600.0) as i32));
                self.iplos(earlier, 0);
            }
            let after = (self.stream.wait() * self.law.parameters.services.after_days) as i32;
            self.services(loss.day.plus(after), step);
            self.iplos(loss.day.plus(after / 2), step);
            self.walk(loss.day.plus(after), step);
        }
    }

    fn services(&mut self, from: Day, step: u8) {
        let services = &self.law.parameters.services;
        let at = usize::from(step.clamp(1, 5)) - 1;
        for (service, shares) in &services.by_loss {
            let (gets, recorded) = self.stream.units();
            if gets < shares[at] && recorded < services.recorded && !self.has_service(*service) {
                self.rows.services.push(ServiceRow { from, service: *service, until: None });
            }
        }
    }

    fn has_service(&self, service: u8) -> bool {
        self.rows.services.iter().any(|row| row.service == service)
    }

    /// Services of those with a disability, a mental illness or an addiction.
    fn of_groups(&mut self) {
        let parameters = &self.law.parameters;
        let mut groups = [false; 4];
        for illness in self.life.illnesses.iter().filter(|illness| illness.from <= self.until) {
            let condition = &parameters.conditions[usize::from(illness.condition)];
            groups[condition.group as usize] |= condition.burden > 0.0;
        }
        for (group, _) in groups.into_iter().enumerate().filter(|(_, has)| *has) {
            for (service, share) in &parameters.services.by_group[group] {
                let (gets, when) = self.stream.units();
                if gets < share * parameters.services.recorded && !self.has_service(*service) {
                    let from = self.until.plus(-((when * 1200.0) as i32 + 10)).max(Day(self.life.birth));
                    self.rows.services.push(ServiceRow { from, service: *service, until: None });
                }
            }
        }
    }

    fn of_complex_child(&mut self) {
        let Some(complex) = self.life.complex else { return };
        let children = &self.law.parameters.complex_children;
        for service in &children.services {
            let (gets, when) = self.stream.units();
            if gets < children.each && !self.has_service(*service) {
                let from = self.until.plus(-((when * 1000.0) as i32 + 10)).max(Day(self.life.birth));
                self.rows.services.push(ServiceRow { from, service: *service, until: None });
            }
        }
        if complex.coordinator && self.life.age_at(self.until) < 18.0 {
            let from = self.until.plus(-200).max(Day(self.life.birth));
            self.rows.services.push(ServiceRow { from, service: children.child_coordinator, until: None });
        }
    }

    /// The eight items, if they are sent at all: 1 without trouble, 5 in full need.
    fn iplos(&mut self, date: Day, step: u8) {
        if !self.stream.chance(self.law.parameters.scores.after_loss) {
            return;
        }
        let recorded_on = self.known(date);
        for scale in 0..IPLOS_ITEMS {
            let level = f32::from(step) * 0.8 + 1.0 + 0.7 * self.stream.normal();
            let score = if step == 0 { level.min(2.0) } else { level }.round().clamp(1.0, 5.0) as u8;
            self.rows.functions.push(FunctionRow { date, scale, score, recorded_on });
        }
    }

    fn walk(&mut self, date: Day, step: u8) {
        if self.stream.chance(self.law.parameters.scores.tug) {
            let seconds = 9.0 + 4.0 * f32::from(step) + 2.0 * self.stream.normal();
            let recorded_on = self.known(date);
            let score = seconds.clamp(6.0, 60.0) as u8;
            self.rows.functions.push(FunctionRow { date, scale: TUG, score, recorded_on });
        }
    }

    /// The Clinical Frailty Scale and the question of falls, asked of the old now and then.
    fn scores(&mut self) {
        let age = self.life.age_at(self.until);
        let scores = &self.law.parameters.scores;
        let comes = self.law.comes(self.life).min(1.0);
        if age < 65.0 {
            return;
        }
        self.now_and_then(scores.cfs.at(age) * comes, |scribe, on| {
            let year = scribe.law.timeline.year_of((on.0 - scribe.law.timeline.first.0).max(0) as f32);
            let burden = scribe.life.burden[year];
            let level = 2.0 + 0.15 * burden + f32::from(scribe.life.dependency(on)) + 0.5 * scribe.stream.normal();
            scribe.score(on, CFS, level.round().clamp(1.0, 8.0) as u8);
        });
        self.now_and_then(scores.falls.at(age) * comes, |scribe, on| {
            let risk = 0.15 + 0.1 * f32::from(scribe.life.dependency(on)) + 0.25 * scribe.on_the_way_to_fall(on);
            let falls = u8::from(scribe.stream.chance(risk)) + u8::from(scribe.stream.chance(risk * 0.5));
            scribe.score(on, FALLS, falls);
        });
    }

    fn on_the_way_to_fall(&self, on: Day) -> f32 {
        f32::from(u8::from(self.life.is_declining(on)))
    }

    fn score(&mut self, date: Day, scale: u8, score: u8) {
        let recorded_on = self.known(date);
        self.rows.functions.push(FunctionRow { date, scale, score, recorded_on });
    }
}
