//! The list as people meet it: sentences, CSV, XLSX and HTML pages, in bokmål, nynorsk or English.

pub mod about;
pub mod agenda;
pub mod cells;
pub mod checked;
pub mod csv;
pub mod decided;
pub mod evidence;
pub mod explain;
pub mod fill;
pub mod followed;
pub mod front;
pub mod habit;
pub mod html;
pub mod marks;
pub mod numbers;
pub mod parts;
pub mod phrases;
mod priorities;
pub mod purpose;
pub mod recent;
pub mod row;
pub mod scores;
pub mod sections;
pub mod sentence;
pub mod trace;
pub mod view;
pub mod words;
pub mod write_all;
pub mod xlsx;

pub use about::About;
pub use sentence::{Reader, Sentence, Speaker};
pub use view::View;
pub use write_all::{File, Output, write_all};

#[cfg(test)]
mod demo;
#[cfg(test)]
mod tests;
