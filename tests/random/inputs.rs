//! Random inputs of every kind.

use super::journal::{ATC, ICD10, ICPC2, INSTRUMENTS, PARTS, ROLES, SERVICES};
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};
use tidlig::clinical::{Code, CodeSystem, Points, Sex, Text, Window};
use tidlig::journal::tables::ContactKind;
use tidlig::model::ruleset::*;

/// An input that asks the journal, or the person, directly.
pub fn leaf() -> BoxedStrategy<InputKind> {
    prop_oneof![
        4 => diagnosis().prop_map(InputKind::Diagnosis),
        4 => medicine().prop_map(InputKind::Medicine),
        4 => measurement().prop_map(InputKind::Measurement),
        3 => contact().prop_map(InputKind::Contact),
        3 => function().prop_map(InputKind::Function),
        3 => service().prop_map(InputKind::Service),
        1 => (prop::option::of(0..90), prop::option::of(0..90)).prop_map(|(from, below)| InputKind::Age { from, below }),
        1 => select(vec![Sex::Female, Sex::Male]).prop_map(InputKind::Sex),
        1 => Just(InputKind::LivesAlone),
        1 => (select(vec![0, 90, 183, 365]), missing()).prop_map(|(days, shorter)| InputKind::OnList { days, shorter }),
    ]
    .boxed()
}

/// An input built on others, which are chosen from those before it.
#[derive(Debug, Clone)]
pub enum Build {
    Any(Vec<Index>),
    All(Vec<Index>),
    None(Vec<Index>),
    AtLeast(u32, Vec<Index>),
    DaysOf(Vec<Index>, u32, u32),
    Together(Vec<Index>, u32, u32),
}

impl Build {
    pub fn strategy() -> impl Strategy<Value = Build> {
        let members = || prop::collection::vec(any::<Index>(), 1..4);
        prop_oneof![
            members().prop_map(Build::Any),
            members().prop_map(Build::All),
            members().prop_map(Build::None),
            (1..4_u32, members()).prop_map(|(n, of)| Build::AtLeast(n, of)),
            (members(), 1..4_u32, apart()).prop_map(|(of, days, apart)| Build::DaysOf(of, days, apart)),
            (members(), 1..3_u32, select(vec![0, 0, 1, 30]))
                .prop_map(|(of, days, after)| Build::Together(of, days, after)),
        ]
    }

    pub fn kind(&self, inputs: &[Input]) -> InputKind {
        let before = inputs.len();
        let ids = |members: &[Index]| {
            let mut ids: Vec<InputId> = members.iter().map(|index| InputId(index.index(before))).collect();
            ids.sort();
            ids.dedup();
            ids
        };
        match self {
            Build::Any(members) => InputKind::Any(ids(members)),
            Build::All(members) => InputKind::All(ids(members)),
            Build::None(members) => InputKind::None(ids(members)),
            Build::AtLeast(n, members) => InputKind::AtLeast { n: *n, of: ids(members) },
            Build::DaysOf(members, days, apart) => {
                let mut of = ids(members);
                of.retain(|id| asks_for_a_day(&inputs[id.0].kind));
                if of.is_empty() {
                    InputKind::Any(ids(members))
                } else {
                    InputKind::DaysOf { of, days: *days, apart: *apart }
                }
            }
            Build::Together(members, days, after) => {
                let mut of = ids(members);
                of.retain(|id| asks_for_a_day(&inputs[id.0].kind));
                if of.is_empty() {
                    InputKind::All(ids(members))
                } else {
                    InputKind::Together { of, days: *days, after: *after }
                }
            }
        }
    }
}

/// Whether an input asks for one day on which something was.
fn asks_for_a_day(kind: &InputKind) -> bool {
    match kind {
        InputKind::Diagnosis(asked) => asked.days == 1 && !asked.distinct_codes,
        InputKind::Contact(asked) => asked.days == 1 && asked.doubled_since.is_none(),
        InputKind::Medicine(asked) => {
            asked.at_least == 1 && matches!(asked.usage, Usage::Any | Usage::AnyRegular | Usage::Begun)
        }
        _ => false,
    }
}

pub fn missing() -> impl Strategy<Value = Missing> {
    select(vec![Missing::No, Missing::No, Missing::Unknown, Missing::Yes])
}

pub fn window() -> impl Strategy<Value = Window> {
    let within = prop_oneof![
        3 => select(vec![1, 2, 30, 60, 90, 91, 183, 365, 455, 730]).prop_map(Some),
        1 => (1..900_u32).prop_map(Some),
        1 => Just(None),
    ];
    let before = prop_oneof![4 => Just(0), 2 => select(vec![1, 2, 30, 60, 90]), 1 => 0..200_u32];
    // A window has at least one day.
    (within, before).prop_map(|(within, before)| Window { within: within.map(|n: u32| n.max(before + 1)), before })
}

fn codes(all: &[(CodeSystem, &'static str)], may_be_empty: bool) -> impl Strategy<Value = Codes> + use<> {
    let all: Vec<Code> = all.iter().map(|(system, code)| Code::read(*system, code).unwrap()).collect();
    let least = usize::from(!may_be_empty);
    (subsequence(all.clone(), least..=4), subsequence(all, 0..=2)).prop_map(|(mut include, mut except)| {
        include.sort();
        except.sort();
        Codes { include, except }
    })
}

fn diagnosis_codes() -> Vec<(CodeSystem, &'static str)> {
    let icpc2 = ICPC2.iter().map(|code| (CodeSystem::Icpc2, *code));
    let icd10 = ICD10.iter().filter(|code| code.len() > 2).map(|code| (CodeSystem::Icd10, *code));
    icpc2.chain(icd10).collect()
}

fn diagnosis() -> impl Strategy<Value = Diagnosis> {
    let from = prop_oneof![3 => Just(vec![]), 1 => subsequence(PARTS[1..].to_vec(), 1..=2)];
    let aged_from = prop_oneof![4 => Just(None), 1 => (10..80).prop_map(Some)];
    (codes(&diagnosis_codes(), false), window(), 1..4_u32, apart(), from, aged_from, prop::bool::weighted(0.2))
        .prop_map(|(codes, window, days, apart, from, aged_from, distinct_codes)| Diagnosis {
            codes,
            window,
            days,
            apart: if distinct_codes { 0 } else { apart },
            from: from.into_iter().map(str::to_owned).collect(),
            aged_from,
            distinct_codes,
        })
}

fn apart() -> impl Strategy<Value = u32> {
    prop_oneof![2 => Just(0), 1 => select(vec![1, 2, 28, 90])]
}

fn medicine() -> impl Strategy<Value = Medicine> {
    let atc: Vec<_> = ATC.iter().map(|code| (CodeSystem::Atc, *code)).collect();
    let usage = select(vec![
        Usage::Any,
        Usage::AnyRegular,
        Usage::Current,
        Usage::Regular,
        Usage::Lapsed,
        Usage::Begun,
        Usage::Added,
    ]);
    (codes(&atc, true), usage, window(), 1..4_u32, apart())
        .prop_map(|(codes, usage, window, at_least, apart)| Medicine { codes, usage, window, at_least, apart })
}

fn measurement() -> impl Strategy<Value = Measurement> {
    let unanswered = prop_oneof![
        3 => Just(None),
        1 => (select(vec![1, 30, 60]), contact_kinds(0)).prop_map(|(days, contacts)| Some(Unanswered { days, contacts })),
    ];
    let analyte_and_test = prop_oneof![
        test(40..60, 1.0).prop_map(|test| (hba1c(), test)),
        test(400..500, 10.0).prop_map(|test| (weight(), test)),
    ];
    (analyte_and_test, window(), 1..4_u32, apart(), prop::bool::weighted(0.3), unanswered).prop_map(
        |((analyte, test), window, days, apart, newest, unanswered)| {
            let many = matches!(test, Test::Each(_) | Test::Present);
            Measurement {
                analyte,
                window,
                test,
                days: if many { days } else { 1 },
                apart: if many { apart } else { 0 },
                newest: many && newest,
                unanswered: unanswered.filter(|_| many),
            }
        },
    )
}

/// HbA1c in two units and two codes, one of which must be converted and rounded.
fn hba1c() -> Analyte {
    let unit = |unit: &str, factor, offset| UnitRule { unit: unit.to_owned(), factor, offset, decimals: Some(0) };
    Analyte {
        name: "hba1c".to_owned(),
        label: Text::default(),
        unit: "mmol/mol".to_owned(),
        codes: vec![
            AnalyteCode { code: "NPU27300".to_owned(), units: vec![unit("mmol/mol", 1.0, 0.0)] },
            AnalyteCode { code: "NPU03835".to_owned(), units: vec![unit("%", 10.929, -23.497_35)] },
        ],
    }
}

/// Weight, of which an empty unit is ambiguous.
fn weight() -> Analyte {
    let unit = |unit: &str, factor| UnitRule { unit: unit.to_owned(), factor, offset: 0.0, decimals: None };
    Analyte {
        name: "weight".to_owned(),
        label: Text::default(),
        unit: "kg".to_owned(),
        codes: vec![AnalyteCode { code: "WEIGHT".to_owned(), units: vec![unit("kg", 1.0), unit("g", 0.001)] }],
    }
}

fn test(values: std::ops::Range<i32>, scale: f64) -> impl Strategy<Value = Test> {
    let size = prop_oneof![
        (1..10).prop_map(|size| Size::Absolute(f64::from(size))),
        (1..20).prop_map(|size| Size::Percent(f64::from(size))),
    ];
    let change = (
        select(vec![Against::Highest, Against::Lowest, Against::Any, Against::Median, Against::Newest]),
        select(vec![Direction::Down, Direction::Up, Direction::Either]),
        size,
        any::<bool>(),
        prop_oneof![2 => Just(None), 1 => select(vec![1, 30, 365]).prop_map(Some)],
    );
    prop_oneof![
        1 => Just(Test::Present),
        2 => limits(values.clone(), scale).prop_map(Test::Latest),
        2 => limits(values.clone(), scale).prop_map(Test::Each),
        1 => limits(values.clone(), scale).prop_map(Test::Median),
        1 => (limits(values.clone(), scale), limits(values, scale))
            .prop_map(|(from, to)| Test::Crosses(Crossing { from, to })),
        2 => change.prop_map(|(against, direction, size, strictly, since)| {
            Test::Change(Change { against, direction, size, strictly, since })
        }),
    ]
}

/// One limit, or two that leave something between them.
fn limits(values: std::ops::Range<i32>, scale: f64) -> impl Strategy<Value = Limits> {
    (values, 1..12, 0..6).prop_map(move |(low, width, form)| {
        let (low, high) = (f64::from(low) / scale, f64::from(low + width) / scale);
        let open = Limits::default();
        match form {
            0 => Limits { at_least: Some(low), ..open },
            1 => Limits { above: Some(low), ..open },
            2 => Limits { at_most: Some(low), ..open },
            3 => Limits { below: Some(low), ..open },
            4 => Limits { at_least: Some(low), below: Some(high), ..open },
            _ => Limits { above: Some(low), at_most: Some(high), ..open },
        }
    })
}

pub fn contact_kinds(least: usize) -> impl Strategy<Value = Vec<String>> {
    subsequence(ContactKind::ALL.to_vec(), least..=4)
        .prop_map(|kinds| kinds.into_iter().map(|kind| kind.name().to_owned()).collect())
}

fn contact() -> impl Strategy<Value = Contact> {
    let roles = prop_oneof![3 => Just(vec![]), 1 => subsequence(ROLES[1..].to_vec(), 1..=2)];
    let answered_by = prop_oneof![2 => Just(vec![]), 1 => contact_kinds(1)];
    let doubled = prop_oneof![2 => Just(None), 1 => select(vec![1, 90, 365]).prop_map(Some)];
    (contact_kinds(1), window(), 1..4_u32, roles, answered_by, doubled).prop_map(
        |(kinds, window, days, roles, answered_by, doubled)| {
            // Only a window of so many days up to the index day can be compared with the time before it.
            let comparable = window.within.is_some() && window.before == 0;
            let doubled_since = doubled.filter(|_| comparable);
            Contact {
                kinds,
                window,
                days,
                roles: roles.into_iter().map(str::to_owned).collect(),
                answered_by: if doubled_since.is_some() { Vec::new() } else { answered_by },
                doubled_since,
            }
        },
    )
}

fn function() -> impl Strategy<Value = Function> {
    let items = prop_oneof![1 => Just(vec![]), 1 => subsequence(vec!["dressing", "eating"], 1..=2)];
    let ignore = select(vec![vec![], vec![9_i64]]);
    (select(INSTRUMENTS.to_vec()), items, window(), test(1..9, 1.0), 1..3_u32, ignore).prop_map(
        |(instrument, items, window, test, at_least, ignore)| Function {
            instrument: instrument.to_owned(),
            items: items.into_iter().map(str::to_owned).collect(),
            window,
            test,
            at_least,
            ignore,
        },
    )
}

fn service() -> impl Strategy<Value = Service> {
    let names = |most| {
        subsequence(SERVICES.to_vec(), 0..=most).prop_map(|names| names.into_iter().map(str::to_owned).collect())
    };
    let state = select(vec![ServiceState::Active, ServiceState::Started, ServiceState::Ended, ServiceState::Seen]);
    (names(2), names(1), state, window(), 1..3_u32).prop_map(|(services, except, state, window, at_least)| Service {
        services,
        except,
        state,
        window,
        at_least,
    })
}

/// What to ask of another rule set; the id and the bands are filled in when all sets are there.
#[derive(Debug, Clone)]
pub enum AskModel {
    Bands(Vec<Index>),
    Points(Option<Points>, Option<Points>),
    AsPoints,
}

impl AskModel {
    pub fn strategy() -> impl Strategy<Value = AskModel> {
        let limit = || prop::option::of((-2..6_i64).prop_map(Points::whole));
        prop_oneof![
            prop::collection::vec(any::<Index>(), 1..3).prop_map(AskModel::Bands),
            (limit(), limit()).prop_map(|(at_least, below)| AskModel::Points(at_least, below)),
            Just(AskModel::AsPoints),
        ]
    }
}
