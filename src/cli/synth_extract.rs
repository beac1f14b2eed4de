//! `tidlig synth --as extract`: synthetic patients as the files of practices.

use super::exit;
use super::synth::SynthArgs;
use crate::clinical::Day;
use crate::clinical::fault::{Fault, Faults};
use crate::journal::tables::Source;
use crate::model::fault::Style;
use crate::synth::extract::{Blemishes, Cast, Order, Stage, Told, write};
use crate::synth::records::PatientRecords;
use crate::synth::{Bench, Synth};
use clap::Args;
use std::cell::RefCell;
use std::path::{Path, PathBuf};

/// What only files of a practice have.
#[derive(Debug, Clone, Args)]
pub struct ExtractArgs {
    /// With --as extract: file of patients written by hand, who join the last practice. sample-data/cast.txt shows how.
    #[arg(long, value_name = "FILE", help_heading = "As extract files")]
    pub cast: Option<PathBuf>,
    /// With --as extract: how the files are damaged.
    #[arg(long, value_name = "usual|none|FILE", default_value = "usual", help_heading = "As extract files")]
    pub blemishes: String,
    /// With --as extract: folder for the truth, outcomes and damaged lines. Left out: not written.
    #[arg(long, value_name = "DIR", help_heading = "As extract files")]
    pub truth: Option<PathBuf>,
}

/// Writes the files of all practices; gives the exit code.
pub(super) fn run(args: &SynthArgs, synth: &Synth, folder: &Path) -> u8 {
    let (cast, blemishes) = match prepared(args, synth) {
        Ok(prepared) => prepared,
        Err(faults) => {
            eprint!("{}", faults.render(Style::of_stderr()));
            return exit::CONFIGURATION;
        }
    };
    let delivered = synth.law().parameters.dials.delivered;
    let missing: Vec<Source> = Source::ALL.into_iter().filter(|source| !delivered.has(*source)).collect();
    let order = Order {
        folder,
        truth: args.extract.truth.as_deref(),
        seed: args.seed,
        index_day: index_day(args),
        patients: args.patients,
        practices: synth.practice_of(args.patients.saturating_sub(1)) + 1,
        cast: &cast,
        blemishes: &blemishes,
        missing: &missing,
    };
    written(&order, synth)
}

fn written(order: &Order<'_>, synth: &Synth) -> u8 {
    thread_local! {
        static BENCH: RefCell<Bench> = RefCell::default();
    }
    let fill = |number: u64, records: &mut PatientRecords| {
        BENCH.with_borrow_mut(|bench| synth.fill(number, bench, records));
    };
    let progress = super::log::Progress::new(true);
    let written = write(order, &fill, &|done| progress.step(&format!("{done} of {} patients", order.patients)));
    progress.end();
    match written {
        Ok(told) => {
            print!("{}", in_words(&told));
            exit::DONE
        }
        Err(error) => {
            eprintln!("{error}");
            exit::OUTPUT
        }
    }
}

/// The cast and the shares of blemishes, with the faults of both.
fn prepared(args: &SynthArgs, synth: &Synth) -> Result<(Cast, Blemishes), Faults> {
    let blemishes = match args.extract.blemishes.as_str() {
        "usual" => Blemishes::usual(),
        "none" => Ok(Blemishes::none()),
        file => text(Path::new(file)).and_then(|text| Blemishes::parse(file, &text)),
    };
    match (cast(args, synth), blemishes) {
        (Ok(cast), Ok(blemishes)) => Ok((cast, blemishes)),
        (cast, blemishes) => {
            let mut faults = cast.err().unwrap_or_default();
            faults.extend(blemishes.err().unwrap_or_default());
            Err(faults)
        }
    }
}

fn cast(args: &SynthArgs, synth: &Synth) -> Result<Cast, Faults> {
    let Some(path) = &args.extract.cast else { return Ok(Cast::none(synth.words())) };
    // The cast comes last: its ids go on where those of the others end.
    let last = synth.patient(args.patients.saturating_sub(1)).person;
    let id = |number: u64| {
        let further = i64::try_from(number.saturating_sub(last.number)).unwrap_or(i64::MAX);
        last.patient_id.saturating_add(further)
    };
    let doctors = synth.law().parameters.lists.gps;
    let stage = Stage { index_day: index_day(args), doctors, first: args.patients, id: &id };
    Cast::parse(&path.display().to_string(), &text(path)?, synth.words(), &stage)
}

fn index_day(args: &SynthArgs) -> Day {
    args.index_days.iter().copied().max().unwrap_or(Day(0))
}

fn text(path: &Path) -> Result<String, Faults> {
    std::fs::read_to_string(path).map_err(|error| {
        let mut faults = Faults::new();
        let message = format!("the file cannot be read: {error}");
        faults.push(Fault::new(&path.display().to_string(), 0..0, message, "not readable"));
        faults
    })
}

/// Rows of each file, and how often each blemish stands in it.
fn in_words(told: &Told) -> String {
    let files = told.rows.iter().map(|(file, rows)| format!("{:<20} {rows:>9} rows\n", file.name()));
    let blemishes =
        told.blemishes().into_iter().map(|(file, what, count)| format!("{:<20} {count:>9} {what}\n", file.name()));
    files.chain(["\n".to_owned()]).chain(blemishes).collect()
}
