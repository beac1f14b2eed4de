//! What the page's script needs: every part of every score, with each text once.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::decisions;
use crate::report::parts::ScoreView;
use crate::report::row::RowView;
use crate::report::view::View;
use crate::report::words::{self, Word};

/// Texts by number, each once.
#[derive(Default)]
struct Texts {
    known: HashMap<String, usize>,
    all: Vec<String>,
}

impl Texts {
    fn put(&mut self, text: &str) -> usize {
        if let Some(number) = self.known.get(text) {
            return *number;
        }
        self.all.push(text.to_owned());
        self.known.insert(text.to_owned(), self.all.len() - 1);
        self.all.len() - 1
    }

    /// −1 for an empty text.
    fn maybe(&mut self, text: &str) -> i64 {
        if text.is_empty() { -1 } else { self.put(text) as i64 }
    }

    fn each(&mut self, texts: &[String]) -> Vec<usize> {
        texts.iter().map(|text| self.put(text)).collect()
    }
}

/// JSON that may stand inside a script element.
pub(super) fn json(view: &View) -> String {
    let mut texts = Texts::default();
    let rows: Vec<Value> = view.rows().map(|person| row(person, view, &mut texts)).collect();
    let data = json!({
        "day": view.on.to_string(),
        "run": view.on.to_string(),
        "words": words_of_page(view),
        "choices": decisions::choices(view),
        "tasks": view.tasks,
        "rows": rows,
        "s": texts.all,
    });
    // A text that closes the element, or opens a comment, would end the data.
    data.to_string().replace('<', "\\u003c")
}

/// In the order in which `core.js` takes them.
fn row(person: &RowView, view: &View, texts: &mut Texts) -> Value {
    let parts: Vec<(i32, usize)> =
        person.priority_parts.iter().map(|(text, points)| (*points, texts.put(text))).collect();
    let lines: Vec<(usize, usize)> = person.lines.iter().map(|(number, text)| (*number, texts.put(text))).collect();
    let scores: Vec<Value> = person.scores.iter().map(|of| score(of, texts)).collect();
    let suggested = person.tasks.iter().filter_map(|task| view.tasks.iter().find(|(_, label)| *label == task.label));
    let suggested: Vec<&str> = suggested.map(|(name, _)| name.as_str()).collect();
    json!([
        person.key,
        person.name,
        person.rank,
        i32::from(person.level()) * 100 + person.priority,
        person.last_contact_on.map_or_else(String::new, |day| day.to_string()),
        person.minutes,
        u8::from(person.is_child),
        parts,
        scores,
        texts.each(&person.without_points),
        lines,
        suggested,
    ])
}

/// In the order in which `details.js` takes them.
fn score(score: &ScoreView, texts: &mut Texts) -> Value {
    // Four to a line, without brackets round them: there are thousands.
    let mut lines: Vec<usize> = Vec::with_capacity(4 * score.lines.len());
    for line in &score.lines {
        lines.extend([&line.points, &line.text, &line.date, &line.source].map(|text| texts.put(text)));
    }
    json!([
        texts.put(&score.title),
        texts.maybe(&score.band),
        score.level,
        texts.put(&score.score),
        texts.put(&score.version),
        u8::from(score.draft),
        u8::from(score.of_list),
        texts.maybe(score.headline.as_deref().unwrap_or_default()),
        lines,
        texts.each(&score.doubts),
    ])
}

const WORDS: [(&str, Word); 29] = [
    ("show_parts", words::SHOW_PARTS),
    ("hide_parts", decisions::HIDE_PARTS),
    ("priority", words::PRIORITY),
    ("priority_sum", words::PRIORITY_SUM),
    ("points", words::POINTS),
    ("what", words::WHAT),
    ("date", words::FACT_DATE),
    ("source", words::SOURCE),
    ("sum", words::SUM),
    ("draft", words::DRAFT),
    ("no_points", words::NO_POINTS),
    ("other_scores", words::OTHER_SCORES),
    ("shown", words::SHOWN),
    ("open_all", words::OPEN_ALL),
    ("close_all", words::CLOSE_ALL),
    ("decision", words::DECISION),
    ("choose", decisions::CHOOSE),
    ("needed", decisions::NEEDED),
    ("needed_all", decisions::NEEDED_ALL),
    ("between", decisions::BETWEEN_DAYS),
    ("ready", decisions::READY),
    ("incomplete", decisions::INCOMPLETE),
    ("one_decision", decisions::ONE),
    ("decisions", decisions::SEVERAL),
    ("open_decisions", decisions::OPEN),
    ("cannot_save", decisions::CANNOT_SAVE),
    ("saved", decisions::SAVED),
    ("file_name", decisions::FILE_NAME),
    ("remove", decisions::REMOVE),
];

fn words_of_page(view: &View) -> Value {
    let entries = WORDS.map(|(name, word)| (name.to_owned(), Value::from(word.get(view.language))));
    Value::Object(entries.into_iter().collect())
}
