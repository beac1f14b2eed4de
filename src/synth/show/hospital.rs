//! Letters from the hospital, and the codes that lasting conditions began with.

use super::Scribe;
use crate::clinical::Day;
use crate::journal::tables::ContactKind;
use crate::synth::records::{ContactRow, DiagnosisRow, DiagnosisSource, Role};

/// Most diagnoses of a letter after the first: what she has besides.
const BESIDES: usize = 3;

impl Scribe<'_> {
    pub(super) fn hospital(&mut self) {
        self.first_codes();
        self.stays();
        self.complex_child();
    }

    /// A condition that began within the time of old codes was coded then: by the GP, and by the hospital when it is heavy.
    fn first_codes(&mut self) {
        let oldest = self.law.timeline.oldest;
        for at in 0..self.life.illnesses.len() {
            let illness = self.life.illnesses[at];
            if illness.from < oldest || illness.from > self.until {
                continue;
            }
            let condition = &self.law.parameters.conditions[usize::from(illness.condition)];
            if self.is_coded(illness.from) {
                self.diagnosis(Scribe::open(illness.from), condition.icpc2);
            }
            let (letter, _) = self.stream.units();
            if letter < 0.15 * condition.burden {
                self.letter(illness.from, condition.icd10);
            }
        }
    }

    fn stays(&mut self) {
        for at in 0..self.life.stays.len() {
            let stay = self.life.stays[at];
            if stay.day < self.from || stay.day > self.until {
                continue;
            }
            let home = stay.day.plus(i32::from(stay.nights));
            let recorded_on = self.letter(home, stay.code);
            let row =
                ContactRow { date: stay.day, kind: ContactKind::EmergencyAdmission, role: Role::None, recorded_on };
            self.rows.contacts.push(row);
            self.besides(home, recorded_on);
        }
    }

    /// The other diagnoses of the letter.
    fn besides(&mut self, home: Day, recorded_on: Day) {
        let mut told = 0;
        for at in 0..self.life.illnesses.len() {
            let illness = self.life.illnesses[at];
            let condition = &self.law.parameters.conditions[usize::from(illness.condition)];
            let active = illness.from <= home && home < illness.until && condition.burden > 0.0;
            if active && told < BESIDES && self.stream.chance(0.6) {
                told += 1;
                self.hospital_row(home, condition.icd10, recorded_on);
            }
        }
        let frailty = 0.15 * f32::from(self.life.dependency(home));
        if self.stream.chance(frailty) {
            let code = self.law.parameters.admission.frail.pick(&mut self.stream);
            self.hospital_row(home, code, recorded_on);
        }
    }

    /// A letter with one diagnosis; gives the day on which the practice has it.
    fn letter(&mut self, day: Day, code: u16) -> Day {
        let mean = self.law.parameters.admission.letter_days + self.law.parameters.dials.delay;
        let recorded_on = day.plus((self.stream.wait() * mean) as i32);
        self.hospital_row(day, code, recorded_on);
        recorded_on
    }

    fn hospital_row(&mut self, date: Day, code: u16, recorded_on: Day) {
        if self.letters.chance(self.law.parameters.dials.coding_hospital) {
            self.rows.diagnoses.push(DiagnosisRow { date, code, recorded_on, source: DiagnosisSource::Hospital });
        }
    }

    /// The hospital follows a child with complex needs, once or twice a year.
    fn complex_child(&mut self) {
        let Some(complex) = self.life.complex else { return };
        self.now_and_then(1.5, |scribe, on| {
            if scribe.life.age_at(on) < 18.0 {
                let recorded_on = scribe.letter(on, complex.code);
                if let Some(technology) = complex.technology {
                    scribe.hospital_row(on, technology, recorded_on);
                }
            }
        });
    }
}
