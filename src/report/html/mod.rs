//! The list as one page that needs nothing else: no network, no script from elsewhere, readable without any script.

mod row;

use std::collections::BTreeMap;
use std::fmt::Write;

use super::front::Front;
use super::habit;
use super::scores;
use super::view::View;
use super::words::{self, Word};
use crate::clinical::Language;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");
/// The page may use its own style and script, and reach nothing.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
/// The columns' classes; the style gives them their widths.
const WIDTHS: &str = "<colgroup><col class=\"c-rank\"><col class=\"c-who\"><col class=\"c-groups\"><col class=\"c-why\">\
                      <col class=\"c-where\"><col class=\"c-has\"><col class=\"c-what\"><col class=\"c-pen\"></colgroup>\n";
/// Stands between several values of one attribute.
const BETWEEN: char = '\u{1f}';

/// The whole page.
#[must_use]
pub fn write(view: &View) -> String {
    let mut out = String::with_capacity(64 * 1024);
    let title = escape(&format!("{} – {}", view.front.title, view.front.practice));
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"robots\" content=\"noindex\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n",
        view.language.tag(),
    );
    top(&mut out, view);
    out.push_str("<main>\n");
    if view.rows.is_empty() {
        let _ = writeln!(out, "<p class=\"empty\">{}</p>", escape(words::EMPTY_LIST.get(view.language)));
    } else {
        tools(&mut out, view);
        table(&mut out, view);
    }
    out.push_str("</main>\n");
    footer(&mut out, view);
    let _ = write!(out, "<script>\n{SCRIPT}</script>\n</body>\n</html>\n");
    out
}

fn top(out: &mut String, view: &View) {
    let Front { title, practice, summary, notices, .. } = &view.front;
    let _ = writeln!(
        out,
        "<header class=\"top\">\n<h1>{}</h1>\n<p class=\"practice\">{}</p>",
        escape(title),
        escape(practice)
    );
    out.push_str("<ul class=\"summary\">");
    for piece in summary {
        let _ = write!(out, "<li>{}</li>", escape(piece));
    }
    out.push_str("</ul>\n");
    for notice in notices {
        let _ = writeln!(out, "<p class=\"notice\">{}</p>", escape(notice));
    }
    asides(out, view);
    out.push_str("</header>\n");
}

/// What may be opened above the list: how to read it, the run, the rule sets, the quality of the data.
fn asides(out: &mut String, view: &View) {
    let front = &view.front;
    let title = |word: Word| escape(word.get(view.language));
    let _ = write!(out, "<div class=\"asides\">\n<details><summary>{}</summary><ul>", title(words::HOW_TO));
    for line in &front.how_to {
        let _ = write!(out, "<li>{}</li>", escape(line));
    }
    let _ = write!(out, "</ul></details>\n<details><summary>{}</summary><dl>", title(words::ABOUT));
    for (name, value) in &front.facts {
        let _ = write!(out, "<dt>{}</dt><dd>{}</dd>", escape(name), escape(value));
    }
    let _ = write!(
        out,
        "</dl></details>\n<details><summary>{}</summary><table class=\"book\"><thead><tr>",
        title(words::RULE_SETS)
    );
    heads(out, view.language, &[words::RULE_SET, words::VERSION, words::STATUS, words::ROLE]);
    for set in &front.rule_sets {
        let version = format!("{} {}", set.id, set.version);
        cells(out, &[&set.title, &version, &set.status, &set.role]);
    }
    let _ = write!(
        out,
        "</tbody></table></details>\n<details><summary>{}</summary><table class=\"book\"><thead><tr>",
        title(words::QUALITY)
    );
    heads(
        out,
        view.language,
        &[words::TABLE, words::ROWS_READ, words::ROWS_KEPT, words::ROWS_REFUSED, words::NEWEST_ROW],
    );
    for table in &front.quality {
        let whole = |value: u64| habit::whole(value, view.language);
        cells(out, &[&table.table, &whole(table.read), &whole(table.kept), &whole(table.refused), &table.newest]);
    }
    out.push_str("</tbody></table></details>\n");
    scores_of_practice(out, view);
    out.push_str("</div>\n");
}

fn scores_of_practice(out: &mut String, view: &View) {
    if view.front.scores.is_empty() {
        return;
    }
    let title = escape(scores::SCORES.get(view.language));
    let _ = write!(out, "<details><summary>{title}</summary><table class=\"book\"><thead><tr>");
    heads(out, view.language, &scores::HEADS);
    for line in &view.front.scores {
        cells(out, &line.cells.each_ref().map(String::as_str));
    }
    let note = escape(scores::HIDDEN_NOTE.get(view.language));
    let _ = writeln!(out, "</tbody></table><p>{note}</p></details>");
}

fn heads(out: &mut String, language: Language, names: &[Word]) {
    for name in names {
        let _ = write!(out, "<th scope=\"col\">{}</th>", escape(name.get(language)));
    }
    out.push_str("</tr></thead><tbody>");
}

fn cells(out: &mut String, values: &[&str]) {
    out.push_str("<tr>");
    for value in values {
        let _ = write!(out, "<td>{}</td>", escape(value));
    }
    out.push_str("</tr>");
}

/// Search and filters; hidden until the script can serve them.
fn tools(out: &mut String, view: &View) {
    let language = view.language;
    let word = |word: Word| escape(word.get(language));
    let _ = write!(
        out,
        "<div class=\"tools\" role=\"search\" hidden>\n<input type=\"search\" name=\"text\" placeholder=\"{0}\" aria-label=\"{0}\" autocomplete=\"off\">\n",
        word(words::FILTER_TEXT),
    );
    let mut doctors: Vec<&str> = view.rows.iter().map(|row| row.gp.as_str()).collect();
    let mut groups: Vec<&str> =
        view.rows.iter().flat_map(|row| row.groups.iter().map(|group| group.name.as_str())).collect();
    let bands: BTreeMap<u8, &str> =
        view.rows.iter().flat_map(|row| row.groups.iter().map(|group| (group.level, group.band.as_str()))).collect();
    let bands: Vec<&str> = bands.into_values().rev().collect();
    for names in [&mut doctors, &mut groups] {
        names.sort_by_key(|name| habit::alphabetical(name));
        names.dedup();
    }
    select(out, "gp", words::FILTER_GP.get(language), &doctors);
    select(out, "group", words::FILTER_GROUP.get(language), &groups);
    select(out, "band", words::FILTER_LEVEL.get(language), &bands);
    let _ = write!(
        out,
        "<button type=\"button\" data-do=\"open\" data-open=\"{0}\" data-close=\"{1}\">{0}</button>\n\
         <button type=\"button\" data-do=\"print\">{2}</button>\n<output aria-live=\"polite\" data-words=\"{3}\"></output>\n</div>\n",
        word(words::OPEN_ALL),
        word(words::CLOSE_ALL),
        word(words::PRINT),
        word(words::SHOWN),
    );
}

fn select(out: &mut String, name: &str, all: &str, values: &[&str]) {
    let _ = write!(out, "<select name=\"{name}\" aria-label=\"{0}\"><option value=\"\">{0}</option>", escape(all));
    for value in values.iter().filter(|value| !value.is_empty()) {
        let _ = write!(out, "<option>{}</option>", escape(value));
    }
    out.push_str("</select>\n");
}

fn table(out: &mut String, view: &View) {
    let language = view.language;
    let caption = escape(&view.front.title);
    let _ = write!(
        out,
        "<div class=\"scroll\" role=\"region\" aria-label=\"{caption}\" tabindex=\"0\">\n<table class=\"list\">\n<caption class=\"visually-hidden\">{caption}</caption>\n{WIDTHS}<thead><tr>"
    );
    for (name, key) in [
        (words::RANK, Some("rank")),
        (words::PERSON, Some("name")),
        (words::GROUPS, Some("level")),
        (words::REASONS, None),
        (words::CONTACT, Some("contact")),
        (words::HAS, None),
        (words::TASK, Some("minutes")),
    ] {
        head(out, name.get(language), key, language);
    }
    let _ =
        writeln!(out, "<th scope=\"col\" class=\"pen\">{}</th></tr></thead>", escape(words::DECISION.get(language)));
    for person in &view.rows {
        row::write(out, person, language);
    }
    out.push_str("</table>\n</div>\n");
}

fn head(out: &mut String, name: &str, key: Option<&str>, language: Language) {
    let _ = match key {
        None => write!(out, "<th scope=\"col\">{}</th>", escape(name)),
        Some(key) => {
            let hint = words::SORT_HINT.with(language, &[&name.to_lowercase()]);
            let sorted = if key == "rank" { " aria-sort=\"ascending\"" } else { "" };
            write!(
                out,
                "<th scope=\"col\"{sorted}><button type=\"button\" data-key=\"{key}\" title=\"{}\" disabled>{}</button></th>",
                escape(&hint),
                escape(name)
            )
        }
    };
}

fn footer(out: &mut String, view: &View) {
    let confidential = escape(words::CONFIDENTIAL.get(view.language));
    let _ = writeln!(out, "<footer><p>{confidential}</p></footer>");
}

/// Makes text safe between tags and inside double quotes.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}
