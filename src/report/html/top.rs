//! What stands above the list: whose it is, what it rests on, and what may be opened to learn more.

use std::fmt::Write;

use super::sheet::escape;
use crate::clinical::Language;
use crate::report::front::Front;
use crate::report::habit;
use crate::report::phrases;
use crate::report::scores;
use crate::report::view::View;
use crate::report::words::{self, Word};

pub(super) fn write(out: &mut String, view: &View) {
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
    parts(out, view);
    for notice in notices {
        let _ = writeln!(out, "<p class=\"notice\">{}</p>", escape(notice));
    }
    asides(out, view);
    out.push_str("</header>\n");
}

/// The way to each part of the list, with its number of rows.
fn parts(out: &mut String, view: &View) {
    let rows = view.sections.iter().map(|section| (section.part.id(), section.title, section.rows.len()));
    let rest = [
        ("corrections", phrases::CORRECTIONS.get(view.language), view.corrections.len()),
        ("orphans", phrases::ORPHANS.get(view.language), view.orphans.len()),
    ];
    let all: Vec<_> = rows.chain(rest.into_iter().filter(|(_, _, count)| *count > 0)).collect();
    if all.len() < 2 {
        return;
    }
    let label = escape(words::LIST.get(view.language));
    let _ = write!(out, "<nav class=\"parts-of\" aria-label=\"{label}\"><ul>");
    for (id, title, count) in all {
        let _ = write!(out, "<li><a href=\"#{id}\">{} <b>{count}</b></a></li>", escape(title));
    }
    out.push_str("</ul></nav>\n");
}

/// How to read the list, the run, the rule sets, the quality of the data.
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
    let heads = [words::RULE_SET, words::VERSION, words::STATUS, words::ROLE];
    let _ = write!(out, "</dl></details>\n<details><summary>{}</summary>", title(words::RULE_SETS));
    open_table(out, view.language, &heads);
    for set in &front.rule_sets {
        let version = format!("{} {}", set.id, set.version);
        cells(out, &[&set.title, &version, &set.status, &set.role]);
    }
    let heads = [words::TABLE, words::ROWS_READ, words::ROWS_KEPT, words::ROWS_REFUSED, words::NEWEST_ROW];
    let _ = write!(out, "</tbody></table></details>\n<details><summary>{}</summary>", title(words::QUALITY));
    open_table(out, view.language, &heads);
    for table in &front.quality {
        let whole = |value: u64| habit::whole(value, view.language);
        cells(out, &[&table.table, &whole(table.read), &whole(table.kept), &whole(table.refused), &table.newest]);
    }
    out.push_str("</tbody></table></details>\n");
    scores_of_practice(out, view);
    numbers(out, view);
    out.push_str("</div>\n");
}

/// Held back, hidden, places, shares, selection: numbers only.
fn numbers(out: &mut String, view: &View) {
    for numbers in &view.front.numbers {
        let _ = write!(out, "<details><summary>{}</summary><table class=\"book\"><thead><tr>", escape(&numbers.title));
        for head in &numbers.heads {
            let _ = write!(out, "<th scope=\"col\">{}</th>", escape(head));
        }
        out.push_str("</tr></thead><tbody>");
        for row in &numbers.rows {
            cells(out, &row.iter().map(String::as_str).collect::<Vec<_>>());
        }
        let _ = writeln!(out, "</tbody></table><p>{}</p></details>", escape(&numbers.note));
    }
}

fn scores_of_practice(out: &mut String, view: &View) {
    if view.front.scores.is_empty() {
        return;
    }
    let _ = write!(out, "<details><summary>{}</summary>", escape(scores::SCORES.get(view.language)));
    open_table(out, view.language, &scores::HEADS);
    for line in &view.front.scores {
        cells(out, &line.cells.each_ref().map(String::as_str));
    }
    let note = escape(scores::HIDDEN_NOTE.get(view.language));
    let _ = writeln!(out, "</tbody></table><p>{note}</p></details>");
}

/// A plain table up to its first row.
pub(super) fn open_table(out: &mut String, language: Language, names: &[Word]) {
    out.push_str("<table class=\"book\"><thead><tr>");
    for name in names {
        let _ = write!(out, "<th scope=\"col\">{}</th>", escape(name.get(language)));
    }
    out.push_str("</tr></thead><tbody>");
}

pub(super) fn cells(out: &mut String, values: &[&str]) {
    out.push_str("<tr>");
    for value in values {
        let _ = write!(out, "<td>{}</td>", escape(value));
    }
    out.push_str("</tr>");
}
