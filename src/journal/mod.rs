//! The canonical journal: tables, their files, and whole patients read from them.

pub mod patient;
pub mod tables;
