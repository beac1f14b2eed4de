//! Losses of a probability: Brier, scaled Brier and logarithmic.

use crate::evaluate::estimate::Why;

/// Sums over persons of what each probability loses.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Losses {
    pub n: f64,
    pub events: f64,
    /// Sum of probabilities.
    pub expected: f64,
    pub brier: f64,
    pub log: f64,
}

/// What one probability loses with and without the event.
#[derive(Debug, Clone, Copy)]
pub struct Loss {
    pub p: f64,
    /// Brier: without the event, with it.
    pub brier: [f64; 2],
    /// Logarithmic: without the event, with it.
    pub log: [f64; 2],
}

impl Loss {
    #[must_use]
    pub fn of(p: f64) -> Loss {
        Loss { p, brier: [p * p, (1.0 - p) * (1.0 - p)], log: [-(-p).ln_1p(), -p.ln()] }
    }
}

impl Losses {
    /// Adds `counts` non-events and events with one probability.
    pub fn add(&mut self, loss: &Loss, counts: [u32; 2]) {
        let [no, yes] = counts.map(f64::from);
        self.n += no + yes;
        self.events += yes;
        self.expected += (no + yes) * loss.p;
        self.brier += no * loss.brier[0] + yes * loss.brier[1];
        // Nobody loses an infinity: nought times it would be no number.
        self.log += if no > 0.0 { no * loss.log[0] } else { 0.0 } + if yes > 0.0 { yes * loss.log[1] } else { 0.0 };
    }

    /// Mean squared difference between probability and outcome.
    ///
    /// # Errors
    /// When there is nobody.
    pub fn brier(&self) -> Result<f64, Why> {
        if self.n > 0.0 { Ok(self.brier / self.n) } else { Err(Why::Empty) }
    }

    /// One minus the Brier score over that of the mean outcome: 1 is perfect, 0 no better than the mean.
    ///
    /// # Errors
    /// When there is one class only.
    pub fn scaled_brier(&self) -> Result<f64, Why> {
        let share = self.share()?;
        Ok(1.0 - self.brier()? / (share * (1.0 - share)))
    }

    /// Mean of minus the logarithm of the probability given to what happened.
    ///
    /// # Errors
    /// When there is nobody, or when a probability of 0 or 1 was wrong.
    pub fn log_loss(&self) -> Result<f64, Why> {
        match self.log / self.n {
            _ if self.n == 0.0 => Err(Why::Empty),
            loss if loss.is_finite() => Ok(loss),
            _ => Err(Why::CertainProbability),
        }
    }

    /// Observed over expected events.
    ///
    /// # Errors
    /// When there is no event.
    pub fn observed_over_expected(&self) -> Result<f64, Why> {
        self.share().or_else(|why| if why == Why::OnlyEvents { Ok(1.0) } else { Err(why) })?;
        Ok(self.events / self.expected)
    }

    fn share(&self) -> Result<f64, Why> {
        match (self.n, self.events) {
            (0.0, _) => Err(Why::Empty),
            (_, 0.0) => Err(Why::NoEvents),
            (n, events) if n == events => Err(Why::OnlyEvents),
            (n, events) => Ok(events / n),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn losses(rows: &[(f64, [u32; 2])]) -> Losses {
        let mut losses = Losses::default();
        rows.iter().for_each(|(p, counts)| losses.add(&Loss::of(*p), *counts));
        losses
    }

    #[test]
    fn the_mean_outcome_has_a_scaled_score_of_nothing() {
        let found = losses(&[(0.25, [3, 1])]);
        assert_eq!(found.brier(), Ok(0.1875));
        assert_eq!(found.scaled_brier(), Ok(0.0));
        assert_eq!(found.observed_over_expected(), Ok(1.0));
    }

    #[test]
    fn certainty_is_lost_only_when_wrong() {
        assert_eq!(losses(&[(0.0, [2, 0]), (1.0, [0, 2])]).log_loss(), Ok(0.0));
        assert_eq!(losses(&[(0.0, [2, 1])]).log_loss(), Err(Why::CertainProbability));
        assert_eq!(losses(&[(0.3, [2, 0])]).scaled_brier(), Err(Why::NoEvents));
    }
}
