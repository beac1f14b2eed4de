//! Journals of earlier runs: kept for a while, then removed. Lists, scores and manifests stay.

use std::fs;

use super::disk::{self, DiskError};
use super::extracting::JOURNAL;
use super::lock::RunLock;
use super::publish::{Output, Published};

/// Removes the journals of all but the `keep` newest runs, and never that of the run that `latest` names.
///
/// # Errors
/// When one cannot be removed; what is left of it is swept away by the next run.
pub fn forget_journals(output: &Output, keep: u32, lock: &RunLock) -> Result<(), DiskError> {
    // Without a pointer it cannot be told which run is the good one.
    let Some(latest) = output.latest() else { return Ok(()) };
    let runs = output.published();
    let older = &runs[..runs.len().saturating_sub(keep as usize)];
    for run in older.iter().filter(|run| **run != latest) {
        forget_journal(output, run, lock)?;
    }
    Ok(())
}

/// Moved out of the run in one step, so that a run has a whole journal or none.
fn forget_journal(output: &Output, run: &Published, lock: &RunLock) -> Result<(), DiskError> {
    let journal = run.path.join(JOURNAL);
    if !journal.exists() {
        return Ok(());
    }
    let aside = output.aside(&format!("{}-{JOURNAL}", run.name()), lock);
    disk::rename(&journal, &aside)?;
    fs::remove_dir_all(&aside).map_err(disk::at("remove", &aside))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clinical::Day;
    use crate::run::publish::tests::Scratch;

    fn publish(output: &Output, on: &str) -> Published {
        let lock = RunLock::take(output.root()).unwrap();
        let draft = output.begin(Day::parse_iso(on).unwrap(), &lock).unwrap();
        fs::create_dir(draft.folder().join(JOURNAL)).unwrap();
        fs::write(draft.folder().join(JOURNAL).join("patients.parquet"), on).unwrap();
        draft.write("list.csv", on.as_bytes()).unwrap();
        draft.publish().unwrap()
    }

    fn with_journals(output: &Output) -> Vec<String> {
        let runs = output.published();
        assert!(runs.iter().all(|run| run.path.join("list.csv").is_file()), "a list is gone");
        runs.iter().filter(|run| run.path.join(JOURNAL).is_dir()).map(Published::name).collect()
    }

    fn forget(output: &Output, keep: u32) -> Vec<String> {
        forget_journals(output, keep, &RunLock::take(output.root()).unwrap()).unwrap();
        with_journals(output)
    }

    #[test]
    fn only_the_newest_runs_keep_their_journals() {
        let scratch = Scratch::new("retention");
        let output = Output::open(&scratch.path().join("ut")).unwrap();
        assert_eq!(forget(&output, 1), Vec::<String>::new());
        for day in ["2026-03-02", "2026-03-03", "2026-03-03", "2026-03-04"] {
            publish(&output, day);
        }
        assert_eq!(forget(&output, 7).len(), 4);
        assert_eq!(forget(&output, 3), ["2026-03-03-1", "2026-03-03-2", "2026-03-04-1"]);
        assert_eq!(forget(&output, 3).len(), 3);
        // An earlier day run again is the newest list, whatever its name.
        publish(&output, "2026-03-01");
        assert_eq!(output.latest().unwrap().name(), "2026-03-01-1");
        assert_eq!(forget(&output, 1), ["2026-03-01-1", "2026-03-04-1"]);
    }

    #[test]
    fn nothing_is_removed_when_it_is_unknown_which_run_is_good() {
        let scratch = Scratch::new("retention-unknown");
        let output = Output::open(&scratch.path().join("ut")).unwrap();
        publish(&output, "2026-03-02");
        publish(&output, "2026-03-03");
        fs::remove_file(output.latest_path()).unwrap();
        assert_eq!(forget(&output, 1).len(), 2);
    }
}
