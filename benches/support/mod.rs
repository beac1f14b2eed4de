//! What the benchmarks share: journals made to measure, a yardstick, and the measuring of whole processes.

pub mod bench;
pub mod child;
pub mod codes;
pub mod comparison;
pub mod decode;
pub mod generate;
pub mod law;
pub mod own_sets;
pub mod practice;
pub mod settings;
pub mod side_by_side;
pub mod sink;
