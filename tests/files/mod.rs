//! Folders and canonical tables on disk, for tests that go through files.

pub mod folder;
pub mod tables;
