//! The keys of inputs, kind by kind.

mod known;
mod measured;
mod recorded;

use super::parts::BEFORE;
use super::{Key, Kind, Shape, optional, required};
use known::{AGES, COMBINATION, MODEL, PEER, PERSON};
use measured::{FUNCTION, MEASUREMENT};
use recorded::{CONTACT, DIAGNOSIS, MEDICINE, SERVICE};

const ANSWERS: Shape = Shape::OneOf(&["no", "unknown", "yes"]);

const LABELS: &[Key] = &[
    optional("label", Shape::Sentence, "what readers call it; the frame sentence of conditions uses it"),
    optional("sensitive", Shape::Flag, "the coordinator sees only that it is known to the GP"),
];
const MISSING: &str = "answer for a person without such a row, though the source was delivered";
const UNDELIVERED: &[Key] =
    &[optional("undelivered", ANSWERS, "answer when the source was not delivered; `unknown` when left out")];
const MAY_MISS: &[Key] = &[optional("missing", ANSWERS, MISSING)];
const MUST_MISS: &[Key] = &[required("missing", ANSWERS, MISSING)];
const MAYBE_WINDOW: &[Key] =
    &[optional("within", Shape::Window, "how far back to look, when the kind of question needs it"), BEFORE];

/// Every kind of input.
pub const KINDS: &[Kind] =
    &[DIAGNOSIS, MEDICINE, MEASUREMENT, CONTACT, FUNCTION, SERVICE, AGES, PERSON, COMBINATION, MODEL, PEER];
