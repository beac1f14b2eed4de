//! What was typed.

use super::access_log::LogCommand;
use super::check::CheckArgs;
use super::consent::ConsentArgs;
use super::decide::DecideArgs;
use super::evaluate::EvaluateArgs;
use super::explain::ExplainArgs;
use super::models::ModelsCommand;
use super::resources::ResourcesArgs;
use super::run::RunArgs;
use super::score::ScoreArgs;
use super::synth::SynthArgs;
use super::undo::UndoArgs;
use super::verify_list::VerifyListArgs;
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
    Decide(DecideArgs),
    Undo(UndoArgs),
    Consent(ConsentArgs),
    VerifyList(VerifyListArgs),
    Resources(ResourcesArgs),
    #[command(subcommand)]
    Log(LogCommand),
    Explain(ExplainArgs),
    Score(ScoreArgs),
    Evaluate(EvaluateArgs),
    Synth(SynthArgs),
    /// List, show and check rule sets.
    #[command(subcommand)]
    Models(ModelsCommand),
}
