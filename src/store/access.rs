//! The access log's entries: who saw or did what, when and why.

/// What was done with patients' data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Act {
    /// A list was made and published.
    Listed,
    /// A page or file of a published run was made for someone.
    View,
    /// A file was written that is meant to be carried elsewhere.
    Export,
    Decision,
    Undo,
    /// One patient was explained.
    Explain,
    /// The list was checked against the register on opening.
    Verify,
    /// Rule sets differ from those of the run before.
    RulesChanged,
}

/// One entry. Each holds the hash of the one before it, so that none can be changed or taken away unseen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessEntry {
    /// From 1, without gaps.
    pub number: i64,
    /// UTC, as the caller's clock gave it.
    pub at: String,
    pub who: String,
    pub role: String,
    pub act: Act,
    /// A run, a file name or a decision's number; never a patient's value.
    pub about: String,
    /// The person, by the store's own number, when the act concerns one.
    pub person: Option<i64>,
    pub why: String,
    /// SHA-256 over the entry and the hash before it, hexadecimal.
    pub hash: String,
}
