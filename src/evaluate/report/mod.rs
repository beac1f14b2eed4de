//! What is written: tidy tables, one page for a reader, a card for each model.
//!
//! Texts are English only: they are for researchers, and nobody in a practice meets them.

pub mod card;
pub mod checklist;
pub mod frame;
pub mod page;
pub mod plots;
pub mod section;
pub mod tidy;
pub mod words;

use super::study::{Findings, Settings};
use crate::model::RuleSet;

/// Everything that the texts speak of.
pub struct About<'a> {
    pub findings: &'a Findings,
    pub settings: &'a Settings,
    /// Rule sets of ours, by the names of the models.
    pub rule_sets: &'a [RuleSet],
    /// File names, without their folders.
    pub inputs: &'a [String],
}
