//! All facts of one patient, before they become rows of files.

use super::calendar::{index_day, open_day};
use super::people::Person;
use tidlig::clinical::Day;

/// The words of the practice's system; `practice.toml` maps them to the canonical ones.
pub mod words {
    pub const OFFICE: &str = "Konsultasjon";
    pub const HOME: &str = "Sykebesøk";
    pub const VIDEO: &str = "Videokonsultasjon";
    pub const MESSAGE: &str = "E-konsultasjon";
    pub const PHONE: &str = "Telefonkontakt";
    pub const RENEWAL: &str = "Reseptfornyelse";
    pub const RELATIVES: &str = "Samtale med pårørende";
    pub const GP: &str = "Lege";
    pub const NURSE: &str = "Sykepleier";
    pub const SECRETARY: &str = "Legesekretær";
    pub const MISSED: &str = "Ikke møtt";
    pub const CANCELLED: &str = "Avbestilt";
    pub const BOOKED: &str = "Bestilt";
    pub const RECALL: &str = "Innkalling sendt";
    pub const NOT_TAKEN: &str = "Rekvirert, ikke tatt";
    pub const ADMISSION: &str = "Øyeblikkelig hjelp-innleggelse";
    pub const OUT_OF_HOURS: &str = "Legevakt";
    pub const REGULAR: &str = "Fast";
    pub const AS_NEEDED: &str = "Behov";
}

/// A diagnosis the GP set.
pub struct Diagnosis {
    pub day: Day,
    pub system: &'static str,
    pub code: String,
}

/// A discharge letter: it counts from the day the practice received it.
pub struct Discharge {
    pub day: Day,
    pub received: Day,
    pub codes: Vec<String>,
}

/// A prescription.
pub struct Medicine {
    pub day: Day,
    pub until: Day,
    pub stopped: Option<Day>,
    pub atc: String,
    pub usage: &'static str,
    pub multidose: bool,
}

/// A contact, an appointment, a recall, an order or an acute event: a day, a kind and who.
pub struct Event {
    pub day: Day,
    pub kind: &'static str,
    pub role: &'static str,
}

/// A result as the laboratory writes it.
pub struct Measurement {
    pub day: Day,
    pub code: &'static str,
    pub value: String,
    pub unit: &'static str,
}

/// One item of a form, or its total when `item` is empty.
pub struct Function {
    pub day: Day,
    pub instrument: String,
    pub item: String,
    pub score: String,
}

/// A service or plan.
pub struct Service {
    pub name: String,
    pub from: Day,
    pub until: Option<Day>,
}

/// A blocked part of the record.
pub struct Block {
    pub part: String,
    pub role: String,
    pub from: Day,
}

/// One patient.
pub struct Record {
    pub person: Person,
    pub diagnoses: Vec<Diagnosis>,
    pub discharges: Vec<Discharge>,
    pub medicines: Vec<Medicine>,
    pub contacts: Vec<Event>,
    pub appointments: Vec<Event>,
    pub orders: Vec<Event>,
    pub acute: Vec<Event>,
    pub measurements: Vec<Measurement>,
    pub functions: Vec<Function>,
    pub services: Vec<Service>,
    pub blocks: Vec<Block>,
}

impl Record {
    pub fn new(person: Person) -> Record {
        Record {
            person,
            diagnoses: Vec::new(),
            discharges: Vec::new(),
            medicines: Vec::new(),
            contacts: Vec::new(),
            appointments: Vec::new(),
            orders: Vec::new(),
            acute: Vec::new(),
            measurements: Vec::new(),
            functions: Vec::new(),
            services: Vec::new(),
            blocks: Vec::new(),
        }
    }

    pub fn diagnosis(&mut self, day: Day, code: &str) {
        self.diagnoses.push(Diagnosis { day, system: "ICPC-2", code: code.to_owned() });
    }

    pub fn contact(&mut self, day: Day, kind: &'static str, role: &'static str) {
        self.contacts.push(Event { day: open_day(day), kind, role });
    }

    pub fn measure(&mut self, day: Day, code: &'static str, value: String, unit: &'static str) {
        self.measurements.push(Measurement { day, code, value, unit });
    }

    pub fn function(&mut self, day: Day, instrument: &str, item: &str, score: i32) {
        self.functions.push(Function {
            day,
            instrument: instrument.to_owned(),
            item: item.to_owned(),
            score: score.to_string(),
        });
    }

    /// Nothing happens to a patient before her birth, or after the day she died or left; only appointments are booked ahead.
    pub fn cut_off(&mut self, last: Day) {
        let alive = self.person.born..=last;
        let ahead = last.plus(1) == index_day();
        self.diagnoses.retain(|row| alive.contains(&row.day));
        self.discharges.retain(|row| alive.contains(&row.day) && row.received < index_day());
        self.medicines.retain(|row| alive.contains(&row.day));
        self.contacts.retain(|row| alive.contains(&row.day));
        self.appointments
            .retain(|row| alive.contains(&row.day) || (ahead && row.day > last && row.kind == words::BOOKED));
        self.orders.retain(|row| alive.contains(&row.day));
        self.acute.retain(|row| alive.contains(&row.day));
        self.measurements.retain(|row| alive.contains(&row.day));
        self.functions.retain(|row| alive.contains(&row.day));
        self.services.retain(|row| alive.contains(&row.from));
    }
}
