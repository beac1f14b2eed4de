//! Patient ids as a journal has them: whole numbers, or texts.

use arrow::datatypes::DataType;

/// What the ids of a journal are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdKind {
    /// Ordered by size.
    Whole,
    /// Ordered byte by byte.
    Text,
}

impl IdKind {
    /// `None` for a type that cannot be an id.
    #[must_use]
    pub fn of(data_type: &DataType) -> Option<IdKind> {
        match data_type {
            t if t.is_integer() => Some(IdKind::Whole),
            DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => Some(IdKind::Text),
            DataType::Dictionary(_, values) => IdKind::of(values),
            _ => None,
        }
    }
}

/// Ids in a row, without gaps between texts.
#[derive(Debug, Clone)]
pub enum Ids {
    Whole(Vec<i64>),
    Text { bytes: Vec<u8>, ends: Vec<u32> },
}

/// One id, borrowed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Id<'a> {
    Whole(i64),
    Text(&'a [u8]),
}

impl std::fmt::Debug for Id<'_> {
    /// Prints nothing of the patient.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Id(…)")
    }
}

impl Ids {
    #[must_use]
    pub fn new(kind: IdKind) -> Ids {
        match kind {
            IdKind::Whole => Ids::Whole(Vec::new()),
            IdKind::Text => Ids::Text { bytes: Vec::new(), ends: Vec::new() },
        }
    }

    #[must_use]
    pub fn kind(&self) -> IdKind {
        match self {
            Ids::Whole(_) => IdKind::Whole,
            Ids::Text { .. } => IdKind::Text,
        }
    }

    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Ids::Whole(ids) => ids.len(),
            Ids::Text { ends, .. } => ends.len(),
        }
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    #[must_use]
    pub fn get(&self, index: usize) -> Id<'_> {
        match self {
            Ids::Whole(ids) => Id::Whole(ids[index]),
            Ids::Text { bytes, ends } => {
                let start = if index == 0 { 0 } else { ends[index - 1] as usize };
                Id::Text(&bytes[start..ends[index] as usize])
            }
        }
    }

    #[must_use]
    pub fn last(&self) -> Option<Id<'_>> {
        self.len().checked_sub(1).map(|last| self.get(last))
    }

    /// Adds an id; one of the other kind is converted when it can be.
    ///
    /// A text that is no whole number becomes the least number, which no patient has.
    pub fn push(&mut self, id: Id) {
        match (self, id) {
            (Ids::Whole(ids), Id::Whole(id)) => ids.push(id),
            (Ids::Whole(ids), Id::Text(text)) => {
                let number = std::str::from_utf8(text).ok().and_then(|text| text.parse().ok());
                ids.push(number.unwrap_or(i64::MIN));
            }
            (Ids::Text { bytes, ends }, Id::Text(text)) => {
                bytes.extend_from_slice(text);
                ends.push(bytes.len() as u32);
            }
            (Ids::Text { bytes, ends }, Id::Whole(number)) => {
                bytes.extend_from_slice(number.to_string().as_bytes());
                ends.push(bytes.len() as u32);
            }
        }
    }

    /// First index from `from` on whose id is not below `id`; ids ascend.
    #[must_use]
    pub fn lower_bound(&self, from: usize, id: Id) -> usize {
        match (self, id) {
            // The usual case, without a look at the kind at every step.
            (Ids::Whole(ids), Id::Whole(id)) => from + ids[from..].partition_point(|other| *other < id),
            _ => self.search(from, |other| other < id),
        }
    }

    /// First index from `from` on whose id is above `id`; ids ascend.
    #[must_use]
    pub fn upper_bound(&self, from: usize, id: Id) -> usize {
        match (self, id) {
            (Ids::Whole(ids), Id::Whole(id)) => from + ids[from..].partition_point(|other| *other <= id),
            _ => self.search(from, |other| other <= id),
        }
    }

    /// The positions of the ids in ascending order; equal ids keep theirs.
    #[must_use]
    pub fn order(&self) -> Vec<u32> {
        match self {
            Ids::Whole(ids) => {
                let mut keyed: Vec<(i64, u32)> = ids.iter().copied().zip(0..).collect();
                keyed.sort_unstable();
                keyed.into_iter().map(|(_, position)| position).collect()
            }
            Ids::Text { .. } => {
                let mut order: Vec<u32> = (0..self.len() as u32).collect();
                order.sort_by(|a, b| self.get(*a as usize).cmp(&self.get(*b as usize)));
                order
            }
        }
    }

    fn search(&self, from: usize, before: impl Fn(Id) -> bool) -> usize {
        let (mut low, mut high) = (from, self.len());
        while low < high {
            let middle = low.midpoint(high);
            if before(self.get(middle)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    #[must_use]
    pub fn is_sorted(&self) -> bool {
        match self {
            Ids::Whole(ids) => ids.is_sorted(),
            Ids::Text { .. } => (1..self.len()).all(|i| self.get(i - 1) <= self.get(i)),
        }
    }
}
