//! Generated against intended: every figure with its interval, and whether it holds.

use super::cohort::Synth;
use super::law::BANDS;
use super::tally::{Rate, Share, Tally};
use std::fmt::Write;

/// Two-sided normal quantile of 99.99 per cent: with some 150 figures, chance fails one cohort in seventy.
const Z: f64 = 3.890_592;

/// How far figures that follow from many others may lie from what was intended, as a share of it. A pilot cohort brings
/// them to their level only band by band.
const MARGIN: f64 = 0.08;

/// One figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    pub name: String,
    /// How it is told: `share`, or `ratio` of events to those intended.
    pub kind: Kind,
    pub generated: f64,
    pub lower: f64,
    pub upper: f64,
    pub intended: f64,
    /// Persons, or events intended.
    pub of: f64,
}

/// What a figure is, and how its interval was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A share with Wilson's interval.
    Share,
    /// Events to those intended, with a normal interval from how far persons stray.
    Ratio,
}

impl Figure {
    /// Whether what was intended lies within the interval, which a ratio's margin widens.
    #[must_use]
    pub fn holds(&self) -> bool {
        let margin = if self.kind == Kind::Ratio { MARGIN } else { 0.0 };
        self.lower - margin <= self.intended && self.intended <= self.upper + margin
    }
}

/// Every figure of a cohort of which something can be said.
#[must_use]
pub fn figures(synth: &Synth, tally: &Tally) -> Vec<Figure> {
    let parameters = &synth.law().parameters;
    let mut figures = Vec::new();
    let people: f64 = parameters.population.people.iter().sum();
    for (at, from) in parameters.population.from.iter().enumerate() {
        let end = parameters.population.end(at);
        let of = tally.ages.iter().sum();
        let intended = parameters.population.people[at] / people * of;
        share(&mut figures, format!("age {from} to {}", end - 1.0), &Share { events: tally.ages[at], of, intended });
        share(&mut figures, format!("women, age {from} to {}", end - 1.0), &tally.women[at]);
    }
    for (condition, of) in parameters.conditions.iter().zip(&tally.conditions) {
        share(&mut figures, format!("has {}", condition.name), of);
    }
    share(&mut figures, "adults who seldom ask for help".to_owned(), &tally.quiet);
    share(&mut figures, "children with complex needs".to_owned(), &tally.complex);
    share(&mut figures, "events that got a code".to_owned(), &tally.coded);
    for (band, from) in BANDS.iter().enumerate() {
        ratio(&mut figures, format!("deaths, from age {from}"), &tally.deaths[band]);
        ratio(&mut figures, format!("lost steps of function, from age {from}"), &tally.declines[band]);
        ratio(&mut figures, format!("unplanned admissions, from age {from}"), &tally.admissions[band]);
        ratio(&mut figures, format!("consultations of women, from age {from}"), &tally.consultations[0][band]);
        ratio(&mut figures, format!("consultations of men, from age {from}"), &tally.consultations[1][band]);
    }
    figures.push(nothing("rows of sources that are not delivered", tally.undelivered));
    figures
}

fn share(figures: &mut Vec<Figure>, name: String, share: &Share) {
    if share.of <= 0.0 {
        return;
    }
    let (lower, upper) = wilson(share.events, share.of);
    let (generated, intended) = (share.events / share.of, share.intended / share.of);
    figures.push(Figure { name, kind: Kind::Share, generated, lower, upper, intended, of: share.of });
}

/// Events in small numbers say too little for a normal interval.
const LEAST_INTENDED: f64 = 30.0;

fn ratio(figures: &mut Vec<Figure>, name: String, rate: &Rate) {
    if rate.intended < LEAST_INTENDED {
        return;
    }
    let generated = rate.events / rate.intended;
    let half = Z * rate.squares.sqrt() / rate.intended;
    let (lower, upper) = (generated - half, generated + half);
    figures.push(Figure { name, kind: Kind::Ratio, generated, lower, upper, intended: 1.0, of: rate.intended });
}

fn nothing(name: &str, rows: f64) -> Figure {
    let kind = Kind::Share;
    Figure { name: name.to_owned(), kind, generated: rows, lower: rows, upper: rows, intended: 0.0, of: 0.0 }
}

/// Wilson's interval (Wilson EB. J Am Stat Assoc 1927;22:209-12).
fn wilson(events: f64, of: f64) -> (f64, f64) {
    let (share, square) = (events / of, Z * Z);
    let middle = (share + square / (2.0 * of)) / (1.0 + square / of);
    let half = Z / (1.0 + square / of) * (share * (1.0 - share) / of + square / (4.0 * of * of)).sqrt();
    ((middle - half).max(0.0), (middle + half).min(1.0))
}

/// The figures as a table.
#[must_use]
pub fn table(figures: &[Figure]) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{:<46} {:>10} {:>10} {:>22}  {:>12}", "", "intended", "generated", "interval", "of");
    for figure in figures {
        let mark = if figure.holds() { "" } else { "  OUTSIDE" };
        let interval = format!("{:.5} to {:.5}", figure.lower, figure.upper);
        let _ = writeln!(
            out,
            "{:<46} {:>10.5} {:>10.5} {interval:>22}  {:>12.0}{mark}",
            figure.name, figure.intended, figure.generated, figure.of
        );
    }
    let outside = figures.iter().filter(|figure| !figure.holds()).count();
    let _ = writeln!(out, "{} figures, {outside} outside", figures.len());
    let _ = writeln!(
        out,
        "Shares: Wilson's interval at 99.99 per cent. Others: events to those intended; the interval from how far persons \
         stray, and {} per cent beside it.",
        MARGIN * 100.0
    );
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_holds_when_its_interval_holds_what_was_intended() {
        let mut figures = Vec::new();
        for intended in [100.0, 160.0] {
            share(&mut figures, String::new(), &Share { events: 104.0, of: 1000.0, intended });
        }
        assert!(figures[0].holds() && !figures[1].holds());
        let rate = |events| Rate { events, intended: 1000.0, squares: 1000.0 };
        ratio(&mut figures, String::new(), &rate(1100.0));
        ratio(&mut figures, String::new(), &rate(1300.0));
        assert!(figures[2].holds() && !figures[3].holds());
        assert!(table(&figures).contains("4 figures, 2 outside"));
    }

    #[test]
    fn wilsons_interval_is_as_published() {
        // The score interval of 10 of 20 is symmetric round one half, and never leaves 0 to 1.
        let (lower, upper) = wilson(10.0, 20.0);
        assert!((lower + upper - 1.0).abs() < 1e-12);
        assert!(wilson(0.0, 20.0).0 < 1e-12 && wilson(20.0, 20.0).1 <= 1.0);
    }
}
