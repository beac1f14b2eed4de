//! The bootstrap: exact multinomial resamples, each from a random stream of its own, in parallel.
//!
//! A resample of n persons is never made person by person. Persons who are alike to every measure at hand (same scores, same
//! outcome) form a *unit*; a resample is how often each unit was drawn, and the measures are linear passes over such counts.
//! The stream of a resample is keyed by the seed, the study and the resample's number, so the same resample comes on
//! any number of threads.

pub mod alias;
pub mod interval;
pub mod multinomial;
pub mod ranking;
pub mod stream;
