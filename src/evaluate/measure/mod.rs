//! The measures themselves, each from counts of events and non-events by score. None knows a file or a resample.

pub mod benefit;
pub mod calibration;
pub mod capacity;
pub mod concordance;
pub mod delong;
pub mod loss;
pub mod order;
pub mod proportion;
pub mod ranking;
pub mod threshold;
