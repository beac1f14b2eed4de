//! Result columns as Parquet keeps them.
//!
//! Scoring knows the few values that a result column can hold, and which one a row has, by number. Written as such, a row
//! costs a few bits; nothing is hashed, compared or copied again.

mod chunk;
mod interner;
mod packed;
mod pages;

pub use chunk::{EncodedColumn, encode};
pub use interner::{Interner, TextInterner};
pub use pages::{Column, Dictionary, MISSING};
