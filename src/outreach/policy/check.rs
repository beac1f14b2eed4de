//! What only the whole policy, and the rule sets beside it, can tell.

use super::layers::{Layers, Placed};
use super::{Found, Policy, read};
use crate::clinical::Faults;
use crate::clinical::tree::{Node, Span};
use crate::model::report::Report;
use crate::model::vocabulary::Vocabulary;
use crate::model::{RuleSet, suggest};

/// What the policy's names are checked against: every rule set there is, asked for or not.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    pub rule_sets: &'a [RuleSet],
    pub vocabulary: &'a Vocabulary,
}

pub(super) fn policy(layers: &Layers, policy: &Policy, known: Known, faults: &mut Faults) {
    complete(layers, faults);
    shares(layers, policy, faults);
    groups(layers, known, faults);
    for path in [
        &["candidates", "last_contact"][..],
        &["points", "coordination", "services"],
        &["points", "coordination", "coordinators"],
        &["points", "missed", "line"],
        &["points", "missed", "unless"],
        &["points", "hard_to_coordinate", "line"],
        &["children", "coordinator"],
        &["children", "coordinated"],
        &["children", "oldest_of"],
        &["children", "listed_again_on"],
        &["outside", "gp_only"],
        &["outside", "out"],
    ] {
        if let Some(placed) = layers.placed(path) {
            lines(placed.file, &placed.entry.node, known, faults);
        }
    }
    events(layers, known, faults);
    decisions(layers, policy, faults);
    tasks(layers, policy, known, faults);
    ages(layers, policy, faults);
}

/// Tables that no file has.
fn complete(layers: &Layers, faults: &mut Faults) {
    for path in [
        &["candidates"][..],
        &["capacity"],
        &["children"],
        &["shares"],
        &["fairness"],
        &["rates"],
        &["outside"],
        &["points", "main_need"],
        &["points", "further_need"],
        &["points", "breadth"],
        &["points", "quiet"],
        &["points", "rising"],
        &["points", "coordination"],
        &["points", "missed"],
        &["points", "hard_to_coordinate"],
        &["points", "stayed"],
        &["points", "worse"],
        &["decisions", "selected"],
        &["decisions", "not_now"],
        &["decisions", "already_followed"],
        &["decisions", "not_relevant"],
    ] {
        if layers.placed(path).is_none() {
            let message = format!("the policy lacks `[{}]`", path.join("."));
            Report::new("models/outreach.toml", faults).fault(&(0..0), message, "in this file");
        }
    }
}

fn shares(layers: &Layers, policy: &Policy, faults: &mut Faults) {
    let groups: u32 = policy.groups.iter().map(|group| group.percent).sum();
    let whole = policy.shares.open + groups;
    if whole != 100 {
        let place = layers.placed(&["shares", "open"]);
        let (file, span) = place.map_or(("models/outreach.toml", 0..0), |p| (p.file, p.entry.node.span.clone()));
        let message =
            format!("the shares are {whole} percent together: {groups} of the groups and {} open", whole - groups);
        Report::new(file, faults).fault_with(
            &span,
            message,
            "not a hundred",
            "change `open`, or the groups' `percent`",
        );
    }
    if policy.shares.otherwise > policy.shares.eligible {
        let Some(place) = layers.placed(&["shares", "otherwise"]) else { return };
        let message = "`otherwise` must not be above `eligible`";
        Report::new(place.file, faults).fault(&place.entry.node.span, message, "the higher one");
    }
}

fn groups(layers: &Layers, known: Known, faults: &mut Faults) {
    let mut taken: Vec<String> = Vec::new();
    for group in layers.named("groups") {
        let mut report = Report::new(group.file, faults);
        for (name, span) in group.table().names("rule_sets") {
            let Some(set) = known.rule_sets.iter().find(|set| set.id == name) else {
                report.unknown(span, "rule set", name, known.rule_sets.iter().map(|set| set.id.as_str()));
                continue;
            };
            if set.outreach.is_none() {
                report.fault(span, format!("`{name}` is not on the outreach list"), "has no `[outreach]`");
            }
            if taken.iter().any(|other| other == name) {
                report.fault(span, format!("`{name}` belongs to another group already"), "again");
            }
            taken.push(name.to_owned());
        }
    }
}

/// Every `rule-set/criterion` of a text or a list of texts.
fn lines(file: &str, node: &Node, known: Known, faults: &mut Faults) {
    let one = node.as_word().map(|word| (word, &node.span));
    let many = node.items().iter().filter_map(|item| Some((item.as_word()?, &item.span)));
    for (word, span) in one.into_iter().chain(many) {
        line(file, word, span, known, faults);
    }
}

fn line(file: &str, word: &str, span: &Span, known: Known, faults: &mut Faults) {
    let mut report = Report::new(file, faults);
    let name = read::line_name(word);
    if name.criterion.is_empty() {
        let help = "write `rule-set/criterion`, such as `tidlig-…/missed`";
        return report.fault_with(span, format!("`{word}` is no line"), "no stroke in it", help);
    }
    let Some(set) = known.rule_sets.iter().find(|set| set.id == name.rule_set) else {
        return report.unknown(span, "rule set", &name.rule_set, known.rule_sets.iter().map(|set| set.id.as_str()));
    };
    if !set.criteria.iter().any(|criterion| criterion.name == name.criterion) {
        let what = format!("criterion of `{}`", set.id);
        report.unknown(span, &what, &name.criterion, set.criteria.iter().map(|criterion| criterion.name.as_str()));
    }
}

fn events(layers: &Layers, known: Known, faults: &mut Faults) {
    for event in layers.named("events") {
        for (table, _) in event.table().tables("lines") {
            if let Some((word, span)) = table.name("line") {
                line(event.file, word, span, known, faults);
            }
        }
    }
}

fn decisions(layers: &Layers, policy: &Policy, faults: &mut Faults) {
    for kind in ["selected", "not_now", "already_followed", "not_relevant"] {
        let Some(placed) = layers.placed(&["decisions", kind]) else { continue };
        let table = placed.table();
        let mut report = Report::new(placed.file, faults);
        for (id, span) in table.names("breaks").chain(table.names("tells")) {
            match policy.event(id) {
                None => report.unknown(span, "event", id, policy.events.iter().map(|event| event.id.as_str())),
                Some(event) if event.gp_only => {
                    report.fault(span, format!("`{id}` is for the doctor's view only"), "would be shown to others");
                }
                Some(_) => {}
            }
        }
        let number = |key: &str| table.whole(key);
        if let (Some(days), Some(most)) = (number("days"), number("most"))
            && (days > most || number("least").is_some_and(|least| least > days))
        {
            report.fault(&placed.entry.span, "`least`, `days` and `most` must not fall", "in another order");
        }
    }
}

fn tasks(layers: &Layers, policy: &Policy, known: Known, faults: &mut Faults) {
    for task in layers.named("tasks") {
        let mut report = Report::new(task.file, faults);
        if !known.vocabulary.tasks.has(&task.entry.key) {
            report.unknown(&task.entry.span, "task", &task.entry.key, known.vocabulary.tasks.names());
        }
        for item in task.entry.node.items() {
            let Some(role) = item.as_word() else { continue };
            if !policy.roles.iter().any(|known| known.key == role) {
                report.unknown(&item.span, "role", role, policy.roles.iter().map(|role| role.key.as_str()));
            }
        }
    }
    let missing: Vec<&str> = known.vocabulary.tasks.names().filter(|task| policy.roles_of(task).is_empty()).collect();
    if !missing.is_empty() {
        let (file, span) = layers.placed(&["tasks"]).map_or(("models/outreach.toml", 0..0), place);
        let message = format!("nobody is said to do {}", suggest::list(&missing));
        Report::new(file, faults).fault(&span, message, "lacks these tasks");
    }
    let twice = policy.roles.iter().filter(|role| role.own).count() > 1;
    if twice {
        let (file, span) = layers.placed(&["roles"]).map_or(("models/outreach.toml", 0..0), place);
        Report::new(file, faults).fault(&span, "only one role may be each patient's own doctor", "`own` stands twice");
    }
}

fn place<'a>(placed: Placed<'a>) -> (&'a str, Span) {
    (placed.file, placed.entry.span.clone())
}

fn ages(layers: &Layers, policy: &Policy, faults: &mut Faults) {
    let rising = policy.age_bands.windows(2).all(|pair| pair[0] < pair[1]);
    if let Some(placed) = layers.placed(&["rates", "age_bands"])
        && (!rising || policy.age_bands.is_empty())
    {
        let message = "the ages must rise, and there must be one";
        Report::new(placed.file, faults).fault(&placed.entry.node.span, message, "not ascending");
    }
    let empty = policy.events.iter().find(|event| matches!(&event.found, Found::Lines(lines) if lines.is_empty()));
    if let Some(event) = empty
        && let Some(placed) = layers.placed(&["events", &event.id])
    {
        let message = format!("nothing makes `{}` happen", event.id);
        Report::new(placed.file, faults).fault(&placed.entry.span, message, "has no lines");
    }
}
