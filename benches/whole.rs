//! Whole runs, measured as a user meets them: from the start of the command to its exit, side by side with a yardstick.
//!
//! ```text
//! cargo bench --bench whole -- [SIZES…] [--runs N] [--only WORD] [--threads N] [--make]
//! cargo bench --bench whole -- 10000 200000 1000000
//! ```
//!
//! Journals are made once and kept under the target folder. A pair of commands runs in turn (A B A B …), and a ratio is
//! the median of the ratios of neighbouring runs. The yardstick merely decodes the columns that the engine needs, with the
//! same library and threads; for CSV it is Polars' scan, when `TIDLIG_BENCH_PYTHON` (or `python3`) has Polars. `--only WORD`
//! keeps the pairs whose title holds the word; `--make` only makes the journals.

mod support;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use support::child::Side;
use support::comparison::Comparison;
use support::generate::{Format, Ids, Layout, Order, Plan, Result, generate};
use support::side_by_side::{Pair, said};
use tidlig::clinical::Language;
use tidlig::extract::{Profile, read};

const JOB: &str = "charlson-quan-2011,elixhauser-vanwalraven,hfrs";
const AS_OF: &str = "2026-01-01";
const FOUR: &str = "patient_id,date,system,code";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let done = match arguments.first().map(String::as_str) {
        Some("make") => make(&arguments[1..]),
        Some("decode") => decode(&arguments[1..]),
        Some("extract") => extract(&arguments[1..]),
        _ => Settings::parse(&arguments).and_then(|settings| compare(&settings)),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Child: makes one journal.
fn make(arguments: &[String]) -> Result<()> {
    let folder = Path::new(arguments.first().ok_or("make FOLDER")?);
    let name = folder.file_name().and_then(|name| name.to_str()).ok_or("a folder with a name")?;
    let plan = Plan::parse(name).ok_or("a folder named as a plan is")?;
    // Half a journal must never be taken for a whole one.
    let half = folder.with_extension("half");
    std::fs::create_dir_all(&half)?;
    let events = generate(&half, &plan)?;
    std::fs::write(half.join("events.txt"), events.to_string())?;
    Ok(std::fs::rename(half, folder)?)
}

/// Child: the yardstick.
fn decode(arguments: &[String]) -> Result<()> {
    let [threads, files @ ..] = arguments else { return Err("decode THREADS FILE:COLUMNS…".into()) };
    rayon::ThreadPoolBuilder::new().num_threads(threads.parse()?).build_global()?;
    let mut rows = 0;
    for file in files {
        let (path, columns) = file.rsplit_once(':').ok_or("FILE:COLUMNS")?;
        rows += support::decode::decode(Path::new(path), &columns.split(',').collect::<Vec<_>>())?;
    }
    println!("{rows}");
    Ok(())
}

/// Child: from a practice's CSV files to a journal.
fn extract(arguments: &[String]) -> Result<()> {
    let [threads, profile, _, out] = arguments else { return Err("extract THREADS PROFILE -o FOLDER".into()) };
    rayon::ThreadPoolBuilder::new().num_threads(threads.parse()?).build_global()?;
    std::fs::create_dir_all(out)?;
    let profile = Profile::load(Path::new(profile)).map_err(|faults| format!("{faults:?}"))?;
    let day = profile.practice.as_of.ok_or("the profile fixes its day")?;
    read(&profile, day, Path::new(out), &|_| {}).map_err(|error| error.message(Language::En))?;
    Ok(())
}

/// What was asked for on the command line.
struct Settings {
    sizes: Vec<u64>,
    runs: usize,
    threads: usize,
    only: String,
    make: bool,
}

impl Settings {
    fn parse(arguments: &[String]) -> Result<Settings> {
        let mut settings = Settings { sizes: Vec::new(), runs: 5, threads: 2, only: String::new(), make: false };
        let mut words = arguments.iter();
        while let Some(word) = words.next() {
            let mut value = || words.next().ok_or_else(|| format!("{word} needs a value"));
            match word.as_str() {
                "--runs" => settings.runs = value()?.parse()?,
                "--threads" => settings.threads = value()?.parse()?,
                "--only" => settings.only = value()?.clone(),
                "--make" => settings.make = true,
                size => settings.sizes.push(size.replace('_', "").parse().map_err(|_| format!("no size: {size}"))?),
            }
        }
        if settings.sizes.is_empty() {
            settings.sizes = vec![10_000, 200_000];
        }
        Ok(settings)
    }
}

/// All sizes, and how the cost grows from one to the next.
fn compare(settings: &Settings) -> Result<()> {
    let mut before: Option<(f64, f64)> = None;
    for size in &settings.sizes {
        let bench = Bench { settings, size: *size };
        let events: f64 = std::fs::read_to_string(bench.journal(Plan::new(*size))?.join("events.txt"))?.parse()?;
        println!(
            "\n{size} patients, {events} events, {} threads, median of {} runs in turn\n",
            settings.threads, settings.runs
        );
        let mut job = None;
        for what in Comparison::ALL.into_iter().filter(|what| what.title().contains(&settings.only)) {
            // One comparison that cannot be made does not stop the others.
            let done = bench.pair(what).and_then(|pair| match settings.make {
                true => Ok(None),
                false => pair.run(settings.runs).map(|outcome| Some((pair, outcome))),
            });
            let (pair, outcome) = match done {
                Ok(Some(measured)) => measured,
                Ok(None) => continue,
                Err(error) => {
                    println!("{}: {error}", what.title());
                    continue;
                }
            };
            pair.print(&outcome);
            job = job.or((what == Comparison::Job).then_some((events, outcome.a.cpu)));
        }
        if let (Some((events_before, cpu_before)), Some((events, cpu))) = (before, job) {
            let power = (cpu / cpu_before).ln() / (events / events_before).ln();
            println!("growth: CPU goes with events to the power {}", said(power, Some(1.02)));
        }
        before = job;
    }
    Ok(())
}

/// One size.
struct Bench<'a> {
    settings: &'a Settings,
    size: u64,
}

impl Bench<'_> {
    /// The folder of a plan's journal, made when it is not there.
    fn journal(&self, plan: Plan) -> Result<PathBuf> {
        let folder = scratch().join(plan.name());
        if !folder.exists() {
            eprintln!("making {} …", plan.name());
            Side::new("making a journal", &std::env::current_exe()?, &["make", &folder.display().to_string()]).run()?;
        }
        Ok(folder)
    }

    fn pair(&self, what: Comparison) -> Result<Pair> {
        let plan = Plan::new(self.size);
        let all = &self.settings.threads.to_string();
        let one = self.journal(plan)?;
        let (a, b) = match what {
            Comparison::Job => (self.job(&one, all), self.decode(&one)?),
            Comparison::Everything => {
                let split = self.journal(Plan { layout: Layout::Split, ..plan })?;
                (self.everything(&split), self.decode_split(&split)?)
            }
            Comparison::Threads => (self.job(&one, "2"), self.job(&one, "1")),
            Comparison::TextIds => {
                (self.job(&self.journal(Plan { ids: Ids::Text, ..plan })?, all), self.job(&one, all))
            }
            Comparison::ByDate => {
                let by_date = self.journal(Plan { order: Order::Date, ..plan })?;
                (self.job(&by_date, all), self.decode(&by_date)?)
            }
            Comparison::CleanCsv => self.csv(Format::CleanCsv, all)?,
            Comparison::NorwegianCsv => self.csv(Format::NorwegianCsv, all)?,
        };
        Ok(Pair {
            what: what.title().to_owned(),
            a,
            b,
            bars: what.bars(self.size),
            peak: what.peak(self.size),
            cpu: what.cpu(self.size),
        })
    }

    fn csv(&self, format: Format, threads: &str) -> Result<(Side, Side)> {
        let folder = self.journal(Plan { format, ..Plan::new(self.size) })?;
        let profile = folder.join("practice.toml").display().to_string();
        let a = Side::new("CSV to journal", &std::env::current_exe()?, &["extract", threads, &profile])
            .into_folder(scratch().join("out"));
        let file = folder.join("diagnoses.csv").display().to_string();
        let told = match format {
            Format::NorwegianCsv => [";", "utf8-lossy", "PasientID,Dato,Kodeverk,Kode"],
            _ => [",", "utf8", FOUR],
        };
        let python = python().ok_or("no Python with Polars; name one in TIDLIG_BENCH_PYTHON")?;
        let mut b = Side::new("Polars scanning the four columns", &python, &["-c", SCAN, &file]);
        b.arguments.extend(told.map(Into::into));
        Ok((a, b))
    }

    /// Charlson, Elixhauser and HFRS, scores only.
    fn job(&self, journal: &Path, threads: &str) -> Side {
        let journal = journal.display().to_string();
        let arguments = [
            "score",
            "--journal",
            &journal,
            "--models",
            JOB,
            "--as-of",
            AS_OF,
            "--no-contributions",
            "--threads",
            threads,
        ];
        Side::new(format!("tidlig score, three rule sets, threads: {threads}"), tidlig(), &arguments)
            .into_folder(scratch().join("out"))
    }

    /// Every shipped rule set, scores and contributions.
    fn everything(&self, journal: &Path) -> Side {
        let journal = journal.display().to_string();
        let arguments = [
            "score",
            "--journal",
            &journal,
            "--models",
            "all",
            "--as-of",
            AS_OF,
            "--threads",
            &self.settings.threads.to_string(),
        ];
        Side::new("tidlig score, all rule sets, contributions", tidlig(), &arguments).into_folder(scratch().join("out"))
    }

    fn decode(&self, journal: &Path) -> Result<Side> {
        let file = format!("{}:{FOUR}", journal.join("diagnoses.parquet").display());
        Ok(Side::new(
            "decoding the four columns",
            &std::env::current_exe()?,
            &["decode", &self.settings.threads.to_string(), &file],
        ))
    }

    fn decode_split(&self, journal: &Path) -> Result<Side> {
        let diagnoses = format!("{}:{FOUR}", journal.join("diagnoses.parquet").display());
        let medicines = format!("{}:patient_id,date,atc", journal.join("medicines.parquet").display());
        let arguments = ["decode", &self.settings.threads.to_string(), &diagnoses, &medicines];
        Ok(Side::new("decoding diagnoses and medicines", &std::env::current_exe()?, &arguments))
    }
}

/// A Python with Polars, if there is one: the yardstick of the CSV comparisons.
fn python() -> Option<PathBuf> {
    let python = std::env::var_os("TIDLIG_BENCH_PYTHON").map_or_else(|| PathBuf::from("python3"), PathBuf::from);
    Side::new("Polars", &python, &["-c", "import polars"]).run().ok().map(|_| python)
}

/// Folds the four columns of a CSV file in a way that cannot be answered without reading them.
const SCAN: &str = "
import sys, polars
file, separator, encoding, columns = sys.argv[1:]
scan = polars.scan_csv(file, separator=separator, encoding=encoding, infer_schema_length=100)
print(scan.select(polars.col(columns.split(',')).max()).collect(engine='streaming'))
";

fn tidlig() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_tidlig"))
}

/// Where journals and results are kept: under the target folder.
fn scratch() -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
}
