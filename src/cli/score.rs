//! `tidlig score`: scores only, for researchers.

use super::canonical;
use super::exit;
use super::run::day;
use crate::clinical::Day;
use crate::journal::manifest::{FILE_NAME, Manifest};
use crate::journal::tables::{Source, Sources, Table};
use crate::model::RuleSet;
use crate::model::catalog::{Catalog, with_foundations};
use crate::model::fault::Style;
use crate::observe::Journal;
use crate::observe::journal_files::ReadError;
use crate::run::Failure;
use crate::run::disk::make_folder;
use crate::score::batch::{self, Job, ScoreError};
use crate::score::days::IndexDays;
use anyhow::{Result, bail};
use clap::Args;
use std::path::{Path, PathBuf};

/// The word for every rule set.
const ALL: &str = "all";

/// Score every patient of a journal on rule sets, and write the scores as Parquet.
///
/// Reads any folder with canonical tables, Parquet or CSV; only `patients` must be there, and what another table would
/// answer is then unknown, never no. Writes scores.parquet and contributions.parquet into the output folder.
#[derive(Debug, Args)]
pub struct ScoreArgs {
    /// Folder with patients.parquet, diagnoses.parquet and so on (or .csv).
    #[arg(long, value_name = "DIR")]
    pub journal: PathBuf,
    /// Rule sets by id, separated by commas; `all` for every one.
    #[arg(long, value_name = "IDS", value_delimiter = ',', default_value = ALL)]
    pub models: Vec<String>,
    /// Folder with rule sets of your own, beside the shipped ones; may be given more than once.
    #[arg(long, value_name = "DIR")]
    pub models_dir: Vec<PathBuf>,
    /// Index day, yyyy-mm-dd; may be given more than once. Only facts recorded by that day count.
    #[arg(long, value_name = "DATE", value_parser = day, required_unless_present = "index")]
    pub as_of: Vec<Day>,
    /// CSV or Parquet file with the columns patient_id and index_day: each patient's own days.
    #[arg(long, value_name = "FILE", conflicts_with = "as_of")]
    pub index: Option<PathBuf>,
    /// Write scores only, not the lines they are made of.
    #[arg(long)]
    pub no_contributions: bool,
    /// Output folder; made when it is not there.
    #[arg(long, short, value_name = "DIR")]
    pub output: PathBuf,
}

/// Runs the command; gives the exit code.
///
/// # Errors
/// With a message for the user.
pub fn run(args: &ScoreArgs) -> Result<u8> {
    super::log::begin(false, true);
    let all = args.models.iter().any(|id| id == ALL);
    let catalog =
        if all { Catalog::without_cases(&args.models_dir) } else { Catalog::of_ids(&args.models_dir, &args.models) };
    let catalog = match catalog {
        Ok(catalog) => catalog,
        Err(faults) => {
            eprint!("{}", faults.render(Style::of_stderr()));
            return Ok(exit::CONFIGURATION);
        }
    };
    let rule_sets = chosen(catalog.rule_sets, &args.models)?;
    Ok(match scored(args, &rule_sets)? {
        Ok(scored) => {
            tell(&scored);
            exit::DONE
        }
        Err(failure) => {
            eprintln!("{failure}");
            exit::code(&failure)
        }
    })
}

/// What was scored, and from which sources.
pub(super) struct Scored {
    counts: batch::Counts,
    sources: Sources,
}

/// The inner result is what a scheduler tells apart: journal or output.
pub(super) fn scored(args: &ScoreArgs, rule_sets: &[RuleSet]) -> Result<Result<Scored, Failure>> {
    if let Err(error) = make_folder(&args.output) {
        return Ok(Err(error.into()));
    }
    let converted = match canonical::converted(&args.journal, &args.output) {
        Ok(converted) => converted,
        Err(failure) => return Ok(Err(failure)),
    };
    let folder = converted.as_ref().map_or(args.journal.as_path(), |temporary| temporary.path());
    score(args, rule_sets, folder)
}

fn score(args: &ScoreArgs, rule_sets: &[RuleSet], folder: &Path) -> Result<Result<Scored, Failure>> {
    let mut journal = match Journal::open(folder) {
        Ok(journal) => journal,
        Err(error) => return Ok(Err(unreadable(&error))),
    };
    // A journal of ours says itself which sources it delivers; another's tables say it by being there.
    let manifest = match Manifest::read(&args.journal) {
        Ok(manifest) => manifest,
        Err(error) => {
            let told = format!("{}: cannot be read: {error}", args.journal.join(FILE_NAME).display());
            return Ok(Err(Failure::Extract(told)));
        }
    };
    let sources = manifest.map_or_else(|| journal.sources(), |manifest| manifest.sources());
    journal.keep(|table| asks_of(rule_sets, table));
    let days = match &args.index {
        None => IndexDays::same(args.as_of.clone()),
        Some(file) => IndexDays::Each(super::index_file::read(file, journal.ids())?),
    };
    let job = Job { rule_sets, journal: &journal, folder, sources, days: &days, contributions: !args.no_contributions };
    Ok(match batch::score(&job, &args.output, |_, _| None::<()>) {
        Ok(scoring) => Ok(Scored { counts: scoring.counts, sources }),
        Err(ScoreError::Read(error)) => Err(unreadable(&error)),
        Err(error) => Err(error.into()),
    })
}

/// Here the journal is what was delivered, so a fault of it is a fault of the extract.
fn unreadable(error: &ReadError) -> Failure {
    Failure::Extract(error.to_string())
}

/// The rule sets that were asked for, in the catalogue's order.
fn chosen(all: Vec<RuleSet>, wanted: &[String]) -> Result<Vec<RuleSet>> {
    if wanted.iter().any(|id| id == ALL) {
        return Ok(all);
    }
    let known: Vec<String> = all.iter().map(|rule_set| rule_set.id.clone()).collect();
    if let Some(unknown) = wanted.iter().find(|id| !known.contains(id)) {
        bail!("there is no rule set `{unknown}`; known are: {}", known.join(", "));
    }
    let needed = with_foundations(wanted, &all);
    Ok(all.into_iter().filter(|rule_set| needed.contains(&rule_set.id)).collect())
}

/// Whether any rule set asks something of a table.
fn asks_of(rule_sets: &[RuleSet], table: Table) -> bool {
    let needed = |source: Source| source.table() == table;
    rule_sets.iter().any(|rule_set| crate::score::asked_sources(rule_set).any(needed))
}

fn tell(scored: &Scored) {
    let Scored { counts, sources } = scored;
    eprintln!("{} patients, {} scores, {} contributions", counts.patients, counts.scores, counts.contributions);
    if counts.reserved > 0 {
        eprintln!("{} patients asked not to be scored", counts.reserved);
    }
    if counts.unusable_rows > 0 {
        eprintln!("{} rows lack a value and were left out", counts.unusable_rows);
    }
    let missing: Vec<&str> = Source::ALL.iter().filter(|s| !sources.has(**s)).map(|s| s.name()).collect();
    if !missing.is_empty() {
        eprintln!("not delivered, so unknown: {}", missing.join(", "));
    }
}
