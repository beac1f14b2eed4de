//! A researcher's files: scores, outcomes and patients, from Parquet or CSV, joined by patient and index day.
//!
//! Everything wrong with them is told at once, with file, column and rows, never with what a cell holds.

pub mod cells;
pub mod cohort;
pub mod csv;
pub mod index;
mod join;
pub mod names;
pub mod outcomes;
pub mod patients;
pub mod problems;
pub mod scores;
pub mod table;

pub use cohort::{Cohort, Read, read};
pub use problems::Problems;
