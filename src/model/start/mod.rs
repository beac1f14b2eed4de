//! Beginnings of rule sets: files with a comment on every part, which pass the check as they stand.

use crate::clinical::Day;

const MODEL: &str = include_str!("model.toml");
const CASES: &str = include_str!("cases.toml");
const CHILD: &str = include_str!("child.toml");
const CHILD_CASES: &str = include_str!("child-cases.toml");

/// `model.toml` of a new rule set; with a parent it extends that one.
#[must_use]
pub fn model(id: &str, parent: Option<&str>, on: Day) -> String {
    let text = if parent.is_some() { CHILD } else { MODEL };
    let text = text.replace("{id}", id).replace("{date}", &on.to_string());
    text.replace("{parent}", parent.unwrap_or_default())
}

/// `cases.toml` of a rule set that begins as [`model`] without a parent writes it.
#[must_use]
pub fn cases() -> &'static str {
    CASES
}

/// `cases.toml` of a rule set that extends another, with what the parent says of [`NOBODY`].
#[must_use]
pub fn cases_of_child(parent: &str, expected: &str) -> String {
    CHILD_CASES.replace("{parent}", parent).replace("{nobody}", NOBODY).replace("{expected}", expected)
}

/// A patient of whom nothing is recorded, as a case has it.
pub const NOBODY: &str = "\
id  = \"nothing\"
who = \"Woman 70, no rows at all: as the parent\"
on  = 2026-03-02
age = 70
sex = \"female\"";

/// Why a name cannot be a rule set's id; `None` when it can.
#[must_use]
pub fn wrong_id(id: &str) -> Option<&'static str> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let fine = id.chars().all(plain) && id.starts_with(|c: char| c.is_ascii_lowercase()) && !id.ends_with('-');
    (!fine).then_some("an id has small letters a to z, digits and hyphens, and begins with a letter")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_plain() {
        for fine in ["a", "my-practice-2", "frail65"] {
            assert_eq!(wrong_id(fine), None, "{fine}");
        }
        for wrong in ["", "My-set", "2-set", "a_b", "a/b", "../x", "æ", "a-"] {
            assert!(wrong_id(wrong).is_some(), "{wrong}");
        }
    }
}
