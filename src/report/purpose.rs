//! What tidlig is for and what not, with its hazards: one document in three languages, embedded as it is written.

use crate::clinical::Language;

const NB: &str = include_str!("../../docs/intended-purpose.nb.md");
const NN: &str = include_str!("../../docs/intended-purpose.nn.md");
const EN: &str = include_str!("../../docs/intended-purpose.md");

/// One block of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    Title(String),
    Heading(String),
    /// The purpose in short, as it is printed on every list.
    Short(String),
    Paragraph(String),
    Items(Vec<String>),
    /// The first row is the header.
    Table(Vec<Vec<String>>),
}

/// The document as written.
#[must_use]
pub fn text(language: Language) -> &'static str {
    match language {
        Language::Nb => NB,
        Language::Nn => NN,
        Language::En => EN,
    }
}

/// The purpose in a few sentences.
#[must_use]
pub fn short(language: Language) -> &'static str {
    text(language).lines().find_map(|line| line.strip_prefix("> ")).unwrap_or_default()
}

/// Name of the document.
#[must_use]
pub fn title(language: Language) -> &'static str {
    text(language).lines().find_map(|line| line.strip_prefix("# ")).unwrap_or_default()
}

/// The document in blocks, in its order.
#[must_use]
pub fn blocks(language: Language) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for line in text(language).lines().filter(|line| !line.trim().is_empty()) {
        add(&mut blocks, line);
    }
    blocks
}

fn add(blocks: &mut Vec<Block>, line: &str) {
    let owned = |text: &str| text.trim().to_owned();
    if let Some(title) = line.strip_prefix("# ") {
        blocks.push(Block::Title(owned(title)));
    } else if let Some(heading) = line.strip_prefix("## ") {
        blocks.push(Block::Heading(owned(heading)));
    } else if let Some(short) = line.strip_prefix("> ") {
        blocks.push(Block::Short(owned(short)));
    } else if let Some(item) = line.strip_prefix("- ") {
        match blocks.last_mut() {
            Some(Block::Items(items)) => items.push(owned(item)),
            _ => blocks.push(Block::Items(vec![owned(item)])),
        }
    } else if line.starts_with('|') {
        let cells: Vec<String> = line.trim_matches('|').split('|').map(owned).collect();
        let is_rule = cells.iter().all(|cell| !cell.is_empty() && cell.chars().all(|c| c == '-'));
        match blocks.last_mut() {
            Some(Block::Table(_)) if is_rule => {}
            Some(Block::Table(rows)) => rows.push(cells),
            _ => blocks.push(Block::Table(vec![cells])),
        }
    } else {
        blocks.push(Block::Paragraph(owned(line)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a block is, and how much it holds.
    fn shape(block: &Block) -> (u8, usize, usize) {
        match block {
            Block::Title(_) => (0, 1, 1),
            Block::Heading(_) => (1, 1, 1),
            Block::Short(_) => (2, 1, 1),
            Block::Paragraph(_) => (3, 1, 1),
            Block::Items(items) => (4, items.len(), 1),
            Block::Table(rows) => (5, rows.len(), rows[0].len()),
        }
    }

    #[test]
    fn the_three_languages_say_the_same() {
        let shapes = Language::ALL.map(|language| blocks(language).iter().map(shape).collect::<Vec<_>>());
        assert_eq!(shapes[0], shapes[1]);
        assert_eq!(shapes[0], shapes[2]);
        assert!(shapes[0].len() >= 12);
    }

    #[test]
    fn hazards_are_numbered_and_whole() {
        for language in Language::ALL {
            let all = blocks(language);
            let Some(Block::Table(rows)) = all.last() else { panic!("no hazards") };
            for (number, row) in rows.iter().enumerate().skip(1) {
                assert_eq!(row[0], format!("F{number}"));
                assert!(row.len() == rows[0].len() && row.iter().all(|cell| !cell.is_empty()), "{row:?}");
            }
        }
    }

    #[test]
    fn the_document_names_this_version_and_its_short_form() {
        for language in Language::ALL {
            assert!(text(language).contains(&format!("tidlig {}.", env!("CARGO_PKG_VERSION"))), "{language:?}");
            let length = short(language).chars().count();
            assert!((100..400).contains(&length), "{length}");
        }
    }
}
