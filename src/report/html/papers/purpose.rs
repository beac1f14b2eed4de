//! The intended purpose with its hazards, and the rule sets of this run.

use std::fmt::Write;

use super::page;
use crate::report::about::About;
use crate::report::front::Front;
use crate::report::html::sheet::escape;
use crate::report::purpose::{self, Block};
use crate::report::words;

/// The whole document as a page.
#[must_use]
pub fn write(front: &Front, about: &About) -> String {
    let mut body = String::new();
    for block in purpose::blocks(about.language) {
        of_block(&mut body, &block);
    }
    let _ = writeln!(body, "<h2>{}</h2>", escape(words::RULE_SETS.get(about.language)));
    let heads = [words::RULE_SET, words::VERSION, words::STATUS, words::ROLE];
    let heads = heads.iter().map(|head| head.get(about.language).to_owned()).collect();
    let sets = front.rule_sets.iter();
    let sets = sets.map(|set| {
        vec![set.title.clone(), format!("{} {}", set.id, set.version), set.status.clone(), set.role.clone()]
    });
    table(&mut body, &std::iter::once(heads).chain(sets).collect::<Vec<_>>());
    page(purpose::title(about.language), front, about, &body, "")
}

fn of_block(out: &mut String, block: &Block) {
    let _ = match block {
        // The page has it already.
        Block::Title(_) => Ok(()),
        Block::Heading(text) => writeln!(out, "<h2>{}</h2>", escape(text)),
        Block::Short(text) => writeln!(out, "<p class=\"short\">{}</p>", escape(text)),
        Block::Paragraph(text) => writeln!(out, "<p>{}</p>", escape(text)),
        Block::Items(items) => {
            let items: String = items.iter().map(|item| format!("<li>{}</li>", escape(item))).collect();
            writeln!(out, "<ul>{items}</ul>")
        }
        Block::Table(rows) => {
            table(out, rows);
            Ok(())
        }
    };
}

/// The first row is the header.
fn table(out: &mut String, rows: &[Vec<String>]) {
    out.push_str("<div class=\"wide\" tabindex=\"0\"><table>");
    for (number, row) in rows.iter().enumerate() {
        let (open, close) = if number == 0 { ("<thead>", "</thead><tbody>") } else { ("", "") };
        let tag = if number == 0 { "th scope=\"col\"" } else { "td" };
        let end = if number == 0 { "th" } else { "td" };
        let cells: String = row.iter().map(|cell| format!("<{tag}>{}</{end}>", escape(cell))).collect();
        let _ = write!(out, "{open}<tr>{cells}</tr>{close}");
    }
    out.push_str("</tbody></table></div>\n");
}
