//! The columns that are understood, each by our own name first and then by the names that others use.

pub const PATIENT: &[&str] = &[crate::journal::column::PATIENT_ID, "subject_id", "person_id"];
pub const DAY: &[&str] = &["index_day", "index_date", "prediction_time"];
pub const MODEL: &[&str] = &["model"];
pub const VERSION: &[&str] = &["version"];
/// Points: any number, a higher one for a higher risk.
pub const SCORE: &[&str] = &["value", "score"];
pub const PROBABILITY: &[&str] = &["probability", "predicted_boolean_probability"];
/// An outcome that is not named on the command line.
pub const OUTCOME: &[&str] = &["outcome", "event", "boolean_value"];
/// Days to the event or to the end of follow-up, when the outcome's own column of days is not there.
pub const DAYS: &[&str] = &["days", "time"];
/// What follows an outcome's name in the column of its days.
pub const DAYS_SUFFIX: &str = "_days";
pub const BORN: &[&str] = &[crate::journal::column::BIRTH_DATE];
pub const AGE: &[&str] = &["age"];
pub const SEX: &[&str] = &[crate::journal::column::SEX];
pub const GP: &[&str] = &["gp_id", "gp"];
pub const PRACTICE: &[&str] = &["practice_id", "practice"];
pub const GROUPS: &[&str] = &["target_groups", "target_group", "groups"];
pub const QUIET: &[&str] = &["quiet"];
