//! Words of the loop: decisions, what a row is marked with, the parts of the list, and the papers made from it.

use super::words::{Word, word};

// Headings of the fields that she fills in, and of what `tidlig decide` finds the row by.
pub const DECISION_DATE: Word = word("Dato", "Dato", "Date");
pub const WHO: Word = word("Hvem", "Kven", "Who");
pub const TASK_CHOSEN: Word = word("Oppgave", "Oppgåve", "Task");
pub const LINE: Word = word("Linje", "Linje", "Line");
pub const NOTE: Word = word("Notat", "Notat", "Note");
pub const ROW_KEY: Word = word("Rad", "Rad", "Row");
pub const RUN_ID: Word = word("Kjøring", "Køyring", "Run");
pub const BEFORE: Word = word("Forrige avgjørelse", "Førre avgjerd", "Previous decision");
pub const INITIALS: Word = word("Initialer", "Initialar", "Initials");

// The parts of the list.
pub const ADULTS: Word = word("Til oppfølging", "Til oppfølging", "For outreach");
pub const CHILDREN: Word = word("Barn og unge", "Barn og unge", "Children and youth");
pub const REVIEWS: Word = word("Til evaluering", "Til evaluering", "Due for review");
pub const SNOOZED: Word = word("Utsatt, ny hendelse", "Utsett, ny hending", "Snoozed, new event");
pub const MESSAGES: Word = word("Hendelser hos andre", "Hendingar hos andre", "Events with others");
pub const CORRECTIONS: Word = word("Rettes i journalen", "Rettast i journalen", "Correct in journal");
pub const ORPHANS: Word = word("Oppgaver uten eier", "Oppgåver utan eigar", "Tasks without an owner");
pub const ADD: Word = word("Legg til", "Legg til", "Add");
pub const PRINTED: Word = word("Utskrift", "Utskrift", "Print");
pub const SHIELDED: Word = word("Skjermet – bare fastlegen", "Skjerma – berre fastlegen", "Shielded – GP only");
pub const PALLIATIVE: Word = word("Mulig palliativ fase", "Mogleg palliativ fase", "Possible palliative phase");
pub const GP_EVENTS: Word =
    word("Hendelser bare fastlegen ser", "Hendingar berre fastlegen ser", "Events for the GP only");
pub const CHILDREN_NOTE: Word = word(
    "Egen liste. Fastlegen og barnets sykepleier bekrefter før noen ringer.",
    "Eiga liste. Fastlegen og sjukepleiaren til barnet stadfestar før nokon ringjer.",
    "A list of its own. GP and the child's nurse confirm before anyone calls.",
);
pub const REVIEWS_NOTE: Word = word(
    "Valgt før, og evalueringsdatoen er kommet. Ikke nye.",
    "Valde før, og evalueringsdatoen er komen. Ikkje nye.",
    "Selected before, and the review date has come. Not new.",
);
pub const SNOOZED_NOTE: Word = word(
    "Skjult av en tidligere avgjørelse, men noe nytt har skjedd. Står også i hovedlisten.",
    "Gøymd av ei tidlegare avgjerd, men noko nytt har hendt. Står òg i hovudlista.",
    "Hidden by an earlier decision, but something new has happened. Also on the main list.",
);
pub const MESSAGES_NOTE: Word = word(
    "Følges allerede av den som er nevnt; gi beskjed om hendelsen.",
    "Blir alt følgd av den som er nemnd; gi beskjed om hendinga.",
    "Already followed by the one named; tell them of the event.",
);
pub const CORRECTIONS_NOTE: Word = word(
    "Noen har sagt at opplysningen er feil. Den teller ikke før den er rettet eller endret i journalen. tidlig retter aldri i journalen.",
    "Nokon har sagt at opplysinga er feil. Ho tel ikkje før ho er retta eller endra i journalen. tidlig rettar aldri i journalen.",
    "Someone found the fact to be wrong. It does not count until the journal is corrected or changed. tidlig never edits the journal.",
);
pub const ORPHANS_NOTE: Word = word(
    "Den som eier oppgaven, er borte eller har sluttet.",
    "Den som eig oppgåva, er borte eller har slutta.",
    "The owner of the task is away or has left.",
);
pub const SHIELDED_NOTE: Word = word(
    "Vises bare her. Fastlegen handler alene; ingenting sendes videre til koordinatoren.",
    "Blir vist berre her. Fastlegen handlar åleine; ingenting går vidare til koordinatoren.",
    "Shown here alone. The GP acts alone; nothing goes on to the coordinator.",
);
pub const PALLIATIVE_NOTE: Word = word(
    "Mulig palliativ fase – fastlegen avgjør",
    "Mogleg palliativ fase – fastlegen avgjer",
    "Possible palliative phase – GP decides",
);
pub const GP_EVENTS_NOTE: Word =
    word("Vises ikke for koordinatoren.", "Blir ikkje vist for koordinatoren.", "Not shown to the coordinator.");
pub const NOBODY: Word = word("Ingen.", "Ingen.", "None.");

// What a row is marked with.
pub const NEW_EVENT: Word = word("Ny hendelse: {0}", "Ny hending: {0}", "New event: {0}");
pub const MOVED_UP: Word = word(
    "Flyttet opp for jevn fordeling mellom fastleger",
    "Flytta opp for jamn fordeling mellom fastlegar",
    "Moved up for fair sharing between GPs",
);
pub const BY_HAND: Word = word("Lagt til manuelt", "Lagd til manuelt", "Added manually");
pub const WEEKS: Word = word("{0} uker på listen", "{0} veker på lista", "{0} weeks on the list");
pub const ASKS: Word = word(
    "{0} uker uten avgjørelse – skal raden stå?",
    "{0} veker utan avgjerd – skal rada stå?",
    "{0} weeks without a decision – should the row stay?",
);
pub const NOT_NOW_OVER: Word = word("Utsettelsen er over", "Utsetjinga er over", "The wait is over");
pub const NOT_FOLLOWED: Word =
    word("Fant ikke oppfølging etter {0}", "Fann ikkje oppfølging etter {0}", "No follow-up found since {0}");
pub const FOLLOW_UP_OVER: Word =
    word("Annen oppfølging er over", "Anna oppfølging er over", "The other follow-up is over");
pub const JUDGED_OVER: Word =
    word("Tiden for faglig vurdering er over", "Tida for fagleg vurdering er over", "The clinical judgement has ended");
pub const OVERDUE: Word = word("Forfalt {0}", "Forfall {0}", "Overdue since {0}");
pub const DUE: Word = word("Evalueres {0}", "Skal evaluerast {0}", "Review on {0}");
pub const NO_COORDINATOR: Word =
    word("Ingen koordinator registrert", "Ingen koordinator registrert", "No coordinator recorded");
pub const COORDINATOR_UNKNOWN: Word =
    word("Koordinator: kilden mangler", "Koordinator: kjelda manglar", "Coordinator: source missing");
pub const TELL: Word = word("Gi beskjed til {0}", "Gi beskjed til {0}", "Tell {0}");
pub const SUGGESTED_OWNER: Word = word("foreslått: {0}", "føreslått: {0}", "suggested: {0}");
pub const NOBODY_PRESENT: Word =
    word("ingen til stede kan ta den", "ingen til stades kan ta ho", "nobody present can take it");

// A decision told.
pub const OWNED_BY: Word = word("ansvarlig {0}", "ansvarleg {0}", "owner {0}");
pub const REVIEW_ON: Word = word("evaluering {0}", "evaluering {0}", "review {0}");
pub const UNTIL: Word = word("til {0}", "til {0}", "until {0}");
pub const SPOKE: Word = word("snakket med: {0}", "snakka med: {0}", "spoke: {0}");
pub const LINE_NUMBER: Word = word("linje {0}", "linje {0}", "line {0}");

// Counters on top.
pub const COUNT_REVIEWS: Word = word("{0} til evaluering", "{0} til evaluering", "{0} due for review");
pub const COUNT_SNOOZED: Word =
    word("{0} utsatt med ny hendelse", "{0} utsette med ny hending", "{0} snoozed with a new event");
pub const COUNT_HELD: Word = word("{0} holdt tilbake", "{0} haldne tilbake", "{0} held back");
pub const PURPOSE_VERSION: Word = word(
    "tidlig {0} · kjøring {1} · tiltenkt formål og farer: formaal.html",
    "tidlig {0} · køyring {1} · tiltenkt føremål og farar: formaal.html",
    "tidlig {0} · run {1} · intended purpose and hazards: formaal.html",
);
pub const MATTERS: Word = word("Hva er viktig for deg?", "Kva er viktig for deg?", "What matters to you?");
pub const OWNER: Word = word("Ansvarlig", "Ansvarleg", "Owner");
pub const BACK: Word = word("Tilbake", "Tilbake", "Back");
pub const INSTEAD: Word = word("Kan ta den", "Kan ta ho", "Could take it");
pub const CONFIRMED: Word = word("bekreftet", "stadfesta", "confirmed");
pub const NOT_CONFIRMED: Word = word("nei, fordi:", "nei, fordi:", "no, because:");
pub const FOUND_WRONG: Word = word("{0}, sagt av {1}", "{0}, sagt av {1}", "{0}, said by {1}");
pub const PUT_RIGHT: Word = word("Rettet i journalen", "Retta i journalen", "Corrected in the journal");
pub const REPORTED: Word = word("Meldt", "Meldt", "Reported");

pub const HOW_TO_DECIDE: [Word; 3] = [
    word(
        "Avgjør i de gule feltene, eller i nettsiden, og lagre. Legg filen i innboksen, eller kjør «tidlig decide». De skjulte kolonnene «Rad» og «Kjøring» må stå som de er.",
        "Avgjer i dei gule felta, eller i nettsida, og lagre. Legg fila i innboksen, eller køyr «tidlig decide». Dei skjulte kolonnane «Rad» og «Køyring» må stå som dei er.",
        "Decide in the yellow fields, or in the page, and save. Put the file into the inbox, or run “tidlig decide”. The hidden columns “Row” and “Run” must stay as they are.",
    ),
    word(
        "Valgt: oppgave, hvem og evalueringsdato. Ikke nå før: dato. Takket nei: hvem som sa det, og dato. Allerede fulgt opp: av hvem og til når. Feil opplysning: hvilken linje. Ikke aktuell: fastlege eller sykepleier, og grunnen i notatet.",
        "Vald: oppgåve, kven og evalueringsdato. Ikkje no før: dato. Takka nei: kven som sa det, og dato. Alt følgt opp: av kven og til når. Feil opplysing: kva linje. Ikkje aktuell: fastlege eller sjukepleiar, og grunnen i notatet.",
        "Selected: task, who and review date. Not now until: date. Declined: who said so, and the date. Already followed up: by whom and until when. Wrong data: which line. Not relevant: GP or nurse, and the reason in the note.",
    ),
    word(
        "Skriv ut arket «Utskrift» eller nettsiden: der står bare initialer. Kjør «tidlig verify-list» før dere ringer.",
        "Skriv ut arket «Utskrift» eller nettsida: der står berre initialar. Køyr «tidlig verify-list» før de ringjer.",
        "Print the sheet “Print” or the page: they hold initials only. Run “tidlig verify-list” before you call.",
    ),
];
pub const FREE_MINUTES: Word =
    word("{0} ledige minutter, {1} plasser", "{0} ledige minutt, {1} plassar", "{0} free minutes, {1} places");
pub const POLICY_SHORT: Word = word("regelversjon {0}", "regelversjon {0}", "rule version {0}");
pub const POLICY: Word = word("Regler for listen", "Reglar for lista", "Policy of the list");
pub const ADOPTED: Word =
    word("{0}, vedtatt av legekontoret", "{0}, vedteken av legekontoret", "{0}, adopted by the practice");
pub const PROPOSED: Word = word("{0}, forslag", "{0}, framlegg", "{0}, a proposal");
