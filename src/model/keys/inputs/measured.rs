//! What was measured: laboratory values and function scores, each put to one test.

use super::{LABELS, MUST_MISS, UNDELIVERED};
use crate::model::keys::parts::{CHANGE, CROSSING, LIMITS, UNANSWERED, WINDOW};
use crate::model::keys::{COUNT, Key, Kind, MANY, Section, Shape, optional, required};

const TESTS: &[Key] = &[
    optional("present", Shape::True, "there is a value"),
    optional("latest", Shape::Table(&LIMITS), "the newest value of the window"),
    optional("each", Shape::Table(&LIMITS), "each value of the window by itself"),
    optional("change", Shape::Table(&CHANGE), "the newest value against an earlier one of the window"),
    optional("median", Shape::Table(&LIMITS), "the middle one of the window's exact values"),
    optional(
        "crosses",
        Shape::Table(&CROSSING),
        "the newest value of the window and an earlier one, on two sides of a limit",
    ),
];
const ONE_TEST: &[&[&str]] = &[&["present", "latest", "each", "change", "median", "crosses"]];

const SAMPLES: &[Key] = &[
    optional("days", COUNT, "least number of distinct days with a passing value; 1 when left out"),
    optional("apart", Shape::Days, "least distance between those days"),
];

pub(super) const MEASUREMENT: Kind = Kind {
    name: "measurement",
    markers: &["lab"],
    section: Section {
        title: "a measurement input",
        keys: &[
            &[required("lab", Shape::Word, "an analyte of the vocabulary")],
            WINDOW,
            TESTS,
            SAMPLES,
            &[
                optional("newest", Shape::Flag, "the newest value of the window must be among the passing ones"),
                optional("unanswered", Shape::Table(&UNANSWERED), "only values that nothing followed"),
            ],
            MUST_MISS,
            UNDELIVERED,
            LABELS,
        ],
        exactly_one: ONE_TEST,
        at_least_one: &[],
        at_most_one: &[],
    },
};

pub(super) const FUNCTION: Kind = Kind {
    name: "function",
    markers: &["function"],
    section: Section {
        title: "a function input",
        keys: &[
            &[
                required("function", Shape::Word, "an instrument of the vocabulary"),
                optional("items", Shape::Words, "its items; left out: its total"),
            ],
            WINDOW,
            TESTS,
            &[
                optional("at_least", COUNT, "so many of the items must pass; 1 when left out"),
                optional("ignore", Shape::List(&Shape::Whole(-MANY, MANY)), "values that stand for «not relevant»"),
            ],
            MUST_MISS,
            UNDELIVERED,
            LABELS,
        ],
        exactly_one: ONE_TEST,
        at_least_one: &[],
        at_most_one: &[],
    },
};
