//! The fields she fills in, and the hidden ones by which `tidlig decide` knows the row again.

use rust_xlsxwriter::{DataValidation, DataValidationRule, ExcelDateTime, Worksheet, XlsxError};

use super::chosen::Choices;
use super::style::Styles;
use crate::report::phrases;
use crate::report::row::RowView;
use crate::report::view::View;
use crate::report::words::{self, Word, word};

/// Heading and width of each field, in order.
pub(super) const FIELDS: [(Word, f64); 7] = [
    (words::DECISION, 19.0),
    (phrases::DECISION_DATE, 12.0),
    (phrases::WHO, 18.0),
    (phrases::TASK_CHOSEN, 24.0),
    (phrases::LINE, 24.0),
    (phrases::MATTERS, 24.0),
    (phrases::NOTE, 24.0),
];
/// Behind them, hidden.
pub(super) const HIDDEN: [Word; 2] = [phrases::ROW_KEY, phrases::RUN_ID];

const DATE_TITLE: Word = word("Dato", "Dato", "Date");
const DATE_HINT: Word = word(
    "Valgt: evalueringsdato. Ikke nå: ikke før. Takket nei: dagen det ble sagt. Fulgt opp: til og med.",
    "Vald: evalueringsdato. Ikkje no: ikkje før. Takka nei: dagen det vart sagt. Følgt opp: til og med.",
    "Selected: review date. Not now: not before. Declined: the day it was said. Followed up: until.",
);
const WHO_HINT: Word = word(
    "Valgt: ansvarlig. Takket nei: hvem du snakket med. Fulgt opp: av hvem. Ikke aktuell: fastlege eller sykepleier.",
    "Vald: ansvarleg. Takka nei: kven du snakka med. Følgt opp: av kven. Ikkje aktuell: fastlege eller sjukepleiar.",
    "Selected: owner. Declined: whom you spoke with. Followed up: by whom. Not relevant: GP or nurse.",
);
const LINE_HINT: Word = word(
    "Feil opplysning: velg linjen som er feil.",
    "Feil opplysing: vel linja som er feil.",
    "Wrong data: choose the line that is wrong.",
);

/// Writes one person's empty fields and her key, from `first` on.
pub(super) fn of_person(
    sheet: &mut Worksheet,
    row: u32,
    first: u16,
    person: &RowView,
    view: &View,
    styles: &Styles,
) -> Result<(), XlsxError> {
    for (column, _) in (first..).zip(FIELDS) {
        let is_date = column == first + 1;
        sheet.write_blank(row, column, if is_date { &styles.input_date } else { &styles.input })?;
    }
    let hidden = first + FIELDS.len() as u16;
    sheet.write_string_with_format(row, hidden, &person.key, &styles.text)?;
    sheet.write_string_with_format(row, hidden + 1, view.on.to_string(), &styles.text)?;
    Ok(())
}

/// The drop-downs of all rows, from row 1 through `last`.
pub(super) fn rules(
    sheet: &mut Worksheet,
    last: u32,
    first: u16,
    people: &[RowView],
    choices: &mut Choices,
    view: &View,
) -> Result<(), XlsxError> {
    let hint = |rule: DataValidation, title: Word, text: Word| {
        rule.set_input_title(title.get(view.language))?.set_input_message(text.get(view.language))
    };
    let whole = |sheet: &mut Worksheet, field: u16, rule: Option<DataValidation>| -> Result<(), XlsxError> {
        if let Some(rule) = rule {
            sheet.add_data_validation(1, first + field, last, first + field, &rule)?;
        }
        Ok(())
    };
    whole(sheet, 0, choices.decision()?)?;
    let from = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let date = DataValidation::new().allow_date(DataValidationRule::GreaterThan(from));
    whole(sheet, 1, Some(hint(date, DATE_TITLE, DATE_HINT)?))?;
    let who = choices.who()?.unwrap_or_else(|| DataValidation::new().allow_any_value());
    whole(sheet, 2, Some(hint(who, phrases::WHO, WHO_HINT)?))?;
    whole(sheet, 3, choices.task()?)?;
    for (row, person) in (1_u32..).zip(people) {
        if let Some(rule) = choices.line(person)? {
            let rule = hint(rule, phrases::LINE, LINE_HINT)?;
            sheet.add_data_validation(row, first + 4, row, first + 4, &rule)?;
        }
    }
    Ok(())
}
