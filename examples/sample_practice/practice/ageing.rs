//! Weight, scores of function, and the help that comes with age.

use super::calendar::{first_day, last_day};
use super::conditions::Panel;
use super::life::Life;
use super::record::{Record, Service};
use super::rng::Rng;
use super::treatment::comma;
use tidlig::clinical::Day;

/// Weight for those who are weighed: the old, the heavy, and diabetics.
pub fn measures(record: &mut Record, rng: &mut Rng, life: &Life) {
    let heavy = life.conditions.iter().any(|(condition, _)| condition.icpc2 == "T82");
    let diabetic = life.conditions.iter().any(|(condition, _)| condition.panel == Panel::Diabetes);
    if life.age < 18 || !(heavy || rng.chance(if life.age >= 75 || diabetic { 450 } else { 40 })) {
        return;
    }
    let height = if record.person.female { rng.bell(150, 180) } else { rng.bell(163, 196) };
    let bmi_tenths = if heavy { rng.bell(300, 460) } else { rng.bell(190, 330) };
    let mut weight_tenths = bmi_tenths * height * height / 10_000;
    let loses = life.frailty >= 9 && rng.chance(200);
    let mut day = first_day().plus(rng.between(10, 200));
    record.measure(day, "Høyde", height.to_string(), "cm");
    while day < last_day() {
        record.measure(day, "Vekt", comma(weight_tenths, 1), "kg");
        if heavy {
            record.measure(day, "KMI", comma(weight_tenths * 10_000 / height / height, 1), "kg/m²");
        }
        weight_tenths += if loses { -rng.between(10, 45) } else { rng.between(-9, 9) };
        day = day.plus(rng.between(90, 260));
    }
}

const ADL: [&str; 8] = [
    "Personlig hygiene",
    "På-/avkledning",
    "Toalett",
    "Spise",
    "Bevege seg inne",
    "Bevege seg ute",
    "Lage mat",
    "Ivareta egen helse",
];

/// Scores of function, and the help that follows.
pub fn function_and_help(record: &mut Record, rng: &mut Rng, life: &Life) {
    let recent = |rng: &mut Rng| last_day().plus(-rng.between(2, 600));
    if life.age >= 67 && rng.chance(40 + 18 * life.frailty) {
        record.function(recent(rng), "CFS", "", (1 + life.frailty as i32 / 2 + rng.between(0, 1)).clamp(1, 8));
    }
    if life.age >= 70 && rng.chance(30 + 8 * life.frailty) {
        record.function(recent(rng), "TUG", "", rng.bell(8, 12 + life.frailty as i32));
        record.function(recent(rng), "FALL12", "", rng.below(1 + life.frailty / 6) as i32);
    }
    if life.conditions.iter().any(|(condition, _)| condition.icpc2 == "P70") && rng.chance(500) {
        record.function(recent(rng), "MMSE-NR3", "", rng.bell(12, 27));
    }
    if life.conditions.iter().any(|(condition, _)| condition.icpc2 == "P76") && rng.chance(200) {
        record.function(recent(rng), "PHQ-9", "", rng.bell(2, 24));
    }
    if life.frailty < 7 || !rng.chance(600) {
        return;
    }
    let from = last_day().plus(-rng.between(1, 1_500));
    let mut service = |name: &str, from: Day| {
        record.services.push(Service { name: name.to_owned(), from, until: None });
    };
    service("Hjemmesykepleie", from);
    for (name, per_mille) in [
        ("Praktisk bistand", 500),
        ("Fysioterapeut", 300),
        ("Dagaktivitet", 150),
        ("Hjelpemiddel", 350),
        ("Demensteam", 80),
        ("Koordinator", 120),
        ("Omsorgsbolig", 120),
    ] {
        if rng.chance(per_mille) {
            service(name, from.plus(rng.between(0, 300)).min(last_day()));
        }
    }
    if life.frailty >= 14 && rng.chance(250) {
        service("Sykehjem langtid", last_day().plus(-rng.between(5, 300)));
    }
    let scored = recent(rng);
    for item in ADL {
        let score = if rng.chance(70) { 9 } else { rng.bell(1, 2 + life.frailty as i32 / 4).min(5) };
        record.function(scored, "IPLOS", item, score);
    }
}
