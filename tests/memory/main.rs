//! What is remembered between runs, seen from outside: decisions come back, are honoured, and survive anything.

mod added;
mod deciding;
mod killed;
mod logged;
mod practice;
mod reserved;
mod settling;
mod year;
