//! What an input looks for, in words and codes.

use super::runs::runs;
use super::words::{self, Word, either, fill, number, say};
use crate::clinical::{Code, CodeSystem, Language, Sex, Text};
use crate::model::named::Named;
use crate::model::ruleset::{
    Codes, Contact, Diagnosis, Input, InputId, InputKind, Medicine, Missing, ModelInput, Peers, RuleSet, Service,
    ServiceState,
};
use crate::model::vocabulary::Vocabulary;

/// Speaks of one rule set's inputs in one language.
pub struct Speaker<'a> {
    pub set: &'a RuleSet,
    pub vocabulary: &'a Vocabulary,
    pub language: Language,
}

const ON_DAYS: Word = ["på minst {} dager", "på minst {} dagar", "on at least {} days"];
const APART: Word = ["med minst {} dager imellom", "med minst {} dagar imellom", "at least {} days apart"];
const EXCEPT: Word = ["unntatt {}", "unnateke {}", "except {}"];

impl Speaker<'_> {
    pub(super) fn say(&self, word: Word) -> &'static str {
        say(self.language, word)
    }

    pub(super) fn fill(&self, word: Word, parts: &[&str]) -> String {
        fill(self.language, word, parts)
    }

    pub(super) fn number(&self, value: f64) -> String {
        number(self.language, &value.to_string())
    }

    /// What an input is called where another input builds on it.
    #[must_use]
    pub fn name(&self, id: InputId) -> String {
        let input = &self.set.inputs[id.0];
        match &input.label {
            Some(label) => label.get(self.language).to_owned(),
            None => self.describe(id),
        }
    }

    /// What an input looks for; parts that have a name of their own are named.
    #[must_use]
    pub fn describe(&self, id: InputId) -> String {
        let input = &self.set.inputs[id.0];
        let mut out = self.kind(&input.kind);
        self.answers(input, &mut out);
        out
    }

    /// The answers that are not the usual ones.
    fn answers(&self, input: &Input, out: &mut String) {
        let of_the_body = matches!(input.kind, InputKind::Measurement(_) | InputKind::Function(_));
        let mut parts = Vec::new();
        if input.missing != Missing::No || of_the_body {
            let words = ["mangler: {}", "manglar: {}", "missing: {}"];
            parts.push(self.fill(words, &[self.say(words::missing(input.missing))]));
        }
        if input.undelivered != Missing::Unknown {
            let words = ["kilden ikke levert: {}", "kjelda ikkje levert: {}", "source not delivered: {}"];
            parts.push(self.fill(words, &[self.say(words::missing(input.undelivered))]));
        }
        if !parts.is_empty() {
            out.push_str(&format!(" ({})", parts.join("; ")));
        }
    }

    fn kind(&self, kind: &InputKind) -> String {
        match kind {
            InputKind::Diagnosis(asked) => self.diagnosis(asked),
            InputKind::Medicine(asked) => self.medicine(asked),
            InputKind::Measurement(asked) => self.measurement(asked),
            InputKind::Contact(asked) => self.contact(asked),
            InputKind::Function(asked) => self.function(asked),
            InputKind::Service(asked) => self.service(asked),
            InputKind::Age { from, below } => self.age(*from, *below),
            InputKind::Sex(Sex::Female) => self.say(["kvinne", "kvinne", "woman"]).to_owned(),
            InputKind::Sex(Sex::Male) => self.say(["mann", "mann", "man"]).to_owned(),
            InputKind::LivesAlone => self.say(["bor alene", "bur åleine", "lives alone"]).to_owned(),
            InputKind::OnList { days, shorter } => self.on_list(*days, *shorter),
            InputKind::Any(of) => self.combined(["ett av: {}", "eitt av: {}", "one of: {}"], of),
            InputKind::All(of) => self.combined(["alt dette: {}", "alt dette: {}", "all of: {}"], of),
            InputKind::None(of) if of.len() == 1 => {
                self.fill(["ikke: {}", "ikkje: {}", "not: {}"], &[&self.name(of[0])])
            }
            InputKind::None(of) => self.combined(["ikke noe av: {}", "ikkje noko av: {}", "none of: {}"], of),
            InputKind::AtLeast { n, of } => {
                let words = ["minst {} av: {}", "minst {} av: {}", "at least {} of: {}"];
                self.fill(words, &[&n.to_string(), &self.parts(of)])
            }
            InputKind::DaysOf { of, days, apart } => {
                let days = self.days(*days, *apart);
                format!("{}: {}", days.trim_start_matches(", ").trim_start(), self.parts(of))
            }
            InputKind::Together { of, days, after } => self.together(of, *days, *after),
            InputKind::Model(asked) => self.model(asked),
            InputKind::Peers(asked) => self.peers(asked),
        }
    }

    fn combined(&self, word: Word, of: &[InputId]) -> String {
        if let [only] = of {
            return self.name(*only);
        }
        self.fill(word, &[&self.parts(of)])
    }

    pub(super) fn parts(&self, of: &[InputId]) -> String {
        let part = |id: &InputId| {
            let input = &self.set.inputs[id.0];
            let nested = input.label.is_none()
                && matches!(&input.kind, InputKind::Any(of) | InputKind::All(of) | InputKind::None(of) | InputKind::AtLeast { of, .. } if of.len() > 1);
            if nested { format!("({})", self.name(*id)) } else { self.name(*id) }
        };
        of.iter().map(part).collect::<Vec<_>>().join("; ")
    }

    /// `ICPC-2 T89 T90; ICD-10 E10, except …`.
    fn codes(&self, codes: &Codes) -> String {
        let list = |system: CodeSystem, codes: &[Code]| -> Option<String> {
            let texts: Vec<&str> = codes.iter().filter(|code| code.system == system).map(Code::as_str).collect();
            let texts = if system == CodeSystem::Atc { runs(&texts) } else { texts.join(" ") };
            (!texts.is_empty()).then(|| format!("{system} `{texts}`"))
        };
        let all = |codes: &[Code]| CodeSystem::ALL.iter().filter_map(|system| list(*system, codes)).collect::<Vec<_>>();
        let mut out = either(self.language, &all(&codes.include));
        if !codes.except.is_empty() {
            out = format!("{out} {}", self.fill(EXCEPT, &[&all(&codes.except).join("; ")]));
        }
        out
    }

    /// ` on at least 2 days, at least 28 days apart`.
    pub(super) fn days(&self, days: u32, apart: u32) -> String {
        let mut out = String::new();
        if days > 1 {
            out = format!(" {}", self.fill(ON_DAYS, &[&days.to_string()]));
        }
        if apart > 1 {
            out = format!("{out} {}", self.fill(APART, &[&apart.to_string()]));
        }
        out
    }

    fn diagnosis(&self, asked: &Diagnosis) -> String {
        let mut out = self.codes(&asked.codes);
        if asked.distinct_codes {
            let words = [", minst {} ulike koder", ", minst {} ulike kodar", ", at least {} different codes"];
            out.push_str(&self.fill(words, &[&asked.days.to_string()]));
        } else {
            out.push_str(&self.days(asked.days, asked.apart));
        }
        if !asked.from.is_empty() {
            let part = |name: &String| {
                self.say(match name.as_str() {
                    "hospital" => ["sykehus", "sjukehus", "hospital"],
                    "municipal" => ["kommune", "kommune", "the municipality"],
                    _ => ["fastlege", "fastlege", "the GP"],
                })
            };
            let parts: Vec<String> = asked.from.iter().map(|name| part(name).to_owned()).collect();
            out.push_str(&self.fill([" fra {}", " frå {}", " from {}"], &[&either(self.language, &parts)]));
        }
        if let Some(age) = asked.aged_from {
            out.push_str(
                &self.fill([" fra fylte {} år", " frå fylte {} år", " from the age of {}"], &[&age.to_string()]),
            );
        }
        format!("{out}, {}", words::window(self.language, asked.window))
    }

    fn medicine(&self, asked: &Medicine) -> String {
        let mut out = if asked.codes.include.is_empty() {
            let any = self.say(["legemidler", "legemiddel", "medicines"]).to_owned();
            let except = self.codes(&asked.codes);
            format!("{any}{except}")
        } else {
            self.codes(&asked.codes)
        };
        out = format!("{out}, {}", self.say(words::usage(asked.usage)));
        if asked.usage.counts_days() {
            out.push_str(&self.days(asked.at_least, asked.apart));
        } else if asked.at_least > 1 {
            let words = [", minst {} ulike", ", minst {} ulike", ", at least {} different ones"];
            out.push_str(&self.fill(words, &[&asked.at_least.to_string()]));
        }
        if asked.usage.has_window() {
            out = format!("{out}, {}", words::window(self.language, asked.window));
        }
        out
    }

    pub(super) fn labels(&self, names: &[String], known: &Named<Text>) -> Vec<String> {
        let label =
            |name: &String| known.get(name).map_or_else(|| name.clone(), |text| text.get(self.language).to_owned());
        names.iter().map(label).collect()
    }

    fn contact(&self, asked: &Contact) -> String {
        let mut out = either(self.language, &self.labels(&asked.kinds, &self.vocabulary.contacts));
        if !asked.roles.is_empty() {
            let mut roles = self.labels(&asked.roles, &self.vocabulary.roles);
            let unstated = self.say(["uoppgitt rolle", "rolle ikkje oppgitt", "role not stated"]);
            roles.iter_mut().filter(|role| role.is_empty()).for_each(|role| unstated.clone_into(role));
            let roles = either(self.language, &roles);
            out.push_str(&self.fill([" hos {}", " hos {}", " with {}"], &[&roles]));
        }
        out.push_str(&self.days(asked.days, 1));
        if let Some(days) = asked.doubled_since {
            let words = [
                ", minst dobbelt så ofte som de {} dagene før",
                ", minst dobbelt så ofte som dei {} dagane før",
                ", at least twice as often as in the {} days before",
            ];
            out.push_str(&self.fill(words, &[&days.to_string()]));
        }
        if !asked.answered_by.is_empty() {
            let answers = either(self.language, &self.labels(&asked.answered_by, &self.vocabulary.contacts));
            out.push_str(&self.fill([", uten {} etter", ", utan {} etter", ", without {} afterwards"], &[&answers]));
        }
        format!("{out}, {}", words::window(self.language, asked.window))
    }

    fn service(&self, asked: &Service) -> String {
        let known = &self.vocabulary.services;
        let mut out = match asked.services.as_slice() {
            [] => self.say(["tjenester", "tenester", "services"]).to_owned(),
            services => either(self.language, &self.labels(services, known)),
        };
        if !asked.except.is_empty() {
            let except = either(self.language, &self.labels(&asked.except, known));
            out = format!("{out} {}", self.fill(EXCEPT, &[&except]));
        }
        if asked.at_least > 1 {
            let words = [", minst {} ulike", ", minst {} ulike", ", at least {} different ones"];
            out.push_str(&self.fill(words, &[&asked.at_least.to_string()]));
        }
        let state = match asked.state {
            ServiceState::Active => return format!("{out}, {}", self.say(["i gang", "i gang", "active"])),
            ServiceState::Started => ["startet", "starta", "started"],
            ServiceState::Ended => ["avsluttet", "avslutta", "ended"],
            ServiceState::Seen => ["i gang en gang", "i gang ein gong", "active at some time"],
        };
        format!("{out}, {}, {}", self.say(state), words::window(self.language, asked.window))
    }

    fn age(&self, from: Option<i32>, below: Option<i32>) -> String {
        let text = |n: Option<i32>| n.unwrap_or_default().to_string();
        match (from, below) {
            (Some(_), None) => self.fill(["{} år eller eldre", "{} år eller eldre", "aged {} or more"], &[&text(from)]),
            (None, Some(_)) => self.fill(["under {} år", "under {} år", "aged below {}"], &[&text(below)]),
            _ => {
                let last = below.map(|n| n - 1);
                self.fill(["{}–{} år", "{}–{} år", "aged {}–{}"], &[&text(from), &text(last)])
            }
        }
    }

    fn model(&self, asked: &ModelInput) -> String {
        let mut out = self.fill(["regelsettet `{}`", "regelsettet `{}`", "the rule set `{}`"], &[&asked.id]);
        if !asked.bands.is_empty() {
            let names: Vec<String> = asked.bands.iter().map(|name| format!("`{name}`")).collect();
            out = format!("{out}: {}", either(self.language, &names));
        }
        let points = |points: crate::clinical::Points| number(self.language, &points.to_string());
        if let Some(limit) = asked.at_least {
            out = format!("{out} ≥ {}", points(limit));
        }
        if let Some(limit) = asked.below {
            out = format!("{out} < {}", points(limit));
        }
        if asked.days_ago > 0 {
            let words = [", {} dager tidligere", ", {} dagar tidlegare", ", {} days earlier"];
            out.push_str(&self.fill(words, &[&asked.days_ago.to_string()]));
        }
        out
    }

    fn peers(&self, asked: &Peers) -> String {
        let words = [
            "færre dager med {} enn liknende pasienter (samme alder, kjønn og antall tilstander; minst {} personer; nedre hale høyst {}), {}",
            "færre dagar med {} enn liknande pasientar (same alder, kjønn og tal på tilstandar; minst {} personar; nedre hale høgst {}), {}",
            "fewer days with {} than similar patients (same age, sex and number of conditions; at least {} people; lower tail at most {}), {}",
        ];
        let contacts = either(self.language, &self.labels(&asked.contacts, &self.vocabulary.contacts));
        let window = words::window(self.language, asked.window);
        self.fill(words, &[&contacts, &asked.least_peers.to_string(), &self.number(asked.tail_at_most), &window])
    }
}
