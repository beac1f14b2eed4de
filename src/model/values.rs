//! Questions about values: analytes, their units, and the tests that a value may be put to.

use crate::clinical::{Text, Window};

/// Results of one analyte.
#[derive(Debug, Clone, PartialEq)]
pub struct Measurement {
    pub analyte: Analyte,
    pub window: Window,
    pub test: Test,
    /// Distinct days with a passing value, for [`Test::Each`] and [`Test::Present`].
    pub days: u32,
    pub apart: u32,
    /// The newest value of the window must be among the passing ones.
    pub newest: bool,
    /// Only values that neither a held contact nor a new result followed within so many days.
    pub unanswered: Option<Unanswered>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Unanswered {
    pub days: u32,
    /// Contact kinds that count as an answer.
    pub contacts: Vec<String>,
}

/// A laboratory analyte or a body measure: its codes, the unit it is judged in, and how others convert.
#[derive(Debug, Clone, PartialEq)]
pub struct Analyte {
    pub name: String,
    pub label: Text,
    pub unit: String,
    pub codes: Vec<AnalyteCode>,
}

/// `value in analyte.unit = factor × value + offset`, rounded to `decimals` when given.
#[derive(Debug, Clone, PartialEq)]
pub struct AnalyteCode {
    /// As written in the journal's code column, upper case: an NLK code or a body measure such as `WEIGHT`.
    pub code: String,
    /// Units in which this code's values may come, compared without blanks and case.
    pub units: Vec<UnitRule>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct UnitRule {
    pub unit: String,
    pub factor: f64,
    pub offset: f64,
    pub decimals: Option<u8>,
}

/// A limit; `None` on a side is open.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Limits {
    /// value ≥
    pub at_least: Option<f64>,
    /// value >
    pub above: Option<f64>,
    /// value ≤
    pub at_most: Option<f64>,
    /// value <
    pub below: Option<f64>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Test {
    /// There is a value.
    Present,
    /// The newest value of the window.
    Latest(Limits),
    /// Each value of the window; `days` of them must pass.
    Each(Limits),
    /// The middle one of the window's exact values; the mean of the middle two of an even number.
    Median(Limits),
    /// The newest value of the window, and one before it.
    Crosses(Crossing),
    /// The newest value of the window against the highest or lowest earlier one in the same window.
    Change(Change),
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    pub against: Against,
    pub direction: Direction,
    pub size: Size,
    /// The change must be larger than `size`, not equal to it.
    pub strictly: bool,
    /// Compare with the values of so many days before the window, not with earlier ones of the window.
    pub since: Option<u32>,
}

/// From one side of a limit to the other: the newest value of the window passes `to`, and an earlier one passes `from`,
/// either of the window or the newest before it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Crossing {
    pub from: Limits,
    pub to: Limits,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Against {
    Highest,
    Lowest,
    Any,
    /// The middle one, or the mean of the middle two.
    Median,
    /// Those of the newest earlier day.
    Newest,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    Down,
    Up,
    Either,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Size {
    Absolute(f64),
    /// Per cent of the earlier value.
    Percent(f64),
}
