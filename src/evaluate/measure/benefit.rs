//! Is it useful? Net benefit (Vickers AJ, Elkin EB. Med Decis Making 2006;26:565-574).

use super::threshold::Table;
use crate::evaluate::estimate::Why;

/// True positives less false positives weighed by the odds of the threshold, per person.
///
/// # Errors
/// When there is nobody.
pub fn net_benefit(table: &Table, threshold: f64) -> Result<f64, Why> {
    if table.n() == 0.0 {
        return Err(Why::Empty);
    }
    Ok((table.true_positive - table.false_positive * odds(threshold)) / table.n())
}

/// What calling on everybody gives.
///
/// # Errors
/// When there is nobody.
pub fn of_all(table: &Table, threshold: f64) -> Result<f64, Why> {
    net_benefit(&table.everybody(), threshold)
}

/// Contacts saved per person against calling on everybody, with no event less found.
///
/// # Errors
/// When there is nobody.
pub fn interventions_avoided(table: &Table, threshold: f64) -> Result<f64, Why> {
    Ok((net_benefit(table, threshold)? - of_all(table, threshold)?) / odds(threshold))
}

fn odds(threshold: f64) -> f64 {
    threshold / (1.0 - threshold)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_worked_by_hand() {
        let table = Table { true_positive: 20.0, false_positive: 30.0, false_negative: 5.0, true_negative: 45.0 };
        assert!((net_benefit(&table, 0.2).unwrap() - (0.20 - 0.30 * 0.25)).abs() < 1e-15);
        assert!((of_all(&table, 0.2).unwrap() - (0.25 - 0.75 * 0.25)).abs() < 1e-15);
        assert!((interventions_avoided(&table, 0.2).unwrap() - (0.125 - 0.0625) / 0.25).abs() < 1e-15);
    }
}
