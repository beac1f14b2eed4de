//! The keys of inputs, kind by kind.

use super::parts::{AGE, BEFORE, CHANGE, CROSSING, LIMITS, PEERS, POINT_LIMITS, UNANSWERED, WINDOW};
use super::{COUNT, Key, Kind, MANY, Section, Shape, optional, required};
use crate::model::names::PARTS;

const ANSWERS: Shape = Shape::OneOf(&["no", "unknown", "yes"]);

const LABELS: &[Key] = &[
    optional("label", Shape::Sentence, "what readers call it; the frame sentence of conditions uses it"),
    optional("sensitive", Shape::Flag, "the coordinator sees only that it is known to the GP"),
];
const MISSING: &str = "answer for a person without such a row, though the source was delivered";
const UNDELIVERED: &[Key] =
    &[optional("undelivered", ANSWERS, "answer when the source was not delivered; `unknown` when left out")];
const MAY_MISS: &[Key] = &[optional("missing", ANSWERS, MISSING)];
const MUST_MISS: &[Key] = &[required("missing", ANSWERS, MISSING)];
const MAYBE_WINDOW: &[Key] =
    &[optional("within", Shape::Window, "how far back to look, when the kind of question needs it"), BEFORE];

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

/// Every kind of input.
pub const KINDS: &[Kind] =
    &[DIAGNOSIS, MEDICINE, MEASUREMENT, CONTACT, FUNCTION, SERVICE, AGES, PERSON, COMBINATION, MODEL, PEER];

const DIAGNOSIS: Kind = Kind {
    name: "diagnosis",
    markers: &["icpc2", "icd10", "codes", "codes_of"],
    section: Section::of(
        "a diagnosis input",
        &[
            &[
                optional("icpc2", Shape::Words, "ICPC-2 codes, met exactly (`U89` is met by `U891` too)"),
                optional("icd10", Shape::Words, "ICD-10 codes, met by prefix"),
                optional("icpc2_except", Shape::Words, "ICPC-2 codes that do not count"),
                optional("icd10_except", Shape::Words, "ICD-10 prefixes that do not count"),
                optional("codes", Shape::OneOf(&["codes.csv"]), "take the codes from the list beside the rule set"),
                optional("category", Shape::Word, "the category of that list"),
                optional("codes_of", Shape::Words, "diagnosis inputs whose codes count here too"),
            ],
            WINDOW,
            &[
                optional("days", COUNT, "least number of distinct days; 1 when left out"),
                optional("apart", Shape::Days, "least distance between those days"),
                optional("distinct_codes", Shape::Flag, "count distinct codes instead of distinct days"),
                optional("from", Shape::List(&Shape::OneOf(PARTS)), "only codes from these parts of the service"),
                optional("aged_from", Shape::Whole(0, 150), "only days on which the patient was at least so old"),
            ],
            MAY_MISS,
            UNDELIVERED,
            LABELS,
        ],
    ),
};

const MEDICINE: Kind = Kind {
    name: "medicine",
    markers: &["atc", "atc_of"],
    section: Section {
        title: "a medicine input",
        keys: &[
            &[
                optional("atc", Shape::WordsOr("any"), "ATC codes, met by prefix; `\"any\"` for every medicine"),
                optional("atc_of", Shape::Words, "medicine inputs whose codes count here"),
                optional("atc_except", Shape::Words, "ATC prefixes that do not count"),
                optional(
                    "usage",
                    Shape::OneOf(&["any", "any_regular", "current", "regular", "lapsed", "begun", "added"]),
                    "`any` row in the window (when left out), or any that is not as-needed; in use now; in regular use; lapsed; first seen in the window; new regular ones less those stopped",
                ),
                optional(
                    "at_least",
                    COUNT,
                    "distinct substances; for `any` and `any_regular` distinct days; 1 when left out",
                ),
                optional("apart", Shape::Days, "least distance between those days"),
            ],
            MAYBE_WINDOW,
            MAY_MISS,
            UNDELIVERED,
            LABELS,
        ],
        exactly_one: &[],
        at_least_one: &[&["atc", "atc_of"]],
        at_most_one: &[],
    },
};

const MEASUREMENT: Kind = Kind {
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

const CONTACT: Kind = Kind {
    name: "contact",
    markers: &["contact"],
    section: Section::of(
        "a contact input",
        &[
            &[required("contact", Shape::Words, "kinds of contact")],
            WINDOW,
            &[
                optional("days", COUNT, "least number of distinct days; 1 when left out"),
                optional("roles", Shape::Words, "only contacts by these roles; `unstated` for those that name none"),
                optional("answered_by", Shape::Words, "kinds of contact that cancel it, on the day or after"),
                optional("doubled_since", Shape::Days, "at least twice as often as in so many days before the window"),
            ],
            MAY_MISS,
            UNDELIVERED,
            LABELS,
        ],
    ),
};

const FUNCTION: Kind = Kind {
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

const SERVICE: Kind = Kind {
    name: "service",
    markers: &["service"],
    section: Section::of(
        "a service input",
        &[
            &[
                required("service", Shape::WordsOr("any"), "services of the vocabulary; `\"any\"` for every service"),
                optional("service_except", Shape::Words, "services that do not count"),
                optional(
                    "state",
                    Shape::OneOf(&["active", "started", "ended", "seen"]),
                    "active on the index day (when left out); started, ended or seen in the window",
                ),
                optional("at_least", COUNT, "distinct services; 1 when left out"),
            ],
            MAYBE_WINDOW,
            MAY_MISS,
            UNDELIVERED,
            LABELS,
        ],
    ),
};

const AGES: Kind = Kind {
    name: "age",
    markers: &["age"],
    section: Section::of(
        "an age input",
        &[&[required("age", Shape::Table(&AGE), "completed years on the index day")], MAY_MISS, UNDELIVERED, LABELS],
    ),
};

const PERSON: Kind = Kind {
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

const COMBINATION: Kind = Kind {
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

const MODEL: Kind = Kind {
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

const PEER: Kind = Kind {
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
