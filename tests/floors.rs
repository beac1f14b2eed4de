//! The house keeps its floors: a room knows only the rooms below it, and no code knows a rule set by name.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms of `src/`, from the ground up. A room uses lower floors and itself, never a neighbour.
const FLOORS: [&[&str]; 8] = [
    &["clinical"],
    &["journal", "model"],
    &["extract", "observe", "store"],
    &["score", "synth", "evaluate"],
    &["outreach"],
    &["report"],
    &["run"],
    &["cli"],
];

#[test]
fn no_room_imports_a_neighbour_or_upwards() {
    let mut faults = Vec::new();
    for (file, code) in sources() {
        let Some(room) = room_of(&file) else { continue };
        let Some(floor) = floor_of(&room) else {
            faults.push(format!("{}: the room `{room}` has no floor", file.display()));
            continue;
        };
        for other in rooms_named(&code) {
            if other != room && floor_of(&other).is_none_or(|of_other| of_other >= floor) {
                faults.push(format!("{}: `{room}` uses `{other}`", file.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_circle_runs_between_rooms() {
    let mut uses: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (file, code) in sources() {
        if let Some(room) = room_of(&file) {
            uses.entry(room.clone()).or_default().extend(rooms_named(&code).into_iter().filter(|other| *other != room));
        }
    }
    // Rooms that use no remaining room are taken away until none is left; what stays is in a circle.
    while let Some(free) = uses.keys().find(|room| uses[*room].iter().all(|other| !uses.contains_key(other))).cloned() {
        uses.remove(&free);
    }
    assert!(uses.is_empty(), "in a circle: {uses:?}");
}

#[test]
fn no_rule_set_is_known_by_name() {
    let mut faults = Vec::new();
    for id in rule_set_ids() {
        for (file, code) in sources() {
            let lines = code.lines().enumerate().filter(|(_, line)| holds_word(line, &id));
            faults.extend(lines.map(|(line, _)| format!("{}:{}: `{id}`", file.display(), line + 1)));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn mentions_are_found() {
    let code = without_comments(
        "use crate::clinical::{Day, Tri};\nuse crate::{journal::{patient, tables}, model};\n\
         let x = crate::score::f(); // crate::cli\n/// crate::run\npub(crate) fn f() {}",
    );
    assert_eq!(rooms_named(&code).into_iter().collect::<Vec<_>>(), ["clinical", "journal", "model", "score"]);
    assert!(holds_word("\"a-b\"", "a-b") && !holds_word("\"a-b-c\"", "a-b"));
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file of `src/`, relative to it, without its comments.
fn sources() -> Vec<(PathBuf, String)> {
    let src = root().join("src");
    let mut folders = vec![src.clone()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let code = without_comments(&fs::read_to_string(&path).unwrap());
                found.push((path.strip_prefix(&src).unwrap().to_owned(), code));
            }
        }
    }
    found.sort();
    found
}

/// Comment lines and trailing comments become empty; lines keep their numbers.
fn without_comments(code: &str) -> String {
    let bare = |line: &str| match line.find("//") {
        // An address in a text is no comment.
        Some(at) if !line[..at].ends_with(':') => line[..at].to_owned(),
        _ => line.to_owned(),
    };
    code.lines().map(bare).collect::<Vec<_>>().join("\n")
}

/// The first folder below `src/`; `lib.rs` and `main.rs` belong to none.
fn room_of(file: &Path) -> Option<String> {
    let first = file.components().next()?.as_os_str().to_str()?.to_owned();
    let is_room = file.components().count() > 1 || !["lib.rs", "main.rs"].contains(&first.as_str());
    is_room.then(|| first.trim_end_matches(".rs").to_owned())
}

fn floor_of(room: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&room))
}

/// What stands behind `crate::`, the members of a braced list included.
fn rooms_named(code: &str) -> BTreeSet<String> {
    let mut rooms = BTreeSet::new();
    for (at, path) in code.match_indices("crate::") {
        let rest = &code[at + path.len()..];
        let heads = if let Some(list) = rest.strip_prefix('{') { list_heads(list) } else { vec![head(rest)] };
        // Macros and items of the crate root are no rooms.
        rooms.extend(
            heads.into_iter().filter(|name| root().join("src").join(name).is_dir() || floor_of(name).is_some()),
        );
    }
    rooms
}

fn head(path: &str) -> String {
    path.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// The first names of a braced list, up to its end.
fn list_heads(list: &str) -> Vec<String> {
    let mut heads = vec![head(list)];
    let mut depth = 1;
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => heads.push(head(&list[at + 1..])),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    heads
}

/// The folders of `models/` that hold a rule set.
fn rule_set_ids() -> Vec<String> {
    let Ok(entries) = fs::read_dir(root().join("models")) else { return Vec::new() };
    let folders = entries.map(|entry| entry.unwrap().path()).filter(|path| path.join("model.toml").is_file());
    folders.map(|path| path.file_name().unwrap().to_str().unwrap().to_owned()).collect()
}

fn holds_word(line: &str, word: &str) -> bool {
    let joins = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    line.match_indices(word).any(|(at, _)| !line[..at].ends_with(joins) && !line[at + word.len()..].starts_with(joins))
}
