//! Everything a run would stumble over, found without a run: nothing of the practice's is written or changed.

use std::path::{Path, PathBuf};

use super::deciding::Desk;
use super::disk::Temporary;
use super::extracting;
use super::failure::Failure;
use super::key;
use super::memory;
use super::publish::Output;
use super::rules::{self, Rules};
use crate::clinical::{Day, Faults, Language};
use crate::extract::{ExtractError, ExtractReport, Profile};
use crate::report::checked::{Findings, RefusedAt};

/// What is to be checked.
pub struct Check<'a> {
    /// The practice's `practice.toml`.
    pub profile: &'a Path,
    /// Folders of rule sets beside those that the profile names.
    pub models: &'a [PathBuf],
    /// Wins over the profile's own index day.
    pub as_of: Option<Day>,
    /// The index day when neither says one.
    pub today: Day,
    /// Told what is being done, for a progress bar.
    pub tell: &'a (dyn Fn(&str) + Sync),
}

/// What a check found.
#[derive(Debug, Default)]
pub struct Checked {
    /// What the extract holds, when it could be read.
    pub findings: Option<Findings>,
    /// Everything that would keep a run from being published, in the order a run would meet it.
    pub failures: Vec<Failure>,
    /// What is not wrong with the rule sets, but should be looked at.
    pub warnings: Faults,
}

/// Checks profile, rule sets, output folder, resources, store, inbox and extract; one that fails does not hide the next.
#[must_use]
pub fn check(asked: &Check) -> Checked {
    let mut checked = Checked::default();
    let profile = match Profile::load(asked.profile) {
        Ok(profile) => profile,
        Err(faults) => {
            checked.failures.push(Failure::Profile(faults));
            return checked;
        }
    };
    let rules = checked.take(rules::looked_at(&profile, asked.models)).map(|(rules, warnings)| {
        checked.warnings = warnings;
        rules
    });
    let output = checked.take(Output::existing(&profile.practice.output).map_err(Failure::from));
    checked.take(key::present(&profile.practice.output).map_err(Failure::from));
    let on = asked.as_of.or(profile.practice.as_of).unwrap_or(asked.today);
    let waiting = checked.remembered(&profile, rules.as_ref(), output.as_ref(), on);
    let Some(report) = checked.take(extract(&profile, on, asked.tell)) else { return checked };
    let trusted = output.and_then(|output| checked.take(extracting::within_limits(&profile, &report, on, &output)));
    checked.findings = Some(Findings {
        about: extracting::about(&report, &profile, on),
        rule_sets: rules.map(|rules| rules.rule_sets.len()),
        noticed: report.findings.iter().map(|(finding, times)| (finding.name(), *times)).collect(),
        refused_at: refused_at(&report, profile.practice.language),
        waiting,
        trusted: trusted.is_some(),
    });
    checked
}

/// Reads the extract as a run does, into a folder that only the owner can enter and that is gone afterwards.
fn extract(profile: &Profile, on: Day, tell: &(dyn Fn(&str) + Sync)) -> Result<ExtractReport, Failure> {
    let temporary = Temporary::of_system()?;
    let read = crate::extract::read(profile, on, temporary.path(), &|progress| tell(progress.table.name()));
    read.map_err(|error| match error {
        ExtractError::Files(faults) => Failure::Extract(faults.message(profile.practice.language)),
        ExtractError::Store(error) => Failure::Journal(error),
    })
}

/// Where the first rows of each table and reason stand, in the practice's words.
fn refused_at(report: &ExtractReport, language: Language) -> Vec<RefusedAt> {
    let places = report.refused_at.iter().map(|((table, reason), places)| RefusedAt {
        table: *table,
        reason: reason.sentence(language),
        places: places.iter().map(|place| (place.file.clone(), place.line)).collect(),
    });
    places.collect()
}

impl Checked {
    /// Resources, store and inbox: how many files of the inbox would be taken in, and with how many decisions.
    fn remembered(
        &mut self,
        profile: &Profile,
        rules: Option<&Rules>,
        output: Option<&Output>,
        on: Day,
    ) -> Option<(usize, usize)> {
        let resources = self.take(memory::resources(profile, rules.map(|rules| &rules.policy)))?.unwrap_or_default();
        let temporary = self.take(Temporary::of_system().map_err(Failure::from))?;
        let (output, mut trial) = (output?, self.take(memory::trial(profile, output?, temporary.path()))?);
        let desk = self.take(Desk::of(profile, rules?, &resources, output, &trial, on, ""))?;
        let (files, decisions, failures) = self.take(desk.try_inbox(&mut trial))?;
        self.failures.extend(failures);
        (files > 0).then_some((files, decisions))
    }

    fn take<T>(&mut self, result: Result<T, Failure>) -> Option<T> {
        result.map_err(|failure| self.failures.push(failure)).ok()
    }
}
