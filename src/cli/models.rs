//! `tidlig models`: rule sets listed, shown, checked and documented.

use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::{Args, Subcommand};

use super::models_diff::DiffArgs;
use super::models_new::NewArgs;
use super::models_tables::{ExportArgs, ImportArgs};
use crate::clinical::Language;
use crate::model::fault::Style;
use crate::model::{Catalog, Faults, page, schema, suggest};
use crate::score;

/// The exit code when nothing is wrong.
pub const FINE: u8 = 0;
/// The exit code when a rule set has faults, is not there, or its documentation is stale.
pub const WRONG: u8 = 1;

/// What can be done with rule sets.
#[derive(Debug, Subcommand)]
pub enum ModelsCommand {
    /// List all rule sets: id, version, status, criteria, cases, title.
    List {
        #[command(flatten)]
        which: Which,
        /// The reader's language.
        #[arg(long, value_enum, default_value_t = Language::Nb)]
        lang: Language,
    },
    /// Print a rule set, or a library of shared questions, as the page a clinician reads.
    ///
    /// The page says what the rule set is for, where it comes from, whom it concerns, what it looks for in words and
    /// codes, what each answer weighs, and shows its cases.
    Show {
        /// The rule set's id, as `tidlig models list` prints it.
        id: String,
        #[command(flatten)]
        which: Which,
        /// The reader's language.
        #[arg(long, value_enum, default_value_t = Language::Nb)]
        lang: Language,
    },
    /// Check every file of every rule set, and tell all faults at once.
    ///
    /// Checks the shipped rule sets and those in the folders named here, and scores their cases. Exit code 1 when anything
    /// is wrong or a case does not come out as it expects.
    Check {
        /// Folders of rule sets, or a rule set's own folder.
        #[arg(value_name = "DIR")]
        dirs: Vec<PathBuf>,
        /// Check only these folders, which must hold a vocabulary.toml too.
        #[arg(long, requires = "dirs")]
        alone: bool,
    },
    /// Write the pages of all shipped rule sets, and the schemas, into the documentation.
    Docs {
        /// Folder of the pages.
        #[arg(long, value_name = "DIR", default_value = "docs/models")]
        out: PathBuf,
        /// Folder of the schemas.
        #[arg(long, value_name = "DIR", default_value = "docs/schema")]
        schema: PathBuf,
        /// Write nothing; exit code 1 when a file differs from what would be written.
        #[arg(long)]
        check: bool,
        /// The language of the pages; their sentences always stand in all three.
        #[arg(long, value_enum, default_value_t = Language::En)]
        lang: Language,
    },
    /// Tell what is other in a rule set than in another: codes, weights, bands, population and sentences.
    Diff(DiffArgs),
    /// Write a commented beginning of a rule set, which passes `check`.
    New(NewArgs),
    /// Write a rule set as flat CSV tables: criteria, codes, weights, bands.
    Export(ExportArgs),
    /// Read flat CSV tables back as a rule set.
    Import(ImportArgs),
    /// Write the JSON Schemas of the files that people write, and the list of all keys.
    Schema {
        /// Folder of the schemas.
        #[arg(long, value_name = "DIR", default_value = "docs/schema")]
        out: PathBuf,
        /// Write nothing; exit code 1 when a file differs from what would be written.
        #[arg(long)]
        check: bool,
    },
}

/// Which rule sets are meant.
#[derive(Debug, Args)]
pub struct Which {
    /// Folder with rule sets of your own, beside the shipped ones; may be given more than once.
    #[arg(long = "models-dir", visible_alias = "folder", value_name = "DIR")]
    pub folders: Vec<PathBuf>,
}

/// Runs the command; gives the exit code.
///
/// # Errors
///
/// When a file cannot be read or written.
pub fn run(command: ModelsCommand) -> Result<u8> {
    match command {
        ModelsCommand::List { which, lang } => with(Catalog::load(&which.folders), |catalog| list(catalog, lang)),
        ModelsCommand::Show { id, which, lang } => {
            with(Catalog::of_one(&which.folders, &id), |catalog| show(catalog, &id, lang))
        }
        ModelsCommand::Check { dirs, alone: true } => with(Catalog::load_alone(&dirs), checked),
        ModelsCommand::Check { dirs, alone: false } => with(Catalog::load(&dirs), checked),
        ModelsCommand::Docs { out, schema, check, lang } => with(Catalog::shipped(), |catalog| {
            let mut files = pages(catalog, &out, lang);
            files.extend(schemas(&schema));
            let code = keep(&files, check)?;
            Ok(code.max(left_over(&out, &files, check)?))
        }),
        ModelsCommand::Diff(args) => super::models_diff::run(&args),
        ModelsCommand::New(args) => super::models_new::run(&args),
        ModelsCommand::Export(args) => super::models_tables::export(&args),
        ModelsCommand::Import(args) => super::models_tables::import(&args),
        ModelsCommand::Schema { out, check } => keep(&schemas(&out), check),
    }
}

/// Goes on with a catalogue, or tells its faults.
pub fn with(catalog: Result<Catalog, Faults>, then: impl FnOnce(&Catalog) -> Result<u8>) -> Result<u8> {
    match catalog {
        Ok(catalog) => then(&catalog),
        Err(faults) => {
            eprint!("{}", faults.render(Style::of_stderr()));
            Ok(WRONG)
        }
    }
}

fn list(catalog: &Catalog, lang: Language) -> Result<u8> {
    let width = catalog.rule_sets.iter().map(|set| set.id.len()).max().unwrap_or(0);
    let mut out = String::new();
    for (set, cases) in catalog.rule_sets.iter().zip(&catalog.cases) {
        writeln!(
            out,
            "{:width$}  {:7}  {:9}  {:3} criteria  {:3} cases  {}",
            set.id,
            set.version,
            set.status.name(),
            set.criteria.len(),
            cases.len(),
            set.title.get(lang)
        )?;
    }
    print(&out)
}

fn show(catalog: &Catalog, id: &str, lang: Language) -> Result<u8> {
    if let Some(library) = catalog.libraries.iter().find(|library| library.inputs.id == id) {
        return print(&page::library(library, &catalog.vocabulary, lang));
    }
    let Some(at) = catalog.rule_sets.iter().position(|set| set.id == id) else {
        let hint = suggest::hint(id, catalog.rule_sets.iter().map(|set| set.id.as_str())).unwrap_or_default();
        eprintln!("there is no rule set `{id}`; {hint}");
        return Ok(WRONG);
    };
    print(&page::page(&catalog.rule_sets[at], &catalog.cases[at], &catalog.vocabulary, lang))
}

fn checked(catalog: &Catalog) -> Result<u8> {
    let of_libraries = catalog.libraries.iter().map(|library| library.cases.len());
    let cases: usize = catalog.cases.iter().map(Vec::len).chain(of_libraries).sum();
    let wrong = score::cases::run(catalog);
    for one in &wrong {
        eprintln!("{} case {}: {}", one.id, one.case, one.differences.join("; "));
    }
    if !wrong.is_empty() {
        eprintln!("{} of {cases} cases do not come out as expected", wrong.len());
        return Ok(WRONG);
    }
    if !catalog.warnings.is_empty() {
        eprint!("{}", catalog.warnings.render_warnings(Style::of_stderr()));
    }
    print(&format!("{} rule sets: no fault; {cases} cases come out as expected\n", catalog.rule_sets.len()))
}

/// A file of the documentation, and what it should hold.
type Wanted = (PathBuf, String);

fn pages(catalog: &Catalog, out: &Path, lang: Language) -> Vec<Wanted> {
    let mut files = vec![(out.join("README.md"), page::index(catalog, lang))];
    for (set, cases) in catalog.rule_sets.iter().zip(&catalog.cases) {
        files.push((out.join(format!("{}.md", set.id)), page::page(set, cases, &catalog.vocabulary, lang)));
    }
    for library in &catalog.libraries {
        let path = out.join(format!("{}.md", library.inputs.id));
        files.push((path, page::library(library, &catalog.vocabulary, lang)));
    }
    files
}

fn schemas(out: &Path) -> Vec<Wanted> {
    let mut files: Vec<Wanted> = schema::schemas().into_iter().map(|(name, text)| (out.join(name), text)).collect();
    files.push((out.join("keys.md"), schema::keys_page()));
    files
}

/// Writes the files that differ, or only tells them.
fn keep(files: &[Wanted], check: bool) -> Result<u8> {
    let mut code = FINE;
    for (path, wanted) in files {
        if fs::read(path).is_ok_and(|there| there == wanted.as_bytes()) {
            continue;
        }
        if check {
            eprintln!("{} is not as `tidlig models docs` would write it", path.display());
            code = WRONG;
            continue;
        }
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
        }
        fs::write(path, wanted).with_context(|| format!("cannot write {}", path.display()))?;
        eprintln!("wrote {}", path.display());
    }
    Ok(code)
}

/// Pages of rule sets that are no more are told, never deleted.
fn left_over(out: &Path, files: &[Wanted], check: bool) -> Result<u8> {
    let mut code = FINE;
    let Ok(entries) = fs::read_dir(out) else { return Ok(code) };
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|end| end == "md")) {
        if !files.iter().any(|(wanted, _)| wanted == path) {
            eprintln!("{} belongs to no rule set; delete it", path.display());
            code = if check { WRONG } else { code };
        }
    }
    Ok(code)
}

/// Prints to standard output; a reader that has seen enough is no error.
pub fn print(text: &str) -> Result<u8> {
    match io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(error).context("cannot write to standard output")
        }
        _ => Ok(FINE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        #[derive(clap::Parser)]
        struct Program {
            #[command(subcommand)]
            _command: ModelsCommand,
        }
        <Program as clap::CommandFactory>::command().debug_assert();
    }

    #[test]
    fn stale_files_are_told_and_then_written() {
        let folder = std::env::temp_dir().join(format!("tidlig-docs-{}", std::process::id()));
        let files = [(folder.join("a.md"), "a\n".to_owned())];
        assert_eq!(keep(&files, true).unwrap(), WRONG);
        assert_eq!(keep(&files, false).unwrap(), FINE);
        assert_eq!(keep(&files, true).unwrap(), FINE);
        fs::write(folder.join("old.md"), "").unwrap();
        assert_eq!(left_over(&folder, &files, true).unwrap(), WRONG);
        fs::remove_dir_all(&folder).unwrap();
    }
}
