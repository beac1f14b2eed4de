//! Every key of every file, declared once: the reader, the JSON Schema and the list of keys are made from these tables.

pub mod about;
pub mod cases;
pub mod inputs;
pub mod outreach;
mod parts;
pub mod ruleset;
pub mod vocabulary;

/// What a value must look like.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// A text that is not empty.
    Word,
    /// A text that may be empty.
    AnyWord,
    /// A list of texts, at least one.
    Words,
    /// A list of texts, perhaps none.
    WordsOrNone,
    /// A list of texts, at least one, or this one word.
    WordsOr(&'static str),
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// A whole number within these limits, both included.
    Whole(i64, i64),
    Number,
    /// A number with at most six decimals.
    Points,
    Flag,
    /// Only `true` makes sense; leaving the key out says no.
    True,
    Date,
    /// `"183 days"` or `"ever"`.
    Window,
    /// `"28 days"`.
    Days,
    /// `{ nb, nn, en }`.
    Sentence,
    Table(&'static Section),
    /// A table whose keys are names that the writer chooses.
    Named(&'static Shape),
    List(&'static Shape),
    /// One input; its keys depend on its kind.
    Input,
    /// Some keys of a thing of the parent, each replaced; `KEY_add` and `KEY_drop` change a list, `without` takes keys away.
    Part,
}

/// One key of a table.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    pub name: &'static str,
    pub shape: Shape,
    pub required: bool,
    /// What it means, in a line.
    pub about: &'static str,
}

/// The keys of one table.
#[derive(Debug, Clone, Copy)]
pub struct Section {
    /// What such a table is called, as in "a criterion".
    pub title: &'static str,
    pub keys: &'static [&'static [Key]],
    /// Of each group exactly one key must be there.
    pub exactly_one: &'static [&'static [&'static str]],
    /// Of each group at least one key must be there.
    pub at_least_one: &'static [&'static [&'static str]],
    /// Of each group at most one key may be there.
    pub at_most_one: &'static [&'static [&'static str]],
}

/// One kind of input, known by the keys that ask.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    pub name: &'static str,
    /// The keys that make an input one of this kind.
    pub markers: &'static [&'static str],
    pub section: Section,
}

impl Section {
    pub(super) const fn of(title: &'static str, keys: &'static [&'static [Key]]) -> Section {
        Section { title, keys, exactly_one: &[], at_least_one: &[], at_most_one: &[] }
    }

    pub fn keys(&self) -> impl Iterator<Item = &'static Key> {
        self.keys.iter().flat_map(|part| part.iter())
    }

    #[must_use]
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys().find(|key| key.name == name)
    }
}

const fn required(name: &'static str, shape: Shape, about: &'static str) -> Key {
    Key { name, shape, required: true, about }
}

const fn optional(name: &'static str, shape: Shape, about: &'static str) -> Key {
    Key { name, shape, required: false, about }
}

/// Highest number that a count, an age or a number of days may have.
const MANY: i64 = 100_000;

const COUNT: Shape = Shape::Whole(1, MANY);

#[cfg(test)]
mod tests {
    use super::*;

    fn check(section: &Section) {
        let names: Vec<&str> = section.keys().map(|key| key.name).collect();
        for (at, name) in names.iter().enumerate() {
            assert!(!names[..at].contains(name), "{name} is declared twice in {}", section.title);
        }
        for group in section.exactly_one.iter().chain(section.at_least_one).chain(section.at_most_one) {
            assert!(group.iter().all(|name| names.contains(name)), "{group:?} in {}", section.title);
        }
        section.keys().for_each(|key| walk(&key.shape));
    }

    fn walk(shape: &Shape) {
        match shape {
            Shape::Table(section) => check(section),
            Shape::Named(inner) | Shape::List(inner) => walk(inner),
            Shape::Input => inputs::KINDS.iter().for_each(|kind| check(&kind.section)),
            _ => {}
        }
    }

    #[test]
    fn every_key_is_declared_once_and_groups_name_declared_keys() {
        for section in
            [&ruleset::RULE_SET, &ruleset::LIBRARY, &cases::FILE, &vocabulary::FILE, &about::REGISTER, &outreach::FILE]
        {
            check(section);
        }
        for kind in inputs::KINDS {
            assert!(kind.markers.iter().all(|marker| kind.section.key(marker).is_some()), "{}", kind.name);
        }
    }
}
