//! Flat tables as a rule set: the text of its `model.toml`, which is then checked as any other.

use std::collections::BTreeMap;
use std::fmt::Write;

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
    faults: Faults,
}

impl Tables<'_> {
    fn path(&self, file: &str) -> String {
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

    fn keyed(&self, key: &str) -> Vec<Row> {
        self.of(RULE_SET, "key", key)
    }

    fn word(&self, key: &str) -> &str {
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

    fn whole(&mut self, id: &str) {
        const KEYS: [&str; 17] = [
            "id",
            "version",
            "status",
            "title",
            "purpose",
            "headline",
            "source",
            "departs",
            "outreach.role",
            "outreach.group",
            "population.all",
            "population.none",
            "gate.any",
            "link.kind",
            "link.intercept",
            "link.baseline_survival",
            "link.scale",
        ];
        for row in self.rows(RULE_SET) {
            let key = row.get("key");
            if !KEYS.contains(&key) && key != "link.centre" && !key.starts_with("gate.sums.") {
                let help = crate::model::suggest::hint(key, KEYS).unwrap_or_default();
                self.fault(RULE_SET, &row, format!("unknown key `{key}`"), &help);
            }
        }
        let text = format!("id = {}\nversion = {}", quoted(id), quoted(self.word("version")));
        self.push(&text);
        let text = format!("status = {}", quoted(self.word("status")));
        self.push(&text);
        for key in ["source", "departs"] {
            let rows = self.keyed(key);
            let text = format!("{key} = {}", list(rows.iter().map(|row| row.get("value"))));
            self.push(&text);
        }
        for key in ["title", "purpose", "headline"] {
            if let Some(text) = self.keyed(key).first().and_then(|row| words(row, ["nb", "nn", "en"])) {
                self.push(&format!("{key} = {}", sentence(&text)));
            }
        }
        self.sections();
    }

    /// Outreach, population, gate and link.
    fn sections(&mut self) {
        if !self.word("outreach.role").is_empty() {
            let role = quoted(self.word("outreach.role"));
            let group = self.keyed("outreach.group").first().and_then(|row| words(row, ["nb", "nn", "en"]));
            let group = sentence(&group.unwrap_or_default());
            self.push(&format!("\n[outreach]\nrole = {role}\ngroup = {group}"));
        }
        for (section, keys) in [("population", ["all", "none"].as_slice()), ("gate", &["any"])] {
            let lists = keys.iter().filter_map(|key| {
                let rows = self.keyed(&format!("{section}.{key}"));
                (!rows.is_empty()).then(|| format!("{key} = {}\n", list(rows.iter().map(|row| row.get("value")))))
            });
            let lists: String = lists.collect();
            let sums = if section == "gate" { self.sums() } else { String::new() };
            if !lists.is_empty() || !sums.is_empty() {
                self.push(&format!("\n[{section}]\n{lists}{sums}"));
            }
        }
        if !self.word("link.kind").is_empty() {
            let kind = quoted(self.word("link.kind"));
            self.push(&format!("\n[link]\nkind = {kind}"));
            for key in ["intercept", "baseline_survival", "scale", "centre"] {
                if let Some(row) = self.keyed(&format!("link.{key}")).first() {
                    self.cells(RULE_SET, row, &[(key, "value", Kind::Number)]);
                }
            }
        }
    }

    fn sums(&mut self) -> String {
        let mut out = String::new();
        for row in self.rows(RULE_SET) {
            if let Some(cap) = row.get("key").strip_prefix("gate.sums.") {
                let path = self.path(RULE_SET);
                let points = value(&row, "value", Kind::Points, &mut Report::new(&path, &mut self.faults));
                // Writing to a string cannot fail.
                let _ = writeln!(out, "sums.{} = {}", quoted(cap), points.unwrap_or_default());
            }
        }
        out
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
