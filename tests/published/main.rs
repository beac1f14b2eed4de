//! The published rule sets agree with their sources, on every person of a cohort and on random ones.

mod by_hand;
mod cohort;
mod expected;
