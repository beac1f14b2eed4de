//! From journal rows to small facts: every distinct code is matched once against all rule sets, and only rows that some
//! rule asks for become facts.

pub mod block;
pub mod chunk;
pub mod codeword;
mod columns;
mod crew;
mod dealer;
pub mod facts;
pub mod ids;
pub mod journal;
pub mod journal_files;
pub mod lexicon;
pub mod matcher;
mod meanings;
mod pages;
pub mod partition;
pub mod pass;
pub mod pool;
mod prefixes;
pub mod read;
mod read_coded;
mod scan;
mod spill;
pub mod stream;
mod task;

pub use codeword::CodeWord;
pub use facts::PatientFacts;
pub use journal::Journal;
pub use lexicon::Lexicon;
pub use matcher::{ClassId, Matcher, SelectorId};
