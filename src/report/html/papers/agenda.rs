//! One page for the Friday meeting: what is overdue, what is new, where list and team disagree, and who is away.

use std::fmt::Write;

use super::{page, person};
use crate::clinical::Language;
use crate::outreach::list::Change;
use crate::report::about::About;
use crate::report::agenda::{Agenda, Item};
use crate::report::html::sheet::escape;
use crate::report::phrases;
use crate::report::row::RowView;
use crate::report::sections::{Orphan, Part};
use crate::report::view::View;
use crate::report::words::{self, Word, word};

pub const TITLE: Word = word("Teammøte: saksliste", "Teammøte: sakliste", "Team meeting: agenda");
const OVERDUE: Word = word("Forfalte oppgaver", "Forfalne oppgåver", "Overdue tasks");
const NEW: Word = word("Nye og forverrede", "Nye og forverra", "New and worse");
const DISAGREE: Word =
    word("Uenighet mellom liste og team", "Usemje mellom liste og team", "Where list and team disagree");
const WAITING: Word = word("Venter på avgjørelse", "Ventar på avgjerd", "Waiting for a decision");
const RESOURCES: Word = word("Ressurser denne uken", "Ressursar denne veka", "Resources this week");
const OTHER: Word = word("Eventuelt", "Ymse", "Other matters");

/// Reasons that are told of a disagreement.
const REASONS: usize = 2;

/// The whole page: an ordinary full week fits on one sheet of A4.
#[must_use]
pub fn write(view: &View, agenda: &Agenda, about: &About) -> String {
    let language = view.language;
    let rows =
        |part: Part| view.sections.iter().filter(move |section| section.part == part).flat_map(|section| &section.rows);
    let mut body = String::from("<div class=\"agenda\">\n");
    let is_overdue = |row: &&RowView| row.marks.first().is_some_and(|mark| mark.urgent);
    of_rows(&mut body, OVERDUE, &REVIEWED, rows(Part::Reviews).filter(is_overdue), language);
    of_rows(&mut body, phrases::REVIEWS, &REVIEWED, rows(Part::Reviews).filter(|row| !is_overdue(row)), language);
    orphans(&mut body, &view.orphans, language);
    let listed = || rows(Part::Adults).chain(rows(Part::Children));
    let is_new =
        |row: &&RowView| matches!(row.changed, Change::FirstList | Change::New | Change::Worse) || row.broke_through;
    of_rows(&mut body, NEW, &LISTED, listed().filter(is_new), language);
    of_items(&mut body, DISAGREE, &agenda.disagreements, language);
    of_rows(&mut body, WAITING, &LISTED, listed().filter(|row| row.asks), language);
    let _ = writeln!(body, "<section><h2>{}</h2>", escape(RESOURCES.get(language)));
    lines(&mut body, &agenda.resources, language);
    let _ =
        writeln!(body, "</section>\n<section><h2>{}</h2><p>&nbsp;</p></section>\n</div>", escape(OTHER.get(language)));
    page(TITLE.get(language), &view.front, about, &body, "")
}

fn of_rows<'a>(
    out: &mut String,
    title: Word,
    columns: &[Column],
    rows: impl Iterator<Item = &'a RowView>,
    language: Language,
) {
    let rows: Vec<&RowView> = rows.collect();
    let _ = writeln!(out, "<section><h2>{} ({})</h2>", escape(title.get(language)), rows.len());
    if rows.is_empty() {
        nobody(out, language);
    } else {
        // A column with nothing in it would take the room that keeps each row on one line.
        let columns: Vec<&Column> =
            columns.iter().filter(|(_, cell)| rows.iter().any(|row| !cell(row).is_empty())).collect();
        let names = columns.iter().map(|(name, _)| *name);
        heads(out, &std::iter::once(words::PERSON).chain(names).collect::<Vec<_>>(), language);
        for row in rows {
            let cells: Vec<String> = columns.iter().map(|(_, cell)| cell(row)).collect();
            line(out, &person(&row.name, &row.initials, &row.birth), &cells);
        }
        out.push_str("</tbody></table></div>\n");
    }
    out.push_str("</section>\n");
}

/// A heading, and what stands below it; the rest of a row is to be read on the list.
type Column = (Word, fn(&RowView) -> String);

const GP: Column = (words::GP, |row| row.gp.clone());
const GROUPS: Column = (words::GROUPS, groups);
const CHANGE: Column = (words::CHANGE, |row| {
    let marks = std::iter::once(row.change).chain(row.marks.iter().map(|mark| mark.text.as_str()));
    marks.collect::<Vec<_>>().join(" · ")
});
const TASK: Column = (words::TASK, |row| row.tasks.first().map_or_else(String::new, |task| task.label.clone()));
const BEFORE: Column = (phrases::BEFORE, |row| row.decision.clone());

/// Of those on the list.
const LISTED: [Column; 5] = [GP, GROUPS, CHANGE, TASK, BEFORE];
/// Of those who were selected: their task stands in the decision.
const REVIEWED: [Column; 4] = [GP, GROUPS, CHANGE, BEFORE];

/// The first group, and how many more.
fn groups(row: &RowView) -> String {
    let first = row.groups.first().map(|group| format!("{}: {}", group.name, group.band_and_score()));
    match (first, row.groups.len().saturating_sub(1)) {
        (Some(first), 0) => first,
        (Some(first), more) => format!("{first} +{more}"),
        (None, _) => String::new(),
    }
}

fn of_items(out: &mut String, title: Word, items: &[Item], language: Language) {
    let _ = writeln!(out, "<section><h2>{} ({})</h2>", escape(title.get(language)), items.len());
    if items.is_empty() {
        nobody(out, language);
    } else {
        heads(out, &[words::PERSON, words::GP, words::DECISION, words::REASONS], language);
        for item in items {
            let cells = [
                item.gp.clone(),
                item.decided.clone(),
                item.reasons.iter().take(REASONS).map(String::as_str).collect::<Vec<_>>().join("; "),
            ];
            line(out, &person(&item.name, &item.initials, ""), &cells);
        }
        out.push_str("</tbody></table></div>\n");
    }
    out.push_str("</section>\n");
}

fn orphans(out: &mut String, orphans: &[Orphan], language: Language) {
    let _ = writeln!(out, "<section><h2>{} ({})</h2>", escape(phrases::ORPHANS.get(language)), orphans.len());
    if orphans.is_empty() {
        nobody(out, language);
    } else {
        heads(out, &[words::PERSON, phrases::TASK_CHOSEN, phrases::OWNER, phrases::BACK, phrases::INSTEAD], language);
        for orphan in orphans {
            let cells = [&orphan.task, &orphan.owner, &orphan.back, &orphan.instead].map(Clone::clone);
            line(out, &person(&orphan.name, &orphan.initials, ""), &cells);
        }
        out.push_str("</tbody></table></div>\n");
    }
    out.push_str("</section>\n");
}

fn lines(out: &mut String, all: &[String], language: Language) {
    if all.is_empty() {
        return nobody(out, language);
    }
    let items: String = all.iter().map(|line| format!("<li>{}</li>", escape(line))).collect();
    let _ = writeln!(out, "<ul>{items}</ul>");
}

fn nobody(out: &mut String, language: Language) {
    let _ = writeln!(out, "<p class=\"soft\">{}</p>", escape(phrases::NOBODY.get(language)));
}

fn heads(out: &mut String, names: &[Word], language: Language) {
    let cells: String =
        names.iter().map(|name| format!("<th scope=\"col\">{}</th>", escape(name.get(language)))).collect();
    let _ = write!(out, "<div class=\"wide\" tabindex=\"0\"><table><thead><tr>{cells}</tr></thead><tbody>");
}

fn line(out: &mut String, who: &str, cells: &[String]) {
    let cells: String = cells.iter().map(|cell| format!("<td>{}</td>", escape(cell))).collect();
    let _ = write!(out, "<tr><th scope=\"row\">{who}</th>{cells}</tr>");
}
