//! What the practice's register tells of her.

use super::{Habits, Scribe};
use crate::clinical::{Day, Sex};
use crate::synth::law::Law;
use crate::synth::life::Life;
use crate::synth::random::Stream;
use crate::synth::records::{BlockRow, ListStatus, PersonRow, Protection, Role};

/// Her row in the table of patients.
pub fn row(law: &Law, life: &Life, habits: Habits, number: u64, stream: &mut Stream) -> PersonRow {
    let parameters = &law.parameters;
    let (lists, persons) = (&parameters.lists, &parameters.persons);
    let last = law.timeline.last;
    let age = life.age_at(last);
    let dead = life.died_on.filter(|died| *died <= last);
    let (moves, language) = stream.units();
    let (protected, blocked) = stream.units();
    let (no_contact, no_scoring) = stream.units();
    let (asked, alone) = stream.units();
    // Whoever moved away within the last year still stands in the register.
    let moved = dead.is_none() && moves < lists.moves_away;
    let status = match (dead, moved) {
        (Some(_), _) => ListStatus::Dead,
        (None, true) => ListStatus::Moved,
        (None, false) => ListStatus::Listed,
    };
    PersonRow {
        number,
        patient_id: number as i64 + 1,
        birth_date: Day(life.birth),
        sex: if life.sex == 0 { Sex::Female } else { Sex::Male },
        practice: habits.practice,
        gp: stream.below(lists.gps),
        status,
        listed_since: listed_since(law, life, stream),
        died_on: dead,
        protection: protection(protected, persons.protected),
        no_contact: no_contact < persons.no_contact,
        no_scoring: no_scoring < persons.no_scoring,
        language: language_of(language, persons.other_language, parameters.words.languages.len(), blocked),
        lives_alone: (asked < persons.lives_alone_asked.at(age)).then(|| alone < persons.lives_alone.at(age)),
    }
}

/// The day she joined the list: lists change by a share in a year, and nobody joins before birth.
fn listed_since(law: &Law, life: &Life, stream: &mut Stream) -> Day {
    let years = stream.wait() / law.parameters.lists.moves_in.max(0.001);
    let since = law.timeline.last.plus(-((years * 365.0).min(20_000.0) as i32));
    since.max(Day(life.birth)).min(life.died_on.unwrap_or(since)).min(law.timeline.last.plus(-1)).max(Day(life.birth))
}

/// The grades as often as each other: which of them is no matter of any rule.
fn protection(draw: f32, share: f32) -> Protection {
    if draw >= share {
        return Protection::None;
    }
    match (draw / share * 3.0) as u32 {
        0 => Protection::StrictlyConfidential,
        1 => Protection::Confidential,
        _ => Protection::ClientAddress,
    }
}

fn language_of(draw: f32, others: f32, languages: usize, which: f32) -> u8 {
    if draw >= others || languages < 2 { 0 } else { 1 + (which * (languages - 1) as f32) as u8 }
}

/// The day on which someone who moved away did so.
pub fn moved_on(law: &Law, life: &Life, stream: &mut Stream) -> Day {
    law.timeline.last.plus(-(stream.between(1.0, 365.0) as i32)).max(Day(life.birth))
}

impl Scribe<'_> {
    /// Now and then someone closes a part of her record.
    pub(super) fn close_parts(&mut self) {
        let (closes, which) = self.stream.units();
        if closes >= self.law.parameters.persons.closes_part {
            return;
        }
        let part = (which * self.law.parameters.words.parts.len() as f32) as u8;
        let from = self.law.timeline.last.plus(-(self.stream.between(10.0, 900.0) as i32)).max(self.from);
        self.rows.blocks.push(BlockRow { from, part, role: Role::None });
    }
}
