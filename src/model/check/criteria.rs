//! Criteria, caps, notes: the lines of a score.

use super::Setting;
use super::order;
use crate::clinical::{Points, Text};
use crate::model::named::Named;
use crate::model::report::Report;
use crate::model::ruleset::{Cap, CapId, Criterion, InputId, InputKind, Note, Status, Weight};
use crate::model::texts;
use crate::model::tree::{Entry, Span, Table};

/// `[caps]`.
pub fn caps(root: &Table, setting: &Setting, report: &mut Report) -> Vec<Cap> {
    let mut caps = Vec::new();
    for entry in root.entries("caps") {
        let empty = Table::default();
        let table = entry.node.as_table().unwrap_or(&empty);
        let at_most = table.points("at_most");
        if let (Some(most), Some(at)) = (at_most, table.get("at_most"))
            && most < Points::ZERO
        {
            report.fault(&at.node.span, "a cap must not be less than 0", "below 0");
        }
        caps.push(Cap {
            name: entry.key.clone(),
            at_most,
            domain: domain(table, setting, report),
            label: table.sentence("label"),
        });
        if at_most.is_some() && !table.has("domain") && !table.has("label") {
            let help = "write a `domain` of the vocabulary, or a `label`";
            report.fault_with(
                &entry.span,
                format!("the cap `{}` has no name for readers", entry.key),
                "needs words",
                help,
            );
        }
    }
    caps
}

/// `[criteria]`, in the order of the file.
pub fn criteria(root: &Table, caps: &[Cap], setting: &mut Setting, report: &mut Report) -> Vec<Criterion> {
    let entries = root.entries("criteria");
    if let Some(entry) = root.get("criteria").filter(|entry| entries.is_empty() && entry.node.as_table().is_some()) {
        report.fault(&entry.span, "a rule set needs a criterion", "has none");
    }
    let mut criteria: Vec<Criterion> = entries.iter().map(|entry| criterion(entry, caps, setting, report)).collect();
    silences(entries, &mut criteria, report);
    unused_caps(root, caps, &criteria, report);
    criteria
}

fn criterion(entry: &Entry, caps: &[Cap], setting: &mut Setting, report: &mut Report) -> Criterion {
    let empty = Table::default();
    let table = entry.node.as_table().unwrap_or(&empty);
    if setting.status == Status::Draft && !table.has("src") {
        let help = "`src` says where the line comes from; a proposal of your own says \"PROPOSAL\"";
        report.fault_with(&entry.span, format!("`{}` says no source", entry.key), "needs `src`", help);
    }
    let input = asked(entry, table, setting, report);
    let weight = weight(table, input, setting, report);
    Criterion {
        name: entry.key.clone(),
        input,
        shows: shown(table, setting, report),
        weight,
        cap: cap(table, caps, report),
        silences: Vec::new(),
        domain: domain(table, setting, report),
        task: task(table, setting, report),
        further_tasks: further_tasks(table, setting, report),
        sensitive: table.flag("sensitive").unwrap_or_else(|| setting.input(input).is_some_and(|i| i.sensitive)),
        text: text(entry, table, input, setting, report),
        source: table.word("src").map(str::to_owned),
    }
}

/// The input under `input`, or the one of the same name.
fn asked(entry: &Entry, table: &Table, setting: &Setting, report: &mut Report) -> InputId {
    let (name, span) = table.name("input").unwrap_or((entry.key.as_str(), &entry.span));
    setting.inputs.find(name, span, report).unwrap_or(InputId(0))
}

/// The input whose facts the sentence tells, when it is another.
fn shown(table: &Table, setting: &Setting, report: &mut Report) -> Option<InputId> {
    let (name, span) = table.name("shows")?;
    setting.inputs.find(name, span, report)
}

fn cap(table: &Table, caps: &[Cap], report: &mut Report) -> Option<CapId> {
    let (name, span) = table.name("cap")?;
    let found = caps.iter().position(|cap| cap.name == name);
    if found.is_none() {
        report.unknown(span, "cap", name, caps.iter().map(|cap| cap.name.as_str()));
    }
    found.map(CapId)
}

fn domain(table: &Table, setting: &Setting, report: &mut Report) -> Option<String> {
    known(table, "domain", &setting.vocabulary.domains, report)
}

fn task(table: &Table, setting: &Setting, report: &mut Report) -> Option<String> {
    known(table, "task", &setting.vocabulary.tasks, report)
}

fn further_tasks(table: &Table, setting: &Setting, report: &mut Report) -> Vec<String> {
    if let Some(entry) = table.get("further_tasks").filter(|_| !table.has("task")) {
        report.fault_with(&entry.span, "`further_tasks` need a first one", "after which?", "write `task = \"…\"`");
    }
    let tasks = &setting.vocabulary.tasks;
    for (name, span) in table.names("further_tasks") {
        if !tasks.has(name) {
            report.unknown(span, "task", name, tasks.names());
        } else if table.word("task") == Some(name) {
            report.fault(span, format!("`{name}` is the first task already"), "again");
        }
    }
    table.words("further_tasks")
}

fn known<T>(table: &Table, key: &str, names: &Named<T>, report: &mut Report) -> Option<String> {
    let (name, span) = table.name(key)?;
    if !names.has(name) {
        report.unknown(span, key, name, names.names());
    }
    Some(name.to_owned())
}

fn weight(table: &Table, input: InputId, setting: &Setting, report: &mut Report) -> Weight {
    let as_points = setting.input(input).is_some_and(|i| matches!(&i.kind, InputKind::Model(m) if m.as_points));
    if let Some(entry) = table.get("of_model") {
        if !as_points {
            report.fault(&entry.span, "the input gives no other rule set's points", "needs `as_points = true` there");
        }
        Weight::OfModel
    } else if let Some(entry) = table.get("steps") {
        Weight::Steps(steps(table, &entry.node.span, report))
    } else if let Some(points) = table.points("per_count") {
        Weight::PerCount(points)
    } else {
        Weight::Fixed(table.points("points").unwrap_or_default())
    }
}

fn steps(table: &Table, span: &Span, report: &mut Report) -> Vec<(u32, Points)> {
    let step = |(step, _): (&Table, &Span)| Some((step.count("from")?, step.points("points")?));
    let steps: Vec<(u32, Points)> = table.tables("steps").filter_map(step).collect();
    if steps.is_empty() {
        report.fault(span, "`steps` needs a step", "is empty");
    }
    if let Some(((_, at), pair)) =
        table.tables("steps").skip(1).zip(steps.windows(2)).find(|(_, pair)| pair[0].0 >= pair[1].0)
    {
        let message = format!("steps must ascend: {} comes after {}", pair[1].0, pair[0].0);
        report.fault(at, message, "not more than the one before");
    }
    steps
}

/// The criterion's sentence, or the frame sentence with the input's name in it.
fn text(entry: &Entry, table: &Table, input: InputId, setting: &mut Setting, report: &mut Report) -> Text {
    let own = table.sentence("label");
    let name = own.clone().or_else(|| setting.input(input).and_then(|input| input.label.clone()));
    if let (Some(label), Some(input)) = (own, setting.inputs.all.get_mut(input.0)) {
        input.label.get_or_insert(label);
    }
    if let Some(at) = table.get("text") {
        texts::placeholders(&at.node, texts::OF_LINES, report);
        let text = table.sentence("text").unwrap_or_default();
        return name.map_or(text.clone(), |name| texts::named(&text, &name));
    }
    match name {
        Some(name) => texts::named(&setting.vocabulary.frames.condition, &name),
        // A label of the wrong kind was told with the shape.
        None if table.has("label") => Text::default(),
        None => {
            let help = "write a `text`, or a `label` here or at the input for the sentence «{name} ({source}, {date})»";
            report.fault_with(&entry.span, format!("`{}` has no sentence", entry.key), "needs words", help);
            Text::default()
        }
    }
}

fn silences(entries: &[Entry], criteria: &mut [Criterion], report: &mut Report) {
    let place = |name: &str| entries.iter().position(|entry| entry.key == name);
    for (at, entry) in entries.iter().enumerate() {
        let Some(table) = entry.node.as_table() else { continue };
        for (name, span) in table.names("silences") {
            match place(name) {
                Some(silent) => criteria[at].silences.push(silent),
                None => report.unknown(span, "criterion", name, entries.iter().map(|entry| entry.key.as_str())),
            }
        }
    }
    let needs: Vec<Vec<usize>> = criteria.iter().map(|criterion| criterion.silences.clone()).collect();
    for circle in order::sort(&needs).1 {
        let path = order::named(&circle, |at| format!("`{}`", entries[at].key));
        let span = entries[circle[0]].node.as_table().and_then(|t| t.get("silences")).map_or(0..0, |e| e.span.clone());
        report.fault(&span, format!("criteria silence each other in a circle: {path}"), "silences itself");
    }
}

fn unused_caps(root: &Table, caps: &[Cap], criteria: &[Criterion], report: &mut Report) {
    for (at, (cap, entry)) in caps.iter().zip(root.entries("caps")).enumerate() {
        if !criteria.iter().any(|criterion| criterion.cap == Some(CapId(at))) {
            report.fault(&entry.span, format!("no criterion belongs to the cap `{}`", cap.name), "is never used");
        }
    }
}

/// `[notes]`.
pub fn notes(root: &Table, setting: &Setting, report: &mut Report) -> Vec<Note> {
    let mut notes = Vec::new();
    for entry in root.entries("notes") {
        let Some(table) = entry.node.as_table() else { continue };
        if let Some(text) = table.get("text") {
            texts::placeholders(&text.node, texts::OF_LINES, report);
        }
        if root.entries("criteria").iter().any(|criterion| criterion.key == entry.key) {
            report.fault(&entry.span, format!("`{}` is a criterion too", entry.key), "the name is taken");
        }
        let input = asked(entry, table, setting, report);
        let text = table.sentence("text").unwrap_or_default();
        let name = setting.input(input).and_then(|input| input.label.clone());
        notes.push(Note {
            name: entry.key.clone(),
            input,
            shows: shown(table, setting, report),
            from_points: table.points("from_points"),
            task: task(table, setting, report),
            text: name.map_or(text.clone(), |name| texts::named(&text, &name)),
        });
    }
    notes
}
