//! Runs of facts on disk, for journals that are not sorted by patient and do not fit in memory.

use super::chunk::Chunk;
use super::facts::{ContactFact, DiagnosisFact, FunctionFact, MeasurementFact, MedicineFact, RowUsage, ServiceFact};
use super::ids::{Id, IdKind, Ids};
use crate::clinical::{Day, Sex};
use crate::journal::patient::{Comparator, Person};
use crate::journal::tables::ContactKind;

/// A fact as bytes.
pub trait Bytes: Copy {
    fn write(&self, out: &mut Vec<u8>);
    fn read(bytes: &mut Reader) -> Self;
}

/// Takes numbers off the front of bytes that [`Bytes::write`] wrote.
pub struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Reader<'a> {
        Reader(bytes)
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn take<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        let (head, rest) = self.0.split_at(N.min(self.0.len()));
        bytes[..head.len()].copy_from_slice(head);
        self.0 = rest;
        bytes
    }

    fn slice(&mut self, length: usize) -> &'a [u8] {
        let (head, rest) = self.0.split_at(length.min(self.0.len()));
        self.0 = rest;
        head
    }

    fn i32(&mut self) -> i32 {
        i32::from_le_bytes(self.take())
    }

    fn u64(&mut self) -> u64 {
        u64::from_le_bytes(self.take())
    }

    fn u16(&mut self) -> u16 {
        u16::from_le_bytes(self.take())
    }

    fn u8(&mut self) -> u8 {
        self.take::<1>()[0]
    }
}

/// Writes a chunk; several written one after the other read back as one.
pub fn write_chunk<F: Bytes>(chunk: &Chunk<F>, out: &mut Vec<u8>) {
    for index in 0..chunk.len() {
        match chunk.ids.get(index) {
            Id::Whole(id) => out.extend_from_slice(&id.to_le_bytes()),
            Id::Text(text) => {
                out.extend_from_slice(&(text.len() as u64).to_le_bytes());
                out.extend_from_slice(text);
            }
        }
        let facts = chunk.run(index);
        out.extend_from_slice(&(facts.len() as u64).to_le_bytes());
        facts.iter().for_each(|fact| fact.write(out));
    }
}

/// Adds the runs that [`write_chunk`] wrote.
pub fn read_chunk<F: Bytes>(bytes: &[u8], chunk: &mut Chunk<F>) {
    let mut reader = Reader::new(bytes);
    while !reader.is_empty() {
        let number = reader.u64();
        let id = match chunk.ids.kind() {
            IdKind::Whole => Id::Whole(number as i64),
            IdKind::Text => Id::Text(reader.slice(number as usize)),
        };
        let count = reader.u64();
        chunk.facts.extend((0..count).map(|_| F::read(&mut reader)));
        chunk.end_run(id);
    }
}

/// About how many bytes a chunk holds.
#[must_use]
pub fn weight<F>(chunk: &Chunk<F>) -> usize {
    let ids = match &chunk.ids {
        Ids::Whole(ids) => ids.len() * 8,
        Ids::Text { bytes, ends } => bytes.len() + ends.len() * 4,
    };
    ids + chunk.ends.len() * 4 + chunk.facts.len() * size_of::<F>()
}

macro_rules! put {
    ($out:expr, $($value:expr),+) => { $( $out.extend_from_slice(&$value.to_le_bytes()); )+ };
}

impl Bytes for DiagnosisFact {
    fn write(&self, out: &mut Vec<u8>) {
        put!(out, self.day, self.visible, self.word());
    }

    fn read(bytes: &mut Reader) -> Self {
        let (day, visible) = (bytes.i32(), bytes.i32());
        DiagnosisFact::new(day, visible, bytes.u64(), 0)
    }
}

impl Bytes for MedicineFact {
    fn write(&self, out: &mut Vec<u8>) {
        put!(out, self.word(), self.day, self.visible, self.until, self.stopped);
    }

    fn read(bytes: &mut Reader) -> Self {
        let (word, day, visible) = (bytes.u64(), bytes.i32(), bytes.i32());
        // Its usage stands in its word.
        MedicineFact::new(word, day, visible, bytes.i32(), bytes.i32(), RowUsage::Unstated)
    }
}

impl Bytes for ContactFact {
    fn write(&self, out: &mut Vec<u8>) {
        put!(out, self.day, self.visible, self.kind as u8, self.role);
    }

    fn read(bytes: &mut Reader) -> Self {
        let (day, visible) = (bytes.i32(), bytes.i32());
        let kind = ContactKind::ALL[bytes.u8() as usize % ContactKind::ALL.len()];
        ContactFact { day, visible, kind, role: bytes.u16() }
    }
}

const COMPARATORS: [Comparator; 5] =
    [Comparator::Exact, Comparator::Below, Comparator::AtMost, Comparator::Above, Comparator::AtLeast];

impl Bytes for MeasurementFact {
    fn write(&self, out: &mut Vec<u8>) {
        put!(out, self.day, self.visible, self.analyte, self.code, self.comparator as u8, self.value);
    }

    fn read(bytes: &mut Reader) -> Self {
        MeasurementFact {
            day: bytes.i32(),
            visible: bytes.i32(),
            analyte: bytes.u16(),
            code: bytes.u16(),
            comparator: COMPARATORS[bytes.u8() as usize % COMPARATORS.len()],
            value: f64::from_le_bytes(bytes.take()),
        }
    }
}

impl Bytes for FunctionFact {
    fn write(&self, out: &mut Vec<u8>) {
        put!(out, self.day, self.visible, self.item, self.score);
    }

    fn read(bytes: &mut Reader) -> Self {
        let (day, visible, item) = (bytes.i32(), bytes.i32(), bytes.u16());
        FunctionFact { day, visible, item, score: f64::from_le_bytes(bytes.take()) }
    }
}

impl Bytes for ServiceFact {
    fn write(&self, out: &mut Vec<u8>) {
        put!(out, self.from, self.until, self.service);
    }

    fn read(bytes: &mut Reader) -> Self {
        ServiceFact { from: bytes.i32(), until: bytes.i32(), service: bytes.u16() }
    }
}

/// Persons are kept in memory; written only so that every kind of fact can be.
impl Bytes for Option<Person> {
    fn write(&self, out: &mut Vec<u8>) {
        let person = self.unwrap_or_default();
        let day = |day: Option<Day>| super::facts::day_or_none(day);
        let sex = person.sex.map_or(0_u8, |sex| 1 + sex as u8);
        let alone = person.lives_alone.map_or(0_u8, |alone| 1 + u8::from(alone));
        put!(
            out,
            day(person.birth),
            day(person.listed_since),
            day(person.died_on),
            sex,
            alone,
            u8::from(self.is_some())
        );
    }

    fn read(bytes: &mut Reader) -> Self {
        let mut day = || Some(bytes.i32()).filter(|day| *day != super::facts::NO_DAY).map(Day);
        let (birth, listed_since, died_on) = (day(), day(), day());
        let (sex, alone, known) = (bytes.u8(), bytes.u8(), bytes.u8());
        let sex = [None, Some(Sex::Female), Some(Sex::Male)][sex as usize % 3];
        let lives_alone = [None, Some(false), Some(true)][alone as usize % 3];
        (known == 1).then_some(Person { birth, sex, lives_alone, listed_since, died_on })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_come_back_as_they_were_written() {
        let mut chunk = Chunk::new(IdKind::Text);
        let contact = ContactFact { day: 9, visible: 12, kind: ContactKind::Recall, role: 3 };
        chunk.facts.extend([contact, ContactFact { day: 10, ..contact }]);
        chunk.end_run(Id::Text(b"b"));
        chunk.facts.push(contact);
        chunk.end_run(Id::Text(b"aa"));
        let mut bytes = Vec::new();
        write_chunk(&chunk, &mut bytes);
        let mut read: Chunk<ContactFact> = Chunk::new(IdKind::Text);
        read_chunk(&bytes, &mut read);
        assert_eq!(*read.facts, *chunk.facts);
        assert_eq!(read.ends, chunk.ends);
        let sorted = read.sorted();
        assert!(sorted.ids.get(0) == Id::Text(b"aa") && sorted.run(1).len() == 2);
    }
}
