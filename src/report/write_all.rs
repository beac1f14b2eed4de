//! Every file that people open of a run, by name.

use std::collections::{BTreeMap, BTreeSet};

use rust_xlsxwriter::XlsxError;

use super::about::About;
use super::agenda::Agenda;
use super::followed;
use super::habit;
use super::html::papers::{agenda, forms, notes, purpose};
use super::view::{Book, View};
use super::{csv, html, xlsx};
use crate::journal::patient::PatientJournal;
use crate::model::{RuleSet, Vocabulary};
use crate::outreach::List;

/// The list as a page, as a workbook, and as CSV.
pub const PAGE: &str = "oppfolging.html";
pub const WORKBOOK: &str = "oppfolging.xlsx";
pub const TABLE: &str = "oppfolging.csv";
/// The other parts of the list, when there are any.
pub const OTHERS: &str = "oppfolging-andre.csv";
/// For the team meeting, for each selected patient, and for everyone.
pub const AGENDA: &str = "mote.html";
pub const FORMS: &str = "skjema.html";
pub const NOTES: &str = "journalnotat.html";
pub const PURPOSE: &str = "formaal.html";

/// One file of the run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// What the files are made from.
#[derive(Debug, Clone, Copy)]
pub struct Output<'a> {
    pub list: &'a List,
    pub rule_sets: &'a [RuleSet],
    pub vocabulary: &'a Vocabulary,
    pub about: &'a About,
    /// By patient id, of those on [`Beside::selected`](crate::outreach::list::Beside::selected): the forms tell what is new in them.
    pub journals: &'a BTreeMap<String, PatientJournal>,
}

/// All of them. The same list gives the same bytes.
///
/// # Errors
/// When the workbook cannot be put together, such as by more rows than a sheet holds.
pub fn write_all(output: Output) -> Result<Vec<File>, XlsxError> {
    let Output { list, rule_sets, vocabulary, about, journals } = output;
    let book = Book { rule_sets, vocabulary, policy: &list.policy };
    let view = View::of(list, book, about);
    let selected = followed::all(list, book, about, journals);
    let agenda = agenda::write(&view, &Agenda::of(list, book, about.language), about);
    let mut files = vec![
        File::text(PAGE, html::write(&view)),
        File { name: WORKBOOK.to_owned(), bytes: xlsx::write(&view, list.index_day)? },
        File::text(TABLE, csv::write(&view)),
        File::text(AGENDA, agenda),
        File::text(FORMS, forms::write(&selected, &view.front, about)),
        File::text(NOTES, notes::write(&selected, &view.front, about)),
        File::text(PURPOSE, purpose::write(&view.front, about)),
    ];
    files.extend(csv::rest(&view).map(|text| File::text(OTHERS, text)));
    for (number, gp) in (1..).zip(doctors(list)) {
        let page = html::write(&View::of_gp(list, book, about, &gp));
        files.push(File::text(&format!("fastlege-{number:02}{}.html", slug(&gp)), page));
    }
    Ok(files)
}

impl File {
    fn text(name: &str, text: String) -> File {
        File { name: name.to_owned(), bytes: text.into_bytes() }
    }
}

/// Everyone's doctor, alphabetically; a doctor with nobody on the list needs no page.
fn doctors(list: &List) -> Vec<String> {
    let listed = list.rows.iter().chain(&list.children);
    let reviews = list.beside.reviews.iter().map(|review| &review.row);
    let messages = list.beside.messages.iter().map(|message| &message.row);
    let own = list.beside.gp_only.iter().map(|row| &row.row);
    let corrections = list.beside.corrections.iter().map(|found| &found.row);
    let rows = listed.chain(reviews).chain(messages).chain(own).chain(corrections);
    let names: BTreeSet<&str> = rows.map(|row| row.member.gp.as_str()).collect();
    let mut names: Vec<String> = names.into_iter().map(str::to_owned).collect();
    names.sort_by_key(|name| (habit::alphabetical(name), name.clone()));
    names
}

/// `-arne-aas`: letters that every file system takes; empty when none is left.
fn slug(name: &str) -> String {
    let mut out = String::new();
    for letter in name.to_lowercase().chars() {
        match letter {
            'æ' | 'ä' => out.push_str("ae"),
            'ø' | 'ö' => out.push_str("oe"),
            'å' => out.push_str("aa"),
            letter if letter.is_ascii_alphanumeric() => out.push(letter),
            _ if !out.is_empty() && !out.ends_with('-') => out.push('-'),
            _ => {}
        }
    }
    let short: String = out.chars().take(40).collect();
    let short = short.trim_matches('-');
    if short.is_empty() { String::new() } else { format!("-{short}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_are_plain() {
        for (name, expected) in [
            ("Dr. Arne Ås", "-dr-arne-aas"),
            ("", ""),
            ("../../etc/passwd", "-etc-passwd"),
            ("Østby/Ærø; --x", "-oestby-aeroe-x"),
            ("§§§", ""),
        ] {
            assert_eq!(slug(name), expected);
        }
    }
}
