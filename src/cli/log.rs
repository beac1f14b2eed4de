//! What a run tells while it works: sentences on a terminal, JSON lines for a scheduler. Never a patient's value.

use std::io::{IsTerminal, stderr};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::fmt;

/// Begins logging to the standard error stream; a second call changes nothing.
///
/// On a terminal the lines are plain; with `json` each is one JSON object with a time stamp.
pub fn begin(json: bool, quiet: bool) {
    let level = if quiet { LevelFilter::WARN } else { LevelFilter::INFO };
    let base = fmt().with_max_level(level).with_writer(stderr).with_target(false);
    // A subscriber that is there already stays, as in a test that calls twice.
    let _ = if json {
        tracing::subscriber::set_global_default(base.json().flatten_event(true).with_current_span(false).finish())
    } else {
        let ansi = stderr().is_terminal();
        tracing::subscriber::set_global_default(base.without_time().with_level(false).with_ansi(ansi).finish())
    };
}

/// A line on a terminal that says what is being done, nothing elsewhere.
#[derive(Debug, Clone)]
pub struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// Hidden when logs are JSON, wished quiet, or not read by a person.
    #[must_use]
    pub fn new(shown: bool) -> Progress {
        let bar = ProgressBar::new_spinner();
        if shown && stderr().is_terminal() {
            bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(10));
            bar.enable_steady_tick(Duration::from_millis(120));
        } else {
            bar.set_draw_target(ProgressDrawTarget::hidden());
        }
        if let Ok(style) = ProgressStyle::with_template("{spinner} {elapsed} {msg}") {
            bar.set_style(style);
        }
        Progress { bar }
    }

    /// Tells what is being done now.
    pub fn step(&self, step: &str) {
        if self.bar.message() != step {
            self.bar.set_message(step.to_owned());
        }
    }

    pub fn end(&self) {
        self.bar.finish_and_clear();
    }
}
