//! The list as CSV that a Norwegian spreadsheet opens as it is: UTF-8 with a mark, semicolons, CRLF.

use super::phrases;
use super::purpose;
use super::row::{Reason, RowView};
use super::sections::Section;
use super::view::View;
use super::words;

/// Begins every file, so that spreadsheets read it as UTF-8.
const MARK: &str = "\u{feff}";
/// Between several values in one cell.
const BETWEEN: &str = " | ";

/// The adults' list.
#[must_use]
pub fn write(view: &View) -> String {
    file(view, &view.sections[..view.sections.len().min(1)])
}

/// The other parts of the list: children's track, reviews, events with others; `None` when nobody is there.
#[must_use]
pub fn rest(view: &View) -> Option<String> {
    let rest = view.sections.get(1..).filter(|rest| !rest.is_empty())?;
    Some(file(view, rest))
}

fn file(view: &View, sections: &[Section]) -> String {
    let mut out = MARK.to_owned();
    let header = COLUMNS.map(|column| column.get(view.language).to_owned());
    line(&mut out, &header);
    for section in sections {
        for row in &section.rows {
            line(&mut out, &cells(section.title, row, view));
        }
    }
    foot(&mut out, view);
    out
}

/// What the list is for, below the rows and apart from them, so that filters and sorting leave it where it is.
fn foot(out: &mut String, view: &View) {
    line(out, &[]);
    for text in [purpose::short(view.language), &view.front.version, words::CONFIDENTIAL.get(view.language)] {
        line(out, &[text.to_owned()]);
    }
}

const COLUMNS: [words::Word; 28] = [
    words::RANK,
    words::NAME,
    words::BIRTH,
    words::GP,
    words::GROUPS,
    words::BANDS,
    words::PRIORITY,
    words::CHANGE,
    words::REASONS,
    words::QUIET,
    words::LAST_CONTACT,
    words::NEXT_APPOINTMENT,
    words::HAS,
    words::TASK,
    words::MINUTES,
    words::DATA,
    phrases::BEFORE,
    words::LIST,
    LINES,
    words::DECISION,
    phrases::DECISION_DATE,
    phrases::WHO,
    phrases::TASK_CHOSEN,
    phrases::LINE,
    phrases::MATTERS,
    phrases::NOTE,
    phrases::ROW_KEY,
    phrases::RUN_ID,
];
/// The numbers that the column for a wrong line takes.
const LINES: words::Word = words::word("Linjer", "Linjer", "Lines");
/// Columns that she fills in.
const FIELDS: usize = 7;

fn cells(section: &str, row: &RowView, view: &View) -> Vec<String> {
    let bands = row.groups.iter().map(|group| format!("{}: {}", group.name, group.band_and_score()));
    let tasks = row.tasks.iter().map(|task| format!("{} – {}", task.label, task.role));
    let marks = row.marks.iter().map(|mark| mark.text.clone());
    let mut cells = vec![
        row.rank.to_string(),
        row.name.clone(),
        row.birth.clone(),
        row.gp.clone(),
        join(row.groups.iter().map(|group| group.name.clone())),
        join(bands),
        row.priority.to_string(),
        join(std::iter::once(row.change.to_owned()).chain(marks)),
        join(row.reasons.iter().map(Reason::whole)),
        join(row.quiet.iter().cloned()),
        row.last_contact.clone(),
        row.next_appointment.clone(),
        join(row.services.iter().cloned()),
        join(tasks),
        row.minutes.to_string(),
        join(row.data.iter().cloned()),
        row.decision.clone(),
        section.to_owned(),
        join(row.lines.iter().map(|(number, text)| format!("{number} {text}"))),
    ];
    cells.extend(std::iter::repeat_n(String::new(), FIELDS));
    cells.extend([row.key.clone(), view.on.to_string()]);
    cells
}

fn join(values: impl Iterator<Item = String>) -> String {
    values.collect::<Vec<_>>().join(BETWEEN)
}

fn line(out: &mut String, cells: &[String]) {
    for (index, cell) in cells.iter().enumerate() {
        if index > 0 {
            out.push(';');
        }
        write_cell(out, cell);
    }
    out.push_str("\r\n");
}

/// Quotes what needs it, and disarms what a spreadsheet would take for a formula (OWASP, CSV injection).
fn write_cell(out: &mut String, text: &str) {
    let armed =
        text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}']);
    let needs_quotes = armed || text.contains([';', '"', '\n', '\r', ',', '\t']);
    if !needs_quotes {
        out.push_str(text);
        return;
    }
    out.push('"');
    if armed {
        out.push('\'');
    }
    out.push_str(&text.replace('"', "\"\""));
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_disarmed_and_separators_quoted() {
        for (text, expected) in [
            ("Kari Nordmann", "Kari Nordmann"),
            ("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\""),
            ("+47", "\"'+47\""),
            ("-1", "\"'-1\""),
            ("@SUM(A1)", "\"'@SUM(A1)\""),
            ("a;b", "\"a;b\""),
            ("−2", "−2"),
        ] {
            let mut out = String::new();
            write_cell(&mut out, text);
            assert_eq!(out, expected);
        }
    }
}
