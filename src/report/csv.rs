//! The list as CSV that a Norwegian spreadsheet opens as it is: UTF-8 with a mark, semicolons, CRLF.

use super::view::View;
use super::words;

/// Begins every file, so that spreadsheets read it as UTF-8.
const MARK: &str = "\u{feff}";
/// Between several values in one cell.
const BETWEEN: &str = " | ";

/// The whole file.
#[must_use]
pub fn write(view: &View) -> String {
    let mut out = MARK.to_owned();
    let header = COLUMNS.map(|column| column.get(view.language).to_owned());
    line(&mut out, &header);
    for row in &view.rows {
        let bands = row.groups.iter().map(|group| format!("{}: {}", group.name, group.band_and_score()));
        let tasks = row.tasks.iter().map(|task| format!("{} – {}", task.label, task.role));
        line(
            &mut out,
            &[
                row.rank.to_string(),
                row.name.clone(),
                row.birth.clone(),
                row.gp.clone(),
                join(row.groups.iter().map(|group| group.name.clone())),
                join(bands),
                row.priority.to_string(),
                row.change.to_owned(),
                join(row.reasons.iter().cloned()),
                join(row.quiet.iter().cloned()),
                row.last_contact.clone(),
                row.next_appointment.clone(),
                join(row.services.iter().cloned()),
                join(tasks),
                row.minutes.to_string(),
                join(row.data.iter().cloned()),
                String::new(),
            ],
        );
    }
    out
}

const COLUMNS: [words::Word; 17] = [
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
    words::DECISION,
];

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
