//! Contacts, and what people come for.

use super::Scribe;
use crate::clinical::Day;
use crate::journal::tables::ContactKind;
use crate::synth::records::{ContactRow, Role};

/// Days of a year.
const YEAR: f32 = 365.0;

impl Scribe<'_> {
    pub(super) fn contacts(&mut self) {
        self.everyday();
        self.signs();
        self.flares();
        self.appointments();
        self.out_of_hours();
    }

    /// Consultations and simple contacts, one after the other through the years.
    fn everyday(&mut self) {
        let simple = self.law.parameters.kinds.simple;
        let mut year = usize::MAX;
        let (mut gap, mut of_conditions, mut age) = (0.0, 0.0, 0.0);
        let first = self.law.timeline.first;
        let mut day = (self.from.0 - first.0) as f32;
        let end = (self.until.0 - first.0) as f32;
        while day <= end {
            if self.law.timeline.year_of(day) != year {
                year = self.law.timeline.year_of(day);
                age = self.life.age_at(first.plus(day as i32));
                let rate = self.law.consultations(self.life, year, age) * self.habits.contacts;
                of_conditions = self.law.share_of_conditions(self.life, year, age);
                gap = YEAR / (rate * (1.0 + simple)).max(0.001);
            }
            // Beyond the year's end the rate is another; a waiting time that is cut there is drawn anew.
            let next = day + self.stream.wait() * gap;
            let years_end = (year + 1) as f32 * YEAR;
            day = next.min(years_end);
            if next >= years_end || day > end {
                continue;
            }
            let on = Scribe::open(first.plus(day as i32));
            if self.stream.unit() * (1.0 + simple) < 1.0 {
                self.consult(on, age);
                self.reason(on, age, of_conditions);
            } else {
                self.simple(on);
            }
        }
    }

    /// One consultation, of whatever kind.
    fn consult(&mut self, on: Day, age: f32) {
        let kinds = &self.law.parameters.kinds;
        let (kind, role) = self.stream.units();
        let home = kinds.home.at(age);
        let kind = match kind {
            draw if draw < home => ContactKind::Home,
            draw if draw < home + kinds.video => ContactKind::Video,
            draw if draw < home + kinds.video + kinds.econsult => ContactKind::Econsult,
            _ => ContactKind::Office,
        };
        let role = if role < kinds.nurse { Role::Nurse } else { Role::Gp };
        self.contact(on, kind, role);
        if kind == ContactKind::Office && !self.life.quiet {
            self.missed_before(on);
        }
    }

    /// Some appointments were missed or called off before one was kept.
    fn missed_before(&mut self, on: Day) {
        let kinds = &self.law.parameters.kinds;
        let draw = self.stream.unit();
        let kind = match draw {
            draw if draw < kinds.missed => ContactKind::Missed,
            draw if draw < kinds.missed + kinds.cancelled => ContactKind::Cancelled,
            _ => return,
        };
        let before = on.plus(-14);
        if before >= self.from {
            self.contact(before, kind, Role::None);
        }
    }

    fn simple(&mut self, on: Day) {
        let bits = self.stream.below(100);
        match bits {
            0..45 => self.contact(on, ContactKind::Phone, Role::Gp),
            45..60 => self.contact(on, ContactKind::Phone, Role::Nurse),
            60..95 => self.contact(on, ContactKind::Renewal, Role::Secretary),
            _ => self.contact(on, ContactKind::Other, Role::Gp),
        }
    }

    #[inline]
    fn contact(&mut self, date: Day, kind: ContactKind, role: Role) {
        self.rows.contacts.push(ContactRow { date, kind, role, recorded_on: date });
    }

    /// What she came for: a lasting condition, or a complaint.
    fn reason(&mut self, on: Day, age: f32, of_conditions: f32) {
        let (which, second) = self.stream.units();
        let code = if which < of_conditions { self.condition_code(on) } else { None };
        let code = code.unwrap_or_else(|| self.complaint(on, age));
        if self.is_coded(on) {
            self.diagnosis(on, code);
        }
        if second < self.law.parameters.kinds.second_code {
            let other = self.condition_code(on).unwrap_or_else(|| self.complaint(on, age));
            if other != code && self.is_coded(on) {
                self.diagnosis(on, other);
            }
        }
    }

    /// The code of one of her conditions, by how many contacts each brings.
    fn condition_code(&mut self, on: Day) -> Option<u16> {
        let conditions = &self.law.parameters.conditions;
        let active = |at: &super::super::life::Illness| at.from <= on && on < at.until;
        let visits = |at: &super::super::life::Illness| conditions[usize::from(at.condition)].visits;
        let sum: f32 = self.life.illnesses.iter().filter(|at| active(at)).map(visits).sum();
        let mut left = self.stream.unit() * sum;
        for at in self.life.illnesses.iter().filter(|at| active(at)) {
            left -= visits(at);
            if left < 0.0 {
                return Some(conditions[usize::from(at.condition)].icpc2);
            }
        }
        None
    }

    fn complaint(&mut self, on: Day, age: f32) -> u16 {
        let of_age = match age {
            ..18.0 => 0,
            18.0..67.0 => 1,
            _ => 2,
        };
        let code = self.law.parameters.kinds.complaints[of_age].pick(&mut self.stream);
        self.short_course(on, code);
        code
    }

    /// Who is on the way to a decline comes more often, with signs that are coded now and then.
    fn signs(&mut self) {
        let signs = &self.law.parameters.signs;
        let comes = self.law.comes(self.life) * self.habits.contacts;
        for at in 0..self.life.losses.len() {
            let loss = self.life.losses[at];
            let age = self.life.age_at(loss.day);
            let gap = YEAR / (signs.contacts * comes).max(0.001);
            let mut day = loss.began.0 as f32 - self.from.0 as f32 + self.stream.wait() * gap;
            while day < (loss.day.0 - self.from.0) as f32 {
                let on = self.from.plus(day as i32);
                day += self.stream.wait() * gap;
                if on < self.from || on > self.until {
                    continue;
                }
                let on = Scribe::open(on);
                self.consult(on, age);
                let code = signs.before.pick(&mut self.stream);
                if self.stream.chance(signs.coded) && self.is_coded(on) {
                    self.diagnosis(on, code);
                }
            }
            self.loss_code(loss.day);
        }
    }

    /// A code of reduced function some weeks after the loss, if she is seen.
    fn loss_code(&mut self, day: Day) {
        let seen = self.law.comes(self.life).min(1.0);
        let on = Scribe::open(day.plus((self.stream.wait() * 20.0) as i32));
        let (draw, _) = self.stream.units();
        let code = self.law.parameters.signs.loss.pick(&mut self.stream);
        if self.is_coded(on) && draw < 0.5 * (0.3 + seen) && on >= self.from && on <= self.until {
            self.diagnosis(on, code);
        }
    }

    /// When a condition is worse, most come; the codes tell of it.
    fn flares(&mut self) {
        let comes = self.law.comes(self.life).min(1.0);
        for at in 0..self.life.flares.len() {
            let event = self.life.flares[at];
            if event.day < self.from || event.day > self.until || !self.stream.chance(comes) {
                continue;
            }
            let Some(flare) = &self.law.parameters.conditions[usize::from(event.condition)].flare else { continue };
            let on = Scribe::open(event.day);
            self.consult(on, self.life.age_at(on));
            let code = flare.codes[self.stream.below(flare.codes.len() as u32) as usize];
            if self.is_coded(on) {
                self.diagnosis(on, code);
            }
            if let Some(atc) = flare.medicine {
                self.course(on, atc, true);
            }
        }
    }

    /// Missed appointments of those who seldom come, recalls, and what is booked ahead.
    fn appointments(&mut self) {
        let quiet = &self.law.parameters.quiet;
        let kinds = &self.law.parameters.kinds;
        if self.life.quiet {
            let rate = quiet.missed * self.law.intended_consultations(self.life.sex).at(self.life.age_at(self.until));
            self.now_and_then(rate, |scribe, on| scribe.contact(on, ContactKind::Missed, Role::None));
        }
        let answers = if self.life.quiet { quiet.recall_answered } else { 0.85 };
        if self.life.burden[0] > 0.0 {
            self.now_and_then(kinds.recalled, |scribe, on| {
                scribe.contact(on, ContactKind::Recall, Role::None);
                if scribe.stream.chance(answers) {
                    let booked = Scribe::open(on.plus(10));
                    scribe.contact(booked, ContactKind::Booked, Role::None);
                }
            });
        }
        let booked = kinds.booked_ahead * self.law.comes(self.life).min(1.0);
        if self.until == self.law.timeline.last && self.stream.chance(booked) {
            let date = Scribe::open(self.until.plus(self.stream.between(1.0, 60.0) as i32));
            let row = ContactRow { date, kind: ContactKind::Booked, role: Role::None, recorded_on: self.until };
            self.rows.contacts.push(row);
        }
    }

    /// Something that happens at a steady rate, so many times a year.
    pub(super) fn now_and_then(&mut self, rate: f32, mut happens: impl FnMut(&mut Self, Day)) {
        let gap = YEAR / rate.max(1e-4);
        let length = (self.until.0 - self.from.0) as f32;
        let mut day = self.stream.wait() * gap;
        while day < length {
            let on = Scribe::open(self.from.plus(day as i32));
            happens(self, on);
            day += self.stream.wait() * gap;
        }
    }

    fn out_of_hours(&mut self) {
        let age = self.life.age_at(self.until);
        let rate = self.law.parameters.contacts.out_of_hours.at(age) * self.law.comes(self.life).min(3.0);
        self.now_and_then(rate, |scribe, date| {
            let recorded_on = scribe.known(date.plus(1));
            let row = ContactRow { date, kind: ContactKind::OutOfHours, role: Role::None, recorded_on };
            scribe.rows.contacts.push(row);
        });
    }
}
