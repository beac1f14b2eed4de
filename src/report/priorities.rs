//! The parts of the priority in words.

use super::parts::{self, title};
use super::sentence::Speaker;
use super::view::Book;
use super::words;
use crate::outreach::list::Row;
use crate::outreach::priority::{PartKind, PriorityPart};
use crate::outreach::reasons;
use crate::score::result::Part;

/// Sentence and points of one part.
pub(super) fn part(part: &PriorityPart, row: &Row, book: Book, speaker: &Speaker) -> (String, i32) {
    let language = speaker.language;
    let group = |model: usize| parts::group(&book.rule_sets[model], speaker);
    let text = match part.kind {
        PartKind::MainNeed { model } => words::MAIN_NEED.with(language, &[&group(model)]),
        PartKind::FurtherNeed { model } => words::FURTHER_NEED.with(language, &[&group(model)]),
        PartKind::FurtherNeedCeiling => words::FURTHER_CEILING.get(language).to_owned(),
        PartKind::Quiet { model } | PartKind::Rising { model } => title(&book.rule_sets[model], speaker),
        PartKind::Breadth { domains } => words::BREADTH.with(language, &[&domains.to_string()]),
        PartKind::Coordination { services, coordinators } => {
            words::COORDINATION.with(language, &[&services.to_string(), &coordinators.to_string()])
        }
        PartKind::Missed { model, criterion } => {
            let mut lines = reasons::lines_of(model, &row.explained).iter();
            let found = lines.find(|line| line.part == Part::Criterion(criterion));
            found.map_or_else(String::new, |found| speaker.line(&book.rule_sets[model], found, None).text)
        }
        PartKind::HardToCoordinate => words::HARD_TO_COORDINATE.get(language).to_owned(),
        PartKind::Stayed => words::STAYED.get(language).to_owned(),
    };
    (text, part.points)
}
