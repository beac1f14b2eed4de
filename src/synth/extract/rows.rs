//! One patient's records as rows of the twelve files.

use super::delivered::{Delivered, SECONDARY};
use super::identity::synthetic_number;
use super::names::Names;
use super::sheet::Sheet;
use super::stirred;
use super::words::FileWords;
use crate::clinical::{CodeSystem, Day, Sex};
use crate::journal::tables::{ContactKind, Source};
use crate::synth::records::{ContactRow, DiagnosisRow, DiagnosisSource, MeasurementRow, PatientRecords, Role};
use crate::synth::words::Words;
use std::borrow::Cow;
use std::borrow::Cow::{Borrowed, Owned};
use std::collections::BTreeMap;

/// Everything that rows are written with, the same for all patients of a cohort.
pub(super) struct Clerk {
    pub seed: u64,
    /// Names of the cast, by number; everyone else's are made up.
    pub cast: BTreeMap<u64, String>,
    names: Names,
    diagnoses: Vec<(&'static str, String)>,
    medicines: Vec<String>,
    tests: Vec<(String, String, usize)>,
    scales: Vec<(String, String)>,
    services: Vec<String>,
    parts: Vec<String>,
    languages: Vec<String>,
    kinds: BTreeMap<ContactKind, String>,
    roles: BTreeMap<Role, String>,
    /// As needed, and regularly.
    uses: [String; 2],
    words: FileWords,
}

impl Clerk {
    pub fn new(words: &Words, seed: u64, cast: BTreeMap<u64, String>) -> Clerk {
        let file = FileWords::new();
        let all = |names: &[String], of: Delivered| names.iter().map(|name| file.of(of, name).to_owned()).collect();
        Clerk {
            seed,
            cast,
            names: Names::new(),
            diagnoses: words.diagnoses.iter().map(|word| (word.system.name(), word.code.clone())).collect(),
            medicines: words.medicines.clone(),
            tests: words
                .tests
                .iter()
                .map(|test| {
                    let code = file.of(Delivered::Laboratory, &test.code).to_owned();
                    (code, test.unit.clone(), usize::from(test.decimals))
                })
                .collect(),
            scales: words
                .scales
                .iter()
                .map(|scale| (scale.instrument.clone(), file.of(Delivered::Functions, &scale.item).to_owned()))
                .collect(),
            services: all(&words.services, Delivered::Services),
            parts: all(&words.parts, Delivered::Blocks),
            languages: words.languages.clone(),
            kinds: ContactKind::ALL.map(|kind| (kind, file.of(place(kind), kind.name()).to_owned())).into(),
            roles: Role::ALL
                .map(|role| {
                    (role, role.name().map(|name| file.of(Delivered::Contacts, name).to_owned()).unwrap_or_default())
                })
                .into(),
            uses: ["no", "yes"].map(|word| file.of(Delivered::Medicines, word).to_owned()),
            words: file,
        }
    }

    /// Fills the sheets, which stand in the order of the files.
    pub fn write(&self, records: &PatientRecords, sheets: &mut [Sheet; 12]) {
        let id = patient_id(records.person.patient_id);
        for sheet in sheets.iter_mut() {
            sheet.clear();
            match sheet.file {
                Delivered::Register => self.register(sheet, records, &id),
                Delivered::Diagnoses => self.diagnoses(sheet, records, &id),
                Delivered::Letters => self.letters(sheet, records, &id),
                Delivered::Medicines => self.medicines(sheet, records, &id),
                Delivered::Contacts => self.contacts(sheet, records, &id),
                Delivered::Appointments | Delivered::Orders | Delivered::Acute => self.events(sheet, records, &id),
                Delivered::Laboratory => self.laboratory(sheet, records, &id),
                Delivered::Functions => self.functions(sheet, records, &id),
                Delivered::Services => self.services(sheet, records, &id),
                Delivered::Blocks => self.blocks(sheet, records, &id),
            }
        }
    }

    fn register(&self, sheet: &mut Sheet, records: &PatientRecords, id: &str) {
        let person = &records.person;
        let stirred = stirred(self.seed, person.number);
        let mut name = String::new();
        match self.cast.get(&person.number) {
            Some(given) => name.push_str(given),
            None => self.names.write(&mut name, person.sex, stirred),
        }
        let language = self.languages.get(usize::from(person.language)).map_or("", String::as_str);
        sheet.row(
            person.birth_date,
            [
                Borrowed(id),
                Owned(synthetic_number(person.number, person.birth_date, person.sex)),
                Owned(name),
                day(person.birth_date),
                Borrowed(if person.sex == Sex::Female { "K" } else { "M" }),
                doctor(person.gp),
                Borrowed(self.words.of(Delivered::Register, person.status.name())),
                day(person.listed_since),
                maybe(person.died_on),
                Borrowed(person.protection.name().unwrap_or_default()),
                yes_no(person.no_contact),
                yes_no(person.no_scoring),
                Borrowed(language),
                person.lives_alone.map_or(Borrowed(""), yes_no),
            ],
        );
    }

    fn diagnoses(&self, sheet: &mut Sheet, records: &PatientRecords, id: &str) {
        for row in records.diagnoses.iter().filter(|row| row.source == DiagnosisSource::Gp) {
            let (system, code) = &self.diagnoses[usize::from(row.code)];
            let cells = [Borrowed(id), day(row.date), Borrowed(*system), Borrowed(code.as_str()), day(row.recorded_on)];
            sheet.row(row.date, cells);
        }
    }

    /// Diagnoses of one day are one letter; the rare letter with more of them goes over two rows.
    fn letters(&self, sheet: &mut Sheet, records: &PatientRecords, id: &str) {
        let hospital: Vec<&DiagnosisRow> =
            records.diagnoses.iter().filter(|row| row.source == DiagnosisSource::Hospital).collect();
        // Some hospitals write the dot and some do not.
        let dotted = stirred(self.seed ^ 1, records.person.number).is_multiple_of(2);
        for letter in hospital.chunk_by(|a, b| (a.date, a.recorded_on) == (b.date, b.recorded_on)) {
            for page in letter.chunks(1 + SECONDARY) {
                let first = page[0];
                let codes = page.iter().map(|row| self.hospital_code(row, dotted));
                let head = [Borrowed(id), day(first.date), day(first.recorded_on)];
                sheet.row(first.recorded_on, head.into_iter().chain(codes));
            }
        }
    }

    fn hospital_code(&self, row: &DiagnosisRow, dotted: bool) -> Cow<'_, str> {
        let (system, code) = &self.diagnoses[usize::from(row.code)];
        match code.split_at_checked(3) {
            Some((group, rest)) if dotted && !rest.is_empty() && *system == CodeSystem::Icd10.name() => {
                Owned(format!("{group}.{rest}"))
            }
            _ => Borrowed(code),
        }
    }

    fn medicines(&self, sheet: &mut Sheet, records: &PatientRecords, id: &str) {
        for row in &records.medicines {
            let usage = Borrowed(&*self.uses[usize::from(row.regular)]);
            let atc = Borrowed(self.medicines[usize::from(row.atc)].as_str());
            let cells = [Borrowed(id), day(row.date), atc, day(row.until), maybe(row.stopped_on), usage];
            sheet.row(row.date, cells.into_iter().chain([yes_no(row.multidose)]));
        }
    }

    fn contacts(&self, sheet: &mut Sheet, records: &PatientRecords, id: &str) {
        for (at, row) in of(records, Delivered::Contacts).enumerate() {
            // The hour is there because systems write it; nothing reads it.
            let hour = stirred(self.seed ^ row.date.0.unsigned_abs() as u64, records.person.number + at as u64);
            let when = format!("{} {:02}:{:02}", row.date.norwegian(), 8 + hour % 8, hour / 8 % 12 * 5);
            let who = if row.role == Role::Gp { doctor(records.person.gp) } else { Borrowed("") };
            let cells =
                [Borrowed(id), Owned(when), Borrowed(&*self.kinds[&row.kind]), Borrowed(&*self.roles[&row.role])];
            sheet.row(row.date, cells.into_iter().chain([who, day(row.recorded_on)]));
        }
    }

    fn events(&self, sheet: &mut Sheet, records: &PatientRecords, id: &str) {
        for row in of(records, sheet.file) {
            sheet.row(row.date, [Borrowed(id), day(row.date), Borrowed(&*self.kinds[&row.kind]), day(row.recorded_on)]);
        }
    }

    fn laboratory(&self, sheet: &mut Sheet, records: &PatientRecords, id: &str) {
        for row in &records.measurements {
            let (code, unit, decimals) = &self.tests[usize::from(row.test)];
            let cells =
                [Borrowed(id), day(row.date), Borrowed(&**code), Owned(answer(row, *decimals)), Borrowed(&**unit)];
            sheet.row(row.date, cells.into_iter().chain([day(row.recorded_on)]));
        }
    }

    fn functions(&self, sheet: &mut Sheet, records: &PatientRecords, id: &str) {
        for row in &records.functions {
            let (instrument, item) = &self.scales[usize::from(row.scale)];
            let cells = [Borrowed(id), day(row.date), Borrowed(&**instrument), Borrowed(&**item)];
            sheet.row(row.date, cells.into_iter().chain([Owned(row.score.to_string()), day(row.recorded_on)]));
        }
    }

    fn services(&self, sheet: &mut Sheet, records: &PatientRecords, id: &str) {
        for row in &records.services {
            let name = Borrowed(&*self.services[usize::from(row.service)]);
            sheet.row(row.from, [Borrowed(id), name, day(row.from), maybe(row.until)]);
        }
    }

    fn blocks(&self, sheet: &mut Sheet, records: &PatientRecords, id: &str) {
        for row in &records.blocks {
            let whom = Borrowed(self.words.of(Delivered::Blocks, row.role.name().unwrap_or("everyone")));
            sheet.row(row.from, [Borrowed(id), Borrowed(&*self.parts[usize::from(row.part)]), whom, day(row.from)]);
        }
    }
}

/// The patient's id as the files have it: six digits, so that those of an old practice begin with a zero.
#[must_use]
pub fn patient_id(id: i64) -> String {
    format!("{id:06}")
}

/// The file that holds contacts of a kind.
fn place(kind: ContactKind) -> Delivered {
    match kind.source() {
        Source::Appointments | Source::Recalls => Delivered::Appointments,
        Source::Orders => Delivered::Orders,
        Source::Acute => Delivered::Acute,
        _ => Delivered::Contacts,
    }
}

fn of(records: &PatientRecords, file: Delivered) -> impl Iterator<Item = &ContactRow> {
    records.contacts.iter().filter(move |row| place(row.kind) == file)
}

/// The answer as a laboratory writes it: `<0,7`.
fn answer(row: &MeasurementRow, decimals: usize) -> String {
    let sign = row.comparator.sign();
    let scale = 10_u32.pow(decimals as u32);
    let steps = u32::from(row.steps);
    match decimals {
        0 => format!("{sign}{steps}"),
        _ => format!("{sign}{},{:0decimals$}", steps / scale, steps % scale),
    }
}

fn doctor(number: u32) -> Cow<'static, str> {
    Owned(format!("LEGE{}", number + 1))
}

fn day(day: Day) -> Cow<'static, str> {
    Owned(day.norwegian())
}

fn maybe(day: Option<Day>) -> Cow<'static, str> {
    day.map_or(Borrowed(""), |day| Owned(day.norwegian()))
}

fn yes_no(flag: bool) -> Cow<'static, str> {
    Borrowed(if flag { "Ja" } else { "Nei" })
}
