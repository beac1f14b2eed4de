//! Tables that stand inside inputs: windows, limits, changes, ages, peers.

use super::{COUNT, Key, MANY, Section, Shape, optional, required};

pub const BEFORE: Key = optional("before", Shape::Days, "days left out at the end of the window: t ≤ D − before");
pub const WINDOW: &[Key] =
    &[required("within", Shape::Window, "how far back to look: `\"183 days\"` (t > D − 183) or `\"ever\"`"), BEFORE];
pub const LIMITS: Section = Section {
    title: "a limit",
    keys: &[&[
        optional("at_least", Shape::Number, "value ≥"),
        optional("above", Shape::Number, "value >"),
        optional("at_most", Shape::Number, "value ≤"),
        optional("below", Shape::Number, "value <"),
    ]],
    exactly_one: &[],
    at_least_one: &[&["at_least", "above", "at_most", "below"]],
    at_most_one: &[&["at_least", "above"], &["at_most", "below"]],
};

pub const CHANGE: Section = Section {
    title: "a change",
    keys: &[&[
        required(
            "against",
            Shape::OneOf(&["highest", "lowest", "any", "median", "newest"]),
            "the earlier value of the window to compare with",
        ),
        required("direction", Shape::OneOf(&["down", "up", "either"]), "which way the newest value must have moved"),
        optional("percent", Shape::Number, "how much, in per cent of the earlier value"),
        optional("absolute", Shape::Number, "how much, in the unit of the value"),
        optional("strictly", Shape::Flag, "more than so much, not so much exactly"),
        optional("since", Shape::Days, "compare with the values of so many days before the window instead"),
    ]],
    exactly_one: &[&["percent", "absolute"]],
    at_least_one: &[],
    at_most_one: &[],
};

pub const CROSSING: Section = Section::of(
    "a crossing",
    &[&[
        required("from", Shape::Table(&LIMITS), "limits that an earlier value kept"),
        required("to", Shape::Table(&LIMITS), "limits that the newest value keeps"),
    ]],
);

pub const UNANSWERED: Section = Section::of(
    "an unanswered value",
    &[&[
        required("days", COUNT, "days after the value in which an answer counts"),
        required("contacts", Shape::Words, "kinds of contact that are an answer; a new value always is"),
    ]],
);

pub const POINT_LIMITS: Section = Section {
    title: "limits of points",
    keys: &[&[optional("at_least", Shape::Points, "points ≥"), optional("below", Shape::Points, "points <")]],
    exactly_one: &[],
    at_least_one: &[&["at_least", "below"]],
    at_most_one: &[],
};

pub const AGE: Section = Section {
    title: "an age",
    keys: &[&[
        optional("from", Shape::Whole(0, 150), "completed years on the index day ≥"),
        optional("below", Shape::Whole(0, 150), "completed years on the index day <"),
    ]],
    exactly_one: &[],
    at_least_one: &[&["from", "below"]],
    at_most_one: &[],
};

pub const PEERS: Section = Section::of(
    "the comparison with peers",
    &[
        &[required("contacts", Shape::Words, "kinds of contact that are counted, by distinct days")],
        WINDOW,
        &[
            required("age_bands", Shape::List(&Shape::Whole(0, 150)), "lower ends of the age bands, ascending"),
            required("wide_age_from", Shape::Whole(0, 150), "age from which the older of the two wide bands begins"),
            required("morbidity", Shape::Words, "inputs: the conditions that are counted"),
            required(
                "morbidity_bands",
                Shape::List(&Shape::Whole(0, MANY)),
                "lower ends of the bands of that count, the first 0",
            ),
            required("wide_morbidity_from", Shape::Whole(0, MANY), "count from which the wide band begins"),
            required("least_peers", COUNT, "fewer peers than so many: the group is widened"),
            required("capped_at", COUNT, "contact days above this count as this"),
            required("least_mean", Shape::Number, "below this mean the answer is no"),
            required("tail_at_most", Shape::Number, "yes when the lower tail is at most this"),
            required("eligible", Shape::Words, "inputs that must all be yes to take part and to be judged"),
        ],
    ],
);
