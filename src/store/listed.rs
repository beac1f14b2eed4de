//! What a run leaves behind: who was listed, where and why, so that each list can be told again.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::decision::FactRef;
use crate::clinical::Day;

/// One published run, as the store keeps it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunRecord {
    /// Name of the published folder, `2026-03-02-1`.
    pub name: String,
    pub index_day: String,
    /// Monday of the week whose list this is, `yyyy-mm-dd`.
    pub week: String,
    /// The week's list was made in this run; otherwise it was frozen before, and rows were only taken away or broke through.
    pub made_list: bool,
    /// Places of the week (K).
    pub capacity: usize,
    /// Entry numbers of decisions known to this run: all up to this one.
    pub decisions_up_to: i64,
    pub rows: Vec<ListedRow>,
    /// Credit of each group after this run, in hundredths of a place.
    pub credits: Vec<Credit>,
    /// Level of the band by patient and rule-set id, for events that need two nights.
    pub bands: BTreeMap<String, BTreeMap<String, u8>>,
}

/// One person on one list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedRow {
    /// Opaque; stands in the files instead of any number of hers.
    pub key: String,
    pub patient: String,
    pub section: Section,
    /// From 1, within the section.
    pub rank: usize,
    pub place: Place,
    pub gp: String,
    pub priority: i32,
    /// Level of the band by rule-set id.
    pub levels: BTreeMap<String, u8>,
    /// Version by rule-set id, of those sets.
    pub versions: BTreeMap<String, String>,
    /// Weeks on the list without a decision before this one.
    pub weeks_waiting: u32,
    /// In the order in which the row's reasons are shown: line 1 is the first.
    pub lines: Vec<ListedLine>,
}

/// A reason of a row: what «wrong data» can point at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedLine {
    pub rule_set: String,
    pub criterion: String,
    pub facts: Vec<FactRef>,
}

/// The part of the list that a row stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// This week's candidates who got a place.
    Candidates,
    Children,
    /// Chosen before, and the day of review has come.
    Reviews,
    /// Hidden by a decision, and something happened that does not break it: told to the owner.
    Messages,
    /// Told beside the list: tasks without an owner, corrections, those chosen lately.
    Beside,
}

/// How a row came by its place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// A reserved place, charged to this group.
    Reserved(String),
    /// By priority alone.
    Open,
    Children,
    ByHand,
    /// By an event, named `G1` to `G9`.
    BreakThrough(String),
    /// Swapped in so that lists of doctors are served evenly.
    Fairness,
    /// Uses no place: reviews and messages.
    None,
}

/// What a group has saved up.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Credit {
    pub group: String,
    /// Hundredths of a place.
    pub hundredths: i64,
}

/// A list of an earlier week, or this week's as it was frozen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeekList {
    /// Its Monday.
    pub week: Day,
    /// Index day of the run that made it.
    pub made_on: Day,
    pub capacity: usize,
    pub rows: Vec<ListedRow>,
}

/// Monday of the ISO week that a day is in.
#[must_use]
pub fn monday(day: Day) -> Day {
    // Day 0 was a Thursday.
    day.plus(-(day.0 + 3).rem_euclid(7))
}

macro_rules! words {
    ($of:ty) => {
        impl $of {
            /// As the store writes it.
            pub(super) fn text(&self) -> String {
                serde_json::to_string(self).unwrap_or_default()
            }

            pub(super) fn read(text: &str) -> rusqlite::Result<$of> {
                super::rows::json(text)
            }
        }
    };
}

words!(Section);
words!(Place);
