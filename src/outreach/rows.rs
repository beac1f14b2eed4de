//! What stands on the list beside the people's rows, and the small parts of a row.

use std::collections::BTreeMap;

use super::list::Row;
use crate::clinical::Day;
use crate::store::Entry;

/// A task that a row suggests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuggestedTask {
    /// Name in the vocabulary.
    pub task: String,
    pub minutes: u32,
    /// Name in the resource table of someone present who can do it, the one with most free minutes.
    pub owner: Option<String>,
    /// There is a resource table, and nobody in it who can do this is present.
    pub nobody: bool,
}

/// An event that breaks through a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventMark {
    /// As `[events]` in `outreach.toml` names it: `G1` to `G9`.
    pub id: String,
    /// Day of the newest fact.
    pub on: Day,
    /// Only for the doctor.
    pub sensitive: bool,
}

/// Why someone stands on the list again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Returned {
    /// The date of «not now» came.
    NotNowOver,
    /// Said to be followed up, and nothing of it was found since the decision of this day.
    NoFollowUpFound { since: Day },
    /// Followed up until the day that was said.
    FollowUpOver,
    /// The time of «not relevant» is over.
    NotRelevantOver,
}

/// What orders the children's track.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChildFacts {
    /// Whether a coordinator is recorded; `None` when services are not delivered.
    pub coordinator: Option<bool>,
    /// Oldest date among the lines that the policy names.
    pub oldest: Option<Day>,
}

/// Someone who was chosen: for forms and notes.
#[derive(Debug, Clone, PartialEq)]
pub struct Followed {
    pub row: Row,
    pub entry: Entry,
}

/// Someone to be evaluated, never as new.
#[derive(Debug, Clone, PartialEq)]
pub struct Review {
    pub row: Row,
    pub entry: Entry,
    pub due: Day,
    /// Due before this week.
    pub overdue: bool,
}

/// A new event of someone who is followed already: for her owner or follower, and her doctor.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// Owner of the task, or who follows her up.
    pub to: String,
    pub row: Row,
    pub entry: Entry,
}

/// A row that only the doctor may see.
#[derive(Debug, Clone, PartialEq)]
pub struct GpRow {
    pub why: GpReason,
    pub row: Row,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum GpReason {
    /// Protected address: reasons, but neither address nor a service that reveals a place.
    Shielded,
    /// Possibly in a palliative phase: the doctor decides.
    Palliative,
    /// An event that the coordinator must not see.
    SensitiveEvent,
}

/// A line that someone found to rest on a wrong fact.
#[derive(Debug, Clone, PartialEq)]
pub struct Correction {
    pub row: Row,
    pub correction: crate::store::Correction,
    /// Who can put it right; `None` when the journal was put right already.
    pub task: Option<SuggestedTask>,
}

/// A task without an owner who is present.
#[derive(Debug, Clone, PartialEq)]
pub struct Orphan {
    pub row: Row,
    pub entry: Entry,
    pub owner: String,
    /// Away until this day; `None`: not in the resource table, or away without end.
    pub back_on: Option<Day>,
    /// Someone present who could take it over.
    pub instead: Option<String>,
}

/// How this week's places were counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Places {
    /// New people the week has room for, K.
    pub places: u32,
    /// Counted from the resource table; otherwise stated by the practice.
    pub counted: bool,
    /// Minutes of those who are present.
    pub minutes: u32,
    pub booked: u32,
    pub reviews: u32,
    /// What is left, never below zero.
    pub free: u32,
    /// Taken by children, by hand and break-through, and by the adults' own.
    pub children: u32,
    pub beforehand: u32,
    pub adults: u32,
}

/// One group's reserved places this week, in hundredths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// Name in `outreach.toml`.
    pub group: String,
    pub percent: u32,
    pub before: i64,
    pub given: i64,
    /// What went beyond the most that may be kept.
    pub lapsed: i64,
    /// A hundred for each place taken.
    pub charged: i64,
    pub after: i64,
}

/// Selected of all, in one part of the list's population.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rate {
    pub by: RateBy,
    /// Rule-set group, age band, doctor's list, …; the report puts it in words.
    pub name: String,
    /// `None`: hidden, for being small or for giving a small one away.
    pub people: Option<u64>,
    pub candidates: Option<u64>,
    pub listed: Option<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RateBy {
    All,
    Age,
    Sex,
    Group,
    Gp,
    /// «d» or «other»; only where the extract tells.
    DNumber,
}

/// Decisions that keep someone off the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hiding {
    Selected,
    NotNow,
    DeclinedOffer,
    DeclinedAll,
    AlreadyFollowed,
    NotRelevant,
    /// A child whose coordinator is recorded.
    HasCoordinator,
}

/// Counts by the reason for hiding.
pub type Hidden = BTreeMap<Hiding, usize>;
