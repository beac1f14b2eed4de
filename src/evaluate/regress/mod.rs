//! Small regressions, fitted by iteratively reweighted least squares: logistic and negative binomial.
//!
//! Considered and not taken: linfa-logistic and smartcore (point estimates without standard errors); inferust, solow and
//! ndarray-glm (young, by one author each). What is needed here is a few columns and many rows, which is short.

pub mod logistic;
pub mod negative_binomial;
pub mod solve;
pub mod spline;

/// A table of explaining columns, row by row.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Design {
    pub columns: usize,
    /// Row by row, each `columns` long.
    pub cells: Vec<f64>,
}

impl Design {
    #[must_use]
    pub fn new(columns: usize) -> Design {
        Design { columns, cells: Vec::new() }
    }

    /// Adds a row; it must be as long as the design is wide.
    pub fn push(&mut self, row: &[f64]) {
        debug_assert_eq!(row.len(), self.columns);
        self.cells.extend_from_slice(row);
    }

    pub fn rows(&self) -> impl Iterator<Item = &[f64]> {
        self.cells.chunks_exact(self.columns.max(1))
    }
}

/// The linear predictor of one row.
#[must_use]
pub fn linear(coefficients: &[f64], row: &[f64]) -> f64 {
    coefficients.iter().zip(row).map(|(b, x)| b * x).sum()
}

/// Why a regression has no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoFit {
    #[error("no rows")]
    Empty,
    #[error("only one class")]
    OneClass,
    #[error("the columns separate the classes perfectly")]
    Separated,
    #[error("some column follows from the others")]
    Singular,
    #[error("the fit did not converge")]
    NoConvergence,
}
