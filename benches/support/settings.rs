//! What was asked for on the command line of the whole runs.

use super::sink::Result;
use std::path::PathBuf;

pub struct Settings {
    pub sizes: Vec<u64>,
    pub runs: usize,
    pub threads: usize,
    /// Only pairs whose title holds this; empty: those that make sense at the size.
    pub only: String,
    /// Make the journals and measure nothing.
    pub make: bool,
    /// Where journals and results are kept.
    pub data: PathBuf,
}

impl Settings {
    /// # Errors
    /// When an option is unknown or lacks its value.
    pub fn parse(arguments: &[String]) -> Result<Settings> {
        let data = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
        let mut settings = Settings { sizes: Vec::new(), runs: 5, threads: 2, only: String::new(), make: false, data };
        let mut words = arguments.iter();
        while let Some(word) = words.next() {
            let mut value = || words.next().ok_or_else(|| format!("{word} needs a value"));
            match word.as_str() {
                "--runs" => settings.runs = value()?.parse()?,
                "--threads" => settings.threads = value()?.parse()?,
                "--only" => settings.only = value()?.clone(),
                "--data" => settings.data = PathBuf::from(value()?),
                "--make" => settings.make = true,
                size => settings.sizes.push(size.replace('_', "").parse().map_err(|_| format!("no size: {size}"))?),
            }
        }
        if settings.sizes.is_empty() {
            settings.sizes = vec![10_000, 200_000];
        }
        Ok(settings)
    }
}
