//! From files to pieces of rows, worked on side by side and taken in the order of the file.

use super::csv_chunks::{Chunks, TextChunk};
use super::csv_head::{self, CsvHead, text_of};
use super::csv_split::{Taker, split};
use super::encoding::{Noticed, decode};
use super::error::FaultKind;
use super::input::{Container, Part, unreadable};
use super::parquet_source::{self, ParquetHead};
use super::plan::Plan;
use super::profile::TableSource;
use rayon::prelude::*;
use std::io::{self, Read};

/// A part whose head was read and matched with the profile.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Opened {
    pub part: Part,
    pub head: Head,
    pub plan: Plan,
}

/// What stands before the rows.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Head {
    Csv(CsvHead),
    Parquet(ParquetHead),
}

/// Something that works on one piece, on any thread.
pub(super) trait Worker: Taker {
    type Out: Send;
    fn finish(self) -> Self::Out;
}

/// Where a piece lies in its file, and what was noticed in it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Info {
    /// Lines before the piece.
    pub before: u64,
    /// Lines in the piece.
    pub lines: u32,
    pub noticed: Noticed,
    /// The file ends with the piece, without a line break.
    pub open_end: bool,
}

impl Info {
    /// The line of the file (from 1) of a line of the piece (from 0).
    pub fn line(&self, of_piece: u64) -> u64 {
        self.before + of_piece + 1
    }
}

/// Reads a part's head.
///
/// # Errors
/// Everything that is wrong with the head.
pub(super) fn inspect(part: Part, source: &TableSource) -> Result<Opened, (Part, Vec<FaultKind>)> {
    let read = match part.container {
        Container::Parquet => parquet_source::read_head(&part, source).map(|(head, plan)| (Head::Parquet(head), plan)),
        _ => csv_head::read(&part, source).map(|(head, plan)| (Head::Csv(head), plan)),
    };
    match read {
        Ok((head, plan)) => Ok(Opened { part, head, plan }),
        Err(faults) => Err((part, faults)),
    }
}

/// How files are read: bytes of a piece, pieces at a time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pace {
    pub chunk: usize,
    pub pieces: usize,
}

/// Works through a part. `make` begins the work on a piece, `take` gets the results in the order of the file.
pub(super) fn scan<W: Worker, E: From<FaultKind> + Send>(
    opened: &Opened,
    source: &TableSource,
    pace: Pace,
    make: impl Fn() -> W + Sync,
    take: impl FnMut(W::Out, Info) -> Result<(), E>,
) -> Result<(), E> {
    match &opened.head {
        Head::Parquet(head) => parquet_source::scan(opened, head, pace, make, take),
        Head::Csv(head) => {
            let mut outcome = Ok(());
            let read = opened.part.with_bytes(|bytes| {
                let (_, mut text) = text_of(bytes, source.habits.encoding).map_err(|error| unreadable(&error))?;
                io::copy(&mut (&mut text).take(head.skip), &mut io::sink()).map_err(|error| unreadable(&error))?;
                outcome = scan_text(head, text, pace, make, take);
                Ok(())
            });
            read.map_err(E::from)?;
            outcome
        }
    }
}

fn scan_text<W: Worker, E: From<FaultKind> + Send>(
    head: &CsvHead,
    text: Box<dyn Read + Send + '_>,
    pace: Pace,
    make: impl Fn() -> W + Sync,
    mut take: impl FnMut(W::Out, Info) -> Result<(), E>,
) -> Result<(), E> {
    let mut chunks = Chunks::new(text, head.layout.delimiter, pace.chunk);
    let mut before = head.lines;
    let work = |chunk: &TextChunk| {
        let (text, noticed) = decode(&chunk.text, head.encoding);
        let mut worker = make();
        let lines = split(&text, chunk.quoted, &head.layout, &mut worker);
        (worker.finish(), Info { before: 0, lines, noticed, open_end: chunk.open_end })
    };
    let fault = |error: io::Error| E::from(unreadable(&error));
    let mut batch = chunks.batch(pace.pieces).map_err(fault)?;
    while !batch.is_empty() {
        // The next pieces are read while these are worked on.
        let (done, next) = rayon::join(|| batch.par_iter().map(work).collect::<Vec<_>>(), || chunks.batch(pace.pieces));
        for (out, info) in done {
            take(out, Info { before, ..info })?;
            before += u64::from(info.lines);
        }
        batch = next.map_err(fault)?;
    }
    Ok(())
}
