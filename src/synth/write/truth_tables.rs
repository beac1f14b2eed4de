//! The files of the truth: outcomes as `tidlig evaluate` takes them, and who the patients are.

use super::block::{gp_name, practice_name, push_text};
use super::dictionaries::Dictionaries;
use super::tables::Pages;
use crate::journal::encoding::{PagedFile, empty_page, flags_page, keys_page, plain_page, texts_page};
use crate::journal::store::StoreError;
use crate::synth::records::{Outcome, PatientRecords, TruthRow};
use arrow::datatypes::DataType::{Boolean, Date32, Float64, Int32, Int64, Utf8};
use arrow::datatypes::{DataType, Field, Schema};
use parquet::errors::Result;
use std::path::Path;
use std::sync::Arc;

/// The outcomes' file.
pub const OUTCOMES: &str = "outcomes.parquet";
/// The file of persons for subgroups.
pub const PEOPLE: &str = "patients.parquet";

/// Columns of the outcomes after the three that say whose row it is, and when; the third says whether a cell may be empty.
const COLUMNS: [(&str, DataType, bool); 16] = [
    ("decline", Boolean, false),
    ("decline_days", Int32, false),
    ("decline_registered", Boolean, false),
    ("decline_registered_days", Int32, false),
    ("admission", Boolean, false),
    ("admission_days", Int32, false),
    ("death", Boolean, false),
    ("death_days", Int32, false),
    ("need", Boolean, false),
    ("need_points", Float64, false),
    ("steps_lost", Int32, false),
    ("quiet", Boolean, true),
    ("rising", Boolean, true),
    ("would_benefit", Boolean, false),
    ("complex_child", Boolean, true),
    ("child_would_benefit", Boolean, true),
];

/// Begins the file of outcomes.
pub fn outcomes(folder: &Path) -> std::result::Result<PagedFile, StoreError> {
    let mut fields = vec![
        Field::new("patient_id", Int64, false),
        Field::new("index_day", Date32, false),
        Field::new("practice_id", Utf8, false),
    ];
    fields.extend(COLUMNS.iter().map(|(name, kind, optional)| Field::new(*name, kind.clone(), *optional)));
    let dictionaries = vec![None; fields.len()];
    PagedFile::of_schema(&folder.join(OUTCOMES), &Schema::new(fields), dictionaries)
}

/// Begins the file of persons.
pub fn people(folder: &Path, words: &Dictionaries) -> std::result::Result<PagedFile, StoreError> {
    let fields = vec![
        Field::new("patient_id", Int64, false),
        Field::new("birth_date", Date32, false),
        Field::new("sex", Utf8, false),
        Field::new("gp_id", Utf8, false),
        Field::new("practice_id", Utf8, false),
        Field::new("target_groups", Utf8, true),
        Field::new("quiet", Boolean, false),
    ];
    let mut dictionaries = vec![None; fields.len()];
    dictionaries[2] = Some(Arc::clone(&words.sexes));
    PagedFile::of_schema(&folder.join(PEOPLE), &Schema::new(fields), dictionaries)
}

/// The rows of the truth of a block.
#[derive(Default)]
pub struct TruthColumns {
    ids: Vec<i64>,
    practices: Vec<u8>,
    rows: Vec<TruthRow>,
}

impl TruthColumns {
    pub fn clear(&mut self) {
        self.ids.clear();
        self.practices.clear();
        self.rows.clear();
    }

    pub fn push(&mut self, records: &PatientRecords) {
        if records.truth.is_empty() {
            return;
        }
        let practice = practice_name(records.person.practice);
        for row in &records.truth {
            self.ids.push(records.person.patient_id);
            push_text(&mut self.practices, &practice);
            self.rows.push(*row);
        }
    }

    #[must_use]
    pub fn range(&self) -> Option<(i64, i64)> {
        self.ids.first().copied().zip(self.ids.last().copied())
    }

    pub fn pages(&self) -> Result<Pages> {
        let outcome = |of: fn(&TruthRow) -> Outcome| -> Result<Pages> {
            Ok(vec![self.flags(|row| Some(of(row).happened), false)?, self.whole(|row| i32::from(of(row).days))?])
        };
        let mut pages = vec![
            plain_page(self.ids.iter().map(|id| id.to_le_bytes()), false)?,
            self.whole(|row| row.index_day.0)?,
            texts_page(&self.practices, self.ids.len(), false)?,
        ];
        pages.extend(outcome(|row| row.decline)?);
        pages.extend(outcome(|row| row.decline_registered)?);
        pages.extend(outcome(|row| row.admission)?);
        pages.extend(outcome(|row| row.death)?);
        pages.push(self.flags(|row| Some(row.in_need), false)?);
        pages.push(plain_page(self.rows.iter().map(|row| f64::from(row.need).to_le_bytes()), false)?);
        pages.push(self.whole(|row| i32::from(row.dependency))?);
        pages.push(self.flags(|row| row.quiet, true)?);
        pages.push(self.flags(|row| row.rising, true)?);
        pages.push(self.flags(|row| Some(row.would_benefit), false)?);
        pages.push(self.flags(|row| row.complex_child, true)?);
        pages.push(self.flags(|row| row.complex_child.map(|complex| complex && row.would_benefit), true)?);
        Ok(pages)
    }

    fn flags(
        &self,
        of: impl Fn(&TruthRow) -> Option<bool>,
        optional: bool,
    ) -> Result<crate::journal::encoding::EncodedPage> {
        let flags: Vec<u8> = self.rows.iter().map(|row| of(row).map_or(2, u8::from)).collect();
        flags_page(&flags, optional)
    }

    fn whole(&self, of: impl Fn(&TruthRow) -> i32) -> Result<crate::journal::encoding::EncodedPage> {
        plain_page(self.rows.iter().map(|row| of(row).to_le_bytes()), false)
    }
}

/// The persons of a block.
#[derive(Default)]
pub struct PeopleColumns {
    ids: Vec<i64>,
    births: Vec<i32>,
    sexes: Vec<u32>,
    gps: Vec<u8>,
    practices: Vec<u8>,
    groups: Vec<u8>,
    quiet: Vec<u8>,
}

impl PeopleColumns {
    pub fn clear(&mut self) {
        *self = PeopleColumns::default();
    }

    pub fn push(&mut self, records: &PatientRecords) {
        let person = &records.person;
        self.ids.push(person.patient_id);
        self.births.push(person.birth_date.0);
        self.sexes.push(person.sex as u32);
        push_text(&mut self.gps, &gp_name(person.practice, person.gp));
        push_text(&mut self.practices, &practice_name(person.practice));
        push_text(&mut self.groups, &groups(records).join(" "));
        self.quiet.push(u8::from(records.truth.iter().any(|row| row.quiet == Some(true))));
    }

    pub fn pages(&self, words: &Dictionaries) -> Result<Pages> {
        let rows = self.ids.len();
        let groups = if rows == 0 { empty_page(0)? } else { texts_page(&self.groups, rows, true)? };
        Ok(vec![
            plain_page(self.ids.iter().map(|id| id.to_le_bytes()), false)?,
            plain_page(self.births.iter().map(|day| day.to_le_bytes()), false)?,
            keys_page(&self.sexes, words.sexes.entries(), false)?,
            texts_page(&self.gps, rows, false)?,
            texts_page(&self.practices, rows, false)?,
            groups,
            flags_page(&self.quiet, false)?,
        ])
    }
}

/// What was planted in someone, on any of the index days.
fn groups(records: &PatientRecords) -> Vec<&'static str> {
    let any = |is: fn(&TruthRow) -> bool| records.truth.iter().any(is);
    let groups = [
        ("quiet", any(|row| row.quiet == Some(true))),
        ("rising", any(|row| row.rising == Some(true))),
        ("complex_child", any(|row| row.complex_child == Some(true))),
        ("needs_help", any(|row| row.dependency > 0)),
    ];
    groups.into_iter().filter(|(_, is)| *is).map(|(name, _)| name).collect()
}
