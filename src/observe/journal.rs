//! A journal folder, opened: which tables are there, and which sources they deliver.

use super::facts::{ContactFact, DiagnosisFact, FunctionFact, MeasurementFact, MedicineFact, ServiceFact};
use super::ids::IdKind;
use super::journal_files::{ReadError, TableFiles};
use super::read::Fact;
use crate::journal::patient::Person;
use crate::journal::tables::{Source, Sources, Table};
use arrow::datatypes::DataType;
use std::path::Path;

/// The tables of a journal that scoring reads. Only `patients` must be there.
#[derive(Debug, Clone)]
pub struct Journal {
    pub patients: TableFiles,
    pub diagnoses: Option<TableFiles>,
    pub medicines: Option<TableFiles>,
    pub contacts: Option<TableFiles>,
    pub measurements: Option<TableFiles>,
    pub functions: Option<TableFiles>,
    pub services: Option<TableFiles>,
}

impl Journal {
    /// Opens the Parquet tables of a folder.
    ///
    /// # Errors
    /// When there is no patients table, or a table lacks a column it must have.
    pub fn open(folder: &Path) -> Result<Journal, ReadError> {
        fn table<F: Fact>(folder: &Path) -> Result<Option<TableFiles>, ReadError> {
            TableFiles::open(folder, F::TABLE, F::COLUMNS)
        }
        let no_patients = || ReadError::NoTable { folder: folder.to_path_buf(), table: Table::Patients.name() };
        Ok(Journal {
            patients: table::<Option<Person>>(folder)?.ok_or_else(no_patients)?,
            diagnoses: table::<DiagnosisFact>(folder)?,
            medicines: table::<MedicineFact>(folder)?,
            contacts: table::<ContactFact>(folder)?,
            measurements: table::<MeasurementFact>(folder)?,
            functions: table::<FunctionFact>(folder)?,
            services: table::<ServiceFact>(folder)?,
        })
    }

    /// The sources whose table is there; all kinds of contact count as delivered with their table.
    #[must_use]
    pub fn sources(&self) -> Sources {
        let there = |source: &Source| match source.table() {
            Table::Patients => true,
            Table::Diagnoses => self.diagnoses.is_some(),
            Table::Medicines => self.medicines.is_some(),
            Table::Contacts => self.contacts.is_some(),
            Table::Measurements => self.measurements.is_some(),
            Table::Functions => self.functions.is_some(),
            Table::Services => self.services.is_some(),
            Table::Blocks => false,
        };
        Source::ALL.into_iter().filter(there).collect()
    }

    /// Leaves out tables that nothing asks of, so that they are not read.
    pub fn keep(&mut self, wanted: impl Fn(Table) -> bool) {
        let tables = [
            &mut self.diagnoses,
            &mut self.medicines,
            &mut self.contacts,
            &mut self.measurements,
            &mut self.functions,
            &mut self.services,
        ];
        for files in tables {
            if files.as_ref().is_some_and(|files| !wanted(files.table)) {
                *files = None;
            }
        }
    }

    #[must_use]
    pub fn ids(&self) -> IdKind {
        self.patients.id_kind
    }

    /// The type in which patients' ids are written back: as they came.
    #[must_use]
    pub fn id_type(&self) -> DataType {
        self.patients.id_type()
    }

    /// Rows of all tables, for showing progress.
    #[must_use]
    pub fn rows(&self) -> usize {
        let facts =
            [&self.diagnoses, &self.medicines, &self.contacts, &self.measurements, &self.functions, &self.services];
        self.patients.rows() + facts.into_iter().flatten().map(TableFiles::rows).sum::<usize>()
    }
}
