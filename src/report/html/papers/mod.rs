//! The papers of the week: agenda, forms, notes for the journal, and the intended purpose.

pub mod agenda;
pub mod forms;
pub mod notes;
pub mod purpose;

use std::fmt::Write;

use super::sheet::{Sheet, escape};
use crate::report::about::About;
use crate::report::front::Front;
use crate::report::purpose as document;
use crate::report::words;

const STYLE: &str = include_str!("../page/paper.css");

/// A page round `body`, with its title on top and the purpose in short at its foot.
fn page(title: &str, front: &Front, about: &About, body: &str, script: &str) -> String {
    let mut out = format!(
        "<header><h1>{}</h1><p class=\"soft\">{} · {}</p></header>\n<main>\n{body}</main>\n",
        escape(title),
        escape(&front.practice),
        escape(&front.title),
    );
    let _ = writeln!(
        out,
        "<footer><p>{}</p><p>{}</p><p>{}</p></footer>",
        escape(document::short(about.language)),
        escape(&front.version),
        escape(words::CONFIDENTIAL.get(about.language)),
    );
    Sheet { language: about.language, title, style: STYLE, script }.around(&out)
}

fn person(name: &str, initials: &str, birth: &str) -> String {
    let birth =
        if birth.is_empty() { String::new() } else { format!(" <span class=\"born\">{}</span>", escape(birth)) };
    format!("<span class=\"name\">{}</span><span class=\"ini\">{}</span>{birth}", escape(name), escape(initials))
}
