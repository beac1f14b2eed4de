//! What may be decided in the page: the choices with their fields, the bar that saves them, and adding someone by hand.

use std::fmt::Write;

use serde_json::{Value, json};

use super::sheet::escape;
use crate::clinical::Language;
use crate::report::decided;
use crate::report::phrases;
use crate::report::sentence::Reader;
use crate::report::view::View;
use crate::report::words::{self, Word, word};
use crate::store::decision::SAID_WITHIN;
use crate::store::{Choice, Days, DecisionKind, Judge, Limits};

pub(super) const CHOOSE: Word = word("Avgjør …", "Avgjer …", "Decide …");
pub(super) const HIDE_PARTS: Word = word("Skjul poeng", "Gøym poeng", "Hide points");
pub(super) const NEEDED: Word = word("Må fylles ut", "Må fyllast ut", "Must be filled in");
pub(super) const NEEDED_ALL: Word = word(
    "Fyll ut navn, fødselsdato og begrunnelse",
    "Fyll ut namn, fødselsdato og grunngjeving",
    "Fill in name, birth date and reason",
);
pub(super) const BETWEEN_DAYS: Word =
    word("Velg en dato fra {0} til {1}", "Vel ein dato frå {0} til {1}", "Choose a date from {0} to {1}");
pub(super) const READY: Word = word("✓ klar", "✓ klar", "✓ ready");
pub(super) const INCOMPLETE: Word = word("! mangler noe", "! manglar noko", "! incomplete");
pub(super) const ONE: Word = word("{0} avgjørelse", "{0} avgjerd", "{0} decision");
pub(super) const SEVERAL: Word = word("{0} avgjørelser", "{0} avgjerder", "{0} decisions");
pub(super) const OPEN: Word = word("{0} mangler noe", "{0} manglar noko", "{0} incomplete");
pub(super) const CANNOT_SAVE: Word = word(
    "Ikke lagret. Fyll ut det som mangler for {0}.",
    "Ikkje lagra. Fyll ut det som manglar for {0}.",
    "Not saved. Fill in what is missing for {0}.",
);
pub(super) const SAVED: Word = word(
    "Lagret som {0}. Legg filen i innboksen, eller kjør tidlig decide.",
    "Lagra som {0}. Legg fila i innboksen, eller køyr tidlig decide.",
    "Saved as {0}. Put the file into the inbox, or run tidlig decide.",
);
pub(super) const FILE_NAME: Word = word("avgjorelser", "avgjerder", "decisions");
pub(super) const REMOVE: Word = word("Fjern", "Fjern", "Remove");
const SAVE: Word = word("Lagre avgjørelser", "Lagre avgjerder", "Save decisions");
const BY: Word = word("Avgjort av", "Avgjort av", "Decided by");
const ROLE: Word = word("Rolle", "Rolle", "Role");
const ADD_SOMEONE: Word = word(
    "Legg til en person som ikke står på listen",
    "Legg til ein person som ikkje står på lista",
    "Add someone who is not on the list",
);
const REASON: Word = word("Begrunnelse", "Grunngjeving", "Reason");

// The fields' names, by decision.
const REVIEW_DATE: Word = word("Evalueringsdato", "Evalueringsdato", "Review date");
const NOT_BEFORE: Word = word("Ikke før", "Ikkje før", "Not before");
const SAID_ON: Word = word("Dato", "Dato", "Date");
const UNTIL: Word = word("Til og med", "Til og med", "Until");
const BACK_ON: Word =
    word("Tilbake fra (tom: {0} dager)", "Tilbake frå (tom: {0} dagar)", "Back from (empty: {0} days)");
const SPOKE: Word = word("Hvem snakket du med?", "Kven snakka du med?", "Whom did you speak with?");
const GUARDIAN: Word = word("Foresatte", "Føresette", "Guardian");
const FOLLOWER: Word = word("Følges opp av", "Blir følgd opp av", "Followed up by");
const WHICH_LINE: Word = word("Hvilken linje er feil?", "Kva linje er feil?", "Which line is wrong?");
const JUDGED_BY: Word = word("Vurdert av", "Vurdert av", "Judged by");

/// One field: its name in the file and its label.
type Field = (&'static str, Word);

/// What a choice asks for: its fields, and those that must be filled in.
struct Asked {
    fields: &'static [Field],
    must: &'static [&'static str],
}

/// The choices of a row, for the script.
pub(super) fn choices(view: &View) -> Value {
    let of_rows = Choice::ALL.into_iter().filter(|choice| choice.kind != DecisionKind::AddedByHand);
    of_rows.map(|choice| spelled_out(choice, view.language, view.limits)).collect()
}

fn spelled_out(choice: Choice, language: Language, limits: Limits) -> Value {
    let Asked { fields, must } = asked(choice.kind);
    let days = days(choice.kind, limits);
    let label = |label: &Word| label.with(language, &[&days.usual.to_string()]);
    let fields: Vec<(&str, String)> = fields.iter().map(|(name, word)| (*name, label(word))).collect();
    let mut all = json!({
        "name": choice.name(),
        "label": choice.label(language),
        "fields": fields,
        "must": must,
        "earliest": days.least,
        "latest": days.most,
    });
    if choice.kind == DecisionKind::NotRelevant {
        let judges = [("doctor", Judge::Doctor), ("nurse", Judge::Nurse)];
        all["who_is"] = judges.map(|(name, judge)| json!([name, decided::judge(judge).get(language)])).into();
    }
    all
}

/// TARGET_GROUPS.md 2.6: what each decision must hold.
fn asked(kind: DecisionKind) -> Asked {
    const NOTE: Field = ("note", phrases::NOTE);
    match kind {
        DecisionKind::Selected => Asked {
            fields: &[
                ("task", phrases::TASK_CHOSEN),
                ("who", phrases::OWNER),
                ("date", REVIEW_DATE),
                ("matters", phrases::MATTERS),
                NOTE,
            ],
            must: &["task", "who", "date"],
        },
        DecisionKind::NotNow => Asked { fields: &[("date", NOT_BEFORE), NOTE], must: &["date"] },
        DecisionKind::Declined => {
            Asked { fields: &[("who", SPOKE), ("date", SAID_ON), ("guardian", GUARDIAN), NOTE], must: &["who", "date"] }
        }
        DecisionKind::AlreadyFollowed => {
            Asked { fields: &[("who", FOLLOWER), ("date", UNTIL), NOTE], must: &["who", "date"] }
        }
        DecisionKind::WrongData => Asked { fields: &[("line", WHICH_LINE), NOTE], must: &["line"] },
        DecisionKind::NotRelevant => {
            Asked { fields: &[("who", JUDGED_BY), ("note", REASON), ("date", BACK_ON)], must: &["who", "note"] }
        }
        DecisionKind::AddedByHand => Asked { fields: &[("note", REASON)], must: &["note"] },
    }
}

/// From when to when the date of a choice may lie, counted from the list's day.
fn days(kind: DecisionKind, limits: Limits) -> Days {
    match kind {
        DecisionKind::Selected => limits.review,
        DecisionKind::NotNow => limits.not_now,
        DecisionKind::AlreadyFollowed => limits.followed,
        DecisionKind::NotRelevant => limits.judged,
        // Said within the weeks that the list is worked with, or before it was made.
        DecisionKind::Declined => Days { least: -SAID_WITHIN, usual: 0, most: 27 },
        DecisionKind::WrongData | DecisionKind::AddedByHand => Days { least: 0, usual: 0, most: 0 },
    }
}

/// Stays at the foot of the window while there is something to save.
pub(super) fn bar(out: &mut String, view: &View) {
    let word = |word: Word| escape(word.get(view.language));
    let _ = write!(
        out,
        "<div class=\"save\" role=\"region\" aria-label=\"{0}\" hidden><output aria-live=\"polite\"></output>\
         <label>{1} <input name=\"by\" autocomplete=\"off\" maxlength=\"80\" list=\"people\"></label>\
         <label>{2} <input name=\"role\" autocomplete=\"off\" maxlength=\"60\"></label>\
         <button type=\"button\">{0}</button></div>\n<datalist id=\"people\">",
        word(SAVE),
        word(BY),
        word(ROLE),
    );
    for name in &view.people {
        let _ = write!(out, "<option value=\"{}\">", escape(name));
    }
    out.push_str("</datalist>\n");
}

/// A form for someone who is not on the list; hidden until the script can serve it.
pub(super) fn added_by_hand(out: &mut String, view: &View) {
    if view.reader == Reader::Doctor {
        return;
    }
    let word = |word: Word| escape(word.get(view.language));
    let _ = writeln!(
        out,
        "<section class=\"of-list add\" id=\"add\" aria-labelledby=\"add-title\" hidden><h2 id=\"add-title\">{}</h2><div class=\"fields\">\
         <div class=\"field\"><label for=\"add-name\">{}</label><input id=\"add-name\" name=\"name\" autocomplete=\"off\" maxlength=\"120\"></div>\
         <div class=\"field\"><label for=\"add-born\">{}</label><input id=\"add-born\" name=\"born\" type=\"date\"></div>\
         <div class=\"field note\"><label for=\"add-note\">{}</label><input id=\"add-note\" name=\"note\" autocomplete=\"off\" maxlength=\"500\"></div>\
         <button type=\"button\">{}</button></div><p class=\"wrong\" role=\"alert\" hidden></p><ul class=\"plain\"></ul></section>",
        word(ADD_SOMEONE),
        word(words::NAME),
        word(words::BIRTH),
        word(REASON),
        word(phrases::ADD),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::demo;

    #[test]
    fn dates_keep_to_the_policys_own_limits() {
        let mut view = demo::view(Language::Nb);
        view.limits.not_now.most = 10;
        view.limits.judged = Days { least: 5, usual: 77, most: 99 };
        let choices = choices(&view);
        let choice = |name: &str| choices.as_array().unwrap().iter().find(|of| of["name"] == name).unwrap().clone();
        assert_eq!((&choice("not_now")["earliest"], &choice("not_now")["latest"]), (&json!(1), &json!(10)));
        let judged = choice("not_relevant");
        assert_eq!((&judged["earliest"], &judged["latest"]), (&json!(5), &json!(99)));
        assert!(judged["fields"].to_string().contains("tom: 77 dager"), "{judged}");
    }
}
