//! The whole list in one reader's words: what every format writes, each in its own shape.

use super::about::About;
use super::front::Front;
use super::row::RowView;
use super::sentence::{Reader, Speaker};
use super::trace::Secrets;
use crate::clinical::Language;
use crate::model::RuleSet;
use crate::model::vocabulary::Vocabulary;
use crate::outreach::List;

/// A list ready to be written.
#[derive(Debug, Clone)]
pub struct View {
    pub language: Language,
    pub front: Front,
    pub rows: Vec<RowView>,
}

/// What sentences are made from.
#[derive(Debug, Clone, Copy)]
pub struct Book<'a> {
    pub rule_sets: &'a [RuleSet],
    pub vocabulary: &'a Vocabulary,
}

impl View {
    /// The coordinator's view: sensitive lines keep their points and lose their words.
    #[must_use]
    pub fn of(list: &List, book: Book, about: &About) -> View {
        let secrets = Secrets::of(book.rule_sets);
        let speaker = Speaker {
            vocabulary: book.vocabulary,
            language: about.language,
            reader: Reader::Coordinator,
            on: list.index_day,
            since: None,
            secrets: &secrets,
        };
        View {
            language: about.language,
            front: Front::of(list, book, about),
            rows: list.rows.iter().map(|row| RowView::of(row, book, &speaker.since(row.known_since))).collect(),
        }
    }
}
