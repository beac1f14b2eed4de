//! Names that rule sets share with the journal. The scoring room tests that both say the same.

/// Kinds of contact.
pub const CONTACT_KINDS: &[&str] = &[
    "office",
    "home",
    "video",
    "econsult",
    "phone",
    "missed",
    "cancelled",
    "booked",
    "recall",
    "lab_not_taken",
    "emergency_admission",
    "out_of_hours",
    "renewal",
    "other",
];

/// Sources of facts: delivered as a whole or not at all.
pub const SOURCES: &[&str] = &[
    "patients",
    "diagnoses",
    "medicines",
    "measurements",
    "functions",
    "services",
    "contacts",
    "appointments",
    "recalls",
    "orders",
    "acute",
];

/// How a rule set calls the role of a contact that names none.
pub const UNSTATED: &str = "unstated";

/// Parts of the health service that code diagnoses.
pub const PARTS: &[&str] = &["gp", "hospital", "municipal"];
