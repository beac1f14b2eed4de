//! The list as a workbook: the run's facts first, then each part of the list to be filled in, then what is only told.

mod add;
mod chosen;
mod fields;
mod front;
mod list;
mod paper;
mod quality;
mod scores;
mod style;
mod told;

use std::borrow::Cow;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use self::chosen::Choices;
use super::sections::{Part, Section};
use super::view::View;
use super::words;
use crate::clinical::Day;

/// The whole file. Every text is written as text, so none of it can act as a formula.
///
/// # Errors
/// When the workbook cannot be put together, such as by more rows than a sheet holds.
pub fn write(view: &View, on: Day) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(view, on)?);
    let styles = style::Styles::new(view.language);
    let mut choices = Choices::of(view);
    front::write(workbook.add_worksheet(), &view.front, view.language, &styles)?;
    for section in sections(view) {
        list::write(workbook.add_worksheet(), &section, view, &mut choices, &styles)?;
    }
    add::write(workbook.add_worksheet(), view, &styles)?;
    told::snoozed(&mut workbook, view, &styles)?;
    told::corrections(&mut workbook, view, &styles)?;
    told::orphans(&mut workbook, view, &styles)?;
    told::numbers(&mut workbook, view, &styles)?;
    quality::write(workbook.add_worksheet(), &view.front, view.language, &styles)?;
    if !view.front.scores.is_empty() {
        scores::write(workbook.add_worksheet(), &view.front, view.language, &styles)?;
    }
    paper::write(workbook.add_worksheet(), view, &styles)?;
    choices.write(workbook.add_worksheet())?;
    if view.rows().next().is_some() {
        // The list is what she came for.
        workbook.worksheet_from_index(1)?.set_active(true);
    }
    workbook.save_to_buffer()
}

/// The parts of the list, with a sheet for those that are there every week, also when nobody is in them.
fn sections(view: &View) -> Vec<Cow<'_, Section>> {
    let mut sections: Vec<Cow<Section>> = view.sections.iter().map(Cow::Borrowed).collect();
    for part in [Part::Children, Part::Reviews] {
        if !sections.iter().any(|section| section.part == part) {
            sections.push(Cow::Owned(Section::empty(part, view.language)));
        }
    }
    sections.sort_by_key(|section| section.part);
    sections
}

/// The day of creation is the index day, so that the same inputs give the same bytes.
fn properties(view: &View, on: Day) -> Result<DocProperties, XlsxError> {
    let (year, month, day) = on.ymd();
    let created = ExcelDateTime::from_ymd(u16::try_from(year).unwrap_or(1900), month as u8, day as u8)?;
    Ok(DocProperties::new()
        .set_title(&view.front.title)
        .set_company(&view.front.practice)
        .set_comment(words::CONFIDENTIAL.get(view.language))
        .set_creation_datetime(&created))
}
