//! Records become rows of files: semicolons, Windows-1252, CRLF, dd.mm.yyyy, as a practice's system writes them.

use super::record::{Event, Record};
use super::rng::Rng;
use super::{SEED, people::Person};
use std::collections::BTreeSet;
use tidlig::clinical::Day;

/// One file before it is written.
pub struct Table {
    pub file: &'static str,
    pub header: &'static [&'static str],
    pub rows: Vec<Row>,
    /// Written behind the header line and behind each row.
    pub line_ends: [&'static str; 2],
}

/// The cells of a row; planted patients' rows are left as they are.
pub struct Row {
    pub cells: Vec<String>,
    pub planted: bool,
    order: (Day, String),
}

impl Row {
    /// The same row once more.
    pub fn again(&self) -> Row {
        Row { cells: self.cells.clone(), planted: self.planted, order: self.order.clone() }
    }
}

impl Table {
    /// The file as it lies on the disk.
    pub fn bytes(&self) -> Vec<u8> {
        let mut text = self.header.join(";") + self.line_ends[0] + "\r\n";
        for row in &self.rows {
            let cells: Vec<String> = row.cells.iter().map(|cell| quoted(cell)).collect();
            text += &(cells.join(";") + self.line_ends[1] + "\r\n");
        }
        let (bytes, _, unmappable) = encoding_rs::WINDOWS_1252.encode(&text);
        assert!(!unmappable, "{} holds a character that Windows-1252 lacks", self.file);
        bytes.into_owned()
    }

    pub fn column(&self, name: &str) -> usize {
        self.header.iter().position(|column| *column == name).expect("a column of this file")
    }
}

fn quoted(cell: &str) -> String {
    if cell.contains([';', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

/// All files, each in the order a system would write it: the register by id, everything else by day.
pub fn tables(records: &[Record]) -> Vec<Table> {
    vec![
        patients(records),
        table("diagnoser.csv", &["PasientID", "Dato", "Kodeverk", "Kode"], records, |r| {
            r.diagnoses.iter().map(|d| (d.day, vec![d.day.norwegian(), d.system.to_owned(), d.code.clone()])).collect()
        }),
        table("epikriser.csv", EPIKRISE, records, |r| {
            r.discharges.iter().map(|d| (d.received, letter(d.day, d.received, &d.codes))).collect()
        }),
        table("legemidler.csv", MEDICINE, records, |r| r.medicines.iter().map(|m| (m.day, medicine(m))).collect()),
        contacts(records),
        table("timebok.csv", &["PasientID", "Dato", "Status"], records, |r| r.appointments.iter().map(plain).collect()),
        table("rekvisisjoner.csv", &["PasientID", "Dato", "Status"], records, |r| r.orders.iter().map(plain).collect()),
        table("akutt.csv", &["PasientID", "Dato", "Hendelse"], records, |r| r.acute.iter().map(plain).collect()),
        table("laboratorium.csv", &["PasientID", "Dato", "Kode", "Svar", "Enhet"], records, |r| {
            r.measurements
                .iter()
                .map(|m| (m.day, vec![m.day.norwegian(), m.code.to_owned(), m.value.clone(), m.unit.to_owned()]))
                .collect()
        }),
        table("funksjon.csv", &["PasientID", "Dato", "Skjema", "Variabel", "Skår"], records, |r| {
            let cells = |f: &super::record::Function| {
                vec![f.day.norwegian(), f.instrument.clone(), f.item.clone(), f.score.clone()]
            };
            r.functions.iter().map(|f| (f.day, cells(f))).collect()
        }),
        table("tjenester.csv", &["PasientID", "Tjeneste", "Fra", "Til"], records, |r| {
            r.services.iter().map(|s| (s.from, vec![s.name.clone(), s.from.norwegian(), maybe(s.until)])).collect()
        }),
        table("sperringer.csv", &["PasientID", "Del", "Gjelder", "Fra"], records, |r| {
            r.blocks.iter().map(|b| (b.from, vec![b.part.clone(), b.role.clone(), b.from.norwegian()])).collect()
        }),
    ]
}

const EPIKRISE: &[&str] = &[
    "PasientID",
    "Utskrevet",
    "Mottatt",
    "Hoveddiagnose",
    "Bidiagnose 1",
    "Bidiagnose 2",
    "Bidiagnose 3",
    "Bidiagnose 4",
    "Bidiagnose 5",
];
const MEDICINE: &[&str] = &["PasientID", "Forskrevet", "ATC", "Varer til", "Seponert", "Bruk", "Multidose"];
const PATIENT: &[&str] = &[
    "PasientID",
    "Fødselsnummer",
    "Navn",
    "Født",
    "Kjønn",
    "Fastlege",
    "Status",
    "På liste fra",
    "Død",
    "Adressesperre",
    "Ikke kontakt",
    "Ikke risikovurder",
    "Språk",
    "Bor alene",
    "Merknad",
];
const CONTACT: &[&str] = &["PasientID", "Tidspunkt", "Kontakttype", "Rolle", "Behandler"];

/// A patient's rows of one file, without the id: the day to sort by, and the cells.
type Cells = Vec<(Day, Vec<String>)>;

fn table(
    file: &'static str,
    header: &'static [&'static str],
    records: &[Record],
    cells: impl Fn(&Record) -> Cells,
) -> Table {
    let mut rows: Vec<Row> = Vec::new();
    for record in records {
        let mut seen = BTreeSet::new();
        for (day, rest) in cells(record) {
            let mut cells = vec![record.person.id.clone()];
            cells.extend(rest);
            // The same fact is written once; duplicates are a blemish, and counted there.
            if seen.insert(cells.clone()) {
                rows.push(Row { cells, planted: record.person.planted, order: (day, record.person.id.clone()) });
            }
        }
    }
    rows.sort_by(|a, b| a.order.cmp(&b.order));
    Table { file, header, rows, line_ends: ["", ""] }
}

fn patients(records: &[Record]) -> Table {
    let mut table = table("pasienter.csv", PATIENT, records, |record| vec![(Day(0), patient(&record.person))]);
    table.rows.sort_by(|a, b| a.cells[0].cmp(&b.cells[0]));
    table
}

fn patient(person: &Person) -> Vec<String> {
    let yes_no = |flag: bool| if flag { "Ja" } else { "Nei" }.to_owned();
    vec![
        person.national_id.clone(),
        person.name.clone(),
        person.born.norwegian(),
        if person.female { "K" } else { "M" }.to_owned(),
        person.gp.to_owned(),
        person.status.to_owned(),
        person.since.norwegian(),
        maybe(person.died),
        person.protection.to_owned(),
        yes_no(person.no_contact),
        yes_no(person.no_scoring),
        person.language.to_owned(),
        person.lives_alone.map(yes_no).unwrap_or_default(),
        person.remark.clone(),
    ]
}

fn contacts(records: &[Record]) -> Table {
    table("kontakter.csv", CONTACT, records, |record| {
        // The hour is there because systems write it; nothing reads it.
        let mut rng = Rng::new(SEED ^ 0x686F_7572, record.contacts.len() as u32);
        record
            .contacts
            .iter()
            .map(|contact| {
                let (hour, minute) = (rng.between(8, 15), rng.between(0, 11) * 5);
                let when = format!("{} {hour:02}:{minute:02}", contact.day.norwegian());
                let who = if contact.role == super::record::words::GP { record.person.gp } else { "" };
                (contact.day, vec![when, contact.kind.to_owned(), contact.role.to_owned(), who.to_owned()])
            })
            .collect()
    })
}

fn medicine(medicine: &super::record::Medicine) -> Vec<String> {
    vec![
        medicine.day.norwegian(),
        medicine.atc.clone(),
        medicine.until.norwegian(),
        maybe(medicine.stopped),
        medicine.usage.to_owned(),
        if medicine.multidose { "Ja" } else { "Nei" }.to_owned(),
    ]
}

fn letter(day: Day, received: Day, codes: &[String]) -> Vec<String> {
    let mut cells = vec![day.norwegian(), received.norwegian()];
    cells.extend((0..EPIKRISE.len() - 3).map(|n| codes.get(n).cloned().unwrap_or_default()));
    cells
}

fn plain(event: &Event) -> (Day, Vec<String>) {
    (event.day, vec![event.day.norwegian(), event.kind.to_owned()])
}

fn maybe(day: Option<Day>) -> String {
    day.map(Day::norwegian).unwrap_or_default()
}
