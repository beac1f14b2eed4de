//! What was typed.

use super::check::CheckArgs;
use super::explain::ExplainArgs;
use super::models::ModelsCommand;
use super::run::RunArgs;
use super::score::ScoreArgs;
use clap::{Parser, Subcommand};

/// Early identification of functional decline: a nightly risk-stratification engine for GP practices.
///
/// tidlig reads a practice's journal extract, scores every patient on every rule set in one pass, and writes a short ranked
/// outreach list with reasons. It proposes; a person decides. Nothing leaves the machine.
#[derive(Debug, Parser)]
#[command(name = "tidlig", version, max_term_width = 110)]
pub struct Args {
    /// Threads to use; 0 means one for each processor.
    #[arg(long, global = true, default_value_t = 0, value_name = "N")]
    pub threads: usize,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Run(RunArgs),
    Check(CheckArgs),
    Explain(ExplainArgs),
    Score(ScoreArgs),
    /// List, show and check rule sets.
    #[command(subcommand)]
    Models(ModelsCommand),
}
