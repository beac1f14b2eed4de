//! Rows of a decision file as they were written, before anything is made of them.

use serde_json::Value;

use super::fault::{Fault, FaultKind};
use crate::clinical::Day;
use crate::store::sheet::{self, Cell, Sheet};

/// Where a row stands in its file.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Empty for files without sheets.
    pub sheet: String,
    /// As the reader counts: rows of a sheet, lines of a CSV, entries of a page's file; 0 for the file as a whole.
    pub row: usize,
}

/// One filled-in row.
#[derive(Debug, Clone, PartialEq)]
pub struct Raw {
    pub place: Place,
    pub key: String,
    pub choice: String,
    pub date: Cell,
    pub who: String,
    pub task: String,
    pub line: String,
    pub note: String,
    pub matters: String,
    pub guardian: bool,
    pub name: String,
    pub born: Cell,
    pub by: String,
    pub role: String,
    pub decided_on: Cell,
    /// Day of the list that the row was copied from, when it says so.
    pub list: Option<Day>,
}

/// A decision file as a whole.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RawFile {
    pub rows: Vec<Raw>,
    /// Day the page's file was saved.
    pub saved: Option<Day>,
}

/// Reads a page's file, a workbook or a CSV; rows without a decision are passed over.
///
/// # Errors
/// When it is none of them, or holds no table of decisions.
pub fn read(bytes: &[u8]) -> Result<RawFile, Vec<Fault>> {
    let whole = |kind| vec![Fault { place: Place::default(), kind }];
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if start.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{') {
        return page(start).ok_or_else(|| whole(FaultKind::NotOurs));
    }
    let sheets = sheet::sheets(bytes).map_err(|why| whole(FaultKind::Unreadable(why.0)))?;
    let tables: Vec<Table> = sheets.iter().filter_map(Table::find).collect();
    if tables.is_empty() {
        return Err(whole(FaultKind::NotOurs));
    }
    Ok(RawFile { rows: tables.iter().flat_map(Table::rows).collect(), saved: None })
}

fn page(bytes: &[u8]) -> Option<RawFile> {
    let file: Value = serde_json::from_slice(bytes).ok()?;
    if file["tidlig"] != "decisions" || file["version"] != 1 {
        return None;
    }
    let text = |of: &Value, name: &str| match &of[name] {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    };
    let cell = |of: &Value, name: &str| Cell::Text(text(of, name));
    let row = |(index, of): (usize, &Value)| Raw {
        place: Place { sheet: String::new(), row: index + 1 },
        key: text(of, "row"),
        choice: text(of, "decision"),
        date: cell(of, "date"),
        who: text(of, "who"),
        task: text(of, "task"),
        line: text(of, "line"),
        note: text(of, "note"),
        matters: text(of, "matters"),
        guardian: of["guardian"] == true,
        name: text(of, "name"),
        born: cell(of, "born"),
        by: text(&file, "by"),
        role: text(&file, "role"),
        decided_on: Cell::Text(String::new()),
        list: Day::parse_iso(&text(&file, "run")),
    };
    let rows = file["decisions"].as_array()?.iter().enumerate().map(row).filter(|raw| !raw.choice.is_empty());
    Some(RawFile { rows: rows.collect(), saved: Day::parse_iso(&text(&file, "saved")) })
}

/// Headers of the columns that are read, in bokmål, nynorsk and English; without regard to case, blanks and quotes.
const HEADERS: [(Column, &[&str]); 16] = [
    (Column::Key, &["rad", "row", "nøkkel", "key"]),
    (Column::List, &["kjøring", "køyring", "run"]),
    (Column::Choice, &["avgjørelse", "avgjerd", "decision"]),
    (Column::Date, &["dato", "date"]),
    (Column::Who, &["hvem", "kven", "who"]),
    (Column::Task, &["oppgave", "oppgåve", "task"]),
    (Column::Line, &["linje", "line"]),
    (Column::Note, &["notat", "merknad", "note"]),
    (Column::Matters, &["hva er viktig for deg?", "kva er viktig for deg?", "what matters to you?"]),
    (Column::Name, &["navn", "namn", "name"]),
    (Column::Born, &["født", "fødd", "born"]),
    (Column::Reason, &["begrunnelse", "grunngjeving", "reason"]),
    (Column::By, &["avgjort av", "decided by"]),
    (Column::Role, &["rolle", "role"]),
    (Column::DecidedOn, &["avgjort", "decided on"]),
    (Column::Guardian, &["foresatt", "føresett", "guardian"]),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Key,
    List,
    Choice,
    Date,
    Who,
    Task,
    Line,
    Note,
    Matters,
    Name,
    Born,
    Reason,
    By,
    Role,
    DecidedOn,
    Guardian,
}

/// Rows above the header that a sheet may have.
const MOST_ABOVE: usize = 20;

/// A sheet with decisions in it, or one where people are added.
struct Table<'a> {
    sheet: &'a Sheet,
    header: usize,
    columns: Vec<Option<Column>>,
}

impl Table<'_> {
    fn find(sheet: &Sheet) -> Option<Table<'_>> {
        sheet.rows.iter().take(MOST_ABOVE).enumerate().find_map(|(header, (_, cells))| {
            let columns: Vec<Option<Column>> = cells.iter().map(|cell| column(&cell.words())).collect();
            let has = |wanted| columns.contains(&Some(wanted));
            let added = has(Column::Name) && has(Column::Born) && (has(Column::Reason) || has(Column::Note));
            ((has(Column::Key) && has(Column::Choice)) || (added && !has(Column::Choice))).then_some(Table {
                sheet,
                header,
                columns,
            })
        })
    }

    fn rows(&self) -> Vec<Raw> {
        let rows = self.sheet.rows.iter().skip(self.header + 1);
        rows.map(|(number, cells)| self.raw(*number, cells)).filter(|raw| !raw.choice.is_empty()).collect()
    }

    /// The last of several columns with the same heading: those of the list itself come first.
    fn cell(&self, cells: &[Cell], wanted: Column) -> Cell {
        let at = self.columns.iter().rposition(|column| *column == Some(wanted));
        at.and_then(|at| cells.get(at)).cloned().unwrap_or(Cell::Text(String::new()))
    }

    fn raw(&self, number: usize, cells: &[Cell]) -> Raw {
        let text = |column| self.cell(cells, column).words();
        let adds = !self.columns.contains(&Some(Column::Choice));
        let added = adds && !(text(Column::Name).is_empty() && self.cell(cells, Column::Born).is_empty());
        let note = text(Column::Note);
        Raw {
            place: Place { sheet: self.sheet.name.clone(), row: number },
            key: text(Column::Key),
            choice: if added { "added_by_hand".to_owned() } else { text(Column::Choice) },
            date: self.cell(cells, Column::Date),
            who: text(Column::Who),
            task: text(Column::Task),
            line: text(Column::Line),
            note: if adds && note.is_empty() { text(Column::Reason) } else { note },
            matters: text(Column::Matters),
            guardian: !text(Column::Guardian).is_empty(),
            name: text(Column::Name),
            born: self.cell(cells, Column::Born),
            by: text(Column::By),
            role: text(Column::Role),
            decided_on: self.cell(cells, Column::DecidedOn),
            list: self.cell(cells, Column::List).day(),
        }
    }
}

fn column(header: &str) -> Option<Column> {
    let plain = header.trim_matches(['«', '»', '"', '*', ' ', ':']).to_lowercase();
    HEADERS.iter().find(|(_, names)| names.contains(&plain.as_str())).map(|(column, _)| *column)
}
