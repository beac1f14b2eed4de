//! The list as people meet it: sentences, CSV, XLSX and one HTML page, in bokmål, nynorsk or English.

pub mod about;
pub mod checked;
pub mod csv;
pub mod evidence;
pub mod explain;
pub mod fill;
pub mod front;
pub mod habit;
pub mod html;
pub mod parts;
pub mod row;
pub mod scores;
pub mod sentence;
pub mod trace;
pub mod view;
pub mod words;
pub mod xlsx;

pub use about::About;
pub use sentence::{Reader, Sentence, Speaker};
pub use view::View;

#[cfg(test)]
mod demo;
#[cfg(test)]
mod tests;
