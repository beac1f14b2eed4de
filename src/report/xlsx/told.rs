//! Sheets that only tell: snoozed with a new event, corrections, orphaned tasks, and numbers.

use rust_xlsxwriter::{Workbook, XlsxError};

use super::front::Page;
use super::style::{Styles, paper};
use crate::report::phrases;
use crate::report::view::View;
use crate::report::words::{self, Word};

/// Those who were hidden until something happened; they are decided on where they stand on the list.
pub(super) fn snoozed(workbook: &mut Workbook, view: &View, styles: &Styles) -> Result<(), XlsxError> {
    let rows = view.rows().filter(|row| row.broke_through).map(|row| {
        let marks: Vec<&str> = row.marks.iter().map(|mark| mark.text.as_str()).collect();
        vec![
            row.name.clone(),
            row.birth.clone(),
            row.initials.clone(),
            row.rank.to_string(),
            row.gp.clone(),
            marks.join("\n"),
            row.decision.clone(),
        ]
    });
    let heads = [words::NAME, words::BIRTH, phrases::INITIALS, words::RANK, words::GP, words::CHANGE, phrases::BEFORE];
    let sheet = Told {
        title: phrases::SNOOZED,
        note: phrases::SNOOZED_NOTE,
        heads: &heads,
        widths: &[24.0, 12.0, 10.0, 6.0, 18.0, 40.0, 40.0],
    };
    sheet.write(workbook, rows.collect(), view, styles)
}

pub(super) fn corrections(workbook: &mut Workbook, view: &View, styles: &Styles) -> Result<(), XlsxError> {
    let rows = view.corrections.iter().map(|found| {
        [&found.name, &found.birth, &found.initials, &found.gp, &found.what, &found.said, &found.task]
            .map(Clone::clone)
            .to_vec()
    });
    let heads = [words::NAME, words::BIRTH, phrases::INITIALS, words::GP, words::WHAT, phrases::REPORTED, words::TASK];
    let sheet = Told {
        title: phrases::CORRECTIONS,
        note: phrases::CORRECTIONS_NOTE,
        heads: &heads,
        widths: &[24.0, 12.0, 10.0, 18.0, 30.0, 34.0, 30.0],
    };
    sheet.write(workbook, rows.collect(), view, styles)
}

pub(super) fn orphans(workbook: &mut Workbook, view: &View, styles: &Styles) -> Result<(), XlsxError> {
    let rows = view.orphans.iter().map(|orphan| {
        [
            &orphan.name,
            &orphan.birth,
            &orphan.initials,
            &orphan.gp,
            &orphan.task,
            &orphan.owner,
            &orphan.back,
            &orphan.instead,
        ]
        .map(Clone::clone)
        .to_vec()
    });
    let heads = [
        words::NAME,
        words::BIRTH,
        phrases::INITIALS,
        words::GP,
        phrases::TASK_CHOSEN,
        phrases::OWNER,
        phrases::BACK,
        phrases::INSTEAD,
    ];
    let sheet = Told {
        title: phrases::ORPHANS,
        note: phrases::ORPHANS_NOTE,
        heads: &heads,
        widths: &[24.0, 12.0, 10.0, 18.0, 34.0, 24.0, 14.0, 24.0],
    };
    sheet.write(workbook, rows.collect(), view, styles)
}

/// Held back and the other numbers; never who.
pub(super) fn numbers(workbook: &mut Workbook, view: &View, styles: &Styles) -> Result<(), XlsxError> {
    let sheet = workbook.add_worksheet();
    sheet.set_name(words::HELD_BACK.get(view.language))?;
    paper(sheet, view)?;
    let mut page = Page::new(sheet, styles, &[44.0, 24.0, 14.0, 14.0, 14.0, 14.0, 14.0])?;
    for numbers in &view.front.numbers {
        page.line(&numbers.title, &styles.heading)?;
        page.heads(&numbers.heads)?;
        for row in &numbers.rows {
            page.cells(&row.iter().map(String::as_str).collect::<Vec<_>>())?;
        }
        if !numbers.note.is_empty() {
            page.line(&numbers.note, &styles.plain)?;
        }
        page.row += 1;
    }
    Ok(())
}

/// On paper nobody has a name: the print begins behind name and birth.
const FIRST_PRINTED: u16 = 2;

/// A sheet with a note on top and a table below it.
struct Told<'a> {
    title: Word,
    note: Word,
    heads: &'a [Word],
    widths: &'a [f64],
}

impl Told<'_> {
    fn write(
        &self,
        workbook: &mut Workbook,
        rows: Vec<Vec<String>>,
        view: &View,
        styles: &Styles,
    ) -> Result<(), XlsxError> {
        let sheet = workbook.add_worksheet();
        sheet.set_name(self.title.get(view.language))?;
        paper(sheet, view)?;
        sheet.set_freeze_panes(2, 0)?;
        let mut page = Page::new(sheet, styles, self.widths)?;
        page.line(self.note.get(view.language), &styles.plain)?;
        page.header(self.heads, view.language)?;
        for row in &rows {
            page.cells(&row.iter().map(String::as_str).collect::<Vec<_>>())?;
        }
        if rows.is_empty() {
            page.line(phrases::NOBODY.get(view.language), &styles.plain)?;
        } else {
            let (last, column) = (page.row - 1, self.heads.len() as u16 - 1);
            page.sheet.autofilter(1, 0, last, column)?;
            page.sheet.set_print_area(1, FIRST_PRINTED, last, column)?;
        }
        Ok(())
    }
}
