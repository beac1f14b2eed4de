//! Synthetic cohorts: lives that nobody lived, the journals that show them, and the truth about them, kept apart.
//!
//! [`cohort::Synth`] is the door: `synth.patient(number)` gives one patient's [`records::PatientRecords`], whose numbers
//! of codes and names stand in `synth.words()`.

pub mod check;
pub mod cohort;
mod decline;
pub mod extract;
mod illness;
mod kinds;
pub mod law;
pub mod life;
pub mod parameters;
mod pilot;
pub mod random;
pub mod records;
pub mod show;
pub mod tally;
#[cfg(test)]
mod tests;
pub mod timeline;
mod truth;
pub mod words;
pub mod write;

pub use cohort::{Bench, Plan, Synth};
pub use parameters::Parameters;
