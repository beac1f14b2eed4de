//! The twelve files of an extract: names, headers and the habits of the system that writes them.

use crate::journal::tables::Source;

/// One of the files that a practice delivers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Delivered {
    Register,
    Diagnoses,
    Letters,
    Medicines,
    Contacts,
    Appointments,
    Orders,
    Acute,
    Laboratory,
    Functions,
    Services,
    Blocks,
}

impl Delivered {
    pub const ALL: [Delivered; 12] = [
        Delivered::Register,
        Delivered::Diagnoses,
        Delivered::Letters,
        Delivered::Medicines,
        Delivered::Contacts,
        Delivered::Appointments,
        Delivered::Orders,
        Delivered::Acute,
        Delivered::Laboratory,
        Delivered::Functions,
        Delivered::Services,
        Delivered::Blocks,
    ];

    /// The file's name in the practice's folder.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Delivered::Register => "pasienter.csv",
            Delivered::Diagnoses => "diagnoser.csv",
            Delivered::Letters => "epikriser.csv",
            Delivered::Medicines => "legemidler.csv",
            Delivered::Contacts => "kontakter.csv",
            Delivered::Appointments => "timebok.csv",
            Delivered::Orders => "rekvisisjoner.csv",
            Delivered::Acute => "akutt.csv",
            Delivered::Laboratory => "laboratorium.csv",
            Delivered::Functions => "funksjon.csv",
            Delivered::Services => "tjenester.csv",
            Delivered::Blocks => "sperringer.csv",
        }
    }

    /// The file of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Delivered> {
        Delivered::ALL.into_iter().find(|file| file.name() == name)
    }

    /// The headers, in the file's order. The first one is always the patient's id.
    #[must_use]
    pub fn header(self) -> &'static [&'static str] {
        match self {
            Delivered::Register => REGISTER,
            Delivered::Diagnoses => &["PasientID", "Dato", "Kodeverk", "Kode", "Registrert"],
            Delivered::Letters => LETTER,
            Delivered::Medicines => &["PasientID", "Forskrevet", "ATC", "Varer til", "Seponert", "Bruk", "Multidose"],
            Delivered::Contacts => &["PasientID", "Tidspunkt", "Kontakttype", "Rolle", "Behandler", "Registrert"],
            Delivered::Appointments | Delivered::Orders => &["PasientID", "Dato", "Status", "Registrert"],
            Delivered::Acute => &["PasientID", "Dato", "Hendelse", "Registrert"],
            Delivered::Laboratory => &["PasientID", "Dato", "Kode", "Svar", "Enhet", "Registrert"],
            Delivered::Functions => &["PasientID", "Dato", "Skjema", "Variabel", "Skår", "Registrert"],
            Delivered::Services => &["PasientID", "Tjeneste", "Fra", "Til"],
            Delivered::Blocks => &["PasientID", "Del", "Gjelder", "Fra"],
        }
    }

    /// Whether the file is delivered when these sources are not.
    pub(super) fn is_delivered(self, missing: &[Source]) -> bool {
        let sources: &[Source] = match self {
            Delivered::Register | Delivered::Blocks => return true,
            Delivered::Diagnoses | Delivered::Letters => &[Source::Diagnoses],
            Delivered::Medicines => &[Source::Medicines],
            Delivered::Contacts => &[Source::Contacts],
            Delivered::Appointments => &[Source::Appointments, Source::Recalls],
            Delivered::Orders => &[Source::Orders],
            Delivered::Acute => &[Source::Acute],
            Delivered::Laboratory => &[Source::Measurements],
            Delivered::Functions => &[Source::Functions],
            Delivered::Services => &[Source::Services],
        };
        sources.iter().any(|source| !missing.contains(source))
    }

    /// What stands behind the header line and behind each row: some systems end every line, or all but the first, with a
    /// delimiter.
    pub(super) fn line_ends(self) -> [&'static str; 2] {
        match self {
            Delivered::Orders => [";", ";"],
            Delivered::Acute => ["", ";"],
            _ => ["", ""],
        }
    }

    /// The same as a blemish, told.
    pub(super) fn shape(self) -> Option<(&'static str, &'static str)> {
        match self {
            Delivered::Orders => Some(("line-ends", "every line ends with a semicolon")),
            Delivered::Acute => Some(("line-ends", "every line but the header ends with a semicolon")),
            _ => None,
        }
    }
}

/// Secondary diagnoses that stand beside the main one in a discharge letter.
pub(super) const SECONDARY: usize = 5;

const LETTER: &[&str] = &[
    "PasientID",
    "Utskrevet",
    "Mottatt",
    "Hoveddiagnose",
    "Bidiagnose 1",
    "Bidiagnose 2",
    "Bidiagnose 3",
    "Bidiagnose 4",
    "Bidiagnose 5",
];

const REGISTER: &[&str] = &[
    "PasientID",
    "Fødselsnummer",
    "Navn",
    "Født",
    "Kjønn",
    "Fastlege",
    "Status",
    "På liste fra",
    "Død",
    "Adressesperre",
    "Ikke kontakt",
    "Ikke risikovurder",
    "Språk",
    "Bor alene",
    "Merknad",
];
