//! Reading the lists of a folder; those of a user's own folder are added to the program's.

use super::{FOLDER, Registers, SHIPPED};
use crate::clinical::{Code, CodeSystem};
use crate::model::check::Folder;
use crate::model::fault::Faults;
use crate::model::keys::about::REGISTER;
use crate::model::report::Report;
use crate::model::shape;
use crate::model::tree::{Document, Span};

/// The program's own lists, and what is wrong with them; a test holds that nothing is.
pub(super) fn of_program() -> (Registers, Faults) {
    let files = SHIPPED.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().into())).collect();
    let folder = Folder { path: FOLDER.to_owned(), name: FOLDER.to_owned(), files };
    let (mut registers, mut faults) = (Registers::default(), Faults::new());
    registers.read(&folder, &mut faults);
    (registers, faults)
}

impl Registers {
    /// Adds the lists of a user's folder; lines that are wrong are told and passed over.
    pub fn add(&mut self, folder: &Folder, faults: &mut Faults) {
        self.with_own = true;
        self.read(folder, faults);
    }

    fn read(&mut self, folder: &Folder, faults: &mut Faults) {
        self.words(folder, faults);
        each_line(folder, "icpc2-norway.csv", "code", faults, |line, span, report| {
            self.icpc2.extend(code(CodeSystem::Icpc2, line, span, report));
        });
        each_line(folder, "icd10-norway.csv", "category,endings", faults, |line, span, report| {
            self.icd10_norway.extend(category(line, span, report));
        });
        each_line(folder, "icd10-who.csv", "category,endings", faults, |line, span, report| {
            self.icd10_who.extend(category(line, span, report));
        });
        each_line(folder, "atc.csv", "group", faults, |line, span, report| {
            self.atc_groups.extend(code(CodeSystem::Atc, line, span, report));
        });
        each_line(folder, "nlk.csv", "code", faults, |line, span, report| {
            self.nlk.extend(code(CodeSystem::Nlk, line, span, report));
        });
    }

    fn words(&mut self, folder: &Folder, faults: &mut Faults) {
        let file = folder.path("register.toml");
        let Some(text) = folder.text("register.toml", faults) else { return };
        let Some(document) = Document::parse(&file, text, faults) else { return };
        shape::verify(&document.root, &(0..0), &REGISTER, &mut Report::new(&file, faults));
        for (table, _) in document.root.tables("instead") {
            let prefixes = table.words("icd10").iter().map(|text| text.to_uppercase().replace('.', "")).collect();
            self.instead.push((prefixes, table.sentence("text").unwrap_or_default()));
        }
    }
}

/// Hands on each line after the header, with its place.
fn each_line(
    folder: &Folder,
    name: &str,
    header: &str,
    faults: &mut Faults,
    mut take: impl FnMut(&str, &Span, &mut Report),
) {
    let Some(text) = folder.text(name, faults) else { return };
    let file = folder.path(name);
    // The text is kept for drawing only when something is wrong: these files are long.
    let mut found = Faults::new();
    let mut report = Report::new(&file, &mut found);
    let mut start = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let content = line.trim_end_matches(['\n', '\r']);
        let span = start..start + content.len();
        start += line.len();
        let content = content.trim_start_matches('\u{feff}').trim();
        if number == 0 && content != header {
            report.fault_with(&span, "the first line must name the columns", "no such header", header);
        } else if number > 0 && !content.is_empty() {
            take(content, &span, &mut report);
        }
    }
    if !found.is_empty() {
        faults.add_source(&file, text);
        found.sorted().into_iter().for_each(|fault| faults.push(fault.clone()));
    }
}

fn code(system: CodeSystem, line: &str, span: &Span, report: &mut Report) -> Option<String> {
    let code = Code::read(system, line);
    if code.is_none() {
        report.fault(span, format!("`{line}` cannot be a code of {system}"), "not of its shape");
    }
    code.map(|code| code.as_str().to_owned())
}

/// `I50,0 1 9`: a category and the endings of its codes. `A33,-` and `A33,`: the category is a code itself; `E43,- 0 9`: it
/// is one, and has codes below it too.
fn category(line: &str, span: &Span, report: &mut Report) -> Vec<String> {
    let (category, endings) = line.split_once(',').unwrap_or((line, ""));
    let Some(category) = code(CodeSystem::Icd10, category, span, report) else { return Vec::new() };
    if endings.trim().is_empty() {
        return vec![category];
    }
    let code =
        |ending: &str| format!("{category}{}", if ending == "-" { String::new() } else { ending.to_uppercase() });
    endings.split_whitespace().map(code).collect()
}
