//! What is other in a rule set than in another: one line for each code list, weight, limit or sentence.

use crate::clinical::{Code, Text};

/// One difference between two rule sets.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    pub part: Part,
    /// The name of the input, criterion, cap, band or note; empty for the rest.
    pub name: String,
    pub change: Change,
}

/// Which part of a rule set is other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Identity,
    Population,
    Gate,
    Input,
    Criterion,
    Cap,
    Band,
    Link,
    Note,
    Sentence,
}

impl Part {
    pub const ALL: [Part; 10] = [
        Part::Identity,
        Part::Population,
        Part::Gate,
        Part::Input,
        Part::Criterion,
        Part::Cap,
        Part::Band,
        Part::Link,
        Part::Note,
        Part::Sentence,
    ];

    /// The word used in JSON and CSV.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Part::Identity => "identity",
            Part::Population => "population",
            Part::Gate => "gate",
            Part::Input => "input",
            Part::Criterion => "criterion",
            Part::Cap => "cap",
            Part::Band => "band",
            Part::Link => "link",
            Part::Note => "note",
            Part::Sentence => "sentence",
        }
    }
}

/// How it is other. Texts are in the reader's languages.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    Added(Text),
    Removed(Text),
    Changed {
        old: Text,
        new: Text,
    },
    /// Only codes came and went; the window and the rest are the same.
    Codes {
        added: Vec<Code>,
        removed: Vec<Code>,
    },
}
