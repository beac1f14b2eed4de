//! Why a row was refused, in the practice's language.

use crate::clinical::{Language, Text};

/// Why a row cannot be used. The practice works from these, so each says what is wrong with the row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    FewFields,
    ManyFields,
    InvalidText,
    NoPatient,
    DamagedId,
    UnknownPatient,
    RefusedPatient,
    DuplicatePatient,
    NoBirthDate,
    BadBirthDate,
    BirthInFuture,
    BadDeathDate,
    NoDate,
    BadDate,
    BeforeBirth,
    NoSystem,
    UnknownSystem,
    NoCode,
    BadCode,
    NoValue,
    TextValue,
    UnknownKind,
    BadComparator,
    Empty,
    /// A fact of a blocked part of the record: counted, never written anywhere.
    Blocked,
    /// A word that the profile maps to nothing: left out on purpose.
    LeftOut,
}

impl Reason {
    pub const ALL: [Reason; 26] = [
        Reason::FewFields,
        Reason::ManyFields,
        Reason::InvalidText,
        Reason::NoPatient,
        Reason::DamagedId,
        Reason::UnknownPatient,
        Reason::RefusedPatient,
        Reason::DuplicatePatient,
        Reason::NoBirthDate,
        Reason::BadBirthDate,
        Reason::BirthInFuture,
        Reason::BadDeathDate,
        Reason::NoDate,
        Reason::BadDate,
        Reason::BeforeBirth,
        Reason::NoSystem,
        Reason::UnknownSystem,
        Reason::NoCode,
        Reason::BadCode,
        Reason::NoValue,
        Reason::TextValue,
        Reason::UnknownKind,
        Reason::BadComparator,
        Reason::Empty,
        Reason::Blocked,
        Reason::LeftOut,
    ];

    /// A short name for reports that programs read.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Reason::FewFields => "few_fields",
            Reason::ManyFields => "many_fields",
            Reason::InvalidText => "invalid_text",
            Reason::NoPatient => "no_patient",
            Reason::DamagedId => "damaged_id",
            Reason::UnknownPatient => "unknown_patient",
            Reason::RefusedPatient => "refused_patient",
            Reason::DuplicatePatient => "duplicate_patient",
            Reason::NoBirthDate => "no_birth_date",
            Reason::BadBirthDate => "bad_birth_date",
            Reason::BirthInFuture => "birth_in_future",
            Reason::BadDeathDate => "bad_death_date",
            Reason::NoDate => "no_date",
            Reason::BadDate => "bad_date",
            Reason::BeforeBirth => "before_birth",
            Reason::NoSystem => "no_system",
            Reason::UnknownSystem => "unknown_system",
            Reason::NoCode => "no_code",
            Reason::BadCode => "bad_code",
            Reason::NoValue => "no_value",
            Reason::TextValue => "text_value",
            Reason::UnknownKind => "unknown_kind",
            Reason::BadComparator => "bad_comparator",
            Reason::Empty => "empty",
            Reason::Blocked => "blocked",
            Reason::LeftOut => "left_out",
        }
    }

    /// Whether the row counts against `[trust]`: not when the row is in order but of no use here.
    #[must_use]
    pub fn is_fault(self) -> bool {
        !matches!(self, Reason::Blocked | Reason::LeftOut | Reason::TextValue)
    }

    /// Whether the row goes into the refusals file.
    #[must_use]
    pub fn is_written(self) -> bool {
        !matches!(self, Reason::Blocked | Reason::LeftOut)
    }

    /// The sentence that stands in the refusals file.
    #[must_use]
    pub fn sentence(self, language: Language) -> String {
        self.text().get(language).to_owned()
    }

    fn text(self) -> Text {
        let (nb, nn, en) = match self {
            Reason::FewFields => (
                "Raden har færre felt enn overskriften",
                "Rada har færre felt enn overskrifta",
                "The row has fewer fields than the header",
            ),
            Reason::ManyFields => (
                "Raden har flere felt enn overskriften",
                "Rada har fleire felt enn overskrifta",
                "The row has more fields than the header",
            ),
            Reason::InvalidText => (
                "Teksten har tegn som ikke kan leses",
                "Teksten har teikn som ikkje kan lesast",
                "The text holds characters that cannot be read",
            ),
            Reason::NoPatient => ("Pasient mangler", "Pasient manglar", "No patient"),
            Reason::DamagedId => (
                "Excel har rundet av nummeret; hent det på nytt som tekst",
                "Excel har runda av nummeret; hent det på nytt som tekst",
                "Excel has rounded the number; export it again as text",
            ),
            Reason::UnknownPatient => (
                "Pasienten står ikke i pasientfilen",
                "Pasienten står ikkje i pasientfila",
                "The patient is not in the patients file",
            ),
            Reason::RefusedPatient => (
                "Pasientens egen rad er avvist",
                "Rada til pasienten sjølv er avvist",
                "The patient's own row was refused",
            ),
            Reason::DuplicatePatient => (
                "Pasienten står flere ganger; en av radene er brukt",
                "Pasienten står fleire gonger; ei av radene er brukt",
                "The patient stands more than once; one of the rows was used",
            ),
            Reason::NoBirthDate => ("Fødselsdato mangler", "Fødselsdato manglar", "No birth date"),
            Reason::BadBirthDate => {
                ("Fødselsdatoen kan ikke leses", "Fødselsdatoen kan ikkje lesast", "The birth date cannot be read")
            }
            Reason::BirthInFuture => (
                "Fødselsdatoen er etter kjøredatoen",
                "Fødselsdatoen er etter køyredatoen",
                "The birth date is after the index day",
            ),
            Reason::BadDeathDate => {
                ("Dødsdatoen kan ikke leses", "Dødsdatoen kan ikkje lesast", "The date of death cannot be read")
            }
            Reason::NoDate => ("Dato mangler", "Dato manglar", "No date"),
            Reason::BadDate => ("Datoen kan ikke leses", "Datoen kan ikkje lesast", "The date cannot be read"),
            Reason::BeforeBirth => (
                "Datoen er før pasienten ble født",
                "Datoen er før pasienten vart fødd",
                "The date is before the patient was born",
            ),
            Reason::NoSystem => ("Kodeverk mangler", "Kodeverk manglar", "No code system"),
            Reason::UnknownSystem => ("Ukjent kodeverk", "Ukjent kodeverk", "Unknown code system"),
            Reason::NoCode => ("Kode mangler", "Kode manglar", "No code"),
            Reason::BadCode => (
                "Dette er ikke en kode i kodeverket",
                "Dette er ikkje ein kode i kodeverket",
                "This is not a code of its code system",
            ),
            Reason::NoValue => ("Verdi mangler", "Verdi manglar", "No value"),
            Reason::TextValue => ("Verdien er ikke et tall", "Verdien er ikkje eit tal", "The value is not a number"),
            Reason::UnknownKind => (
                "Ukjent kontakttype; legg den til under map.kind",
                "Ukjend kontakttype; legg han til under map.kind",
                "Unknown kind of contact; add it under map.kind",
            ),
            Reason::BadComparator => (
                "Tegnet foran verdien kan ikke leses",
                "Teiknet framfor verdien kan ikkje lesast",
                "The sign before the value cannot be read",
            ),
            Reason::Empty => ("Et nødvendig felt er tomt", "Eit nødvendig felt er tomt", "A required field is empty"),
            Reason::Blocked => ("Sperret", "Sperra", "Blocked"),
            Reason::LeftOut => ("Utelatt i oppsettet", "Utelate i oppsettet", "Left out by the profile"),
        };
        Text::new(nb, nn, en)
    }
}
