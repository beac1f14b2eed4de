//! An empty resource table for a practice to fill in.

use rust_xlsxwriter::{Format, Note, Workbook, XlsxError};

use super::words::{Column, of};
use crate::clinical::Language;

/// A workbook with the columns in the practice's language, and a note at each that says what to write.
///
/// # Errors
/// When the workbook cannot be made.
pub fn template(language: Language) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let bold = Format::new().set_bold();
    let date = Format::new().set_num_format("dd.mm.yyyy");
    let sheet = book.add_worksheet();
    sheet.set_name(of(["Ressurser", "Ressursar", "Resources"], language))?;
    for (index, column) in (0_u16..).zip(Column::ALL) {
        sheet.write_with_format(0, index, column.header(language), &bold)?;
        sheet.insert_note(0, index, &Note::new(help(column, language)).add_author_prefix(false))?;
        sheet.set_column_width(index, 22)?;
        if matches!(column, Column::From | Column::To) {
            sheet.set_column_format(index, &date)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    book.save_to_buffer()
}

fn help(column: Column, language: Language) -> &'static str {
    let words = match column {
        Column::Name => [
            "Person eller tjeneste. Flere rader med samme navn gir flere fravær.",
            "Person eller teneste. Fleire rader med same namn gir fleire fråvær.",
            "Person or service. Several rows of one name give several absences.",
        ],
        Column::Role => [
            "Som PHT-sykepleier, fastlege, demensteam.",
            "Som PHT-sjukepleiar, fastlege, demensteam.",
            "Such as nurse, GP, dementia team.",
        ],
        Column::Skills => ["Skilt med komma.", "Skilt med komma.", "Parted by commas."],
        Column::Minutes => [
            "Tid til oppfølging i en full uke. Tom for tjenester utenfor teamet.",
            "Tid til oppfølging i ei full veke. Tom for tenester utanfor teamet.",
            "Time for follow-up in a full week. Empty for services outside the team.",
        ],
        Column::From => ["Første dag borte.", "Første dag borte.", "First day away."],
        Column::To => [
            "Siste dag borte. Tom: til videre.",
            "Siste dag borte. Tom: til vidare.",
            "Last day away. Empty: until further notice.",
        ],
        Column::Contact => ["Hvordan nås hun?", "Korleis nå henne?", "How is she reached?"],
    };
    of(words, language)
}
