//! The canonical journal: tables, their files, and whole patients read from them.

pub mod ids;
mod merge;
mod parquet_file;
mod parquet_run;
pub mod patient;
pub mod rows;
mod sorting;
mod spill;
pub mod store;
pub mod tables;
pub mod whole;
