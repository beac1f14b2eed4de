//! What a journal shows of a life: codes with gaps, letters that come late, people who do not come.

mod checks;
mod contacts;
mod help;
mod hospital;
mod medicines;
mod person;

use super::law::Law;
use super::life::Life;
use super::random::{Purpose, Stream};
use super::records::{DiagnosisRow, DiagnosisSource, PatientRecords};
use crate::clinical::Day;
use crate::journal::tables::Sources;

/// A practice's habits, the same for all its patients.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Habits {
    pub practice: u32,
    /// Share of events that it codes.
    pub coding: f32,
    /// How often its patients come, against the mean.
    pub contacts: f32,
}

impl Habits {
    #[must_use]
    pub fn of(law: &Law, seed: u64, practice: u32) -> Habits {
        let mut stream = Stream::new(seed, u64::from(practice), Purpose::Practice);
        let lists = &law.parameters.lists;
        let coding = law.parameters.dials.coding + stream.between(-lists.coding_spread, lists.coding_spread);
        let contacts = 1.0 + stream.between(-lists.contacts_spread, lists.contacts_spread);
        Habits { practice, coding: coding.clamp(0.0, 1.0), contacts }
    }
}

/// Writes one life down.
pub struct Scribe<'a> {
    law: &'a Law,
    life: &'a Life,
    habits: Habits,
    stream: Stream,
    /// Decides by itself which of the hospital's codes arrive, so that nothing else moves with that dial.
    letters: Stream,
    rows: &'a mut PatientRecords,
    /// The first day that is told, and the last: she was not born, or has died or moved.
    from: Day,
    until: Day,
    delivered: Sources,
    coding: f32,
    /// How late the event at hand is known, against the mean.
    late: f32,
    coding_of: Coding,
}

/// How events were coded.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Coding {
    /// Events that could have got a code, and those that did.
    pub offered: u32,
    pub coded: u32,
    /// Events that were to get one.
    pub intended: f32,
}

impl<'a> Scribe<'a> {
    /// Fills `rows` with the journal of a life; tells how events were coded.
    pub fn write(
        law: &'a Law,
        life: &'a Life,
        habits: Habits,
        (seed, number): (u64, u64),
        rows: &'a mut PatientRecords,
    ) -> Coding {
        rows.clear();
        let mut stream = Stream::new(seed, number, Purpose::Journal);
        rows.person = person::row(law, life, habits, number, &mut stream);
        let gone = if rows.person.status == super::records::ListStatus::Moved {
            person::moved_on(law, life, &mut stream)
        } else {
            law.timeline.last
        };
        let dials = &law.parameters.dials;
        let mut scribe = Scribe {
            law,
            life,
            habits,
            stream,
            letters: Stream::new(seed, number, Purpose::Letters),
            from: law.timeline.first.max(Day(life.birth)),
            until: gone.min(law.timeline.last).min(life.died_on.unwrap_or(law.timeline.last)),
            delivered: dials.delivered,
            coding: habits.coding * if life.quiet { dials.coding_quiet } else { 1.0 },
            rows,
            late: 0.0,
            coding_of: Coding::default(),
        };
        scribe.contacts();
        scribe.hospital();
        scribe.medicines();
        scribe.checks();
        scribe.help();
        scribe.close_parts();
        scribe.tidy();
        scribe.coding_of
    }

    /// Whether an event of this day gets its code. The same draws at any setting of the dials: fewer codes are a part of more.
    #[inline]
    fn is_coded(&mut self, day: Day) -> bool {
        let dials = &self.law.parameters.dials;
        let drift = if dials.drift_from.is_some_and(|from| day >= from) { dials.drift } else { 1.0 };
        let share = self.coding * drift;
        let (coded, late) = self.stream.chance_and_wait(share);
        self.late = late;
        self.coding_of.offered += 1;
        self.coding_of.coded += u32::from(coded);
        self.coding_of.intended += share.min(1.0);
        coded
    }

    /// The day a record that is usually there at once comes to be known.
    #[inline]
    fn known(&mut self, day: Day) -> Day {
        let late = self.stream.wait() * self.law.parameters.dials.delay;
        day.plus(late as i32)
    }

    /// A code of the event that [`Scribe::is_coded`] was asked for last.
    #[inline]
    fn diagnosis(&mut self, date: Day, code: u16) {
        let recorded_on = date.plus((self.late * self.law.parameters.dials.delay) as i32);
        self.rows.diagnoses.push(DiagnosisRow { date, code, recorded_on, source: DiagnosisSource::Gp });
    }

    /// The nearest day from `day` on that the practice is open.
    #[inline]
    fn open(day: Day) -> Day {
        // 1 January 1970 was a Thursday.
        let weekday = (day.0 + 3).rem_euclid(7);
        if weekday < 5 { day } else { day.plus(7 - weekday) }
    }

    /// Takes out what the extract cannot hold, and puts rows in their order.
    fn tidy(&mut self) {
        let (from, until, last) = (self.from, self.until, self.law.timeline.last);
        let oldest = self.law.timeline.oldest.max(Day(self.life.birth));
        let delivered = self.delivered;
        let rows = &mut *self.rows;
        rows.diagnoses.retain(|row| row.date >= oldest && row.date <= until && row.recorded_on <= last);
        rows.measurements.retain(|row| row.date >= from && row.date <= until && row.recorded_on <= last);
        rows.functions.retain(|row| row.date >= from && row.date <= until && row.recorded_on <= last);
        rows.medicines.retain(|row| row.date >= from && row.date <= until);
        rows.services.retain(|row| row.from <= until);
        rows.contacts.retain(|row| row.recorded_on <= last && delivered.has(row.kind.source()));
        if delivered != Sources::all() {
            rows.leave_out(delivered);
        }
        rows.diagnoses.sort_unstable();
        rows.medicines.sort_unstable();
        rows.contacts.sort_unstable_by_key(|row| (row.date, row.kind, row.role, row.recorded_on));
        rows.measurements.sort_unstable();
        rows.functions.sort_unstable();
        rows.services.sort_unstable();
    }
}
