//! A rule set as the page a clinician reads, in her language.

mod about;
mod cases;
pub mod changes;
mod compare;
mod index;
mod inputs;
mod library;
mod lines;
mod meaning;
mod measured;
mod runs;
mod together;
mod words;

use std::collections::BTreeSet;

pub use self::compare::differences;
pub use self::index::index;
use self::inputs::Speaker;
pub use self::library::library;
use self::words::{Word, fill, say};
use super::cases::Case;
use super::ruleset::{InputId, RuleSet, Status};
use super::vocabulary::Vocabulary;
use crate::clinical::Language;

/// One rule set's page, as Markdown.
#[must_use]
pub fn page(set: &RuleSet, cases: &[Case], vocabulary: &Vocabulary, language: Language) -> String {
    let mut page = Page { out: String::new(), speaker: Speaker { set, vocabulary, language }, language };
    page.head();
    page.suits();
    page.parent();
    page.foreign();
    page.population();
    page.gate();
    page.criteria();
    page.caps();
    page.hierarchies();
    page.bands();
    page.link();
    page.notes();
    page.sentences();
    page.questions();
    page.cases(cases);
    page.history();
    page.out
}

/// What one input looks for, in words.
#[must_use]
pub fn in_words(set: &RuleSet, id: InputId, vocabulary: &Vocabulary, language: Language) -> String {
    Speaker { set, vocabulary, language }.describe(id)
}

/// A page in the making.
struct Page<'a> {
    out: String,
    speaker: Speaker<'a>,
    language: Language,
}

impl<'a> Page<'a> {
    fn set(&self) -> &'a RuleSet {
        self.speaker.set
    }

    fn say(&self, word: Word) -> &'static str {
        say(self.language, word)
    }

    fn fill(&self, word: Word, parts: &[&str]) -> String {
        fill(self.language, word, parts)
    }

    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn heading(&mut self, word: Word) {
        let text = format!("\n## {}\n", self.say(word));
        self.line(&text);
    }

    fn list<T: AsRef<str>>(&mut self, items: impl IntoIterator<Item = T>) {
        for item in items {
            let line = format!("- {}", item.as_ref());
            self.line(&line);
        }
    }

    fn row(&mut self, cells: &[String]) {
        let line = format!("| {} |", cells.join(" | "));
        self.line(&line);
    }

    fn table_head(&mut self, words: &[Word]) {
        let cells: Vec<String> = words.iter().map(|word| self.say(*word).to_owned()).collect();
        self.row(&cells);
        let rule: Vec<String> = words.iter().map(|_| "---".to_owned()).collect();
        self.row(&rule);
    }

    fn head(&mut self) {
        let set = self.set();
        let head = format!(
            "# {}\n\n`{}` · {} {} · {}\n",
            set.title.get(self.language),
            set.id,
            self.say(words::VERSION).to_lowercase(),
            set.version,
            self.say(words::status(set.status))
        );
        self.line(&head);
        let outreach = match &set.outreach {
            Some(outreach) => format!(
                "{}: {} ({}).",
                self.say(words::OUTREACH),
                outreach.group.get(self.language),
                self.say(words::role(outreach.role))
            ),
            None => capital(&format!("{}.", self.say(words::NOT_ON_LIST))),
        };
        let purpose = format!("{}\n\n{outreach}", set.purpose.get(self.language));
        self.line(&purpose);
        if set.status == Status::Draft {
            let warning = format!("\n> {}", self.say(words::DRAFT_WARNING));
            self.line(&warning);
        }
        self.heading(words::SOURCE);
        self.list(&set.source);
        self.heading(words::DEPARTS);
        if set.departs.is_empty() {
            self.line(self.say(words::NO_DEPARTURES));
        }
        self.list(&set.departs);
    }

    fn population(&mut self) {
        self.heading(words::WHO);
        let set = self.set();
        if set.population.all.is_empty() && set.population.none.is_empty() {
            self.line(self.say(words::EVERYONE));
        }
        for (word, ids) in [(words::ALL_OF_THESE, &set.population.all), (words::NONE_OF_THESE, &set.population.none)] {
            if !ids.is_empty() {
                let text = format!("{}\n", self.say(word));
                self.line(&text);
                let items: Vec<String> = ids.iter().map(|id| self.speaker.name(*id)).collect();
                self.list(items);
                self.line("");
            }
        }
    }

    fn gate(&mut self) {
        let set = self.set();
        if set.gate.any.is_empty() && set.gate.sums.is_empty() {
            return;
        }
        self.heading(words::GATE);
        let sums: Vec<String> = set
            .gate
            .sums
            .iter()
            .map(|(cap, points)| self.fill(words::GATE_SUM, &[&self.points(*points), &self.cap_name(&set.caps[cap.0])]))
            .collect();
        self.list(sums);
        if !set.gate.any.is_empty() {
            let text = format!("{}\n", self.say(words::GATE_ANY));
            self.line(&text);
            let items: Vec<String> = set.gate.any.iter().map(|id| self.speaker.name(*id)).collect();
            self.list(items);
        }
    }

    /// What the names mean that the tables above use: inputs with a label of which another one, or the population, speaks.
    fn questions(&mut self) {
        let set = self.set();
        let lists = [&set.population.all, &set.population.none, &set.gate.any];
        let parts = set.inputs.iter().flat_map(|input| super::check::parts_of(&input.kind));
        let named: BTreeSet<InputId> = parts.chain(lists.into_iter().flatten().copied()).collect();
        let named: Vec<InputId> = named.into_iter().filter(|id| set.inputs[id.0].label.is_some()).collect();
        if named.is_empty() {
            return;
        }
        self.heading(words::INPUTS);
        self.table_head(&[words::INPUT, words::LOOKED_FOR]);
        named.into_iter().for_each(|id| self.question(id));
    }
}

/// Text fit for a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
