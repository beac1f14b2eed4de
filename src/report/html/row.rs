//! One person in the page's table: a row, and every point behind it.

use std::fmt::Write;

use super::{BETWEEN, escape};
use crate::clinical::Language;
use crate::outreach::previous::Change;
use crate::report::parts::ScoreView;
use crate::report::row::RowView;
use crate::report::words;

pub(super) fn write(out: &mut String, person: &RowView, language: Language) {
    open(out, person);
    let change = match person.changed {
        Change::New => "new",
        Change::Worse => "worse",
        Change::FirstList | Change::Unchanged => "same",
    };
    let _ = write!(
        out,
        "<tr><td class=\"rank\">{}</td><th scope=\"row\" class=\"who\"><span class=\"name\">{}</span>\
         <span class=\"small\">{} {}</span><span class=\"small\">{}</span><span class=\"badge {change}\">{}</span></th>",
        person.rank,
        escape(&person.name),
        escape(&words::BIRTH.get(language).to_lowercase()),
        escape(&person.birth),
        escape(&person.gp),
        escape(person.change),
    );
    groups(out, person);
    list(out, "why", "reasons", &person.reasons);
    contact(out, person, language);
    list(out, "has", "plain", &person.services);
    tasks(out, person, language);
    out.push_str("<td class=\"pen\"></td></tr>\n");
    details(out, person, language);
    out.push_str("</tbody>\n");
}

fn open(out: &mut String, person: &RowView) {
    let joined = |values: Vec<&str>| escape(&values.join(&BETWEEN.to_string()));
    let level = person.groups.iter().map(|group| group.level).max().unwrap_or(0);
    let _ = writeln!(
        out,
        "<tbody class=\"person\" data-rank=\"{}\" data-name=\"{}\" data-level=\"{}\" data-contact=\"{}\" data-minutes=\"{}\" \
         data-gp=\"{}\" data-group=\"{}\" data-band=\"{}\">",
        person.rank,
        escape(&person.name),
        // The most severe first when sorted upwards.
        9 - level,
        person.last_contact_on.map_or_else(String::new, |day| day.to_string()),
        person.minutes,
        escape(&person.gp),
        joined(person.groups.iter().map(|group| group.name.as_str()).collect()),
        joined(person.groups.iter().map(|group| group.band.as_str()).collect()),
    );
}

fn groups(out: &mut String, person: &RowView) {
    out.push_str("<td><ul class=\"groups\">");
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

fn list(out: &mut String, cell: &str, class: &str, values: &[String]) {
    let _ = write!(out, "<td class=\"{cell}\">");
    if !values.is_empty() {
        let _ = write!(out, "<ul class=\"{class}\">");
        for value in values {
            let _ = write!(out, "<li>{}</li>", escape(value));
        }
        out.push_str("</ul>");
    }
    out.push_str("</td>");
}

fn contact(out: &mut String, person: &RowView, language: Language) {
    let _ = write!(out, "<td class=\"where\">{}", escape(&person.last_contact));
    if !person.next_appointment.is_empty() {
        let next = words::NEXT_APPOINTMENT.get(language);
        let _ = write!(out, "<span class=\"small\">{}: {}</span>", escape(next), escape(&person.next_appointment));
    }
    for quiet in &person.quiet {
        let _ = write!(out, "<span class=\"small\">{}</span>", escape(quiet));
    }
    out.push_str("</td>");
}

fn tasks(out: &mut String, person: &RowView, language: Language) {
    out.push_str("<td class=\"what\"><ul class=\"plain\">");
    for task in &person.tasks {
        let minutes = words::MINUTES_SHORT.with(language, &[&task.minutes.to_string()]);
        let _ = write!(
            out,
            "<li>{}<span class=\"small\">{} · {}</span></li>",
            escape(&task.label),
            escape(&task.role),
            escape(&minutes),
        );
    }
    out.push_str("</ul>");
    if person.tasks.len() > 1 {
        let together = words::TOGETHER.with(language, &[&person.minutes.to_string()]);
        let _ = write!(out, "<span class=\"small\">{}</span>", escape(&together));
    }
    out.push_str("</td>");
}

fn details(out: &mut String, person: &RowView, language: Language) {
    let _ = write!(
        out,
        "<tr class=\"more\"><td></td><td class=\"all\" colspan=\"6\"><details><summary>{}<span class=\"visually-hidden\">: {}</span></summary><div class=\"parts\">",
        escape(words::SHOW_PARTS.get(language)),
        escape(&person.name),
    );
    priority(out, person, language);
    let (of_list, others): (Vec<_>, Vec<_>) = person.scores.iter().partition(|score| score.of_list);
    for score in of_list {
        self::score(out, score, language);
    }
    out.push_str("</div>");
    if !others.is_empty() {
        let title = escape(words::OTHER_SCORES.get(language));
        let _ = write!(out, "<details class=\"others\"><summary>{title}</summary><div class=\"parts\">");
        for score in others {
            self::score(out, score, language);
        }
        out.push_str("</div></details>");
    }
    if !person.without_points.is_empty() {
        let none = words::NO_POINTS.get(language);
        let _ = write!(out, "<p class=\"small\">{}: {}</p>", escape(none), escape(&person.without_points.join(" · ")));
    }
    out.push_str("</details></td><td class=\"pen\"></td></tr>\n");
}

fn priority(out: &mut String, person: &RowView, language: Language) {
    let title = words::PRIORITY.get(language);
    let sum = words::PRIORITY_SUM.get(language);
    let _ = write!(
        out,
        "<section class=\"part\"><h3>{} {}</h3><p class=\"small\">{}</p><table><tbody>",
        escape(title),
        person.priority,
        escape(sum)
    );
    for (text, points) in &person.priority_parts {
        let points = if *points < 0 { format!("−{}", -points) } else { format!("+{points}") };
        let _ = write!(out, "<tr><td class=\"n\">{points}</td><td>{}</td></tr>", escape(text));
    }
    let _ = write!(
        out,
        "</tbody><tfoot><tr><td class=\"n\">{}</td><td>{}</td></tr></tfoot></table><p class=\"small doubt\">{}: {}</p></section>",
        person.priority,
        escape(words::SUM.get(language)),
        escape(words::DATA.get(language)),
        escape(&person.data.join(" · ")),
    );
}

fn score(out: &mut String, score: &ScoreView, language: Language) {
    let _ = write!(out, "<section class=\"part\"><h3>{}", escape(&score.title));
    if !score.band.is_empty() {
        let _ = write!(out, " <span class=\"band l{}\">{}</span>", score.level, escape(&score.band));
    }
    let status = if score.draft { format!(" · {}", words::DRAFT.get(language)) } else { String::new() };
    let _ = write!(out, "</h3><p class=\"small\">{}{}</p>", escape(&score.version), escape(&status));
    if let Some(headline) = &score.headline {
        let _ = write!(out, "<p class=\"doubt\">{}</p>", escape(headline));
    }
    let _ = write!(
        out,
        "<table><thead><tr><th scope=\"col\" class=\"n\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\" class=\"s\">{}</th></tr></thead><tbody>",
        escape(words::POINTS.get(language)),
        escape(words::WHAT.get(language)),
        escape(words::FACT_DATE.get(language)),
        escape(words::SOURCE.get(language)),
    );
    for line in &score.lines {
        let _ = write!(
            out,
            "<tr><td class=\"n\">{}</td><td>{}</td><td class=\"d\">{}</td><td>{}</td></tr>",
            escape(&line.points),
            escape(&line.text),
            escape(&line.date),
            escape(&line.source),
        );
    }
    let sum = words::SUM.get(language);
    let _ = write!(
        out,
        "</tbody><tfoot><tr><td class=\"n\">{}</td><td colspan=\"3\">{}</td></tr></tfoot></table>",
        escape(&score.score),
        escape(sum)
    );
    for doubt in &score.doubts {
        let _ = write!(out, "<p class=\"doubt\">{}</p>", escape(doubt));
    }
    out.push_str("</section>");
}
