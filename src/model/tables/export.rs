//! A rule set as flat tables.

use super::{BANDS, CAPS, CODES, CRITERIA, INPUTS, NOTES, NamedText, PARTS, RULE_SET, SILENCES, STEPS, columns, csv};
use crate::clinical::{Points, Text};
use crate::model::ruleset::{Bound, InputId, Link, RuleSet, Weight};

/// The tables of a rule set. `in_words` says what an input asks, for people who read the tables.
#[must_use]
pub fn export(set: &RuleSet, in_words: impl Fn(InputId) -> String) -> Vec<NamedText> {
    let mut out = Tables { set, rows: Vec::new() };
    out.whole();
    out.inputs(&in_words);
    out.criteria();
    out.caps_bands_notes();
    [RULE_SET, INPUTS, PARTS, CODES, CRITERIA, STEPS, SILENCES, CAPS, BANDS, NOTES]
        .into_iter()
        .map(|file| (file, out.text(file)))
        .filter(|(file, text)| text.lines().count() > 1 || super::NEEDED.contains(file))
        .collect()
}

pub(super) struct Tables<'a> {
    pub(super) set: &'a RuleSet,
    rows: Vec<(&'static str, Vec<String>)>,
}

/// A row by column names; the others stay empty.
pub(super) type Cells<'a> = &'a [(&'static str, String)];

impl Tables<'_> {
    fn text(&self, file: &'static str) -> String {
        let rows: Vec<Vec<String>> =
            self.rows.iter().filter(|(of, _)| *of == file).map(|(_, row)| row.clone()).collect();
        csv::write(columns(file), &rows)
    }

    pub(super) fn row(&mut self, file: &'static str, cells: Cells) {
        let cell = |column: &&str| cells.iter().find(|(name, _)| name == column).map(|(_, text)| text.clone());
        self.rows.push((file, columns(file).iter().map(|column| cell(column).unwrap_or_default()).collect()));
    }

    pub(super) fn name(&self, id: InputId) -> String {
        plain(&self.set.inputs[id.0].name)
    }

    fn word(&mut self, key: &str, value: impl Into<String>) {
        self.row(RULE_SET, &[("key", key.to_owned()), ("value", value.into())]);
    }

    fn sentence(&mut self, key: &str, text: &Text) {
        let cells =
            [("key", key.to_owned()), ("nb", text.nb.clone()), ("nn", text.nn.clone()), ("en", text.en.clone())];
        self.row(RULE_SET, &cells);
    }

    fn whole(&mut self) {
        let set = self.set;
        self.word("id", &set.id);
        self.word("version", &set.version);
        self.word("status", set.status.name());
        self.sentence("title", &set.title);
        self.sentence("purpose", &set.purpose);
        if let Some(headline) = &set.headline {
            self.sentence("headline", headline);
        }
        set.source.iter().for_each(|source| self.word("source", source));
        set.departs.iter().for_each(|departure| self.word("departs", departure));
        if let Some(outreach) = &set.outreach {
            self.word("outreach.role", outreach.role.name());
            self.sentence("outreach.group", &outreach.group);
        }
        for (key, ids) in [
            ("population.all", &set.population.all),
            ("population.none", &set.population.none),
            ("gate.any", &set.gate.any),
        ] {
            ids.iter().for_each(|id| self.word(key, self.name(*id)));
        }
        for (cap, points) in &set.gate.sums {
            self.word(&format!("gate.sums.{}", set.caps[cap.0].name), points.to_string());
        }
        self.link();
        self.bands_otherwise();
    }

    /// What sets or limits the band beside the points.
    fn bands_otherwise(&mut self) {
        let set = self.set;
        if let Some(limit) = &set.band_limit {
            self.word("band_limit.band", &set.bands[limit.band].name);
            limit.criteria.iter().for_each(|at| self.word("band_limit.criteria", &set.criteria[*at].name));
        }
        if let Some(setter) = &set.band_set_by {
            self.word("band_set_by.input", self.name(setter.input));
            for (from, band) in &setter.steps {
                self.word(&format!("band_set_by.from.{}", number(*from)), &set.bands[*band].name);
            }
            self.sentence("band_set_by.text", &setter.text);
        }
    }

    fn link(&mut self) {
        match &self.set.link {
            Some(Link::Logistic { intercept }) => {
                self.word("link.kind", "logistic");
                self.word("link.intercept", number(*intercept));
            }
            Some(Link::Cox { baseline_survival, scale, centre }) => {
                self.word("link.kind", "cox");
                self.word("link.baseline_survival", number(*baseline_survival));
                self.word("link.scale", number(*scale));
                self.word("link.centre", number(*centre));
            }
            None => {}
        }
    }

    fn criteria(&mut self) {
        let set = self.set;
        for criterion in &set.criteria {
            let (weight, points) = match &criterion.weight {
                Weight::Fixed(points) => ("points", points.to_string()),
                Weight::PerCount(points) => ("per_count", points.to_string()),
                Weight::Steps(_) => ("steps", String::new()),
                Weight::OfModel => ("of_model", String::new()),
            };
            let mut cells = vec![
                ("criterion", criterion.name.clone()),
                ("input", self.name(criterion.input)),
                ("shows", criterion.shows.map_or_else(String::new, |id| self.name(id))),
                ("weight", weight.to_owned()),
                ("points", points),
                ("cap", criterion.cap.map_or_else(String::new, |cap| set.caps[cap.0].name.clone())),
                ("domain", criterion.domain.clone().unwrap_or_default()),
                ("task", criterion.task.clone().unwrap_or_default()),
                ("further_tasks", criterion.further_tasks.join(" ")),
                ("sensitive", flag(criterion.sensitive)),
                ("src", criterion.source.clone().unwrap_or_default()),
            ];
            cells.extend(words("text", &criterion.text));
            self.row(CRITERIA, &cells);
            let name = || ("criterion", criterion.name.clone());
            if let Weight::Steps(steps) = &criterion.weight {
                for (from, points) in steps {
                    self.row(STEPS, &[name(), ("from", from.to_string()), ("points", points.to_string())]);
                }
            }
            for silent in &criterion.silences {
                self.row(SILENCES, &[name(), ("silences", set.criteria[*silent].name.clone())]);
            }
        }
    }

    fn caps_bands_notes(&mut self) {
        let set = self.set;
        let points = |points: Option<Points>| points.map_or_else(String::new, |points| points.to_string());
        for cap in &set.caps {
            let mut cells = vec![("cap", cap.name.clone()), ("at_most", points(cap.at_most))];
            cells.push(("domain", cap.domain.clone().unwrap_or_default()));
            cells.extend(cap.label.iter().flat_map(|label| words("label", label)));
            self.row(CAPS, &cells);
        }
        for band in &set.bands {
            let mut cells = vec![("band", band.name.clone()), ("level", band.level.to_string())];
            match band.from {
                Bound::From(from) => cells.push(("from", from.to_string())),
                Bound::Above(above) => cells.push(("above", above.to_string())),
                Bound::Lowest => {}
            }
            cells.extend(words("label", &band.label));
            self.row(BANDS, &cells);
        }
        for note in &set.notes {
            let mut cells = vec![
                ("note", note.name.clone()),
                ("input", self.name(note.input)),
                ("shows", note.shows.map_or_else(String::new, |id| self.name(id))),
                ("from_points", points(note.from_points)),
                ("task", note.task.clone().unwrap_or_default()),
            ];
            cells.extend(words("text", &note.text));
            self.row(NOTES, &cells);
        }
    }
}

/// An input of a library becomes one of the rule set's own.
pub(super) fn plain(name: &str) -> String {
    name.replace('/', ".")
}

fn number(value: f64) -> String {
    value.to_string()
}

pub(super) fn flag(flag: bool) -> String {
    if flag { "yes" } else { "no" }.to_owned()
}

pub(super) fn words(what: &str, text: &Text) -> Vec<(&'static str, String)> {
    let columns =
        if what == "label" { ["label_nb", "label_nn", "label_en"] } else { ["text_nb", "text_nn", "text_en"] };
    columns.into_iter().zip([&text.nb, &text.nn, &text.en]).map(|(column, text)| (column, text.clone())).collect()
}
