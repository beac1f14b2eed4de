//! A whole evaluation: every model, alone and against a reference, over all and by subgroup.

pub mod baseline;
pub mod candidate;
pub mod cells;
pub mod clusters;
pub mod compare;
pub mod disclosure;
pub mod findings;
pub mod grouped;
pub mod kernel;
pub mod lists;
pub mod metric;
pub mod observed;
pub mod panel;
pub mod plan;
pub mod run;
pub mod settings;
pub mod single;
pub mod steady;
pub mod subgroups;

pub use findings::{Findings, Row};
pub use run::run;
pub use settings::Settings;
