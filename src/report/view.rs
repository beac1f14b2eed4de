//! The whole list in one reader's words: what every format writes, each in its own shape.

use super::about::About;
use super::front::Front;
use super::row::RowView;
use super::sections::{Correction, Orphan, Section};
use super::sentence::{Reader, Speaker};
use super::trace::Secrets;
use crate::clinical::{Day, Language};
use crate::model::RuleSet;
use crate::model::vocabulary::Vocabulary;
use crate::outreach::{List, Policy};
use crate::store::{Limits, Resource};

/// Which sections a reader gets, of the patients of those GPs she may see.
type Sections = fn(&List, Book, &Speaker, &dyn Fn(&str) -> bool) -> Vec<Section>;

/// A list ready to be written.
#[derive(Debug, Clone)]
pub struct View {
    pub language: Language,
    pub on: Day,
    pub reader: Reader,
    pub front: Front,
    /// Adults first, then the children's track and the rest; none without rows but the first.
    pub sections: Vec<Section>,
    pub corrections: Vec<Correction>,
    pub orphans: Vec<Orphan>,
    /// Names of those who are here this week and can own a task.
    pub people: Vec<String>,
    /// Every task by its name in decision files, and what it is called.
    pub tasks: Vec<(String, String)>,
    /// How far decisions may reach.
    pub limits: Limits,
}

/// What sentences are made from.
#[derive(Debug, Clone, Copy)]
pub struct Book<'a> {
    pub rule_sets: &'a [RuleSet],
    pub vocabulary: &'a Vocabulary,
    pub policy: &'a Policy,
}

impl View {
    /// The coordinator's view: sensitive lines keep their points and lose their words.
    #[must_use]
    pub fn of(list: &List, book: Book, about: &About) -> View {
        let secrets = Secrets::of(book.rule_sets);
        let speaker = speaker(list, book, about.language, Reader::Coordinator, &secrets);
        View::with(list, book, about, &speaker, |_| true, Section::of_coordinator)
    }

    /// A doctor's own view: everything in words, her own patients alone, and those whom nobody else may see.
    #[must_use]
    pub fn of_gp(list: &List, book: Book, about: &About, gp: &str) -> View {
        let secrets = Secrets::of(book.rule_sets);
        let speaker = speaker(list, book, about.language, Reader::Doctor, &secrets);
        let mut view = View::with(list, book, about, &speaker, |of| of == gp, Section::of_gp);
        let name = if gp.is_empty() { super::words::NO_GP.get(about.language) } else { gp };
        view.front.title = format!("{} – {name}", view.front.title);
        view
    }

    fn with(
        list: &List,
        book: Book,
        about: &About,
        speaker: &Speaker,
        is_hers: impl Fn(&str) -> bool + Copy,
        sections: Sections,
    ) -> View {
        let language = about.language;
        let corrections = list.beside.corrections.iter().filter(|found| is_hers(&found.row.member.gp));
        let orphans = list.beside.orphans.iter().filter(|orphan| is_hers(&orphan.row.member.gp));
        let tasks = book.vocabulary.tasks.iter();
        View {
            language,
            on: list.index_day,
            reader: speaker.reader,
            front: Front::of(list, book, about),
            sections: sections(list, book, speaker, &is_hers),
            corrections: corrections.map(|found| Correction::of(found, book, speaker)).collect(),
            orphans: orphans.map(|orphan| Orphan::of(orphan, speaker)).collect(),
            people: here(list),
            limits: list.policy.decisions.limits(),
            tasks: tasks.map(|(name, task)| (name.to_owned(), task.label.get(language).to_owned())).collect(),
        }
    }

    /// Every row, section by section.
    pub fn rows(&self) -> impl Iterator<Item = &RowView> {
        self.sections.iter().flat_map(|section| &section.rows)
    }
}

fn here(list: &List) -> Vec<String> {
    let is_here = |resource: &&Resource| (0..7).any(|days| resource.is_present(list.index_day.plus(days)));
    list.resources.iter().filter(is_here).map(|resource| resource.name.clone()).collect()
}

/// Speaks to one kind of reader about one list.
#[must_use]
pub fn speaker<'a>(
    list: &List,
    book: Book<'a>,
    language: Language,
    reader: Reader,
    secrets: &'a Secrets<'a>,
) -> Speaker<'a> {
    Speaker { vocabulary: book.vocabulary, language, reader, on: list.index_day, since: None, secrets }
}
