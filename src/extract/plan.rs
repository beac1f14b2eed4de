//! Which column of a file fills which canonical column.

use super::error::FaultKind;
use super::profile::{ColumnSource, From, Header, TableSource, Target};
use crate::clinical::suggest::nearest;

/// A file's columns, matched with what the profile asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Plan {
    /// For each canonical column.
    pub fills: Vec<Fill>,
    pub national_id: Fill,
    /// The wanted columns' names as the file has them, by slot.
    pub names: Vec<String>,
    /// For each column of the file, the slot it fills.
    pub slots: Vec<Option<u16>>,
}

/// Where a canonical column's values come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fill {
    Absent,
    Slot(u16),
    /// One slot for each row that a row of the file can become.
    Wide(Vec<u16>),
    Constant(Vec<u8>),
}

impl Fill {
    /// The slot for the `k`th row that a row of the file becomes.
    pub fn slot(&self, k: usize) -> Option<u16> {
        match self {
            Fill::Slot(slot) => Some(*slot),
            Fill::Wide(slots) => slots.get(k).copied(),
            Fill::Absent | Fill::Constant(_) => None,
        }
    }
}

impl Plan {
    /// Matches the headers that the profile names, whatever their case and blanks.
    ///
    /// # Errors
    /// One fault for each that is missing, or there twice.
    pub fn new(source: &TableSource, header: &[String]) -> Result<Plan, Vec<FaultKind>> {
        let plain: Vec<String> = header.iter().map(|name| plain(name)).collect();
        let mut matching = Matching { header, plain, faults: Vec::new(), names: Vec::new() };
        matching.names.reserve(header.len());
        let mut plan = Plan {
            fills: vec![Fill::Absent; source.table.columns().len()],
            national_id: Fill::Absent,
            names: Vec::new(),
            slots: vec![None; header.len()],
        };
        for column in &source.columns {
            let fill = matching.fill(column, &mut plan.slots);
            match column.target {
                Target::Column(index) => plan.fills[index] = fill,
                Target::NationalId => plan.national_id = fill,
            }
        }
        plan.names = matching.names;
        if matching.faults.is_empty() { Ok(plan) } else { Err(matching.faults) }
    }

    /// The name of a canonical column's source in the file, for refusals.
    pub fn name_of(&self, fill: &Fill, k: usize) -> &str {
        fill.slot(k).map_or("", |slot| &self.names[usize::from(slot)])
    }
}

/// How many of the profile's headers a header row has: to choose between delimiters.
pub(super) fn matches(source: &TableSource, header: &[String]) -> usize {
    let plain_header: Vec<String> = header.iter().map(|name| plain(name)).collect();
    let wanted = source.columns.iter().flat_map(|column| column.from.headers());
    wanted.filter(|wanted| plain_header.contains(&plain(&wanted.name))).count()
}

struct Matching<'a> {
    header: &'a [String],
    plain: Vec<String>,
    faults: Vec<FaultKind>,
    names: Vec<String>,
}

impl Matching<'_> {
    fn fill(&mut self, column: &ColumnSource, slots: &mut [Option<u16>]) -> Fill {
        match &column.from {
            From::Constant(text) => Fill::Constant(text.trim().as_bytes().to_vec()),
            From::Header(header) => match self.slot(header, column.must_exist, slots) {
                Some(slot) => Fill::Slot(slot),
                None => Fill::Absent,
            },
            From::Wide(headers) => {
                Fill::Wide(headers.iter().filter_map(|header| self.slot(header, true, slots)).collect())
            }
        }
    }

    fn slot(&mut self, wanted: &Header, must_exist: bool, slots: &mut [Option<u16>]) -> Option<u16> {
        let name = plain(&wanted.name);
        let mut found = self.plain.iter().enumerate().filter(|(_, other)| **other == name).map(|(index, _)| index);
        let Some(index) = found.next() else {
            if must_exist {
                let nearest = nearest(&wanted.name, self.header.iter().map(String::as_str)).map(str::to_owned);
                let found = self.header.iter().filter(|name| !name.is_empty()).cloned().collect();
                let (wanted, place) = (wanted.name.clone(), wanted.place.clone());
                self.faults.push(FaultKind::NoColumn { wanted, place, found, nearest });
            }
            return None;
        };
        if found.next().is_some() {
            self.faults.push(FaultKind::TwiceInHeader { name: self.header[index].clone() });
            return None;
        }
        if slots[index].is_none() {
            slots[index] = u16::try_from(self.names.len()).ok();
            self.names.push(self.header[index].clone());
        }
        slots[index]
    }
}

/// Headers are the same when they differ only in case, blanks and quotes.
fn plain(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace() && *c != '"' && *c != '\u{feff}').flat_map(char::to_lowercase).collect()
}
