//! The whole night: lock, journal, scores, list, publishing.

pub mod disk;
pub mod failure;
pub mod key;
pub mod lock;
pub mod manifest;
pub mod publish;
