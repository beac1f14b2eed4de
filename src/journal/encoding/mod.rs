//! Columns as Parquet keeps them, by the numbers of their distinct values.
//!
//! Whoever makes rows often knows the few values that a column can hold, and which one a row has, by number. Written as such,
//! a row costs a few bits; nothing is hashed, compared or copied again.

mod chunk;
mod interner;
mod packed;
mod page;
mod paged_file;
mod pages;

pub use chunk::{EncodedColumn, encode};
pub use interner::{Interner, TextInterner};
pub use page::{EncodedPage, empty_page, flags_page, keys_page, plain_page, texts_page};
pub use paged_file::{GroupIds, PagedFile};
pub use pages::{Column, Dictionary, MISSING};
