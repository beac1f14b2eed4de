//! Patients with a purpose: written by hand, one block each, in words a clinician can read and change, and set among the
//! generated ones. `sample-data/cast.txt` explains the words.

use super::cast_facts::{Facts, What};
use super::lines::can_be_written;
use super::words::FileWords;
use crate::clinical::fault::{Fault, Faults};
use crate::clinical::{Day, Sex};
use crate::synth::records::{ListStatus, PatientRecords, Protection};
use crate::synth::words::Words;
use std::ops::Range;

/// Where the cast is set.
pub struct Stage<'a> {
    /// Facts must lie before this day, but for booked appointments.
    pub index_day: Day,
    /// GPs of the practice.
    pub doctors: u32,
    /// The cohort's number of the first member; the others follow.
    pub first: u64,
    /// `patient_id` of a number.
    pub id: &'a dyn Fn(u64) -> i64,
}

/// One of the cast. She has no truth: nobody knows what becomes of her.
#[derive(Debug, Clone)]
pub struct Member {
    /// `surname, first name`.
    pub name: String,
    pub records: PatientRecords,
}

/// All of them, and the cohort's words with those that the cast adds.
#[derive(Debug, Clone)]
pub struct Cast {
    pub words: Words,
    pub members: Vec<Member>,
}

impl Cast {
    /// Nobody but the generated patients.
    #[must_use]
    pub fn none(words: &Words) -> Cast {
        Cast { words: words.clone(), members: Vec::new() }
    }

    /// Reads the cast.
    ///
    /// # Errors
    /// Every line that is no patient and no fact, or of a day that cannot be, with its place.
    pub fn parse(file: &str, text: &str, words: &Words, stage: &Stage<'_>) -> Result<Cast, Faults> {
        let mut reading = Reading { file, faults: Faults::new(), stage, cast: Cast::none(words) };
        reading.faults.add_source(file, text);
        let file_words = FileWords::new();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let span = at..at + line.trim_end().len();
            at += line.len();
            match line.trim() {
                "" => {}
                remark if remark.starts_with('#') => {}
                person if person.contains('|') => reading.person(person, &span),
                fact => reading.fact(fact, &span, &file_words),
            }
        }
        for member in &mut reading.cast.members {
            in_order(&mut member.records);
        }
        reading.faults.or(reading.cast)
    }
}

struct Reading<'a> {
    file: &'a str,
    faults: Faults,
    stage: &'a Stage<'a>,
    cast: Cast,
}

impl Reading<'_> {
    fn fault(&mut self, span: &Range<usize>, message: String, help: &str) {
        self.faults.push(Fault::new(self.file, span.clone(), message, "this line").help(help));
    }

    fn person(&mut self, line: &str, span: &Range<usize>) {
        let parts: Vec<&str> = line.split('|').map(str::trim).collect();
        let shape = "name | K or M | born (2016-11-05) | GP (LEGE1) | flags";
        let mut records = PatientRecords::empty();
        let person = &mut records.person;
        person.number = self.stage.first + self.cast.members.len() as u64;
        person.patient_id = (self.stage.id)(person.number);
        let &[name, sex, born, gp, flags] = parts.as_slice() else {
            return self.fault(span, "a patient has five parts".to_owned(), shape);
        };
        let number = gp.strip_prefix("LEGE").and_then(|digits| digits.parse::<u32>().ok());
        let gp = number.and_then(|number| number.checked_sub(1)).filter(|number| *number < self.stage.doctors);
        let sex = [("K", Sex::Female), ("M", Sex::Male)].into_iter().find(|(word, _)| *word == sex);
        let born = Day::parse_iso(born).filter(|born| *born < self.stage.index_day);
        let (Some((_, sex)), Some(born), Some(gp)) = (sex, born, gp) else {
            let help = format!("{shape}; the practice has {} GPs", self.stage.doctors);
            return self.fault(span, "sex, day of birth or GP cannot be read".to_owned(), &help);
        };
        if !can_be_written(name) {
            self.fault(span, "the name has letters that Windows-1252 lacks".to_owned(), "write it without them");
        }
        (person.sex, person.birth_date, person.gp) = (sex, born, gp);
        // On the list for eleven years before the extract of two years begins, unless born later.
        person.listed_since = born.max(self.stage.index_day.plus(-4_791));
        for flag in flags.split_whitespace() {
            if !flagged(&mut records, flag) {
                let help =
                    "alone, not-alone, no_contact, no_scoring, since=DAY, died=DAY, status=Flyttet, protection=GRADE";
                self.fault(span, format!("unknown word `{flag}`"), help);
            }
        }
        self.cast.members.push(Member { name: name.to_owned(), records });
    }

    fn fact(&mut self, line: &str, span: &Range<usize>, file_words: &FileWords) {
        let Some(member) = self.cast.members.last_mut() else {
            return self.fault(span, "a fact before the first patient".to_owned(), "a patient's line comes first");
        };
        let (day, what) = line.split_once(' ').unwrap_or((line, ""));
        let Some(day) = Day::parse_iso(day) else {
            return self.fault(span, "a fact begins with a day".to_owned(), "2026-02-20 visit P76");
        };
        let ahead = day >= self.stage.index_day && !what.starts_with("booked");
        if ahead || day < member.records.person.birth_date {
            let message = format!("the day lies {}", if ahead { "after the extract" } else { "before her birth" });
            return self.fault(span, message, "facts lie between birth and the day before the index day");
        }
        let mut facts = Facts {
            records: &mut member.records,
            words: &mut self.cast.words,
            file_words,
            index_day: self.stage.index_day,
        };
        if let Err(What { message, help }) = facts.take(day, what.trim()) {
            self.fault(span, message, help);
        }
    }
}

fn flagged(records: &mut PatientRecords, flag: &str) -> bool {
    let person = &mut records.person;
    let (word, value) = flag.split_once('=').unwrap_or((flag, ""));
    match (word, Day::parse_iso(value)) {
        ("alone", _) => person.lives_alone = Some(true),
        ("not-alone", _) => person.lives_alone = Some(false),
        ("no_contact", _) => person.no_contact = true,
        ("no_scoring", _) => person.no_scoring = true,
        ("since", Some(day)) => person.listed_since = day,
        ("died", Some(day)) => (person.status, person.died_on) = (ListStatus::Dead, Some(day)),
        ("status", _) if value == "Flyttet" => person.status = ListStatus::Moved,
        ("protection", _) => match Protection::ALL.into_iter().find(|grade| grade.name() == Some(value)) {
            Some(grade) => person.protection = grade,
            None => return false,
        },
        _ => return false,
    }
    true
}

/// Rows stand by day, as those of generated patients do; of one day, as they were written.
fn in_order(records: &mut PatientRecords) {
    records.diagnoses.sort_by_key(|row| row.date);
    records.medicines.sort_by_key(|row| row.date);
    records.contacts.sort_by_key(|row| row.date);
    records.measurements.sort_by_key(|row| row.date);
    records.functions.sort_by_key(|row| row.date);
    records.services.sort_by_key(|row| row.from);
    records.blocks.sort_by_key(|row| row.from);
}
