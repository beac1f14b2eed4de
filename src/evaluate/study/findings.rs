//! What an evaluation found: the rows of the tidy tables, and the curves of the report.

use super::candidate::From;
use crate::evaluate::estimate::Estimate;

/// A row of the tables.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The outcome, and after a bar the subgroup or the kind of comparison.
    pub evaluation: String,
    pub model: String,
    pub metric: String,
    pub estimate: Estimate,
    /// Rows of patients behind it; `None` when suppressed.
    pub n: Option<u64>,
    pub events: Option<u64>,
    pub method: String,
}

/// Everything.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    pub rows: Vec<Row>,
    pub outcomes: Vec<OutcomeFindings>,
    /// What the reader must know of the inputs.
    pub notes: Vec<String>,
}

/// One outcome.
#[derive(Debug, Clone)]
pub struct OutcomeFindings {
    pub name: String,
    /// Rows whose outcome is known, and those of whom it is not.
    pub n: u64,
    pub unknown: u64,
    pub events: u64,
    pub models: Vec<ModelFindings>,
    pub reference: String,
}

/// One model against one outcome, as the report draws it.
#[derive(Debug, Clone)]
pub struct ModelFindings {
    pub name: String,
    pub version: Option<String>,
    pub p_from: From,
    pub n: u64,
    pub events: u64,
    /// False positive share and sensitivity.
    pub roc: Vec<(f64, f64)>,
    /// Sensitivity and positive predictive value.
    pub precision_recall: Vec<(f64, f64)>,
    pub calibration: Vec<Point>,
    /// Persons by probability: left edge, right edge, number (small ones hidden as nought).
    pub histogram: Vec<(f64, f64, u64)>,
    pub decision: Vec<Point>,
    pub decision_all: Vec<(f64, f64)>,
    /// Share of all listed, share of events caught.
    pub capture: Vec<Point>,
    /// Area under the ROC curve by subgroup.
    pub forest: Vec<(String, Estimate, Option<u64>)>,
}

/// A point of a curve with its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    pub x: f64,
    pub y: f64,
    /// Both not-a-number when there is no interval.
    pub lower: f64,
    pub upper: f64,
}
