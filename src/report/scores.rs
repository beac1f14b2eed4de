//! What the whole practice scored, for the reader: one line for each rule set, and as a table of its own.

use super::habit;
use super::view::Book;
use super::words::{self, Word, word};
use crate::clinical::Language;
use crate::outreach::summary::Summary;

pub const SCORES: Word = word("Skårene i praksisen", "Skårane i praksisen", "Scores of the practice");
pub const INSIDE: Word = word("Pasienter", "Pasientar", "Patients");
pub const IN_BANDS: Word = word("I hver gruppe", "I kvar gruppe", "In each band");
pub const MIDDLE: Word = word("Gjennomsnitt (kvartiler)", "Gjennomsnitt (kvartilar)", "Mean (quartiles)");
pub const OPEN: Word = word("Mangler opplysninger", "Manglar opplysningar", "Answers missing");
pub const NOT_ASSESSED: Word = word("Ikke vurderbare", "Ikkje vurderbare", "Not assessable");
const NO_BAND: Word = word("under grensen", "under grensa", "below the limit");

/// What stands above the columns of [`ScoresView::cells`].
pub const HEADS: [Word; 6] = [words::RULE_SET, INSIDE, IN_BANDS, MIDDLE, OPEN, NOT_ASSESSED];
/// A number that is not told, as Norwegian statistics write it.
const HIDDEN: &str = ".";
pub const HIDDEN_NOTE: Word = word(
    "«.»: færre enn 5, eller et tall som ville røpet et slikt.",
    "«.»: færre enn 5, eller eit tal som ville røpt eit slikt.",
    "\".\": fewer than 5, or a number that would give such a one away.",
);

/// One rule set's line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoresView {
    /// In the order of [`HEADS`].
    pub cells: [String; 6],
}

impl ScoresView {
    #[must_use]
    pub fn of(summary: &Summary, book: Book, language: Language) -> ScoresView {
        let rule_set = book.rule_sets.iter().find(|rule_set| rule_set.id == summary.rule_set);
        let title = rule_set.map_or(summary.rule_set.as_str(), |rule_set| rule_set.title.get(language));
        let label = |name: &str| match rule_set.and_then(|set| set.bands.iter().find(|band| band.name == name)) {
            Some(band) => band.label.get(language).to_owned(),
            None => NO_BAND.get(language).to_owned(),
        };
        let bands =
            summary.bands.iter().map(|band| format!("{} {}", label(&band.band), whole(band.patients, language)));
        ScoresView {
            cells: [
                title.to_owned(),
                whole(summary.in_population, language),
                bands.collect::<Vec<_>>().join(", "),
                middle(summary, language),
                whole(summary.with_open_bounds, language),
                whole(summary.not_assessable, language),
            ],
        }
    }
}

fn whole(number: Option<u64>, language: Language) -> String {
    number.map_or_else(|| HIDDEN.to_owned(), |number| habit::whole(number, language))
}

/// `2,31 (0–1–4)`; a rule set whose points mean nothing by themselves has them too.
fn middle(summary: &Summary, language: Language) -> String {
    let number = |value: Option<f64>| value.map_or_else(|| HIDDEN.to_owned(), |value| habit::number(value, language));
    let quartiles = [summary.first_quartile, summary.median, summary.third_quartile].map(number);
    format!("{} ({})", number(summary.mean), quartiles.join(" / "))
}

/// One number a line: rule set, version, what is counted, band, number. Hidden numbers are a full stop.
#[must_use]
pub fn csv(summaries: &[Summary], language: Language) -> String {
    let mut out = "\u{feff}rule_set;version;measure;band;number\r\n".to_owned();
    for summary in summaries {
        let plain = |number: Option<u64>| number.map_or_else(|| HIDDEN.to_owned(), |number| number.to_string());
        let exact = |number: Option<f64>| number.map_or_else(|| HIDDEN.to_owned(), |n| habit::number(n, language));
        let mut line = |measure: &str, band: &str, number: String| {
            out.push_str(&[&summary.rule_set, &summary.version, measure, band, &number].join(";"));
            out.push_str("\r\n");
        };
        line("in_population", "", plain(summary.in_population));
        line("outside", "", plain(summary.outside));
        line("not_assessable", "", plain(summary.not_assessable));
        line("with_open_bounds", "", plain(summary.with_open_bounds));
        line("mean", "", exact(summary.mean));
        line("first_quartile", "", exact(summary.first_quartile));
        line("median", "", exact(summary.median));
        line("third_quartile", "", exact(summary.third_quartile));
        for band in &summary.bands {
            line("band", if band.band.is_empty() { "none" } else { &band.band }, plain(band.patients));
        }
    }
    out
}
