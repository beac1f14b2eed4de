//! What a reader finds, whatever happens to a run.

use super::*;

/// A folder of a test's own, removed when the test ends.
pub(crate) struct Scratch(PathBuf);

impl Scratch {
    pub(crate) fn new(name: &str) -> Scratch {
        let path = std::env::temp_dir().join(format!("tidlig-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Scratch(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn day(text: &str) -> Day {
    Day::parse_iso(text).unwrap()
}

fn publish(output: &Output, on: &str, text: &str) -> Published {
    let lock = RunLock::take(output.root()).unwrap();
    let draft = output.begin(day(on), &lock).unwrap();
    draft.write("list.csv", text.as_bytes()).unwrap();
    draft.publish().unwrap()
}

fn newest(output: &Output) -> String {
    fs::read_to_string(output.latest().unwrap().path.join("list.csv")).unwrap()
}

#[test]
fn the_pointer_names_the_newest_run() {
    let scratch = Scratch::new("publish");
    let output = Output::open(&scratch.path().join("ut")).unwrap();
    assert_eq!(output.latest(), None);
    assert_eq!(publish(&output, "2026-03-02", "one").name(), "2026-03-02-1");
    assert_eq!(publish(&output, "2026-03-02", "two").name(), "2026-03-02-2");
    assert_eq!(newest(&output), "two");
    publish(&output, "2026-03-09", "three");
    assert_eq!((newest(&output).as_str(), output.published().len()), ("three", 3));
    assert_eq!(output.before(day("2026-03-09")).unwrap().name(), "2026-03-02-2");
    assert_eq!(output.before(day("2026-03-02")), None);
}

#[test]
fn a_killed_run_leaves_the_list_and_is_swept_up() {
    let scratch = Scratch::new("killed");
    let output = Output::open(scratch.path()).unwrap();
    publish(&output, "2026-03-02", "good");
    // What a run killed while writing leaves, and one killed between its two renames.
    fs::create_dir_all(scratch.path().join(".tmp-2026-03-09-1/journal")).unwrap();
    fs::create_dir_all(scratch.path().join("runs/2026-03-09-1")).unwrap();
    fs::write(scratch.path().join(LATEST_ASIDE), "half").unwrap();
    assert_eq!(newest(&output), "good");
    assert_eq!(publish(&output, "2026-03-09", "next").name(), "2026-03-09-2");
    assert_eq!(newest(&output), "next");
    assert!(!scratch.path().join(".tmp-2026-03-09-1").exists());
}

#[test]
fn an_abandoned_draft_leaves_nothing() {
    let scratch = Scratch::new("abandoned");
    let output = Output::open(scratch.path()).unwrap();
    let lock = RunLock::take(output.root()).unwrap();
    let draft = output.begin(day("2026-03-02"), &lock).unwrap();
    draft.write("list.csv", b"half").unwrap();
    let folder = draft.folder().to_owned();
    drop(draft);
    assert!(!folder.exists() && output.latest().is_none() && output.published().is_empty());
}

#[cfg(unix)]
#[test]
fn only_the_owner_can_read() {
    use std::os::unix::fs::PermissionsExt;
    let scratch = Scratch::new("mode");
    let output = Output::open(&scratch.path().join("ut")).unwrap();
    let lock = RunLock::take(output.root()).unwrap();
    let draft = output.begin(day("2026-03-02"), &lock).unwrap();
    fs::create_dir(draft.folder().join("journal")).unwrap();
    fs::write(draft.folder().join("journal/patients.parquet"), "x").unwrap();
    let run = draft.publish().unwrap().path;
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&run.join("journal/patients.parquet")), 0o600);
    assert_eq!([mode(output.root()), mode(&run), mode(&run.join("journal"))], [0o700; 3]);
}

#[test]
fn a_path_that_cannot_be_a_folder_is_told() {
    let scratch = Scratch::new("file-in-the-way");
    let file = scratch.path().join("ut");
    fs::write(&file, "a file").unwrap();
    let told = Output::open(&file).unwrap_err().to_string();
    assert!(told.starts_with("could not make the folder"), "{told}");
}
