//! Flat tables as a rule set: the text of its `model.toml`, which is then checked as any other.

use std::collections::BTreeMap;

use super::csv::{self, Row};
use super::toml_text::{Kind, line, list, quoted, sentence, value, words};
use super::{BANDS, CAPS, CRITERIA, NOTES, OPTIONAL, RULE_SET, SILENCES, STEPS, columns};
use crate::model::fault::{Fault, Faults};
use crate::model::report::Report;

pub(super) const LABEL: [&str; 3] = ["label_nb", "label_nn", "label_en"];
const TEXT: [&str; 3] = ["text_nb", "text_nn", "text_en"];

/// The id and the text of `model.toml`. `files` are names and texts of the tables in `folder`; with `id`, that one is
/// taken instead of the tables' own.
///
/// # Errors
/// Every fault of every table, with its row. What the words mean is checked once the text is read as a rule set.
pub fn import(folder: &str, files: &BTreeMap<String, String>, id: Option<&str>) -> Result<(String, String), Faults> {
    let mut faults = Faults::new();
    for name in super::NEEDED.iter().filter(|name| !files.contains_key(**name)) {
        faults.push(Fault::new(folder, 0..0, format!("there is no `{name}`"), "in this folder"));
    }
    let mut tables = Tables { folder, tables: BTreeMap::new(), out: String::new(), faults };
    for name in super::NEEDED.iter().chain(&OPTIONAL) {
        if let Some(text) = files.get(*name) {
            tables.read(name, text);
        }
    }
    let id = id.map_or_else(|| tables.word("id").to_owned(), str::to_owned);
    if id.is_empty() {
        tables.faults.push(Fault::new(&tables.path(RULE_SET), 0..0, "the key `id` is missing", "in this file"));
    }
    tables.whole(&id);
    tables.inputs();
    tables.criteria();
    tables.rest();
    tables.faults.or((id, tables.out))
}

pub(super) struct Tables<'a> {
    folder: &'a str,
    tables: BTreeMap<&'static str, Vec<Row>>,
    out: String,
    pub(super) faults: Faults,
}

impl Tables<'_> {
    pub(super) fn path(&self, file: &str) -> String {
        format!("{}/{file}", self.folder)
    }

    fn read(&mut self, file: &'static str, text: &str) {
        let path = self.path(file);
        self.faults.add_source(&path, text);
        let rows = csv::read(text, columns(file), &mut Report::new(&path, &mut self.faults));
        self.tables.insert(file, rows);
    }

    pub(super) fn rows(&self, file: &str) -> Vec<Row> {
        self.tables.get(file).cloned().unwrap_or_default()
    }

    /// Rows of a file that belong to one thing.
    pub(super) fn of(&self, file: &str, column: &str, name: &str) -> Vec<Row> {
        self.rows(file).into_iter().filter(|row| row.get(column) == name).collect()
    }

    pub(super) fn keyed(&self, key: &str) -> Vec<Row> {
        self.of(RULE_SET, "key", key)
    }

    pub(super) fn word(&self, key: &str) -> &str {
        let rows = self.tables.get(RULE_SET).map_or(&[][..], Vec::as_slice);
        rows.iter().find(|row| row.get("key") == key).map_or("", |row| row.get("value"))
    }

    pub(super) fn push(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    /// Writes cells of a row under their keys.
    pub(super) fn cells(&mut self, file: &str, row: &Row, cells: &[(&str, &str, Kind)]) {
        let path = self.path(file);
        let mut report = Report::new(&path, &mut self.faults);
        for (key, column, kind) in cells {
            line(&mut self.out, key, row, column, *kind, &mut report);
        }
    }

    pub(super) fn fault(&mut self, file: &str, row: &Row, message: String, help: &str) {
        let path = self.path(file);
        self.faults.push(Fault::new(&path, row.span.clone(), message, "this row").help(help));
    }

    /// Rows that belong to nothing.
    pub(super) fn strays(&mut self, file: &str, owners: &str, column: &str) {
        let known: Vec<String> = self.rows(owners).iter().map(|row| row.get(column).to_owned()).collect();
        for row in self.rows(file) {
            let name = row.get(column);
            if !known.iter().any(|owner| owner == name) {
                let help = crate::model::suggest::hint(name, known.iter().map(String::as_str)).unwrap_or_default();
                self.fault(file, &row, format!("unknown {column} `{name}`"), &help);
            }
        }
    }

    pub(super) fn words(&mut self, key: &str, row: &Row, columns: [&str; 3]) {
        if let Some(text) = words(row, columns) {
            self.push(&format!("{key} = {}", sentence(&text)));
        }
    }

    fn criteria(&mut self) {
        self.push("\n[criteria]");
        for row in self.rows(CRITERIA) {
            let name = row.get("criterion").to_owned();
            self.push(&format!("\n[criteria.{}]", quoted(&name)));
            self.weight(&row, &name);
            self.cells(
                CRITERIA,
                &row,
                &[
                    ("input", "input", Kind::Word),
                    ("shows", "shows", Kind::Word),
                    ("cap", "cap", Kind::Word),
                    ("domain", "domain", Kind::Word),
                    ("task", "task", Kind::Word),
                    ("sensitive", "sensitive", Kind::Flag),
                    ("src", "src", Kind::Word),
                ],
            );
            let further: Vec<&str> = row.get("further_tasks").split_whitespace().collect();
            if !further.is_empty() {
                let text = format!("further_tasks = {}", list(further));
                self.push(&text);
            }
            let silenced = self.of(SILENCES, "criterion", &name);
            if !silenced.is_empty() {
                let text = format!("silences = {}", list(silenced.iter().map(|row| row.get("silences"))));
                self.push(&text);
            }
            self.words("text", &row, TEXT);
        }
        self.strays(STEPS, CRITERIA, "criterion");
        self.strays(SILENCES, CRITERIA, "criterion");
    }

    fn weight(&mut self, row: &Row, name: &str) {
        match row.get("weight") {
            // A table made by hand has no such column, only points.
            "points" | "" => self.cells(CRITERIA, row, &[("points", "points", Kind::Points)]),
            "per_count" => self.cells(CRITERIA, row, &[("per_count", "points", Kind::Points)]),
            "of_model" => self.push("of_model = true"),
            "steps" => {
                let path = self.path(STEPS);
                let mut steps = Vec::new();
                for step in self.of(STEPS, "criterion", name) {
                    let mut report = Report::new(&path, &mut self.faults);
                    let from = value(&step, "from", Kind::Whole, &mut report).unwrap_or_default();
                    let points = value(&step, "points", Kind::Points, &mut report).unwrap_or_default();
                    steps.push(format!("{{ from = {from}, points = {points} }}"));
                }
                self.push(&format!("steps = [{}]", steps.join(", ")));
            }
            other => {
                let message = format!("unknown weight `{other}`");
                self.fault(CRITERIA, row, message, "one of points, per_count, steps and of_model");
            }
        }
    }

    /// Caps, bands and notes.
    fn rest(&mut self) {
        for row in self.rows(CAPS) {
            self.push(&format!("\n[caps.{}]", quoted(row.get("cap"))));
            self.cells(CAPS, &row, &[("at_most", "at_most", Kind::Points), ("domain", "domain", Kind::Word)]);
            self.words("label", &row, LABEL);
        }
        for row in self.rows(BANDS) {
            self.push(&format!("\n[bands.{}]", quoted(row.get("band"))));
            let cells =
                [("from", "from", Kind::Points), ("above", "above", Kind::Points), ("level", "level", Kind::Whole)];
            self.cells(BANDS, &row, &cells);
            self.words("label", &row, LABEL);
        }
        for row in self.rows(NOTES) {
            self.push(&format!("\n[notes.{}]", quoted(row.get("note"))));
            let cells = [
                ("input", "input", Kind::Word),
                ("shows", "shows", Kind::Word),
                ("from_points", "from_points", Kind::Points),
                ("task", "task", Kind::Word),
            ];
            self.cells(NOTES, &row, &cells);
            self.words("text", &row, TEXT);
        }
    }
}
