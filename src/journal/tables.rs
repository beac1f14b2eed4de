//! The canonical journal: eight tables, and the only place where a column name is written.

pub use super::sources::{ContactKind, Source, Sources};
use arrow::datatypes::{DataType, Field, Schema};

/// Version of the canonical schema, written into each journal file's metadata.
pub const SCHEMA_VERSION: &str = "1";

/// The eight tables of the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    Patients,
    Diagnoses,
    Medicines,
    Contacts,
    Measurements,
    Functions,
    Services,
    Blocks,
}

/// A column: its name, its canonical type, and whether a row is useless without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    pub name: &'static str,
    pub kind: ColumnKind,
    pub required: bool,
    pub holds: Holds,
}

/// What a column's values mean, and so how an extract's words are cleaned into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Words as they are, without outer blanks.
    Words,
    /// Words that are seldom the same twice, such as names.
    FreeWords,
    /// Lower case.
    Lower,
    /// Upper case.
    Upper,
    Patient,
    Sex,
    /// A grade of address protection.
    Protection,
    /// The register's word for where a person stands.
    Status,
    Birth,
    Death,
    /// A patient's reservation: what cannot be read counts as one.
    Reservation,
    /// The day of the fact.
    FactDay,
    OtherDay,
    Flag,
    System,
    /// A code of the system that the row names.
    Code,
    Atc,
    ContactKind,
    Value,
    Comparator,
    /// A blocked part of a record.
    Part,
}

/// What a canonical column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Text or 64-bit integer, as the extract has it.
    Id,
    Text,
    Date,
    Number,
    Flag,
}

const fn required(name: &'static str, kind: ColumnKind) -> Column {
    Column { name, kind, required: true, holds: usual(kind) }
}

const fn optional(name: &'static str, kind: ColumnKind) -> Column {
    Column { name, kind, required: false, holds: usual(kind) }
}

const fn usual(kind: ColumnKind) -> Holds {
    match kind {
        ColumnKind::Id => Holds::Patient,
        ColumnKind::Text => Holds::Words,
        ColumnKind::Date => Holds::OtherDay,
        ColumnKind::Number => Holds::Value,
        ColumnKind::Flag => Holds::Flag,
    }
}

impl Column {
    const fn holding(mut self, holds: Holds) -> Column {
        self.holds = holds;
        self
    }
}

pub const PATIENT_ID: &str = "patient_id";
/// May be mapped for the patients table: checked for quality, and asked whether it is a D-number; never written to the journal.
pub const NATIONAL_ID: &str = "national_id";
/// Whether the person's identity number is a D-number: for the selection rates, never for a score.
pub const D_NUMBER: &str = "d_number";

use ColumnKind::{Date, Flag, Id, Number, Text};

const PATIENTS: &[Column] = &[
    required(PATIENT_ID, Id),
    required("birth_date", Date).holding(Holds::Birth),
    optional("sex", Text).holding(Holds::Sex),
    optional("gp_id", Text),
    optional("list_status", Text).holding(Holds::Status),
    optional("listed_since", Date),
    optional("name", Text).holding(Holds::FreeWords),
    optional("died_on", Date).holding(Holds::Death),
    optional("address_protection", Text).holding(Holds::Protection),
    optional("no_contact", Flag).holding(Holds::Reservation),
    optional("no_scoring", Flag).holding(Holds::Reservation),
    optional("language", Text).holding(Holds::Lower),
    optional("lives_alone", Flag),
    optional("former_id", Text),
    optional(D_NUMBER, Flag),
];

const DIAGNOSES: &[Column] = &[
    required(PATIENT_ID, Id),
    required("date", Date).holding(Holds::FactDay),
    required("system", Text).holding(Holds::System),
    required("code", Text).holding(Holds::Code),
    optional("recorded_on", Date),
    optional("source", Text).holding(Holds::Lower),
    optional("encounter_id", Text).holding(Holds::FreeWords),
];

const MEDICINES: &[Column] = &[
    required(PATIENT_ID, Id),
    required("date", Date).holding(Holds::FactDay),
    required("atc", Text).holding(Holds::Atc),
    optional("until", Date),
    optional("stopped_on", Date),
    optional("regular", Flag),
    optional("multidose", Flag),
    optional("recorded_on", Date),
];

const CONTACTS: &[Column] = &[
    required(PATIENT_ID, Id),
    required("date", Date).holding(Holds::FactDay),
    required("kind", Text).holding(Holds::ContactKind),
    optional("role", Text).holding(Holds::Lower),
    optional("clinician_id", Text),
    optional("recorded_on", Date),
];

const MEASUREMENTS: &[Column] = &[
    required(PATIENT_ID, Id),
    required("date", Date).holding(Holds::FactDay),
    required("code", Text).holding(Holds::Upper),
    required("value", Number),
    optional("unit", Text),
    optional("comparator", Text).holding(Holds::Comparator),
    optional("recorded_on", Date),
];

const FUNCTIONS: &[Column] = &[
    required(PATIENT_ID, Id),
    required("date", Date).holding(Holds::FactDay),
    required("instrument", Text).holding(Holds::Upper),
    optional("item", Text).holding(Holds::Lower),
    required("score", Number),
    optional("recorded_on", Date),
];

const SERVICES: &[Column] = &[
    required(PATIENT_ID, Id),
    required("service", Text).holding(Holds::Lower),
    optional("from", Date).holding(Holds::FactDay),
    optional("until", Date),
    optional("provider", Text),
];

const BLOCKS: &[Column] = &[
    required(PATIENT_ID, Id),
    required("part", Text).holding(Holds::Part),
    optional("role", Text),
    optional("from", Date),
];

impl Table {
    pub const ALL: [Table; 8] = [
        Table::Patients,
        Table::Diagnoses,
        Table::Medicines,
        Table::Contacts,
        Table::Measurements,
        Table::Functions,
        Table::Services,
        Table::Blocks,
    ];

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Table::Patients => "patients",
            Table::Diagnoses => "diagnoses",
            Table::Medicines => "medicines",
            Table::Contacts => "contacts",
            Table::Measurements => "measurements",
            Table::Functions => "functions",
            Table::Services => "services",
            Table::Blocks => "blocks",
        }
    }

    #[must_use]
    pub fn parse(name: &str) -> Option<Table> {
        Table::ALL.into_iter().find(|table| table.name() == name)
    }

    /// The columns, in canonical order.
    #[must_use]
    pub fn columns(self) -> &'static [Column] {
        match self {
            Table::Patients => PATIENTS,
            Table::Diagnoses => DIAGNOSES,
            Table::Medicines => MEDICINES,
            Table::Contacts => CONTACTS,
            Table::Measurements => MEASUREMENTS,
            Table::Functions => FUNCTIONS,
            Table::Services => SERVICES,
            Table::Blocks => BLOCKS,
        }
    }

    #[must_use]
    pub fn column(self, name: &str) -> Option<&'static Column> {
        self.columns().iter().find(|column| column.name == name)
    }

    /// The column whose newest day tells how fresh the table is.
    #[must_use]
    pub fn date_column(self) -> Option<&'static str> {
        match self {
            Table::Patients | Table::Blocks => None,
            Table::Services => Some("from"),
            _ => Some("date"),
        }
    }

    /// The Arrow schema of the canonical file; `id` is the type of the patients' ids.
    #[must_use]
    pub fn schema(self, id: &DataType) -> Schema {
        let fields = self.columns().iter().map(|column| {
            let data_type = match column.kind {
                Id => id.clone(),
                Text => DataType::Utf8,
                Date => DataType::Date32,
                Number => DataType::Float64,
                Flag => DataType::Boolean,
            };
            Field::new(column.name, data_type, !column.required)
        });
        Schema::new(fields.collect::<Vec<_>>())
    }
}

impl Source {
    /// The table its rows stand in.
    #[must_use]
    pub fn table(self) -> Table {
        match self {
            Source::Patients => Table::Patients,
            Source::Diagnoses => Table::Diagnoses,
            Source::Medicines => Table::Medicines,
            Source::Measurements => Table::Measurements,
            Source::Functions => Table::Functions,
            Source::Services => Table::Services,
            Source::Contacts | Source::Appointments | Source::Recalls | Source::Orders | Source::Acute => {
                Table::Contacts
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_begins_with_the_patient() {
        for table in Table::ALL {
            assert_eq!(table.columns()[0].name, PATIENT_ID);
            assert_eq!(Table::parse(table.name()), Some(table));
            assert!(table.date_column().is_none_or(|name| table.column(name).is_some()));
        }
    }
}
