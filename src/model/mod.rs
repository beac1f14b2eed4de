//! Rule sets: as written, as meant, and as explained to a clinician.

pub mod ruleset;

pub use ruleset::RuleSet;
