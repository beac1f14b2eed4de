//! Every word of the reports that does not come from a rule set or the vocabulary, in three languages.

use crate::clinical::Language;
use crate::model::ruleset::Status;

/// The same words in bokmål, nynorsk and English.
#[derive(Debug, Clone, Copy)]
pub struct Word {
    nb: &'static str,
    nn: &'static str,
    en: &'static str,
}

pub const fn word(nb: &'static str, nn: &'static str, en: &'static str) -> Word {
    Word { nb, nn, en }
}

impl Word {
    #[must_use]
    pub const fn get(self, language: Language) -> &'static str {
        match language {
            Language::Nb => self.nb,
            Language::Nn => self.nn,
            Language::En => self.en,
        }
    }

    /// The words with `{0}`, `{1}`, … replaced.
    #[must_use]
    pub fn with(self, language: Language, values: &[&str]) -> String {
        let mut out = self.get(language).to_owned();
        for (index, value) in values.iter().enumerate() {
            out = out.replace(&format!("{{{index}}}"), value);
        }
        out
    }
}

pub const TITLE: Word = word("Oppfølgingsliste", "Oppfølgingsliste", "Outreach list");
pub const WEEK: Word = word("uke {0}, {1}", "veke {0}, {1}", "week {0}, {1}");

// Columns.
pub const RANK: Word = word("Nr.", "Nr.", "No.");
pub const NAME: Word = word("Navn", "Namn", "Name");
pub const BIRTH: Word = word("Født", "Fødd", "Born");
pub const GP: Word = word("Fastlege", "Fastlege", "GP");
pub const GROUPS: Word = word("Målgruppe", "Målgruppe", "Target group");
pub const BANDS: Word = word("Risikogruppe og skår", "Risikogruppe og skår", "Risk band and score");
pub const PRIORITY: Word = word("Prioritet", "Prioritet", "Priority");
pub const CHANGE: Word = word("Endring", "Endring", "Change");
pub const REASONS: Word = word("Begrunnelse", "Grunngjeving", "Reasons");
pub const QUIET: Word = word("Svak etterspørrer", "Svak etterspørjar", "Quiet patient");
pub const LAST_CONTACT: Word = word("Siste kontakt", "Siste kontakt", "Last contact");
pub const NEXT_APPOINTMENT: Word = word("Neste time", "Neste time", "Next appointment");
pub const HAS: Word = word("Har allerede", "Har alt", "Already has");
pub const TASK: Word = word("Foreslått oppgave", "Foreslått oppgåve", "Suggested task");
pub const MINUTES: Word = word("Minutter", "Minutt", "Minutes");
pub const DATA: Word = word("Datagrunnlag", "Datagrunnlag", "Data");
pub const DECISION: Word = word("Avgjørelse", "Avgjerd", "Decision");
pub const PERSON: Word = word("Person", "Person", "Person");
pub const CONTACT: Word = word("Kontakt", "Kontakt", "Contact");

// The seven decisions, in the order of the drop-down.
pub const DECISIONS: [Word; 7] = [
    word("valgt", "vald", "selected"),
    word("ikke nå før dato", "ikkje no før dato", "not now until date"),
    word("pasienten takket nei", "pasienten takka nei", "declined by patient"),
    word("allerede fulgt opp", "alt følgt opp", "already followed up"),
    word("feil opplysning", "feil opplysing", "wrong data"),
    word("ikke aktuell, faglig vurdert", "ikkje aktuell, fagleg vurdert", "not relevant (clinical)"),
    word("lagt til manuelt", "lagd til manuelt", "added manually"),
];

// Change since the list before.
pub const NEW: Word = word("ny", "ny", "new");
pub const WORSE: Word = word("forverret", "forverra", "worse");
pub const UNCHANGED: Word = word("uendret", "uendra", "unchanged");
pub const FIRST_LIST: Word = word("første liste", "første liste", "first list");

// Parts of the priority.
pub const MAIN_NEED: Word = word("Hovedgruppe: {0}", "Hovudgruppe: {0}", "Main group: {0}");
pub const FURTHER_NEED: Word = word("Også: {0}", "Også: {0}", "Also: {0}");
pub const FURTHER_CEILING: Word = word(
    "Øvre grense for flere grupper nådd",
    "Øvre grense for fleire grupper nådd",
    "Ceiling for several groups reached",
);
pub const BREADTH: Word = word("Bredde: {0} områder", "Breidd: {0} område", "Breadth: {0} areas");
pub const COORDINATION: Word =
    word("{0} instanser, {1} koordinatorer", "{0} instansar, {1} koordinatorar", "{0} services, {1} coordinators");
pub const HARD_TO_COORDINATE: Word =
    word("Kan trenge hjelp til å samordne", "Kan trenge hjelp til å samordne", "May need help to coordinate");
pub const STAYED: Word = word("Sto på listen forrige uke", "Stod på lista førre veke", "On last week's list");

// Inside a row.
pub const SHOW_PARTS: Word = word("Vis alle poeng", "Vis alle poeng", "Show every point");
pub const PRIORITY_SUM: Word = word(
    "Prioritet er summen av disse delene",
    "Prioritet er summen av desse delane",
    "The priority is the sum of these parts",
);
pub const POINTS: Word = word("Poeng", "Poeng", "Points");
pub const WHAT: Word = word("Hva", "Kva", "What");
pub const FACT_DATE: Word = word("Dato", "Dato", "Date");
pub const SOURCE: Word = word("Kilde", "Kjelde", "Source");
pub const SUM: Word = word("Sum", "Sum", "Sum");
pub const NO_POINTS: Word = word("Ingen poeng", "Ingen poeng", "No points");
pub const OTHER_SCORES: Word = word(
    "Andre skårer, ikke brukt på listen",
    "Andre skårar, ikkje brukte på lista",
    "Other scores, not used on the list",
);
pub const SILENCED: Word = word("teller ikke i tillegg", "tel ikkje i tillegg", "not counted as well");
pub const GATE_NOT_MET: Word =
    word("Inngangskravet er ikke oppfylt", "Inngangskravet er ikkje oppfylt", "The entry condition is not met");
pub const MORE_FACTS: Word = word("og {0} til", "og {0} til", "and {0} more");
pub const NEWEST_FACT: Word = word("Nyeste opplysning {0}", "Nyaste opplysing {0}", "Newest fact {0}");
pub const NO_FACTS: Word =
    word("Ingen opplysninger i journalen", "Ingen opplysingar i journalen", "No facts in the journal");
pub const UNKNOWN_LINES: Word =
    word("{0} forhold ikke vurdert", "{0} forhold ikkje vurderte", "{0} items not assessed");
pub const NO_CONTACT: Word = word("ingen kontakt funnet", "fann ingen kontakt", "no contact found");
pub const NONE_RECORDED: Word = word("ingen registrert", "ingen registrert", "none recorded");
pub const NO_GP: Word = word("uten fastlege i uttrekket", "utan fastlege i uttrekket", "no GP in the extract");
pub const NO_NAME: Word = word("(navn mangler)", "(namn manglar)", "(name missing)");
pub const MINUTES_SHORT: Word = word("{0} min", "{0} min", "{0} min");
pub const TOGETHER: Word = word("Til sammen {0} min", "Til saman {0} min", "{0} min in all");

// Explaining one patient.
pub const OUTSIDE: Word = word(
    "Utenfor regelsettets målgruppe, ingen skår",
    "Utanfor målgruppa til regelsettet, ingen skår",
    "Outside the rule set's population, no score",
);
pub const PEERS: Word = word(
    "{0} kontaktdager; {2} liknende pasienter har i snitt {1}",
    "{0} kontaktdagar; {2} liknande pasientar har i snitt {1}",
    "{0} contact days; {2} similar patients average {1}",
);

// Facts of the run.
pub const ABOUT: Word = word("Om kjøringen", "Om køyringa", "About this run");
pub const LIST: Word = word("Liste", "Liste", "List");
pub const QUALITY: Word = word("Datakvalitet", "Datakvalitet", "Data quality");
pub const PRACTICE: Word = word("Legekontor", "Legekontor", "Practice");
pub const EXTRACT_DAY: Word = word("Uttrekk per", "Uttrekk per", "Extract as of");
pub const ON_LIST: Word = word("På liste", "På liste", "On the list");
pub const REFUSED: Word = word("Avviste rader", "Avviste rader", "Refused rows");
pub const ON_LIST_SHORT: Word = word("{0} på liste", "{0} på liste", "{0} on the list");
pub const REFUSED_SHORT: Word = word("{0} rader avvist", "{0} rader avviste", "{0} rows refused");
pub const CAPACITY: Word = word("Plasser denne uken", "Plassar denne veka", "Places this week");
pub const CANDIDATES: Word = word("Kandidater", "Kandidatar", "Candidates");
pub const LISTED: Word = word("På oppfølgingslisten", "På oppfølgingslista", "On the outreach list");
pub const LISTED_OF: Word = word(
    "{0} av {1} kandidater har fått plass",
    "{0} av {1} kandidatar har fått plass",
    "{0} of {1} candidates have a place",
);
pub const TIED: Word = word(
    "{0} kandidater uten plass har samme prioritet som den siste på listen",
    "{0} kandidatar utan plass har same prioritet som den siste på lista",
    "{0} candidates without a place have the same priority as the last one listed",
);
pub const TIED_ONE: Word = word(
    "1 kandidat uten plass har samme prioritet som den siste på listen",
    "1 kandidat utan plass har same prioritet som den siste på lista",
    "1 candidate without a place has the same priority as the last one listed",
);
pub const HELD_BACK: Word = word("Holdt tilbake", "Haldne tilbake", "Held back");
pub const HELD_LEFT: Word =
    word("død, flyttet eller ute av listen", "død, flytta eller ute av lista", "deceased, moved or off the list");
pub const HELD_STATUS: Word =
    word("ukjent status i registeret", "ukjend status i registeret", "unknown register status");
pub const HELD_RESERVED: Word = word("reservert", "reservert", "opted out");
pub const FEW: Word = word("færre enn 5", "færre enn 5", "fewer than 5");
pub const COMPARED: Word =
    word("Endring er målt mot listen fra", "Endring er målt mot lista frå", "Changes are told against the list of");
pub const PROGRAM: Word = word("Program", "Program", "Program");

pub const RULE_SETS: Word = word("Regelsett", "Regelsett", "Rule sets");
pub const RULE_SET: Word = word("Regelsett", "Regelsett", "Rule set");
pub const VERSION: Word = word("Versjon", "Versjon", "Version");
pub const STATUS: Word = word("Status", "Status", "Status");
pub const ROLE: Word = word("Rolle på listen", "Rolle på lista", "Part on the list");
pub const PUBLISHED: Word = word("publisert", "publisert", "published");
pub const ADAPTED: Word = word("publisert, tilpasset", "publisert, tilpassa", "published, adapted");
pub const DRAFT: Word = word("utkast, ikke validert", "utkast, ikkje validert", "draft, not validated");
/// How far a rule set can be relied on.
#[must_use]
pub const fn status(status: Status) -> Word {
    match status {
        Status::Published => PUBLISHED,
        Status::Adapted => ADAPTED,
        Status::Draft => DRAFT,
    }
}
pub const ROLE_NONE: Word = word("ikke på listen", "ikkje på lista", "not on the list");
pub const ROLE_NEED: Word = word("behov", "behov", "need");
pub const ROLE_QUIET: Word = word("svak etterspørrer", "svak etterspørjar", "quiet");
pub const ROLE_RISING: Word = word("økende risiko", "aukande risiko", "rising risk");
pub const ROLE_CHILDREN: Word =
    word("barn og unge, egen liste", "barn og unge, eiga liste", "children, a list of their own");

pub const HOW_TO: Word = word("Slik leses listen", "Slik blir lista lesen", "How to read the list");
pub const HOW_TO_LINES: [Word; 5] = [
    word(
        "Listen er et forslag til hvem dere kan spørre. Et menneske avgjør; ingenting er sendt, bestilt eller avslått.",
        "Lista er eit forslag til kven de kan spørje. Eit menneske avgjer; ingenting er sendt, bestilt eller avslått.",
        "The list proposes whom to ask. A person decides; nothing has been sent, booked or denied.",
    ),
    word(
        "Radene står etter prioritet. Prioriteten er en sum av deler, og hver skår er en sum av linjer med opplysning, dato og kilde.",
        "Radene står etter prioritet. Prioriteten er ein sum av delar, og kvar skår er ein sum av linjer med opplysing, dato og kjelde.",
        "Rows stand by priority. The priority is a sum of parts, and each score a sum of lines with fact, date and source.",
    ),
    word(
        "«Ikke vurdert» betyr at kilden mangler, ikke at alt er i orden.",
        "«Ikkje vurdert» tyder at kjelda manglar, ikkje at alt er i orden.",
        "“Not assessed” means that the source is missing, not that all is well.",
    ),
    word(
        "«Forhold kjent for fastlegen» er opplysninger som bare fastlegen ser. Poengene teller med.",
        "«Forhold fastlegen kjenner til» er opplysingar som berre fastlegen ser. Poenga tel med.",
        "“Known to the GP” stands for facts that only the GP sees. Their points count.",
    ),
    word(
        "Listen er ikke for akutt sykdom og stiller ingen diagnose.",
        "Lista er ikkje for akutt sjukdom og stiller ingen diagnose.",
        "The list is not for acute illness and makes no diagnosis.",
    ),
];
pub const NOTICE_DRAFT: Word = word(
    "Utkast, ikke validert: regelsett som er merket «utkast» er forslag som legekontorets egne leger må godkjenne. tidlig er ikke medisinsk utstyr.",
    "Utkast, ikkje validert: regelsett som er merkte «utkast» er forslag som legane ved kontoret må godkjenne. tidlig er ikkje medisinsk utstyr.",
    "Draft, not validated: rule sets marked “draft” are proposals for the practice's own doctors to approve. tidlig is not a medical device.",
);
pub const NOTICE: Word = word(
    "tidlig er et hjelpemiddel for planlegging og ikke medisinsk utstyr.",
    "tidlig er eit hjelpemiddel for planlegging og ikkje medisinsk utstyr.",
    "tidlig is an aid to planning and not a medical device.",
);
pub const MISSING_SOURCES: Word = word(
    "Ikke levert i uttrekket: {0}. Det som bygger på dette, er ikke vurdert.",
    "Ikkje levert i uttrekket: {0}. Det som byggjer på dette, er ikkje vurdert.",
    "Not delivered in the extract: {0}. What rests on it was not assessed.",
);
pub const CONFIDENTIAL: Word = word(
    "Taushetsbelagt. Skal ikke forlate legekontoret.",
    "Omfatta av teieplikt. Skal ikkje forlate legekontoret.",
    "Confidential. Must not leave the practice.",
);
pub const EMPTY_LIST: Word =
    word("Ingen kandidater denne uken.", "Ingen kandidatar denne veka.", "No candidates this week.");

// Data quality.
pub const TABLE: Word = word("Tabell", "Tabell", "Table");
pub const ROWS_READ: Word = word("Leste rader", "Lesne rader", "Rows read");
pub const ROWS_KEPT: Word = word("Brukt", "Brukte", "Used");
pub const ROWS_REFUSED: Word = word("Avvist", "Avviste", "Refused");
pub const NEWEST_ROW: Word = word("Nyeste rad", "Nyaste rad", "Newest row");
/// The only table that is no source of facts.
pub const BLOCKS: Word = word("sperringer", "sperringar", "blocked parts of records");
pub const WHY_REFUSED: Word = word("Årsak til avvisning", "Årsak til avvising", "Reason for refusal");
pub const ROWS: Word = word("Rader", "Rader", "Rows");
pub const NOT_DELIVERED: Word = word("ikke levert", "ikkje levert", "not delivered");
pub const REFUSALS_FILE: Word = word(
    "Hver avvist rad står med fil, linje, kolonne og årsak i refusals.csv i samme mappe.",
    "Kvar avvist rad står med fil, linje, kolonne og årsak i refusals.csv i same mappe.",
    "Every refused row is named with file, line, column and reason in refusals.csv in the same folder.",
);

// The page's tools.
pub const FILTER_TEXT: Word = word("Søk i listen", "Søk i lista", "Search the list");
pub const FILTER_GP: Word = word("Alle fastleger", "Alle fastlegar", "All GPs");
pub const FILTER_GROUP: Word = word("Alle målgrupper", "Alle målgrupper", "All target groups");
pub const FILTER_LEVEL: Word = word("Alle risikogrupper", "Alle risikogrupper", "All risk bands");
pub const SHOWN: Word = word("{0} av {1} vises", "{0} av {1} blir viste", "{0} of {1} shown");
pub const SORT_HINT: Word = word("Sorter etter {0}", "Sorter etter {0}", "Sort by {0}");
pub const OPEN_ALL: Word = word("Åpne alle", "Opne alle", "Open all");
pub const CLOSE_ALL: Word = word("Lukk alle", "Lukk alle", "Close all");
pub const PRINT: Word = word("Skriv ut", "Skriv ut", "Print");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_put_in_place() {
        assert_eq!(LISTED_OF.with(Language::Nb, &["14", "60"]), "14 av 60 kandidater har fått plass");
    }
}
