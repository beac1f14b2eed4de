//! The questions of flat tables, as the text of `model.toml`.

use super::csv::Row;
use super::import::{LABEL, Tables};
use super::toml_text::{Kind, list, quoted};
use super::{CODES, INPUTS, MEDICINE, NONE_OF_THESE, PARTS};
use crate::clinical::CodeSystem;

impl Tables<'_> {
    pub(super) fn inputs(&mut self) {
        self.push("\n[inputs]");
        for row in self.rows(INPUTS) {
            let name = row.get("input").to_owned();
            if row.get("kind") == NONE_OF_THESE {
                let message = format!("flat tables do not carry what the input `{name}` asks");
                let help = "write it in model.toml; not_carried.csv says in words what it asks";
                self.fault(INPUTS, &row, message, help);
                continue;
            }
            self.push(&format!("\n[inputs.{}]", quoted(&name)));
            self.codes(&name, row.get("kind") == MEDICINE);
            self.parts(&name);
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

    /// Lists inside an input, in the order of the rows.
    fn parts(&mut self, name: &str) {
        let rows = self.of(PARTS, "input", name);
        let mut keys: Vec<&str> = Vec::new();
        for row in &rows {
            if !keys.contains(&row.get("key")) {
                keys.push(row.get("key"));
            }
        }
        for key in keys {
            let values = rows.iter().filter(|row| row.get("key") == key).map(|row| row.get("value"));
            let text = format!("{} = {}", quoted(key), list(values));
            self.push(&text);
        }
    }
}
