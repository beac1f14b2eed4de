//! Which rule finds whom, and how sure can we be? Scores against outcomes.

pub mod estimate;
pub mod input;
pub mod measure;
pub mod regress;
pub mod report;
pub mod resample;
pub mod study;
