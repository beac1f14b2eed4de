//! The list as one page that needs nothing else: no network, no script from elsewhere, readable without any script.

mod data;
mod decisions;
pub mod papers;
mod row;
mod sheet;
mod table;
mod tools;
mod top;

use std::fmt::Write;

use self::sheet::{Sheet, escape};
use super::purpose;
use super::view::View;
use super::words;

const STYLE: &str = include_str!("page/page.css");
const SCRIPT: &str = concat!(
    include_str!("page/core.js"),
    include_str!("page/details.js"),
    include_str!("page/table.js"),
    include_str!("page/decide.js"),
);
/// Stands between several values of one attribute.
const BETWEEN: char = '\u{1f}';

/// The whole page.
#[must_use]
pub fn write(view: &View) -> String {
    let title = format!("{} – {}", view.front.title, view.front.practice);
    let mut body = String::with_capacity(256 * 1024);
    skip_link(&mut body, view);
    top::write(&mut body, view);
    body.push_str("<main>\n");
    tools::write(&mut body, view);
    for section in &view.sections {
        table::write(&mut body, section, view);
    }
    table::corrections(&mut body, view);
    table::orphans(&mut body, view);
    decisions::added_by_hand(&mut body, view);
    body.push_str("</main>\n");
    decisions::bar(&mut body, view);
    footer(&mut body, view);
    let _ = writeln!(body, "<script type=\"application/json\" id=\"data\">{}</script>", data::json(view));
    Sheet { language: view.language, title: &title, style: STYLE, script: SCRIPT }.around(&body)
}

fn skip_link(out: &mut String, view: &View) {
    let first = view.sections.first().map_or("", |section| section.part.id());
    let _ = writeln!(out, "<a class=\"skip\" href=\"#{first}\">{}</a>", escape(tools::SKIP.get(view.language)));
}

/// What the list is for, which version made it, and that it is confidential.
fn footer(out: &mut String, view: &View) {
    let _ = writeln!(
        out,
        "<footer><p>{}</p><p>{}</p><p>{}</p></footer>",
        escape(purpose::short(view.language)),
        escape(&view.front.version),
        escape(words::CONFIDENTIAL.get(view.language)),
    );
}
