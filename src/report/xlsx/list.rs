//! A sheet she works in: frozen header, filters, one row a person.

use rust_xlsxwriter::{ExcelDateTime, Worksheet, XlsxError};

use super::chosen::Choices;
use super::fields::{self, FIELDS, HIDDEN};
use super::style::{Styles, height, lines_needed, paper};
use crate::clinical::Day;
use crate::report::phrases;
use crate::report::row::{GroupView, RowView};
use crate::report::sections::Section;
use crate::report::view::View;
use crate::report::words::{self, Word};

/// Heading and width of each column that is told.
const COLUMNS: [(Word, f64); 17] = [
    (words::RANK, 5.0),
    (words::NAME, 20.0),
    (words::BIRTH, 11.0),
    (phrases::INITIALS, 9.0),
    (words::GP, 14.0),
    (words::GROUPS, 17.0),
    (words::BANDS, 18.0),
    (words::PRIORITY, 9.0),
    (words::CHANGE, 18.0),
    (words::REASONS, 48.0),
    (words::QUIET, 20.0),
    (words::LAST_CONTACT, 15.0),
    (words::NEXT_APPOINTMENT, 11.0),
    (words::HAS, 16.0),
    (words::TASK, 30.0),
    (words::DATA, 18.0),
    (phrases::BEFORE, 20.0),
];
/// The first field she fills in.
const FIRST_FIELD: u16 = COLUMNS.len() as u16;
/// On paper nobody has a name: the print begins with the initials, and ends with the task, so that it can be read on A4.
const PRINTED: (u16, u16) = (3, 14);

pub(super) fn write(
    sheet: &mut Worksheet,
    section: &Section,
    view: &View,
    choices: &mut Choices,
    styles: &Styles,
) -> Result<(), XlsxError> {
    sheet.set_name(section.title)?;
    let heads = COLUMNS.into_iter().chain(FIELDS).chain(HIDDEN.map(|word| (word, 8.0)));
    for (column, (name, width)) in (0_u16..).zip(heads) {
        let style = if column < FIRST_FIELD { &styles.header } else { &styles.header_input };
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(0, column, name.get(view.language), style)?;
    }
    let hidden = FIRST_FIELD + FIELDS.len() as u16;
    sheet.set_column_range_hidden(hidden, hidden + 1)?;
    sheet.set_row_height(0, 34)?;
    for (row, person) in (1_u32..).zip(&section.rows) {
        of_person(sheet, row, person, view, styles)?;
        fields::of_person(sheet, row, FIRST_FIELD, person, view, styles)?;
    }
    let last = u32::try_from(section.rows.len()).unwrap_or(u32::MAX - 1);
    sheet.autofilter(0, 0, last, hidden - 1)?;
    sheet.set_freeze_panes(1, 2)?;
    if last > 0 {
        fields::rules(sheet, last, FIRST_FIELD, &section.rows, choices, view)?;
    }
    paper(sheet, view)?;
    sheet.set_print_area(0, PRINTED.0, last, PRINTED.1)?;
    Ok(())
}

/// Everything that is told of one person.
fn of_person(sheet: &mut Worksheet, row: u32, person: &RowView, view: &View, styles: &Styles) -> Result<(), XlsxError> {
    let mut high = 1;
    for (column, text) in texts(person, view) {
        let format = match column {
            1 | 3 => &styles.strong,
            6 => styles.band(person.level()),
            _ => &styles.text,
        };
        sheet.write_string_with_format(row, column, &text, format)?;
        high = high.max(lines_needed(&text, COLUMNS[usize::from(column)].1));
    }
    sheet.set_row_height(row, height(high))?;
    sheet.write_number_with_format(row, 0, person.rank as f64, &styles.strong)?;
    write_day(sheet, row, 2, person.birth_on, &person.birth, styles)?;
    sheet.write_number_with_format(row, 7, f64::from(person.priority), &styles.number)?;
    write_day(sheet, row, 12, person.next_appointment_on, &person.next_appointment, styles)
}

/// The cells of words, by column.
fn texts(person: &RowView, view: &View) -> [(u16, String); 13] {
    let lines = |values: Vec<String>| values.join("\n");
    let marks = person.marks.iter().map(|mark| mark.text.clone());
    let change: Vec<String> = std::iter::once(person.change.to_owned()).chain(marks).collect();
    let reasons = person.reasons.iter().map(|reason| format!("• {}", reason.whole()));
    let groups = person.groups.iter().map(|group| group.name.clone());
    let several = person.groups.len() > 1;
    let band = |group: &GroupView| {
        if several { format!("{}: {}", group.name, group.band_and_score()) } else { group.band_and_score() }
    };
    [
        (1, person.name.clone()),
        (3, person.initials.clone()),
        (4, person.gp.clone()),
        (5, lines(groups.collect())),
        (6, lines(person.groups.iter().map(band).collect())),
        (8, lines(change)),
        (9, lines(reasons.collect())),
        (10, lines(person.quiet.clone())),
        (11, person.last_contact.clone()),
        (13, lines(person.services.clone())),
        (14, lines(tasks(person, view))),
        (15, lines(person.data.clone())),
        (16, person.decision.clone()),
    ]
}

/// «Hjemmebesøk – PHT-sykepleier, 75 min».
pub(super) fn tasks(person: &RowView, view: &View) -> Vec<String> {
    let told = person.tasks.iter().map(|task| {
        let minutes = words::MINUTES_SHORT.with(view.language, &[&task.minutes.to_string()]);
        let owner = if task.owner.is_empty() { String::new() } else { format!(" ({})", task.owner) };
        format!("{} – {}, {minutes}{owner}", task.label, task.role)
    });
    told.collect()
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
