//! The command line.

pub mod exit;
pub mod log;
pub mod models;
