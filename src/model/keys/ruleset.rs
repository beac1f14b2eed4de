//! The keys of `model.toml` and of a library.

use super::about::{ABOUT, NOT_IN_NORWAY};
use super::{Key, MANY, Section, Shape, optional, required};

const IDENTITY: &[Key] = &[
    required("id", Shape::Word, "the folder's name"),
    required("version", Shape::Word, "`major.minor.patch`"),
    required("source", Shape::Words, "citations, at least one"),
];

const OUTREACH: Section = Section::of(
    "the part on the outreach list",
    &[&[
        required("role", Shape::OneOf(&["need", "quiet", "rising", "children"]), "how it enters the list"),
        required("group", Shape::Sentence, "the target group, as the list says it"),
    ]],
);

const USES: Section = Section::of(
    "the use of a library",
    &[&[
        optional("library", Shape::Word, "the library's id, when the name here is another"),
        optional("diagnoses_within", Shape::Days, "replaces every finite window of its diagnosis inputs"),
    ]],
);

const POPULATION: Section = Section::of(
    "the population",
    &[&[
        optional("all", Shape::Words, "inputs that must all be yes"),
        optional("none", Shape::Words, "inputs of which none may be yes"),
    ]],
);

const GATE: Section = Section {
    title: "the gate",
    keys: &[&[
        optional("any", Shape::Words, "inputs of which one must be yes"),
        optional("sums", Shape::Named(&Shape::Points), "least points of a cap group before any point counts"),
    ]],
    exactly_one: &[],
    at_least_one: &[&["any", "sums"]],
    at_most_one: &[],
};

pub const CAP: Section = Section::of(
    "a cap",
    &[&[
        optional("at_most", Shape::Points, "most points of the group; left out: only the gate asks"),
        optional("domain", Shape::Word, "a domain of the vocabulary: the group's name in the line that says so"),
        optional("label", Shape::Sentence, "the group's name, when it is no domain"),
    ]],
);

const STEP: Section = Section::of(
    "a step",
    &[&[
        required("from", Shape::Whole(1, MANY), "the input's count from which these points are given"),
        required("points", Shape::Points, "points"),
    ]],
);

pub const CRITERION: Section = Section {
    title: "a criterion",
    keys: &[&[
        optional("input", Shape::Word, "the input that fires it; left out: the input of the same name"),
        optional("shows", Shape::Word, "another input whose facts the sentence tells"),
        optional("points", Shape::Points, "points when it fires"),
        optional("steps", Shape::List(&Shape::Table(&STEP)), "points by the input's count"),
        optional("per_count", Shape::Points, "points for each one counted"),
        optional("of_model", Shape::True, "the points of the other rule set that the input names"),
        optional("cap", Shape::Word, "the cap group it belongs to"),
        optional("silences", Shape::Words, "criteria that score nothing while this one fires"),
        optional("domain", Shape::Word, "a domain of the vocabulary"),
        optional("task", Shape::Word, "a task of the vocabulary"),
        optional("further_tasks", Shape::Words, "tasks that may come with it, after the first"),
        optional("sensitive", Shape::Flag, "inherited from the input when left out"),
        optional("text", Shape::Sentence, "the sentence on the list; left out: the frame sentence of conditions"),
        optional("label", Shape::Sentence, "the name in the frame sentence, when the input has none"),
        optional("src", Shape::Word, "where this line comes from; required in a draft"),
    ]],
    exactly_one: &[&["points", "steps", "per_count", "of_model"]],
    at_least_one: &[],
    at_most_one: &[&["text", "label"]],
};

const NOTE: Section = Section::of(
    "a note",
    &[&[
        optional("input", Shape::Word, "the input that shows it; left out: the input of the same name"),
        optional("shows", Shape::Word, "another input whose facts the sentence tells"),
        optional("from_points", Shape::Points, "shown only from so many points"),
        optional("task", Shape::Word, "a task of the vocabulary"),
        required("text", Shape::Sentence, "the sentence"),
    ]],
);

pub const BAND: Section = Section {
    title: "a band",
    keys: &[&[
        optional("from", Shape::Points, "points ≥"),
        optional("above", Shape::Points, "points >"),
        required("level", Shape::Whole(0, 4), "rank across rule sets: 0 none, 1 low, 2 moderate, 3 high, 4 very high"),
        required("label", Shape::Sentence, "what readers call it"),
    ]],
    exactly_one: &[],
    at_least_one: &[],
    at_most_one: &[&["from", "above"]],
};

const BAND_STEP: Section = Section::of(
    "a step of the band setter",
    &[&[required("from", Shape::Number, "least value"), required("band", Shape::Word, "the band from this value on")]],
);

const BAND_SETTER: Section = Section::of(
    "the band setter",
    &[&[
        required("input", Shape::Word, "a function or measurement input; its newest value sets the band"),
        required("steps", Shape::List(&Shape::Table(&BAND_STEP)), "bands by that value, ascending"),
        required("text", Shape::Sentence, "the sentence that says so, with `{band}` for the band of the points alone"),
    ]],
);

const BAND_LIMIT: Section = Section::of(
    "the band limit",
    &[&[
        required("criteria", Shape::Words, "when all points come from these"),
        required("band", Shape::Word, "the band is at most this one"),
    ]],
);

const LINK: Section = Section::of(
    "the link",
    &[&[
        required("kind", Shape::OneOf(&["logistic", "cox"]), "how a probability follows from the points"),
        optional("intercept", Shape::Number, "logistic: 1 / (1 + exp(−(intercept + points)))"),
        optional("baseline_survival", Shape::Number, "cox: 1 − baseline_survival ^ exp(scale × points − centre)"),
        optional("scale", Shape::Number, "cox"),
        optional("centre", Shape::Number, "cox"),
    ]],
);

const INPUTS: Key = required("inputs", Shape::Named(&Shape::Input), "what the journal is asked");

/// `model.toml`.
pub const RULE_SET: Section = Section::of(
    "a rule set",
    &[
        IDENTITY,
        ABOUT,
        &[
            required(
                "status",
                Shape::OneOf(&["published", "adapted", "draft"]),
                "as the paper has it; with departures; our proposal",
            ),
            required("title", Shape::Sentence, "its name"),
            required("purpose", Shape::Sentence, "what it is for and for whom"),
            required("departs", Shape::WordsOrNone, "departures from the source, if only as `[]`"),
            optional("uses", Shape::Named(&Shape::Table(&USES)), "shared libraries of inputs"),
            optional("outreach", Shape::Table(&OUTREACH), "left out: not on the outreach list"),
            optional("headline", Shape::Sentence, "opens the reasons; `{count}` is the points"),
            optional("settings", Shape::Named(&Shape::Window), "windows with a name, for the `within` of inputs"),
            INPUTS,
            optional("population", Shape::Table(&POPULATION), "who is scored"),
            optional("gate", Shape::Table(&GATE), "what must hold before any point counts"),
            optional("caps", Shape::Named(&Shape::Table(&CAP)), "groups of criteria that together never give more"),
            required("criteria", Shape::Named(&Shape::Table(&CRITERION)), "the points and the sentences"),
            optional("notes", Shape::Named(&Shape::Table(&NOTE)), "lines of no points"),
            optional("bands", Shape::Named(&Shape::Table(&BAND)), "ascending"),
            optional("band_set_by", Shape::Table(&BAND_SETTER), "another measure that sets the band"),
            optional("band_limit", Shape::Table(&BAND_LIMIT), "criteria that alone reach no higher band"),
            optional("link", Shape::Table(&LINK), "a probability from the points"),
        ],
    ],
);

/// `library.toml`.
pub const LIBRARY: Section = Section::of("a library", &[IDENTITY, &[NOT_IN_NORWAY, INPUTS]]);
