//! JSON Schemas for editors, and the list of all keys, from the declarations that the reader uses.

use std::fmt::Write;

use serde_json::{Map, Value, json};

use super::keys::about::INHERITED;
use super::keys::{Key, Section, Shape, cases, inputs::KINDS, outreach, ruleset, vocabulary};
use super::suggest;

/// The generated files of the format: name and content.
#[must_use]
pub fn schemas() -> Vec<(&'static str, String)> {
    [
        ("model.schema.json", "A rule set of tidlig: model.toml", &ruleset::RULE_SET),
        ("library.schema.json", "A library of inputs: library.toml", &ruleset::LIBRARY),
        ("cases.schema.json", "Cases of a rule set: cases.toml", &cases::FILE),
        ("vocabulary.schema.json", "The shared words: vocabulary.toml", &vocabulary::FILE),
        ("outreach.schema.json", "The outreach policy: outreach.toml", &outreach::FILE),
    ]
    .into_iter()
    .map(|(name, title, section)| (name, document(title, section)))
    .collect()
}

fn document(title: &str, section: &Section) -> String {
    let mut schema = Map::new();
    schema.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    schema.insert("title".to_owned(), json!(title));
    if let Value::Object(rest) = with_parent(table(section)) {
        schema.extend(rest);
    }
    let sentence = json!({
        "type": "object",
        "description": "the same sentence in bokmål, nynorsk and English",
        "properties": {
            "nb": { "type": "string", "minLength": 1 },
            "nn": { "type": "string", "minLength": 1 },
            "en": { "type": "string", "minLength": 1 },
        },
        "required": ["nb", "nn", "en"],
        "additionalProperties": false,
    });
    schema.insert("$defs".to_owned(), json!({ "sentence": sentence }));
    // A map of strings and numbers can always be written.
    let mut text = serde_json::to_string_pretty(&Value::Object(schema)).unwrap_or_default();
    text.push('\n');
    text
}

/// What a rule set may leave out when it `extends` another is required only of those that extend none.
fn with_parent(mut schema: Value) -> Value {
    if schema["properties"].get("extends").is_none() {
        return schema;
    }
    let inherited = |name: &&Value| name.as_str().is_some_and(|name| INHERITED.contains(&name));
    let required = schema["required"].as_array().cloned().unwrap_or_default();
    let (parents, own): (Vec<&Value>, Vec<&Value>) = required.iter().partition(inherited);
    schema["required"] = json!(own);
    schema["if"] = json!({ "required": ["extends"] });
    schema["else"] = json!({ "required": parents });
    schema
}

fn table(section: &Section) -> Value {
    let mut properties = Map::new();
    for key in section.keys() {
        properties.insert(key.name.to_owned(), described(key));
    }
    let mut schema = json!({ "type": "object", "properties": properties, "additionalProperties": false });
    let required: Vec<&str> = section.keys().filter(|key| key.required).map(|key| key.name).collect();
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    let mut rules: Vec<Value> = Vec::new();
    let has = |names: &[&str]| -> Vec<Value> { names.iter().map(|name| json!({ "required": [name] })).collect() };
    rules.extend(section.exactly_one.iter().map(|group| json!({ "oneOf": has(group) })));
    rules.extend(section.at_least_one.iter().map(|group| json!({ "anyOf": has(group) })));
    for group in section.at_most_one {
        rules.push(json!({ "not": { "required": group } }));
    }
    if !rules.is_empty() {
        schema["allOf"] = Value::Array(rules);
    }
    schema
}

fn described(key: &Key) -> Value {
    let mut schema = value(&key.shape);
    // The kind's own pattern stays; only the meaning is added.
    schema["description"] = json!(key.about);
    schema
}

fn value(shape: &Shape) -> Value {
    match shape {
        Shape::Word => json!({ "type": "string", "minLength": 1 }),
        Shape::AnyWord => json!({ "type": "string" }),
        Shape::Words => words(1),
        Shape::WordsOrNone => words(0),
        Shape::WordsOr(word) => json!({ "anyOf": [words(1), { "const": word }] }),
        Shape::OneOf(known) => json!({ "enum": known }),
        Shape::Whole(least, most) => json!({ "type": "integer", "minimum": least, "maximum": most }),
        Shape::Number | Shape::Points => json!({ "type": "number" }),
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::True => json!({ "const": true }),
        // A TOML date reaches a JSON Schema as a text.
        Shape::Date => json!({ "type": "string", "format": "date" }),
        // Any other word is the name of a setting, which only the program can look up.
        Shape::Window => json!({ "type": "string", "pattern": "^([0-9]+ days?|[A-Za-z].*)$" }),
        Shape::Days => json!({ "type": "string", "pattern": "^[0-9]+ days?$" }),
        Shape::Sentence => json!({ "$ref": "#/$defs/sentence" }),
        Shape::Table(section) => table(section),
        Shape::Named(inner) => json!({ "type": "object", "additionalProperties": value(inner) }),
        Shape::List(inner) => json!({ "type": "array", "items": value(inner) }),
        Shape::Part => json!({ "type": "object" }),
        Shape::Input => json!({ "anyOf": KINDS.iter().map(input).collect::<Vec<_>>() }),
    }
}

fn words(least: usize) -> Value {
    json!({ "type": "array", "items": { "type": "string", "minLength": 1 }, "minItems": least, "uniqueItems": true })
}

fn input(kind: &super::keys::Kind) -> Value {
    let mut schema = table(&kind.section);
    schema["title"] = json!(kind.name);
    let markers: Vec<Value> = kind.markers.iter().map(|name| json!({ "required": [name] })).collect();
    schema["anyOf"] = Value::Array(markers);
    schema
}

/// The list of all keys, as Markdown.
#[must_use]
pub fn keys_page() -> String {
    let mut page = String::from(
        "# Every key of the rule-set format\n\n\
         Generated by `tidlig models schema` from the declarations that the reader uses. `docs/rule-format.md` explains them.\n\
         A key in **bold** must be there.\n",
    );
    for (title, section) in [
        ("`model.toml`", &ruleset::RULE_SET),
        ("`library.toml`", &ruleset::LIBRARY),
        ("`cases.toml`", &cases::FILE),
        ("`vocabulary.toml`", &vocabulary::FILE),
        ("`outreach.toml`", &outreach::FILE),
    ] {
        let _ = write!(page, "\n## {title}\n");
        section_page(section, &mut page);
    }
    page.push_str("\n## Inputs\n");
    for kind in KINDS {
        let _ = write!(page, "\n### {}\n\nKnown by {}.\n", capital(kind.section.title), suggest::list(kind.markers));
        section_page(&kind.section, &mut page);
    }
    page
}

fn section_page(section: &Section, page: &mut String) {
    page.push_str("\n| key | value | meaning |\n| --- | --- | --- |\n");
    for key in section.keys() {
        let name = if key.required { format!("**`{}`**", key.name) } else { format!("`{}`", key.name) };
        let _ = writeln!(page, "| {name} | {} | {} |", kind_of_value(&key.shape), key.about.replace('|', "\\|"));
    }
    for (groups, words) in [
        (section.exactly_one, "Exactly one of"),
        (section.at_least_one, "At least one of"),
        (section.at_most_one, "At most one of"),
    ] {
        for group in groups {
            let _ = write!(page, "\n{words} {}.\n", suggest::list(group));
        }
    }
    for key in section.keys() {
        if let Some(inner) = inner_section(&key.shape) {
            let _ = write!(page, "\n`{}`, {}:\n", key.name, inner.title);
            section_page(inner, page);
        }
    }
}

fn inner_section(shape: &Shape) -> Option<&'static Section> {
    match shape {
        Shape::Table(section) => Some(section),
        Shape::Named(inner) | Shape::List(inner) => inner_section(inner),
        _ => None,
    }
}

fn kind_of_value(shape: &Shape) -> String {
    match shape {
        Shape::Word | Shape::AnyWord => "text".to_owned(),
        Shape::Words => "list of texts".to_owned(),
        Shape::WordsOrNone => "list of texts, perhaps empty".to_owned(),
        Shape::WordsOr(word) => format!("list of texts, or `\"{word}\"`"),
        Shape::OneOf(known) => known.iter().map(|word| format!("`\"{word}\"`")).collect::<Vec<_>>().join(", "),
        Shape::Whole(..) => "whole number".to_owned(),
        Shape::Number => "number".to_owned(),
        Shape::Points => "points".to_owned(),
        Shape::Flag => "`true` or `false`".to_owned(),
        Shape::True => "`true`".to_owned(),
        Shape::Date => "date".to_owned(),
        Shape::Window => "`\"183 days\"` or `\"ever\"`".to_owned(),
        Shape::Days => "`\"28 days\"`".to_owned(),
        Shape::Sentence => "`{ nb, nn, en }`".to_owned(),
        Shape::Table(_) => "table".to_owned(),
        Shape::Named(inner) => format!("names, each {}", kind_of_value(inner)),
        Shape::List(inner) => format!("list, each {}", kind_of_value(inner)),
        Shape::Part => "some of its keys, `KEY_add`, `KEY_drop`, `without`".to_owned(),
        Shape::Input => "an input".to_owned(),
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemas_hold_every_key_and_are_json() {
        for (name, text) in schemas() {
            let schema: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(schema["type"], "object", "{name}");
        }
        let model: Value = serde_json::from_str(&schemas()[0].1).unwrap();
        assert!(model["properties"]["criteria"]["additionalProperties"]["properties"]["silences"].is_object());
        let kinds = model["properties"]["inputs"]["additionalProperties"]["anyOf"].as_array().unwrap();
        assert_eq!(kinds.len(), KINDS.len());
    }

    #[test]
    fn the_list_of_keys_names_each_kind_of_input() {
        let page = keys_page();
        assert!(KINDS.iter().all(|kind| page.contains(&capital(kind.section.title))));
    }
}
