//! The tables of people, and the short ones beside them.

use std::fmt::Write;

use super::sheet::escape;
use super::{row, top};
use crate::clinical::Language;
use crate::report::phrases;
use crate::report::sections::{Part, Section};
use crate::report::view::View;
use crate::report::words::{self, Word};

/// The columns' classes; the style gives them their widths.
const WIDTHS: &str = "<colgroup><col class=\"c-rank\"><col class=\"c-who\"><col class=\"c-groups\"><col class=\"c-why\">\
                      <col class=\"c-where\"><col class=\"c-has\"><col class=\"c-what\"><col class=\"c-pen\"></colgroup>\n";

/// One part of the list.
pub(super) fn write(out: &mut String, section: &Section, view: &View) {
    let id = section.part.id();
    let _ = writeln!(
        out,
        "<section class=\"of-list\" aria-labelledby=\"{id}-title\" id=\"{id}\" tabindex=\"-1\">\n<h2 id=\"{id}-title\">{} <span class=\"count\">{}</span></h2>",
        escape(section.title),
        section.rows.len(),
    );
    if !section.note.is_empty() {
        let _ = writeln!(out, "<p class=\"small\">{}</p>", escape(section.note));
    }
    if section.rows.is_empty() {
        let _ = writeln!(out, "<p class=\"empty\">{}</p>", escape(words::EMPTY_LIST.get(view.language)));
    } else {
        people(out, section, view);
    }
    out.push_str("</section>\n");
}

fn people(out: &mut String, section: &Section, view: &View) {
    let language = view.language;
    let caption = escape(section.title);
    let _ = write!(
        out,
        "<div class=\"scroll\">\n<table class=\"list\">\n<caption class=\"visually-hidden\">{caption}</caption>\n{WIDTHS}<thead><tr>"
    );
    for (name, key) in [
        (words::RANK, Some("rank")),
        (words::PERSON, Some("name")),
        (words::GROUPS, Some("level")),
        (words::REASONS, None),
        (words::CONTACT, Some("contact")),
        (words::HAS, None),
        (words::TASK, Some("minutes")),
        (words::DECISION, None),
    ] {
        head(out, name.get(language), key, language);
    }
    out.push_str("</tr></thead>\n");
    let place = match section.part {
        Part::Shielded | Part::Palliative | Part::GpEvents => row::Place::Told,
        Part::Adults | Part::Children | Part::Reviews | Part::Messages => row::Place::Decided,
    };
    for person in &section.rows {
        row::write(out, person, view, place);
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

/// Facts to be put right in the journal.
pub(super) fn corrections(out: &mut String, view: &View) {
    if view.corrections.is_empty() {
        return;
    }
    open(out, "corrections", phrases::CORRECTIONS, phrases::CORRECTIONS_NOTE, view);
    top::open_table(out, view.language, &[words::PERSON, words::GP, words::WHAT, phrases::REPORTED, words::TASK]);
    for found in &view.corrections {
        let who = person(&found.name, &found.initials, &found.birth);
        let rest = [&found.gp, &found.what, &found.said, &found.task];
        line(out, &who, &rest.map(String::as_str));
    }
    out.push_str("</tbody></table>\n</section>\n");
}

/// Tasks whose owner is away.
pub(super) fn orphans(out: &mut String, view: &View) {
    if view.orphans.is_empty() {
        return;
    }
    open(out, "orphans", phrases::ORPHANS, phrases::ORPHANS_NOTE, view);
    let heads = [words::PERSON, words::GP, phrases::TASK_CHOSEN, phrases::OWNER, phrases::BACK, phrases::INSTEAD];
    top::open_table(out, view.language, &heads);
    for orphan in &view.orphans {
        let who = person(&orphan.name, &orphan.initials, &orphan.birth);
        let rest = [&orphan.gp, &orphan.task, &orphan.owner, &orphan.back, &orphan.instead];
        line(out, &who, &rest.map(String::as_str));
    }
    out.push_str("</tbody></table>\n</section>\n");
}

/// May be wider than a narrow window, so it can be reached and moved by keys.
fn open(out: &mut String, id: &str, title: Word, note: Word, view: &View) {
    let _ = writeln!(
        out,
        "<section class=\"of-list\" aria-labelledby=\"{id}-title\" id=\"{id}\" tabindex=\"0\"><h2 id=\"{id}-title\">{}</h2>\n<p class=\"small\">{}</p>",
        escape(title.get(view.language)),
        escape(note.get(view.language)),
    );
}

/// A name on the screen, initials on paper.
pub(super) fn person(name: &str, initials: &str, birth: &str) -> String {
    let birth =
        if birth.is_empty() { String::new() } else { format!(" <span class=\"born\">{}</span>", escape(birth)) };
    format!("<span class=\"name\">{}</span><span class=\"ini\">{}</span>{birth}", escape(name), escape(initials))
}

fn line(out: &mut String, who: &str, rest: &[&str]) {
    let _ = write!(out, "<tr><th scope=\"row\">{who}</th>");
    for value in rest {
        let _ = write!(out, "<td>{}</td>", escape(value));
    }
    out.push_str("</tr>");
}
