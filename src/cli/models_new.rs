//! `tidlig models new`: a commented beginning of a rule set.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;

use super::models::{FINE, Which, with};
use super::run::today;
use crate::model::{Catalog, Faults, cases, start, suggest};
use crate::score::{self, Engine};

/// What shall be begun, and where.
#[derive(Debug, Args)]
pub struct NewArgs {
    /// The new rule set's id, which is its folder's name too.
    pub id: String,
    /// Folder in which the rule set's own folder is made.
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub dir: PathBuf,
    /// Begin as another rule set, to change it: "as this one, but …".
    #[arg(long, value_name = "ID")]
    pub extends: Option<String>,
    #[command(flatten)]
    pub which: Which,
}

/// Runs the command; gives the exit code.
///
/// # Errors
/// When the id cannot be one or is taken, the parent is not there, or the files cannot be written.
pub fn run(args: &NewArgs) -> Result<u8> {
    if let Some(why) = start::wrong_id(&args.id) {
        bail!("`{}` cannot be a rule set's id: {why}", args.id);
    }
    with(Catalog::without_cases(&args.which.folders), |catalog| begin(args, catalog))
}

fn begin(args: &NewArgs, catalog: &Catalog) -> Result<u8> {
    let ids = || catalog.rule_sets.iter().map(|set| set.id.as_str());
    if ids().any(|id| id == args.id) {
        bail!("there is a rule set `{0}` already; to change it, choose another id and add `--extends {0}`", args.id);
    }
    if let Some(parent) = args.extends.as_deref().filter(|parent| !ids().any(|id| id == *parent)) {
        bail!("there is no rule set `{parent}`; {}", suggest::hint(parent, ids()).unwrap_or_default());
    }
    let folder = args.dir.join(&args.id);
    if folder.exists() {
        bail!("{} is there already; nothing was written", folder.display());
    }
    fs::create_dir_all(&folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    write(
        &folder,
        "model.toml",
        &start::model(&args.id, args.extends.as_deref().and_then(|parent| catalog.get(parent)), today()),
    )?;
    let cases = match &args.extends {
        Some(parent) => start::cases_of_child(parent, &said_of_nobody(parent, catalog)),
        None => start::cases().to_owned(),
    };
    write(&folder, "cases.toml", &cases)?;
    eprintln!("now: tidlig models check {}", args.dir.display());
    Ok(FINE)
}

fn write(folder: &Path, name: &str, text: &str) -> Result<()> {
    let path = folder.join(name);
    fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    eprintln!("wrote {}", path.display());
    Ok(())
}

/// What a rule set says of a patient without rows, as a case writes it.
fn said_of_nobody(id: &str, catalog: &Catalog) -> String {
    let text = format!("[[case]]\n{}\n", start::NOBODY);
    let Some(set) = catalog.get(id) else { return String::new() };
    let cases = cases::read("nobody", &text, set, &catalog.vocabulary, &mut Faults::new());
    let Some(case) = cases.first() else { return String::new() };
    let (journal, sources) = score::cases::patient(case);
    let engine = Engine::new(&catalog.rule_sets, sources);
    let answers = engine.explain(&journal, case.on, &score::cases::norms(case));
    let place = catalog.rule_sets.iter().position(|other| other.id == id);
    match place.and_then(|place| answers[place].outcome.score) {
        Some(score) => format!("{{ points = {} }}", score.value),
        None => "{ in_population = false }".to_owned(),
    }
}
