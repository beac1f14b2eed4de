//! tidlig: early identification of functional decline.
#![doc = include_str!("../ARCHITECTURE.md")]

pub mod cli;
pub mod clinical;
pub mod evaluate;
pub mod extract;
pub mod journal;
pub mod model;
pub mod observe;
pub mod outreach;
pub mod report;
pub mod run;
pub mod score;
pub mod store;
pub mod synth;
