//! Losing function, dying, getting worse for a while, and being taken to hospital.

use super::law::Law;
use super::life::{FlareEvent, Life, Loss, MOST_STEPS, Stay};
use super::parameters::Group;
use super::random::Stream;
use crate::clinical::Day;

impl Life {
    /// Goes through the years with two clocks: one for losses, one for death.
    pub(super) fn decline_and_die(&mut self, law: &Law, stream: &mut Stream) {
        self.lost_before = self.steps_before(law, stream);
        let (mut until_loss, mut until_death) = (stream.wait(), stream.wait());
        for year in 0..law.years {
            let from = law.timeline.year(year);
            let age = self.age_at(from.plus(182));
            if age < 0.0 {
                continue;
            }
            let loss = law.decline_hazard(self, year, age);
            let mut passed = until_loss;
            while passed < loss {
                let day = from.plus((passed / loss * 365.0) as i32);
                self.lose(law, stream, day);
                passed += stream.wait();
            }
            until_loss = passed - loss;
            let death = law.death_hazard(self, year, age);
            if until_death < death {
                let died = from.plus((until_death / death * 365.0) as i32);
                self.died_on = (died <= law.timeline.end && died.0 >= self.birth).then_some(died);
                break;
            }
            until_death -= death;
        }
        self.keep_losses(law);
        self.lose_by_illness(law, stream);
    }

    /// What was lost before the first day: so many years' losses, and a step with a disability.
    fn steps_before(&self, law: &Law, stream: &mut Stream) -> u8 {
        let age = self.age_at(law.timeline.first);
        if age < 0.0 {
            return 0;
        }
        let expected = law.decline_hazard(self, 0, age) * law.parameters.decline.years_before;
        let mut steps = self.disabled(law);
        let mut passed = stream.wait();
        while passed < expected && steps < MOST_STEPS {
            steps += 1;
            passed += stream.wait();
        }
        steps
    }

    fn disabled(&self, law: &Law) -> u8 {
        let is_heavy = |number: u16| {
            let condition = &law.parameters.conditions[usize::from(number)];
            condition.group == Group::Disability && condition.burden >= 2.0
        };
        u8::from(self.illnesses.iter().any(|illness| illness.from <= law.timeline.first && is_heavy(illness.condition)))
    }

    fn lose(&mut self, law: &Law, stream: &mut Stream, day: Day) {
        let decline = &law.parameters.decline;
        if stream.chance(decline.sudden) {
            let code = law.parameters.signs.sudden.pick(stream);
            self.losses.push(Loss { day, began: day, sudden: Some(code) });
        } else {
            let lead = stream.between(decline.prodrome.0, decline.prodrome.1) as i32;
            self.losses.push(Loss { day, began: Day((day.0 - lead).max(self.birth)), sudden: None });
        }
    }

    /// Some conditions cost a step as they begin.
    fn lose_by_illness(&mut self, law: &Law, stream: &mut Stream) {
        let (first, last) = (law.timeline.first, self.died_on.unwrap_or(law.timeline.end));
        for at in 0..self.illnesses.len() {
            let illness = self.illnesses[at];
            let condition = &law.parameters.conditions[usize::from(illness.condition)];
            if condition.loss > 0.0 && first < illness.from && illness.from <= last && stream.chance(condition.loss) {
                let day = illness.from;
                self.losses.push(Loss { day, began: day, sudden: Some(condition.icd10) });
            }
        }
        self.losses.sort_unstable_by_key(|loss| loss.day);
        self.losses.truncate(usize::from(MOST_STEPS - self.lost_before.min(MOST_STEPS)));
    }

    fn keep_losses(&mut self, law: &Law) {
        let last = self.died_on.unwrap_or(law.timeline.end).min(law.timeline.end);
        let birth = self.birth;
        self.losses.retain(|loss| loss.day <= last && loss.day.0 > birth);
    }

    pub(super) fn flare_up(&mut self, law: &Law, stream: &mut Stream) {
        let end = self.died_on.unwrap_or(law.timeline.end);
        for at in 0..self.illnesses.len() {
            let illness = self.illnesses[at];
            let Some(flare) = &law.parameters.conditions[usize::from(illness.condition)].flare else { continue };
            let mean = 365.0 / flare.rate.max(1e-6);
            let from = illness.from.max(law.timeline.first);
            let mut day = stream.wait() * mean;
            while day < (illness.until.min(end).0 - from.0) as f32 {
                let on = from.plus(day as i32);
                self.flares.push(FlareEvent { day: on, condition: illness.condition });
                if stream.chance(flare.admission) {
                    self.stay(stream, on.plus(2), flare.icd10);
                }
                day += stream.wait() * mean;
            }
        }
    }

    pub(super) fn be_admitted(&mut self, law: &Law, stream: &mut Stream) {
        let mut until_stay = stream.wait();
        let end = self.died_on.unwrap_or(law.timeline.end);
        for year in 0..law.years {
            let from = law.timeline.year(year);
            let age = self.age_at(from.plus(182));
            if age < 0.0 || from > end {
                continue;
            }
            let hazard = law.admission_hazard(self, year, age);
            while until_stay < hazard {
                let code = law.parameters.admission.codes.pick(stream);
                self.stay(stream, from.plus((until_stay / hazard * 365.0) as i32), code);
                until_stay += stream.wait();
            }
            until_stay -= hazard;
        }
        self.be_admitted_declining(law, stream);
    }

    /// What comes at once leads to hospital; who is on the way there is taken in more often.
    fn be_admitted_declining(&mut self, law: &Law, stream: &mut Stream) {
        for at in 0..self.losses.len() {
            let loss = self.losses[at];
            if let Some(code) = loss.sudden {
                self.stay(stream, loss.day, code);
                continue;
            }
            let age = self.age_at(loss.day);
            let year = law.timeline.year_of((loss.day.0 - law.timeline.first.0).max(0) as f32);
            let more =
                (law.parameters.admission.prodrome - 1.0).max(0.0) * law.admission_hazard(self, year, age) / 365.0;
            let length = (loss.day.0 - loss.began.0) as f32;
            let mut passed = stream.wait();
            while passed < more * length {
                let code = law.parameters.admission.codes.pick(stream);
                self.stay(stream, loss.began.plus((passed / more) as i32), code);
                passed += stream.wait();
            }
        }
    }

    fn stay(&mut self, stream: &mut Stream, day: Day, code: u16) {
        let nights = (stream.wait() * 4.0) as u8;
        self.stays.push(Stay { day, nights: nights.clamp(1, 60), code });
    }
}
