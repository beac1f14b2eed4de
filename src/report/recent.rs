//! What happened to one person in the last months, from her own journal: for the form that is filled in with her.
//!
//! Only facts that some rule asks for are told, by the name the rule has for them; what the coordinator may not see is left
//! out altogether.

use super::evidence::cite;
use super::habit;
use super::sentence::{Reader, Speaker};
use super::trace;
use super::view::Book;
use super::words::{Word, word};
use crate::clinical::Day;
use crate::journal::patient::PatientJournal;
use crate::journal::tables::{ContactKind, Source};
use crate::model::ruleset::InputId;
use crate::score::result::Fact;

/// Days that count as recent (DOMAIN.md: changes in the last 90 days).
pub const RECENT: i32 = 90;

const NEW_DIAGNOSIS: Word = word("Ny diagnose", "Ny diagnose", "New diagnosis");
const NEW_MEDICINE: Word = word("Nytt legemiddel", "Nytt legemiddel", "New medicine");
const STOPPED: Word = word("Legemiddel stoppet", "Legemiddel stoppa", "Medicine stopped");
const NEW_SERVICE: Word = word("Ny tjeneste", "Ny teneste", "New service");
const SERVICE_ENDED: Word = word("Tjeneste avsluttet", "Teneste avslutta", "Service ended");

/// One change: when, and what.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    pub on: Day,
    pub text: String,
}

/// Newest first, each once.
#[must_use]
pub fn changes(journal: &PatientJournal, book: Book, speaker: &Speaker) -> Vec<Change> {
    let teller = Teller { book, speaker };
    let mut changes = teller.diagnoses(journal);
    changes.extend(teller.medicines(journal));
    changes.extend(teller.contacts(journal));
    changes.extend(teller.services(journal));
    changes.extend(teller.functions(journal));
    changes.sort_by(|a, b| b.on.cmp(&a.on).then_with(|| a.text.cmp(&b.text)));
    changes.dedup();
    changes
}

struct Teller<'a> {
    book: Book<'a>,
    speaker: &'a Speaker<'a>,
}

impl Teller<'_> {
    fn is_recent(&self, day: Day) -> bool {
        let age = self.speaker.on.0 - day.0;
        (0..RECENT).contains(&age)
    }

    /// A fact as its change reads; `None` when nobody asks for it or the reader may not see it.
    fn change(&self, what: Option<Word>, fact: &Fact) -> Option<Change> {
        let hidden = self.speaker.reader == Reader::Coordinator && self.speaker.secrets.hides_alone(fact);
        let name = self.name(fact).filter(|_| !hidden)?;
        let cited = cite(fact, self.speaker.vocabulary, self.speaker.language);
        let what = what.map_or_else(String::new, |word| format!("{}: ", word.get(self.speaker.language)));
        let text =
            if name == cited || cited.is_empty() { format!("{what}{name}") } else { format!("{what}{name} ({cited})") };
        Some(Change { on: fact.day?, text })
    }

    /// What the rules of the list call it: the first label that some rule has for it.
    fn name(&self, fact: &Fact) -> Option<String> {
        let sets = self.book.rule_sets.iter().filter(|set| set.outreach.is_some());
        let labels =
            sets.flat_map(|set| (0..set.inputs.len()).filter_map(|input| trace::name(set, InputId(input), fact)));
        labels.map(|label| label.get(self.speaker.language).to_owned()).next()
    }

    /// A code that stands in the last 90 days and never before.
    fn diagnoses(&self, journal: &PatientJournal) -> Vec<Change> {
        let rows = journal.diagnoses.iter().filter(|row| self.is_recent(row.date));
        let new = rows.filter(|row| {
            let same = journal.diagnoses.iter().filter(|other| other.system == row.system && other.code == row.code);
            same.map(|other| other.date).min() == Some(row.date)
        });
        new.filter_map(|row| {
            self.change(Some(NEW_DIAGNOSIS), &fact(Source::Diagnoses, row.date, row.system.name(), &row.code, None))
        })
        .collect()
    }

    fn medicines(&self, journal: &PatientJournal) -> Vec<Change> {
        let regular = journal.medicines.iter().filter(|row| row.regular != Some(false));
        let of = |day: Day, atc: &str| fact(Source::Medicines, day, crate::clinical::CodeSystem::Atc.name(), atc, None);
        let mut changes = Vec::new();
        for row in regular {
            let first = journal.medicines.iter().filter(|other| other.atc == row.atc).map(|other| other.date).min();
            if self.is_recent(row.date) && first == Some(row.date) {
                changes.extend(self.change(Some(NEW_MEDICINE), &of(row.date, &row.atc)));
            }
            if let Some(day) = row.stopped_on.filter(|day| self.is_recent(*day)) {
                changes.extend(self.change(Some(STOPPED), &of(day, &row.atc)));
            }
        }
        changes
    }

    /// Admissions, out-of-hours visits and appointments that came to nothing; the rest is no change.
    fn contacts(&self, journal: &PatientJournal) -> Vec<Change> {
        let telling = |kind: ContactKind| {
            matches!(
                kind,
                ContactKind::EmergencyAdmission
                    | ContactKind::OutOfHours
                    | ContactKind::Missed
                    | ContactKind::LabNotTaken
            )
        };
        let rows = journal.contacts.iter().filter(|row| self.is_recent(row.date) && telling(row.kind));
        let told = rows.map(|row| {
            let name = row.kind.name();
            let label = self.speaker.vocabulary.contacts.get(name);
            let label = label.map_or(name, |text| text.get(self.speaker.language));
            Change { on: row.date, text: capital(label) }
        });
        told.collect()
    }

    fn services(&self, journal: &PatientJournal) -> Vec<Change> {
        let begun = journal.services.iter().filter_map(|row| Some((row.from?, NEW_SERVICE, row)));
        let ended = journal.services.iter().filter_map(|row| Some((row.until?, SERVICE_ENDED, row)));
        let recent = begun.chain(ended).filter(|(day, _, _)| self.is_recent(*day));
        recent
            .filter_map(|(day, word, row)| {
                let of = fact(Source::Services, day, "", &row.service, None);
                let hidden = self.speaker.reader == Reader::Coordinator && self.speaker.secrets.hides_alone(&of);
                let label = cite(&of, self.speaker.vocabulary, self.speaker.language);
                (!hidden).then(|| Change { on: day, text: format!("{}: {label}", word.get(self.speaker.language)) })
            })
            .collect()
    }

    /// Scores of function, each as it was found.
    fn functions(&self, journal: &PatientJournal) -> Vec<Change> {
        let rows = journal.functions.iter().filter(|row| self.is_recent(row.date));
        let facts = rows.map(|row| fact(Source::Functions, row.date, &row.instrument, &row.item, Some(row.score)));
        let seen = facts.filter(|of| self.speaker.reader == Reader::Doctor || !self.speaker.secrets.hides_alone(of));
        seen.filter_map(|of| {
            Some(Change { on: of.day?, text: cite(&of, self.speaker.vocabulary, self.speaker.language) })
        })
        .collect()
    }
}

fn fact(source: Source, day: Day, system: &str, code: &str, value: Option<f64>) -> Fact {
    Fact {
        source,
        day: Some(day),
        system: system.to_owned(),
        code: code.to_owned(),
        value,
        unit: String::new(),
        input: 0,
        use_unstated: false,
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

impl Change {
    /// «12.01.2026 Akutt innlagt».
    #[must_use]
    pub fn told(&self, language: crate::clinical::Language) -> String {
        format!("{} {}", habit::date(self.on, language), self.text)
    }
}
