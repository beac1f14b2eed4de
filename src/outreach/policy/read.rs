//! From the tables to the policy. Their shape was checked, so a value that is missing was told already.

use sha2::{Digest, Sha256};

use super::layers::{Layers, Placed};
use super::parts::{
    Breadth, Candidates, Capacity, ChildrenRule, Coordination, Decided, DecisionRules, EventLine, EventRule, Fairness,
    Found, Group, LineName, LinePoints, Newness, Outside, Parts, Rise, Role, Scale, Shares, Stayed, TaskRule,
};
use super::{Policy, level};
use crate::clinical::tree::{Node, Table};

pub(super) fn policy(layers: &Layers) -> Policy {
    let adopted = layers.placed(&["status"]).and_then(|placed| placed.entry.node.as_word()) == Some("adopted");
    let word = |key: &str| layers.placed(&[key]).and_then(|placed| placed.entry.node.as_word()).unwrap_or_default();
    let source = layers.placed(&["source"]).map_or(&[][..], |placed| placed.entry.node.items());
    Policy {
        version: word("version").to_owned(),
        adopted,
        source: source.iter().filter_map(Node::as_word).map(str::to_owned).collect(),
        candidates: candidates(&layers.table(&["candidates"])),
        points: parts(layers),
        capacity: capacity(&layers.table(&["capacity"])),
        children: children(&layers.table(&["children"])),
        shares: shares(&layers.table(&["shares"])),
        groups: layers.named("groups").iter().map(group).collect(),
        fairness: fairness(&layers.table(&["fairness"])),
        age_bands: ages(&layers.table(&["rates"])),
        decisions: decisions(layers),
        events: layers.named("events").iter().map(event).collect(),
        outside: outside(&layers.table(&["outside"])),
        roles: layers.named("roles").iter().map(role).collect(),
        tasks: layers.named("tasks").iter().map(task).collect(),
        hash: hash(layers.texts()),
    }
}

/// `rule-set/criterion`; without a stroke there is no criterion.
pub(super) fn line_name(text: &str) -> LineName {
    let (rule_set, criterion) = text.split_once('/').unwrap_or((text, ""));
    LineName { rule_set: rule_set.to_owned(), criterion: criterion.to_owned() }
}

fn hash(texts: &[String]) -> String {
    let mut hash = Sha256::new();
    for text in texts {
        hash.update(text.as_bytes());
        hash.update([0]);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn number(table: &Table, key: &str) -> i32 {
    table.whole(key).and_then(|whole| i32::try_from(whole).ok()).unwrap_or(0)
}

fn count(table: &Table, key: &str) -> u32 {
    table.count(key).unwrap_or(0)
}

fn level_of(table: &Table, key: &str) -> u8 {
    table.word(key).map_or(0, level::parse)
}

fn line(table: &Table, key: &str) -> LineName {
    table.word(key).map(line_name).unwrap_or_default()
}

fn lines(table: &Table, key: &str) -> Vec<LineName> {
    table.names(key).map(|(name, _)| line_name(name)).collect()
}

fn candidates(table: &Table) -> Candidates {
    Candidates {
        need: level_of(table, "need"),
        quiet: level_of(table, "quiet"),
        rising: level_of(table, "rising"),
        adult_from: number(table, "adult_from"),
        last_contact: line(table, "last_contact"),
    }
}

fn parts(layers: &Layers) -> Parts {
    let table = |key: &str| layers.table(&["points", key]);
    let scale = |key: &str| {
        let table = table(key);
        Scale {
            moderate: number(&table, "moderate"),
            high: number(&table, "high"),
            very_high: number(&table, "very_high"),
        }
    };
    let of_line = |key: &str| {
        let table = table(key);
        LinePoints { line: line(&table, "line"), unless: lines(&table, "unless"), points: number(&table, "points") }
    };
    let (breadth, coordination, stayed) = (table("breadth"), table("coordination"), table("stayed"));
    Parts {
        main_need: scale("main_need"),
        further_need: scale("further_need"),
        further_need_at_most: number(&table("further_need"), "at_most"),
        breadth: Breadth {
            domain_from: number(&breadth, "domain_from"),
            free: number(&breadth, "free"),
            at_most: number(&breadth, "at_most"),
        },
        quiet: scale("quiet"),
        rising: scale("rising"),
        coordination: Coordination {
            services: line(&coordination, "services"),
            coordinators: line(&coordination, "coordinators"),
            points: number(&coordination, "points"),
            none_or_many: number(&coordination, "none_or_many"),
            many: count(&coordination, "many"),
        },
        missed: of_line("missed"),
        hard_to_coordinate: of_line("hard_to_coordinate"),
        stayed: Stayed {
            points: number(&stayed, "points"),
            weeks: count(&stayed, "weeks"),
            asks_after: count(&stayed, "asks_after"),
        },
        worse_from: number(&table("worse"), "points"),
    }
}

fn capacity(table: &Table) -> Capacity {
    Capacity {
        minutes_per_place: count(table, "minutes_per_place"),
        most: count(table, "most"),
        minutes_per_review: count(table, "minutes_per_review"),
    }
}

fn children(table: &Table) -> ChildrenRule {
    ChildrenRule {
        places: count(table, "places"),
        least: level_of(table, "least"),
        oldest_of: lines(table, "oldest_of"),
        coordinator: line(table, "coordinator"),
        coordinated: line(table, "coordinated"),
        listed_again_on: lines(table, "listed_again_on"),
    }
}

fn shares(table: &Table) -> Shares {
    Shares {
        open: count(table, "open"),
        kept_at_most: i64::from(count(table, "kept_at_most")),
        eligible: level_of(table, "eligible"),
        otherwise: level_of(table, "otherwise"),
    }
}

fn group(placed: &Placed) -> Group {
    let table = placed.table();
    Group {
        name: placed.entry.key.clone(),
        label: table.sentence("label").unwrap_or_default(),
        rule_sets: table.words("rule_sets"),
        percent: count(&table, "percent"),
    }
}

fn fairness(table: &Table) -> Fairness {
    Fairness {
        weeks: count(table, "weeks") as usize,
        floor_of: u64::from(count(table, "floor_of")),
        swaps: count(table, "swaps") as usize,
        from: level_of(table, "from"),
        ceiling: u64::from(count(table, "ceiling")),
        ceiling_plus: u64::from(count(table, "ceiling_plus")),
    }
}

fn ages(table: &Table) -> Vec<i32> {
    table.wholes("age_bands").into_iter().filter_map(|age| i32::try_from(age).ok()).collect()
}

fn decisions(layers: &Layers) -> DecisionRules {
    let decided = |key: &str| {
        let table = layers.table(&["decisions", key]);
        let days = number(&table, "days");
        let or_days = |key: &str, or: i32| if table.has(key) { number(&table, key) } else { or };
        Decided {
            breaks: table.words("breaks"),
            tells: table.words("tells"),
            days,
            least: or_days("least", 1),
            most: or_days("most", days),
        }
    };
    DecisionRules {
        selected: decided("selected"),
        not_now: decided("not_now"),
        already_followed: decided("already_followed"),
        not_relevant: decided("not_relevant"),
    }
}

fn event(placed: &Placed) -> EventRule {
    let table = placed.table();
    let found = match table.table("rise") {
        Some(rise) => Found::Rise(Rise {
            bands: count(rise, "bands") as usize,
            or_to: level_of(rise, "or_to"),
            nights: count(rise, "nights"),
        }),
        None => Found::Lines(table.tables("lines").map(|(line, _)| event_line(line)).collect()),
    };
    EventRule {
        id: placed.entry.key.clone(),
        label: table.sentence("label").unwrap_or_default(),
        found,
        gp_only: table.flag("gp_only").unwrap_or(false),
    }
}

fn event_line(table: &Table) -> EventLine {
    let new = match table.word("new") {
        Some("all") => Newness::All,
        Some("code") => Newness::Code,
        Some("since") => Newness::Since,
        _ => Newness::Newest,
    };
    EventLine { line: line(table, "line"), days: count(table, "days").max(1) as usize, new }
}

fn outside(table: &Table) -> Outside {
    Outside { gp_only: lines(table, "gp_only"), out: lines(table, "out") }
}

fn role(placed: &Placed) -> Role {
    let table = placed.table();
    let flag = |key: &str| table.flag(key).unwrap_or(false);
    Role {
        key: placed.entry.key.clone(),
        names: table.sentence("names").unwrap_or_default(),
        team: flag("team"),
        own: flag("own"),
    }
}

fn task(placed: &Placed) -> TaskRule {
    let roles = placed.entry.node.items().iter().filter_map(Node::as_word);
    TaskRule { task: placed.entry.key.clone(), roles: roles.map(str::to_owned).collect() }
}
