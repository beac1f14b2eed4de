//! What a cohort promises, whatever its parameters.

mod parameters;
mod properties;
mod written;

use super::cohort::{Plan, Synth};
use super::parameters::Parameters;
use crate::clinical::Day;

fn days(texts: &[&str]) -> Vec<Day> {
    texts.iter().map(|text| Day::parse_iso(text).unwrap()).collect()
}

fn cohort(settings: &[&str]) -> Synth {
    with(settings, &["2025-01-01"])
}

fn with(settings: &[&str], index_days: &[&str]) -> Synth {
    let settings: Vec<String> = settings.iter().map(|setting| (*setting).to_owned()).collect();
    let parameters = Parameters::read(None, &settings).unwrap_or_else(|faults| panic!("{faults}"));
    let plan = Plan { seed: 5, index_days: days(index_days), history: 1096, practice_size: None, tally: true };
    Synth::new(parameters, plan)
}
