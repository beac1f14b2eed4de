//! From a practice's own files to the canonical journal.

mod dates;
mod numbers;
pub mod profile;
mod profile_read;
mod profile_section;
mod profile_tables;
pub mod reason;

pub use profile::Profile;
