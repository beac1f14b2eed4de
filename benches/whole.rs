//! Whole runs, measured as a user meets them: from the start of the command to its exit, side by side with a yardstick.
//!
//! ```text
//! cargo bench --bench whole -- [SIZES…] [--runs N] [--threads N] [--only WORD] [--make] [--data DIR]
//! cargo bench --bench whole -- 10000 200000 1000000
//! cargo bench --bench whole -- 1000000 5500000 --runs 3 --only job --data /somewhere/large
//! ```
//!
//! Sizes are patients, with about 60 events each. Journals are made once, streamed to disk, and kept under `--data` (left
//! out: the target folder): about 0.25 GB a million patients for each order, id and layout, and 2 GB for each habit of CSV.
//! A pair of commands runs in turn (A B A B …), and a ratio is the median of the ratios of neighbouring runs. The yardstick
//! merely decodes the columns that the engine needs, with the same library and threads; for CSV it is Polars' scan.
//! Peers run when `TIDLIG_BENCH_PYTHON` (or `python3`) has their package, and must give every patient the same scores.
//! `--only WORD` keeps the pairs whose title holds the word; without it, a million patients are the most that are also
//! sorted otherwise, named otherwise, written as CSV and given to peers. `--make` only makes the journals.

mod support;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;
use support::bench::Bench;
use support::comparison::Comparison;
use support::generate::{Plan, Result, generate};
use support::settings::Settings;
use support::side_by_side::said;
use tidlig::clinical::Language;
use tidlig::extract::{Profile, read};

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

/// All sizes, and how the cost grows from one to the next.
fn compare(settings: &Settings) -> Result<()> {
    let mut before: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    for size in &settings.sizes {
        let bench = Bench { settings, size: *size };
        let events: f64 = std::fs::read_to_string(bench.journal(Plan::new(*size))?.join("events.txt"))?.parse()?;
        println!(
            "\n{size} patients, {events} events, {} threads, median of {} runs in turn\n",
            settings.threads, settings.runs
        );
        for what in Comparison::ALL.into_iter().filter(|what| what.is_asked(*size, &settings.only)) {
            // One comparison that cannot be made does not stop the others.
            match measure(&bench, what) {
                Ok(Some(cpu)) => {
                    let last = before.insert(what.title(), (events, cpu));
                    if let Some((events_before, cpu_before)) = last.filter(|_| what.grows()) {
                        let power = (cpu / cpu_before).ln() / (events / events_before).ln();
                        println!("  growth: CPU goes with events to the power {}", said(power, what.growth(*size)));
                    }
                }
                Ok(None) => {}
                Err(error) => println!("{}: {error}", what.title()),
            }
        }
    }
    Ok(())
}

/// Measures and prints one pair; the CPU of its first side.
fn measure(bench: &Bench<'_>, what: Comparison) -> Result<Option<f64>> {
    let pair = bench.pair(what)?;
    if bench.settings.make {
        return Ok(None);
    }
    let outcome = pair.run(bench.settings.runs)?;
    pair.print(&outcome);
    bench.check_same(what)?;
    Ok(Some(outcome.a.cpu))
}
