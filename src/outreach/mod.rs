//! From scores to one short list: who may be listed, how much it matters, and where this week's capacity ends.
//!
//! | step | file | what it decides |
//! | --- | --- | --- |
//! | the numbers | `policy` | `outreach.toml`, the practice's own over the shipped one, every fault of it |
//! | a glance | `glance`, `panel` | what ranking needs of each patient, taken while the journal is scored |
//! | who may | `standing`, `decided`, `events`, `pool` | register, reservations, decisions and what breaks them |
//! | how much | `priority`, `candidate`, `tie` | the sum of shown parts, and a total order |
//! | how many | `capacity`, `shares`, `fairness`, `week` | the week's places, reserved ones, fair sharing, a frozen week |
//! | what is told | `make`, `row`, `reasons`, `tasks`, `beside`, `rates` | [`List`] |
//!
//! Everything here is a pure function of its arguments; files and clocks belong to `run`.

mod beside;
pub mod candidate;
pub mod capacity;
pub mod decided;
pub mod events;
pub mod fairness;
pub mod glance;
pub mod list;
pub mod make;
pub mod panel;
pub mod person;
pub mod policy;
pub mod pool;
pub mod priority;
mod rates;
pub mod reasons;
pub mod row;
pub mod rows;
pub mod shares;
pub mod standing;
pub mod state;
pub mod summary;
pub mod tasks;
pub mod tie;
pub mod week;

pub use candidate::Candidate;
pub use glance::Glance;
pub use list::{List, Row};
pub use make::make;
pub use panel::Panel;
pub use person::{People, Person};
pub use policy::Policy;
pub use standing::{HeldBack, Standing};
pub use state::{Material, State};

#[cfg(test)]
mod tests;
