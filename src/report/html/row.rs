//! One person in the page's table. What is behind her points stands in the page's data and is drawn when asked for.

use std::fmt::Write;

use super::BETWEEN;
use super::sheet::escape;
use super::table;
use crate::outreach::list::Change;
use crate::report::phrases;
use crate::report::row::RowView;
use crate::report::sentence::Reader;
use crate::report::view::View;
use crate::report::words;

/// What a row is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Something is to be decided.
    Decided,
    /// Only to be known.
    Told,
}

pub(super) fn write(out: &mut String, person: &RowView, view: &View, place: Place) {
    let joined = |values: Vec<&str>| escape(&values.join(&BETWEEN.to_string()));
    let _ = write!(
        out,
        "<tbody class=\"person\" data-gp=\"{}\" data-group=\"{}\" data-band=\"{}\"><tr>",
        escape(&person.gp),
        joined(person.groups.iter().map(|group| group.name.as_str()).collect()),
        joined(person.groups.iter().map(|group| group.band.as_str()).collect()),
    );
    let rank = if person.rank == 0 { String::new() } else { person.rank.to_string() };
    let _ = write!(out, "<td class=\"rank\">{rank}</td>");
    who(out, person, view);
    groups(out, person);
    why(out, person);
    contact(out, person, view);
    list(out, "has", words::HAS.get(view.language), &person.services);
    tasks(out, person, view);
    decision(out, person, view, place);
    out.push_str("</tr></tbody>\n");
}

fn who(out: &mut String, person: &RowView, view: &View) {
    let change = match person.changed {
        Change::New => "new",
        Change::Worse => "worse",
        Change::FirstList | Change::Unchanged => "same",
    };
    let _ = write!(
        out,
        "<th scope=\"row\" class=\"who\">{}<span class=\"small born\">{} {}</span><span class=\"small\">{}</span><span class=\"badge {change}\">{}</span>",
        table::person(&person.name, &person.initials, ""),
        escape(&words::BIRTH.get(view.language).to_lowercase()),
        escape(&person.birth),
        escape(&person.gp),
        escape(person.change),
    );
    for mark in &person.marks {
        let class = if mark.urgent { "mark urgent" } else { "mark" };
        let _ = write!(out, "<span class=\"{class}\">{}</span>", escape(&mark.text));
    }
    out.push_str("</th>");
}

fn groups(out: &mut String, person: &RowView) {
    out.push_str("<td class=\"of\"><ul class=\"groups\">");
    for group in &person.groups {
        let _ = write!(
            out,
            "<li>{}<br><span class=\"band l{}\">{}</span></li>",
            escape(&group.name),
            group.level,
            escape(&group.band_and_score()),
        );
    }
    out.push_str("</ul></td>");
}

fn why(out: &mut String, person: &RowView) {
    out.push_str("<td class=\"why\"><ul class=\"reasons\">");
    for reason in &person.reasons {
        let _ = write!(out, "<li>{}", escape(&reason.text));
        if !reason.from.is_empty() {
            let _ = write!(out, " <span class=\"from\">{}</span>", escape(&reason.from));
        }
        out.push_str("</li>");
    }
    let _ = write!(out, "</ul><span class=\"small data\">{}</span></td>", escape(&person.data.join(" · ")));
}

fn list(out: &mut String, class: &str, label: &str, values: &[String]) {
    if values.is_empty() {
        let _ = write!(out, "<td class=\"{class} none\"></td>");
        return;
    }
    let _ = write!(out, "<td class=\"{class}\" data-label=\"{}\"><ul class=\"plain\">", escape(label));
    for value in values {
        let _ = write!(out, "<li>{}</li>", escape(value));
    }
    out.push_str("</ul></td>");
}

fn contact(out: &mut String, person: &RowView, view: &View) {
    let label = escape(words::LAST_CONTACT.get(view.language));
    let _ = write!(out, "<td class=\"where\" data-label=\"{label}\">{}", escape(&person.last_contact));
    if !person.next_appointment.is_empty() {
        let next = words::NEXT_APPOINTMENT.get(view.language);
        let _ = write!(out, "<span class=\"small\">{}: {}</span>", escape(next), escape(&person.next_appointment));
    }
    for quiet in &person.quiet {
        let _ = write!(out, "<span class=\"small\">{}</span>", escape(quiet));
    }
    out.push_str("</td>");
}

fn tasks(out: &mut String, person: &RowView, view: &View) {
    let language = view.language;
    let label = escape(words::TASK.get(language));
    let _ = write!(out, "<td class=\"what\" data-label=\"{label}\"><ul class=\"plain\">");
    for task in &person.tasks {
        let minutes = words::MINUTES_SHORT.with(language, &[&task.minutes.to_string()]);
        let parts = [task.role.as_str(), &minutes, &task.owner];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let _ =
            write!(out, "<li>{}<span class=\"small\">{}</span></li>", escape(&task.label), escape(&parts.join(" · ")),);
    }
    out.push_str("</ul>");
    if person.tasks.len() > 1 {
        let together = words::TOGETHER.with(language, &[&person.minutes.to_string()]);
        let _ = write!(out, "<span class=\"small\">{}</span>", escape(&together));
    }
    out.push_str("</td>");
}

/// The decision before; the script adds the field for the next one. On paper, boxes for the doctor and room for a pen.
fn decision(out: &mut String, person: &RowView, view: &View, place: Place) {
    out.push_str("<td class=\"pen\">");
    if !person.decision.is_empty() {
        let before = phrases::BEFORE.get(view.language);
        let _ = write!(out, "<span class=\"small\">{}: {}</span>", escape(before), escape(&person.decision));
    }
    if place == Place::Decided && view.reader == Reader::Doctor {
        let boxes = [phrases::CONFIRMED, phrases::NOT_CONFIRMED].map(|word| escape(word.get(view.language)));
        let _ = write!(out, "<span class=\"boxes\">☐ {}<br>☐ {}</span>", boxes[0], boxes[1]);
    }
    out.push_str("</td>");
}
