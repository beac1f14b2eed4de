//! tidlig: early identification of functional decline.

pub mod cli;
pub mod clinical;
pub mod journal;
pub mod model;
