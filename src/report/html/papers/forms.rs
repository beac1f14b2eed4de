//! The coordinator's form for each selected patient: half a page of known facts, and room for what only she can tell.

use std::fmt::Write;

use super::{page, person};
use crate::clinical::Language;
use crate::report::about::About;
use crate::report::followed::FollowedView;
use crate::report::front::Front;
use crate::report::html::sheet::escape;
use crate::report::phrases;
use crate::report::row::Reason;
use crate::report::words::{self, Word, word};

pub const TITLE: Word = word("PHT-koordinatorskjema", "PHT-koordinatorskjema", "Coordinator's form");
const HISTORY: Word = word("Kort sykehistorie", "Kort sjukehistorie", "History in short");
const CHANGES: Word = word("Endringer siste 90 dager", "Endringar siste 90 dagar", "Changes in the last 90 days");
const NO_CHANGES: Word = word("Ingen funnet i uttrekket", "Fann ingen i uttrekket", "None found in the extract");
const WORK: Word = word("Jobb eller daglig aktivitet", "Jobb eller dagleg aktivitet", "Work or daily activity");
const CARER: Word = word("Omsorgspersoner og pårørende", "Omsorgspersonar og pårørande", "Carers and next of kin");
const CONSENT: Word =
    word("Samtykke: hva, til hvem, dato", "Samtykke: kva, til kven, dato", "Consent: what, to whom, date");
const GOALS: Word = word("Mål, ressurser og behov", "Mål, ressursar og behov", "Goals, resources and needs");
const YES_NO: Word = word("☐ ja  ☐ nei", "☐ ja  ☐ nei", "☐ yes  ☐ no");
/// FastFrail's three questions, which a Norwegian practice cannot read from its journal.
const FAST_FRAIL: [Word; 3] = [
    word("Bruker ganghjelpemiddel", "Brukar ganghjelpemiddel", "Uses a walking aid"),
    word(
        "Går ut alene mer enn én gang i uken",
        "Går ut åleine meir enn éin gong i veka",
        "Goes out alone more than once a week",
    ),
    word("Får hjelp hver uke", "Får hjelp kvar veke", "Has help every week"),
];
/// From this age on the form asks for FastFrail. PROPOSAL: CFS, which it stands in for, is not validated below it.
const FRAIL_FROM: i32 = 65;
/// Changes on the form; more would not fit on half a page (PROPOSAL).
const CHANGES_SHOWN: usize = 8;

/// Two forms to a page.
#[must_use]
pub fn write(all: &[FollowedView], front: &Front, about: &About) -> String {
    let mut body = String::new();
    for followed in all {
        of_person(&mut body, followed, about);
    }
    if all.is_empty() {
        let _ = writeln!(body, "<p>{}</p>", escape(phrases::NOBODY.get(about.language)));
    }
    page(TITLE.get(about.language), front, about, &body, "")
}

fn of_person(out: &mut String, followed: &FollowedView, about: &About) {
    let language = about.language;
    let row = &followed.row;
    let _ = write!(
        out,
        "<section class=\"card half\"><div class=\"who\"><h2>{}</h2><span>{}: {}</span></div>",
        person(&row.name, &row.initials, &row.birth),
        escape(words::GP.get(language)),
        escape(&row.gp),
    );
    let plan = [
        followed.task.clone(),
        phrases::OWNED_BY.with(language, &[&followed.owner]),
        phrases::REVIEW_ON.with(language, &[&followed.review]),
    ];
    let _ = write!(out, "<p class=\"soft\">{}</p><div class=\"two facts\"><div>", escape(&plan.join(" · ")));
    let mut history: Vec<String> =
        row.groups.iter().map(|group| format!("{}: {}", group.name, group.band_and_score())).collect();
    history.extend(row.reasons.iter().map(Reason::whole));
    items(out, HISTORY, &history, "", language);
    items(out, words::HAS, &row.services, words::NONE_RECORDED.get(language), language);
    out.push_str("</div><div>");
    items(out, CHANGES, &changes(followed, language), NO_CHANGES.get(language), language);
    out.push_str("</div></div><div class=\"two\"><div>");
    blank(out, phrases::MATTERS, &followed.matters, language);
    blank(out, if row.is_child { GOALS } else { WORK }, "", language);
    out.push_str("</div><div>");
    blank(out, CARER, "", language);
    blank(out, CONSENT, "", language);
    out.push_str("</div></div>");
    if row.birth_on.is_some_and(|birth| birth.age_on(about.index_day) >= FRAIL_FROM) {
        fast_frail(out, language);
    }
    out.push_str("</section>\n");
}

/// Newest first, the rest counted.
fn changes(followed: &FollowedView, language: Language) -> Vec<String> {
    let mut told: Vec<String> =
        followed.changes.iter().take(CHANGES_SHOWN).map(|change| change.told(language)).collect();
    let rest = followed.changes.len().saturating_sub(CHANGES_SHOWN);
    if rest > 0 {
        told.push(words::MORE_FACTS.with(language, &[&rest.to_string()]));
    }
    told
}

fn items(out: &mut String, title: Word, values: &[String], none: &str, language: Language) {
    let _ = write!(out, "<h3>{}</h3>", escape(title.get(language)));
    if values.is_empty() {
        let _ = write!(out, "<p class=\"soft\">{}</p>", escape(none));
        return;
    }
    let items: String = values.iter().map(|value| format!("<li>{}</li>", escape(value))).collect();
    let _ = write!(out, "<ul>{items}</ul>");
}

/// A heading and room to write.
fn blank(out: &mut String, title: Word, known: &str, language: Language) {
    let _ = write!(
        out,
        "<h3>{}</h3><div class=\"blank\">{}</div><div class=\"blank\"></div>",
        escape(title.get(language)),
        escape(known)
    );
}

fn fast_frail(out: &mut String, language: Language) {
    out.push_str("<h3>FastFrail</h3><div class=\"two\">");
    for question in FAST_FRAIL {
        let _ = write!(
            out,
            "<div class=\"ask\">{}<span>{}</span></div>",
            escape(question.get(language)),
            escape(YES_NO.get(language))
        );
    }
    out.push_str("</div>");
}
