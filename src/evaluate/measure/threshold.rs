//! At a threshold: who is called on, and whether rightly.

use super::proportion::wilson;
use crate::evaluate::estimate::{Estimate, Why, Z95};

/// The two-by-two table; a threshold belongs to the called.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Table {
    pub true_positive: f64,
    pub false_positive: f64,
    pub false_negative: f64,
    pub true_negative: f64,
}

impl Table {
    #[must_use]
    pub fn n(&self) -> f64 {
        self.called() + self.false_negative + self.true_negative
    }

    #[must_use]
    pub fn called(&self) -> f64 {
        self.true_positive + self.false_positive
    }

    #[must_use]
    pub fn events(&self) -> f64 {
        self.true_positive + self.false_negative
    }

    /// The table of calling on everybody.
    #[must_use]
    pub fn everybody(&self) -> Table {
        Table {
            true_positive: self.events(),
            false_positive: self.false_positive + self.true_negative,
            ..Table::default()
        }
    }

    fn others(&self) -> f64 {
        self.false_positive + self.true_negative
    }
}

/// The measures at a threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    Called,
    Sensitivity,
    Specificity,
    PositivePredictive,
    NegativePredictive,
    PositiveRatio,
    NegativeRatio,
}

impl At {
    pub const ALL: [At; 7] = [
        At::Called,
        At::Sensitivity,
        At::Specificity,
        At::PositivePredictive,
        At::NegativePredictive,
        At::PositiveRatio,
        At::NegativeRatio,
    ];

    /// Its name in the tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            At::Called => "share called",
            At::Sensitivity => "sensitivity",
            At::Specificity => "specificity",
            At::PositivePredictive => "positive predictive value",
            At::NegativePredictive => "negative predictive value",
            At::PositiveRatio => "positive likelihood ratio",
            At::NegativeRatio => "negative likelihood ratio",
        }
    }

    /// How its interval is made.
    #[must_use]
    pub fn method(self) -> &'static str {
        match self {
            At::PositiveRatio | At::NegativeRatio => "log-normal interval (Simel 1991)",
            _ => "Wilson interval",
        }
    }

    /// The measure with its analytic interval: Wilson's, and for likelihood ratios that of Simel DL, Samsa GP, Matchar DB.
    /// J Clin Epidemiol 1991;44:763-770.
    #[must_use]
    pub fn of(self, table: &Table) -> Estimate {
        let found = match self {
            At::Called => wilson(table.called(), table.n(), Why::Empty),
            At::Sensitivity => wilson(table.true_positive, table.events(), Why::NoEvents),
            At::Specificity => wilson(table.true_negative, table.others(), Why::OnlyEvents),
            At::PositivePredictive => wilson(table.true_positive, table.called(), Why::NothingSelected),
            At::NegativePredictive => {
                wilson(table.true_negative, table.false_negative + table.true_negative, Why::NothingLeftOut)
            }
            At::PositiveRatio => ratio(table, table.true_positive, table.false_positive),
            At::NegativeRatio => ratio(table, table.false_negative, table.true_negative),
        };
        found.unwrap_or_else(Estimate::not_estimable)
    }
}

/// The share among events over the share among others.
fn ratio(table: &Table, among_events: f64, among_others: f64) -> Result<Estimate, Why> {
    if table.events() == 0.0 {
        return Err(Why::NoEvents);
    }
    if table.others() == 0.0 {
        return Err(Why::OnlyEvents);
    }
    if among_others == 0.0 || among_events == 0.0 {
        return Err(Why::NoneWrong);
    }
    let (a, b) = (among_events / table.events(), among_others / table.others());
    let half = Z95 * ((1.0 - a) / among_events + (1.0 - b) / among_others).sqrt();
    let value = a / b;
    Ok(Estimate::number(value, (value.ln() - half).exp(), (value.ln() + half).exp()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_worked_by_hand() {
        // By hand: 24 of 100 events called, 4 of 100 others, so a ratio of 6.
        let table = Table { true_positive: 24.0, false_positive: 4.0, false_negative: 76.0, true_negative: 96.0 };
        let found = At::PositiveRatio.of(&table);
        assert!((found.value.number().unwrap() - 6.0).abs() < 1e-12);
        let se = (0.76_f64 / 24.0 + 0.96 / 4.0).sqrt();
        assert!((found.lower.number().unwrap() - 6.0 * (-Z95 * se).exp()).abs() < 1e-12);
        assert_eq!(At::Sensitivity.of(&table).value.number(), Some(0.24));
        assert_eq!(At::Specificity.of(&table).value.number(), Some(0.96));
    }

    #[test]
    fn empty_cells_say_why() {
        let nobody_called = Table { false_negative: 3.0, true_negative: 7.0, ..Table::default() };
        assert_eq!(At::PositivePredictive.of(&nobody_called).why(), Some(Why::NothingSelected));
        assert_eq!(At::PositiveRatio.of(&nobody_called).why(), Some(Why::NoneWrong));
        assert_eq!(At::Sensitivity.of(&nobody_called).value.number(), Some(0.0));
        assert_eq!(At::NegativePredictive.of(&nobody_called.everybody()).why(), Some(Why::NothingLeftOut));
    }
}
