//! `tidlig evaluate`: scores against outcomes, for researchers.

use super::exit;
use crate::evaluate::input::{self, Cohort, Problems, Read};
use crate::evaluate::report::{About, card, page, tidy};
use crate::evaluate::study::settings::{Capacity, Clustering, Scope};
use crate::evaluate::study::{self, Findings, Settings};
use crate::model::RuleSet;
use crate::model::catalog::Catalog;
use crate::model::fault::Faults;
use crate::run::disk::{self, DiskError};
use crate::run::manifest::{FileEntry, file_entry};
use anyhow::{Context, Result};
use clap::Args;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// Set scores against outcomes: ranking, calibration, benefit, lists, differences and subgroups, each with its interval.
///
/// Takes scores.parquet of `tidlig score`, or anyone's Parquet or CSV with patient_id, index_day and score or probability.
/// Writes report.html, evaluation.csv, evaluation.parquet, a card for each model and manifest.json. Exit code 3 when the
/// inputs cannot be used.
#[derive(Debug, Args)]
pub struct EvaluateArgs {
    /// File with scores, or a folder with scores.parquet or scores.csv; may be given more than once.
    #[arg(long, value_name = "FILE|DIR", required_unless_present = "again")]
    pub scores: Vec<PathBuf>,
    /// File with patient_id, index_day, one column for each outcome (0 or 1), and `<outcome>_days` for its follow-up.
    #[arg(long, value_name = "FILE", required_unless_present = "again")]
    pub outcomes: Option<PathBuf>,
    /// File with patient_id, birth_date or age, sex, gp_id, target_groups, quiet: for subgroups and the baseline.
    #[arg(long, value_name = "FILE")]
    pub patients: Option<PathBuf>,
    /// Outcome columns, separated by commas; else the column `outcome`.
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub outcome: Vec<String>,
    /// Count events within so many days; those not followed so long are left out and counted.
    #[arg(long, value_name = "DAYS")]
    pub horizon: Option<f64>,
    /// Sizes of the list: contacts such as 40, or shares such as 2%.
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = Capacity::parse)]
    pub capacity: Vec<Capacity>,
    /// Thresholds of probability, separated by commas.
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = threshold)]
    pub threshold: Vec<f64>,
    /// Resamples of each bootstrap; 0 for none.
    #[arg(long, value_name = "N", default_value_t = 1_000)]
    pub resamples: usize,
    /// Seed of the resamples and of the folds.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Rows that are drawn together.
    #[arg(long, value_enum, default_value = "auto")]
    pub cluster: Clustering,
    /// Model that the others are compared with; else age and sex.
    #[arg(long, value_name = "MODEL")]
    pub reference: Option<String>,
    /// Compare every two models, not only each with the reference.
    #[arg(long)]
    pub all_pairs: bool,
    /// Model whose lower scores mean a higher risk; may be given more than once.
    #[arg(long, value_name = "MODEL")]
    pub reverse: Vec<String>,
    /// What to measure.
    #[arg(long, value_enum, default_value = "all")]
    pub scope: Scope,
    /// Folder with rule sets of your own, for their cards.
    #[arg(long, value_name = "DIR")]
    pub models_dir: Vec<PathBuf>,
    /// Evaluate again as a manifest says; its inputs must still be the same.
    #[arg(long, value_name = "MANIFEST", conflicts_with_all = ["scores", "outcomes", "patients"])]
    pub again: Option<PathBuf>,
    /// Output folder; made when it is not there.
    #[arg(long, short, value_name = "DIR")]
    pub output: PathBuf,
}

fn threshold(text: &str) -> Result<f64, String> {
    let known = text.parse::<f64>().ok().filter(|threshold| *threshold > 0.0 && *threshold < 1.0);
    known.ok_or_else(|| format!("`{text}` is no threshold; write a probability between 0 and 1, such as 0.1"))
}

/// Which files, and what was asked of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Asked {
    scores: Vec<PathBuf>,
    outcomes: PathBuf,
    patients: Option<PathBuf>,
    settings: Settings,
}

/// What makes the same bytes again.
#[derive(Debug, Serialize, Deserialize)]
struct Manifest {
    /// Version of the program.
    tidlig: String,
    asked: Asked,
    /// The inputs, in the order of `asked`.
    inputs: Vec<FileEntry>,
    /// Rule sets that the cards describe, by id, with the hash of their files.
    rule_sets: Vec<(String, String)>,
    outputs: Vec<FileEntry>,
}

const MANIFEST: &str = "manifest.json";

/// Runs the command; gives the exit code.
///
/// # Errors
/// With a message for the user.
pub fn run(args: &EvaluateArgs) -> Result<u8> {
    super::log::begin(false, true);
    let asked = match asked(args) {
        Ok(asked) => asked,
        Err(problems) => return Ok(told(&problems)),
    };
    let progress = super::log::Progress::new(true);
    let found = evaluated(&asked, &args.models_dir, &|step| progress.step(step));
    progress.end();
    let (findings, catalog) = match found {
        Ok(found) => found,
        Err(Refused::Inputs(problems)) => return Ok(told(&problems)),
        Err(Refused::RuleSets(faults)) => {
            eprint!("{}", faults.render(crate::model::fault::Style::of_stderr()));
            return Ok(exit::CONFIGURATION);
        }
    };
    match write(&args.output, &asked, &findings, &catalog.rule_sets) {
        Ok(()) => {
            tell(&findings, &args.output);
            Ok(exit::DONE)
        }
        Err(error) => {
            eprintln!("{error:#}");
            Ok(exit::OUTPUT)
        }
    }
}

fn told(problems: &Problems) -> u8 {
    eprintln!("{problems}");
    exit::EXTRACT
}

fn asked(args: &EvaluateArgs) -> Result<Asked, Problems> {
    if let Some(manifest) = &args.again {
        return again(manifest);
    }
    let standard = Settings::default();
    let or = |given: &Vec<f64>, standard: Vec<f64>| if given.is_empty() { standard } else { given.clone() };
    let settings = Settings {
        outcomes: args.outcome.clone(),
        horizon: args.horizon,
        resamples: args.resamples,
        seed: args.seed,
        capacities: if args.capacity.is_empty() { standard.capacities } else { args.capacity.clone() },
        thresholds: or(&args.threshold, standard.thresholds),
        cluster: args.cluster,
        reference: args.reference.clone(),
        all_pairs: args.all_pairs,
        reversed: args.reverse.clone(),
        scope: args.scope,
        folds: standard.folds,
    };
    let scores = args.scores.iter().map(|path| scores_file(path)).collect();
    Ok(Asked { scores, outcomes: args.outcomes.clone().unwrap_or_default(), patients: args.patients.clone(), settings })
}

/// A folder stands for the scores that `tidlig score` wrote into it.
fn scores_file(path: &Path) -> PathBuf {
    let inside = ["scores.parquet", "scores.csv"].map(|name| path.join(name));
    inside.into_iter().find(|file| file.is_file()).filter(|_| path.is_dir()).unwrap_or_else(|| path.to_owned())
}

/// What a manifest asks for, when its inputs are still the same.
fn again(path: &Path) -> Result<Asked, Problems> {
    let mut problems = Problems::default();
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let text =
        std::fs::read_to_string(path).map_err(|error| Problems(vec![format!("{name}: cannot be read: {error}")]))?;
    let manifest: Manifest = serde_json::from_str(&text)
        .map_err(|error| Problems(vec![format!("{name}: is no manifest of an evaluation: {error}")]))?;
    if manifest.tidlig != env!("CARGO_PKG_VERSION") {
        problems.push(&name, format!("was made by tidlig {}; this is {}", manifest.tidlig, env!("CARGO_PKG_VERSION")));
    }
    match inputs(&manifest.asked) {
        Err(error) => problems.push(&name, error),
        Ok(inputs) => {
            let changed = inputs.iter().zip(&manifest.inputs).filter(|(now, then)| now.sha256 != then.sha256);
            changed
                .for_each(|(now, _)| problems.push(&name, format!("the input `{}` is no longer the same", now.file)));
        }
    }
    problems.or(manifest.asked)
}

fn files(asked: &Asked) -> Vec<&Path> {
    let outcomes = [asked.outcomes.as_path()];
    asked.scores.iter().map(PathBuf::as_path).chain(outcomes).chain(asked.patients.as_deref()).collect()
}

fn inputs(asked: &Asked) -> Result<Vec<FileEntry>, DiskError> {
    files(asked)
        .into_iter()
        .map(|path| file_entry(path, &path.file_name().unwrap_or_default().to_string_lossy()))
        .collect()
}

/// Why nothing was evaluated.
enum Refused {
    Inputs(Problems),
    RuleSets(Faults),
}

/// The findings, and the rule sets among the models.
fn evaluated(asked: &Asked, own: &[PathBuf], step: &dyn Fn(&str)) -> Result<(Findings, Catalog), Refused> {
    step("reading");
    let cohort = read(asked).map_err(Refused::Inputs)?;
    let models: Vec<String> = cohort.models.iter().map(|model| model.name.clone()).collect();
    let catalog = Catalog::of_known(own, &models).map_err(Refused::RuleSets)?;
    let findings = study::run(&cohort, &asked.settings, step).map_err(Refused::Inputs)?;
    Ok((findings, catalog))
}

fn read(asked: &Asked) -> Result<Cohort, Problems> {
    let settings = &asked.settings;
    input::read(Read {
        scores: &asked.scores,
        outcomes: &asked.outcomes,
        patients: asked.patients.as_deref(),
        wanted: &settings.outcomes,
        horizon: settings.horizon,
        reversed: &settings.reversed,
    })
}

/// Writes everything, the manifest last.
fn write(folder: &Path, asked: &Asked, findings: &Findings, rule_sets: &[RuleSet]) -> Result<()> {
    disk::make_folder(folder)?;
    let inputs = inputs(asked)?;
    let names: Vec<String> = inputs.iter().map(|input| input.file.clone()).collect();
    let about = About { findings, settings: &asked.settings, rule_sets, inputs: &names };
    let mut outputs = vec![
        ("report.html".to_owned(), page::write(&about).into_bytes()),
        ("evaluation.csv".to_owned(), tidy::csv(&findings.rows).into_bytes()),
        ("evaluation.parquet".to_owned(), tidy::parquet(&findings.rows).context("the table cannot be encoded")?),
    ];
    let mut models: Vec<(&str, Option<&str>)> = findings
        .outcomes
        .iter()
        .flat_map(|outcome| &outcome.models)
        .map(|model| (model.name.as_str(), model.version.as_deref()))
        .collect();
    models.sort_unstable();
    models.dedup();
    for (model, version) in &models {
        outputs.push((card::file_name(model), card::write(&about, model, *version).into_bytes()));
    }
    let mut entries = Vec::new();
    for (name, bytes) in outputs {
        let path = folder.join(&name);
        disk::write(&path, &bytes)?;
        entries.push(file_entry(&path, &name)?);
    }
    let described = rule_sets.iter().filter(|set| models.iter().any(|(model, _)| *model == set.id));
    let manifest = Manifest {
        tidlig: env!("CARGO_PKG_VERSION").to_owned(),
        asked: asked.clone(),
        inputs,
        rule_sets: described.map(|set| (set.id.clone(), set.hash.clone())).collect(),
        outputs: entries,
    };
    let mut text = serde_json::to_vec_pretty(&manifest).context("the manifest cannot be written")?;
    text.push(b'\n');
    disk::write(&folder.join(MANIFEST), &text)?;
    Ok(())
}

fn tell(findings: &Findings, folder: &Path) {
    for outcome in &findings.outcomes {
        eprintln!("{}: {} rows, {} events, {} models", outcome.name, outcome.n, outcome.events, outcome.models.len());
    }
    findings.notes.iter().for_each(|note| eprintln!("{note}"));
    eprintln!("{}", folder.join("report.html").display());
}
