//! The vocabulary of the clinic: codes, days, persons, quantities and texts.
//!
//! This room knows nothing of files, frames or rule sets. Every other room speaks in its types.

pub mod code;
pub mod day;
pub mod fault;
pub mod identity;
pub mod person;
pub mod points;
pub mod register;
pub mod small;
pub mod suggest;
pub mod text;
pub mod tree;
pub mod tri;

pub use code::{Code, CodeSystem};
pub use day::{Day, Window};
pub use fault::{Fault, Faults};
pub use person::Sex;
pub use points::Points;
pub use register::RegisterStatus;
pub use text::{Language, Text};
pub use tri::Tri;
