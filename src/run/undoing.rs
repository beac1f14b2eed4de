//! Taking a decision back: an entry of its own, which leaves the one it answers as it was.

use std::path::Path;

use super::failure::Failure;
use super::lock::RunLock;
use super::memory::{self, told};
use super::publish::Output;
use crate::clinical::{Day, Language};
use crate::extract::Profile;
use crate::store::log::Access;
use crate::store::{Act, Decision, StoreError, Undo};

/// Who wants a decision taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reopens {
    /// It was written down wrongly.
    Mistake,
    Patient,
    Doctor,
}

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Undoing<'a> {
    pub profile: &'a Path,
    pub number: i64,
    pub by: &'a str,
    pub role: &'a str,
    pub why: &'a str,
    /// Asked for when a refusal is taken back.
    pub reopens: Option<Reopens>,
    pub as_of: Option<Day>,
    pub today: Day,
    /// UTC.
    pub now: &'a str,
}

/// Takes one entry back; gives the number of the entry that does so.
///
/// # Errors
/// When there is no such entry, it was taken back before, or a refusal would be reopened by nobody who may.
pub fn undo(asked: &Undoing) -> Result<i64, Failure> {
    let profile = Profile::load(asked.profile).map_err(Failure::Profile)?;
    let language = profile.practice.language;
    let output = Output::open(&profile.practice.output)?;
    let _lock = RunLock::take(output.root())?;
    let mut store = memory::open(&profile, &output, asked.now)?;
    let entry = store.entry(asked.number).map_err(|error| told(&error, language))?;
    let refuse = |words: [&'static str; 3]| Failure::Decisions(of(words, language).to_owned());
    let Some(kept) = entry else {
        return Err(refuse([
            "det finnes ingen avgjørelse med det nummeret",
            "det finst inga avgjerd med det nummeret",
            "there is no decision of that number",
        ]));
    };
    if kept.undone {
        return Err(refuse(["avgjørelsen er angret før", "avgjerda er angra før", "the decision was undone before"]));
    }
    if matches!(kept.entry.decision, Decision::Declined { .. }) && asked.reopens.is_none() {
        return Err(refuse([
            "bare pasienten selv eller fastlegen åpner igjen etter et nei: --reopened-by patient eller gp; var det en feil, --reopened-by mistake",
            "berre pasienten sjølv eller fastlegen opnar igjen etter eit nei: --reopened-by patient eller gp; var det ein feil, --reopened-by mistake",
            "only the patient or the GP reopens after a refusal: --reopened-by patient or gp; when it was a mistake, --reopened-by mistake",
        ]));
    }
    let who = match asked.reopens {
        Some(Reopens::Patient) => "patient: ",
        Some(Reopens::Doctor) => "gp: ",
        Some(Reopens::Mistake) => "mistake: ",
        None => "",
    };
    let why = format!("{who}{}", asked.why);
    let on = asked.as_of.or(profile.practice.as_of).unwrap_or(asked.today);
    let (number, by, role) = (asked.number, asked.by.to_owned(), asked.role.to_owned());
    let undo = Undo { number, on, taken_at: asked.now.to_owned(), by, role, why };
    let undone = store.write(|writing| -> Result<i64, StoreError> {
        let added = writing.undo(&undo)?;
        let about = format!("{added} undoes {number}");
        writing.log(&Access {
            at: asked.now,
            who: asked.by,
            role: asked.role,
            act: Act::Undo,
            about: &about,
            person: Some(kept.person),
            why: &undo.why,
        })?;
        Ok(added)
    });
    undone.map_err(|error| told(&error, language))
}

fn of(words: [&'static str; 3], language: Language) -> &'static str {
    match language {
        Language::Nb => words[0],
        Language::Nn => words[1],
        Language::En => words[2],
    }
}
