//! The command line.

pub mod exit;
pub mod explain;
pub mod log;
pub mod models;
pub mod run;
