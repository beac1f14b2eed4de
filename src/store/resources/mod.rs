//! The practice's table of resources: a workbook or a CSV that people keep, every fault told by row and column at once.

mod template;
mod words;

use super::resource::{Absence, Resource};
use super::sheet::{self, Cell, Sheet};
use crate::clinical::Day;
pub use template::template;
pub use words::{Column, Fault, FaultKind};

/// Minutes in a week; nobody has more.
const MOST_MINUTES: u32 = 7 * 24 * 60;
/// Rows above the header that a sheet may have.
const MOST_ABOVE: usize = 20;

/// The roles that the practice's policy knows.
#[derive(Clone, Copy)]
pub struct Roles<'a> {
    pub knows: &'a dyn Fn(&str) -> bool,
    /// What they are called, for whoever wrote another.
    pub names: &'a [String],
}

/// Reads a resource table. Several rows of one name are one resource with several absences. A service may have any role, but
/// minutes of the team's count only under a role that the policy knows.
///
/// # Errors
/// Every fault of the file at once.
pub fn read(bytes: &[u8], roles: Option<Roles>) -> Result<Vec<Resource>, Vec<Fault>> {
    let whole = |kind| vec![Fault { row: 0, column: None, kind }];
    let sheets = sheet::sheets(bytes).map_err(|why| whole(FaultKind::Unreadable(why.0)))?;
    let Some(table) = sheets.iter().find_map(Table::find) else { return Err(whole(FaultKind::NoTable)) };
    let mut reading = Reading { roles, ..Reading::default() };
    for (number, cells) in table.sheet.rows.iter().skip(table.header + 1) {
        reading.row(&table, *number, cells);
    }
    if reading.faults.is_empty() { Ok(reading.found) } else { Err(reading.faults) }
}

struct Table<'a> {
    sheet: &'a Sheet,
    header: usize,
    columns: Vec<Option<Column>>,
}

impl Table<'_> {
    fn find(sheet: &Sheet) -> Option<Table<'_>> {
        sheet.rows.iter().take(MOST_ABOVE).enumerate().find_map(|(header, (_, cells))| {
            let columns: Vec<Option<Column>> = cells.iter().map(|cell| Column::parse(&cell.words())).collect();
            let whole = [Column::Name, Column::Role].iter().all(|column| columns.contains(&Some(*column)));
            whole.then_some(Table { sheet, header, columns })
        })
    }

    fn cell(&self, cells: &[Cell], wanted: Column) -> Cell {
        let at = self.columns.iter().position(|column| *column == Some(wanted));
        at.and_then(|at| cells.get(at)).cloned().unwrap_or(Cell::Text(String::new()))
    }
}

#[derive(Default)]
struct Reading<'a> {
    /// `None`: they are not known, and nothing is said of them.
    roles: Option<Roles<'a>>,
    found: Vec<Resource>,
    faults: Vec<Fault>,
}

impl Reading<'_> {
    fn row(&mut self, table: &Table, row: usize, cells: &[Cell]) {
        let cell = |column| table.cell(cells, column);
        let words = |column| cell(column).words();
        let read =
            [Column::Name, Column::Role, Column::Skills, Column::Minutes, Column::From, Column::To, Column::Contact];
        if read.iter().all(|column| cell(*column).is_empty()) {
            return;
        }
        let minutes = self.minutes(row, &cell(Column::Minutes));
        let absence = self.absence(row, &cell(Column::From), &cell(Column::To));
        let name = words(Column::Name);
        if name.is_empty() {
            self.fault(row, Column::Name, FaultKind::Missing);
            return;
        }
        let split = |text: String| {
            text.split([',', ';', '/']).map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
        };
        let told = Resource {
            name,
            role: words(Column::Role),
            skills: split(words(Column::Skills)),
            minutes_per_week: minutes.unwrap_or(0),
            contact: words(Column::Contact),
            absences: absence.into_iter().collect(),
        };
        self.add(row, told);
    }

    fn add(&mut self, row: usize, told: Resource) {
        let Some(known) = self.found.iter_mut().find(|known| known.name.to_lowercase() == told.name.to_lowercase())
        else {
            if told.role.is_empty() {
                self.fault(row, Column::Role, FaultKind::Missing);
            } else if let Some(roles) = self.roles
                && told.minutes_per_week > 0
                && !(roles.knows)(&told.role)
            {
                self.fault(row, Column::Role, FaultKind::UnknownRole(roles.names.to_vec()));
            }
            self.found.push(told);
            return;
        };
        let role_differs = !told.role.is_empty() && told.role.to_lowercase() != known.role.to_lowercase();
        let minutes_differ = told.minutes_per_week != 0 && told.minutes_per_week != known.minutes_per_week;
        known.absences.extend(told.absences);
        for skill in told.skills {
            if !known.skills.contains(&skill) {
                known.skills.push(skill);
            }
        }
        if role_differs {
            self.fault(row, Column::Role, FaultKind::Differs);
        }
        if minutes_differ {
            self.fault(row, Column::Minutes, FaultKind::Differs);
        }
    }

    fn minutes(&mut self, row: usize, cell: &Cell) -> Option<u32> {
        if cell.is_empty() {
            return None;
        }
        let minutes = cell.whole().filter(|minutes| *minutes <= MOST_MINUTES);
        if minutes.is_none() {
            self.fault(row, Column::Minutes, FaultKind::NotMinutes);
        }
        minutes
    }

    fn absence(&mut self, row: usize, from: &Cell, to: &Cell) -> Option<Absence> {
        let from = self.day(row, Column::From, from);
        let to = self.day(row, Column::To, to);
        if let (Some(from), Some(to)) = (from, to)
            && to < from
        {
            self.fault(row, Column::To, FaultKind::EndsBefore);
        }
        (from.is_some() || to.is_some()).then_some(Absence { from, to })
    }

    fn day(&mut self, row: usize, column: Column, cell: &Cell) -> Option<Day> {
        let day = cell.day();
        if day.is_none() && !cell.is_empty() {
            self.fault(row, column, FaultKind::NotADay);
        }
        day
    }

    fn fault(&mut self, row: usize, column: Column, kind: FaultKind) {
        self.faults.push(Fault { row, column: Some(column), kind });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::Language;

    const GOOD: &str = "Navn;Rolle;Kompetanse;Minutter per uke;Borte fra;Borte til;Kontakt
Sykepleier 1;PHT-sykepleier;diabetes, kols;900;06.07.2026;31.07.2026;intern 12
Sykepleier 1;;;;24.12.2026;;
Demensteam;demensteam;;;;;";

    fn day(text: &str) -> Day {
        Day::parse_iso(text).unwrap()
    }

    #[test]
    fn persons_services_and_absences_are_read() {
        let found = read(GOOD.as_bytes(), None).unwrap();
        assert_eq!(found.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["Sykepleier 1", "Demensteam"]);
        assert_eq!(found[0].skills, ["diabetes", "kols"]);
        for (on, present) in [
            ("2026-07-05", true),
            ("2026-07-06", false),
            ("2026-07-31", false),
            ("2026-08-01", true),
            ("2027-03-01", false),
        ] {
            assert_eq!(found[0].is_present(day(on)), present, "{on}");
        }
        // Of the week from 29 June all five days; of the one from 27 July none; Demensteam has no time of the team's.
        assert_eq!(found[0].minutes_in_week(day("2026-06-29")), 900);
        assert_eq!(found[0].minutes_in_week(day("2026-07-27")), 0);
        assert_eq!(found[0].minutes_in_week(day("2026-12-21")), 540);
        assert_eq!(found[1].minutes_in_week(day("2026-06-29")), 0);
    }

    #[test]
    fn every_fault_is_told_with_row_and_column() {
        let text = "Navn;Rolle;Minutter per uke;Borte fra;Borte til\n;lege;30;;\nA;;x;i morgen;\nB;lege;90000;02.03.2026;01.03.2026\nB;nurse;;;";
        let faults = read(text.as_bytes(), None).unwrap_err();
        let places: Vec<(usize, Option<Column>)> = faults.iter().map(|fault| (fault.row, fault.column)).collect();
        assert_eq!(
            places,
            [
                (2, Some(Column::Name)),
                (3, Some(Column::Minutes)),
                (3, Some(Column::From)),
                (3, Some(Column::Role)),
                (4, Some(Column::Minutes)),
                (4, Some(Column::To)),
                (5, Some(Column::Role)),
            ]
        );
        let told = faults[1].message(Language::Nb);
        assert!(told.contains("rad 3") && told.contains("Minutter per uke"), "{told}");
        assert!(matches!(read(b"a;b\n1;2", None).unwrap_err()[0].kind, FaultKind::NoTable));
    }

    #[test]
    fn minutes_count_only_under_a_role_that_is_known() {
        let names = ["PHT-sykepleier".to_owned()];
        let roles = Roles { knows: &|role| role == "PHT-sykepleier", names: &names };
        let text = "Navn;Rolle;Minutter per uke\nA;PHT-sykepleier;900\nNav;rådgiver;\nB;PHT-sykepleer;900";
        let faults = read(text.as_bytes(), Some(roles)).unwrap_err();
        assert_eq!(faults.len(), 1, "{faults:?}");
        let told = faults[0].message(Language::Nb);
        assert!(told.contains("rad 4, «Rolle»") && told.contains("PHT-sykepleier"), "{told}");
        assert!(read(&text.as_bytes()[..text.len() - 4], Some(roles)).is_ok());
    }

    #[test]
    fn the_template_reads_back() {
        for language in [Language::Nb, Language::Nn, Language::En] {
            let found = read(&template(language).unwrap(), None).unwrap();
            assert!(found.is_empty(), "{found:?}");
        }
    }
}
