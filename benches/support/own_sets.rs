//! Rule sets that are made for measuring alone: HFRS as its peers compute it, and ten over the three code systems.

use super::codes::{SYSTEMS, Universe};
use super::law::Rng;
use super::sink::Result;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Rule sets of [`ten`].
const TEN: u64 = 10;
/// Inputs of each of them in each code system, and codes of an input.
const INPUTS: usize = 10;
const CODES: usize = 4;

/// `hfrs-all`: the shipped HFRS without age limit and look-back, in a folder for `--models-dir`.
///
/// # Errors
/// When the rule set cannot be read or the folder not be written.
pub fn hfrs_of_all(data: &Path) -> Result<PathBuf> {
    let shipped = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("models/hfrs/model.toml"))?;
    let text: String = shipped
        .lines()
        .filter(|line| !line.starts_with("[population]") && !line.starts_with("all = [") && !line.starts_with("aged-"))
        .map(|line| match line {
            id if id.starts_with("id ") => "id = \"hfrs-all\"\n".to_owned(),
            other => other.replace("within = \"730 days\"", "within = \"ever\"") + "\n",
        })
        .collect();
    let folder = data.join("models-of-peers");
    write(&folder, "hfrs-all", &text)?;
    Ok(folder)
}

/// Ten rule sets that ask for nothing but codes, in all three systems; the folder and their ids.
///
/// # Errors
/// When the folder cannot be written.
pub fn ten(data: &Path) -> Result<(PathBuf, String)> {
    let folder = data.join("models-of-codes");
    let universe = Universe::new();
    let mut ids = Vec::new();
    for number in 1..=TEN {
        let id = format!("codes-{number:02}");
        write(&folder, &id, &rule_set(&id, &universe, &mut Rng::new(number)))?;
        ids.push(id);
    }
    Ok((folder, ids.join(",")))
}

fn write(folder: &Path, id: &str, text: &str) -> Result<()> {
    std::fs::create_dir_all(folder.join(id))?;
    Ok(std::fs::write(folder.join(id).join("model.toml"), text)?)
}

/// Everyday codes and rare ones, a point each.
fn rule_set(id: &str, universe: &Universe, rng: &mut Rng) -> String {
    let words = |text: &str| format!("{{ nb = \"{text}\", nn = \"{text}\", en = \"{text}\" }}");
    let mut text = format!(
        "id = \"{id}\"\nversion = \"1.0.0\"\nstatus = \"draft\"\nsource = [\"made for measuring\"]\ndeparts = []\n\
         title = {}\npurpose = {}\n\n[inputs]\n",
        words(id),
        words("codes alone")
    );
    let mut criteria = String::from("\n[criteria]\n");
    for (system, codes) in SYSTEMS.iter().zip(&universe.codes) {
        let key = system.to_lowercase().replace('-', "");
        for input in 0..INPUTS {
            let mut pick = || {
                let among = if rng.below(2) == 0 { codes.len().min(200) } else { codes.len() };
                format!("\"{}\"", codes[rng.below(among as u64) as usize])
            };
            let list = (0..CODES).map(|_| pick()).collect::<std::collections::BTreeSet<_>>();
            let list = list.into_iter().collect::<Vec<_>>().join(", ");
            let name = format!("{key}-{input}");
            let within = if key == "atc" { "usage = \"any\", within = \"ever\"" } else { "within = \"ever\"" };
            let _ = writeln!(text, "{name} = {{ {key} = [{list}], {within}, label = {} }}", words(&name));
            let _ = writeln!(criteria, "{name} = {{ points = 1, src = \"made for measuring\" }}");
        }
    }
    text + &criteria
}
