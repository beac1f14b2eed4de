//! One sentence in the three languages a reader may choose.

use serde::{Deserialize, Serialize};

/// The reader's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Bokmål.
    #[default]
    Nb,
    /// Nynorsk.
    Nn,
    /// English.
    En,
}

impl Language {
    pub const ALL: [Language; 3] = [Language::Nb, Language::Nn, Language::En];

    /// The code used in files and as HTML `lang`.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Language::Nb => "nb",
            Language::Nn => "nn",
            Language::En => "en",
        }
    }
}

/// The same sentence in bokmål, nynorsk and English; may hold `{placeholders}`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash, Serialize)]
pub struct Text {
    pub nb: String,
    pub nn: String,
    pub en: String,
}

impl Text {
    #[must_use]
    pub fn new(nb: &str, nn: &str, en: &str) -> Text {
        Text { nb: nb.to_owned(), nn: nn.to_owned(), en: en.to_owned() }
    }

    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Nb => &self.nb,
            Language::Nn => &self.nn,
            Language::En => &self.en,
        }
    }

    /// The names inside `{…}` in one language, in order of appearance.
    pub fn placeholders(&self, language: Language) -> impl Iterator<Item = &str> {
        self.get(language).split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
    }

    /// The sentence with each `{name}` replaced by what `value` gives; unknown names stay as written.
    #[must_use]
    pub fn fill(&self, language: Language, value: impl Fn(&str) -> Option<String>) -> String {
        let mut out = String::new();
        let mut rest = self.get(language);
        while let Some(open) = rest.find('{') {
            let Some(length) = rest[open..].find('}') else { break };
            out.push_str(&rest[..open]);
            let name = &rest[open + 1..open + length];
            match value(name) {
                Some(text) => out.push_str(&text),
                None => out.push_str(&rest[open..=open + length]),
            }
            rest = &rest[open + length + 1..];
        }
        out.push_str(rest);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_per_language() {
        let text = Text::new("Bruker {count} faste", "Brukar {count} faste", "Takes {count} of {list}");
        assert_eq!(text.placeholders(Language::En).collect::<Vec<_>>(), ["count", "list"]);
        let filled = text.fill(Language::En, |name| (name == "count").then(|| "5".to_owned()));
        assert_eq!(filled, "Takes 5 of {list}");
    }
}
