//! Room for people who are not on the list and should be: every filled row is taken as added by hand.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::style::{Styles, paper};
use crate::report::phrases;
use crate::report::view::View;
use crate::report::words::{self, Word, word};

const REASON: Word = word("Begrunnelse", "Grunngjeving", "Reason");
const COLUMNS: [(Word, f64); 4] = [(words::NAME, 34.0), (words::BIRTH, 14.0), (REASON, 70.0), (phrases::RUN_ID, 8.0)];
/// Rows to be filled in.
const ROOM: u32 = 20;

pub(super) fn write(sheet: &mut Worksheet, view: &View, styles: &Styles) -> Result<(), XlsxError> {
    sheet.set_name(phrases::ADD.get(view.language))?;
    for (column, (name, width)) in (0_u16..).zip(COLUMNS) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(0, column, name.get(view.language), &styles.header_input)?;
    }
    for row in 1..=ROOM {
        sheet.write_blank(row, 0, &styles.input)?;
        sheet.write_blank(row, 1, &styles.input_date)?;
        sheet.write_blank(row, 2, &styles.input)?;
    }
    sheet.write_string_with_format(1, 3, view.on.to_string(), &styles.text)?;
    sheet.set_column_hidden(3)?;
    sheet.set_freeze_panes(1, 0)?;
    paper(sheet, view)
}
