//! Noting consents, and showing them.

use std::path::Path;

use super::extracting::JOURNAL;
use super::failure::Failure;
use super::lock::RunLock;
use super::memory::{self, told};
use super::publish::Output;
use crate::clinical::Day;
use crate::extract::Profile;
use crate::journal::whole;
use crate::store::log::Access;
use crate::store::{Act, Consent, StoreError};

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Consenting<'a> {
    pub profile: &'a Path,
    pub patient: &'a str,
    /// What may be told, and to whom; `None` only shows what is noted.
    pub what: Option<(&'a str, &'a str)>,
    pub withdraw: bool,
    pub by: &'a str,
    pub as_of: Option<Day>,
    pub today: Day,
    /// UTC.
    pub now: &'a str,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// All of the person's consents, withdrawn ones among them.
    Consents(Vec<Consent>),
    NothingToWithdraw,
    /// Neither the newest register nor the store has such a patient; nothing was noted.
    NoSuchPatient,
}

/// Notes a consent or its withdrawal, or shows them; the access log hears of each.
///
/// # Errors
/// When the store cannot be used.
pub fn consent(asked: &Consenting) -> Result<Answer, Failure> {
    let profile = Profile::load(asked.profile).map_err(Failure::Profile)?;
    let language = profile.practice.language;
    let output = Output::open(&profile.practice.output)?;
    let _lock = RunLock::take(output.root())?;
    let mut store = memory::open(&profile, &output, asked.now)?;
    let on = asked.as_of.or(profile.practice.as_of).unwrap_or(asked.today);
    let known = store.find(asked.patient).map_err(|error| told(&error, language))?.is_some();
    if !known && !is_registered(asked.patient, &output)? {
        return Ok(Answer::NoSuchPatient);
    }
    let noted = store.write(|writing| -> Result<bool, StoreError> {
        let person = Some(writing.person(asked.patient)?);
        let log = |act, why| {
            let access = Access { at: asked.now, who: asked.by, role: "", act, about: "consents", person, why };
            writing.log(&access)
        };
        match asked.what {
            None => log(Act::View, "shown").map(|()| true),
            Some((what, to)) if asked.withdraw => {
                let withdrawn = writing.withdraw_consent(asked.patient, what, to, on)?;
                if withdrawn {
                    log(Act::Undo, "withdrawn")?;
                }
                Ok(withdrawn)
            }
            Some((what, to)) => {
                log(Act::Decision, "given")?;
                writing.give_consent(asked.patient, what, to, on).map(|()| true)
            }
        }
    });
    if !noted.map_err(|error| told(&error, language))? {
        return Ok(Answer::NothingToWithdraw);
    }
    let all = store.consents().map_err(|error| told(&error, language))?;
    Ok(Answer::Consents(all.into_iter().filter(|consent| consent.patient == asked.patient).collect()))
}

fn is_registered(patient: &str, output: &Output) -> Result<bool, Failure> {
    let journal = output.latest().map(|run| run.path.join(JOURNAL)).filter(|journal| journal.is_dir());
    let members = journal.map_or(Ok(Vec::new()), |journal| whole::members(&journal))?;
    Ok(members.iter().any(|member| member.id == patient))
}
