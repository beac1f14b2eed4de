//! Texts that are seldom the same twice, such as names: kept one after the other, without a dictionary.

/// Texts one after the other.
#[derive(Debug, Clone, Default)]
pub struct FreeTexts {
    bytes: String,
    ends: Vec<u32>,
}

impl FreeTexts {
    pub fn push(&mut self, text: &str) {
        self.bytes.push_str(text);
        // A buffer of rows is far below 4 GiB.
        self.ends.push(u32::try_from(self.bytes.len()).unwrap_or(u32::MAX));
    }

    #[must_use]
    pub fn get(&self, row: usize) -> &str {
        let start = if row == 0 { 0 } else { self.ends[row - 1] as usize };
        &self.bytes[start..self.ends[row] as usize]
    }

    /// The moved texts together are as long as before, so that those after them stay where they are.
    pub(super) fn reorder(&mut self, start: usize, order: &[u32]) {
        let moved: Vec<String> = order.iter().map(|row| self.get(*row as usize).to_owned()).collect();
        let mut at = if start == 0 { 0 } else { self.ends[start - 1] as usize };
        let from = at;
        for (end, text) in self.ends[start..].iter_mut().zip(&moved) {
            at += text.len();
            *end = at as u32;
        }
        self.bytes.replace_range(from..at, &moved.concat());
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Drops the texts from `rows` on.
    pub(super) fn truncate(&mut self, rows: usize) {
        self.ends.truncate(rows);
        self.bytes.truncate(self.ends.last().map_or(0, |end| *end as usize));
    }

    /// Bytes in use.
    pub(super) fn bytes(&self) -> usize {
        self.bytes.len() + self.ends.len() * 4
    }
}
