//! Whole patients read back from a journal's files: the register of all, and everything of a few.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use arrow::array::{Array, ArrayRef, AsArray, BooleanArray, RecordBatch};
use arrow::compute::{cast, filter_record_batch};
use arrow::datatypes::{DataType, Date32Type, Float64Type};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use super::patient::{
    Comparator, ContactRow, DiagnosisRow, FunctionRow, MeasurementRow, MedicineRow, PatientJournal, Person, ServiceRow,
};
use super::store::file_name;
use super::tables::{ColumnKind, ContactKind, Table};
use crate::clinical::{Code, CodeSystem, Day, Sex};

/// One row of the patients table. Holds no identity number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Member {
    /// The practice's internal id, as the extract has it.
    pub id: String,
    pub person: Person,
    pub name: String,
    /// The doctor whose list the person is on.
    pub gp: String,
    /// As the register writes it; empty when unstated.
    pub list_status: String,
    /// Grade of address protection; empty when none.
    pub address_protection: String,
    /// «Do not contact me».
    pub no_contact: bool,
    /// «Do not assess my risk».
    pub no_scoring: bool,
    /// The id that the same person had before; empty when none.
    pub former_id: String,
    /// Her identity number is a D-number; `None` when the extract does not tell.
    pub d_number: Option<bool>,
}

/// A journal file that cannot be read. Never tells a patient's value.
#[derive(Debug, thiserror::Error)]
#[error("{}: cannot be read: {source}", path.display())]
pub struct ReadError {
    pub path: PathBuf,
    pub source: Box<dyn std::error::Error + Send + Sync>,
}

/// Everyone in the patients table, in journal order.
///
/// # Errors
/// When the file is missing or damaged.
pub fn members(folder: &Path) -> Result<Vec<Member>, ReadError> {
    let mut all = Vec::new();
    each_row(folder, Table::Patients, None, &mut |row| all.extend(member(row)))?;
    Ok(all)
}

/// The whole journals of some patients; a patient without a row is not among them.
///
/// # Errors
/// When a file is damaged.
pub fn journals(folder: &Path, ids: &BTreeSet<String>) -> Result<BTreeMap<String, PatientJournal>, ReadError> {
    let mut found: BTreeMap<String, PatientJournal> = BTreeMap::new();
    for table in Table::ALL {
        if table == Table::Blocks || !folder.join(file_name(table)).exists() {
            continue;
        }
        each_row(folder, table, Some(ids), &mut |row| {
            add(table, row, found.entry(row.id().to_owned()).or_default());
        })?;
    }
    Ok(found)
}

fn member(row: Row) -> Option<Member> {
    let [_, birth, sex, gp, status, since, name, died, protection, no_contact, no_scoring, _, alone, former, d_number] =
        row.cells()?;
    let person = Person {
        birth: birth.day(),
        sex: Sex::parse(sex.text()),
        lives_alone: alone.flag(),
        listed_since: since.day(),
        died_on: died.day(),
    };
    Some(Member {
        id: row.id().to_owned(),
        person,
        name: name.text().to_owned(),
        gp: gp.text().to_owned(),
        list_status: status.text().to_owned(),
        address_protection: protection.text().to_owned(),
        no_contact: no_contact.flag().unwrap_or(false),
        no_scoring: no_scoring.flag().unwrap_or(false),
        former_id: former.text().trim().to_owned(),
        d_number: d_number.flag(),
    })
}

/// A row that no rule could use, such as one of an unknown code system, is passed over.
fn add(table: Table, row: Row, journal: &mut PatientJournal) {
    match table {
        Table::Patients => journal.person = member(row).map_or(journal.person, |member| member.person),
        Table::Diagnoses => journal.diagnoses.extend(diagnosis(row)),
        Table::Medicines => journal.medicines.extend(medicine(row)),
        Table::Contacts => journal.contacts.extend(contact(row)),
        Table::Measurements => journal.measurements.extend(measurement(row)),
        Table::Functions => journal.functions.extend(function(row)),
        Table::Services => journal.services.extend(service(row)),
        Table::Blocks => {}
    }
}

fn diagnosis(row: Row) -> Option<DiagnosisRow> {
    let [_, date, system, code, recorded, source, _] = row.cells()?;
    let system = CodeSystem::parse(system.text())?;
    let code = Code::read(system, code.text())?.as_str().to_owned();
    let source = source.text().trim().to_lowercase();
    Some(DiagnosisRow { date: date.day()?, recorded_on: recorded.day(), system, code, source })
}

fn medicine(row: Row) -> Option<MedicineRow> {
    let [_, date, atc, until, stopped, regular, _, recorded] = row.cells()?;
    Some(MedicineRow {
        date: date.day()?,
        recorded_on: recorded.day(),
        atc: Code::read(CodeSystem::Atc, atc.text())?.as_str().to_owned(),
        until: until.day(),
        stopped_on: stopped.day(),
        regular: regular.flag(),
    })
}

fn contact(row: Row) -> Option<ContactRow> {
    let [_, date, kind, role, _, recorded] = row.cells()?;
    let kind = ContactKind::parse(kind.text())?;
    Some(ContactRow { date: date.day()?, recorded_on: recorded.day(), kind, role: role.text().trim().to_lowercase() })
}

fn measurement(row: Row) -> Option<MeasurementRow> {
    let [_, date, code, value, unit, comparator, recorded] = row.cells()?;
    Some(MeasurementRow {
        date: date.day()?,
        recorded_on: recorded.day(),
        code: code.text().trim().to_uppercase(),
        value: value.number()?,
        unit: unit.text().to_owned(),
        comparator: Comparator::parse(comparator.text())?,
    })
}

fn function(row: Row) -> Option<FunctionRow> {
    let [_, date, instrument, item, score, recorded] = row.cells()?;
    Some(FunctionRow {
        date: date.day()?,
        recorded_on: recorded.day(),
        instrument: instrument.text().trim().to_uppercase(),
        item: item.text().trim().to_lowercase(),
        score: score.number()?,
    })
}

fn service(row: Row) -> Option<ServiceRow> {
    let [_, service, from, until, _] = row.cells()?;
    Some(ServiceRow { service: service.text().trim().to_lowercase(), from: from.day(), until: until.day() })
}

/// One row of a table, its cells in canonical order.
#[derive(Clone, Copy)]
struct Row<'a> {
    columns: &'a [Option<ArrayRef>],
    row: usize,
}

#[derive(Clone, Copy)]
struct Cell<'a> {
    /// `None` where the file lacks the column, or the cell is empty.
    array: Option<&'a ArrayRef>,
    row: usize,
}

impl<'a> Row<'a> {
    fn id(self) -> &'a str {
        self.cell(0).text()
    }

    fn cell(self, column: usize) -> Cell<'a> {
        let array = self.columns.get(column).and_then(Option::as_ref).filter(|array| array.is_valid(self.row));
        Cell { array, row: self.row }
    }

    /// All cells; `None` when the table has another number of columns than the caller knows.
    fn cells<const N: usize>(self) -> Option<[Cell<'a>; N]> {
        debug_assert_eq!(self.columns.len(), N);
        (self.columns.len() == N).then(|| std::array::from_fn(|column| self.cell(column)))
    }
}

impl<'a> Cell<'a> {
    fn text(self) -> &'a str {
        self.array.and_then(|array| array.as_string_opt::<i32>()).map_or("", |texts| texts.value(self.row))
    }

    fn day(self) -> Option<Day> {
        Some(Day(self.array?.as_primitive_opt::<Date32Type>()?.value(self.row)))
    }

    fn number(self) -> Option<f64> {
        Some(self.array?.as_primitive_opt::<Float64Type>()?.value(self.row))
    }

    fn flag(self) -> Option<bool> {
        Some(self.array?.as_boolean_opt()?.value(self.row))
    }
}

fn each_row(
    folder: &Path,
    table: Table,
    ids: Option<&BTreeSet<String>>,
    take: &mut impl FnMut(Row),
) -> Result<(), ReadError> {
    let path = folder.join(file_name(table));
    read_rows(&path, table, ids, take).map_err(|source| ReadError { path, source })
}

type Damage = Box<dyn std::error::Error + Send + Sync>;

fn read_rows(
    path: &Path,
    table: Table,
    ids: Option<&BTreeSet<String>>,
    take: &mut impl FnMut(Row),
) -> Result<(), Damage> {
    for batch in ParquetRecordBatchReaderBuilder::try_new(File::open(path)?)?.build()? {
        let mut batch = batch?;
        if let Some(ids) = ids {
            let wanted: BooleanArray = texts(batch.column(id_column(&batch, table)?))?
                .as_string::<i32>()
                .iter()
                .map(|id| id.is_some_and(|id| ids.contains(id)))
                .collect();
            batch = filter_record_batch(&batch, &wanted)?;
        }
        let columns = canonical(&batch, table)?;
        (0..batch.num_rows()).for_each(|row| take(Row { columns: &columns, row }));
    }
    Ok(())
}

fn id_column(batch: &RecordBatch, table: Table) -> Result<usize, Damage> {
    Ok(batch.schema().index_of(table.columns()[0].name)?)
}

/// The table's columns in canonical order and type; the id as text.
fn canonical(batch: &RecordBatch, table: Table) -> Result<Vec<Option<ArrayRef>>, Damage> {
    let column = |column: &super::tables::Column| {
        let Some(array) = batch.column_by_name(column.name) else {
            let missing =
                io::Error::new(io::ErrorKind::InvalidData, format!("the column `{}` is missing", column.name));
            return if column.required { Err(missing.into()) } else { Ok(None) };
        };
        let data_type = match column.kind {
            ColumnKind::Id | ColumnKind::Text => DataType::Utf8,
            ColumnKind::Date => DataType::Date32,
            ColumnKind::Number => DataType::Float64,
            ColumnKind::Flag => DataType::Boolean,
        };
        Ok(Some(cast(array, &data_type)?))
    };
    table.columns().iter().map(column).collect()
}

fn texts(array: &ArrayRef) -> Result<ArrayRef, Damage> {
    Ok(cast(array, &DataType::Utf8)?)
}
