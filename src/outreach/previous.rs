//! The list before this one, and what changed since.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::clinical::Day;

/// What one run remembers of its list for the next: kept beside the list, readable by the owner only.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Previous {
    /// Index day, `yyyy-mm-dd`.
    pub index_day: String,
    /// By patient.
    pub rows: BTreeMap<String, Remembered>,
}

/// One row as it was.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Remembered {
    pub rank: usize,
    pub priority: i32,
    /// Level of the band by rule-set id.
    pub levels: BTreeMap<String, u8>,
}

/// How a row stands against the list before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// There was no list before this one.
    FirstList,
    New,
    Worse,
    Unchanged,
}

impl Previous {
    /// The day of the list before.
    #[must_use]
    pub fn day(&self) -> Option<Day> {
        Day::parse_iso(&self.index_day)
    }

    /// Worse means at least `worse_from` more priority, or a higher band in any rule set.
    #[must_use]
    pub fn change(&self, patient: &str, now: &Remembered, worse_from: i32) -> Change {
        let Some(before) = self.rows.get(patient) else { return Change::New };
        let risen = now.levels.iter().any(|(id, level)| *level > before.levels.get(id).copied().unwrap_or(0));
        if risen || now.priority >= before.priority + worse_from { Change::Worse } else { Change::Unchanged }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn remembered(priority: i32, level: u8) -> Remembered {
        Remembered { rank: 1, priority, levels: BTreeMap::from([("some-set".to_owned(), level)]) }
    }

    #[test]
    fn worse_needs_two_points_or_a_higher_band() {
        let rows = BTreeMap::from([("7".to_owned(), remembered(4, 2))]);
        let before = Previous { index_day: "2026-02-23".to_owned(), rows };
        for (patient, now, expected) in [
            ("8", remembered(4, 2), Change::New),
            ("7", remembered(4, 2), Change::Unchanged),
            ("7", remembered(5, 2), Change::Unchanged),
            ("7", remembered(6, 2), Change::Worse),
            ("7", remembered(4, 3), Change::Worse),
            ("7", remembered(2, 1), Change::Unchanged),
        ] {
            assert_eq!(before.change(patient, &now, 2), expected, "{patient} {now:?}");
        }
    }
}
