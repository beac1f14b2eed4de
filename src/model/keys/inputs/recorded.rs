//! What was recorded: diagnoses, medicines, contacts and services.

use super::{LABELS, MAY_MISS, MAYBE_WINDOW, UNDELIVERED};
use crate::model::keys::parts::WINDOW;
use crate::model::keys::{COUNT, Kind, Section, Shape, optional, required};
use crate::model::names::PARTS;

pub(super) const DIAGNOSIS: Kind = Kind {
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

pub(super) const MEDICINE: Kind = Kind {
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

pub(super) const CONTACT: Kind = Kind {
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

pub(super) const SERVICE: Kind = Kind {
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
