//! Rule sets: as written, as meant, and as explained to a clinician.
//!
//! | step | file | from → to |
//! | --- | --- | --- |
//! | parse | `tree` | text → values with their places |
//! | shape | `shape`, against the declarations in `keys` | values → faults |
//! | meaning | `check` | values → [`RuleSet`], or faults |
//! | together | `catalog` | folders → rule sets that agree with each other |
//! | explain | `page`, `schema` | [`RuleSet`] → pages; declarations → JSON Schema |

pub mod about;
mod agree;
pub mod cases;
pub mod catalog;
pub mod check;
pub mod difference;
mod input;
pub mod keys;
pub mod named;
pub mod names;
pub mod page;
mod places;
pub mod read;
pub mod registers;
pub mod report;
pub mod rows;
pub mod ruleset;
pub mod schema;
pub mod shape;
pub mod start;
pub mod tables;
pub mod texts;
mod values;
pub mod vocabulary;

pub use crate::clinical::{fault, suggest, tree};
pub use catalog::Catalog;
pub use fault::{Fault, Faults};
pub use places::shipped_text;
pub use ruleset::RuleSet;
pub use vocabulary::Vocabulary;
