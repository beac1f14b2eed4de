//! The command line.

mod access_log;
mod args;
mod canonical;
mod check;
mod consent;
mod decide;
mod evaluate;
pub mod exit;
pub mod explain;
mod index_file;
pub mod log;
pub mod models;
mod models_diff;
mod models_journal;
mod models_new;
mod models_tables;
mod resources;
pub mod run;
mod score;
mod synth;
mod synth_extract;
mod undo;
mod verify_list;

use anyhow::{Context, Result};
use args::{Args, Command};
use clap::Parser;

/// Parses the command line and does what it says; gives the exit code.
#[must_use]
pub fn main() -> u8 {
    let args = Args::parse();
    match threads(args.threads).and_then(|()| dispatch(args.command)) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{error:#}");
            exit::USAGE
        }
    }
}

fn dispatch(command: Command) -> Result<u8> {
    match command {
        Command::Run(args) => Ok(run::run(&args)),
        Command::Decide(args) => Ok(decide::run(&args)),
        Command::Consent(args) => Ok(consent::run(&args)),
        Command::Undo(args) => Ok(undo::run(&args)),
        Command::VerifyList(args) => Ok(verify_list::run(&args)),
        Command::Resources(args) => Ok(resources::run(&args)),
        Command::Log(command) => Ok(access_log::run(&command)),
        Command::Check(args) => check::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Score(args) => score::run(&args),
        Command::Evaluate(args) => evaluate::run(&args),
        Command::Synth(args) => synth::run(&args),
        Command::Models(command) => models::run(command),
    }
}

/// Sets the one thread pool.
fn threads(threads: usize) -> Result<()> {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build_global().context("the thread pool cannot be made")
}
