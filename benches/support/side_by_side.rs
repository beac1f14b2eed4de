//! Two commands in turn (A B A B …), and the medians of what they cost and of their ratios.

use super::child::{Cost, Side};
use super::sink::Result;

/// Two commands to set side by side, and the bar that the first should stay under.
pub struct Pair {
    pub what: String,
    pub a: Side,
    /// What it is set beside, where there is something.
    pub b: Option<Side>,
    /// Greatest ratio of CPU and of wall, where there is one.
    pub bars: [Option<f64>; 2],
    /// Greatest peak memory of the first, in MiB.
    pub peak: Option<f64>,
    /// Greatest CPU of the first, in seconds.
    pub cpu: Option<f64>,
}

/// What came of a pair.
pub struct Outcome {
    pub a: Cost,
    pub b: Option<Cost>,
    /// Medians of the ratios of neighbouring runs: CPU and wall.
    pub ratios: [f64; 2],
}

impl Pair {
    /// One warm-up each, then `runs` of each in turn.
    ///
    /// # Errors
    /// When a command fails.
    pub fn run(&self, runs: usize) -> Result<Outcome> {
        let once =
            || -> Result<(Cost, Option<Cost>)> { Ok((self.a.run()?, self.b.as_ref().map(Side::run).transpose()?)) };
        once()?;
        let costs = (0..runs).map(|_| once()).collect::<Result<Vec<_>>>()?;
        let firsts: Vec<Cost> = costs.iter().map(|(a, _)| *a).collect();
        let pairs: Vec<(Cost, Cost)> = costs.iter().filter_map(|(a, b)| Some((*a, (*b)?))).collect();
        let seconds: Vec<Cost> = pairs.iter().map(|(_, b)| *b).collect();
        let ratio = |part: fn(Cost) -> f64| median(pairs.iter().map(|(a, b)| part(*a) / part(*b).max(1e-6)).collect());
        let b = (!seconds.is_empty()).then(|| medians(&seconds));
        Ok(Outcome { a: medians(&firsts), b, ratios: [ratio(|c| c.cpu), ratio(|c| c.wall)] })
    }

    /// What both cost, their ratio, and the bars.
    pub fn print(&self, outcome: &Outcome) {
        println!("{}", self.what);
        for (side, cost) in [(Some(&self.a), Some(outcome.a)), (self.b.as_ref(), outcome.b)] {
            let Some((side, cost)) = side.zip(cost) else { continue };
            println!("  {:<44} {:>9.3} s CPU {:>9.3} s wall {:>8.0} MiB", side.name, cost.cpu, cost.wall, cost.peak);
        }
        let [cpu, wall] = outcome.ratios;
        let limits = self.limits(outcome);
        match outcome.b {
            Some(_) => {
                let (cpu, wall) = (said(cpu, self.bars[0]), said(wall, self.bars[1]));
                println!("  ratio {:<38} {cpu} CPU {wall} wall{limits}", "");
            }
            None => println!("  {}", limits.trim_start_matches(", ")),
        }
    }

    fn limits(&self, outcome: &Outcome) -> String {
        let peak = self.peak.map(|bar| format!(", peak {} MiB", said(outcome.a.peak, Some(bar)))).unwrap_or_default();
        let cpu = self.cpu.map(|bar| format!(", CPU {} s", said(outcome.a.cpu, Some(bar)))).unwrap_or_default();
        peak + &cpu
    }
}

fn medians(costs: &[Cost]) -> Cost {
    let of_all = |part: fn(&Cost) -> f64| median(costs.iter().map(part).collect());
    Cost { cpu: of_all(|c| c.cpu), wall: of_all(|c| c.wall), peak: of_all(|c| c.peak) }
}

/// A figure, and its bar with a verdict.
pub fn said(figure: f64, bar: Option<f64>) -> String {
    match bar {
        None => format!("{figure:.2}"),
        Some(bar) => format!("{figure:.2} (at most {bar}: {})", if figure <= bar { "met" } else { "MISSED" }),
    }
}

/// The middle one, or the mean of the two in the middle; not a number when there is none.
pub fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    match (figures.len(), figures.len() / 2) {
        (0, _) => f64::NAN,
        (n, middle) if n % 2 == 1 => figures[middle],
        (_, middle) => f64::midpoint(figures[middle - 1], figures[middle]),
    }
}
