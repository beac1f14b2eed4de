//! A person who was selected: what the form and the journal note say of her.

use std::collections::BTreeMap;

use super::about::About;
use super::decided;
use super::habit;
use super::recent::{self, Change};
use super::row::RowView;
use super::sentence::{Reader, Speaker};
use super::trace::Secrets;
use super::view::{self, Book};
use super::words::{Word, word};
use crate::clinical::Language;
use crate::journal::patient::PatientJournal;
use crate::outreach::List;
use crate::outreach::rows::Followed;
use crate::store::Decision;

/// One selected person in words, for the coordinator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowedView {
    pub row: RowView,
    /// What was decided, in one line.
    pub decided: String,
    pub task: String,
    pub owner: String,
    pub review: String,
    /// «Hva er viktig for deg?», when it was asked.
    pub matters: String,
    pub changes: Vec<Change>,
}

/// Everyone whose form is to be filled in, in the list's order.
#[must_use]
pub fn all(list: &List, book: Book, about: &About, journals: &BTreeMap<String, PatientJournal>) -> Vec<FollowedView> {
    let secrets = Secrets::of(book.rule_sets);
    let speaker = view::speaker(list, book, about.language, Reader::Coordinator, &secrets);
    list.beside.selected.iter().map(|followed| of(followed, book, &speaker, journals)).collect()
}

fn of(followed: &Followed, book: Book, speaker: &Speaker, journals: &BTreeMap<String, PatientJournal>) -> FollowedView {
    let speaker = speaker.since(followed.row.known_since);
    let language = speaker.language;
    let journal = journals.get(&followed.row.member.id);
    let (task, owner, review, matters) = match &followed.entry.decision {
        Decision::Selected { task, owner, review_on, matters } => (
            decided::task(task, speaker.vocabulary, language),
            owner.clone(),
            habit::date(review_on.0, language),
            matters.clone().unwrap_or_default(),
        ),
        _ => Default::default(),
    };
    FollowedView {
        row: RowView::of(&followed.row, book, &speaker),
        decided: decided::told(&followed.entry, speaker.vocabulary, language),
        task,
        owner,
        review,
        matters,
        changes: journal.map_or_else(Vec::new, |journal| recent::changes(journal, book, &speaker)),
    }
}

const NOTE_TITLE: Word = word("Oppfølging vurdert, {0}", "Oppfølging vurdert, {0}", "Follow-up considered, {0}");
const NOTE_HOW: Word = word(
    "Legekontoret bruker et dataprogram (tidlig {0}) som går gjennom opplysninger i journalen etter faste, åpne regler. Det foreslår hvem vi kan spørre om de trenger oppfølging. Programmet stiller ingen diagnose og bestemmer ingenting; et menneske avgjør.",
    "Legekontoret bruker eit dataprogram (tidlig {0}) som går gjennom opplysingar i journalen etter faste, opne reglar. Det føreslår kven vi kan spørje om dei treng oppfølging. Programmet stiller ingen diagnose og bestemmer ingenting; eit menneske avgjer.",
    "The practice uses a computer program (tidlig {0}) that goes through the journal by fixed, open rules. It proposes whom we may ask whether they need follow-up. The program makes no diagnosis and decides nothing; a person decides.",
);
const NOTE_WHY: Word = word("Foreslått fordi:", "Føreslått fordi:", "Proposed because:");
const NOTE_GROUPS: Word = word("Gruppe: {0}.", "Gruppe: {0}.", "Group: {0}.");
const NOTE_DECIDED: Word = word("Avgjørelse: {0}.", "Avgjerd: {0}.", "Decision: {0}.");
const NOTE_MATTERS: Word = word("Hva er viktig for deg: {0}", "Kva er viktig for deg: {0}", "What matters to you: {0}");
const NOTE_RIGHTS: Word = word(
    "Pasienten kan si nei, kan be om ikke å bli vurdert eller kontaktet på denne måten, og kan få vite hvem som har sett opplysningene. Mener pasienten at noe er feil, rettes det i journalen.",
    "Pasienten kan seie nei, kan be om ikkje å bli vurdert eller kontakta på denne måten, og kan få vite kven som har sett opplysingane. Meiner pasienten at noko er feil, blir det retta i journalen.",
    "The patient may decline, may ask not to be assessed or contacted in this way, and may learn who has seen the data. What the patient finds wrong is corrected in the journal.",
);
const NOTE_RULES: Word = word("Regelsett: {0}.", "Regelsett: {0}.", "Rule sets: {0}.");

/// A note for the journal that clinician and patient both understand; names nobody but in the journal it goes into.
#[must_use]
pub fn note(followed: &FollowedView, about: &About) -> String {
    let language: Language = about.language;
    let row = &followed.row;
    let mut lines = vec![NOTE_TITLE.with(language, &[&habit::date(about.index_day, language)])];
    lines.push(NOTE_HOW.with(language, &[&about.program]));
    let groups: Vec<String> =
        row.groups.iter().map(|group| format!("{}, {}", group.name, group.band_and_score())).collect();
    if !groups.is_empty() {
        lines.push(NOTE_GROUPS.with(language, &[&groups.join("; ")]));
    }
    if !row.reasons.is_empty() {
        lines.push(NOTE_WHY.get(language).to_owned());
        lines.extend(row.reasons.iter().map(|reason| format!("- {}", reason.whole())));
    }
    lines.push(NOTE_DECIDED.with(language, &[&followed.decided]));
    if !followed.matters.is_empty() {
        lines.push(NOTE_MATTERS.with(language, &[&followed.matters]));
    }
    lines.push(NOTE_RIGHTS.get(language).to_owned());
    let versions: Vec<&str> =
        row.scores.iter().filter(|score| score.of_list).map(|score| score.version.as_str()).collect();
    if !versions.is_empty() {
        lines.push(NOTE_RULES.with(language, &[&versions.join(", ")]));
    }
    lines.join("\n")
}
