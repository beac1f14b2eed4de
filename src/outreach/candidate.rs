//! One candidate for a place, and the order among candidates.

use std::cmp::Reverse;

use super::glance::Glance;
use super::panel::Panel;
use super::priority::Priority;
use super::tie::Tie;
use crate::clinical::Day;

/// Someone who may be given a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub patient: String,
    /// The doctor whose list she is on.
    pub gp: String,
    pub priority: Priority,
    /// Her highest level in each of the policy's groups.
    pub levels: Vec<u8>,
    /// Her highest level in any set that makes candidates.
    pub best: u8,
    /// Weeks on the list without a decision before this one.
    pub weeks: u32,
    pub last_contact: Option<Day>,
    /// From [`super::tie::TieKey::tie`].
    pub tie: Tie,
}

impl Candidate {
    #[must_use]
    pub fn new(patient: &str, gp: &str, glance: &Glance, weeks: u32, tie: Tie, panel: &Panel) -> Candidate {
        let in_group = |models: &Vec<usize>| {
            let levels = glance.groups.iter().filter(|group| models.contains(&group.model));
            levels.map(|group| group.level).max().unwrap_or(0)
        };
        Candidate {
            patient: patient.to_owned(),
            gp: gp.to_owned(),
            priority: Priority::of(glance, weeks, panel),
            levels: panel.groups.iter().map(in_group).collect(),
            best: glance.best_level(),
            weeks,
            last_contact: glance.last_contact,
            tie,
        }
    }

    /// Not on last week's list.
    #[must_use]
    pub fn is_new(&self) -> bool {
        self.weeks == 0
    }

    /// The total order: priority, need sets, domains, weeks waiting, an older last contact (none at all comes first), and
    /// last the keyed tie, which nobody can foresee.
    #[must_use]
    pub fn order(&self) -> impl Ord + '_ {
        let Priority { total, needs, domains, .. } = &self.priority;
        let mattering = (Reverse(*total), Reverse(*needs), Reverse(*domains), Reverse(self.weeks), self.last_contact);
        (mattering, &self.tie, &self.patient)
    }
}
