//! What is set beside what, and the bars.

/// Patients of a small journal.
const SMALL: u64 = 10_000;
/// Patients of the journal from which growth is judged.
const MEDIUM: u64 = 200_000;
/// Patients of the largest journal that is also written in other ways.
const LARGE: u64 = 1_000_000;

/// What is set beside what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    Job,
    Nine,
    Everything,
    EveryLine,
    Ten,
    Threads,
    TextIds,
    ByDate,
    Unsorted,
    CleanCsv,
    NorwegianCsv,
    Sample,
    Practice,
    Pycomorb,
    Polars,
    DuckDb,
}

impl Comparison {
    pub const ALL: [Comparison; 16] = [
        Comparison::Job,
        Comparison::Nine,
        Comparison::Everything,
        Comparison::EveryLine,
        Comparison::Ten,
        Comparison::Threads,
        Comparison::TextIds,
        Comparison::ByDate,
        Comparison::Unsorted,
        Comparison::CleanCsv,
        Comparison::NorwegianCsv,
        Comparison::Sample,
        Comparison::Practice,
        Comparison::Pycomorb,
        Comparison::Polars,
        Comparison::DuckDb,
    ];

    /// Whether it is measured at this size.
    pub fn is_asked(self, patients: u64, only: &str) -> bool {
        match self {
            _ if !only.is_empty() => self.title().contains(only),
            Comparison::Job
            | Comparison::Nine
            | Comparison::Everything
            | Comparison::EveryLine
            | Comparison::Ten
            | Comparison::Threads => true,
            // Its size is its own.
            Comparison::Sample | Comparison::Practice => patients <= SMALL,
            _ => patients <= LARGE,
        }
    }

    pub fn title(self) -> &'static str {
        match self {
            Comparison::Job => "job: three rule sets, scores only / decode",
            Comparison::Nine => "nine rule sets with contributions / decode",
            Comparison::Everything => "all rule sets, scores only / decode",
            Comparison::EveryLine => "all rule sets with contributions / decode",
            Comparison::Threads => "two threads / one",
            Comparison::TextIds => "string ids / integer ids",
            Comparison::Ten => "ten rule sets of codes alone / the three of the job",
            Comparison::ByDate => "sorted by date / decode",
            Comparison::Unsorted => "unsorted / decode",
            Comparison::CleanCsv => "clean CSV to journal / Polars scan",
            Comparison::NorwegianCsv => "Norwegian CSV to journal / Polars scan",
            Comparison::Sample => "sample practice, extract to list",
            Comparison::Practice => "practice of 18,000 and 14 doctors, extract to all outputs",
            Comparison::Pycomorb => "peer pycomorb / tidlig",
            Comparison::Polars => "peer hand-written lazy Polars / tidlig",
            Comparison::DuckDb => "peer hand-written DuckDB / tidlig",
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
            Comparison::Nine => [Some(5.0), Some(5.0)],
            Comparison::Everything => [Some(6.0), Some(6.0)],
            Comparison::Ten => [Some(1.5), None],
            Comparison::Threads => [None, Some(0.6)],
            Comparison::TextIds => [Some(1.15), None],
            Comparison::ByDate => [Some(3.0), None],
            Comparison::CleanCsv => [Some(2.0), None],
            Comparison::NorwegianCsv => [Some(3.0), None],
            _ => [None; 2],
        }
    }

    /// Greatest peak memory, in MiB.
    pub fn peak(self, patients: u64) -> Option<f64> {
        match self {
            // An unsorted journal may also cost 100 bytes a patient; what it spills to disk is not the process's.
            Comparison::ByDate | Comparison::Unsorted => Some((128.0 + patients as f64 * 100.0 / 1_048_576.0).round()),
            Comparison::Job
            | Comparison::Nine
            | Comparison::Everything
            | Comparison::EveryLine
            | Comparison::Ten
            | Comparison::Threads
            | Comparison::TextIds => Some(256.0),
            _ => None,
        }
    }

    /// Greatest CPU, in seconds, of a cold process on a small journal or a whole practice.
    pub fn cpu(self, patients: u64) -> Option<f64> {
        match self {
            Comparison::Job if patients <= SMALL => Some(0.05),
            Comparison::Sample => Some(0.5),
            Comparison::Practice => Some(10.0),
            _ => None,
        }
    }

    /// Whether its first side is tidlig on a journal of the size, so that its growth says something.
    pub fn grows(self) -> bool {
        !matches!(
            self,
            Comparison::Sample | Comparison::Practice | Comparison::Pycomorb | Comparison::Polars | Comparison::DuckDb
        )
    }

    /// Greatest power of the number of events with which CPU may go, from the size before.
    pub fn growth(self, patients: u64) -> Option<f64> {
        (self == Comparison::Job && patients > MEDIUM).then_some(1.02)
    }
}
