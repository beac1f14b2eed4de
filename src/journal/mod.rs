//! The canonical journal: tables, their files, and whole patients read from them.

pub mod column;
pub mod encoding;
mod free_texts;
pub mod ids;
pub mod manifest;
mod merge;
mod parquet_file;
mod parquet_run;
pub mod patient;
pub mod rows;
pub mod sorting;
mod sources;
mod spill;
pub mod store;
pub mod tables;
pub mod whole;
pub mod without;
