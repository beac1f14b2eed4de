//! Prescriptions: supply after supply, until today or until they lapse.

use super::Scribe;
use crate::clinical::Day;
use crate::synth::records::MedicineRow;

impl Scribe<'_> {
    pub(super) fn medicines(&mut self) {
        let last = self.life.age_at(self.until);
        let multidose = self.stream.chance(self.law.parameters.prescriptions.multidose.at(last));
        // What two conditions ask for is taken once.
        let mut taken: [u16; 24] = [u16::MAX; 24];
        let mut count = 0;
        for at in 0..self.life.illnesses.len() {
            let illness = self.life.illnesses[at];
            let conditions = &self.law.parameters.conditions;
            for (atc, share) in &conditions[usize::from(illness.condition)].medicines {
                let takes = self.stream.chance(*share);
                if !takes || count == taken.len() || taken[..count].contains(atc) {
                    continue;
                }
                taken[count] = *atc;
                count += 1;
                self.supplies(*atc, illness.from, illness.until, multidose);
            }
        }
    }

    /// Regular use of one medicine.
    fn supplies(&mut self, atc: u16, from: Day, until: Day, multidose: bool) {
        let prescriptions = &self.law.parameters.prescriptions;
        let lapses = if self.life.quiet { self.law.parameters.quiet.lapses } else { prescriptions.lapses };
        let regular = !prescriptions.as_needed.contains(&atc);
        let lapsed = self.stream.wait() / lapses.max(1e-4) * 365.0;
        let stopped = self.stream.wait() / prescriptions.stops.max(1e-4) * 365.0;
        let begin = from.max(self.from).0 as f32
            + self.stream.unit() * prescriptions.days * f32::from(u8::from(from < self.from));
        let ends = begin + lapsed.min(stopped);
        let end = (until.min(self.until).0 as f32).min(ends);
        let mut day = begin;
        while day <= end {
            let next = day + prescriptions.days * (0.92 + 0.16 * self.stream.unit());
            let is_last = next > ends && stopped < lapsed && ends <= self.until.0 as f32;
            let stopped_on = is_last.then_some(Day(ends as i32));
            let row = MedicineRow {
                date: Day(day as i32),
                atc,
                until: Day(next as i32),
                stopped_on,
                regular,
                multidose: multidose && regular,
            };
            self.rows.medicines.push(row);
            day = next - 3.0;
        }
    }

    /// A complaint's short course, if it has one and gets it.
    #[inline]
    pub(super) fn short_course(&mut self, on: Day, code: u16) {
        let prescriptions = &self.law.parameters.prescriptions;
        if let Some(Some(atc)) = prescriptions.courses.get(usize::from(code)) {
            let atc = *atc;
            if self.stream.chance(prescriptions.short) {
                let regular = !prescriptions.as_needed.contains(&atc);
                self.course(on, atc, regular);
            }
        }
    }

    /// Some days of a medicine.
    pub(super) fn course(&mut self, date: Day, atc: u16, regular: bool) {
        let until = date.plus(7 + self.stream.below(10) as i32);
        self.rows.medicines.push(MedicineRow { date, atc, until, stopped_on: None, regular, multidose: false });
    }
}
