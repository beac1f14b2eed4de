//! What is wrong in a decision file: where, why, and what to write instead. Names no patient and repeats no cell.

use super::raw::Place;
use crate::clinical::{Day, Language};
use crate::store::Choice;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    pub place: Place,
    pub kind: FaultKind,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum FaultKind {
    /// Neither workbook nor table nor a page's file.
    Unreadable(String),
    /// Can be read, but holds no table of decisions.
    NotOurs,
    UnknownChoice,
    UnknownRow,
    MissingDate,
    UnreadableDate,
    /// The day must lie between these two.
    DateOutside(Day, Day),
    MissingWho,
    UnknownOwner(Vec<String>),
    AbsentOwner,
    MissingTask,
    UnknownTask,
    MissingLine,
    /// The row has only so many lines.
    UnknownLine(usize),
    /// The line rests on several codes: one must be named.
    WhichCode,
    UnknownCode,
    WhoJudged,
    MissingReason,
    /// Nobody, or more than one, has this name and birth date.
    WhoIsAdded,
    NotListable,
    /// This file decides otherwise about the same person there.
    Twice(Place),
    /// Something else was decided on that day, on this list or a later one; that entry's number and what it was.
    Conflict(i64, Day, Choice),
    /// She declined; that entry's number.
    Declined(i64),
}

impl Fault {
    /// One line, in the practice's language.
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        let words = self.kind.words();
        let words = match language {
            Language::Nb => &words[0],
            Language::Nn => &words[1],
            Language::En => &words[2],
        };
        format!("{}{words}", self.place.words(language))
    }
}

impl Place {
    fn words(&self, language: Language) -> String {
        let [sheet, row] = match language {
            Language::En => ["sheet", "row"],
            Language::Nb | Language::Nn => ["ark", "rad"],
        };
        match (self.sheet.as_str(), self.row) {
            (_, 0) => String::new(),
            ("", number) => format!("{row} {number}: "),
            (name, number) => format!("{sheet} «{name}», {row} {number}: "),
        }
    }
}

impl FaultKind {
    /// Bokmål, nynorsk, English.
    fn words(&self) -> [String; 3] {
        let fixed = |words: [&str; 3]| words.map(str::to_owned);
        match self {
            FaultKind::Unreadable(why) => [
                format!("filen kan ikke leses ({why})"),
                format!("fila kan ikkje lesast ({why})"),
                format!("the file cannot be read ({why})"),
            ],
            FaultKind::DateOutside(first, last) => {
                let (first, last) = (first.norwegian(), last.norwegian());
                [
                    format!("datoen må være fra {first} til {last}"),
                    format!("datoen må vere frå {first} til {last}"),
                    format!("the date must be from {first} to {last}"),
                ]
            }
            FaultKind::UnknownOwner(names) => {
                let names = names.join(", ");
                [
                    format!("hvem som har oppgaven, står ikke i ressurstabellen; skriv en av: {names}"),
                    format!("den som har oppgåva, står ikkje i ressurstabellen; skriv ein av: {names}"),
                    format!("the owner of the task is not in the resource table; write one of: {names}"),
                ]
            }
            FaultKind::UnknownLine(most) => [
                format!("skriv linjens nummer, fra 1 til {most}"),
                format!("skriv nummeret på linja, frå 1 til {most}"),
                format!("write the line's number, from 1 to {most}"),
            ],
            FaultKind::Twice(other) => [
                format!("noe annet er avgjort om samme person i {}ta bort én av radene", other.words(Language::Nb)),
                format!("noko anna er avgjort om same person i {}ta bort ei av radene", other.words(Language::Nn)),
                format!(
                    "something else is decided about the same person in {}remove one of the rows",
                    other.words(Language::En)
                ),
            ],
            FaultKind::Conflict(number, day, choice) => {
                let (day, [nb, nn, en]) = (day.norwegian(), choice.labels());
                [
                    format!("noe annet ble avgjort {day}: «{nb}» (nr. {number})"),
                    format!("noko anna vart avgjort {day}: «{nn}» (nr. {number})"),
                    format!("something else was decided on {day}: «{en}» (no. {number})"),
                ]
            }
            FaultKind::Declined(number) => [
                format!("personen har takket nei (nr. {number}); bare pasienten selv eller fastlegen kan åpne igjen"),
                format!("personen har takka nei (nr. {number}); berre pasienten sjølv eller fastlegen kan opne igjen"),
                format!("the person has declined (no. {number}); only the patient or the GP can reopen"),
            ],
            other => fixed(other.plain_words()),
        }
    }

    fn plain_words(&self) -> [&'static str; 3] {
        match self {
            FaultKind::NotOurs => [
                "filen har ingen tabell med avgjørelser fra tidlig; kolonnene «Rad» og «Avgjørelse» må være med",
                "fila har ingen tabell med avgjerder frå tidlig; kolonnane «Rad» og «Avgjerd» må vere med",
                "the file has no table of decisions of tidlig's; the columns «Row» and «Decision» are needed",
            ],
            FaultKind::UnknownChoice => [
                "avgjørelsen er ikke en av de sju; velg fra listen i cellen",
                "avgjerda er ikkje ei av dei sju; vel frå lista i cella",
                "the decision is none of the seven; choose from the cell's list",
            ],
            FaultKind::UnknownRow => [
                "raden er ikke fra en liste som denne praksisen har laget; ikke endre kolonnen «Rad»",
                "rada er ikkje frå ei liste som denne praksisen har laga; ikkje endre kolonnen «Rad»",
                "the row is from no list of this practice; do not change the column «Row»",
            ],
            FaultKind::MissingDate => ["datoen mangler", "datoen manglar", "the date is missing"],
            FaultKind::UnreadableDate => [
                "datoen kan ikke leses; skriv dd.mm.åååå",
                "datoen kan ikkje lesast; skriv dd.mm.åååå",
                "the date cannot be read; write dd.mm.yyyy",
            ],
            FaultKind::MissingWho => ["«Hvem» mangler", "«Kven» manglar", "«Who» is missing"],
            FaultKind::AbsentOwner => [
                "hvem som skulle ha oppgaven, er borte; velg en som er til stede",
                "den som skulle ha oppgåva, er borte; vel ein som er til stades",
                "the owner of the task is absent; choose someone who is present",
            ],
            FaultKind::MissingTask => ["oppgaven mangler", "oppgåva manglar", "the task is missing"],
            FaultKind::UnknownTask => [
                "oppgaven er ukjent; velg fra listen i cellen",
                "oppgåva er ukjend; vel frå lista i cella",
                "the task is not known; choose from the cell's list",
            ],
            FaultKind::MissingLine => [
                "skriv nummeret på linjen som er feil",
                "skriv nummeret på linja som er feil",
                "write the number of the line that is wrong",
            ],
            FaultKind::WhichCode => [
                "linjen bygger på flere koder; skriv hvilken som er feil, som «2:K77»",
                "linja byggjer på fleire kodar; skriv kva for ein som er feil, som «2:K77»",
                "the line rests on several codes; write which one is wrong, as «2:K77»",
            ],
            FaultKind::UnknownCode => [
                "linjen bygger ikke på den koden",
                "linja byggjer ikkje på den koden",
                "the line does not rest on that code",
            ],
            FaultKind::WhoJudged => [
                "skriv i «Hvem» om fastlegen eller sykepleieren vurderte",
                "skriv i «Kven» om fastlegen eller sjukepleiaren vurderte",
                "write in «Who» whether the GP or the nurse judged",
            ],
            FaultKind::MissingReason => [
                "grunnen mangler; skriv den i «Notat»",
                "grunnen manglar; skriv han i «Notat»",
                "the reason is missing; write it in «Note»",
            ],
            FaultKind::WhoIsAdded => [
                "navn og fødselsdato må passe på én person på listen",
                "namn og fødselsdato må passe på éin person på lista",
                "name and birth date must fit one person on the list",
            ],
            FaultKind::NotListable => [
                "personen kan ikke stå på listen; snakk med fastlegen",
                "personen kan ikkje stå på lista; snakk med fastlegen",
                "the person cannot be on the list; talk to the GP",
            ],
            _ => ["", "", ""],
        }
    }
}
