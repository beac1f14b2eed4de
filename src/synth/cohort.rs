//! The door of the room: a cohort whose patients can be asked for one by one, in any order.

use super::law::Law;
use super::life::Life;
use super::parameters::Parameters;
use super::random::Purpose;
use super::records::PatientRecords;
use super::show::{Coding, Habits, Scribe};
use super::timeline::Timeline;
use super::truth;
use super::words::Words;
use crate::clinical::Day;

/// What was asked for beside the parameters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    pub seed: u64,
    /// Patients are scored, and their outcomes told, on each of these; the journal ends with the last one.
    pub index_days: Vec<Day>,
    /// Days of contacts, medicines and tests before the first index day.
    pub history: i32,
    /// Patients of a practice; `None` leaves it to the dial.
    pub practice_size: Option<u64>,
    /// Count what is drawn, to hold it against what was intended.
    pub tally: bool,
}

/// Days of contacts, medicines and tests that an extract usually holds: five years, as most rules look back.
pub const USUAL_HISTORY: i32 = 1826;
/// Days that the codes of lasting conditions go back: ten years, as the quiet patients' rules look.
pub const OLD_CODES: i32 = 3652;

/// A cohort. The patient of a number is the same on any thread, and whoever else is in the cohort.
#[derive(Debug, Clone)]
pub struct Synth {
    law: Law,
    plan: Plan,
}

/// Memory that is used again from patient to patient.
#[derive(Debug, Clone, Default)]
pub struct Bench {
    life: Life,
    habits: Option<Habits>,
}

impl Synth {
    /// Makes ready; takes a moment.
    #[must_use]
    pub fn new(parameters: Parameters, plan: Plan) -> Synth {
        let timeline = Timeline::new(plan.index_days.clone(), plan.history, OLD_CODES);
        Synth { law: Law::new(parameters, timeline), plan }
    }

    #[must_use]
    pub fn law(&self) -> &Law {
        &self.law
    }

    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The words that rows refer to.
    #[must_use]
    pub fn words(&self) -> &Words {
        &self.law.parameters.words
    }

    /// Patients of a practice: neighbours by number.
    #[must_use]
    pub fn practice_size(&self) -> u64 {
        self.plan.practice_size.unwrap_or(self.law.parameters.dials.practice_size).max(1)
    }

    /// The practice of a patient.
    #[must_use]
    pub fn practice_of(&self, number: u64) -> u32 {
        u32::try_from(number / self.practice_size()).unwrap_or(u32::MAX)
    }

    /// All of one patient.
    #[must_use]
    pub fn patient(&self, number: u64) -> PatientRecords {
        let mut records = PatientRecords::empty();
        self.fill(number, &mut Bench::default(), &mut records);
        records
    }

    /// The same into memory that is there; tells how events were coded.
    pub fn fill(&self, number: u64, bench: &mut Bench, records: &mut PatientRecords) -> Coding {
        let seed = self.plan.seed;
        let practice = self.practice_of(number);
        let habits = match bench.habits {
            Some(habits) if habits.practice == practice => habits,
            _ => Habits::of(&self.law, seed, practice),
        };
        bench.habits = Some(habits);
        bench.life.fill(&self.law, seed, number, Purpose::Life);
        let coded = Scribe::write(&self.law, &bench.life, habits, (seed, number), records);
        truth::tell(&self.law, &bench.life, (seed, number), records);
        coded
    }

    /// The life behind the records that were filled last.
    #[must_use]
    pub fn life<'b>(&self, bench: &'b Bench) -> &'b Life {
        &bench.life
    }
}
