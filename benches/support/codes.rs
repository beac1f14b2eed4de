//! The codes that occur: everyday ones first, then the rest of the code systems' shapes in a fixed random order.

use super::law::Rng;

/// Code systems of the events, in the order of [`Universe::codes`].
pub const SYSTEMS: [&str; 3] = ["ICD-10", "ICPC-2", "ATC"];

/// What hospitals code most, much as their discharge letters do; with the rest behind it in Zipf's order, about 32 % of
/// all ICD-10 rows meet a code of Charlson, Elixhauser or the Hospital Frailty Risk Score.
const EVERYDAY_ICD10: &str = "\
I109 E119 Z000 I489 J449 Z038 M549 N390 I509 R104 H526 M545 E785 R074 J209 I251 J189 F329 R51 J459 E039 N183 L720 C509 I639 Z501 \
H612 C619 R060 M170 M542 D649 F419 I252 Z321 E109 K590 S720 A099 N189 R410 K802 R42 C349 I500 C189 H101 E118 H259 F200 S934 G309 \
I350 R55 Z511 A419 E669 N179 J304 I739 M809 E871 M653 R296 J441 F102 H903 C795 I259 G473 K409 D509 F009 H353 K746 M059 G409 E876 \
K219 R33 L031 F319 M819 I702 K573 M161 B962 N40 G20 G35 F059 J960 R32 L209 C787 I480 R268 D259 Z491 C900 H409 K509 E112 I270 N185 \
F112 L899 R509 J159 I110 G811 M069 Z940 C443 R13 I359 S525 F209 E86 O800 Z370 I340 K703 R31 N201 M329 J439 E113 C182 I349 H911 \
G560 D695 K291 I64 E115";

const EVERYDAY_ICPC2: &str = "\
R74 K86 A97 L03 T90 P76 A04 U71 R05 L18 D01 T93 K78 P06 R96 L90 S88 R95 K74 T86 L87 P74 H71 N17 D84 L89 A03 P02 N01 K77 S87 U04 \
R02 L81 X11 A98 P70 H81 Y85 T82 F92 L95 K90 P03 U99 S18 D12 B80 P15 W78";

const EVERYDAY_ATC: &str = "\
N02BE01 C10AA05 A02BC02 B01AC06 C07AB02 C08CA01 C09CA06 N05CF01 H03AA01 A10BA02 R06AE07 R03AC02 M01AE01 C03CA01 B01AF02 J01CA08 \
N02AJ06 N06AB10 C10AA01 C09AA05 M01AB05 A06AD65 R03AK07 B01AF01 N06AX11 J01CE02 D07AC13 N05BA04 A10BK03 R01AD09 G03CA03 N02AA05 \
A11CC05 B03BA03 L04AX03 M05BA04 N03AX16 C03AA03 R03BB04 A10AE04 N05AH04";

/// Last two-digit category of each ICD-10 chapter letter; U is left to special purposes.
const ICD10_LETTERS: [(char, u32); 25] = [
    ('A', 99),
    ('B', 99),
    ('C', 97),
    ('D', 89),
    ('E', 90),
    ('F', 99),
    ('G', 99),
    ('H', 95),
    ('I', 99),
    ('J', 99),
    ('K', 93),
    ('L', 99),
    ('M', 99),
    ('N', 99),
    ('O', 99),
    ('P', 96),
    ('Q', 99),
    ('R', 99),
    ('S', 99),
    ('T', 98),
    ('V', 99),
    ('W', 99),
    ('X', 99),
    ('Y', 98),
    ('Z', 99),
];

/// ATC main groups and how many therapeutic groups each may have.
const ATC_GROUPS: [(char, u32); 14] = [
    ('A', 16),
    ('B', 6),
    ('C', 10),
    ('D', 11),
    ('G', 4),
    ('H', 5),
    ('J', 7),
    ('L', 4),
    ('M', 9),
    ('N', 7),
    ('P', 3),
    ('R', 7),
    ('S', 3),
    ('V', 10),
];

/// Every code of a system, the most frequent first.
pub struct Universe {
    pub codes: [Vec<String>; 3],
}

impl Universe {
    pub fn new() -> Universe {
        let mut rng = Rng::new(0x0063_6F64_6573);
        Universe {
            codes: [
                ordered(EVERYDAY_ICD10, icd10(&mut rng), &mut rng),
                ordered(EVERYDAY_ICPC2, icpc2(), &mut rng),
                ordered(EVERYDAY_ATC, atc(&mut rng), &mut rng),
            ],
        }
    }
}

/// The everyday codes, then all others shuffled.
fn ordered(everyday: &str, mut rest: Vec<String>, rng: &mut Rng) -> Vec<String> {
    let mut codes: Vec<String> = everyday.split_whitespace().map(str::to_owned).collect();
    rest.retain(|code| !codes.contains(code));
    for last in (1..rest.len()).rev() {
        rest.swap(last, rng.below(last as u64 + 1) as usize);
    }
    codes.extend(rest);
    codes
}

/// 45 of a hundred of all three- and four-character shapes, which is about as many as are in use.
fn icd10(rng: &mut Rng) -> Vec<String> {
    let mut codes = Vec::new();
    for (letter, last) in ICD10_LETTERS {
        for category in 0..=last {
            let subcategories = (0..10).map(|digit| format!("{letter}{category:02}{digit}"));
            codes.extend(std::iter::once(format!("{letter}{category:02}")).chain(subcategories));
        }
    }
    codes.retain(|_| rng.below(1_000) < 449);
    codes
}

/// Symptoms 01 to 29 and diagnoses 70 to 99 of the seventeen chapters.
fn icpc2() -> Vec<String> {
    "ABDFHKLNPRSTUWXYZ"
        .chars()
        .flat_map(|chapter| (1..30).chain(70..100).map(move |n| format!("{chapter}{n:02}")))
        .collect()
}

/// One to three substances in each of many pharmacological groups.
fn atc(rng: &mut Rng) -> Vec<String> {
    let mut codes = Vec::new();
    for (letter, groups) in ATC_GROUPS {
        for group in 1..=groups {
            for (third, fourth) in
                ["A", "B", "C", "D", "X"].iter().flat_map(|t| ["A", "B", "C", "E", "X"].map(|f| (t, f)))
            {
                let substances = 1 + rng.below(3);
                codes.extend((1..=substances).map(|n| format!("{letter}{group:02}{third}{fourth}{:02}", n * 2)));
            }
        }
    }
    codes
}
