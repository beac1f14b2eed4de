//! Rule sets as flat tables, for a paper's appendix, and back.
//!
//! | file | one row |
//! | --- | --- |
//! | `rule_set.csv` | a word about the whole: id, version, sources, population, gate, link |
//! | `inputs.csv` | a question to the journal |
//! | `parts.csv` | what a question is made of: other inputs, an analyte and its limits, kinds of contact, bands of another rule set |
//! | `codes.csv` | a code that counts, or that does not |
//! | `criteria.csv` | what an answer weighs, and its sentence |
//! | `steps.csv` | points by count |
//! | `silences.csv` | a criterion that another one silences |
//! | `caps.csv`, `bands.csv`, `notes.csv` | a ceiling, a band, a line of no points |
//!
//! Everything that steers a score is carried. Cases, history, the reader's guide and the names of foreign codes stay behind.

mod csv;
mod export;
mod export_inputs;
mod export_measured;
mod import;
mod import_inputs;
mod import_whole;
mod toml_text;

pub use export::export;
pub use import::import;

/// A file's name and its text.
pub type NamedText = (&'static str, String);

pub const RULE_SET: &str = "rule_set.csv";
pub const INPUTS: &str = "inputs.csv";
pub const PARTS: &str = "parts.csv";
pub const CODES: &str = "codes.csv";
pub const CRITERIA: &str = "criteria.csv";
pub const STEPS: &str = "steps.csv";
pub const SILENCES: &str = "silences.csv";
pub const CAPS: &str = "caps.csv";
pub const BANDS: &str = "bands.csv";
pub const NOTES: &str = "notes.csv";

/// Files that an import reads; those of the second list may be missing.
pub const NEEDED: [&str; 4] = [RULE_SET, INPUTS, CODES, CRITERIA];
pub const OPTIONAL: [&str; 6] = [PARTS, STEPS, SILENCES, CAPS, BANDS, NOTES];

/// The columns of each file.
fn columns(file: &str) -> &'static [&'static str] {
    match file {
        RULE_SET => &["key", "value", "nb", "nn", "en"],
        INPUTS => &[
            "input",
            "kind",
            "within",
            "before",
            "days",
            "apart",
            "distinct_codes",
            "aged_from",
            "usage",
            "at_least",
            "age_from",
            "age_below",
            "sex",
            "lives_alone",
            "on_list",
            "shorter",
            "after",
            "model",
            "points_at_least",
            "points_below",
            "as_points",
            "days_ago",
            "missing",
            "undelivered",
            "sensitive",
            "label_nb",
            "label_nn",
            "label_en",
            "asks",
        ],
        PARTS => &["input", "key", "value"],
        CODES => &["input", "system", "code", "counts"],
        CRITERIA => &[
            "criterion",
            "input",
            "shows",
            "weight",
            "points",
            "cap",
            "domain",
            "task",
            "further_tasks",
            "sensitive",
            "src",
            "text_nb",
            "text_nn",
            "text_en",
        ],
        STEPS => &["criterion", "from", "points"],
        SILENCES => &["criterion", "silences"],
        CAPS => &["cap", "at_most", "domain", "label_nb", "label_nn", "label_en"],
        BANDS => &["band", "from", "above", "level", "label_nb", "label_nn", "label_en"],
        _ => &["note", "input", "shows", "from_points", "task", "text_nb", "text_nn", "text_en"],
    }
}

/// Kinds of inputs, as `inputs.csv` names them.
const DIAGNOSIS: &str = "diagnosis";
const MEDICINE: &str = "medicine";
const AGE: &str = "age";
const PERSON: &str = "person";
const COMBINATION: &str = "combination";
const MODEL: &str = "other rule set";
const MEASUREMENT: &str = "measurement";
const FUNCTION: &str = "function";
const CONTACT: &str = "contact";
const SERVICE: &str = "service";
const PEERS: &str = "peers";
