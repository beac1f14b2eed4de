//! What the extract looked like, table by table, and why rows were refused.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::front::Page;
use super::style::Styles;
use crate::clinical::Language;
use crate::report::front::Front;
use crate::report::habit::whole;
use crate::report::words;

pub(super) fn write(
    sheet: &mut Worksheet,
    front: &Front,
    language: Language,
    styles: &Styles,
) -> Result<(), XlsxError> {
    sheet.set_name(words::QUALITY.get(language))?;
    let mut page = Page::new(sheet, styles, &[28.0, 46.0, 14.0, 14.0, 16.0])?;
    page.header(&[words::TABLE, words::ROWS_READ, words::ROWS_KEPT, words::ROWS_REFUSED, words::NEWEST_ROW], language)?;
    for table in &front.quality {
        let [read, kept, refused] = [table.read, table.kept, table.refused].map(|rows| whole(rows, language));
        page.cells(&[&table.table, &read, &kept, &refused, &table.newest])?;
    }
    if front.quality.iter().any(|table| !table.reasons.is_empty()) {
        page.row += 1;
        page.header(&[words::TABLE, words::WHY_REFUSED, words::ROWS], language)?;
        for table in &front.quality {
            for (reason, rows) in &table.reasons {
                page.cells(&[&table.table, reason, &whole(*rows, language)])?;
            }
        }
        page.row += 1;
        page.line(words::REFUSALS_FILE.get(language), &styles.plain)?;
    }
    Ok(())
}
