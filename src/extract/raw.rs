//! Rows as the file has them: the values that the profile asks for, still as text.

/// No more rows than this in one block: its cells stay in the processor's cache while they are cleaned.
pub(super) const BLOCK_ROWS: usize = 2_048;

/// Some rows of a file. Values are stretches of a text; those that had to be unescaped stand in `extra`.
#[derive(Debug, Default)]
pub(super) struct RawBlock {
    /// For each wanted column, where each row's value stands.
    pub spans: Vec<Vec<(u32, u32)>>,
    /// Unescaped values; their spans begin after the text's end.
    pub extra: Vec<u8>,
    /// Each row's line, counted from the piece's first line (0).
    pub lines: Vec<u32>,
}

impl RawBlock {
    pub fn new(slots: usize) -> RawBlock {
        RawBlock { spans: vec![Vec::with_capacity(BLOCK_ROWS); slots], ..RawBlock::default() }
    }

    pub fn rows(&self) -> usize {
        self.lines.len()
    }

    pub fn clear(&mut self) {
        self.spans.iter_mut().for_each(Vec::clear);
        self.extra.clear();
        self.lines.clear();
    }

    /// A value without outer blanks.
    #[inline]
    pub fn value<'a>(&'a self, text: &'a [u8], slot: usize, row: usize) -> &'a [u8] {
        self.at(text, self.spans[slot][row])
    }

    /// The value of a span without outer blanks.
    #[inline]
    pub fn at<'a>(&'a self, text: &'a [u8], (start, end): (u32, u32)) -> &'a [u8] {
        trim(self.stretch(text, (start, end)))
    }

    /// The value of a span with its outer blanks.
    #[inline]
    pub fn stretch<'a>(&'a self, text: &'a [u8], (start, end): (u32, u32)) -> &'a [u8] {
        let extra = || &self.extra[start as usize - text.len()..end as usize - text.len()];
        text.get(start as usize..end as usize).unwrap_or_else(extra)
    }
}

/// Cuts blanks, line ends and no-break spaces off both ends.
#[inline]
pub(super) fn trim(text: &[u8]) -> &[u8] {
    match text {
        // Letters, digits and the like at both ends: most values.
        [b'!'..=b'~', .., b'!'..=b'~'] | [b'!'..=b'~'] | [] => text,
        _ => trim_slowly(text),
    }
}

fn trim_slowly(mut text: &[u8]) -> &[u8] {
    loop {
        text = match text {
            [b'\0'..=b' ', rest @ ..] | [rest @ .., b'\0'..=b' '] => rest,
            [0xC2, 0xA0, rest @ ..] | [rest @ .., 0xC2, 0xA0] => rest,
            _ => return text,
        }
    }
}
