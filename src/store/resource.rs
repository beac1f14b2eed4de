//! Who can take on a task: persons and services, with what they can and when they are away.

use serde::{Deserialize, Serialize};

use crate::clinical::Day;

/// A person of the team, or a service beside it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resource {
    /// The person's or the service's name; decisions name task owners by it.
    pub name: String,
    /// A role of the practice's own words, such as `PHT-sykepleier`.
    pub role: String,
    pub skills: Vec<String>,
    /// Minutes a week for the team's work; 0 for services that take tasks outside the team's time.
    pub minutes_per_week: u32,
    pub contact: String,
    pub absences: Vec<Absence>,
}

/// Away from the first through the last day; open at either end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absence {
    #[serde(with = "super::rows::iso")]
    pub from: Option<Day>,
    #[serde(with = "super::rows::iso")]
    pub to: Option<Day>,
}

impl Absence {
    #[must_use]
    pub fn covers(&self, day: Day) -> bool {
        (self.from.is_some() || self.to.is_some())
            && self.from.is_none_or(|from| from <= day)
            && self.to.is_none_or(|to| day <= to)
    }
}

impl Resource {
    #[must_use]
    pub fn is_present(&self, day: Day) -> bool {
        !self.absences.iter().any(|absence| absence.covers(day))
    }

    /// Minutes of the working week that begins on `monday`: a fifth of the week's for each day present, Monday to Friday.
    #[must_use]
    pub fn minutes_in_week(&self, monday: Day) -> u32 {
        let present = (0..5).filter(|day| self.is_present(monday.plus(*day))).count();
        self.minutes_per_week * u32::try_from(present).unwrap_or(0) / 5
    }
}
