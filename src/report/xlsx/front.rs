//! The first sheet: what ran, on what, with which rules, and how to read it.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::style::{Styles, height, lines_needed};
use crate::clinical::Language;
use crate::report::front::Front;
use crate::report::purpose;
use crate::report::words::{self, Word, word};

const PURPOSE: Word = word("Tiltenkt formål", "Tiltenkt føremål", "Intended purpose");

/// A sheet written line by line from the top.
pub(super) struct Page<'a> {
    pub sheet: &'a mut Worksheet,
    pub row: u32,
    pub styles: &'a Styles,
    widths: &'a [f64],
}

/// Widths of the first sheet's columns.
const WIDTHS: [f64; 4] = [42.0, 34.0, 24.0, 30.0];

pub(super) fn write(
    sheet: &mut Worksheet,
    front: &Front,
    language: Language,
    styles: &Styles,
) -> Result<(), XlsxError> {
    sheet.set_name(words::ABOUT.get(language))?;
    sheet.set_screen_gridlines(false);
    let mut page = Page::new(sheet, styles, &WIDTHS)?;
    page.sheet.set_row_height(0, 28)?;
    page.line(&front.title, &styles.title)?;
    page.line(&front.practice, &styles.plain)?;
    page.row += 1;
    for notice in &front.notices {
        page.wide(notice)?;
    }
    page.row += 1;
    for (name, value) in &front.facts {
        page.cells(&[name, value])?;
    }
    page.heading(words::HOW_TO, language)?;
    for line in &front.how_to {
        page.wide(line)?;
    }
    page.heading(PURPOSE, language)?;
    page.wide(purpose::short(language))?;
    page.wide(&front.version)?;
    page.heading(words::RULE_SETS, language)?;
    page.header(&[words::RULE_SET, words::VERSION, words::STATUS, words::ROLE], language)?;
    for set in &front.rule_sets {
        let version = format!("{} {}", set.id, set.version);
        page.cells(&[&set.title, &version, &set.status, &set.role])?;
    }
    Ok(())
}

impl<'a> Page<'a> {
    pub fn new(sheet: &'a mut Worksheet, styles: &'a Styles, widths: &'a [f64]) -> Result<Page<'a>, XlsxError> {
        for (column, width) in (0_u16..).zip(widths) {
            sheet.set_column_width(column, *width)?;
        }
        sheet.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0);
        Ok(Page { sheet, row: 0, styles, widths })
    }

    pub fn line(&mut self, text: &str, format: &rust_xlsxwriter::Format) -> Result<(), XlsxError> {
        // Titles run over their neighbours, so they must not wrap.
        let format = format.clone().unset_text_wrap();
        self.sheet.write_string_with_format(self.row, 0, text, &format)?;
        self.row += 1;
        Ok(())
    }

    pub fn heading(&mut self, word: Word, language: Language) -> Result<(), XlsxError> {
        self.row += 1;
        let heading = self.styles.heading.clone();
        self.line(word.get(language), &heading)
    }

    pub fn header(&mut self, words: &[Word], language: Language) -> Result<(), XlsxError> {
        for (column, word) in (0_u16..).zip(words) {
            self.sheet.write_string_with_format(self.row, column, word.get(language), &self.styles.header)?;
        }
        self.row += 1;
        Ok(())
    }

    pub fn heads(&mut self, names: &[String]) -> Result<(), XlsxError> {
        for (column, name) in (0_u16..).zip(names) {
            self.sheet.write_string_with_format(self.row, column, name, &self.styles.header)?;
        }
        self.row += 1;
        Ok(())
    }

    pub fn cells(&mut self, values: &[&str]) -> Result<(), XlsxError> {
        let mut high = 1;
        for ((column, value), width) in (0_u16..).zip(values).zip(self.widths) {
            self.sheet.write_string_with_format(self.row, column, *value, &self.styles.text)?;
            high = high.max(lines_needed(value, *width));
        }
        self.sheet.set_row_height(self.row, height(high))?;
        self.row += 1;
        Ok(())
    }

    /// A paragraph over all four columns, as high as its text needs.
    pub fn wide(&mut self, text: &str) -> Result<(), XlsxError> {
        self.sheet.set_row_height(self.row, height(lines_needed(text, self.widths.iter().sum())))?;
        self.sheet.merge_range(self.row, 0, self.row, 3, text, &self.styles.notice)?;
        self.row += 1;
        Ok(())
    }
}
