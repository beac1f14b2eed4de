//! The policy's tables as they are meant.

use crate::clinical::Text;
use crate::store::{Days, Limits};

/// A line of a rule set, written `rule-set/criterion`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LineName {
    pub rule_set: String,
    pub criterion: String,
}

/// Least level that makes someone a candidate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidates {
    pub need: u8,
    pub quiet: u8,
    pub rising: u8,
    /// Age in years at which the adults' list begins.
    pub adult_from: i32,
    /// Of equal candidates, the one whose newest fact of this line is older comes first.
    pub last_contact: LineName,
}

/// Points by band level. Lower levels give none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scale {
    pub moderate: i32,
    pub high: i32,
    pub very_high: i32,
}

impl Scale {
    #[must_use]
    pub fn points(self, level: u8) -> i32 {
        match level {
            0..super::level::MODERATE => 0,
            super::level::MODERATE => self.moderate,
            super::level::HIGH => self.high,
            super::level::VERY_HIGH.. => self.very_high,
        }
    }
}

/// What the parts of the priority are worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    pub main_need: Scale,
    pub further_need: Scale,
    pub further_need_at_most: i32,
    pub breadth: Breadth,
    pub quiet: Scale,
    pub rising: Scale,
    pub coordination: Coordination,
    pub missed: LinePoints,
    pub hard_to_coordinate: LinePoints,
    pub stayed: Stayed,
    /// A row is worse when its priority grew by at least so much, or a band rose.
    pub worse_from: i32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Breadth {
    /// Points from which a domain is hit.
    pub domain_from: i32,
    /// Domains that give nothing.
    pub free: i32,
    pub at_most: i32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coordination {
    pub services: LineName,
    pub coordinators: LineName,
    pub points: i32,
    /// On top, without a named coordinator or with `many`.
    pub none_or_many: i32,
    pub many: u32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinePoints {
    pub line: LineName,
    pub unless: Vec<LineName>,
    pub points: i32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stayed {
    pub points: i32,
    pub weeks: u32,
    pub asks_after: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capacity {
    pub minutes_per_place: u32,
    pub most: u32,
    pub minutes_per_review: u32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChildrenRule {
    pub places: u32,
    /// Least level of the children's set.
    pub least: u8,
    pub oldest_of: Vec<LineName>,
    pub coordinator: LineName,
    pub coordinated: LineName,
    pub listed_again_on: Vec<LineName>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shares {
    /// Percent that no group has.
    pub open: u32,
    /// Hundredths of a place.
    pub kept_at_most: i64,
    pub eligible: u8,
    pub otherwise: u8,
}

/// A target group with places of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    pub name: String,
    pub label: Text,
    pub rule_sets: Vec<String>,
    pub percent: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fairness {
    pub weeks: usize,
    pub floor_of: u64,
    pub swaps: usize,
    pub from: u8,
    pub ceiling: u64,
    pub ceiling_plus: u64,
}

/// What follows from each kind of decision that hides someone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionRules {
    pub selected: Decided,
    pub not_now: Decided,
    pub already_followed: Decided,
    pub not_relevant: Decided,
}

impl DecisionRules {
    /// How far the decisions may reach, for the form they are written in and for taking them in.
    #[must_use]
    pub fn limits(&self) -> Limits {
        let days = |of: &Decided| Days { least: of.least, usual: of.days, most: of.most };
        Limits {
            review: days(&self.selected),
            not_now: days(&self.not_now),
            followed: days(&self.already_followed),
            judged: days(&self.not_relevant),
        }
    }
}

/// Events by id, and days.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decided {
    pub breaks: Vec<String>,
    pub tells: Vec<String>,
    /// The longest time; the usual one when `most` is longer.
    pub days: i32,
    pub least: i32,
    pub most: i32,
}

/// A break-through event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventRule {
    pub id: String,
    pub label: Text,
    pub found: Found,
    pub gp_only: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// One of these is new.
    Lines(Vec<EventLine>),
    Rise(Rise),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventLine {
    pub line: LineName,
    /// Distinct days after the decision.
    pub days: usize,
    pub new: Newness,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Newness {
    /// Its newest fact is after the decision.
    Newest,
    /// All facts of one of the questions it rests on are after the decision.
    All,
    /// All facts of one code, item or service are after the decision.
    Code,
    /// It tells of a fact that it did not tell of on the day of the decision.
    Since,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rise {
    pub bands: usize,
    pub or_to: u8,
    pub nights: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outside {
    pub gp_only: Vec<LineName>,
    pub out: Vec<LineName>,
}

/// A role of the resource table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    pub key: String,
    pub names: Text,
    /// Its minutes are the week's capacity.
    pub team: bool,
    /// Each patient's own doctor.
    pub own: bool,
}

/// Whose a task is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskRule {
    /// Name in the vocabulary.
    pub task: String,
    /// Keys of roles, the first one first.
    pub roles: Vec<String>,
}
