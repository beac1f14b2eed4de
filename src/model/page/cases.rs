//! The cases of a page: patients in words and what is expected of them.

use super::words;
use super::{Page, cell};
use crate::clinical::{Points, Tri};
use crate::model::cases::{Case, Expect};

impl Page<'_> {
    pub(super) fn cases(&mut self, cases: &[Case]) {
        if cases.is_empty() {
            return;
        }
        self.heading(words::CASES);
        self.table_head(&[words::CASE, words::PATIENT, words::ROWS, words::EXPECTED]);
        for case in cases {
            let cells = [cell(&case.id), cell(&case.who), self.rows(case), self.expected(&case.expect)];
            self.row(&cells);
        }
    }

    fn rows(&self, case: &Case) -> String {
        let mut parts: Vec<String> = case
            .written
            .iter()
            .map(|(_, rows)| rows.iter().map(|row| format!("`{}`", cell(row))).collect::<Vec<_>>().join(", "))
            .collect();
        if !case.undelivered.is_empty() {
            let known = &self.speaker.vocabulary.sources;
            let name =
                |name: &String| known.get(name).map_or_else(|| name.clone(), |text| text.get(self.language).to_owned());
            let names = case.undelivered.iter().map(name).collect::<Vec<_>>().join(", ");
            parts.push(self.fill(words::UNDELIVERED, &[&names]));
        }
        parts.join("; ")
    }

    fn expected(&self, expect: &Expect) -> String {
        if expect.in_population == Some(false) {
            return self.say(words::OUTSIDE).to_owned();
        }
        let mut parts = Vec::new();
        if let Some(points) = expect.points {
            let word = if points == Points::whole(1) { words::ONE_POINT } else { words::POINTS };
            parts.push(format!("{} {}", self.points(points), self.say(word).to_lowercase()));
        }
        for (word, limit) in [(words::AT_LEAST, expect.lower), (words::AT_MOST, expect.upper)] {
            if let Some(limit) = limit.filter(|limit| Some(*limit) != expect.points) {
                parts.push(self.fill(word, &[&self.points(limit)]));
            }
        }
        match &expect.band {
            Some(Some(name)) => parts.push(self.band_label(name)),
            Some(None) => parts.push(self.say(words::NO_BAND).to_owned()),
            None => {}
        }
        let names = |names: &Vec<String>| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" ");
        if let Some(fires) = expect.fires.as_ref().filter(|names| !names.is_empty()) {
            parts.push(self.fill(words::FIRES, &[&names(fires)]));
        }
        if let Some(unknown) = expect.unknown.as_ref().filter(|names| !names.is_empty()) {
            parts.push(self.fill(words::UNKNOWN_ONES, &[&names(unknown)]));
        }
        parts.extend(self.answered(expect));
        cell(&parts.join("; "))
    }

    /// How inputs are answered: those that are yes, those that are no, those that are unknown.
    fn answered(&self, expect: &Expect) -> Vec<String> {
        let of = |(answer, word): (Tri, words::Word)| {
            let inputs = expect.inputs.iter().filter(|(_, wanted)| *wanted == answer);
            let names: Vec<String> = inputs.map(|(at, _)| format!("`{}`", self.set().inputs[*at].name)).collect();
            (!names.is_empty()).then(|| self.fill(word, &[&names.join(" ")]))
        };
        [(Tri::Yes, words::YES_ONES), (Tri::No, words::NO_ONES), (Tri::Unknown, words::UNKNOWN_ONES)]
            .into_iter()
            .filter_map(of)
            .collect()
    }

    fn band_label(&self, name: &str) -> String {
        let band = self.set().bands.iter().find(|band| band.name == name);
        band.map_or_else(|| name.to_owned(), |band| band.label.get(self.language).to_owned())
    }
}
