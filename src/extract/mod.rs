//! From a practice's own files to the canonical journal.

mod api;
mod blocks;
mod cache;
mod clean;
mod clean_cells;
mod clean_checks;
mod csv_chunks;
mod csv_head;
mod csv_marks;
mod csv_quotes;
mod csv_split;
mod dates;
mod dates_quick;
mod doubles;
mod encoding;
pub mod error;
mod input;
mod numbers;
mod parquet_source;
pub mod parts;
mod passes;
mod patients;
mod piece;
mod plan;
pub mod profile;
mod profile_read;
mod profile_section;
mod profile_split;
mod profile_tables;
pub mod quality;
mod raw;
mod read;
pub mod reason;
mod refusals;
pub mod report;
mod scan;
mod several;
mod sink;
mod words;

pub use api::{canonical_folder, read};
pub use error::ExtractError;
pub use profile::Profile;
pub use quality::{Distrust, trusted};
pub use read::Progress;
pub use report::ExtractReport;

#[cfg(test)]
mod tests;
