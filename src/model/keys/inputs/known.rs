//! What is known of the person, what other inputs say together, and what other rule sets and peers say.

use super::{ANSWERS, LABELS, MAY_MISS, UNDELIVERED};
use crate::model::keys::parts::{AGE, PEERS, POINT_LIMITS};
use crate::model::keys::{COUNT, Kind, MANY, Section, Shape, optional, required};

pub(super) const AGES: Kind = Kind {
    name: "age",
    markers: &["age"],
    section: Section::of(
        "an age input",
        &[&[required("age", Shape::Table(&AGE), "completed years on the index day")], MAY_MISS, UNDELIVERED, LABELS],
    ),
};

pub(super) const PERSON: Kind = Kind {
    name: "person",
    markers: &["sex", "lives_alone", "on_list"],
    section: Section {
        title: "an input about the person",
        keys: &[
            &[
                optional("sex", Shape::OneOf(&["female", "male"]), "the sex in the practice's register"),
                optional("lives_alone", Shape::True, "lives alone"),
                optional("on_list", Shape::Days, "on the practice's list for at least so long"),
                optional(
                    "shorter",
                    ANSWERS,
                    "answer for those who are on the list for a shorter time; `no` when left out",
                ),
            ],
            MAY_MISS,
            UNDELIVERED,
            LABELS,
        ],
        exactly_one: &[&["sex", "lives_alone", "on_list"]],
        at_least_one: &[],
        at_most_one: &[],
    },
};

pub(super) const COMBINATION: Kind = Kind {
    name: "combination",
    markers: &["any", "all", "none", "of", "days_of", "together"],
    section: Section {
        title: "a combination",
        keys: &[
            &[
                optional("any", Shape::Words, "yes when one of these inputs is yes"),
                optional("all", Shape::Words, "yes when all of these inputs are yes"),
                optional("none", Shape::Words, "yes when all of these inputs are no"),
                optional("of", Shape::Words, "the inputs that `at_least` counts"),
                optional(
                    "at_least",
                    COUNT,
                    "yes when so many of the inputs in `of` are yes; for `days_of` and `together` so many days",
                ),
                optional("days_of", Shape::Words, "counts the distinct days on which one of these inputs has a fact"),
                optional("apart", Shape::Days, "least distance between those days"),
                optional(
                    "together",
                    Shape::Words,
                    "counts the days of the first on which each of the others has a fact",
                ),
                optional("after", Shape::Days, "for `together`: the others may come so many days later"),
            ],
            LABELS,
        ],
        exactly_one: &[&["any", "all", "none", "of", "days_of", "together"]],
        at_least_one: &[],
        at_most_one: &[],
    },
};

pub(super) const MODEL: Kind = Kind {
    name: "other rule set",
    markers: &["model"],
    section: Section {
        title: "an input from another rule set",
        keys: &[
            &[
                required("model", Shape::Word, "the other rule set's id"),
                optional("bands", Shape::Words, "yes in these of its bands"),
                optional("points", Shape::Table(&POINT_LIMITS), "yes with points between these limits"),
                optional("as_points", Shape::True, "its points become this rule set's, by a criterion with `of_model`"),
                optional("days_ago", Shape::Whole(0, MANY), "ask for the result on an earlier index day"),
            ],
            MAY_MISS,
            UNDELIVERED,
            LABELS,
        ],
        exactly_one: &[&["bands", "points", "as_points"]],
        at_least_one: &[],
        at_most_one: &[],
    },
};

pub(super) const PEER: Kind = Kind {
    name: "peers",
    markers: &["peers"],
    section: Section::of(
        "an input about peers",
        &[
            &[required("peers", Shape::Table(&PEERS), "fewer contact days than similar patients have")],
            MAY_MISS,
            UNDELIVERED,
            LABELS,
        ],
    ),
};
