//! Cells of the store as values.

use rusqlite::types::Type;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::clinical::Day;

/// A structured cell.
pub(super) fn json<T: DeserializeOwned>(text: &str) -> rusqlite::Result<T> {
    serde_json::from_str(text)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(0, Type::Text, Box::new(error)))
}

pub(super) fn to_json(value: &impl Serialize) -> rusqlite::Result<String> {
    serde_json::to_string(value).map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
}

pub(super) fn day(text: &str) -> rusqlite::Result<Day> {
    let wrong = || rusqlite::Error::FromSqlConversionFailure(0, Type::Text, "not a day".into());
    Day::parse_iso(text).ok_or_else(wrong)
}

/// A day that may be missing, as `yyyy-mm-dd`.
pub(super) mod iso {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::clinical::Day;
    use crate::store::decision::Iso;

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands the field by reference")]
    pub fn serialize<S: Serializer>(day: &Option<Day>, serializer: S) -> Result<S::Ok, S::Error> {
        day.map(Iso).serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Day>, D::Error> {
        Ok(Option::<Iso>::deserialize(deserializer)?.map(|iso| iso.0))
    }
}
