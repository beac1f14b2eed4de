//! 52 weeks of one practice, with random decisions, absences, moves, deaths, new numbers and events; everything that was
//! promised is held against a slow ledger beside the program.

use std::collections::BTreeMap;
use std::fs;

use tidlig::clinical::Day;
use tidlig::store::{ListedRow, Place, RunRecord, Section};

use super::practice::{Practice, day, row, table};

const START: &str = "2026-03-02";
const WEEKS: i32 = 52;

/// What the coordinator was promised about one person, by the person's place in the register.
#[derive(Default, Clone)]
struct Promise {
    declined: bool,
    /// Not before that day, unless something new happens; the flag tells whether an event may break it.
    hidden: Option<(Day, bool)>,
    decided_on: Option<Day>,
    /// Source rows that were found wrong.
    wrong: Vec<String>,
    /// Day of her newest event.
    event: Option<Day>,
}

struct Year {
    practice: Practice,
    promises: Vec<Promise>,
    /// What was laid in the inbox, to be promised when a run takes it in.
    waiting: Vec<(usize, Promised)>,
    files: usize,
    broken_through: usize,
    decisions: usize,
    reviews: usize,
    most_places: usize,
}

#[derive(Clone)]
enum Promised {
    Declined,
    Until(Day, bool),
    Wrong(Vec<String>),
}

#[test]
fn a_year_of_lists_honours_every_decision() {
    let start = day(START);
    let practice = Practice::new("year", 140, start);
    let promises = vec![Promise::default(); practice.people.len()];
    let (waiting, files) = (Vec::new(), 0);
    let mut year =
        Year { practice, promises, waiting, files, broken_through: 0, decisions: 0, reviews: 0, most_places: 0 };
    let mut credits: BTreeMap<String, i64> = BTreeMap::new();
    let shares = shares();
    for week in 0..WEEKS {
        let monday = start.plus(7 * week);
        year.resources(monday);
        year.things_happen(monday.plus(-1));
        let made = year.night(monday);
        assert!(made.made_list, "{monday}");
        credits_are_kept(&mut credits, &made, &shares);
        if week % 10 == 0 {
            year.is_the_same_again(monday, &made);
        }
        year.decide(&made, monday);
        year.things_happen(monday.plus(2));
        let later = year.night(monday.plus(3));
        assert!(!later.made_list);
        year.only_removed_or_broken_through(&made, &later);
    }
    let Year { decisions, broken_through, reviews, most_places, .. } = year;
    println!(
        "{WEEKS} weeks: {decisions} decisions, {broken_through} break-throughs, {reviews} reviews, at most {most_places} places"
    );
    assert!(decisions > 200 && broken_through > 0 && reviews > 0 && most_places > 0);
    every_list_can_be_told_again(&year.practice);
}

impl Year {
    fn person(&self, patient: &str) -> usize {
        self.practice.people.iter().position(|person| person.id == patient).unwrap()
    }

    /// Somebody is away every few weeks, for a few weeks.
    fn resources(&mut self, monday: Day) {
        let mut text = "Navn;Rolle;Minutter per uke;Borte fra;Borte til\n".to_owned();
        for (index, (name, minutes)) in [("Anne", 700), ("Berit", 500), ("Demensteam", 0)].into_iter().enumerate() {
            let from = day(START).plus(7 * (9 * index as i32 + 4));
            text += &format!("{name};PHT-sykepleier;{minutes};{};{}\n", from.norwegian(), from.plus(20).norwegian());
        }
        let _ = monday;
        self.practice.write("resources.csv", &text);
    }

    fn present(&self, on: Day) -> Vec<String> {
        let resources = tidlig::store::resources::read(self.practice.read("resources.csv").as_bytes(), None).unwrap();
        resources.into_iter().filter(|resource| resource.is_present(on)).map(|resource| resource.name).collect()
    }

    fn things_happen(&mut self, on: Day) {
        for index in 0..self.practice.people.len() {
            let Practice { people, dice, .. } = &mut self.practice;
            let person = &mut people[index];
            let promise = &mut self.promises[index];
            if dice.chance(6) {
                person.diagnoses.push((on, dice.of(&["T90", "K77", "L28", "A28", "P74", "R95"])));
                promise.event = Some(on);
            }
            if dice.chance(2) {
                person.diagnoses.push((on, "L75"));
                promise.event = Some(on);
            }
            if dice.chance(2) {
                person.contacts.push((on, dice.of(&["emergency_admission", "missed", "office"])));
                promise.event = Some(on);
            }
            if dice.chance(1) && dice.chance(50) {
                // Some die, some move, and some of those come back as new.
                person.status = dice.of(&["doed", "utflyttet", "active"]);
            }
            if dice.chance(1) && dice.chance(50) {
                let new = format!("{}9", person.id);
                person.former = std::mem::replace(&mut person.id, new);
            }
            if dice.chance(1) {
                person.gp = dice.of(&["A", "B", "C"]);
            }
        }
        self.practice.write_extract();
    }

    fn night(&mut self, on: Day) -> RunRecord {
        let run = self.practice.night(on);
        for (index, promised) in std::mem::take(&mut self.waiting) {
            let promise = &mut self.promises[index];
            match promised {
                Promised::Declined => promise.declined = true,
                Promised::Until(until, breaks) => promise.hidden = Some((until, breaks)),
                Promised::Wrong(rows) => {
                    promise.wrong.extend(rows);
                    continue;
                }
            }
            promise.decided_on = Some(on);
        }
        for index in 0..self.promises.len() {
            // Decisions end when she leaves.
            if self.practice.people[index].status != "active" {
                self.promises[index] = Promise::default();
            }
        }
        self.hold_to_promises(&run, on);
        assert!(fs::read_dir(self.practice.root.join("inbox")).unwrap().all(|entry| entry.unwrap().path().is_dir()));
        run
    }

    fn hold_to_promises(&mut self, run: &RunRecord, on: Day) {
        let listed = |row: &&ListedRow| matches!(row.section, Section::Candidates | Section::Children);
        for row in run.rows.iter().filter(listed) {
            let index = self.person(&row.patient);
            let promise = &self.promises[index];
            assert_eq!(self.practice.people[index].status, "active", "{on}: someone who left is listed");
            assert!(!promise.declined, "{on}: someone who declined is listed");
            if let Some((until, breaks)) = promise.hidden
                && on < until
            {
                assert!(
                    breaks && matches!(row.place, Place::BreakThrough(_)),
                    "{on}: listed before {until} as {:?}",
                    row.place
                );
                // A band may rise (G4) by time alone: a check that is overdue, a silence that lasts.
                let by_time = row.place == Place::BreakThrough("G4".to_owned());
                assert!(by_time || promise.event > promise.decided_on, "{on}: {:?} without an event since", row.place);
                self.broken_through += 1;
            }
        }
        for row in &run.rows {
            let promise = &self.promises[self.person(&row.patient)];
            let rests_on =
                |wrong: &String| row.lines.iter().flat_map(|line| &line.facts).any(|fact| fact.row == *wrong);
            assert!(!promise.wrong.iter().any(rests_on), "{on}: a wrong fact still counts");
        }
        self.reviews += run.rows.iter().filter(|row| row.section == Section::Reviews).count();
        let beforehand =
            run.rows.iter().filter(|row| matches!(row.place, Place::ByHand | Place::BreakThrough(_))).count();
        let placed = run.rows.iter().filter(|row| row.place != Place::None).count();
        let children = run.rows.iter().filter(|row| row.place == Place::Children).count();
        // Children's places come first, and those by hand and by events are given also when none is left.
        let most = if run.made_list { run.capacity.max(children + beforehand) } else { run.capacity + beforehand };
        assert!(placed <= most, "{on}: {placed} places of {} ({beforehand} beforehand)", run.capacity);
        self.most_places = self.most_places.max(run.capacity);
    }

    fn only_removed_or_broken_through(&self, made: &RunRecord, later: &RunRecord) {
        let of = |run: &RunRecord| -> BTreeMap<usize, Place> {
            let placed = run.rows.iter().filter(|row| row.place != Place::None);
            placed
                .filter_map(|row| {
                    Some((
                        self.practice.people.iter().position(|p| p.id == row.patient || p.former == row.patient)?,
                        row.place.clone(),
                    ))
                })
                .collect()
        };
        let before = of(made);
        for (person, place) in of(later) {
            let fresh = !before.contains_key(&person);
            assert!(
                !fresh || matches!(place, Place::BreakThrough(_) | Place::ByHand),
                "{}: added as {place:?}",
                later.index_day
            );
        }
    }

    /// The same night again gives the same list.
    fn is_the_same_again(&mut self, on: Day, run: &RunRecord) {
        let files = ["list.json", "oppfolging.csv", "oppfolging.html", "oppfolging.xlsx"];
        let read = |practice: &Practice| files.map(|name| fs::read(practice.latest().join(name)).unwrap());
        let first = read(&self.practice);
        let again = self.practice.night(on);
        assert_eq!((&again.rows, &again.credits), (&run.rows, &run.credits));
        assert!(read(&self.practice) == first, "{on}: other bytes");
    }

    /// Lays the week's decisions in the inbox.
    fn decide(&mut self, run: &RunRecord, monday: Day) {
        // The inbox is emptied on Thursday; that is the day the decisions are of.
        let on = monday.plus(3);
        let present = self.present(on);
        let mut rows = Vec::new();
        for listed in run.rows.iter().filter(|row| !matches!(row.section, Section::Messages | Section::Beside)) {
            if self.practice.dice.chance(25) {
                continue;
            }
            if let Some((promised, cells)) = self.choose(listed, on, &present) {
                self.waiting.push((self.person(&listed.patient), promised));
                rows.push(row([&listed.key, &cells[0], &cells[1], &cells[2], &cells[3], &cells[4], &cells[5]]));
            }
        }
        self.decisions += rows.len();
        self.files += 1;
        self.practice.write(&format!("inbox/{}.csv", self.files), &table(&rows));
    }

    fn choose(&mut self, listed: &ListedRow, on: Day, present: &[String]) -> Option<(Promised, [String; 6])> {
        let dice = &mut self.practice.dice;
        let later = |dice: &mut super::practice::Dice, least: usize, most: usize| {
            on.plus((least + dice.below(most - least)) as i32)
        };
        let cells = |choice: &str, day: Option<Day>, who: &str, task: &str, line: &str, note: &str| {
            [choice, &day.map_or(String::new(), Day::norwegian), who, task, line, note].map(str::to_owned)
        };
        let until = later(dice, 5, 120);
        Some(match dice.below(10) {
            0..3 => {
                let owner = if present.is_empty() { return None } else { dice.of(present) };
                (Promised::Until(until, false), cells("valgt", Some(until), &owner, "ARS", "", ""))
            }
            3..5 => (Promised::Until(until, true), cells("ikke nå før", Some(until), "", "", "", "")),
            5 => (Promised::Declined, cells("pasienten takket nei: tilbudet", Some(on), "pasienten", "", "", "")),
            6 => (Promised::Declined, cells("pasienten takket nei: all oppsøking", Some(on), "pasienten", "", "", "")),
            7 => (
                Promised::Until(until, false),
                cells("allerede fulgt opp", Some(until), "hjemmesykepleien", "", "", ""),
            ),
            8 => {
                let until = later(dice, 30, 200);
                (
                    Promised::Until(until, true),
                    cells("ikke aktuell, faglig vurdert", Some(until), "fastlege", "", "", "god kontroll"),
                )
            }
            _ => {
                let line = listed.lines.iter().position(|line| line.facts.len() == 1)?;
                let rows = vec![listed.lines[line].facts[0].row.clone()];
                (
                    Promised::Wrong(rows),
                    cells("feil opplysning", None, "", "", &(line + 1).to_string(), "feil i journalen"),
                )
            }
        })
    }
}

/// Percent of each group, from the shipped policy.
fn shares() -> BTreeMap<String, i64> {
    let catalog = tidlig::model::Catalog::shipped().unwrap_or_else(|faults| panic!("{faults}"));
    let known = tidlig::outreach::policy::Known { rule_sets: &catalog.rule_sets, vocabulary: &catalog.vocabulary };
    let policy = tidlig::outreach::Policy::load(None, known).unwrap_or_else(|faults| panic!("{faults}"));
    policy.groups.iter().map(|group| (group.name.clone(), i64::from(group.percent))).collect()
}

/// Credit after the week is credit before it, and the share of its places, up to what may be kept, less what was taken.
fn credits_are_kept(credits: &mut BTreeMap<String, i64>, run: &RunRecord, shares: &BTreeMap<String, i64>) {
    let kept: BTreeMap<String, i64> =
        run.credits.iter().map(|credit| (credit.group.clone(), credit.hundredths)).collect();
    assert_eq!(kept.keys().collect::<Vec<_>>(), shares.keys().collect::<Vec<_>>());
    for (group, percent) in shares {
        let given = percent * run.capacity as i64;
        let before = credits.get(group).copied().unwrap_or(0);
        let taken = run.rows.iter().filter(|row| row.place == Place::Reserved(group.clone())).count() as i64;
        let expected = (before + given).min(given + 200) - 100 * taken;
        assert_eq!(kept[group], expected, "{} {group}: {before} + {given} - {taken} places", run.index_day);
        assert!(kept[group] >= 0);
    }
    *credits = kept;
}

/// Every run that was published is in the store as it was published.
fn every_list_can_be_told_again(practice: &Practice) {
    let store = practice.store();
    let runs = store.runs().unwrap();
    assert!(runs.len() >= 2 * WEEKS as usize);
    for name in runs {
        let run = store.run(&name).unwrap().unwrap();
        let text = practice.read(&format!("out/runs/{name}/list.json"));
        let published: serde_json::Value = serde_json::from_str(&text).unwrap();
        let mut published: Vec<ListedRow> = serde_json::from_value(published["rows"].clone()).unwrap();
        published.sort_by_key(|row| (row.section, row.rank));
        let mut kept = run.rows;
        kept.sort_by_key(|row| (row.section, row.rank));
        let number = |patient: &str| store.find(patient).unwrap().unwrap();
        assert_eq!(kept.len(), published.len(), "{name}");
        for (kept, published) in kept.iter().zip(&published) {
            assert_eq!(number(&kept.patient), number(&published.patient), "{name}");
            assert_eq!(*kept, ListedRow { patient: kept.patient.clone(), ..published.clone() }, "{name}");
        }
    }
}
