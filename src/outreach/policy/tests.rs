use super::*;
use crate::model::Catalog;

fn catalog() -> Catalog {
    Catalog::shipped().unwrap_or_else(|faults| panic!("{faults}"))
}

fn load(own: &str) -> Result<Policy, Faults> {
    let catalog = catalog();
    let known = Known { rule_sets: &catalog.rule_sets, vocabulary: &catalog.vocabulary };
    let own = (!own.is_empty()).then_some(File { name: "ours.toml", text: own });
    Policy::load(own, known)
}

fn faults(own: &str) -> String {
    load(own).map(|_| ()).unwrap_err().to_string()
}

#[test]
fn the_shipped_policy_is_without_fault_and_says_what_was_meant() {
    let policy = load("").unwrap_or_else(|faults| panic!("{faults}"));
    assert!(!policy.adopted);
    let points = &policy.points;
    let scale = |scale: Scale| [scale.points(1), scale.points(2), scale.points(3), scale.points(4)];
    assert_eq!(scale(points.main_need), [0, 2, 4, 6]);
    assert_eq!(scale(points.further_need), [0, 1, 2, 3]);
    assert_eq!(points.further_need_at_most, 6);
    assert_eq!(scale(points.quiet), [0, 2, 3, 4]);
    assert_eq!(scale(points.rising), [0, 2, 3, 4]);
    assert_eq!(points.breadth, Breadth { domain_from: 2, free: 2, at_most: 4 });
    assert_eq!((points.coordination.points, points.coordination.none_or_many, points.coordination.many), (1, 1, 2));
    assert_eq!((points.missed.points, points.hard_to_coordinate.points), (1, 1));
    assert_eq!(points.stayed, Stayed { points: 1, weeks: 3, asks_after: 3 });
    assert_eq!(points.worse_from, 2);
    let least = &policy.candidates;
    assert_eq!((least.need, least.quiet, least.rising, least.adult_from), (2, 2, 3, 18));
    assert_eq!((policy.capacity.minutes_per_place, policy.capacity.most), (60, 14));
    assert_eq!(policy.children.places, 2);
    let rule = policy.fairness;
    assert_eq!((rule.weeks, rule.floor_of, rule.swaps, rule.ceiling, rule.ceiling_plus), (4, 2, 2, 2, 1));
}

#[test]
fn shares_and_their_order_are_those_of_the_table() {
    let policy = load("").unwrap_or_else(|faults| panic!("{faults}"));
    let shares: Vec<(&str, u32)> = policy.groups.iter().map(|group| (group.name.as_str(), group.percent)).collect();
    let expected = [
        ("intellectual-disability", 5),
        ("mental-addiction", 20),
        ("quiet", 15),
        ("function", 10),
        ("frail", 20),
        ("chronic", 20),
    ];
    assert_eq!(shares, expected);
    assert_eq!((policy.shares.open, policy.shares.kept_at_most), (10, 200));
}

#[test]
fn events_break_the_decisions_of_the_table() {
    let policy = load("").unwrap_or_else(|faults| panic!("{faults}"));
    let rules = &policy.decisions;
    assert_eq!(rules.not_now.breaks, ["G1", "G2", "G3", "G4", "G5", "G6", "G7", "G9"]);
    assert_eq!(rules.not_relevant.breaks, ["G2", "G4", "G6"]);
    assert_eq!(rules.already_followed.tells, ["G1", "G2", "G5", "G9"]);
    assert!(rules.already_followed.breaks.is_empty() && rules.selected.breaks.is_empty());
    assert_eq!((rules.selected.days, rules.not_now.days, rules.already_followed.days), (183, 183, 365));
    assert_eq!((rules.not_relevant.least, rules.not_relevant.days, rules.not_relevant.most), (30, 183, 365));
    let events: Vec<&str> = policy.events.iter().map(|event| event.id.as_str()).collect();
    assert_eq!(events, ["G1", "G2", "G3", "G4", "G5", "G6", "G7", "G8", "G9"]);
    assert!(policy.events.iter().all(|event| event.gp_only == (event.id == "G8")));
}

#[test]
fn a_practice_states_only_what_it_changes() {
    let own = "status = \"adopted\"\n\
               [capacity]\nminutes_per_place = 45\nmost = 10\nminutes_per_review = 20\nsrc = \"our meeting\"\n\
               [groups.quiet]\nlabel = { nb = \"stille\", nn = \"stille\", en = \"quiet\" }\nrule_sets = []\n\
               percent = 10\nsrc = \"our meeting\"\n\
               [shares]\nopen = 15\nkept_at_most = 200\neligible = \"high\"\notherwise = \"moderate\"\nsrc = \"ours\"\n";
    let policy = load(own).unwrap_or_else(|faults| panic!("{faults}"));
    assert!(policy.adopted);
    assert_eq!((policy.capacity.minutes_per_place, policy.capacity.most), (45, 10));
    assert_eq!(policy.groups[2].label.nb, "stille");
    assert_eq!((policy.groups[2].percent, policy.shares.open), (10, 15));
    assert_eq!(policy.points.stayed.weeks, 3);
    assert_ne!(policy.hash, load("").unwrap().hash);
}

#[test]
fn every_fault_is_told_at_once_with_its_place() {
    let own = "[capacity]\nminutes_per_place = 0\nmots = 10\nminutes_per_review = 20\nsrc = \"x\"\n\
               [points.quiet]\nmoderate = 2\nhigh = \"three\"\nvery_high = 4\nsrc = \"x\"\n";
    let drawn = faults(own);
    for part in [
        "ours.toml:2:",
        "the number must be from 1 to 2400",
        "ours.toml:3:",
        "did you mean `most`?",
        "ours.toml:8:",
        "expected a whole number",
        "3 faults in 1 file",
    ] {
        assert!(drawn.contains(part), "{part} is not in\n{drawn}");
    }
}

#[test]
fn names_that_stand_for_nothing_are_told_at_once() {
    let own = "[groups.quiet]\nlabel = { nb = \"a\", nn = \"a\", en = \"a\" }\nrule_sets = [\"no-such-set\"]\n\
               percent = 20\nsrc = \"x\"\n\
               [points.missed]\nline = \"missed\"\npoints = 1\nsrc = \"x\"\n\
               [decisions.not_now]\nbreaks = [\"G1\", \"G8\", \"G11\"]\ndays = 183\nsrc = \"x\"\n\
               [tasks]\nARS = [\"nures\"]\nARX = [\"nurse\"]\n";
    let drawn = faults(own);
    for part in [
        "unknown rule set `no-such-set`",
        "`missed` is no line",
        "`G8` is for the doctor's view only",
        "unknown event `G11`",
        "unknown role `nures`",
        "unknown task `ARX`",
        "the shares are 105 percent together",
    ] {
        assert!(drawn.contains(part), "{part} is not in\n{drawn}");
    }
}

#[test]
fn a_line_of_a_rule_set_is_checked_too() {
    let policy = load("").unwrap_or_else(|faults| panic!("{faults}"));
    let set = &policy.points.missed.line.rule_set;
    let drawn = faults(&format!("[points.missed]\nline = \"{set}/mised\"\npoints = 1\nsrc = \"x\"\n"));
    assert!(drawn.contains("did you mean `missed`?"), "{drawn}");
}

#[test]
fn roles_are_known_by_key_and_by_name_in_any_language() {
    let policy = load("").unwrap_or_else(|faults| panic!("{faults}"));
    for (word, expected) in [
        ("nurse", Some("nurse")),
        ("PHT-sykepleier", Some("nurse")),
        ("pht-sjukepleiar ", Some("nurse")),
        ("Fastlege", Some("gp")),
        ("kokk", None),
    ] {
        assert_eq!(policy.role(word).map(|role| role.key.as_str()), expected, "{word}");
    }
}
