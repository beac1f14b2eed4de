//! What rule sets take from each other: results, conditions of libraries, settings of a parent.

use crate::files::folder::Folder;
use crate::models::{done, journal, values, write};
use crate::{CONFIGURATION, ended, tidlig};

/// Takes another's band, another's points, and conditions of a shared and of an own library.
const COMPOSITE: &str = r#"
id      = "composite"
version = "1.0.0"
status  = "published"
source  = ["made for a test"]
departs = []
title   = { nb = "a", nn = "a", en = "a" }
purpose = { nb = "a", nn = "a", en = "a" }
uses    = { conditions = {}, ours = {} }

[inputs]
not-frail = { model = "hfrs", bands = ["low"] }
ill       = { model = "charlson-quan-2011", points = { at_least = 2 } }
both      = { all = ["ill", "not-frail"] }

[criteria]
not-frail = { points = 1, text = { nb = "a", nn = "a", en = "a" } }
both      = { points = 10, text = { nb = "a", nn = "a", en = "a" } }
heart     = { points = 100, input = "conditions/C03" }
dementia  = { points = 1000, input = "ours/dementia" }
"#;

const LIBRARY: &str = r#"
id      = "ours"
version = "1.0.0"
source  = ["made for a test"]

[inputs]
dementia = { icd10 = ["G31"], within = "ever", label = { nb = "a", nn = "a", en = "a" } }
"#;

#[test]
fn bands_points_and_conditions_of_others_are_taken() {
    let folder = Folder::new();
    journal(&folder);
    write(&folder, "own/composite/model.toml", COMPOSITE);
    write(&folder, "own/ours/library.toml", LIBRARY);
    assert_eq!(values(&folder, "composite"), [1.0, 111.0, 1.0, 1001.0, 11.0]);
}

#[test]
fn a_circle_is_told_with_the_place_of_every_step() {
    let folder = Folder::new();
    write(&folder, "own/ours/library.toml", LIBRARY);
    let composite = |id: &str, takes: &str| {
        COMPOSITE
            .replace("\"composite\"", &format!("\"{id}\""))
            .replace("\"charlson-quan-2011\"", &format!("\"{takes}\""))
    };
    for (id, takes) in [("first", "second"), ("second", "third"), ("third", "first")] {
        write(&folder, &format!("own/{id}/model.toml"), &composite(id, takes));
    }
    let says = [
        "in a circle: `first` → `second` → `third`",
        "own/first/model.toml:13",
        "own/second/model.toml:13",
        "own/third/model.toml:13",
        "1 fault",
    ];
    ended(&tidlig(folder.path(), &["models", "check", "own"]), CONFIGURATION, &says);
}

#[test]
fn a_circle_may_run_through_a_parent() {
    let folder = Folder::new();
    write(&folder, "own/ours/library.toml", LIBRARY);
    write(
        &folder,
        "own/parent/model.toml",
        &COMPOSITE
            .replace("\"composite\"", "\"parent\"")
            .replace("\"hfrs\", bands = [\"low\"]", "\"child\", points = { at_least = 1 }"),
    );
    let child = "id = \"child\"\nversion = \"1.0.0\"\nstatus = \"adapted\"\nextends = \"parent\"\ndeparts = [\"a\"]\n\
                 title = { nb = \"a\", nn = \"a\", en = \"a\" }\n";
    write(&folder, "own/child/model.toml", child);
    // What the child takes over asks for the child itself.
    let says = ["in a circle: `child` → `child`", "own/child/model.toml:4"];
    ended(&tidlig(folder.path(), &["models", "check", "own"]), CONFIGURATION, &says);
}

#[test]
fn a_setting_of_a_parent_gets_another_value() {
    let folder = Folder::new();
    let parent = START
        .replace("uses    = {}", "settings.back = \"30 days\"")
        .replace("within = \"ever\"", "within = \"back\"")
        .replace("ID", "parent");
    write(&folder, "own/parent/model.toml", &parent);
    let child = "id = \"child\"\nversion = \"1.0.0\"\nstatus = \"adapted\"\nextends = \"parent\"\ndeparts = [\"a\"]\n\
                 title = { nb = \"a\", nn = \"a\", en = \"a\" }\n[settings]\nback = \"90 days\"\n";
    write(&folder, "own/child/model.toml", child);
    journal(&folder);
    // Heart failure was 51 days before the index day.
    assert_eq!(values(&folder, "parent"), [0.0; 5]);
    assert_eq!(values(&folder, "child"), [0.0, 1.0, 0.0, 0.0, 0.0]);
    let text = done(&folder, &["models", "diff", "parent", "child", "--models-dir", "own", "--lang", "en"]);
    assert!(text.contains("30") && text.contains("90"), "{text}");
    write(&folder, "own/child/model.toml", &child.replace("back =", "bakc ="));
    let says = ["no input uses the setting `bakc`", "own/child/model.toml:8"];
    ended(&tidlig(folder.path(), &["models", "check", "own"]), CONFIGURATION, &says);
}

/// The least that a rule set is.
const START: &str = r#"
id      = "ID"
version = "1.0.0"
status  = "published"
source  = ["made for a test"]
departs = []
title   = { nb = "a", nn = "a", en = "a" }
purpose = { nb = "a", nn = "a", en = "a" }
uses    = {}

[inputs]
heart = { icd10 = ["I50"], within = "ever" }

[criteria]
heart = { points = 1, text = { nb = "a", nn = "a", en = "a" } }
"#;

#[test]
fn a_library_has_cases_and_a_page() {
    let folder = Folder::new();
    write(&folder, "own/ours/library.toml", LIBRARY);
    let case = |answer: &str| {
        format!(
            "[[case]]\nid = \"one\"\nwho = \"Man 70, G31.8\"\non = 2026-03-02\nage = 70\ndiagnoses = [\"G31.8\"]\n\
             expect = {{ inputs = {{ dementia = \"{answer}\" }} }}\n"
        )
    };
    write(&folder, "own/ours/cases.toml", &case("yes"));
    done(&folder, &["models", "check", "own"]);
    let page = done(&folder, &["models", "show", "ours", "--models-dir", "own", "--lang", "en"]);
    for part in ["A library is no rule set", "`dementia`", "G31", "Man 70, G31.8", "yes: `dementia`"] {
        assert!(page.contains(part), "«{part}» is not on the page:\n{page}");
    }
    write(&folder, "own/ours/cases.toml", &case("no"));
    let says = ["ours case one: input dementia: expected no, got yes"];
    ended(&tidlig(folder.path(), &["models", "check", "own"]), CONFIGURATION, &says);
    write(&folder, "own/ours/cases.toml", &case("no").replace("dementia =", "demenita ="));
    let says = ["unknown input `demenita`", "did you mean `dementia`?", "own/ours/cases.toml:7"];
    ended(&tidlig(folder.path(), &["models", "check", "own"]), CONFIGURATION, &says);
}

#[test]
fn what_extends_a_draft_is_one() {
    let folder = Folder::new();
    done(&folder, &["models", "new", "ours", "--dir", "own", "--extends", "tidlig-frail"]);
    done(&folder, &["models", "check", "own"]);
    let text = std::fs::read_to_string(folder.join("own/ours/model.toml")).unwrap();
    assert!(text.contains("status  = \"draft\"") && text.contains("# role  = \"need\""), "{text}");
    write(&folder, "own/ours/model.toml", &text.replace("\"draft\"", "\"adapted\""));
    let says = ["`tidlig-frail` is a draft, and so is what extends it", "write `status = \"draft\"`"];
    ended(&tidlig(folder.path(), &["models", "check", "own"]), CONFIGURATION, &says);
}
