//! What happened to one of the cast, line by line.

use super::delivered::Delivered;
use super::words::FileWords;
use crate::clinical::code::Code;
use crate::clinical::{CodeSystem, Day};
use crate::journal::patient::Comparator;
use crate::journal::tables::ContactKind;
use crate::synth::records::{
    BlockRow, ContactRow, DiagnosisRow, DiagnosisSource, FunctionRow, MeasurementRow, MedicineRow, PatientRecords,
    Role, ServiceRow,
};
use crate::synth::words::{CodeWord, Scale, Test, Words};

/// Days of an admission of the cast, and from discharge to the letter.
const STAY: i32 = 4;
const POST: i32 = 2;
/// Days a prescription lasts when nothing else is said; at least so many beyond the index day.
const SUPPLY: i32 = 365;
const SUPPLY_LEFT: i32 = 60;
/// Greatest number of steps of a test that the cast adds.
const MOST: u16 = 60_000;

/// The tests that the cast may have, by the names it uses: code, unit and decimals.
const TESTS: [(&str, &str, &str, u8); 8] = [
    ("hb", "NOR05172", "g/dL", 1),
    ("hba1c", "NPU27300", "mmol/mol", 0),
    ("egfr", "NOR25909", "mL/min/1,73 m²", 0),
    ("creatinine", "NPU04998", "µmol/L", 0),
    ("tsh", "NPU03577", "mIU/L", 2),
    ("inr", "NPU01685", "INR", 1),
    ("weight", "WEIGHT", "kg", 1),
    ("height", "HEIGHT", "cm", 0),
];

/// Why a line is no fact, and what one looks like.
pub(super) struct What {
    pub message: String,
    pub help: &'static str,
}

type Taken = Result<(), What>;

/// Where one member's facts go.
pub(super) struct Facts<'a> {
    pub records: &'a mut PatientRecords,
    pub words: &'a mut Words,
    pub file_words: &'a FileWords,
    pub index_day: Day,
}

impl Facts<'_> {
    /// Takes in one fact.
    pub fn take(&mut self, day: Day, what: &str) -> Taken {
        let (kind, rest) = what.split_once(' ').unwrap_or((what, ""));
        match kind {
            "visit" => self.contact(day, ContactKind::Office, Role::Gp, rest),
            "home" => self.contact(day, ContactKind::Home, Role::Gp, rest),
            "video" => self.contact(day, ContactKind::Video, Role::Gp, rest),
            "message" => self.contact(day, ContactKind::Econsult, Role::Gp, rest),
            "phone" => self.contact(day, ContactKind::Phone, Role::Gp, rest),
            "nurse" => self.contact(day, ContactKind::Office, Role::Nurse, rest),
            "renewal" => self.contact(day, ContactKind::Renewal, Role::Secretary, rest),
            "missed" => self.contact(day, ContactKind::Missed, Role::None, rest),
            "recall" => self.contact(day, ContactKind::Recall, Role::None, rest),
            "booked" => self.contact(day, ContactKind::Booked, Role::None, rest),
            "not-taken" => self.contact(day, ContactKind::LabNotTaken, Role::None, rest),
            "legevakt" => self.contact(day, ContactKind::OutOfHours, Role::None, rest),
            "admitted" => {
                self.contact(day, ContactKind::EmergencyAdmission, Role::None, "")?;
                self.letter(day.plus(STAY), rest)
            }
            "letter" => self.letter(day, rest),
            "code" => self.codes(day, rest),
            "drug" => self.medicines(day, rest),
            "lab" => self.result(day, rest),
            "score" => self.score(day, rest),
            "service" => self.service(day, rest),
            "block" => self.block(day, rest),
            _ => Err(What {
                message: format!("unknown fact `{kind}`"),
                help: "visit, home, video, message, phone, nurse, renewal, code, letter, drug, lab, score, service, missed, \
                       recall, booked, not-taken, legevakt, admitted or block",
            }),
        }
    }

    fn contact(&mut self, date: Day, kind: ContactKind, role: Role, codes: &str) -> Taken {
        let recorded_on = date.min(self.index_day.plus(-1));
        self.records.contacts.push(ContactRow { date, kind, role, recorded_on });
        self.codes(date, codes)
    }

    fn codes(&mut self, date: Day, codes: &str) -> Taken {
        for code in codes.split_whitespace() {
            let code = self.code(CodeSystem::Icpc2, code)?;
            self.records.diagnoses.push(DiagnosisRow { date, code, recorded_on: date, source: DiagnosisSource::Gp });
        }
        Ok(())
    }

    fn letter(&mut self, date: Day, codes: &str) -> Taken {
        let recorded_on = date.plus(POST).min(self.index_day.plus(-1));
        for code in codes.split_whitespace() {
            let code = self.code(CodeSystem::Icd10, code)?;
            let source = DiagnosisSource::Hospital;
            self.records.diagnoses.push(DiagnosisRow { date, code, recorded_on, source });
        }
        Ok(())
    }

    fn code(&mut self, system: CodeSystem, raw: &str) -> Result<u16, What> {
        let Some(code) = Code::read(system, raw) else {
            return Err(What { message: format!("`{raw}` is no code of {}", system.name()), help: "K77 or I509" });
        };
        number_of(&mut self.words.diagnoses, CodeWord { system, code: code.as_str().to_owned() })
    }

    fn medicines(&mut self, date: Day, rest: &str) -> Taken {
        let help = "drug B01AF02 C03CA01 until 2025-11-25";
        let (list, until) = match rest.split_once(" until ") {
            Some((list, day)) => match Day::parse_iso(day.trim()) {
                Some(day) => (list, day),
                None => return Err(What { message: "no such day after `until`".to_owned(), help }),
            },
            None => (rest, date.plus(SUPPLY).max(self.index_day.plus(SUPPLY_LEFT))),
        };
        for raw in list.split_whitespace() {
            let Some(code) = Code::read(CodeSystem::Atc, raw) else {
                return Err(What { message: format!("`{raw}` is no ATC code"), help });
            };
            let atc = number_of(&mut self.words.medicines, code.as_str().to_owned())?;
            let row = MedicineRow { date, atc, until, stopped_on: None, regular: true, multidose: false };
            self.records.medicines.push(row);
        }
        Ok(())
    }

    fn result(&mut self, date: Day, rest: &str) -> Taken {
        let wrong =
            |message: &str| What { message: message.to_owned(), help: "lab hba1c 55, lab tsh 14 or lab hb 9,1" };
        let (name, value) = rest.split_once(' ').ok_or_else(|| wrong("a test and its value"))?;
        let known = TESTS.iter().find(|(known, ..)| *known == name).ok_or_else(|| wrong("unknown test"))?;
        let (_, code, unit, decimals) = *known;
        let value: f64 = value.trim().replace(',', ".").parse().map_err(|_| wrong("the value is no number"))?;
        let same = |test: &Test| test.code == code && test.unit == unit && test.decimals >= decimals;
        let at = self.words.tests.iter().position(same).unwrap_or(self.words.tests.len());
        if at == self.words.tests.len() {
            self.words.tests.push(Test { code: code.to_owned(), unit: unit.to_owned(), decimals, most: MOST });
        }
        let steps = (value * 10_f64.powi(i32::from(self.words.tests[at].decimals))).round();
        if !(0.0..=f64::from(MOST)).contains(&steps) {
            return Err(wrong("the value is too large"));
        }
        let test = u8::try_from(at).map_err(|_| wrong("too many tests"))?;
        let row = MeasurementRow { date, test, steps: steps as u16, comparator: Comparator::Exact, recorded_on: date };
        self.records.measurements.push(row);
        Ok(())
    }

    fn score(&mut self, date: Day, rest: &str) -> Taken {
        let wrong = |message: &str| What { message: message.to_owned(), help: "score CFS 5 or score IPLOS:Spise 3" };
        let (form, score) = rest.rsplit_once(' ').ok_or_else(|| wrong("a form and its score"))?;
        let (instrument, item) = form.split_once(':').unwrap_or((form, ""));
        let item = match item {
            "" => "",
            item => self.file_words.meaning(Delivered::Functions, item).ok_or_else(|| wrong("unknown item"))?,
        };
        let score = score.parse().map_err(|_| wrong("the score is no whole number up to 255"))?;
        let scale = Scale { instrument: instrument.to_owned(), item: item.to_owned() };
        let scale = number_of(&mut self.words.scales, scale)?;
        self.records.functions.push(FunctionRow { date, scale, score, recorded_on: date });
        Ok(())
    }

    fn service(&mut self, from: Day, name: &str) -> Taken {
        let Some(service) = self.file_words.meaning(Delivered::Services, name) else {
            return Err(What { message: format!("unknown service `{name}`"), help: "as practice.toml names it: HABU" });
        };
        let service = number_of(&mut self.words.services, service.to_owned())?;
        self.records.services.push(ServiceRow { from, service, until: None });
        Ok(())
    }

    fn block(&mut self, from: Day, name: &str) -> Taken {
        let Some(part) = self.file_words.meaning(Delivered::Blocks, name) else {
            return Err(What { message: format!("unknown part of a record `{name}`"), help: "block Diagnoser" });
        };
        let part = number_of(&mut self.words.parts, part.to_owned())?;
        self.records.blocks.push(BlockRow { from, part, role: Role::None });
        Ok(())
    }
}

/// The number of a word, which is added when it is new.
fn number_of<T: PartialEq, N: TryFrom<usize>>(words: &mut Vec<T>, word: T) -> Result<N, What> {
    let at = words.iter().position(|known| *known == word).unwrap_or(words.len());
    let number =
        N::try_from(at).map_err(|_| What { message: "too many different words".to_owned(), help: "use fewer" })?;
    if at == words.len() {
        words.push(word);
    }
    Ok(number)
}
