//! What is remembered between runs, seen from outside: decisions come back, are honoured, and survive anything.

mod deciding;
mod killed;
mod practice;
mod year;
