//! Named settings: a window that a rule set names once, and that its inputs share.

use crate::model::read::window;
use crate::model::report::Report;
use crate::model::suggest;
use crate::model::tree::{Span, Table, Value};

/// A setting as the file gives it.
struct Setting {
    name: String,
    span: Span,
    value: String,
    used: bool,
}

/// Writes each setting's value wherever an input's `within` has its name; from here on nobody knows that there were settings.
///
/// A rule set that builds on another one and gives the setting another value must be merged with it before.
pub fn apply(root: &mut Table, report: &mut Report) {
    let mut settings = read(root, report);
    for entry in entries(root, "inputs") {
        let Value::Table(input) = &mut entry.node.value else { continue };
        for within in input.entries.iter_mut().filter(|entry| entry.key == "within") {
            let Value::Word(word) = &mut within.node.value else { continue };
            if let Some(setting) = settings.iter_mut().find(|setting| setting.name == *word) {
                setting.used = true;
                word.clone_from(&setting.value);
            } else if let Some(near) = misspelt(word, &settings) {
                let message = format!("there is no setting `{word}`");
                report.fault_with(&within.node.span, message, "not known here", format!("did you mean `{near}`?"));
                // It was told once, and is not told again as a window that cannot be read.
                *word = "ever".to_owned();
            }
        }
    }
    for setting in settings.iter().filter(|setting| !setting.used) {
        report.fault(&setting.span, format!("no input uses the setting `{}`", setting.name), "is never used");
    }
}

fn read(root: &Table, report: &mut Report) -> Vec<Setting> {
    let mut settings = Vec::new();
    for entry in root.entries("settings") {
        if window(&entry.key).is_some() {
            let message = format!("a setting cannot be called `{}`", entry.key);
            report.fault(&entry.span, message, "looks like a window itself");
        }
        // A value of another kind was told with the shape.
        let Some(value) = entry.node.as_word() else { continue };
        let (name, span) = (entry.key.clone(), entry.span.clone());
        settings.push(Setting { name, span, value: value.to_owned(), used: false });
    }
    settings
}

fn entries<'t>(root: &'t mut Table, key: &str) -> impl Iterator<Item = &'t mut crate::model::tree::Entry> {
    let found = root.entries.iter_mut().find(|entry| entry.key == key);
    let table =
        found.and_then(|entry| if let Value::Table(table) = &mut entry.node.value { Some(table) } else { None });
    table.into_iter().flat_map(|table| table.entries.iter_mut())
}

fn misspelt<'s>(word: &str, settings: &'s [Setting]) -> Option<&'s str> {
    let looks_like_a_name = window(word).is_none() && !word.starts_with(|c: char| c.is_ascii_digit());
    let names = settings.iter().map(|setting| setting.name.as_str());
    looks_like_a_name.then(|| suggest::nearest(word, names)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fault::Faults;
    use crate::model::tree::Document;

    fn applied(text: &str) -> (Table, Vec<String>) {
        let mut faults = Faults::new();
        let mut document = Document::parse("model.toml", text, &mut faults).unwrap();
        apply(&mut document.root, &mut Report::new("model.toml", &mut faults));
        (document.root, faults.sorted().iter().map(|fault| fault.message.clone()).collect())
    }

    #[test]
    fn inputs_take_the_value_of_a_setting() {
        let text = "settings.filled = \"181 days\"\ninputs.a = { atc = [\"N06A\"], within = \"filled\" }\n\
                    inputs.b = { atc = [\"N06D\"], within = \"30 days\" }";
        let (root, faults) = applied(text);
        let within = |name: &str| root.table("inputs").unwrap().table(name).unwrap().window().within;
        assert_eq!((within("a"), within("b")), (Some(181), Some(30)));
        assert!(faults.is_empty(), "{faults:?}");
    }

    #[test]
    fn settings_that_mean_nothing_are_told() {
        for (text, expected) in [
            (
                "settings.filled = \"181 days\"\ninputs.a = { within = \"30 days\" }",
                "no input uses the setting `filled`",
            ),
            (
                "settings.filled = \"181 days\"\ninputs.b = { within = \"filled\" }\ninputs.a = { within = \"filed\" }",
                "there is no setting `filed`",
            ),
            ("settings.ever = \"3 days\"\ninputs.a = { within = \"ever\" }", "a setting cannot be called `ever`"),
        ] {
            assert_eq!(applied(text).1, [expected], "{text}");
        }
    }
}
