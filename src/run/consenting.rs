//! Noting consents, and showing them.

use std::path::Path;

use super::failure::Failure;
use super::lock::RunLock;
use super::memory::{self, told};
use super::publish::Output;
use crate::clinical::Day;
use crate::extract::Profile;
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

/// Notes a consent or its withdrawal, and gives all of the person's; `None` when there was nothing to withdraw.
///
/// # Errors
/// When the store cannot be used.
pub fn consent(asked: &Consenting) -> Result<Option<Vec<Consent>>, Failure> {
    let profile = Profile::load(asked.profile).map_err(Failure::Profile)?;
    let language = profile.practice.language;
    let output = Output::open(&profile.practice.output)?;
    let _lock = RunLock::take(output.root())?;
    let mut store = memory::open(&profile, &output, asked.now)?;
    let on = asked.as_of.or(profile.practice.as_of).unwrap_or(asked.today);
    let noted = store.write(|writing| -> Result<bool, StoreError> {
        let person = Some(writing.person(asked.patient)?);
        let log = |act, why| {
            let access = Access { at: asked.now, who: asked.by, role: "", act, about: "consents", person, why };
            writing.log(&access)
        };
        match asked.what {
            None => log(Act::View, "shown").map(|()| true),
            Some((what, to)) if asked.withdraw => {
                log(Act::Undo, "withdrawn")?;
                writing.withdraw_consent(asked.patient, what, to, on)
            }
            Some((what, to)) => {
                log(Act::Decision, "given")?;
                writing.give_consent(asked.patient, what, to, on).map(|()| true)
            }
        }
    });
    if !noted.map_err(|error| told(&error, language))? {
        return Ok(None);
    }
    let all = store.consents().map_err(|error| told(&error, language))?;
    Ok(Some(all.into_iter().filter(|consent| consent.patient == asked.patient).collect()))
}
