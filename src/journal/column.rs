//! The names of the canonical columns that a reader asks for; [`super::tables`] says what they hold.

pub const PATIENT_ID: &str = super::tables::PATIENT_ID;
pub const DATE: &str = "date";
pub const RECORDED_ON: &str = "recorded_on";
pub const SYSTEM: &str = "system";
pub const CODE: &str = "code";
pub const SOURCE: &str = "source";
pub const ATC: &str = "atc";
pub const FROM: &str = "from";
pub const UNTIL: &str = "until";
pub const STOPPED_ON: &str = "stopped_on";
pub const REGULAR: &str = "regular";
pub const KIND: &str = "kind";
pub const ROLE: &str = "role";
pub const VALUE: &str = "value";
pub const UNIT: &str = "unit";
pub const COMPARATOR: &str = "comparator";
pub const INSTRUMENT: &str = "instrument";
pub const ITEM: &str = "item";
pub const SCORE: &str = "score";
pub const SERVICE: &str = "service";
pub const BIRTH_DATE: &str = "birth_date";
pub const SEX: &str = "sex";
pub const LIVES_ALONE: &str = "lives_alone";
pub const LISTED_SINCE: &str = "listed_since";
pub const DIED_ON: &str = "died_on";
pub const NO_SCORING: &str = "no_scoring";

/// Reservations against contact and against being scored.
pub const RESERVATIONS: [&str; 2] = ["no_contact", "no_scoring"];
