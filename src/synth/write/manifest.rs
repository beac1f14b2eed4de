//! `cohort.json`: what a cohort was made of, so that the same bytes can be made again.

use crate::journal::store::{StoreError, private_file};
use crate::synth::cohort::Synth;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::io::Write;
use std::path::Path;

/// The file's name in a cohort's folder.
pub const MANIFEST: &str = "cohort.json";

/// What a cohort was made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CohortFile {
    pub program: String,
    pub patients: u64,
    pub seed: u64,
    /// `yyyy-mm-dd`.
    pub index_days: Vec<String>,
    /// Days of contacts, medicines and tests before the first index day.
    pub history: i32,
    pub practice_size: u64,
    /// SHA-256 of the parameters, of the file that changed them, and of the dials, as far as they were given.
    pub parameters: Vec<String>,
    /// Dials that were turned, as they were read.
    pub dials: Vec<String>,
}

pub(super) fn write(synth: &Synth, patients: u64, folder: &Path) -> Result<(), StoreError> {
    let texts = &synth.law().parameters.texts;
    let plan = synth.plan();
    let of_text = |text: &String| Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    let cohort = CohortFile {
        program: format!("tidlig {}", env!("CARGO_PKG_VERSION")),
        patients,
        seed: plan.seed,
        index_days: synth.law().timeline.index_days.iter().map(ToString::to_string).collect(),
        history: plan.history,
        practice_size: synth.practice_size(),
        parameters: texts.iter().map(of_text).collect(),
        dials: synth.law().parameters.settings.clone(),
    };
    let path = folder.join(MANIFEST);
    let written = || -> std::io::Result<()> {
        let mut text = serde_json::to_vec_pretty(&cohort)?;
        text.push(b'\n');
        private_file(&path)?.write_all(&text)
    };
    written().map_err(|source| StoreError::Io { path: path.clone(), source })
}
