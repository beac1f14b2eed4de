//! The sheet for paper: doctor, groups, reasons and task, and initials instead of names.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::list::tasks;
use super::style::{Styles, height, lines_needed, paper};
use crate::report::phrases;
use crate::report::row::RowView;
use crate::report::view::View;
use crate::report::words::{self, Word};

const COLUMNS: [(Word, f64); 7] = [
    (words::RANK, 5.0),
    (phrases::INITIALS, 10.0),
    (words::GP, 16.0),
    (words::GROUPS, 24.0),
    (words::REASONS, 52.0),
    (words::TASK, 36.0),
    (words::DECISION, 20.0),
];

pub(super) fn write(sheet: &mut Worksheet, view: &View, styles: &Styles) -> Result<(), XlsxError> {
    sheet.set_name(phrases::PRINTED.get(view.language))?;
    for (column, (name, width)) in (0_u16..).zip(COLUMNS) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(0, column, name.get(view.language), &styles.header)?;
    }
    for (row, person) in (1_u32..).zip(view.rows()) {
        of_person(sheet, row, person, view, styles)?;
    }
    sheet.set_freeze_panes(1, 2)?;
    paper(sheet, view)?;
    Ok(())
}

fn of_person(sheet: &mut Worksheet, row: u32, person: &RowView, view: &View, styles: &Styles) -> Result<(), XlsxError> {
    let groups = person.groups.iter().map(|group| format!("{}: {}", group.name, group.band_and_score()));
    let reasons = person.reasons.iter().map(|reason| format!("• {}", reason.whole()));
    let texts = [
        (1, person.initials.clone()),
        (2, person.gp.clone()),
        (3, groups.collect::<Vec<_>>().join("\n")),
        (4, reasons.collect::<Vec<_>>().join("\n")),
        (5, tasks(person, view).join("\n")),
    ];
    let mut high = 1;
    for (column, text) in texts {
        let format = if column == 3 { styles.band(person.level()) } else { &styles.text };
        sheet.write_string_with_format(row, column, &text, format)?;
        high = high.max(lines_needed(&text, COLUMNS[usize::from(column)].1));
    }
    sheet.set_row_height(row, height(high))?;
    sheet.write_number_with_format(row, 0, person.rank as f64, &styles.strong)?;
    sheet.write_blank(row, 6, &styles.input)?;
    Ok(())
}
