//! What outreach is given of the practice's memory, and of tonight.

use std::collections::BTreeMap;

use super::glance::Glance;
use super::policy::Policy;
use super::tie::TieKey;
use crate::clinical::Day;
use crate::journal::whole::Member;
use crate::model::RuleSet;
use crate::model::vocabulary::Vocabulary;
use crate::store::{Correction, Credit, Entry, Reservation, Resource, Section, WeekList};

/// What is remembered. The default is that of a practice's first run.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct State {
    /// The newest decision that was not undone, by tonight's patient id; wrong data are not among them.
    pub standing: BTreeMap<String, Entry>,
    /// Facts found wrong; they were taken out of the journal before scoring.
    pub corrections: Vec<Correction>,
    /// This week's list, when it was made already.
    pub frozen: Option<WeekList>,
    /// Lists of earlier weeks, newest first.
    pub weeks: Vec<WeekList>,
    /// Credit of each group before this week's list was made.
    pub credits: Vec<Credit>,
    /// Level of the band by patient and rule-set id, of the nightly run before.
    pub bands_before: BTreeMap<String, BTreeMap<String, u8>>,
    /// Empty: the practice keeps no table, and states its places itself.
    pub resources: Vec<Resource>,
    pub reservations: BTreeMap<String, Reservation>,
}

/// Everything a list is made from.
#[derive(Clone, Copy)]
pub struct Material<'a> {
    pub on: Day,
    pub policy: &'a Policy,
    pub rule_sets: &'a [RuleSet],
    pub vocabulary: &'a Vocabulary,
    /// Everyone in the register.
    pub members: &'a [Member],
    /// Of everyone who was scored and of whom there is anything to say.
    pub glances: &'a BTreeMap<String, Glance>,
    pub state: &'a State,
    pub key: &'a TieKey,
    /// Places a week that the practice states.
    pub stated_places: u32,
}

impl Material<'_> {
    /// The list of the week before this one, if there was one.
    #[must_use]
    pub fn last_week(&self) -> Option<&WeekList> {
        let monday = super::capacity::monday(self.on);
        self.state.weeks.iter().find(|week| week.week == monday.plus(-7))
    }

    /// Weeks that she has been on the list without a decision, this week not counted.
    #[must_use]
    pub fn weeks_waiting(&self, patient: &str) -> u32 {
        let Some(week) = self.last_week() else { return 0 };
        let Some(row) = week
            .rows
            .iter()
            .find(|row| row.patient == patient && matches!(row.section, Section::Candidates | Section::Children))
        else {
            return 0;
        };
        let decided = self.state.standing.get(patient).is_some_and(|entry| entry.decided_on >= week.made_on);
        if decided { 0 } else { row.weeks_waiting + 1 }
    }
}
