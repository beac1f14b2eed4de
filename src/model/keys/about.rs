//! Keys that tell of a rule set rather than score with it: its parent, its history, whom it suits, its foreign codes.

use super::{Key, Section, Shape, optional, required};

/// Who asks, in the guide "which one should I use?".
pub const READERS: &[&str] = &["gp", "hospital", "register"];

const CHANGED: Section = Section::of(
    "the changes",
    &[&[
        optional("inputs", Shape::Named(&Shape::Part), "keys of inputs that are other than the parent's"),
        optional("criteria", Shape::Named(&Shape::Part), "keys of criteria that are other than the parent's"),
        optional("caps", Shape::Named(&Shape::Part), "keys of caps that are other than the parent's"),
        optional("notes", Shape::Named(&Shape::Part), "keys of notes that are other than the parent's"),
        optional("bands", Shape::Named(&Shape::Part), "keys of bands that are other than the parent's"),
    ]],
);

const DROPPED: Section = Section::of(
    "what is dropped",
    &[&[
        optional("inputs", Shape::Words, "the parent's inputs that are not taken over"),
        optional("criteria", Shape::Words, "the parent's criteria that are not taken over; their inputs go with them"),
        optional("caps", Shape::Words, "the parent's caps that are not taken over"),
        optional("notes", Shape::Words, "the parent's notes that are not taken over"),
        optional(
            "sections",
            Shape::List(&Shape::OneOf(SECTIONS)),
            "whole sections of the parent that are not taken over",
        ),
    ]],
);

/// Sections that a rule set may leave behind whole.
pub const SECTIONS: &[&str] = &["headline", "population", "gate", "bands", "band_set_by", "band_limit", "link"];

/// Sections that are taken over entry by entry.
pub const NAMED_SECTIONS: &[&str] = &["uses", "settings", "inputs", "caps", "criteria", "notes"];

/// Keys that a rule set always has of its own.
pub const NEVER_INHERITED: &[&str] =
    &["id", "version", "status", "title", "outreach", "history", "suits", "extends", "change", "drop"];

/// Keys that a rule set with `extends` may leave out, because its parent has them.
pub const INHERITED: &[&str] = &["source", "purpose", "inputs", "criteria"];

const EDITION: Section = Section::of(
    "an edition",
    &[&[
        required("version", Shape::Word, "`major.minor.patch`; the first one is the file's own"),
        required("date", Shape::Date, "when it was made"),
        required("text", Shape::Word, "what changed, in a sentence"),
    ]],
);

const SUIT: Section = Section::of(
    "a question that it answers",
    &[&[
        required("who", Shape::OneOf(READERS), "a Norwegian GP, a hospital researcher, a register study"),
        required("question", Shape::Sentence, "the question, as that reader asks it"),
    ]],
);

const FOREIGN: Section = Section {
    title: "a group of foreign codes",
    keys: &[&[
        optional("icpc2", Shape::Words, "ICPC-2 codes, as the inputs write them"),
        optional("icd10", Shape::Words, "ICD-10 codes, as the inputs write them"),
        optional("atc", Shape::Words, "ATC codes, as the inputs write them"),
        optional("rest", Shape::Whole(1, super::MANY), "so many further codes, named on the page only"),
        required("reason", Shape::Word, "why the rule set asks for them all the same"),
    ]],
    exactly_one: &[],
    at_least_one: &[&["icpc2", "icd10", "atc", "rest"]],
    at_most_one: &[],
};

/// Codes that no list in the repository knows, named so that they are no warning.
pub const NOT_IN_NORWAY: Key = optional(
    "not_in_norway",
    Shape::List(&Shape::Table(&FOREIGN)),
    "codes that cannot occur in Norway, and why they stand here",
);

/// Keys of a rule set's own file beside its meaning.
pub const ABOUT: &[Key] = &[
    NOT_IN_NORWAY,
    optional("extends", Shape::Word, "the id of the rule set that this one changes: its parent"),
    optional("change", Shape::Table(&CHANGED), "with `extends`: what is other than in the parent"),
    optional("drop", Shape::Table(&DROPPED), "with `extends`: what of the parent is not taken over"),
    optional("history", Shape::List(&Shape::Table(&EDITION)), "its editions, the newest first"),
    optional("suits", Shape::List(&Shape::Table(&SUIT)), "questions that it answers, for the guide"),
];

const LIST: Section = Section::of(
    "a code list",
    &[&[
        required("edition", Shape::Word, "which edition, and what it holds"),
        required("source", Shape::Word, "where it was read"),
        required("licence", Shape::Word, "what may be done with it"),
    ]],
);

const INSTEAD: Section = Section::of(
    "what stands instead",
    &[&[
        required("icd10", Shape::Words, "prefixes of codes that the Norwegian list lacks"),
        required("text", Shape::Sentence, "what Norway writes instead"),
    ]],
);

/// `registers/register.toml`.
pub const REGISTER: Section = Section::of(
    "the code lists",
    &[&[
        optional("lists", Shape::Named(&Shape::Table(&LIST)), "the lists of this folder, by file"),
        optional("instead", Shape::List(&Shape::Table(&INSTEAD)), "what Norway writes instead"),
    ]],
);
