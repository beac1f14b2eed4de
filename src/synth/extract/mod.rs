//! Synthetic patients as the files of Norwegian practices: the columns, words, dates, decimal commas and damage that a
//! journal system delivers, and the `practice.toml` that reads them.
//!
//! records of a patient -> rows of twelve files -> blemishes -> lines -> each file in its order, practice after practice.

mod blemishes;
mod cast;
mod cast_facts;
mod delivered;
mod folder;
mod identity;
mod kinds;
mod lines;
mod names;
mod ordered;
mod rows;
mod sheet;
mod told;
mod truth;
mod words;
mod write;

pub use blemishes::Blemishes;
pub use cast::{Cast, Stage};
pub use delivered::Delivered;
pub use kinds::{KINDS, Kind};
pub use rows::patient_id;
pub use told::Told;
pub use write::{Order, WriteError, write};

/// Two numbers stirred into one (the finishing step of SplitMix64: Steele, Lea and Flood, OOPSLA 2014). For what only looks
/// different from patient to patient: a name, an hour, which row is damaged.
fn stirred(a: u64, b: u64) -> u64 {
    let mut z = a ^ b.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests;
