//! What flat tables say of the whole rule set: its names, population, gate, link, and what sets the band beside the points.

use std::fmt::Write;

use super::RULE_SET;
use super::import::Tables;
use super::toml_text::{Kind, list, quoted, sentence, value, words};
use crate::model::report::Report;

const LANGUAGES: [&str; 3] = ["nb", "nn", "en"];
const KEYS: [&str; 22] = [
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
    "link.centre",
    "band_limit.band",
    "band_limit.criteria",
    "band_set_by.input",
    "band_set_by.text",
];
const SUMS: &str = "gate.sums.";
const SET_FROM: &str = "band_set_by.from.";
/// Keys that end with a name of the rule set, or a number.
const BEGINNINGS: [&str; 2] = [SUMS, SET_FROM];

impl Tables<'_> {
    /// Words about the whole rule set, and its sections that no table of their own holds.
    pub(super) fn whole(&mut self, id: &str) {
        for row in self.rows(RULE_SET) {
            let key = row.get("key");
            if !KEYS.contains(&key) && !BEGINNINGS.iter().any(|beginning| key.starts_with(beginning)) {
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
            if let Some(text) = self.keyed(key).first().and_then(|row| words(row, LANGUAGES)) {
                self.push(&format!("{key} = {}", sentence(&text)));
            }
        }
        self.sections();
        self.bands_otherwise();
    }

    /// Outreach, population, gate and link.
    fn sections(&mut self) {
        if !self.word("outreach.role").is_empty() {
            let role = quoted(self.word("outreach.role"));
            let group = self.keyed("outreach.group").first().and_then(|row| words(row, LANGUAGES));
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
            if let Some(cap) = row.get("key").strip_prefix(SUMS) {
                let path = self.path(RULE_SET);
                let points = value(&row, "value", Kind::Points, &mut Report::new(&path, &mut self.faults));
                // Writing to a string cannot fail.
                let _ = writeln!(out, "sums.{} = {}", quoted(cap), points.unwrap_or_default());
            }
        }
        out
    }

    fn bands_otherwise(&mut self) {
        let band = self.word("band_limit.band").to_owned();
        if !band.is_empty() {
            let rows = self.keyed("band_limit.criteria");
            let criteria = list(rows.iter().map(|row| row.get("value")));
            self.push(&format!("\n[band_limit]\nband = {}\ncriteria = {criteria}", quoted(&band)));
        }
        let input = self.word("band_set_by.input").to_owned();
        if !input.is_empty() {
            let steps = self.setting_steps();
            let text = self.keyed("band_set_by.text").first().and_then(|row| words(row, LANGUAGES)).unwrap_or_default();
            let (input, text) = (quoted(&input), sentence(&text));
            self.push(&format!("\n[band_set_by]\ninput = {input}\nsteps = [{steps}]\ntext = {text}"));
        }
    }

    /// From which value of the measure which band.
    fn setting_steps(&mut self) -> String {
        let mut steps = Vec::new();
        for row in self.rows(RULE_SET) {
            let Some(from) = row.get("key").strip_prefix(SET_FROM) else { continue };
            match from.replace(',', ".").parse::<f64>().ok().filter(|from| from.is_finite()) {
                Some(from) => steps.push(format!("{{ from = {from:?}, band = {} }}", quoted(row.get("value")))),
                None => self.fault(RULE_SET, &row, format!("`{from}` is no number"), "write `band_set_by.from.6`"),
            }
        }
        steps.join(", ")
    }
}
