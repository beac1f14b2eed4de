//! From scores to one short list: who may be listed, how much it matters, and where this week's capacity ends.
//!
//! Everything here is a pure function of its arguments; files and clocks belong to `run`.

pub mod list;
pub mod policy;
pub mod previous;
pub mod priority;
pub mod rank;
pub mod reasons;
pub mod small;
pub mod standing;
pub mod summary;
pub mod tie;

pub use list::{List, Row};
pub use policy::Policy;
pub use previous::Previous;
pub use rank::{Candidate, Ranking, rank};
pub use standing::{HeldBack, Standing};
