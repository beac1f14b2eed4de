//! The keys of `vocabulary.toml`.

use super::{COUNT, Section, Shape, optional, required};

const TASK: Section = Section::of(
    "a task",
    &[&[
        required("label", Shape::Sentence, "what is to be done"),
        required("role", Shape::Sentence, "who does it, helpers in brackets"),
        required("minutes", COUNT, "typical minutes"),
    ]],
);

const UNIT: Section = Section::of(
    "a unit",
    &[&[
        required("unit", Shape::AnyWord, "as written in the journal, compared without blanks and case"),
        optional("factor", Shape::Number, "value in the analyte's unit = factor × value + offset; 1 when left out"),
        optional("offset", Shape::Number, "0 when left out"),
        optional("decimals", Shape::Whole(0, 6), "round to so many decimals"),
    ]],
);

const CODE: Section = Section::of(
    "an analyte's code",
    &[&[
        required("code", Shape::Word, "a laboratory code, or a body measure such as `WEIGHT`"),
        optional("units", Shape::List(&Shape::Table(&UNIT)), "left out: the analyte's unit and its spellings"),
    ]],
);

const ANALYTE: Section = Section::of(
    "an analyte",
    &[&[
        required("label", Shape::Sentence, "what readers call it"),
        required("unit", Shape::AnyWord, "the unit in which rules judge it"),
        optional("spellings", Shape::List(&Shape::AnyWord), "other ways of writing that unit"),
        required("codes", Shape::List(&Shape::Table(&CODE)), "its codes in the journal"),
    ]],
);

const FUNCTION: Section = Section::of(
    "an instrument",
    &[&[
        required("label", Shape::Sentence, "what readers call it"),
        optional("unit", Shape::Word, "the unit of its value"),
        optional("items", Shape::Named(&Shape::Sentence), "its items and what readers call them"),
    ]],
);

/// The frames and the placeholders that each must have.
pub const FRAMES: &[(&str, &[&str])] = &[
    ("condition", &["name", "source", "date"]),
    ("cap", &["domain", "n"]),
    ("not_assessed", &["list"]),
    ("at_least", &["n", "m"]),
    ("known_to_gp", &[]),
    ("usage_unknown", &[]),
];

pub const FRAME_TABLE: Section = Section::of(
    "the frame sentences",
    &[&[
        optional("condition", Shape::Sentence, "a condition: `{name}`, `{source}`, `{date}`"),
        optional("cap", Shape::Sentence, "a cap that is reached: `{domain}`, `{n}`"),
        optional("not_assessed", Shape::Sentence, "what could not be assessed: `{list}`"),
        optional("at_least", Shape::Sentence, "a score that may be higher: `{n}`, `{m}`"),
        optional("known_to_gp", Shape::Sentence, "stands for a sensitive line"),
        optional("usage_unknown", Shape::Sentence, "added when regular use is not stated"),
    ]],
);

/// `vocabulary.toml`. A later file replaces or adds entry by entry, so nothing is required of one file alone.
pub const FILE: Section = Section::of(
    "the vocabulary",
    &[&[
        optional("domains", Shape::Named(&Shape::Sentence), "domains of points"),
        optional("tasks", Shape::Named(&Shape::Table(&TASK)), "tasks; their order breaks ties"),
        optional("analytes", Shape::Named(&Shape::Table(&ANALYTE)), "laboratory analytes and body measures"),
        optional("functions", Shape::Named(&Shape::Table(&FUNCTION)), "instruments of function"),
        optional("services", Shape::Named(&Shape::Sentence), "services and plans"),
        optional("contacts", Shape::Named(&Shape::Sentence), "what readers call the kinds of contact"),
        optional("roles", Shape::Named(&Shape::Sentence), "who was met"),
        optional("sources", Shape::Named(&Shape::Sentence), "what readers call the sources"),
        optional("frames", Shape::Table(&FRAME_TABLE), "sentences that every rule set shares"),
    ]],
);
