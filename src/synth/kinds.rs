//! The few words that some columns hold: standing, protection, source, role.

/// Where she stands on the last day of the extract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum ListStatus {
    Listed,
    Moved,
    Dead,
}

/// Grade of address protection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Protection {
    None,
    StrictlyConfidential,
    Confidential,
    ClientAddress,
}

/// Who set a diagnosis. Rows of `Hospital` that share a day are one discharge letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum DiagnosisSource {
    Gp,
    Hospital,
}

/// Who was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Role {
    Gp,
    Nurse,
    Secretary,
    Physiotherapist,
    /// Nobody, or nobody of the practice: missed appointments, orders, admissions, out-of-hours visits.
    None,
}

impl ListStatus {
    pub const ALL: [ListStatus; 3] = [ListStatus::Listed, ListStatus::Moved, ListStatus::Dead];

    /// The population register's word, as the journal has it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            ListStatus::Listed => "bosatt",
            ListStatus::Moved => "utflyttet",
            ListStatus::Dead => "doed",
        }
    }
}

impl Protection {
    pub const ALL: [Protection; 4] =
        [Protection::None, Protection::StrictlyConfidential, Protection::Confidential, Protection::ClientAddress];

    /// The journal's word; `None` for an address that anyone may know.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        match self {
            Protection::None => None,
            Protection::StrictlyConfidential => Some("strengtFortrolig"),
            Protection::Confidential => Some("fortrolig"),
            Protection::ClientAddress => Some("klientadresse"),
        }
    }
}

impl DiagnosisSource {
    pub const ALL: [DiagnosisSource; 2] = [DiagnosisSource::Gp, DiagnosisSource::Hospital];

    /// The journal's word.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            DiagnosisSource::Gp => "gp",
            DiagnosisSource::Hospital => "hospital",
        }
    }
}

impl Role {
    pub const ALL: [Role; 5] = [Role::Gp, Role::Nurse, Role::Secretary, Role::Physiotherapist, Role::None];

    /// The journal's word; `None` for nobody.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        match self {
            Role::Gp => Some("gp"),
            Role::Nurse => Some("nurse"),
            Role::Secretary => Some("secretary"),
            Role::Physiotherapist => Some("physiotherapist"),
            Role::None => None,
        }
    }
}
