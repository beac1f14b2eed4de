//! The questions of flat tables, as the text of `model.toml`.

use super::csv::Row;
use super::import::{LABEL, Tables};
use super::toml_text::{Kind, list, quoted, value};
use super::{CODES, INPUTS, MEDICINE, PARTS};
use crate::clinical::CodeSystem;
use crate::model::keys::inputs::KINDS;
use crate::model::keys::{Section, Shape};
use crate::model::report::Report;
use crate::model::suggest;

impl Tables<'_> {
    pub(super) fn inputs(&mut self) {
        self.push("\n[inputs]");
        for row in self.rows(INPUTS) {
            let name = row.get("input").to_owned();
            self.push(&format!("\n[inputs.{}]", quoted(&name)));
            self.codes(&name, row.get("kind") == MEDICINE);
            self.parts(&name, row.get("kind"));
            self.cells(
                INPUTS,
                &row,
                &[
                    ("within", "within", Kind::Word),
                    ("before", "before", Kind::Word),
                    ("days", "days", Kind::Whole),
                    ("apart", "apart", Kind::Word),
                    ("distinct_codes", "distinct_codes", Kind::True),
                    ("aged_from", "aged_from", Kind::Whole),
                    ("usage", "usage", Kind::Word),
                    ("at_least", "at_least", Kind::Whole),
                    ("age.from", "age_from", Kind::Whole),
                    ("age.below", "age_below", Kind::Whole),
                    ("sex", "sex", Kind::Word),
                    ("lives_alone", "lives_alone", Kind::True),
                    ("on_list", "on_list", Kind::Word),
                    ("shorter", "shorter", Kind::Word),
                    ("after", "after", Kind::Word),
                    ("model", "model", Kind::Word),
                    ("points.at_least", "points_at_least", Kind::Points),
                    ("points.below", "points_below", Kind::Points),
                    ("as_points", "as_points", Kind::True),
                    ("days_ago", "days_ago", Kind::Whole),
                    ("missing", "missing", Kind::Word),
                    ("undelivered", "undelivered", Kind::Word),
                    ("sensitive", "sensitive", Kind::True),
                ],
            );
            self.words("label", &row, LABEL);
        }
        self.strays(CODES, INPUTS, "input");
        self.strays(PARTS, INPUTS, "input");
    }

    fn codes(&mut self, name: &str, medicine: bool) {
        let rows = self.of(CODES, "input", name);
        for row in &rows {
            if CodeSystem::parse(row.get("system")).is_none() {
                let message = format!("unknown code system `{}`", row.get("system"));
                self.fault(CODES, row, message, "one of ICPC-2, ICD-10 and ATC");
            }
            if !["yes", "no"].contains(&row.get("counts")) {
                let message = format!("expected `yes` or `no` in the column `counts`, found `{}`", row.get("counts"));
                self.fault(CODES, row, message, "`no` is for codes that do not count");
            }
        }
        for (key, system) in [("icpc2", CodeSystem::Icpc2), ("icd10", CodeSystem::Icd10), ("atc", CodeSystem::Atc)] {
            for (end, counts) in [("", "yes"), ("_except", "no")] {
                let of_key =
                    |row: &&Row| CodeSystem::parse(row.get("system")) == Some(system) && row.get("counts") == counts;
                let codes: Vec<&str> = rows.iter().filter(of_key).map(|row| row.get("code")).collect();
                if !codes.is_empty() {
                    let text = format!("{key}{end} = {}", list(codes));
                    self.push(&text);
                } else if medicine && system == CodeSystem::Atc && counts == "yes" {
                    self.push("atc = \"any\"");
                }
            }
        }
    }

    /// What a question is made of, in the order of the rows: a list has a row for each of its values.
    fn parts(&mut self, name: &str, kind: &str) {
        let rows = self.of(PARTS, "input", name);
        let mut keys: Vec<&str> = Vec::new();
        for row in &rows {
            if !keys.contains(&row.get("key")) {
                keys.push(row.get("key"));
            }
        }
        for key in keys {
            let of_key: Vec<&Row> = rows.iter().filter(|row| row.get("key") == key).collect();
            match shape(kind, key) {
                Some(shape) => self.part(key, shape, &of_key),
                None => {
                    let help = suggest::hint(key, known(kind)).unwrap_or_default();
                    self.fault(PARTS, of_key[0], format!("unknown key `{key}`"), &help);
                }
            }
        }
    }

    fn part(&mut self, key: &str, shape: Shape, rows: &[&Row]) {
        let path = self.path(PARTS);
        let mut report = Report::new(&path, &mut self.faults);
        let (item, is_list) = match shape {
            Shape::WordsOr(word) if rows.len() == 1 && rows[0].get("value") == word => (Kind::Word, false),
            Shape::Words | Shape::WordsOrNone | Shape::WordsOr(_) => (Kind::Word, true),
            Shape::List(item) => (cell(*item), true),
            other => (cell(other), false),
        };
        let values: Vec<String> = rows.iter().filter_map(|row| value(row, "value", item, &mut report)).collect();
        if !is_list && rows.len() > 1 {
            report.fault(&rows[1].span, format!("`{key}` has one value, not {}", rows.len()), "the second one");
        }
        if is_list {
            self.push(&format!("{key} = [{}]", values.join(", ")));
        } else if let Some(value) = values.first() {
            self.push(&format!("{key} = {value}"));
        }
    }
}

/// What a cell must be for a value of this shape.
fn cell(shape: Shape) -> Kind {
    match shape {
        Shape::Whole(..) => Kind::Whole,
        Shape::Number => Kind::Number,
        Shape::Points => Kind::Points,
        Shape::Flag | Shape::True => Kind::True,
        _ => Kind::Word,
    }
}

/// The shape of a key such as `latest.at_least` in an input of this kind.
fn shape(kind: &str, key: &str) -> Option<Shape> {
    let mut sections: Vec<&Section> = sections(kind).collect();
    let mut found = None;
    for part in key.split('.') {
        let shape = sections.iter().find_map(|section| section.key(part))?.shape;
        sections = if let Shape::Table(section) = shape { vec![section] } else { Vec::new() };
        found = Some(shape);
    }
    found.filter(|shape| !matches!(shape, Shape::Table(_)))
}

fn known(kind: &str) -> impl Iterator<Item = &'static str> {
    sections(kind).flat_map(Section::keys).map(|key| key.name)
}

/// The keys of this kind; of all kinds when a table made by hand does not say which.
fn sections(kind: &str) -> impl Iterator<Item = &'static Section> {
    let is_known = KINDS.iter().any(|known| known.name == kind);
    let kind = kind.to_owned();
    KINDS.iter().filter(move |known| !is_known || known.name == kind).map(|known| &known.section)
}
