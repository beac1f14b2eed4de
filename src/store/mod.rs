//! What tidlig remembers of a practice between runs: one SQLite file.
//!
//! Decisions and the access log are only ever added to; everything a list was made from can be asked for again.

pub mod access;
pub mod consent;
pub mod consents;
mod copies;
pub mod decide;
pub mod decision;
pub mod entries;
pub mod error;
mod file;
pub mod listed;
pub mod log;
pub mod people;
pub mod resource;
pub mod resources;
mod rows;
pub mod runs;
mod schema;
pub mod sheet;

pub use access::{AccessEntry, Act};
pub use consent::{Consent, Correction, Reservation};
pub use decision::{Choice, Days, Decision, DecisionKind, Entry, FactRef, Iso, Judge, Limits, Scope, Seen};
pub use entries::{Kept, NewEntry, Undo};
pub use error::StoreError;
pub use file::{Store, Writing};
pub use listed::{Credit, ListedLine, ListedRow, Place, RunRecord, Section, WeekList, monday};
pub use people::{Delivered, Present};
pub use resource::{Absence, Resource};

#[cfg(test)]
mod tests;
