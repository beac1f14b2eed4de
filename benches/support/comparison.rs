//! What is set beside what, and the bars.

/// Patients of a small journal.
const SMALL: u64 = 10_000;

/// What is set beside what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    Job,
    Everything,
    Threads,
    TextIds,
    ByDate,
    CleanCsv,
    NorwegianCsv,
}

impl Comparison {
    pub const ALL: [Comparison; 7] = [
        Comparison::Job,
        Comparison::Everything,
        Comparison::Threads,
        Comparison::TextIds,
        Comparison::ByDate,
        Comparison::CleanCsv,
        Comparison::NorwegianCsv,
    ];

    pub fn title(self) -> &'static str {
        match self {
            Comparison::Job => "job / decode",
            Comparison::Everything => "all rule sets / decode",
            Comparison::Threads => "two threads / one",
            Comparison::TextIds => "string ids / integer ids",
            Comparison::ByDate => "sorted by date / decode",
            Comparison::CleanCsv => "clean CSV to journal / Polars scan",
            Comparison::NorwegianCsv => "Norwegian CSV to journal / Polars scan",
        }
    }

    /// Greatest ratios of CPU and wall.
    pub fn bars(self, patients: u64) -> [Option<f64>; 2] {
        // The start of a process weighs too much at ten thousand patients for ratios to mean anything.
        if patients <= SMALL {
            return [None; 2];
        }
        match self {
            Comparison::Job => [Some(2.0), Some(2.0)],
            Comparison::Everything => [Some(5.0), Some(5.0)],
            Comparison::Threads => [None, Some(0.6)],
            Comparison::TextIds => [Some(1.15), None],
            Comparison::ByDate => [Some(3.0), None],
            Comparison::CleanCsv => [Some(2.0), None],
            Comparison::NorwegianCsv => [Some(3.0), None],
        }
    }

    /// Greatest peak memory, in MiB.
    pub fn peak(self, patients: u64) -> Option<f64> {
        match self {
            // An unsorted journal may also cost 100 bytes a patient; what it spills to disk is not the process's.
            Comparison::ByDate => Some((128.0 + patients as f64 * 100.0 / 1_048_576.0).round()),
            Comparison::CleanCsv | Comparison::NorwegianCsv => None,
            _ => Some(256.0),
        }
    }

    /// Greatest CPU, in seconds, of a cold process on a small journal.
    pub fn cpu(self, patients: u64) -> Option<f64> {
        (self == Comparison::Job && patients <= SMALL).then_some(0.05)
    }
}
