//! Evaluation, measured as a user meets it: whole processes, side by side with numpy and with R's pROC.
//!
//! ```text
//! cargo bench --bench evaluate -- [bootstrap] [delong] [report] [--runs N]
//! ```
//!
//! `bootstrap` sets 2,000 resamples of AUROC on a million scores (two threads) beside numpy that sorts once and draws counts;
//! `delong` the interval and the paired test on a million scores beside pROC; `report` measures a whole report of ten rule sets
//! on 200,000 patients. The yardsticks need `TIDLIG_BENCH_PYTHON` (or `python3`) with numpy, and `Rscript` with pROC and
//! data.table. Data are made once and kept under the target folder.

mod support {
    pub mod child;
    pub mod side_by_side;
    pub mod sink {
        pub type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;
    }
}

use arrow::array::{ArrayRef, Date32Array, Float64Array, Int32Array, Int64Array, RecordBatch, StringArray};
use parquet::arrow::ArrowWriter;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use support::child::Side;
use support::side_by_side::{Pair, median, said};
use support::sink::Result;

const MILLION: u64 = 1_000_000;
const PATIENTS: u64 = 200_000;
const MODELS: u64 = 10;
const RESAMPLES: &str = "2000";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let done =
        if words.first().is_some_and(|word| word == "make") { make(Path::new(&words[1])) } else { measure(&words) };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn measure(words: &[String]) -> Result<()> {
    let runs =
        words.iter().position(|word| word == "--runs").and_then(|at| words.get(at + 1)?.parse().ok()).unwrap_or(3);
    let data = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("evaluation");
    if !data.exists() {
        // The kernel counts the memory of who starts a child in the child's peak, so the data are made in one.
        Side::new("making data", &std::env::current_exe()?, &["make", &data.display().to_string()]).run()?;
    }
    let all = !["bootstrap", "delong", "report"].iter().any(|name| words.iter().any(|word| word == name));
    let wanted = |name: &str| all || words.iter().any(|word| word == name);
    if wanted("bootstrap") {
        let pair = bootstrap(&data);
        pair.print(&pair.run(runs)?);
    }
    if wanted("delong") {
        for pair in [delong(&data, "parquet"), delong(&data, "csv")] {
            pair.print(&pair.run(runs)?);
        }
    }
    if wanted("report") {
        let side = report(&data);
        let costs = (0..runs).map(|_| side.run()).collect::<Result<Vec<_>>>()?;
        let cpu = median(costs.iter().map(|cost| cost.cpu).collect());
        let peak = median(costs.iter().map(|cost| cost.peak).collect());
        println!("{}: {} s CPU, {peak:.0} MiB", side.name, said(cpu, Some(120.0)));
    }
    Ok(())
}

/// `tidlig evaluate` on one file of scores.
fn evaluate(data: &Path, name: &str, scores: &str, outcomes: &str, more: &[&str]) -> Side {
    let (scores, outcomes) = (data.join(scores).display().to_string(), data.join(outcomes).display().to_string());
    let mut arguments = vec!["evaluate", "--scores", &scores, "--outcomes", &outcomes, "--threads", "2"];
    arguments.extend(more);
    Side::new(name, Path::new(env!("CARGO_BIN_EXE_tidlig")), &arguments).into_folder(data.join("out"))
}

fn bootstrap(data: &Path) -> Pair {
    let python = std::env::var_os("TIDLIG_BENCH_PYTHON").map_or_else(|| PathBuf::from("python3"), PathBuf::from);
    let more = ["--scope", "ranking", "--resamples", RESAMPLES];
    Pair {
        what: "AUROC and average precision, 2,000 stratified resamples, a million scores / AUROC alone by numpy"
            .to_owned(),
        a: evaluate(data, "tidlig evaluate, two threads", "one.parquet", "outcomes.parquet", &more),
        b: Some(Side::new(
            "numpy, sorted once, counts",
            &python,
            &["-c", NUMPY, &data.display().to_string(), RESAMPLES],
        )),
        bars: [Some(1.0 / 6.0), Some(1.0 / 12.0)],
        peak: None,
        cpu: None,
    }
}

/// Stratified: events among events, others among others. Sorting and summing run over whole vectors.
const NUMPY: &str = "
import sys, os
os.environ['OPENBLAS_NUM_THREADS'] = '1'
import numpy as np
folder, resamples = sys.argv[1], int(sys.argv[2])
event = np.fromfile(folder + '/event.bin', np.uint8).astype(bool)
order = np.argsort(np.fromfile(folder + '/a.bin'), kind='stable')
event = event[order]
yes, no = np.flatnonzero(event), np.flatnonzero(~event)
# Events after which so many others have come: the area needs no more than the others below each event.
below_at = np.searchsorted(no, yes)
rng = np.random.default_rng(1)
found = np.empty(resamples)
for i in range(resamples):
    w = np.bincount(rng.integers(0, len(yes), len(yes), dtype=np.int32), minlength=len(yes))
    v = np.bincount(rng.integers(0, len(no), len(no), dtype=np.int32), minlength=len(no))
    below = np.concatenate(([0], np.cumsum(v)))
    found[i] = np.dot(w.astype(np.float64), below[below_at]) / (len(yes) * len(no))
print(np.percentile(found, [2.5, 97.5]))
";

fn delong(data: &Path, format: &str) -> Pair {
    let rscript = std::env::var_os("TIDLIG_BENCH_RSCRIPT").map_or_else(|| PathBuf::from("Rscript"), PathBuf::from);
    let more = ["--scope", "ranking", "--resamples", "0", "--reference", "b"];
    let (scores, outcomes) = (format!("two.{format}"), format!("outcomes.{format}"));
    Pair {
        what: format!("DeLong's intervals and paired test, a million scores, {format} / pROC, CSV"),
        a: evaluate(data, "tidlig evaluate, two models", &scores, &outcomes, &more),
        b: Some(Side::new(
            "pROC ci.auc twice, roc.test",
            &rscript,
            &["-e", PROC, &data.join("wide.csv").display().to_string()],
        )),
        bars: [Some(1.0 / 8.0), Some(1.0 / 8.0)],
        peak: None,
        cpu: None,
    }
}

const PROC: &str = "
suppressPackageStartupMessages({library(data.table); library(pROC)})
d <- fread(commandArgs(TRUE)[1])
of <- function(s) roc(d$event, s, quiet = TRUE, direction = '<', levels = c(0, 1), algorithm = 2)
a <- of(d$a); b <- of(d$b)
print(ci.auc(a, method = 'delong')); print(ci.auc(b, method = 'delong'))
print(roc.test(a, b, method = 'delong', paired = TRUE))
";

fn report(data: &Path) -> Side {
    let patients = data.join("cohort-patients.parquet").display().to_string();
    let more = ["--patients", &patients, "--resamples", "1000"];
    evaluate(
        data,
        "whole report, ten rule sets, 200,000 patients, 1,000 resamples",
        "cohort-scores.parquet",
        "cohort-outcomes.parquet",
        &more,
    )
}

/// A number between 0 and 1 for a person and a purpose.
fn uniform(person: u64, purpose: u64) -> f64 {
    (tidlig::evaluate::resample::stream::mix(person * 64 + purpose) >> 11) as f64 / (1_u64 << 53) as f64
}

/// Nearly normal.
fn normal(person: u64, purpose: u64) -> f64 {
    let sum: f64 = (0..6).map(|part| uniform(person, purpose * 6 + part)).sum();
    (sum - 3.0) * std::f64::consts::SQRT_2
}

/// Child: makes all data. Half of them must never be taken for the whole.
fn make(folder: &Path) -> Result<()> {
    let half = folder.with_extension("half");
    std::fs::create_dir_all(&half)?;
    million(&half)?;
    cohort(&half)?;
    Ok(std::fs::rename(half, folder)?)
}

/// Five per cent events; two scores of whom one is the better.
fn million(folder: &Path) -> Result<()> {
    let event: Vec<i32> = (0..MILLION).map(|i| i32::from(uniform(i, 60) < 0.05)).collect();
    let score = |purpose: u64, weight: f64| -> Vec<f64> {
        (0..MILLION).map(|i| normal(i, purpose) + weight * f64::from(event[i as usize])).collect()
    };
    let (a, b) = (score(0, 1.2), score(1, 1.0));
    let ids: Vec<i64> = (0..MILLION as i64).collect();
    let both: Vec<i64> = ids.iter().chain(&ids).copied().collect();
    let names = ids.iter().map(|_| "a").chain(ids.iter().map(|_| "b")).collect::<Vec<_>>();
    let values: Vec<f64> = a.iter().chain(&b).copied().collect();
    write(
        &folder.join("one.parquet"),
        vec![
            ("patient_id", Arc::new(Int64Array::from(ids.clone()))),
            ("score", Arc::new(Float64Array::from(a.clone()))),
        ],
    )?;
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("patient_id", Arc::new(Int64Array::from(both))),
        ("model", Arc::new(StringArray::from(names))),
        ("score", Arc::new(Float64Array::from(values))),
    ];
    write(&folder.join("two.parquet"), columns)?;
    write(
        &folder.join("outcomes.parquet"),
        vec![("patient_id", Arc::new(Int64Array::from(ids))), ("outcome", Arc::new(Int32Array::from(event.clone())))],
    )?;
    let bytes = |numbers: &[f64]| numbers.iter().flat_map(|number| number.to_le_bytes()).collect::<Vec<u8>>();
    std::fs::write(folder.join("a.bin"), bytes(&a))?;
    std::fs::write(folder.join("event.bin"), event.iter().map(|event| *event as u8).collect::<Vec<_>>())?;
    let text = |name: &str, header: &str, line: &dyn Fn(usize) -> String, rows: usize| -> Result<()> {
        let mut file = std::io::BufWriter::new(File::create(folder.join(name))?);
        writeln!(file, "{header}")?;
        (0..rows).try_for_each(|row| writeln!(file, "{}", line(row)))?;
        Ok(file.flush()?)
    };
    let n = MILLION as usize;
    text("wide.csv", "event,a,b", &|i| format!("{},{},{}", event[i], a[i], b[i]), n)?;
    text("outcomes.csv", "patient_id,outcome", &|i| format!("{i},{}", event[i]), n)?;
    let long =
        |row: usize| if row < n { format!("{row},a,{}", a[row]) } else { format!("{},b,{}", row - n, b[row - n]) };
    text("two.csv", "patient_id,model,score", &long, 2 * n)
}

/// Ten point scores of a need that grows with age, and all that subgroups ask for.
fn cohort(folder: &Path) -> Result<()> {
    let day = 20_454;
    let persons = || 0..PATIENTS;
    let age = |i: u64| (uniform(i, 0) * 98.0).floor();
    let need = |i: u64| (normal(i, 1) * 0.8 + age(i) / 40.0).exp();
    let event = |i: u64| uniform(i, 2) < 1.0 / (1.0 + (4.6 - 0.25 * need(i) - 0.02 * age(i)).exp());
    let ids: ArrayRef = Arc::new(Int64Array::from_iter_values(persons().map(|i| i as i64)));
    let days: ArrayRef = Arc::new(Date32Array::from(vec![day; PATIENTS as usize]));
    let follow = |i: u64| if event(i) || uniform(i, 3) < 0.1 { (uniform(i, 4) * 364.0) as i32 + 1 } else { 365 };
    let words = |of: &dyn Fn(u64) -> String| -> ArrayRef { Arc::new(StringArray::from_iter_values(persons().map(of))) };
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("patient_id", ids.clone()),
        ("index_day", days),
        ("outcome", Arc::new(Int32Array::from_iter_values(persons().map(|i| i32::from(event(i)))))),
        ("outcome_days", Arc::new(Int32Array::from_iter_values(persons().map(follow)))),
    ];
    write(&folder.join("cohort-outcomes.parquet"), columns)?;
    let groups = ["", "", "chronic", "frail", "chronic;frail", "mental"];
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("patient_id", ids),
        ("age", Arc::new(Float64Array::from_iter_values(persons().map(age)))),
        ("sex", words(&|i| if uniform(i, 5) < 0.5 { "female" } else { "male" }.to_owned())),
        ("gp_id", words(&|i| format!("gp-{:02}", (uniform(i, 6) * 20.0) as u8))),
        ("target_groups", words(&|i| groups[(uniform(i, 7) * 6.0) as usize].to_owned())),
        ("quiet", words(&|i| u8::from(uniform(i, 8) < 0.1).to_string())),
    ];
    write(&folder.join("cohort-patients.parquet"), columns)?;
    let rows = || persons().flat_map(|i| (0..MODELS).map(move |model| (i, model)));
    // Each point score sees the need through a noise of its own; the last one is for the old only.
    let points = |(i, model): (u64, u64)| {
        let value = (need(i) * 2.0 + uniform(i, 10 + model) * (3.0 + model as f64)).floor();
        (model + 1 < MODELS || age(i) >= 75.0).then_some(value)
    };
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("patient_id", Arc::new(Int64Array::from_iter_values(rows().map(|(i, _)| i as i64)))),
        ("index_day", Arc::new(Date32Array::from_iter_values(rows().map(|_| day)))),
        ("model", Arc::new(StringArray::from_iter_values(rows().map(|(_, model)| format!("rule-set-{model}"))))),
        ("value", Arc::new(rows().map(points).collect::<Float64Array>())),
    ];
    write(&folder.join("cohort-scores.parquet"), columns)
}

fn write(path: &Path, columns: Vec<(&str, ArrayRef)>) -> Result<()> {
    let batch = RecordBatch::try_from_iter(columns)?;
    let mut writer = ArrowWriter::try_new(File::create(path)?, batch.schema(), None)?;
    writer.write(&batch)?;
    writer.close()?;
    Ok(())
}
