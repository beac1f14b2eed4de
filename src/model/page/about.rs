//! What a page tells beside the meaning: the parent, foreign codes, history.

use super::words::{self, Word};
use super::{Page, cell, changes};
use crate::clinical::{Code, CodeSystem};
use crate::model::about::{Foreign, Suit};
use crate::model::difference::Part;
use crate::model::registers::why;
use crate::model::ruleset::InputKind;

const QUESTIONS: Word = ["Spørsmål det svarer på", "Spørsmål det svarer på", "Questions it answers"];
const PARENT: Word = ["Som {} {}, men", "Som {} {}, men", "As {} {}, but"];
const SAME: Word = ["Ingenting er annerledes.", "Ingenting er annleis.", "Nothing is other."];
const FOREIGN: Word = [
    "Koder som ikke kan forekomme i Norge",
    "Kodar som ikkje kan førekome i Noreg",
    "Codes that cannot occur in Norway",
];
const CODES: Word = ["Koder", "Kodar", "Codes"];
const BECAUSE: Word = ["Hvorfor", "Kvifor", "Why"];
const KEPT: Word = ["Hvorfor de står her", "Kvifor dei står her", "Why they stand here"];
const QUESTION: Word = ["Spørsmål", "Spørsmål", "Question"];
const ASKED: Word = ["Koder", "Kodar", "Codes"];
const POSSIBLE: Word = ["Av dem kan forekomme i Norge", "Av dei kan førekome i Noreg", "Of these can occur in Norway"];
const HISTORY: Word = ["Endringer", "Endringar", "Changes"];
const DATE: Word = ["Dato", "Dato", "Date"];
const WHAT: Word = ["Hva", "Kva", "What"];

impl Page<'_> {
    /// The questions it answers, as its readers ask them.
    pub(super) fn suits(&mut self) {
        let line =
            |suit: &Suit| format!("{}: {}", self.say(super::index::reader(suit.who)), suit.question.get(self.language));
        let lines: Vec<String> = self.set().about.suits.iter().map(line).collect();
        if !lines.is_empty() {
            self.heading(QUESTIONS);
            self.list(lines);
        }
    }

    /// What is other than in the rule set that this one extends.
    pub(super) fn parent(&mut self) {
        let Some(parent) = &self.set().about.parent else { return };
        let title = self.fill(PARENT, &[&format!("`{}`", parent.id), &parent.version]);
        self.line(&format!("\n## {title}\n"));
        if parent.differences.is_empty() {
            self.line(self.say(SAME));
        }
        for part in Part::ALL {
            let of_part = parent.differences.iter().filter(|difference| difference.part == part);
            let lines: Vec<String> = of_part.map(|difference| changes::sentence(difference, self.language)).collect();
            if !lines.is_empty() {
                self.line(&format!("{}:\n", changes::heading(part, self.language)));
                self.list(lines);
                self.line("");
            }
        }
    }

    /// Codes that no journal in Norway can hold, those of the same cause and reason in one row.
    pub(super) fn foreign(&mut self) {
        let foreign = &self.set().about.foreign;
        if foreign.is_empty() {
            return;
        }
        self.heading(FOREIGN);
        self.table_head(&[CODES, BECAUSE, KEPT]);
        let key = |one: &Foreign| (why(&one.why, self.language), one.reason.clone().unwrap_or_default());
        let mut groups: Vec<((String, String), Vec<&Code>)> = Vec::new();
        for one in foreign {
            match groups.iter_mut().find(|(known, _)| *known == key(one)) {
                Some((_, codes)) => codes.push(&one.code),
                None => groups.push((key(one), vec![&one.code])),
            }
        }
        for ((cause, reason), codes) in groups {
            self.row(&[by_system(&codes), cell(&cause), cell(&reason)]);
        }
        self.left_in_norway();
    }

    /// How much is left of each question that asks for such codes, counted and not typed.
    fn left_in_norway(&mut self) {
        let set = self.set();
        let foreign = |code: &&Code| set.about.foreign.iter().any(|one| one.code == **code);
        let mut rows = Vec::new();
        for input in &set.inputs {
            let codes = match &input.kind {
                InputKind::Diagnosis(asked) => &asked.codes.include,
                InputKind::Medicine(asked) => &asked.codes.include,
                _ => continue,
            };
            let gone = codes.iter().filter(foreign).count();
            if gone > 0 {
                let name = input
                    .label
                    .as_ref()
                    .map_or_else(|| format!("`{}`", input.name), |label| cell(label.get(self.language)));
                rows.push([name, codes.len().to_string(), (codes.len() - gone).to_string()]);
            }
        }
        self.line("");
        self.table_head(&[QUESTION, ASKED, POSSIBLE]);
        rows.iter().for_each(|row| self.row(row));
    }

    /// Its editions, the newest first.
    pub(super) fn history(&mut self) {
        let history = &self.set().about.history;
        if history.is_empty() {
            return;
        }
        self.heading(HISTORY);
        self.table_head(&[words::VERSION, DATE, WHAT]);
        for edition in history {
            self.row(&[edition.version.clone(), edition.date.to_string(), cell(&edition.text)]);
        }
    }
}

/// ``ICD-10 `W01 W19` ``.
fn by_system(codes: &[&Code]) -> String {
    let of = |system: &CodeSystem| -> Option<String> {
        let texts: Vec<&str> = codes.iter().filter(|code| code.system == *system).map(|code| code.as_str()).collect();
        (!texts.is_empty()).then(|| format!("{system} `{}`", texts.join(" ")))
    };
    CodeSystem::ALL.iter().filter_map(of).collect::<Vec<_>>().join("; ")
}
