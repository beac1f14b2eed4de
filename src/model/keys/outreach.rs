//! The keys of `outreach.toml`, the outreach policy.

use super::{Key, Section, Shape, optional, required};

const LEVELS: Shape = Shape::OneOf(&["low", "moderate", "high", "very_high"]);
const POINTS: Shape = Shape::Whole(0, 100);
const DAYS: Shape = Shape::Whole(1, 3650);
const SRC: Key = required("src", Shape::Word, "where the numbers come from, or PROPOSAL");

const CANDIDATES: Section = Section::of(
    "the candidates",
    &[&[
        required("need", LEVELS, "least band in a need set"),
        required("quiet", LEVELS, "least band in a quiet set"),
        required("rising", LEVELS, "least band in a rising set"),
        required("adult_from", Shape::Whole(16, 21), "age at which the adults' list begins"),
        required("last_contact", Shape::Word, "the line whose older fact comes first among equals"),
        SRC,
    ]],
);

const SCALE: &[Key] = &[
    required("moderate", POINTS, "points of a moderate band"),
    required("high", POINTS, "points of a high band"),
    required("very_high", POINTS, "points of a very high band"),
    SRC,
];

const MAIN: Section = Section::of("the points of a band", &[SCALE]);
const FURTHER: Section = Section::of(
    "the points of further need sets",
    &[SCALE, &[required("at_most", POINTS, "the most that they give together")]],
);
const BREADTH: Section = Section::of(
    "the points of breadth",
    &[&[
        required("domain_from", Shape::Whole(1, 100), "points from which a domain is hit"),
        required("free", Shape::Whole(0, 100), "domains that give nothing"),
        required("at_most", POINTS, "the most that breadth gives"),
        SRC,
    ]],
);
const COORDINATION: Section = Section::of(
    "the points of coordination",
    &[&[
        required("services", Shape::Word, "the line that is met with many services"),
        required("coordinators", Shape::Word, "the line that counts named coordinators"),
        required("points", POINTS, "points of many services"),
        required("none_or_many", POINTS, "more points without a coordinator, or with many"),
        required("many", Shape::Whole(2, 100), "so many coordinators are many"),
        SRC,
    ]],
);
const OF_LINE: Section = Section::of(
    "the points of a line",
    &[&[
        required("line", Shape::Word, "the line, as `rule-set/criterion`"),
        optional("unless", Shape::WordsOrNone, "nothing when one of these lines gave a quiet patient points"),
        required("points", POINTS, "points when it is met"),
        SRC,
    ]],
);
const STAYED: Section = Section::of(
    "the points for having stayed",
    &[&[
        required("points", POINTS, "points for last week's list without a decision"),
        required("weeks", Shape::Whole(0, 52), "weeks in which they are given"),
        required("asks_after", Shape::Whole(1, 52), "weeks without a decision after which the row asks, once"),
        SRC,
    ]],
);
const WORSE: Section = Section::of(
    "what makes a row worse",
    &[&[required("points", Shape::Whole(1, 100), "so many more points than at the last decision"), SRC]],
);
const PARTS: Section = Section::of(
    "the parts of the priority",
    &[&[
        optional("main_need", Shape::Table(&MAIN), "the need set with the highest band"),
        optional("further_need", Shape::Table(&FURTHER), "each further need set"),
        optional("breadth", Shape::Table(&BREADTH), "domains that are hit"),
        optional("quiet", Shape::Table(&MAIN), "quiet patients"),
        optional("rising", Shape::Table(&MAIN), "rising risk"),
        optional("coordination", Shape::Table(&COORDINATION), "many services, no coordinator or many"),
        optional("missed", Shape::Table(&OF_LINE), "missed appointments"),
        optional("hard_to_coordinate", Shape::Table(&OF_LINE), "who may need help to coordinate"),
        optional("stayed", Shape::Table(&STAYED), "on last week's list without a decision"),
        optional("worse", Shape::Table(&WORSE), "what the list calls worse"),
    ]],
);

const CAPACITY: Section = Section::of(
    "the capacity",
    &[&[
        required("minutes_per_place", Shape::Whole(1, 2400), "minutes of the team for each new person"),
        required("most", Shape::Whole(0, 1000), "places a week, however many minutes there are"),
        required("minutes_per_review", Shape::Whole(0, 2400), "minutes of the team for each review"),
        SRC,
    ]],
);
const CHILDREN: Section = Section::of(
    "the children's track",
    &[&[
        required("places", Shape::Whole(0, 1000), "places of the week that children may have"),
        required("least", LEVELS, "least band"),
        required("oldest_of", Shape::WordsOrNone, "lines whose oldest fact orders equal children"),
        required("coordinator", Shape::Word, "the line that is met when a coordinator is recorded"),
        required("coordinated", Shape::Word, "the line that is met when the coordinator is in touch"),
        required("listed_again_on", Shape::WordsOrNone, "lines that list a coordinated child again"),
        SRC,
    ]],
);

const SHARES: Section = Section::of(
    "the shares",
    &[&[
        required("open", Shape::Whole(0, 100), "percent of the places that no group has"),
        required("kept_at_most", Shape::Whole(0, 100_000), "hundredths of a place kept beyond a week's share"),
        required("eligible", LEVELS, "least band for a reserved place"),
        required("otherwise", LEVELS, "least band when nobody stands so high"),
        SRC,
    ]],
);
const GROUP: Section = Section::of(
    "a group",
    &[&[
        required("label", Shape::Sentence, "what readers call it"),
        required("rule_sets", Shape::WordsOrNone, "rule sets whose bands make someone eligible"),
        required("percent", Shape::Whole(0, 100), "percent of the places"),
        SRC,
    ]],
);
const FAIRNESS: Section = Section::of(
    "fair sharing",
    &[&[
        required("weeks", Shape::Whole(1, 52), "weeks that are looked at, this one included"),
        required("floor_of", Shape::Whole(1, 100), "a list should get its share divided by this"),
        required("swaps", Shape::Whole(0, 1000), "places a week that may move"),
        required("from", LEVELS, "least band of who may be moved up"),
        required("ceiling", Shape::Whole(1, 100), "at most so many times its share of new people"),
        required("ceiling_plus", Shape::Whole(0, 1000), "and so many more"),
        SRC,
    ]],
);
const RATES: Section = Section::of(
    "the selection rates",
    &[&[required("age_bands", Shape::List(&Shape::Whole(0, 130)), "ages at which a band begins, ascending"), SRC]],
);

const DECISION: Section = Section::of(
    "a decision",
    &[&[
        optional("breaks", Shape::WordsOrNone, "events that bring her back before her date"),
        optional("tells", Shape::WordsOrNone, "events that whoever follows her is told"),
        required("days", DAYS, "the longest time, or the usual one when there is a longest"),
        optional("least", DAYS, "the shortest time"),
        optional("most", DAYS, "the longest time"),
        SRC,
    ]],
);
const DECISIONS: Section = Section::of(
    "the decisions",
    &[&[
        optional("selected", Shape::Table(&DECISION), "chosen, with a task and a day of review"),
        optional("not_now", Shape::Table(&DECISION), "not before a date"),
        optional("already_followed", Shape::Table(&DECISION), "followed up by someone else"),
        optional("not_relevant", Shape::Table(&DECISION), "judged by a doctor or nurse"),
    ]],
);

const EVENT_LINE: Section = Section::of(
    "a line of an event",
    &[&[
        required("line", Shape::Word, "the line, as `rule-set/criterion`"),
        optional("days", Shape::Whole(1, 100), "distinct days after the decision; left out: 1"),
        optional("new", Shape::OneOf(&["all", "code", "since"]), "how it is new; left out: its newest fact is"),
    ]],
);
const RISE: Section = Section::of(
    "a rise",
    &[&[
        required("bands", Shape::Whole(1, 4), "up so many bands"),
        required("or_to", LEVELS, "or up to this band"),
        required("nights", Shape::Whole(1, 2), "nightly runs in a row"),
    ]],
);
const EVENT: Section = Section {
    title: "an event",
    keys: &[&[
        required("label", Shape::Sentence, "what readers call it"),
        optional("lines", Shape::List(&Shape::Table(&EVENT_LINE)), "one of them is new"),
        optional("rise", Shape::Table(&RISE), "a band rose"),
        optional("gp_only", Shape::Flag, "only in the doctor's own view"),
        SRC,
    ]],
    exactly_one: &[&["lines", "rise"]],
    at_least_one: &[],
    at_most_one: &[],
};
const OUTSIDE: Section = Section::of(
    "who stands outside the list",
    &[&[
        required("gp_only", Shape::WordsOrNone, "lines that put someone in the doctor's view alone"),
        required("out", Shape::WordsOrNone, "lines that keep someone out altogether"),
        SRC,
    ]],
);
const ROLE: Section = Section::of(
    "a role",
    &[&[
        required("names", Shape::Sentence, "its name in the resource table"),
        optional("team", Shape::Flag, "its minutes are the week's capacity"),
        optional("own", Shape::Flag, "each patient's own doctor"),
    ]],
);

/// `outreach.toml`. A practice's own file states only what it changes, so no table is required of one file alone.
pub const FILE: Section = Section::of(
    "the policy",
    &[&[
        optional("id", Shape::Word, "its name"),
        optional("version", Shape::Word, "`major.minor.patch`"),
        optional("status", Shape::OneOf(&["draft", "adopted"]), "our proposal, or adopted by the practice's doctors"),
        optional("source", Shape::Words, "citations"),
        optional("candidates", Shape::Table(&CANDIDATES), "who may be listed"),
        optional("points", Shape::Table(&PARTS), "the parts of the priority"),
        optional("capacity", Shape::Table(&CAPACITY), "places of a week"),
        optional("children", Shape::Table(&CHILDREN), "the children's track"),
        optional("shares", Shape::Table(&SHARES), "reserved places"),
        optional("groups", Shape::Named(&Shape::Table(&GROUP)), "target groups; their order breaks ties"),
        optional("fairness", Shape::Table(&FAIRNESS), "fair sharing between the doctors' lists"),
        optional("rates", Shape::Table(&RATES), "how selection is told"),
        optional("decisions", Shape::Table(&DECISIONS), "what follows from a decision"),
        optional("events", Shape::Named(&Shape::Table(&EVENT)), "what breaks through a decision"),
        optional("outside", Shape::Table(&OUTSIDE), "who is not for the coordinator's list"),
        optional("roles", Shape::Named(&Shape::Table(&ROLE)), "roles of the resource table"),
        optional("tasks", Shape::Named(&Shape::Words), "whose each task is, in order"),
    ]],
);
