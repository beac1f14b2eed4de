//! Beginnings of rule sets: files with a comment on every part, which pass the check as they stand.

use super::ruleset::{RuleSet, Status};
use crate::clinical::{Day, Text};

const MODEL: &str = include_str!("model.toml");
const CASES: &str = include_str!("cases.toml");
const CHILD: &str = include_str!("child.toml");
const CHILD_CASES: &str = include_str!("child-cases.toml");

/// `model.toml` of a new rule set; with a parent it extends that one.
#[must_use]
pub fn model(id: &str, parent: Option<&RuleSet>, on: Day) -> String {
    let text = if parent.is_some() { CHILD } else { MODEL };
    let text = text.replace("{id}", id).replace("{date}", &on.to_string());
    let Some(parent) = parent else { return text };
    // What begins as a draft is one.
    let status = if parent.status == Status::Draft { Status::Draft } else { Status::Adapted };
    text.replace("{parent}", &parent.id).replace("{status}", status.name()).replace("{outreach}\n", &outreach(parent))
}

/// The parent's place on the list, to be taken over or left out.
fn outreach(parent: &RuleSet) -> String {
    let Some(outreach) = &parent.outreach else { return String::new() };
    let Text { nb, nn, en } = &outreach.group;
    format!(
        "\n# {} has a place on the practice's list. Without these lines this rule set has none; with them, let the practice\n\
         # use this one in its place (`[models] use`), and name it under `groups` in the practice's own outreach.toml.\n\
         #\n# [outreach]\n# role  = \"{}\"\n# group = {{ nb = \"{nb}\", nn = \"{nn}\", en = \"{en}\" }}\n",
        parent.id,
        outreach.role.name()
    )
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
