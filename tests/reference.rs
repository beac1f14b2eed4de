//! The engine agrees with the slow, obvious reference scorer.

mod oracle;
