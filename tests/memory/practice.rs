//! A small synthetic practice that changes from night to night.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tidlig::clinical::Day;
use tidlig::run::{Night, nightly};
use tidlig::store::{RunRecord, Store};

/// SplitMix64 (G. Steele, D. Lea, C. Flood, Fast splittable pseudorandom number generators, 2014): the same seed, the same year.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n as u64) as usize
    }

    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub fn of<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())].clone()
    }
}

#[derive(Clone)]
pub struct Person {
    pub id: String,
    pub former: String,
    pub name: String,
    pub born: Day,
    pub gp: &'static str,
    pub status: &'static str,
    pub diagnoses: Vec<(Day, &'static str)>,
    pub medicines: Vec<(Day, &'static str)>,
    pub contacts: Vec<(Day, &'static str)>,
}

const CHRONIC: [&str; 14] =
    ["T90", "K77", "K78", "R95", "P70", "K90", "N87", "K74", "L88", "P72", "P15", "A28", "P85", "L28"];
const MEDICINES: [&str; 12] = [
    "A10BA02", "C09AA05", "C07AB02", "C03CA01", "B01AF01", "N05AH03", "R03BB04", "C10AA05", "N02AX02", "H02AB06",
    "N06AB10", "A02BC01",
];

pub fn day(text: &str) -> Day {
    Day::parse_iso(text).unwrap()
}

impl Person {
    fn new(number: usize, start: Day, dice: &mut Dice) -> Person {
        let ago = |dice: &mut Dice, most: usize| start.plus(-(1 + dice.below(most) as i32));
        let age = if number.is_multiple_of(12) { 4 + dice.below(13) } else { 20 + dice.below(75) };
        let many = dice.below(6);
        Person {
            id: format!("{}", 1000 + number),
            former: String::new(),
            name: format!("Person Nummer{number}"),
            born: start.plus(-(age as i32 * 365 + dice.below(365) as i32)),
            gp: dice.of(&["A", "B", "C"]),
            status: "active",
            diagnoses: (0..many).map(|_| (ago(dice, 700), dice.of(&CHRONIC))).collect(),
            medicines: (0..many * 2).map(|_| (ago(dice, 100), dice.of(&MEDICINES))).collect(),
            contacts: (0..dice.below(8)).map(|_| (ago(dice, 350), dice.of(&["office", "phone", "missed"]))).collect(),
        }
    }
}

pub struct Practice {
    pub root: PathBuf,
    pub people: Vec<Person>,
    pub dice: Dice,
}

impl Drop for Practice {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.root);
    }
}

const PROFILE: &str = "
[practice]
name = \"Prøve\"
output = \"out\"
[list]
capacity = 10
[trust]
refused_share = 1.0
patients_lost = 1.0
newest_row_days = 36500
stale_source_days = 36500
[runs]
keep = 2
[memory]
inbox = \"inbox\"
";

const TABLES: [(&str, &[&str]); 4] = [
    ("patients", &["patient_id", "former_id", "birth_date", "sex", "gp_id", "list_status", "name"]),
    ("diagnoses", &["patient_id", "date", "system", "code"]),
    ("medicines", &["patient_id", "date", "atc", "regular"]),
    ("contacts", &["patient_id", "date", "kind"]),
];

impl Practice {
    pub fn new(name: &str, people: usize, start: Day) -> Practice {
        let root = std::env::temp_dir().join(format!("tidlig-memory-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(root.join("inbox")).unwrap();
        let mut dice = Dice::new(20_260_302);
        let people = (0..people).map(|number| Person::new(number, start, &mut dice)).collect();
        let practice = Practice { root, people, dice };
        let mut profile = PROFILE.to_owned();
        for (table, columns) in TABLES {
            let columns: Vec<String> = columns.iter().map(|column| format!("{column} = \"{column}\"")).collect();
            let columns = columns.join(", ");
            let _ =
                write!(profile, "[[table]]\ntable = \"{table}\"\nfile = \"{table}.csv\"\ncolumns = {{ {columns} }}\n");
            if table == "contacts" {
                profile.push_str("sources = [\"contacts\", \"appointments\", \"recalls\", \"orders\", \"acute\"]\n");
            }
        }
        practice.write("practice.toml", &profile);
        practice.write_extract();
        practice
    }

    pub fn write(&self, name: &str, text: &str) {
        fs::write(self.root.join(name), text).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.root.join(name)).unwrap()
    }

    pub fn profile(&self) -> PathBuf {
        self.root.join("practice.toml")
    }

    pub fn write_extract(&self) {
        let mut tables: Vec<String> = TABLES.iter().map(|(_, columns)| columns.join(";") + "\n").collect();
        for person in &self.people {
            let Person { id, former, name, born, gp, status, .. } = person;
            let _ = writeln!(tables[0], "{id};{former};{born};female;{gp};{status};{name}");
            for (day, code) in &person.diagnoses {
                let _ = writeln!(tables[1], "{id};{day};ICPC-2;{code}");
            }
            for (day, atc) in &person.medicines {
                let _ = writeln!(tables[2], "{id};{day};{atc};yes");
            }
            for (day, kind) in &person.contacts {
                let _ = writeln!(tables[3], "{id};{day};{kind}");
            }
        }
        for ((table, _), text) in TABLES.iter().zip(tables) {
            self.write(&format!("{table}.csv"), &text);
        }
    }

    /// Runs a night in this process.
    pub fn night(&self, on: Day) -> RunRecord {
        self.try_night(on).unwrap_or_else(|message| panic!("{on}: {message}"))
    }

    pub fn try_night(&self, on: Day) -> Result<RunRecord, String> {
        let profile = self.profile();
        let now = || format!("{on}T03:10:00Z");
        let night = Night { profile: &profile, models: &[], as_of: Some(on), today: on, now: &now, tell: &|_| {} };
        let done = nightly(&night).map_err(|failure| failure.to_string())?;
        Ok(self.store().run(&done.published.name()).unwrap().unwrap())
    }

    pub fn store(&self) -> Store {
        Store::existing(&self.root.join("out/store.sqlite")).unwrap().unwrap()
    }

    pub fn latest(&self) -> PathBuf {
        self.root.join("out/latest")
    }

    /// The program itself.
    pub fn program(&self, command: &[&str]) -> Command {
        let mut program = Command::new(env!("CARGO_BIN_EXE_tidlig"));
        program.current_dir(&self.root).args(command);
        program
    }

    pub fn call(&self, command: &[&str]) -> (i32, String) {
        let Output { status, stdout, stderr } = self.program(command).output().unwrap();
        let told = String::from_utf8_lossy(&stdout).into_owned() + &String::from_utf8_lossy(&stderr);
        (status.code().unwrap_or(-1), told)
    }
}

/// A file as a spreadsheet saves it.
pub fn table(rows: &[[String; 7]]) -> String {
    let head = "Rad;Avgjørelse;Dato;Hvem;Oppgave;Linje;Notat\n".to_owned();
    rows.iter().fold(head, |text, row| text + &row.join(";") + "\n")
}

/// One row: key, decision, date, who, task, line, note.
pub fn row(cells: [&str; 7]) -> [String; 7] {
    cells.map(str::to_owned)
}

pub fn exists(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}
