//! Where facts come from: kinds of contact, and the sources that are delivered or not.

/// The kinds of contact a journal knows, and the source each comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum ContactKind {
    Office,
    Home,
    Video,
    Econsult,
    Phone,
    Missed,
    Cancelled,
    Booked,
    Recall,
    LabNotTaken,
    EmergencyAdmission,
    OutOfHours,
    Renewal,
    Other,
}

impl ContactKind {
    pub const ALL: [ContactKind; 14] = [
        ContactKind::Office,
        ContactKind::Home,
        ContactKind::Video,
        ContactKind::Econsult,
        ContactKind::Phone,
        ContactKind::Missed,
        ContactKind::Cancelled,
        ContactKind::Booked,
        ContactKind::Recall,
        ContactKind::LabNotTaken,
        ContactKind::EmergencyAdmission,
        ContactKind::OutOfHours,
        ContactKind::Renewal,
        ContactKind::Other,
    ];

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            ContactKind::Office => "office",
            ContactKind::Home => "home",
            ContactKind::Video => "video",
            ContactKind::Econsult => "econsult",
            ContactKind::Phone => "phone",
            ContactKind::Missed => "missed",
            ContactKind::Cancelled => "cancelled",
            ContactKind::Booked => "booked",
            ContactKind::Recall => "recall",
            ContactKind::LabNotTaken => "lab_not_taken",
            ContactKind::EmergencyAdmission => "emergency_admission",
            ContactKind::OutOfHours => "out_of_hours",
            ContactKind::Renewal => "renewal",
            ContactKind::Other => "other",
        }
    }

    #[must_use]
    pub fn parse(name: &str) -> Option<ContactKind> {
        ContactKind::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The source that must be delivered for this kind to be answerable.
    #[must_use]
    pub fn source(self) -> Source {
        match self {
            ContactKind::Missed | ContactKind::Cancelled | ContactKind::Booked => Source::Appointments,
            ContactKind::Recall => Source::Recalls,
            ContactKind::LabNotTaken => Source::Orders,
            ContactKind::EmergencyAdmission | ContactKind::OutOfHours => Source::Acute,
            _ => Source::Contacts,
        }
    }
}

/// A source of facts: delivered as a whole or not at all. What was not delivered is unknown, never no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Source {
    Patients,
    Diagnoses,
    Medicines,
    Measurements,
    Functions,
    Services,
    Contacts,
    Appointments,
    Recalls,
    Orders,
    Acute,
}

impl Source {
    pub const ALL: [Source; 11] = [
        Source::Patients,
        Source::Diagnoses,
        Source::Medicines,
        Source::Measurements,
        Source::Functions,
        Source::Services,
        Source::Contacts,
        Source::Appointments,
        Source::Recalls,
        Source::Orders,
        Source::Acute,
    ];

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Source::Patients => "patients",
            Source::Diagnoses => "diagnoses",
            Source::Medicines => "medicines",
            Source::Measurements => "measurements",
            Source::Functions => "functions",
            Source::Services => "services",
            Source::Contacts => "contacts",
            Source::Appointments => "appointments",
            Source::Recalls => "recalls",
            Source::Orders => "orders",
            Source::Acute => "acute",
        }
    }

    #[must_use]
    pub fn parse(name: &str) -> Option<Source> {
        Source::ALL.into_iter().find(|source| source.name() == name)
    }
}

/// The sources that were delivered, as a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sources(u16);

impl Sources {
    pub const NONE: Sources = Sources(0);

    #[must_use]
    pub fn all() -> Sources {
        Source::ALL.into_iter().collect()
    }

    #[must_use]
    pub fn has(self, source: Source) -> bool {
        self.0 >> (source as u8) & 1 == 1
    }

    #[must_use]
    pub fn with(self, source: Source) -> Sources {
        Sources(self.0 | 1 << (source as u8))
    }

    #[must_use]
    pub fn without(self, source: Source) -> Sources {
        Sources(self.0 & !(1 << (source as u8)))
    }
}

impl FromIterator<Source> for Sources {
    fn from_iter<I: IntoIterator<Item = Source>>(iter: I) -> Sources {
        iter.into_iter().fold(Sources::NONE, Sources::with)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back() {
        assert!(ContactKind::ALL.iter().all(|kind| ContactKind::parse(kind.name()) == Some(*kind)));
        assert!(Source::ALL.iter().all(|source| Source::parse(source.name()) == Some(*source)));
        assert!(Sources::all().without(Source::Acute).has(Source::Recalls));
    }
}
