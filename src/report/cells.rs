//! The small cells of a row: contact, services, tasks, the age of the data, initials.

use super::habit;
use super::parts::title;
use super::phrases;
use super::row::TaskView;
use super::sentence::Speaker;
use super::view::Book;
use super::words;
use crate::outreach::list::Row;
use crate::outreach::rows::SuggestedTask;

/// `Å.K.A.`: one letter for each word of the name; `–` for no name.
#[must_use]
pub fn initials(name: &str) -> String {
    let letters = name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphabetic()));
    let short: String = letters.flat_map(char::to_uppercase).flat_map(|letter| [letter, '.']).collect();
    if short.is_empty() { "–".to_owned() } else { short }
}

pub(super) fn last_contact(row: &Row, speaker: &Speaker) -> String {
    let Some(contact) = &row.last_contact else { return words::NO_CONTACT.get(speaker.language).to_owned() };
    let kind = speaker.vocabulary.contacts.get(contact.kind.name());
    let kind = kind.map_or(contact.kind.name(), |text| text.get(speaker.language));
    let role = speaker.vocabulary.roles.get(&contact.role);
    let role = role.map_or(contact.role.as_str(), |text| text.get(speaker.language));
    let date = habit::date(contact.date, speaker.language);
    if role.is_empty() { format!("{date}, {kind}") } else { format!("{date}, {kind} ({role})") }
}

pub(super) fn services(row: &Row, speaker: &Speaker) -> Vec<String> {
    let mut names: Vec<String> = row.services.iter().map(|name| service(name, speaker)).collect();
    names.sort_by_key(|name| habit::alphabetical(name));
    names
}

/// A service as the reader calls it.
pub(super) fn service(name: &str, speaker: &Speaker) -> String {
    let known = speaker.vocabulary.services.get(name);
    known.map_or_else(|| name.to_owned(), |text| text.get(speaker.language).to_owned())
}

pub(super) fn tasks(row: &Row, speaker: &Speaker) -> Vec<TaskView> {
    let view = row.tasks.iter().filter_map(|suggested| {
        let task = speaker.vocabulary.tasks.get(&suggested.task)?;
        Some(TaskView {
            label: task.label.get(speaker.language).to_owned(),
            role: task.role.get(speaker.language).to_owned(),
            minutes: suggested.minutes,
            owner: owner(suggested, speaker),
        })
    });
    view.collect()
}

fn owner(task: &SuggestedTask, speaker: &Speaker) -> String {
    match &task.owner {
        Some(name) => phrases::SUGGESTED_OWNER.with(speaker.language, &[name]),
        None if task.nobody => phrases::NOBODY_PRESENT.get(speaker.language).to_owned(),
        None => String::new(),
    }
}

/// Age of the data and what they cannot say.
pub(super) fn data(row: &Row, book: Book, speaker: &Speaker) -> Vec<String> {
    let language = speaker.language;
    let mut out = vec![match row.newest_fact {
        Some(day) => words::NEWEST_FACT.with(language, &[&habit::date(day, language)]),
        None => words::NO_FACTS.get(language).to_owned(),
    }];
    if row.unknown_lines > 0 {
        out.push(words::UNKNOWN_LINES.with(language, &[&row.unknown_lines.to_string()]));
    }
    for group in &row.groups {
        let rule_set = &book.rule_sets[group.model];
        if let Some(bounds) = speaker.bounds(rule_set, &group.score) {
            out.push(format!("{}: {bounds}", title(rule_set, speaker)));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_tell_no_name() {
        for (name, expected) in [
            ("Åse Kristine Aasen-Ødegård", "Å.K.A."),
            ("per", "P."),
            ("=HYPERLINK(\"x\")", "H."),
            ("Kari <b>Fjell</b>", "K.B."),
            ("", "–"),
            ("01038299999", "–"),
        ] {
            assert_eq!(initials(name), expected);
        }
    }
}
