//! From observations to points, bands, bounds and reasons.
//!
//! Pure: rule sets, whole patients and index days in, scores and contributions out; no file, no clock.

mod asked;
pub mod batch;
mod bits;
mod build;
pub mod cases;
mod closer;
mod coded;
mod columns;
mod compile;
pub mod days;
mod direct;
mod eager;
mod engine;
mod evaluate;
mod evidence;
mod fold;
mod known;
mod leaf;
mod limit;
mod members;
mod memo;
mod node;
mod peers;
mod plan;
mod population;
mod ranks;
pub mod result;
pub mod seen;
mod silent;
mod state;
mod sum;
mod summary;
mod tables;
mod together;
mod wanted;
mod words;
mod write;

pub use asked::asked_sources;
pub use engine::Engine;
pub use evaluate::{Evaluator, Memory};
pub use peers::{Norms, Sums};
pub use plan::Plan;
pub use sum::band_of;
