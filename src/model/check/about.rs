//! History, the questions a rule set answers, and its parent.

use super::Draft;
use crate::model::about::{About, Edition, Parent, Reader, Suit};
use crate::model::keys::about::READERS;
use crate::model::report::Report;
use crate::model::tree::Table;

/// Foreign codes and the differences from the parent come later, from the catalogue.
pub fn read(draft: &Draft, version: &str, report: &mut Report) -> About {
    let root = &draft.document.root;
    let parent = draft.parent.as_ref();
    About {
        history: history(root, version, report),
        suits: root.tables("suits").filter_map(|(table, _)| suit(table)).collect(),
        foreign: Vec::new(),
        libraries: root
            .entries("uses")
            .iter()
            .map(|entry| entry.node.as_table().and_then(|uses| uses.word("library")).unwrap_or(&entry.key).to_owned())
            .collect(),
        parent: parent.map(|parent| Parent {
            id: parent.id.clone(),
            version: parent.version.clone(),
            differences: Vec::new(),
        }),
    }
}

fn suit(table: &Table) -> Option<Suit> {
    let place = READERS.iter().position(|name| Some(*name) == table.word("who"))?;
    Some(Suit { who: Reader::ALL[place], question: table.sentence("question").unwrap_or_default() })
}

/// The newest edition is the file's own version, and each is newer than the next.
fn history(root: &Table, version: &str, report: &mut Report) -> Vec<Edition> {
    let mut history: Vec<Edition> = Vec::new();
    for (table, span) in root.tables("history") {
        let (Some((named, at)), Some(date)) = (table.name("version"), table.day("date")) else { continue };
        match history.last() {
            None if named != version => {
                let message = format!("the newest edition is `{named}`, but the file's version is `{version}`");
                report.fault_with(at, message, "not the file's version", "say first what the newest version changed");
            }
            Some(newer) if newer.date < date || number(&newer.version) <= number(named) => {
                report.fault(span, "editions stand with the newest first", "newer than the one before");
            }
            _ => {}
        }
        history.push(Edition {
            version: named.to_owned(),
            date,
            text: table.word("text").unwrap_or_default().to_owned(),
        });
    }
    history
}

fn number(version: &str) -> Vec<u32> {
    version.split('.').map(|part| part.parse().unwrap_or(0)).collect()
}
