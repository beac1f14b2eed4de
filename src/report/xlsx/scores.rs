//! What the whole practice scored, rule set by rule set.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::front::Page;
use super::style::Styles;
use crate::clinical::Language;
use crate::report::front::Front;
use crate::report::scores;

pub(super) fn write(
    sheet: &mut Worksheet,
    front: &Front,
    language: Language,
    styles: &Styles,
) -> Result<(), XlsxError> {
    sheet.set_name(scores::SCORES.get(language))?;
    let mut page = Page::new(sheet, styles, &[44.0, 12.0, 48.0, 26.0, 24.0, 18.0])?;
    page.header(&scores::HEADS, language)?;
    for line in &front.scores {
        page.cells(&line.cells.each_ref().map(String::as_str))?;
    }
    page.row += 1;
    page.line(scores::HIDDEN_NOTE.get(language), &styles.plain)
}
