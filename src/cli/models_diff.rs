//! `tidlig models diff`: what is other in a rule set than in another, in words and, with a journal, in patients.

use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;
use serde_json::{Value, json};

use super::models::{FINE, Which, print, with};
use super::models_journal::{self, Moves};
use super::run::day;
use crate::clinical::{Code, Day, Language, Text};
use crate::model::catalog::Catalog;
use crate::model::difference::{Change, Difference, Part};
use crate::model::page::{self, changes};
use crate::model::{Faults, RuleSet, suggest};

/// Two rule sets side by side.
#[derive(Debug, Args)]
pub struct DiffArgs {
    /// The earlier rule set: an id, a rule set's folder or its model.toml, or a folder of rule sets.
    pub old: String,
    /// The later one.
    pub new: String,
    #[command(flatten)]
    pub which: Which,
    /// Journal on which both are scored: which patients enter and leave each band, and which codes moved them.
    #[arg(long, value_name = "DIR", requires = "as_of")]
    pub journal: Option<PathBuf>,
    /// Index day of that scoring, yyyy-mm-dd.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Day>,
    /// The reader's language.
    #[arg(long, value_enum, default_value_t = Language::Nb)]
    pub lang: Language,
    /// Print JSON instead of text.
    #[arg(long)]
    pub json: bool,
}

/// Runs the command; gives the exit code.
///
/// # Errors
/// When a rule set is not there, or the journal cannot be scored.
pub fn run(args: &DiffArgs) -> Result<u8> {
    with(side(&args.old, args), |old| with(side(&args.new, args), |new| compared(args, old, new)))
}

/// A folder stands in the place of a shipped rule set of the same name, so that editions can be compared.
fn side(named: &str, args: &DiffArgs) -> Result<Catalog, Faults> {
    let mut dirs = args.which.folders.clone();
    let whole = |path: &PathBuf| path.canonicalize().unwrap_or_else(|_| path.clone());
    // A rule set inside one of those folders is there already.
    dirs.extend(folder(named).filter(|own| !args.which.folders.iter().any(|dir| whole(own).starts_with(whole(dir)))));
    Catalog::in_place(&dirs)
}

fn folder(named: &str) -> Option<PathBuf> {
    let path = PathBuf::from(named);
    if path.is_file() { path.parent().map(PathBuf::from) } else { path.is_dir().then_some(path) }
}

/// The ids that one side names.
fn ids(named: &str, catalog: &Catalog) -> Result<Vec<String>> {
    if let Some(folder) = folder(named) {
        let ids = catalog.ids_in(&folder);
        if ids.is_empty() {
            bail!("{} holds no rule set: a folder with model.toml, or a folder of such folders", folder.display());
        }
        return Ok(ids);
    }
    if catalog.get(named).is_none() {
        let hint = suggest::hint(named, catalog.rule_sets.iter().map(|set| set.id.as_str())).unwrap_or_default();
        bail!("there is no rule set or folder `{named}`; {hint}");
    }
    Ok(vec![named.to_owned()])
}

/// Two rule sets, or two folders of them matched by id.
fn compared(args: &DiffArgs, old: &Catalog, new: &Catalog) -> Result<u8> {
    let (before, after) = (ids(&args.old, old)?, ids(&args.new, new)?);
    let mut told = Told { lang: args.lang, text: String::new(), json: Vec::new() };
    if let ([a], [b]) = (before.as_slice(), after.as_slice()) {
        told.pair(args, (old, a), (new, b))?;
    } else {
        for id in before.iter().chain(after.iter().filter(|id| !before.contains(id))) {
            match (before.contains(id), after.contains(id)) {
                (true, true) => told.pair(args, (old, id), (new, id))?,
                (there, _) => told.alone(id, there),
            }
        }
    }
    if args.json {
        let mut text = serde_json::to_string_pretty(&Value::Array(told.json))?;
        text.push('\n');
        return print(&text);
    }
    print(&told.text)?;
    Ok(FINE)
}

struct Told {
    lang: Language,
    text: String,
    json: Vec<Value>,
}

impl Told {
    fn say(&self, nb: &'static str, nn: &'static str, en: &'static str) -> &'static str {
        match self.lang {
            Language::Nb => nb,
            Language::Nn => nn,
            Language::En => en,
        }
    }

    /// A rule set that only one folder holds.
    fn alone(&mut self, id: &str, removed: bool) {
        let words = if removed { self.say("går ut", "går ut", "removed") } else { self.say("ny", "ny", "new") };
        self.text.push_str(&format!("# `{id}`: {words}\n\n"));
        self.json.push(json!({ "id": id, "only_in": if removed { "old" } else { "new" } }));
    }

    fn pair(&mut self, args: &DiffArgs, old: (&Catalog, &str), new: (&Catalog, &str)) -> Result<()> {
        let (Some(a), Some(b)) = (old.0.get(old.1), new.0.get(new.1)) else { return Ok(()) };
        let differences = page::differences(a, b, &new.0.vocabulary);
        let moves = match (&args.journal, args.as_of) {
            (Some(journal), Some(on)) => Some(models_journal::moves(journal, on, (old.0, a), (new.0, b))?),
            _ => None,
        };
        self.words(a, b, &differences);
        if let Some(moves) = &moves {
            models_journal::words(moves, self.lang, &mut self.text);
        }
        self.json.push(json!({
            "old": named(a),
            "new": named(b),
            "differences": differences.iter().map(of_difference).collect::<Vec<_>>(),
            "moves": moves.as_ref().map(Moves::json),
        }));
        Ok(())
    }

    fn words(&mut self, a: &RuleSet, b: &RuleSet, differences: &[Difference]) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.text, "# `{}` {} → `{}` {}\n", a.id, a.version, b.id, b.version);
        if differences.is_empty() {
            let words = self.say("Ingenting er annerledes.", "Ingenting er annleis.", "Nothing is other.");
            self.text.push_str(&format!("{words}\n\n"));
        }
        for part in Part::ALL {
            let of_part: Vec<&Difference> = differences.iter().filter(|one| one.part == part).collect();
            if !of_part.is_empty() {
                let _ = writeln!(self.text, "{}:", changes::heading(part, self.lang));
                for one in of_part {
                    let _ = writeln!(self.text, "- {}", changes::sentence(one, self.lang));
                }
                self.text.push('\n');
            }
        }
    }
}

fn named(set: &RuleSet) -> Value {
    json!({ "id": set.id, "version": set.version, "status": set.status.name(), "hash": set.hash })
}

fn of_difference(one: &Difference) -> Value {
    let text = |text: &Text| json!({ "nb": text.nb, "nn": text.nn, "en": text.en });
    let codes = |codes: &[Code]| -> Vec<Value> {
        codes.iter().map(|code| json!({ "system": code.system.name(), "code": code.as_str() })).collect()
    };
    let (kind, more) = match &one.change {
        Change::Added(new) => ("added", json!({ "new": text(new) })),
        Change::Removed(old) => ("removed", json!({ "old": text(old) })),
        Change::Changed { old, new } => ("changed", json!({ "old": text(old), "new": text(new) })),
        Change::Codes { added, removed } => ("codes", json!({ "added": codes(added), "removed": codes(removed) })),
    };
    json!({ "part": one.part.name(), "name": one.name, "change": kind, "values": more })
}
