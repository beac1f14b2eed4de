//! From the practice's files to a journal that can be trusted.

use std::fs;
use std::path::{Path, PathBuf};

use super::disk::{self, DiskError};
use super::failure::Failure;
use super::manifest::Manifest;
use super::publish::Output;
use crate::clinical::{Day, Language};
use crate::extract::profile::Profile;
use crate::extract::{ExtractError, ExtractReport, trusted};
use crate::journal::tables::Table;
use crate::journal::whole::{self, Member};
use crate::report::about::{About, TableFacts};

/// The folder of the canonical tables in a run.
pub const JOURNAL: &str = "journal";
/// Every refused row with its reason.
pub const REFUSALS: &str = "refusals.csv";

/// Tonight's journal.
#[derive(Debug)]
pub struct Extracted {
    /// Folder of the canonical tables.
    pub journal: PathBuf,
    pub report: ExtractReport,
    pub members: Vec<Member>,
}

/// Reads the practice's extract into `<run>/journal`; the refusals stand beside it.
///
/// # Errors
/// Every fault of every file at once; the refusals known by then are kept in the output folder.
pub fn read(
    profile: &Profile,
    on: Day,
    output: &Output,
    run: &Path,
    tell: &(dyn Fn(&str) + Sync),
) -> Result<Extracted, Failure> {
    let journal = run.join(JOURNAL);
    disk::make_folder(&journal)?;
    let result = crate::extract::read(profile, on, &journal, &|progress| tell(progress.table.name()));
    let refusals = run.join(REFUSALS);
    if journal.join(REFUSALS).exists() {
        disk::rename(&journal.join(REFUSALS), &refusals)?;
    }
    let report = result.map_err(|error| match error {
        ExtractError::Files(faults) => {
            let kept = keep_refusals(&refusals, output, profile.practice.language);
            Failure::Extract(faults.message(profile.practice.language) + &kept)
        }
        ExtractError::Store(error) => Failure::Journal(error),
    })?;
    let members = whole::members(&journal)?;
    Ok(Extracted { journal, report, members })
}

/// Holds the extract against the practice's limits.
///
/// # Errors
/// Every limit that was passed; the refusals are kept in the output folder.
pub fn trust(profile: &Profile, extracted: &Extracted, on: Day, output: &Output) -> Result<(), Failure> {
    within_limits(profile, &extracted.report, on, output).map_err(|failure| match failure {
        Failure::NotTrusted(message) => {
            let refusals = extracted.journal.with_file_name(REFUSALS);
            Failure::NotTrusted(message + &keep_refusals(&refusals, output, profile.practice.language))
        }
        other => other,
    })
}

/// As [`trust`], with nothing kept.
///
/// # Errors
/// Every limit that was passed.
pub fn within_limits(profile: &Profile, report: &ExtractReport, on: Day, output: &Output) -> Result<(), Failure> {
    let before = match output.latest() {
        Some(run) => Manifest::read(&run.path)?.tables.get(Table::Patients.name()).map(|table| table.kept),
        None => None,
    };
    trusted(report, &profile.trust, before, on).map_err(|found| {
        let messages: Vec<String> = found.iter().map(|distrust| distrust.message(profile.practice.language)).collect();
        Failure::NotTrusted(messages.join("\n"))
    })
}

/// Saves the refusals of a run that is not published, so that the practice can work from them; says where they are.
fn keep_refusals(refusals: &Path, output: &Output, language: Language) -> String {
    let kept = output.root().join(REFUSALS);
    if fs::rename(refusals, &kept).is_err() {
        return String::new();
    }
    let words = match language {
        Language::Nb => "De avviste radene står i",
        Language::Nn => "Dei avviste radene står i",
        Language::En => "The refused rows stand in",
    };
    format!("\n{words} {}.", kept.display())
}

/// Removes the refusals of an earlier night that was not published; those of a published run stand in its folder.
pub fn forget_refusals(output: &Output) {
    // Nothing to remove is as good; a file that stays is replaced by the next refused night.
    let _ = fs::remove_file(output.root().join(REFUSALS));
}

impl Extracted {
    #[must_use]
    pub fn refused_rows(&self) -> u64 {
        self.report.tables.values().flat_map(|table| table.refused.values()).sum()
    }
}

/// What is told of an extract.
#[must_use]
pub fn about(report: &ExtractReport, profile: &Profile, on: Day) -> About {
    let language = profile.practice.language;
    let tables = report.tables.iter().map(|(table, counts)| {
        let mut refused: Vec<(String, u64)> =
            counts.refused.iter().map(|(reason, rows)| (reason.sentence(language), *rows)).collect();
        refused.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        TableFacts { table: *table, read: counts.read, kept: counts.kept, refused, newest: counts.newest }
    });
    let register = &report.register;
    About {
        practice: profile.practice.name.clone(),
        language,
        index_day: on,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        on_list: report.patients.saturating_sub(register.dead + register.left),
        tables: tables.collect(),
        sources: report.sources,
        scores: Vec::new(),
    }
}

impl From<whole::ReadError> for Failure {
    fn from(error: whole::ReadError) -> Failure {
        let source = std::io::Error::other(error.source);
        Failure::Output(DiskError { what: "read back", path: error.path, source })
    }
}
