//! The keys of `cases.toml`.

use super::{COUNT, MANY, Section, Shape, optional, required};
use crate::model::names::SOURCES;

const PEERS: Section = Section::of(
    "the peers of a case",
    &[&[
        required("n", COUNT, "how many peers"),
        required("sum", Shape::Whole(0, MANY * MANY), "the sum of their contact days"),
        required("sum_squares", Shape::Whole(0, MANY * MANY), "the sum of the squares"),
    ]],
);

pub const EXPECT: Section = Section::of(
    "what a case expects",
    &[&[
        optional("points", Shape::Points, "the known points"),
        optional("lower", Shape::Points, "the least that the unknown could make it"),
        optional("upper", Shape::Points, "the most that the unknown could make it"),
        optional("band", Shape::Word, "the band; `none` when no band is reached"),
        optional("gate", Shape::OneOf(&["yes", "no", "unknown"]), "whether the gate holds"),
        optional("fires", Shape::WordsOrNone, "exactly these criteria fire"),
        optional("unknown", Shape::WordsOrNone, "exactly these criteria are unknown"),
        optional("silenced", Shape::WordsOrNone, "exactly these criteria are silenced"),
        optional("caps", Shape::WordsOrNone, "exactly these caps are reached"),
        optional("notes", Shape::WordsOrNone, "exactly these notes are shown"),
        optional("in_population", Shape::Flag, "whether the person is scored at all"),
        optional(
            "inputs",
            Shape::Named(&Shape::OneOf(&["yes", "no", "unknown"])),
            "how these inputs are answered; what a library's cases expect",
        ),
    ]],
);

pub const CASE: Section = Section {
    title: "a case",
    keys: &[&[
        required("id", Shape::Word, "unique in the file"),
        required("who", Shape::Word, "the patient in words"),
        required("on", Shape::Date, "the index day"),
        optional("age", Shape::Whole(0, 130), "completed years on the index day"),
        optional("born", Shape::Date, "the birthday, when the age is not enough"),
        optional("sex", Shape::OneOf(&["female", "male"]), "left out: not known"),
        optional("lives_alone", Shape::Flag, "left out: not known"),
        optional("listed_since", Shape::Date, "left out: on the list since birth"),
        optional("undelivered", Shape::List(&Shape::OneOf(SOURCES)), "sources that were not delivered"),
        optional("diagnoses", ROWS, "`T90 12.10.25`, `ICD-10 K77 2024`, `P76 x3`, `C50 hospital`"),
        optional("medicines", ROWS, "`A10BA02`, `N07BC02 lapsed 60`, `as-needed`, `stopped 01.02.26`, `11 substances`"),
        optional("measurements", ROWS, "`hba1c 51 12.10.25`, `egfr <15`, `hba1c 7.5 % 2025`"),
        optional("contacts", ROWS, "`office 20.08.25`, `home gp x2`"),
        optional("functions", ROWS, "`CFS 3 10.12.25`, `IPLOS dressing 3`"),
        optional("services", ROWS, "`home_nursing 01.02.26`, `palliative_team 01.02.26 - 28.02.26`"),
        optional("peers", Shape::Table(&PEERS), "the peers' contact days"),
        required("expect", Shape::Table(&EXPECT), "only what is stated is compared"),
    ]],
    exactly_one: &[&["age", "born"]],
    at_least_one: &[],
    at_most_one: &[],
};

/// Rows in short hand; the same row may stand twice.
const ROWS: Shape = Shape::List(&Shape::Word);

/// `cases.toml`.
pub const FILE: Section =
    Section::of("a file of cases", &[&[required("case", Shape::List(&Shape::Table(&CASE)), "one patient each")]]);
