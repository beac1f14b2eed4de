//! Sentences: three languages, known placeholders, and the same ones in each language.

use std::collections::BTreeSet;

use super::read;
use super::report::Report;
use super::suggest;
use super::tree::{Node, Span};
use crate::clinical::{Language, Text};

/// Placeholders of criteria and notes.
pub const OF_LINES: &[&str] =
    &["name", "source", "date", "first", "count", "value", "unit", "old", "percent", "list", "months", "n", "from"];
/// Placeholders of the sentence that opens the reasons.
pub const OF_HEADLINES: &[&str] = &["count"];
/// Placeholders of the sentence that says what set the band.
pub const OF_BAND_SETTERS: &[&str] = &["value", "date", "band"];

/// Checks that a sentence has all its languages.
pub fn verify(node: &Node, at: &Span, report: &mut Report) {
    let Some(table) = node.as_table() else {
        let message = format!("expected a sentence `{{ nb, nn, en }}`, found {}", node.kind());
        return report.fault(&node.span, message, "of the wrong kind");
    };
    let tags: Vec<&str> = Language::ALL.iter().map(|language| language.tag()).collect();
    for entry in &table.entries {
        if !tags.contains(&entry.key.as_str()) {
            report.unknown(&entry.span, "language", &entry.key, tags.iter().copied());
        } else if entry.node.as_word().is_none_or(|text| text.trim().is_empty()) {
            report.fault(&entry.node.span, "a sentence must be a text that is not empty", "no sentence");
        }
    }
    for tag in tags.iter().filter(|tag| !table.has(tag)) {
        report.fault(at, format!("the `{tag}` translation is missing"), format!("needs `{tag}`"));
    }
}

/// Checks the placeholders of a sentence against those that can be filled there.
pub fn placeholders(node: &Node, known: &[&str], report: &mut Report) {
    let (Some(text), Some(table)) = (read::sentence(node), node.as_table()) else { return };
    for language in Language::ALL {
        let Some(entry) = table.get(language.tag()) else { continue };
        if !balanced(text.get(language)) {
            report.fault(&entry.node.span, "a brace `{` or `}` stands alone", "unbalanced");
            return;
        }
        for name in text.placeholders(language).filter(|name| !is_choice(name) && !known.contains(name)) {
            let hint = suggest::hint(name, known.iter().copied()).unwrap_or_else(|| "none can be used here".to_owned());
            report.fault_with(&entry.node.span, format!("unknown placeholder `{{{name}}}`"), "cannot be filled", hint);
        }
        differing(&text, language, &entry.node.span, report);
    }
}

/// Other languages must have the placeholders of the first.
fn differing(text: &Text, language: Language, span: &Span, report: &mut Report) {
    let (first, here) = (used(text, Language::ALL[0]), used(text, language));
    if text.get(language).is_empty() || first == here {
        return;
    }
    let names = |set: Vec<&&str>| suggest::list(&set.into_iter().copied().collect::<Vec<_>>());
    let (lacks, adds): (Vec<_>, Vec<_>) = (first.difference(&here).collect(), here.difference(&first).collect());
    let mut parts = Vec::new();
    if !lacks.is_empty() {
        parts.push(format!("`{}` lacks {}", language.tag(), names(lacks)));
    }
    if !adds.is_empty() {
        parts.push(format!("`{}` alone has {}", language.tag(), names(adds)));
    }
    report.fault(span, "the languages differ in their placeholders", parts.join("; "));
}

/// The placeholders of one language; words to choose by count differ freely.
fn used(text: &Text, language: Language) -> BTreeSet<&str> {
    text.placeholders(language).filter(|name| !is_choice(name)).collect()
}

fn is_choice(name: &str) -> bool {
    name.split_once('/').is_some_and(|(one, many)| !one.is_empty() && !many.is_empty())
}

fn balanced(text: &str) -> bool {
    let mut open = false;
    for c in text.chars() {
        match c {
            '{' if open => return false,
            '}' if !open => return false,
            '{' => open = true,
            '}' => open = false,
            _ => {}
        }
    }
    !open
}

/// The frame sentence with its `{name}` filled in.
#[must_use]
pub fn named(frame: &Text, name: &Text) -> Text {
    let fill = |language| frame.fill(language, |part| (part == "name").then(|| name.get(language).to_owned()));
    Text::new(&fill(Language::Nb), &fill(Language::Nn), &fill(Language::En))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fault::Faults;
    use crate::model::tree::Document;

    fn faults_of(sentence: &str) -> Vec<String> {
        let mut faults = Faults::new();
        let document = Document::parse("f", &format!("t = {sentence}\n"), &mut faults).unwrap();
        let entry = document.root.get("t").unwrap();
        let mut report = Report::new("f", &mut faults);
        verify(&entry.node, &entry.span, &mut report);
        placeholders(&entry.node, OF_LINES, &mut report);
        faults.sorted().iter().map(|fault| format!("{} ({})", fault.message, fault.label)).collect()
    }

    #[test]
    fn sentences_need_every_language_and_the_same_placeholders() {
        for (sentence, expected) in [
            ("{ nb = \"{date}\", nn = \"{date}\", en = \"{date}\" }", ""),
            ("{ nb = \"{count} {gang/ganger}\", nn = \"{count} {gong/gonger}\", en = \"{count}\" }", ""),
            ("{ nb = \"a\", en = \"a\" }", "the `nn` translation is missing (needs `nn`)"),
            (
                "{ nb = \"{date}\", nn = \"{date}\", en = \"a\" }",
                "the languages differ in their placeholders (`en` lacks `date`)",
            ),
            (
                "{ nb = \"{dato}\", nn = \"{dato}\", en = \"{dato}\" }",
                "unknown placeholder `{dato}` (cannot be filled)",
            ),
            ("{ nb = \"{date\", nn = \"a\", en = \"a\" }", "a brace `{` or `}` stands alone (unbalanced)"),
            ("\"a\"", "expected a sentence `{ nb, nn, en }`, found a text (of the wrong kind)"),
        ] {
            assert_eq!(faults_of(sentence).first().map_or("", String::as_str), expected, "{sentence}");
        }
    }

    #[test]
    fn a_name_is_filled_in_each_language() {
        let frame = Text::new("{name} ({date})", "{name} ({date})", "{name} ({date})");
        let text = named(&frame, &Text::new("Kols", "Kols", "COPD"));
        assert_eq!(text.en, "COPD ({date})");
    }
}
