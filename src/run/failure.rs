//! Why a run did not publish. In every case the last good list stays where it was.

use crate::journal::store::StoreError;
use crate::score::batch::ScoreError;
use crate::{clinical, model};

use super::disk::DiskError;
use super::key::KeyError;
use super::lock::LockError;

/// What stopped a run. Messages name files, lines, columns and counts; never a patient's value.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// `practice.toml` has faults; all of them.
    #[error("{0}")]
    Profile(clinical::fault::Faults),
    /// Rule sets have faults; all of them.
    #[error("{0}")]
    RuleSets(model::Faults),
    /// `[models]` names rule sets that are not there.
    #[error("[models] use: there is no rule set {}", .0.join(", "))]
    NoSuchRuleSet(Vec<String>),
    /// The extract cannot be read; every fault, one a line.
    #[error("{0}")]
    Extract(String),
    /// The extract was read and is not to be trusted; every limit that was passed, one a line.
    #[error("{0}")]
    NotTrusted(String),
    /// Another run is at work in the same output folder.
    #[error(transparent)]
    Busy(LockError),
    /// The run could not be written, or not be read back.
    #[error(transparent)]
    Output(#[from] DiskError),
    /// The journal could not be written.
    #[error(transparent)]
    Journal(StoreError),
    /// Scoring could not read the journal back, or not write its results.
    #[error(transparent)]
    Scoring(#[from] ScoreError),
    #[error(transparent)]
    Key(KeyError),
    /// The store cannot be used; in the practice's language.
    #[error("{0}")]
    Store(String),
    /// A decision file was refused; every fault, one a line.
    #[error("{0}")]
    Decisions(String),
    /// The table of resources has faults; all of them, one a line.
    #[error("{0}")]
    Resources(String),
    /// A fault of tidlig's own.
    #[error("{0}")]
    Internal(String),
}

impl From<LockError> for Failure {
    fn from(error: LockError) -> Failure {
        match error {
            LockError::Held(_) => Failure::Busy(error),
            LockError::Disk(error) => Failure::Output(error),
        }
    }
}

impl From<KeyError> for Failure {
    fn from(error: KeyError) -> Failure {
        match error {
            KeyError::Damaged(_) => Failure::Key(error),
            KeyError::Disk(error) => Failure::Output(error),
        }
    }
}
