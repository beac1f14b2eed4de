//! The whole night: lock, journal, scores, list, publishing.

pub mod checking;
pub mod consenting;
pub mod correcting;
pub mod deciding;
pub mod disk;
pub mod explaining;
pub mod extracting;
pub mod failure;
pub mod files;
pub mod key;
pub mod listing;
pub mod lock;
pub mod logging;
pub mod manifest;
pub mod memory;
pub mod nightly;
pub mod publish;
pub mod remembering;
pub mod retention;
pub mod rules;
pub mod scoring;
pub mod undoing;
pub mod verifying;

pub use failure::Failure;
pub use nightly::{Night, nightly};
