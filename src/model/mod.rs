//! Rule sets: as written, as meant, and as explained to a clinician.
//!
//! | step | file | from → to |
//! | --- | --- | --- |
//! | parse | `tree` | text → values with their places |
//! | shape | `shape`, against the declarations in `keys` | values → faults |
//! | meaning | `check` | values → [`RuleSet`], or faults |
//! | together | `catalog` | folders → rule sets that agree with each other |
//! | explain | `page`, `schema` | [`RuleSet`] → pages; declarations → JSON Schema |

pub mod cases;
pub mod catalog;
pub mod check;
mod input;
pub mod keys;
pub mod named;
pub mod names;
pub mod page;
pub mod read;
pub mod report;
pub mod rows;
pub mod ruleset;
pub mod schema;
pub mod shape;
pub mod texts;
pub mod vocabulary;

pub use crate::clinical::{fault, suggest, tree};
pub use catalog::Catalog;
pub use fault::{Fault, Faults};
pub use ruleset::RuleSet;
pub use vocabulary::Vocabulary;
