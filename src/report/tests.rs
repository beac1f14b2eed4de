//! The list in all formats and languages, from the shipped rule sets.

use super::demo;
use super::sentence::{Reader, Speaker};
use super::trace::Secrets;
use super::{View, csv, html, xlsx};
use crate::clinical::Language;
use crate::model::ruleset::InputId;
use crate::score::result::State;
use crate::store::{Choice, DecisionKind};

#[test]
fn every_line_of_every_rule_set_reads_as_a_sentence() {
    let catalog = demo::catalog();
    let secrets = Secrets::of(&catalog.rule_sets);
    for (model, rule_set) in catalog.rule_sets.iter().enumerate() {
        for language in Language::ALL {
            let vocabulary = &catalog.vocabulary;
            let speaker = Speaker {
                vocabulary,
                language,
                reader: Reader::Doctor,
                on: demo::on(),
                since: Some(demo::on()),
                secrets: &secrets,
            };
            for state in [State::Met, State::Unknown] {
                let answer = demo::explained(rule_set, model, |_| state);
                for line in &answer.lines {
                    let text = speaker.line(rule_set, line, answer.outcome.score.as_ref()).text;
                    let place = format!("{} {:?} {language:?}: {text}", rule_set.id, line.part);
                    assert!(!text.is_empty() && !text.contains(['{', '}', '\u{fffc}']), "{place}");
                    assert!(!text.contains("()") && !text.contains("  ") && !text.contains(", )"), "{place}");
                }
            }
        }
    }
}

#[test]
fn sensitive_facts_never_reach_the_coordinator() {
    let catalog = demo::catalog();
    let secrets = Secrets::of(&catalog.rule_sets);
    let (vocabulary, language) = (&catalog.vocabulary, Language::Nb);
    let known = &vocabulary.frames.known_to_gp.nb;
    let coordinator =
        Speaker { vocabulary, language, reader: Reader::Coordinator, on: demo::on(), since: None, secrets: &secrets };
    let mut hidden = 0;
    for (model, rule_set) in catalog.rule_sets.iter().enumerate() {
        let answer = demo::explained(rule_set, model, |_| State::Met);
        for (criterion, line) in rule_set.criteria.iter().zip(&answer.lines) {
            let sentence = coordinator.line(rule_set, line, None);
            if criterion.sensitive || rule_set.inputs[criterion.input.0].sensitive {
                hidden += 1;
                assert_eq!(
                    (&sentence.text, sentence.sources.len(), sentence.date),
                    (known, 0, None),
                    "{}",
                    criterion.name
                );
            }
        }
        for (number, input) in rule_set.inputs.iter().enumerate().filter(|(_, input)| input.sensitive) {
            let fact = demo::fact(rule_set, InputId(number), 10).unwrap();
            assert!(secrets.hides_alone(&fact), "{} {}", rule_set.id, input.name);
        }
    }
    assert!(hidden > 0);
}

#[test]
fn the_formats_hold_every_row_and_nothing_dangerous() {
    for language in Language::ALL {
        let view = demo::view(language);
        assert_eq!(view.rows().count(), 8);
        let page = html::write(&view);
        assert!(page.starts_with("<!doctype html>") && page.contains(&format!("<html lang=\"{}\">", language.tag())));
        assert!(!page.contains("<b>Fjell") && !page.contains("src=") && !page.contains("href=\"h"));
        let table = csv::write(&view);
        assert_eq!((table.lines().count(), csv::rest(&view).unwrap().lines().count()), (10, 8));
        assert!(!table.contains(";=HYPERLINK"));
        let book = xlsx::write(&view, demo::on()).unwrap();
        assert_eq!(book, xlsx::write(&demo::view(language), demo::on()).unwrap());
        assert_eq!(page, html::write(&demo::view(language)));
        if let Some(folder) = std::env::var_os("TIDLIG_DEMO") {
            let folder = std::path::Path::new(&folder).join(language.tag());
            std::fs::create_dir_all(&folder).unwrap();
            for file in demo::files(language) {
                std::fs::write(folder.join(file.name), file.bytes).unwrap();
            }
        }
    }
}

#[test]
fn the_shown_parts_sum_to_the_score() {
    let view = demo::view(Language::En);
    for row in view.rows() {
        assert_eq!(row.priority, row.priority_parts.iter().map(|(_, points)| points).sum::<i32>());
        for score in &row.scores {
            let points = |text: &str| text.replace('−', "-").parse::<f64>().unwrap_or(0.0);
            let sum: f64 = score.lines.iter().map(|line| points(&line.points)).sum();
            assert!((sum - points(&score.score)).abs() < 1e-9, "{} of row {}", score.version, row.rank);
        }
    }
}

#[test]
fn a_medicine_that_counts_although_its_use_is_not_stated_says_so() {
    let catalog = demo::catalog();
    let secrets = Secrets::default();
    let (vocabulary, on) = (&catalog.vocabulary, demo::on());
    let criterion = |set: &crate::model::RuleSet| {
        set.criteria.iter().position(|criterion| criterion.text.nb == "Bruker {count} faste legemidler")
    };
    let (model, index) =
        catalog.rule_sets.iter().enumerate().find_map(|(model, set)| Some((model, criterion(set)?))).unwrap();
    let rule_set = &catalog.rule_sets[model];
    let mut line = demo::explained(rule_set, model, |_| State::Met).lines[index].clone();
    line.evidence.count = 5;
    for (language, plain) in [
        (Language::Nb, "Bruker 5 faste legemidler"),
        (Language::Nn, "Bruker 5 faste legemiddel"),
        (Language::En, "Takes 5 regular medicines"),
    ] {
        let speaker = Speaker { vocabulary, language, reader: Reader::Coordinator, on, since: None, secrets: &secrets };
        let said = |unstated: bool| {
            let mut line = line.clone();
            line.evidence.facts.iter_mut().for_each(|fact| fact.use_unstated = unstated);
            speaker.line(rule_set, &line, None).text
        };
        assert_eq!(said(false), plain);
        assert_eq!(said(true), format!("{plain} {}", vocabulary.frames.usage_unknown.get(language)));
    }
}

#[test]
fn a_change_is_told_in_per_cent_of_the_earlier_value() {
    let catalog = demo::catalog();
    let secrets = Secrets::default();
    let told = |set: &crate::model::RuleSet| {
        set.criteria.iter().position(|criterion| criterion.text.nb.starts_with("Vekttap {percent} %"))
    };
    let (model, index) =
        catalog.rule_sets.iter().enumerate().find_map(|(model, set)| Some((model, told(set)?))).unwrap();
    let rule_set = &catalog.rule_sets[model];
    let mut line = demo::explained(rule_set, model, |_| State::Met).lines[index].clone();
    line.evidence.old = Some(70.0);
    line.evidence.facts.truncate(1);
    line.evidence.facts[0].value = Some(66.4);
    let speaker = Speaker {
        vocabulary: &catalog.vocabulary,
        language: Language::Nb,
        reader: Reader::Doctor,
        on: demo::on(),
        since: None,
        secrets: &secrets,
    };
    let text = speaker.line(rule_set, &line, None).text;
    assert!(text.starts_with("Vekttap 5,1 % siste halvår"), "{text}");
}

#[test]
fn a_page_of_two_hundred_rows_stays_under_a_megabyte() {
    let catalog = demo::catalog();
    let list = demo::list_of(&catalog, 200, 1);
    let view = View::of(&list, demo::book(&catalog, &list), &demo::about(Language::Nb));
    let page = html::write(&view);
    assert!(page.len() < 1_000_000, "{} bytes", page.len());
}

#[test]
fn the_drop_down_offers_what_decide_understands() {
    for language in Language::ALL {
        for choice in Choice::ALL {
            assert_eq!(Choice::parse(choice.label(language)), Some(choice));
        }
        let page = html::write(&demo::view(language));
        for choice in Choice::ALL.into_iter().filter(|choice| choice.kind != DecisionKind::AddedByHand) {
            assert!(page.contains(&format!("\"name\":\"{}\"", choice.name())), "{choice:?}");
        }
    }
}

#[test]
fn who_may_see_what() {
    let files = demo::files(Language::Nb);
    let text =
        |name: &str| String::from_utf8(files.iter().find(|file| file.name == name).unwrap().bytes.clone()).unwrap();
    let own_page = files.iter().find(|file| file.name.contains("berit")).unwrap();
    let own_page = String::from_utf8(own_page.bytes.clone()).unwrap();
    for hidden in ["Skjermet Person", "Palliativ Person", "Hendelse Person"] {
        assert!(own_page.contains(hidden), "{hidden}");
        for file in files.iter().filter(|file| !file.name.starts_with("fastlege") && file.name.ends_with('l')) {
            assert!(!text(&file.name).contains(hidden), "{hidden} in {}", file.name);
        }
        assert!(!text("oppfolging.csv").contains(hidden));
    }
    // HIV is in the journal of the selected one: a fact for her doctor, and on no form.
    assert!(!text("skjema.html").contains("B90") && text("skjema.html").contains("K77"));
    assert!(text("skjema.html").contains("02.03.2026") || text("skjema.html").contains("18.02.2026"));
    // A missed appointment 89 days ago is recent, one 90 days ago is not.
    assert!(text("skjema.html").contains("03.12.2025") && !text("skjema.html").contains("02.12.2025"));
    for (name, word) in [("mote.html", "Uenighet"), ("journalnotat.html", "Foreslått fordi"), ("formaal.html", "F14")]
    {
        assert!(text(name).contains(word), "{name}");
    }
    let short = crate::report::purpose::short(Language::Nb);
    for file in files.iter().filter(|file| file.name.ends_with(".html")) {
        assert!(text(&file.name).contains(&short.replace('&', "&amp;")), "{}", file.name);
    }
}
