//! What is known of a quantity: a number, perhaps with an interval, or the reason why there is none.

use std::fmt;

/// A number or the reason why it cannot be given. Never zero for want of data, and never nothing.
#[derive(Debug, Clone, PartialEq)]
pub enum Told {
    Number(f64),
    /// The data cannot tell.
    NotEstimable(Why),
    /// Too few persons stand behind it.
    Suppressed,
    /// There is no such thing for this quantity, as an interval of a count.
    None,
}

/// Why something cannot be estimated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Why {
    Empty,
    NoEvents,
    OnlyEvents,
    OneOfAClass,
    PerfectSeparation,
    NoVariation,
    CertainProbability,
    NoConvergence,
    NoProbabilities,
    NothingSelected,
    NothingLeftOut,
    NoneWrong,
    TooFewResamples,
    NoComparablePairs,
    SameAsOther,
    DependentRows,
    CapacityTooLarge,
    NoMargin,
    NoPatients,
    OneDay,
}

impl Why {
    /// The reason in a few words, for reports.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Why::Empty => "nobody to evaluate",
            Why::NoEvents => "one class only: no events",
            Why::OnlyEvents => "one class only: all have the event",
            Why::OneOfAClass => "a single person in one class gives no variance",
            Why::PerfectSeparation => "perfect separation",
            Why::NoVariation => "all have the same score",
            Why::CertainProbability => "some probabilities are exactly 0 or 1",
            Why::NoConvergence => "the fit did not converge",
            Why::NoProbabilities => "there are no probabilities",
            Why::NothingSelected => "nobody is at or above the threshold",
            Why::NothingLeftOut => "nobody is below the threshold",
            Why::NoneWrong => "a cell of the two-by-two table is empty",
            Why::TooFewResamples => "too few resamples gave a value",
            Why::NoComparablePairs => "no two patients can be compared",
            Why::SameAsOther => "both rank everybody alike, so the difference has no variance",
            Why::DependentRows => "rows of one cluster depend on each other",
            Why::CapacityTooLarge => "there are not more patients than the list has room for",
            Why::NoMargin => "chance and the best possible list find the same",
            Why::NoPatients => "no file of patients tells age and sex",
            Why::OneDay => "there is only one index day",
        }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text())
    }
}

impl Told {
    /// The number, where there is one.
    #[must_use]
    pub fn number(&self) -> Option<f64> {
        match self {
            Told::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// A number, or the reason when it is none.
    #[must_use]
    pub fn of(number: Option<f64>, why: Why) -> Told {
        match number {
            Some(number) if number.is_finite() => Told::Number(number),
            _ => Told::NotEstimable(why),
        }
    }
}

/// A quantity with its interval.
#[derive(Debug, Clone, PartialEq)]
pub struct Estimate {
    pub value: Told,
    pub lower: Told,
    pub upper: Told,
}

impl Estimate {
    #[must_use]
    pub fn number(value: f64, lower: f64, upper: f64) -> Estimate {
        let of = |number| Told::of(Some(number), Why::NoConvergence);
        Estimate { value: of(value), lower: of(lower), upper: of(upper) }
    }

    /// A number that has no interval, as a count.
    #[must_use]
    pub fn plain(value: f64) -> Estimate {
        Estimate { value: Told::Number(value), lower: Told::None, upper: Told::None }
    }

    #[must_use]
    pub fn not_estimable(why: Why) -> Estimate {
        Estimate { value: Told::NotEstimable(why), lower: Told::NotEstimable(why), upper: Told::NotEstimable(why) }
    }

    /// A number whose interval cannot be told.
    #[must_use]
    pub fn without_interval(value: f64, why: Why) -> Estimate {
        Estimate { value: Told::Number(value), lower: Told::NotEstimable(why), upper: Told::NotEstimable(why) }
    }

    #[must_use]
    pub fn suppressed() -> Estimate {
        Estimate { value: Told::Suppressed, lower: Told::Suppressed, upper: Told::Suppressed }
    }

    /// Value and interval, with the reason when the value is none.
    #[must_use]
    pub fn of(value: Result<f64, Why>, interval: Result<(f64, f64), Why>) -> Estimate {
        match (value, interval) {
            (Err(why), _) => Estimate::not_estimable(why),
            (Ok(value), _) if !value.is_finite() => Estimate::not_estimable(Why::NoConvergence),
            (Ok(value), Err(why)) => Estimate::without_interval(value, why),
            (Ok(value), Ok((lower, upper))) => Estimate::number(value, lower, upper),
        }
    }

    /// The first reason among value and interval.
    #[must_use]
    pub fn why(&self) -> Option<Why> {
        [&self.value, &self.lower, &self.upper].into_iter().find_map(|told| match told {
            Told::NotEstimable(why) => Some(*why),
            _ => None,
        })
    }
}

/// Two-sided 95 per cent of the normal distribution.
pub const Z95: f64 = 1.959_963_984_540_054;
