//! The questions of a rule set as flat tables.

use super::export::{Tables, flag, plain, words};
use super::{AGE, CODES, COMBINATION, DIAGNOSIS, INPUTS, MEDICINE, MODEL, PARTS, PERSON};
use crate::clinical::{Code, Points, Sex, Window};
use crate::model::ruleset::{Codes, Diagnosis, Input, InputId, InputKind, Medicine, Missing, ModelInput, Usage};

impl Tables<'_> {
    pub(super) fn inputs(&mut self, in_words: &impl Fn(InputId) -> String) {
        for (at, input) in self.set.inputs.iter().enumerate() {
            let mut cells = self.kind(input);
            cells.push(("asks", in_words(InputId(at))));
            let combined = cells.iter().any(|(_, text)| text == COMBINATION);
            if !combined {
                cells.push(("missing", answer(input.missing).to_owned()));
                cells.push(("undelivered", answer(input.undelivered).to_owned()));
            }
            cells.push(("input", plain(&input.name)));
            cells.push(("sensitive", flag(input.sensitive)));
            if let Some(label) = &input.label {
                cells.extend(words("label", label));
            }
            self.row(INPUTS, &cells);
        }
    }

    fn kind(&mut self, input: &Input) -> Vec<(&'static str, String)> {
        let name = plain(&input.name);
        match &input.kind {
            InputKind::Diagnosis(asked) => self.diagnosis(&name, asked),
            InputKind::Medicine(asked) => self.medicine(&name, asked),
            InputKind::Age { from, below } => {
                vec![("kind", AGE.to_owned()), ("age_from", text(*from)), ("age_below", text(*below))]
            }
            InputKind::Sex(sex) => {
                let word = if *sex == Sex::Female { "female" } else { "male" };
                vec![("kind", PERSON.to_owned()), ("sex", word.to_owned())]
            }
            InputKind::LivesAlone => vec![("kind", PERSON.to_owned()), ("lives_alone", flag(true))],
            InputKind::OnList { days, shorter } => vec![
                ("kind", PERSON.to_owned()),
                ("on_list", format!("{days} days")),
                ("shorter", answer(*shorter).to_owned()),
            ],
            InputKind::Any(of) => self.combined(&name, "any", of),
            InputKind::All(of) => self.combined(&name, "all", of),
            InputKind::None(of) => self.combined(&name, "none", of),
            InputKind::AtLeast { n, of } => {
                let mut cells = self.combined(&name, "of", of);
                cells.push(("at_least", n.to_string()));
                cells
            }
            InputKind::DaysOf { of, days, apart } => {
                let mut cells = self.combined(&name, "days_of", of);
                cells.push(("at_least", days.to_string()));
                cells.extend(far(*days, *apart));
                cells
            }
            InputKind::Together { of, days, after } => {
                let mut cells = self.combined(&name, "together", of);
                cells.push(("at_least", days.to_string()));
                if *after > 0 {
                    cells.push(("after", format!("{after} days")));
                }
                cells
            }
            InputKind::Model(asked) => self.model(&name, asked),
            InputKind::Measurement(asked) => self.measurement(&name, asked),
            InputKind::Function(asked) => self.function(&name, asked),
            InputKind::Contact(asked) => self.contact(&name, asked),
            InputKind::Service(asked) => self.service(&name, asked),
            InputKind::Peers(asked) => self.peers(&name, asked),
        }
    }

    fn diagnosis(&mut self, name: &str, asked: &Diagnosis) -> Vec<(&'static str, String)> {
        self.codes(name, &asked.codes);
        for part in &asked.from {
            self.part(name, "from", part);
        }
        let mut cells = vec![
            ("kind", DIAGNOSIS.to_owned()),
            ("days", asked.days.to_string()),
            ("distinct_codes", flag(asked.distinct_codes)),
            ("aged_from", text(asked.aged_from)),
        ];
        cells.extend(window(asked.window));
        cells.extend(far(asked.days, asked.apart));
        cells
    }

    fn medicine(&mut self, name: &str, asked: &Medicine) -> Vec<(&'static str, String)> {
        self.codes(name, &asked.codes);
        let usage = match asked.usage {
            Usage::Any => "any",
            Usage::Current => "current",
            Usage::Regular => "regular",
            Usage::Lapsed => "lapsed",
            Usage::Begun => "begun",
            Usage::AnyRegular => "any_regular",
            Usage::Added => "added",
        };
        let mut cells =
            vec![("kind", MEDICINE.to_owned()), ("usage", usage.to_owned()), ("at_least", asked.at_least.to_string())];
        if asked.usage.has_window() {
            cells.extend(window(asked.window));
        }
        if asked.usage.counts_days() {
            cells.extend(far(asked.at_least, asked.apart));
        }
        cells
    }

    fn codes(&mut self, name: &str, codes: &Codes) {
        let all = codes.include.iter().map(|code| (code, true)).chain(codes.except.iter().map(|code| (code, false)));
        for (code, counts) in all {
            let Code { system, .. } = code;
            let cells = [
                ("input", name.to_owned()),
                ("system", system.name().to_owned()),
                ("code", code.as_str().to_owned()),
                ("counts", flag(counts)),
            ];
            self.row(CODES, &cells);
        }
    }

    pub(super) fn part(&mut self, input: &str, key: &str, value: &str) {
        self.row(PARTS, &[("input", input.to_owned()), ("key", key.to_owned()), ("value", value.to_owned())]);
    }

    fn combined(&mut self, name: &str, key: &str, of: &[InputId]) -> Vec<(&'static str, String)> {
        for id in of {
            self.part(name, key, &self.name(*id));
        }
        vec![("kind", COMBINATION.to_owned())]
    }

    fn model(&mut self, name: &str, asked: &ModelInput) -> Vec<(&'static str, String)> {
        for band in &asked.bands {
            self.part(name, "bands", band);
        }
        let points = |points: Option<Points>| points.map_or_else(String::new, |points| points.to_string());
        vec![
            ("kind", MODEL.to_owned()),
            ("model", asked.id.clone()),
            ("points_at_least", points(asked.at_least)),
            ("points_below", points(asked.below)),
            ("as_points", flag(asked.as_points)),
            ("days_ago", asked.days_ago.to_string()),
        ]
    }
}

fn text(number: Option<i32>) -> String {
    number.map_or_else(String::new, |number| number.to_string())
}

fn answer(missing: Missing) -> &'static str {
    match missing {
        Missing::No => "no",
        Missing::Unknown => "unknown",
        Missing::Yes => "yes",
    }
}

pub(super) fn window(window: Window) -> Vec<(&'static str, String)> {
    let within = window.within.map_or_else(|| "ever".to_owned(), |days| format!("{days} days"));
    let mut cells = vec![("within", within)];
    if window.before > 0 {
        cells.push(("before", format!("{} days", window.before)));
    }
    cells
}

/// The distance between days, which only several days have.
pub(super) fn far(days: u32, apart: u32) -> Option<(&'static str, String)> {
    (days > 1 && apart > 1).then(|| ("apart", format!("{apart} days")))
}
