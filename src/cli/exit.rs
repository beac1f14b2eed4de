//! Exit codes: few, stable, and meant for a scheduler.
//!
//! | code | meaning | the last list |
//! | --- | --- | --- |
//! | 0 | done; a run was published | replaced |
//! | 1 | a rule set, `practice.toml` or the key is wrong | stays |
//! | 2 | the command line is wrong, or names a patient who is not there | stays |
//! | 3 | the extract was refused or is not to be trusted | stays |
//! | 4 | the run could not be written | stays |
//! | 5 | another run holds the lock | stays |
//! | 6 | the store, a decision file or the table of resources cannot be used | stays |
//! | 7 | `verify-list` found someone who must be struck from the list; `log verify` found the log changed | stays |
//! | 70 | a fault of tidlig's own | stays |

use crate::run::failure::Failure;
use crate::score::batch::ScoreError;

pub const DONE: u8 = 0;
pub const CONFIGURATION: u8 = 1;
pub const USAGE: u8 = 2;
pub const EXTRACT: u8 = 3;
pub const OUTPUT: u8 = 4;
pub const BUSY: u8 = 5;
pub const MEMORY: u8 = 6;
pub const FOUND: u8 = 7;
pub const INTERNAL: u8 = 70;

/// The exit code of a run that did not publish.
#[must_use]
pub fn code(failure: &Failure) -> u8 {
    match failure {
        Failure::Profile(_) | Failure::RuleSets(_) | Failure::NoSuchRuleSet(_) | Failure::Key(_) => CONFIGURATION,
        Failure::Scoring(ScoreError::TooMuch(_)) => CONFIGURATION,
        Failure::Extract(_) | Failure::NotTrusted(_) => EXTRACT,
        Failure::Output(_) | Failure::Journal(_) | Failure::Scoring(_) => OUTPUT,
        Failure::Busy(_) => BUSY,
        Failure::Store(_) | Failure::Decisions(_) | Failure::Resources(_) => MEMORY,
        Failure::Internal(_) => INTERNAL,
    }
}
