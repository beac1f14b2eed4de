//! A text for the journal of each selected patient, ready to be copied.

use std::fmt::Write;

use super::{page, person};
use crate::report::about::About;
use crate::report::followed::{self, FollowedView};
use crate::report::front::Front;
use crate::report::html::sheet::escape;
use crate::report::phrases;
use crate::report::words::{Word, word};

const SCRIPT: &str = include_str!("../page/notes.js");
pub const TITLE: Word = word("Tekst til journalen", "Tekst til journalen", "Text for the journal");
const MARK: Word = word("Merk teksten", "Merk teksten", "Select the text");
const HOW: Word = word(
    "Kopier teksten inn i pasientens journal. tidlig skriver aldri i journalen.",
    "Kopier teksten inn i journalen til pasienten. tidlig skriv aldri i journalen.",
    "Copy the text into the patient's journal. tidlig never writes into the journal.",
);

/// One note for each selected patient.
#[must_use]
pub fn write(all: &[FollowedView], front: &Front, about: &About) -> String {
    let language = about.language;
    let mut body = format!("<p>{}</p>\n", escape(HOW.get(language)));
    for (number, followed) in all.iter().enumerate() {
        let row = &followed.row;
        let _ = writeln!(
            body,
            "<section class=\"card\"><div class=\"who\"><h2>{}</h2><span class=\"soft\">{}</span></div><pre id=\"n{number}\" tabindex=\"0\">{}</pre><button type=\"button\" data-note=\"n{number}\" hidden>{}</button></section>",
            person(&row.name, &row.initials, &row.birth),
            escape(&row.gp),
            escape(&followed::note(followed, about)),
            escape(MARK.get(language)),
        );
    }
    if all.is_empty() {
        let _ = writeln!(body, "<p>{}</p>", escape(phrases::NOBODY.get(language)));
    }
    page(TITLE.get(language), front, about, &body, SCRIPT)
}
