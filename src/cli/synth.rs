//! `tidlig synth`: a synthetic practice or nation.

use super::exit;
use super::run::day;
use super::synth_extract::ExtractArgs;
use crate::clinical::Day;
use crate::model::fault::Style;
use crate::synth::cohort::USUAL_HISTORY;
use crate::synth::parameters::DEFAULT;
use crate::synth::{Parameters, Plan, Synth, check, write};
use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};

/// Make a synthetic cohort: journals of people who do not exist, and the truth about them in a folder of its own.
///
/// Writes DIR/journal (the canonical tables that `tidlig score --journal` reads), DIR/truth (outcomes.parquet and
/// patients.parquet, for `tidlig evaluate`) and DIR/cohort.json (what it was made of). The patient of a number is the same at
/// any number of threads and in a cohort of any size. Memory does not grow with the number of patients. With --as extract it
/// writes the files that a Norwegian practice delivers instead, with a practice.toml; several practices have a folder each.
#[derive(Debug, Args)]
pub struct SynthArgs {
    /// Patients to make.
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    pub patients: u64,
    /// Another seed makes other people.
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,
    /// Folder to write into; made when it is not there.
    #[arg(long, short, value_name = "DIR", required_unless_present_any = ["check", "show_parameters"])]
    pub out: Option<PathBuf>,
    /// What to write.
    #[arg(long = "as", value_name = "FORM", default_value = "journal")]
    pub form: Form,
    /// Parts the patients into so many practices of one size; without it the dial `practice-size` does.
    #[arg(long, value_name = "K", value_parser = clap::value_parser!(u64).range(1..))]
    pub practices: Option<u64>,
    /// Days on which patients are scored and outcomes told, yyyy-mm-dd, separated by commas. The journal ends with the last.
    #[arg(long, value_name = "DAYS", value_delimiter = ',', value_parser = day, default_value = "2025-01-01")]
    pub index_days: Vec<Day>,
    /// Days of contacts, medicines and tests before the first index day.
    #[arg(long, value_name = "DAYS", default_value_t = USUAL_HISTORY, value_parser = clap::value_parser!(i32).range(365..=3652))]
    pub history: i32,
    /// File of parameters of your own; what it does not name stays as built in.
    #[arg(long, value_name = "FILE")]
    pub parameters: Option<PathBuf>,
    /// Turns a dial, as coding=0.5 or missing=functions,acute; may be given more than once.
    #[arg(long, value_name = "DIAL=VALUE")]
    pub set: Vec<String>,
    /// Hold what was generated against what was intended; fails when a figure lies outside. Without --out nothing is written.
    #[arg(long)]
    pub check: bool,
    /// Print the built-in parameters, to begin a file of your own.
    #[arg(long)]
    pub show_parameters: bool,
    #[command(flatten)]
    pub extract: ExtractArgs,
}

/// What a cohort is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// The canonical tables as Parquet.
    Journal,
    /// Ordinary Norwegian extract files.
    Extract,
}

/// Longest stretch of index days.
const MOST_DAYS: i32 = 3652;

/// Runs the command; gives the exit code.
///
/// # Errors
/// With a message for the user.
pub fn run(args: &SynthArgs) -> Result<u8> {
    if args.show_parameters {
        print!("{DEFAULT}");
        return Ok(exit::DONE);
    }
    let parameters = match Parameters::open(args.parameters.as_deref(), &args.set) {
        Ok(parameters) => parameters,
        Err(faults) => {
            eprint!("{}", faults.render(Style::of_stderr()));
            return Ok(exit::CONFIGURATION);
        }
    };
    let synth = Synth::new(parameters, plan(args)?);
    if let (Form::Extract, Some(folder)) = (args.form, &args.out) {
        let code = super::synth_extract::run(args, &synth, folder);
        if code != exit::DONE || !args.check {
            return Ok(code);
        }
    }
    let tally = match &args.out {
        Some(folder) if args.form == Form::Journal => match written(args, &synth, folder)? {
            Some(written) => written.tally,
            None => return Ok(exit::OUTPUT),
        },
        _ => write::count(&synth, args.patients),
    };
    if !args.check {
        return Ok(exit::DONE);
    }
    let figures = check::figures(&synth, &tally);
    print!("{}", check::table(&figures));
    Ok(if figures.iter().all(check::Figure::holds) { exit::DONE } else { exit::FOUND })
}

fn plan(args: &SynthArgs) -> Result<Plan> {
    let (first, last) = args
        .index_days
        .iter()
        .fold((Day(i32::MAX), Day(i32::MIN)), |(first, last), day| (first.min(*day), last.max(*day)));
    if args.patients == 0 {
        bail!("--patients 0: at least one patient is needed");
    }
    if last.0 - first.0 > MOST_DAYS {
        bail!("--index-days: from {first} to {last} is more than ten years");
    }
    Ok(Plan {
        seed: args.seed,
        index_days: args.index_days.clone(),
        history: args.history,
        practice_size: args.practices.map(|practices| args.patients.div_ceil(practices)),
        tally: args.check,
    })
}

fn written(args: &SynthArgs, synth: &Synth, folder: &Path) -> Result<Option<write::Written>> {
    let occupied = folder.join(write::MANIFEST);
    if folder.is_dir() && std::fs::read_dir(folder).context("the output folder cannot be read")?.next().is_some() {
        // A cohort of ours may be made anew; anything else is not ours to write over.
        if !occupied.is_file() {
            bail!("{}: the folder holds something else; name an empty one", folder.display());
        }
    }
    let progress = super::log::Progress::new(true);
    let told = |done: u64| progress.step(&format!("{done} of {} patients", args.patients));
    let result = write::journal(synth, args.patients, folder, told);
    progress.end();
    match result {
        Ok(written) => {
            eprintln!("{} patients, {} facts", written.patients, written.facts);
            Ok(Some(written))
        }
        Err(error) => {
            eprintln!("{error}");
            Ok(None)
        }
    }
}
