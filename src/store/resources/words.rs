//! The words of the resource table, and what is told of its faults.

use crate::clinical::Language;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    Name,
    Role,
    Skills,
    Minutes,
    From,
    To,
    Contact,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// As the reader counts; 0 for the file as a whole.
    pub row: usize,
    pub column: Option<Column>,
    pub kind: FaultKind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaultKind {
    Unreadable(String),
    /// No sheet has a header with name and role.
    NoTable,
    Missing,
    /// The team's minutes under a role that is none of these.
    UnknownRole(Vec<String>),
    NotMinutes,
    NotADay,
    EndsBefore,
    /// Another row of the same name says otherwise.
    Differs,
}

impl Column {
    pub const ALL: [Column; 7] =
        [Column::Name, Column::Role, Column::Skills, Column::Minutes, Column::From, Column::To, Column::Contact];

    /// The header in bokmål, nynorsk and English.
    fn words(self) -> [&'static str; 3] {
        match self {
            Column::Name => ["Navn", "Namn", "Name"],
            Column::Role => ["Rolle", "Rolle", "Role"],
            Column::Skills => ["Kompetanse", "Kompetanse", "Skills"],
            Column::Minutes => ["Minutter per uke", "Minutt per veke", "Minutes per week"],
            Column::From => ["Borte fra", "Borte frå", "Absent from"],
            Column::To => ["Borte til", "Borte til", "Absent to"],
            Column::Contact => ["Kontakt", "Kontakt", "Contact"],
        }
    }

    #[must_use]
    pub fn header(self, language: Language) -> &'static str {
        of(self.words(), language)
    }

    /// A header in any of the three languages.
    #[must_use]
    pub fn parse(header: &str) -> Option<Column> {
        let plain = header.trim().to_lowercase();
        Column::ALL.into_iter().find(|column| column.words().iter().any(|word| word.to_lowercase() == plain))
    }
}

impl Fault {
    /// One line, in the practice's language.
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        let what = self.kind.words(language);
        let row = of(["rad", "rad", "row"], language);
        match (self.row, self.column) {
            (0, _) => what,
            (number, Some(column)) => format!("{row} {number}, «{}»: {what}", column.header(language)),
            (number, None) => format!("{row} {number}: {what}"),
        }
    }
}

impl FaultKind {
    fn words(&self, language: Language) -> String {
        let words = match self {
            FaultKind::Unreadable(why) => {
                let lead = of(["filen kan ikke leses", "fila kan ikkje lesast", "the file cannot be read"], language);
                return format!("{lead} ({why})");
            }
            FaultKind::UnknownRole(names) => {
                let lead = of(
                    [
                        "rollen er ukjent; skriv en av",
                        "rolla er ukjend; skriv ei av",
                        "the role is not known; write one of",
                    ],
                    language,
                );
                return format!("{lead}: {}", names.join(", "));
            }
            FaultKind::NoTable => [
                "finner ingen tabell med kolonnene «Navn» og «Rolle»",
                "finn ingen tabell med kolonnane «Namn» og «Rolle»",
                "no table with the columns «Name» and «Role» was found",
            ],
            FaultKind::Missing => ["mangler", "manglar", "is missing"],
            FaultKind::NotMinutes => {
                ["skriv hele minutter, som 900", "skriv heile minutt, som 900", "write whole minutes, such as 900"]
            }
            FaultKind::NotADay => {
                ["skriv datoen som dd.mm.åååå", "skriv datoen som dd.mm.åååå", "write the date as dd.mm.yyyy"]
            }
            FaultKind::EndsBefore => {
                ["siste dag er før første dag", "siste dag er før første dag", "the last day is before the first"]
            }
            FaultKind::Differs => [
                "en annen rad med samme navn sier noe annet",
                "ei anna rad med same namn seier noko anna",
                "another row of the same name says otherwise",
            ],
        };
        of(words, language).to_owned()
    }
}

pub(super) fn of(words: [&'static str; 3], language: Language) -> &'static str {
    match language {
        Language::Nb => words[0],
        Language::Nn => words[1],
        Language::En => words[2],
    }
}
