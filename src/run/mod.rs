//! The whole night: lock, journal, scores, list, publishing.

pub mod checking;
pub mod disk;
pub mod explaining;
pub mod extracting;
pub mod failure;
pub mod files;
pub mod key;
pub mod listing;
pub mod lock;
pub mod manifest;
pub mod nightly;
pub mod publish;
pub mod retention;
pub mod rules;
pub mod scoring;

pub use failure::Failure;
pub use nightly::{Night, nightly};
