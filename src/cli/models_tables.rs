//! `tidlig models export` and `tidlig models import`: rule sets as flat tables, and back.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;

use super::models::{FINE, WRONG, Which, with};
use crate::clinical::Language;
use crate::model::fault::Style;
use crate::model::{Catalog, page, start, suggest, tables};

/// Which rule set, and where its tables go.
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// The rule set's id.
    pub id: String,
    /// Folder of the tables; made when it is not there.
    #[arg(long, short, value_name = "DIR")]
    pub output: PathBuf,
    #[command(flatten)]
    pub which: Which,
}

/// Which tables, and where the rule set goes.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// Folder of the tables.
    #[arg(value_name = "DIR")]
    pub tables: PathBuf,
    /// Folder in which the rule set's own folder is made.
    #[arg(long, short, value_name = "DIR", default_value = ".")]
    pub output: PathBuf,
    /// Another id than the tables say.
    #[arg(long, value_name = "ID")]
    pub id: Option<String>,
    #[command(flatten)]
    pub which: Which,
}

/// Writes the tables; gives the exit code.
///
/// # Errors
/// When the rule set is not there or a file cannot be written.
pub fn export(args: &ExportArgs) -> Result<u8> {
    with(Catalog::of_one(&args.which.folders, &args.id), |catalog| {
        let Some(set) = catalog.get(&args.id) else {
            let ids = catalog.rule_sets.iter().map(|set| set.id.as_str());
            bail!("there is no rule set `{}`; {}", args.id, suggest::hint(&args.id, ids).unwrap_or_default());
        };
        let in_words = |id| page::in_words(set, id, &catalog.vocabulary, Language::En);
        let files = tables::export(set, in_words);
        fs::create_dir_all(&args.output).with_context(|| format!("cannot make {}", args.output.display()))?;
        stale(&args.output, &files)?;
        for (name, text) in &files {
            let path = args.output.join(name);
            fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
            eprintln!("wrote {}", path.display());
        }
        Ok(FINE)
    })
}

/// Tables of an earlier export that this one has no need of would be read with it.
fn stale(folder: &Path, files: &[tables::NamedText]) -> Result<()> {
    for name in tables::OPTIONAL.iter().filter(|name| !files.iter().any(|(wanted, _)| wanted == *name)) {
        let path = folder.join(name);
        if path.exists() {
            bail!("{} is left from another export; take it away, or choose another folder", path.display());
        }
    }
    Ok(())
}

/// Writes the rule set of some tables; gives the exit code.
///
/// # Errors
/// When the tables cannot be read, or a file is in the way.
pub fn import(args: &ImportArgs) -> Result<u8> {
    let mut files = BTreeMap::new();
    for name in tables::NEEDED.iter().chain(&tables::OPTIONAL) {
        let path = args.tables.join(name);
        if path.exists() {
            let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
            files.insert((*name).to_owned(), text);
        }
    }
    let (id, text) = match tables::import(&args.tables.display().to_string(), &files, args.id.as_deref()) {
        Ok(made) => made,
        Err(faults) => {
            eprint!("{}", faults.render(Style::of_stderr()));
            return Ok(WRONG);
        }
    };
    if let Some(why) = start::wrong_id(&id) {
        bail!("`{id}` cannot be a rule set's id: {why}; `--id` gives another");
    }
    let folder = args.output.join(&id);
    let path = folder.join("model.toml");
    if path.exists() {
        bail!("{} is there already; nothing was written", path.display());
    }
    fs::create_dir_all(&folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    eprintln!("wrote {}", path.display());
    let mut dirs = args.which.folders.clone();
    dirs.push(folder);
    with(Catalog::in_place(&dirs), |_| Ok(FINE))
}
