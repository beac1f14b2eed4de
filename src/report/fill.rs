//! Filling a sentence's placeholders, and mending it where the journal has nothing to say.

use crate::clinical::{Language, Text};

/// Stands for a placeholder without a value until the sentence is mended.
const NOTHING: char = '\u{fffc}';

/// Fills `{name}` from `value` and `{one/many}` by `count`; what has no value leaves no trace in a parenthesis, and a dash
/// elsewhere.
#[must_use]
pub fn fill(text: &Text, language: Language, count: u32, value: impl Fn(&str) -> Option<String>) -> String {
    let filled = text.fill(language, |name| {
        let given = match name.split_once('/') {
            Some((one, many)) => Some(if count == 1 { one } else { many }.to_owned()),
            None => value(name),
        };
        Some(given.filter(|text| !text.is_empty()).unwrap_or_else(|| NOTHING.to_string()))
    });
    mend(&filled, "–")
}

/// The sentence with its placeholders left open, to name what it would say: «Bruker … faste legemidler».
#[must_use]
pub fn outline(text: &Text, language: Language) -> String {
    let open = text.fill(language, |name| match name.split_once('/') {
        Some((_, many)) => Some(many.to_owned()),
        None => Some(NOTHING.to_string()),
    });
    let outline = mend(&open, "…");
    outline.trim_end_matches([' ', '…', ':']).to_owned()
}

fn mend(filled: &str, blank: &str) -> String {
    if !filled.contains(NOTHING) {
        return filled.to_owned();
    }
    let mut out = String::with_capacity(filled.len());
    let mut rest = filled;
    while let Some(open) = rest.find('(') {
        let Some(length) = rest[open..].find(')') else { break };
        out.push_str(&rest[..open]);
        match parenthesis(&rest[open + 1..open + length]) {
            Some(inner) => {
                out.push('(');
                out.push_str(&inner);
                out.push(')');
            }
            None => out.truncate(out.trim_end().len()),
        }
        rest = &rest[open + length + 1..];
    }
    out.push_str(rest);
    out.replace(NOTHING, blank)
}

/// Keeps the parts of a parenthesis that say something; `None` when none does.
fn parenthesis(inner: &str) -> Option<String> {
    let parts: Vec<&str> = inner.split(", ").filter(|part| !part.contains(NOTHING)).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_values_leave_no_empty_parentheses() {
        for (template, expected) in [
            ("{name} ({source}, {date})", "Hjertesvikt (ICPC-2 K77)"),
            ("{name} ({date})", "Hjertesvikt"),
            ("Akutt innlagt {count} {gang/ganger}, sist {date}", "Akutt innlagt 2 ganger, sist –"),
            ("Ingen kontakt på {months} måneder (sist {date})", "Ingen kontakt på – måneder"),
            ("{name} (fast) ({source})", "Hjertesvikt (fast) (ICPC-2 K77)"),
        ] {
            let text = Text::new(template, "", "");
            let filled = fill(&text, Language::Nb, 2, |name| match name {
                "name" => Some("Hjertesvikt".to_owned()),
                "source" => Some("ICPC-2 K77".to_owned()),
                "count" => Some("2".to_owned()),
                _ => None,
            });
            assert_eq!(filled, expected);
        }
    }

    #[test]
    fn outlines_name_what_a_sentence_would_say() {
        for (template, expected) in [
            ("Bruker {count} faste legemidler", "Bruker … faste legemidler"),
            ("Legemidler som bør vurderes sammen: {list}", "Legemidler som bør vurderes sammen"),
            ("HbA1c {value} mmol/mol ({date})", "HbA1c … mmol/mol"),
        ] {
            assert_eq!(outline(&Text::new(template, "", ""), Language::Nb), expected);
        }
    }

    #[test]
    fn the_count_chooses_the_word() {
        let text = Text::new("{gang/ganger}", "", "");
        assert_eq!(fill(&text, Language::Nb, 1, |_| None), "gang");
        assert_eq!(fill(&text, Language::Nb, 0, |_| None), "ganger");
    }
}
