//! What is told of a rule set beside its meaning: history, questions it answers, foreign codes, its parent.

use super::difference::Difference;
use super::registers::Why;
use crate::clinical::{Code, Day, Text};

/// Nothing here touches a score.
#[derive(Debug, Clone, Default)]
pub struct About {
    /// Newest first, as written.
    pub history: Vec<Edition>,
    pub suits: Vec<Suit>,
    /// Codes that no list in the repository knows; empty when the catalogue was read for scoring only.
    pub foreign: Vec<Foreign>,
    pub parent: Option<Parent>,
    /// Libraries that it uses, by id.
    pub libraries: Vec<String>,
}

/// One edition of a rule set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    pub version: String,
    pub date: Day,
    pub text: String,
}

/// Who asks a question that a rule set answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reader {
    Gp,
    Hospital,
    Register,
}

impl Reader {
    pub const ALL: [Reader; 3] = [Reader::Gp, Reader::Hospital, Reader::Register];
}

/// A question that a rule set answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suit {
    pub who: Reader,
    pub question: Text,
}

/// A code of the rule set that cannot occur in Norwegian data, or that no list knows.
#[derive(Debug, Clone, PartialEq)]
pub struct Foreign {
    pub code: Code,
    pub why: Why,
    /// Why the rule set has it all the same; `None` was told as a warning.
    pub reason: Option<String>,
}

/// The rule set that this one extends.
#[derive(Debug, Clone, PartialEq)]
pub struct Parent {
    pub id: String,
    pub version: String,
    /// From the parent to this one; set once both are checked.
    pub differences: Vec<Difference>,
}
