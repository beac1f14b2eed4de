//! From observations to points, bands, bounds and reasons.

pub mod result;
