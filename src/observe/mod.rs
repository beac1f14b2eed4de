//! From journal rows to small facts: every distinct code is matched once against all rule sets, and only rows that some
//! rule asks for become facts.

pub mod codeword;
pub mod facts;
pub mod lexicon;
pub mod matcher;

pub use codeword::CodeWord;
pub use facts::PatientFacts;
pub use lexicon::Lexicon;
pub use matcher::{ClassId, Matcher, SelectorId};
