//! The sheet she works in: frozen header, filters, one row a person.

use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, ExcelDateTime, Worksheet, XlsxError};

use super::style::{Styles, height, lines_needed};
use crate::clinical::Day;
use crate::report::row::RowView;
use crate::report::view::View;
use crate::report::words::{self, Word};

/// Heading and width of each column.
const COLUMNS: [(Word, f64); 16] = [
    (words::RANK, 5.0),
    (words::NAME, 18.0),
    (words::BIRTH, 11.0),
    (words::GP, 13.0),
    (words::GROUPS, 16.0),
    (words::BANDS, 16.0),
    (words::PRIORITY, 9.0),
    (words::CHANGE, 10.0),
    (words::REASONS, 38.0),
    (words::QUIET, 20.0),
    (words::LAST_CONTACT, 15.0),
    (words::NEXT_APPOINTMENT, 11.0),
    (words::HAS, 15.0),
    (words::TASK, 28.0),
    (words::DATA, 16.0),
    (words::DECISION, 17.0),
];
const LAST_COLUMN: u16 = COLUMNS.len() as u16 - 1;
/// ISO A4.
const A4: u8 = 9;

pub(super) fn write(sheet: &mut Worksheet, view: &View, styles: &Styles) -> Result<(), XlsxError> {
    sheet.set_name(words::LIST.get(view.language))?;
    for (column, (name, width)) in (0_u16..).zip(COLUMNS) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(0, column, name.get(view.language), &styles.header)?;
    }
    sheet.set_row_height(0, 32)?;
    for (row, person) in (1_u32..).zip(&view.rows) {
        write_person(sheet, row, person, view, styles)?;
    }
    let last = u32::try_from(view.rows.len()).unwrap_or(u32::MAX - 1);
    sheet.autofilter(0, 0, last, LAST_COLUMN)?;
    sheet.set_freeze_panes(1, 2)?;
    decisions(sheet, last, view)?;
    paper(sheet, view)
}

fn write_person(
    sheet: &mut Worksheet,
    row: u32,
    person: &RowView,
    view: &View,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let lines = |values: Vec<String>| values.join("\n");
    let dotted = |values: &[String]| values.iter().map(|value| format!("• {value}")).collect::<Vec<_>>().join("\n");
    let level = person.groups.iter().map(|group| group.level).max().unwrap_or(0);
    let several = person.groups.len() > 1;
    let band = |group: &crate::report::row::GroupView| {
        if several { format!("{}: {}", group.name, group.band_and_score()) } else { group.band_and_score() }
    };
    let tasks = person.tasks.iter().map(|task| {
        let minutes = words::MINUTES_SHORT.with(view.language, &[&task.minutes.to_string()]);
        format!("{} – {}, {minutes}", task.label, task.role)
    });
    let groups = lines(person.groups.iter().map(|group| group.name.clone()).collect());
    let bands = lines(person.groups.iter().map(band).collect());
    let texts = [
        (1, person.name.clone(), &styles.strong),
        (3, person.gp.clone(), &styles.text),
        (4, groups, &styles.text),
        (5, bands, styles.band(level)),
        (7, person.change.to_owned(), &styles.text),
        (8, dotted(&person.reasons), &styles.text),
        (9, lines(person.quiet.clone()), &styles.text),
        (10, person.last_contact.clone(), &styles.text),
        (12, lines(person.services.clone()), &styles.text),
        (13, lines(tasks.collect()), &styles.text),
        (14, lines(person.data.clone()), &styles.text),
    ];
    let mut high = 1;
    for (column, text, format) in texts {
        sheet.write_string_with_format(row, column, &text, format)?;
        high = high.max(lines_needed(&text, COLUMNS[usize::from(column)].1));
    }
    sheet.set_row_height(row, height(high))?;
    sheet.write_number_with_format(row, 0, person.rank as f64, &styles.strong)?;
    write_day(sheet, row, 2, person.birth_on, &person.birth, styles)?;
    sheet.write_number_with_format(row, 6, f64::from(person.priority), &styles.number)?;
    write_day(sheet, row, 11, person.next_appointment_on, &person.next_appointment, styles)?;
    sheet.write_blank(row, 15, &styles.input)?;
    Ok(())
}

/// A day as the spreadsheet's own, so that it sorts; as words when its calendar does not reach so far back.
fn write_day(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    day: Option<Day>,
    words: &str,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let own = day
        .map(Day::ymd)
        .and_then(|(year, month, day)| ExcelDateTime::from_ymd(u16::try_from(year).ok()?, month as u8, day as u8).ok());
    match own {
        Some(date) => sheet.write_datetime_with_format(row, column, &date, &styles.date)?,
        None => sheet.write_string_with_format(row, column, words, &styles.text)?,
    };
    Ok(())
}

/// A drop-down of the decisions; free words are allowed with a warning.
fn decisions(sheet: &mut Worksheet, last: u32, view: &View) -> Result<(), XlsxError> {
    if last == 0 {
        return Ok(());
    }
    let choices = words::DECISIONS.map(|word| word.get(view.language));
    let validation =
        DataValidation::new().allow_list_strings(&choices)?.set_error_style(DataValidationErrorStyle::Information);
    sheet.add_data_validation(1, LAST_COLUMN, last, LAST_COLUMN, &validation)?;
    Ok(())
}

fn paper(sheet: &mut Worksheet, view: &View) -> Result<(), XlsxError> {
    sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
    sheet.set_header(format!("&L{}&R{}", plain(&view.front.title), plain(&view.front.practice)));
    sheet.set_footer(format!("&L{}&R&P / &N", plain(words::CONFIDENTIAL.get(view.language))));
    Ok(())
}

/// An ampersand begins a command in headers and footers.
fn plain(text: &str) -> String {
    text.replace('&', "&&")
}
