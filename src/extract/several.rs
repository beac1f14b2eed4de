//! Several codes in one cell: each becomes a row, with the row's other values and its line.

use super::plan::Plan;
use super::profile::Split;
use super::raw::{RawBlock, trim};
use memchr::memmem;
use std::cmp::Reverse;
use std::ops::Range;

/// Rows of a block once its cells are split; its memory outlives the block.
#[derive(Debug, Default)]
pub(super) struct Several(RawBlock);

impl Several {
    /// `raw` with one row for each code in the `k`th split cell of each row; `raw` itself when no cell holds two.
    pub fn of<'a>(&'a mut self, split: &Split, plan: &Plan, text: &[u8], raw: &'a RawBlock, k: usize) -> &'a RawBlock {
        let Some(slot) = plan.fills[split.column].slot(k).map(usize::from) else { return raw };
        let holds_two = |row| parts(raw.stretch(text, raw.spans[slot][row]), split).nth(1).is_some();
        if !(0..raw.rows()).any(holds_two) {
            return raw;
        }
        let out = &mut self.0;
        out.spans.resize_with(raw.spans.len(), Vec::new);
        out.clear();
        out.extra.extend_from_slice(&raw.extra);
        for row in 0..raw.rows() {
            expand(out, split, slot, text, raw, row);
        }
        out
    }
}

/// One row for each code; a cell without any is left as it is, and judged as one code.
fn expand(out: &mut RawBlock, split: &Split, slot: usize, text: &[u8], raw: &RawBlock, row: usize) {
    let begin = raw.spans[slot][row].0;
    let mut parts = parts(raw.stretch(text, raw.spans[slot][row]), split).peekable();
    let whole = parts.peek().is_none().then_some(raw.spans[slot][row]);
    let codes = parts.map(|part| (begin + part.start as u32, begin + part.end as u32));
    for code in whole.into_iter().chain(codes) {
        for (number, (spans, from)) in out.spans.iter_mut().zip(&raw.spans).enumerate() {
            spans.push(if number == slot { code } else { from[row] });
        }
        out.lines.push(raw.lines[row]);
    }
}

/// Where the codes of a cell stand in it; blank ones are passed over.
fn parts(cell: &[u8], split: &Split) -> impl Iterator<Item = Range<usize>> {
    let mut from = Some(0);
    let next = move || {
        let start = from?;
        let found = split.separators.iter().filter_map(|separator| {
            let at = start + memmem::find(&cell[start..], separator.as_bytes())?;
            Some((at, at + separator.len()))
        });
        // Of separators at the same place, the longest.
        let cut = found.min_by_key(|(at, end)| (*at, Reverse(*end)));
        from = cut.map(|(_, end)| end);
        Some(start..cut.map_or(cell.len(), |(at, _)| at))
    };
    std::iter::from_fn(next).filter(|part| !trim(&cell[part.clone()]).is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_cut_at_any_separator() {
        let split =
            |separators: &[&str]| Split { column: 3, separators: separators.iter().map(|s| (*s).into()).collect() };
        let cut = |value: &str, separators: &[&str]| -> Vec<String> {
            parts(value.as_bytes(), &split(separators)).map(|part| value[part].trim().to_owned()).collect()
        };
        assert_eq!(cut("K77, T90", &[","]), ["K77", "T90"]);
        assert_eq!(cut(" I50;E11 ; ;", &[";"]), ["I50", "E11"]);
        assert_eq!(cut("K77", &[","]), ["K77"]);
        assert_eq!(cut("K77 + T90/P76", &["/", " + ", "+"]), ["K77", "T90", "P76"]);
        assert_eq!(cut("K77 T90", &[" "]), ["K77", "T90"]);
        assert_eq!(cut(" , ", &[","]), Vec::<String>::new());
        assert_eq!(cut("", &[","]), Vec::<String>::new());
    }
}
