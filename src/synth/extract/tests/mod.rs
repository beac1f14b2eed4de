//! What is written is what is read: files of invented records, through the same door as real ones.

mod invented;

use self::invented::*;
use super::{Blemishes, Cast, Delivered, KINDS, Order, Stage, patient_id, write};
use crate::extract::{self, Profile};
use crate::journal::tables::Table;
use crate::journal::whole::journals;
use crate::synth::records::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const CAST: &str = include_str!("../../../../sample-data/cast.txt");

#[test]
fn clean_files_say_what_the_records_say() {
    let (folder, words) = (Folder::new("clean"), words());
    let cast = Cast::none(&words);
    let told = written(&order(&folder.0, 700, &cast, &Blemishes::none()), u64::MAX);
    let (report, out) = read(&folder.0);
    assert!(report.refused_at.is_empty() && !report.integer_ids, "{:?}", report.refused_at);
    assert_eq!(told.rows[&Delivered::Register], 700);
    let unplanned: Vec<_> =
        told.blemishes().into_iter().filter(|(_, what, _)| !what.starts_with("every line")).collect();
    assert!(unplanned.is_empty(), "{unplanned:?}");
    let ids: BTreeSet<String> = (0..700).map(|number| patient_id(id(number))).collect();
    let found = journals(&out, &ids).unwrap();
    let mut records = PatientRecords::empty();
    for number in 0..700 {
        records.clear();
        invented(number, u64::MAX, &mut records);
        let journal = &found[&patient_id(id(number))];
        assert_eq!(in_order(journal), in_order(&expected(&records, &words)), "patient {number}");
    }
}

#[test]
fn every_planted_blemish_is_told_where_it_stands() {
    let (folder, truth) = (Folder::new("blemished"), Folder::new("truth"));
    let cast = Cast::none(&words());
    let blemishes = Blemishes::usual().unwrap();
    let order = Order { truth: Some(&truth.0), ..order(&folder.0, 3_000, &cast, &blemishes) };
    let told = written(&order, u64::MAX);
    let list = std::fs::read_to_string(truth.0.join("blemishes.csv")).unwrap();
    let listed: BTreeSet<(String, u64)> = list
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            (cells[1].to_owned(), cells[2].parse().unwrap())
        })
        .collect();
    let counted: u64 =
        told.blemishes().iter().filter(|(_, what, _)| !what.starts_with("every line")).map(|(.., n)| n).sum();
    assert_eq!(counted, listed.len() as u64);
    let kinds: BTreeSet<&str> = told.blemishes().into_iter().map(|(_, what, _)| what).collect();
    let missing: Vec<&str> = KINDS.iter().map(|kind| kind.what).filter(|what| !kinds.contains(what)).collect();
    assert!(missing.is_empty(), "no row of 3,000 patients suffers {missing:?}");

    // Whatever is refused was planted, but for the other rows of patients who fell out of the register.
    let (report, out) = read(&folder.0);
    assert!(
        extract::trusted(&report, &Profile::load(&folder.0.join("practice.toml")).unwrap().trust, None, index_day())
            .is_ok()
    );
    let refused = std::fs::read_to_string(out.join("refusals.csv")).unwrap();
    let lost: BTreeSet<String> = ids_without_birth(&folder.0);
    let mut refusals = 0;
    for line in refused.trim_start_matches('\u{feff}').lines().skip(1) {
        let cells: Vec<&str> = line.split(';').map(|cell| cell.trim_matches('"')).collect();
        if !cells.iter().any(|cell| lost.contains(*cell)) {
            assert!(listed.contains(&(cells[0].to_owned(), cells[1].parse().unwrap())), "{line}");
            refusals += 1;
        }
    }
    assert!(refusals > 50, "{refusals}");
}

/// Ids of those whose day of birth was spoiled.
fn ids_without_birth(folder: &Path) -> BTreeSet<String> {
    let text: String = std::fs::read(folder.join("pasienter.csv")).unwrap().into_iter().map(char::from).collect();
    let spoiled = text.lines().filter(|line| line.contains(";01.01.1900;") || line.contains(";14.08.2162;"));
    spoiled.filter_map(|line| Some(line.split(';').next()?.to_owned())).collect()
}

#[test]
fn practices_lie_side_by_side_and_do_not_depend_on_those_behind_them() {
    let (few, many) = (Folder::new("few"), Folder::new("many"));
    let cast = Cast::none(&words());
    let blemishes = Blemishes::usual().unwrap();
    let write = |folder: &Folder, practices: u32, threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let order = Order { practices, ..order(&folder.0, u64::from(practices) * 300, &cast, &blemishes) };
        pool.install(|| written(&order, 300))
    };
    write(&few, 2, 1);
    write(&many, 7, 4);
    for practice in ["practice-0001", "practice-0002"] {
        for file in Delivered::ALL.map(Delivered::name).into_iter().chain(["practice.toml"]) {
            let bytes = |folder: &Folder| std::fs::read(folder.0.join(practice).join(file)).unwrap();
            assert!(bytes(&few) == bytes(&many), "{practice}/{file}");
        }
    }
    assert!(Profile::load(&many.0.join("practice-0007/practice.toml")).unwrap().practice.name.ends_with(" 7"));
    let last = read(&many.0.join("practice-0007")).0;
    assert!((300..310).contains(&last.tables[&Table::Patients].read), "{:?}", last.tables[&Table::Patients]);
}

#[test]
fn files_of_a_real_practice_are_left_alone() {
    let folder = Folder::new("foreign");
    let cast = Cast::none(&words());
    let blemishes = Blemishes::none();
    let order = order(&folder.0, 10, &cast, &blemishes);
    let fill = |number: u64, records: &mut PatientRecords| invented(number, u64::MAX, records);
    std::fs::write(folder.0.join("pasienter.csv"), "theirs").unwrap();
    assert!(write(&order, &fill, &|_| {}).is_err());
    std::fs::write(folder.0.join("practice.toml"), "[practice]\n").unwrap();
    let told = write(&order, &fill, &|_| {}).unwrap_err().to_string();
    assert!(told.contains("another practice"), "{told}");
    assert_eq!(std::fs::read(folder.0.join("pasienter.csv")).unwrap(), b"theirs");
    std::fs::remove_file(folder.0.join("practice.toml")).unwrap();
    std::fs::remove_file(folder.0.join("pasienter.csv")).unwrap();
    write(&order, &fill, &|_| {}).unwrap();
    write(&order, &fill, &|_| {}).unwrap();
}

fn stage(id: &dyn Fn(u64) -> i64) -> Stage<'_> {
    Stage { index_day: index_day(), doctors: 3, first: 20, id }
}

#[test]
fn the_cast_joins_the_practice_without_a_blemish() {
    let folder = Folder::new("cast");
    let cast = Cast::parse("cast.txt", CAST, &words(), &stage(&id)).unwrap_or_else(|faults| panic!("{faults}"));
    let every = "[\"diagnoser.csv\"]\nno-code = 1\n[\"pasienter.csv\"]\nno-sex = 1\n";
    let blemishes = Blemishes::parse("blemishes.toml", every).unwrap();
    let told = written(&order(&folder.0, 20, &cast, &blemishes), u64::MAX);
    assert_eq!(told.rows[&Delivered::Register], 20 + cast.members.len() as u64);
    let (_, out) = read(&folder.0);
    let members: BTreeMap<String, _> =
        crate::journal::whole::members(&out).unwrap().into_iter().map(|member| (member.name.clone(), member)).collect();
    let mut blocked = 0;
    for member in &cast.members {
        let kept = &members[&member.name];
        assert_eq!(kept.id, patient_id(member.records.person.patient_id));
        assert_eq!(kept.person.sex, Some(member.records.person.sex));
        let found = journals(&out, &BTreeSet::from([kept.id.clone()])).unwrap();
        let expected = expected(&member.records, &cast.words);
        if member.records.blocks.is_empty() {
            assert_eq!(in_order(&found[&kept.id]), in_order(&expected), "{}", member.name);
        } else {
            blocked += usize::from(in_order(&found[&kept.id]) != in_order(&expected));
        }
    }
    assert_eq!(blocked, 3, "closed parts must not be in the journal");
}

#[test]
fn faults_of_a_cast_are_told_together_with_their_lines() {
    let text = "2026-01-01 visit K77\n\
                Ås, Liv | K | 1950-01-01 | LEGE9 |\n\
                Ås, Per | M | 1950-01-01 | LEGE2 | alone tall\n\
                2026-13-01 visit K77\n\
                2026-03-02 visit K77\n\
                2026-03-09 booked\n\
                2026-01-05 visit Q9\n\
                2026-01-05 lab hb nine\n\
                2026-01-05 servise HABU\n\
                2026-01-05 service Hagearbeid\n";
    let told = Cast::parse("cast.txt", text, &words(), &stage(&id)).unwrap_err();
    let drawn = told.to_string();
    for part in [
        "a fact before the first patient",
        "GP cannot be read",
        "unknown word `tall`",
        "a fact begins with a day",
        "after the extract",
        "`Q9` is no code of ICPC-2",
        "the value is no number",
        "unknown fact `servise`",
        "unknown service `Hagearbeid`",
    ] {
        assert!(drawn.contains(part), "{part} is not told:\n{drawn}");
    }
    assert_eq!(told.len(), 9, "{drawn}");
}
