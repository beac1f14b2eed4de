//! Who is on the list. Surnames are compounds nobody bears, and every identity number is of the synthetic series.

use super::SEED;
use super::calendar::{first_day, index_day};
use super::rng::Rng;
use tidlig::clinical::Day;

pub const GPS: [&str; 3] = ["LEGE1", "LEGE2", "LEGE3"];

/// One person as the practice's patient register knows her.
pub struct Person {
    pub id: String,
    pub national_id: String,
    pub name: String,
    pub born: Day,
    pub female: bool,
    pub gp: &'static str,
    pub status: &'static str,
    pub since: Day,
    pub died: Option<Day>,
    pub protection: &'static str,
    pub no_contact: bool,
    pub no_scoring: bool,
    pub language: &'static str,
    /// `None` when nobody asked.
    pub lives_alone: Option<bool>,
    pub remark: String,
    /// A planted patient is left alone by the blemishes.
    pub planted: bool,
}

/// Share of the list per ten years of age, in thousandths, from 0 to 9 years upward (much as in Norway).
const AGES: [(i32, u32); 11] = [
    (0, 103),
    (10, 117),
    (20, 126),
    (30, 138),
    (40, 129),
    (50, 135),
    (60, 111),
    (70, 88),
    (80, 41),
    (90, 11),
    (100, 1),
];

const WOMEN: [&str; 32] = [
    "Anne",
    "Inger",
    "Kari",
    "Marit",
    "Ingrid",
    "Liv",
    "Eva",
    "Berit",
    "Astrid",
    "Bjørg",
    "Hilde",
    "Solveig",
    "Randi",
    "Åse",
    "Nina",
    "Elisabeth",
    "Kristin",
    "Gerd",
    "Ragnhild",
    "Tone",
    "Heidi",
    "Ida",
    "Nora",
    "Emma",
    "Sunniva",
    "Maja",
    "Åshild",
    "Guro",
    "Synnøve",
    "Zahra",
    "Amina",
    "Oksana",
];
const MEN: [&str; 32] = [
    "Jan",
    "Per",
    "Bjørn",
    "Ole",
    "Lars",
    "Kjell",
    "Knut",
    "Arne",
    "Svein",
    "Thomas",
    "Hans",
    "Geir",
    "Tor",
    "Morten",
    "Terje",
    "Odd",
    "Erik",
    "Martin",
    "Andreas",
    "Jon",
    "Øyvind",
    "Håkon",
    "Åge",
    "Sæbjørn",
    "Jakob",
    "Emil",
    "Noah",
    "Sindre",
    "Tormod",
    "Mohammed",
    "Yusuf",
    "Piotr",
];
const BERRIES: [&str; 16] = [
    "Blåbær",
    "Tyttebær",
    "Bringebær",
    "Multe",
    "Krekling",
    "Bjørnebær",
    "Stikkelsbær",
    "Rips",
    "Solbær",
    "Einer",
    "Lyng",
    "Kløver",
    "Røsslyng",
    "Blåklokke",
    "Hvitveis",
    "Løvetann",
];
const PLACES: [&str; 12] =
    ["dal", "haug", "lien", "vik", "nes", "moen", "åsen", "tangen", "øya", "sæter", "bråten", "fjellet"];

/// The `number`th generated person.
pub fn person(number: u32) -> Person {
    let mut rng = Rng::new(SEED, number);
    let decade = rng.weighted(&AGES);
    let born = index_day().plus(-(decade * 36_525 / 100 + rng.between(20, 3_640)));
    let female = if decade >= 80 { rng.chance(640) } else { rng.chance(498) };
    let mut person = blank(number, born, female);
    person.name = name(&mut rng, female);
    person.gp = rng.pick(&GPS);
    person.since = since(&mut rng, born);
    person.language = if rng.chance(60) { rng.pick(&["en", "pl", "ar", "so", "uk", "ti"]) } else { "nb" };
    person.lives_alone = lives_alone(&mut rng, decade);
    leave(&mut rng, &mut person, decade);
    person
}

/// A person with nothing but an age, for the planted patients to fill in.
pub fn blank(number: u32, born: Day, female: bool) -> Person {
    Person {
        // Half of the ids begin with a zero, as journal numbers of an old practice do.
        id: format!("{:06}", 60_000 + number * 41),
        national_id: national_id(number, born, female),
        name: String::new(),
        born,
        female,
        gp: GPS[0],
        status: "Aktiv",
        since: born.max(first_day().plus(-4_000)),
        died: None,
        protection: "",
        no_contact: false,
        no_scoring: false,
        language: "nb",
        lives_alone: None,
        remark: String::new(),
        planted: false,
    }
}

fn name(rng: &mut Rng, female: bool) -> String {
    let first = rng.pick(if female { &WOMEN } else { &MEN });
    let (berry, place) = (rng.pick(&BERRIES), rng.pick(&PLACES));
    format!("{berry}{place}, {first}")
}

fn since(rng: &mut Rng, born: Day) -> Day {
    let back = if rng.chance(60) { rng.between(5, 500) } else { rng.between(500, 6_000) };
    index_day().plus(-back).max(born)
}

fn lives_alone(rng: &mut Rng, decade: i32) -> Option<bool> {
    let asked = if decade >= 70 { 700 } else { 60 };
    let alone = if decade >= 80 { 560 } else { 350 };
    rng.chance(asked).then(|| rng.chance(alone))
}

/// Some have died or moved away during the extract's two years, and still stand in the register.
fn leave(rng: &mut Rng, person: &mut Person, decade: i32) {
    let dies = match decade {
        90.. => 240,
        80 => 95,
        70 => 30,
        60 => 12,
        _ => 1,
    };
    let day = first_day().plus(rng.between(30, 760)).max(person.since.plus(1));
    if rng.chance(dies) {
        (person.status, person.died) = ("Død", Some(day.min(index_day().plus(-1))));
    } else if rng.chance(9) {
        person.status = "Flyttet";
    } else if rng.chance(2) {
        person.status = "Utmeldt";
    }
}

/// Eleven digits with month + 80, the register's series for synthetic persons, and both check digits right.
fn national_id(number: u32, born: Day, female: bool) -> String {
    let (year, month, day) = born.ymd();
    // 000 to 499 for those born before 2000, 500 to 999 after; odd for men.
    let century = if year < 2000 { 0 } else { 500 };
    (0..)
        .map(|step: u32| {
            let serial = century + (number * 7 + step) % 249 * 2 + u32::from(!female);
            format!("{day:02}{:02}{:02}{serial:03}", month + 80, year.rem_euclid(100))
        })
        .find_map(|nine| with_check_digits(&nine))
        .unwrap_or_default()
}

fn with_check_digits(nine: &str) -> Option<String> {
    let mut digits: Vec<u32> = nine.bytes().map(|b| u32::from(b - b'0')).collect();
    for weights in [&[3, 7, 6, 1, 8, 9, 4, 5, 2][..], &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2][..]] {
        let sum: u32 = weights.iter().zip(&digits).map(|(w, d)| w * d).sum();
        match (11 - sum % 11) % 11 {
            10 => return None,
            check => digits.push(check),
        }
    }
    Some(digits.iter().map(ToString::to_string).collect())
}
