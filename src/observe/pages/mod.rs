//! Columns as Parquet keeps them: the numbers of dictionary entries, page by page, without an Arrow array in between.
//!
//! A scan that drops nine rows in ten need not build the ten. It decodes the numbers of a few thousand rows at a time into
//! memory that stays close to the processor, and looks up values only for the rows it keeps. What a writer may do
//! beside that (text without a dictionary, missing values, nested columns) is left to the reader of Arrow batches.

mod column;
mod flags;
mod hybrid;
mod numbers;
mod stretch;
mod words;

pub use column::{CannotScan, ColumnPages};
pub use flags::Flags;
pub use numbers::Numbers;
pub use words::WordKeys;
