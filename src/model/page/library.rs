//! A library's page: the questions that rule sets share, in words and codes, and its cases.

use super::words::{self, Word};
use super::{Page, Speaker, cell};
use crate::clinical::Language;
use crate::model::catalog::Shared;
use crate::model::ruleset::InputId;
use crate::model::vocabulary::Vocabulary;

const LEAD: Word = [
    "Et bibliotek er ikke noe regelsett: det gir ingen poeng. Det er spørsmål til journalen som flere regelsett deler, skrevet én \
     gang. Et regelsett tar det i bruk med `uses`.",
    "Eit bibliotek er ikkje noko regelsett: det gjev ingen poeng. Det er spørsmål til journalen som fleire regelsett deler, skrivne \
     éin gong. Eit regelsett tek det i bruk med `uses`.",
    "A library is no rule set: it gives no points. It is questions to the journal that several rule sets share, written once. A \
     rule set takes it into use with `uses`.",
];

/// One library's page, as Markdown.
#[must_use]
pub fn library(library: &Shared, vocabulary: &Vocabulary, language: Language) -> String {
    let set = &library.inputs;
    let mut page = Page { out: String::new(), speaker: Speaker { set, vocabulary, language }, language };
    let version = page.say(words::VERSION).to_lowercase();
    page.line(&format!("# `{}`\n\n{version} {}\n\n{}", set.id, set.version, page.say(LEAD)));
    page.heading(words::SOURCE);
    page.list(&set.source);
    page.heading(words::INPUTS);
    page.table_head(&[words::INPUT, words::LOOKED_FOR]);
    for at in 0..set.inputs.len() {
        page.question(InputId(at));
    }
    page.cases(&library.cases);
    page.out
}

impl Page<'_> {
    /// A row: an input by its names, and what it looks for.
    pub(super) fn question(&mut self, id: InputId) {
        let input = &self.set().inputs[id.0];
        let name = match &input.label {
            Some(label) => format!("{} (`{}`)", cell(label.get(self.language)), input.name),
            None => format!("`{}`", input.name),
        };
        let described = cell(&self.speaker.describe(id));
        self.row(&[name, described]);
    }
}
