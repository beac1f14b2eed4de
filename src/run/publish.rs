//! Publishing a run: everything is written aside and moved in one step, then a pointer names it.
//!
//! ```text
//! <output>/runs/2026-03-02-1/   a finished run, never changed again
//! <output>/latest               names the newest good run (a symbolic link; a small file where there are none)
//! <output>/.tmp-…               a run at work; one left by a killed run is removed by the next
//! ```
//!
//! Killed at any instant, `latest` names a whole run: it is replaced by a rename after the run's folder, with all its
//! files on disk, has its final name.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::disk::{self, DiskError};
use super::lock::RunLock;
use crate::clinical::Day;

const RUNS: &str = "runs";
const LATEST: &str = "latest";
const LATEST_ASIDE: &str = ".latest.tmp";
const ASIDE: &str = ".tmp-";

/// The folder that holds a practice's runs.
#[derive(Debug, Clone)]
pub struct Output {
    root: PathBuf,
}

/// A published run.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Published {
    pub index_day: Day,
    /// Counts the runs of that index day from 1.
    pub number: u32,
    pub path: PathBuf,
}

/// A run being written. Dropped without being published, it is removed.
#[derive(Debug)]
pub struct Draft {
    output: Output,
    index_day: Day,
    number: u32,
    folder: PathBuf,
}

/// A run that is whole and has its final name, but is not the newest one yet.
#[derive(Debug)]
pub struct Placed {
    output: Output,
    run: Published,
}

impl Output {
    /// Makes the folder where it is missing.
    ///
    /// # Errors
    /// When it cannot be made or is not a folder.
    pub fn open(root: &Path) -> Result<Output, DiskError> {
        let output = Output { root: root.to_owned() };
        disk::make_folder(&output.runs_folder())?;
        Ok(output)
    }

    /// The folder as it is; nothing is made.
    ///
    /// # Errors
    /// When something else than a folder is in its place.
    pub fn existing(root: &Path) -> Result<Output, DiskError> {
        match fs::metadata(root) {
            Ok(found) if !found.is_dir() => Err(disk::at("use the folder", root)(io::ErrorKind::AlreadyExists.into())),
            _ => Ok(Output { root: root.to_owned() }),
        }
    }

    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The pointer to the newest run.
    #[must_use]
    pub fn latest_path(&self) -> PathBuf {
        self.root.join(LATEST)
    }

    fn runs_folder(&self) -> PathBuf {
        self.root.join(RUNS)
    }

    /// Begins a run. The lock is asked for because leftovers of killed runs are removed first.
    ///
    /// # Errors
    /// When the folder cannot be written to.
    pub fn begin(&self, index_day: Day, _lock: &RunLock) -> Result<Draft, DiskError> {
        self.sweep()?;
        let folder = self.root.join(format!("{ASIDE}{index_day}-{}", std::process::id()));
        disk::make_folder(&folder)?;
        // The lock is held, so nobody else takes the number.
        let taken = self.published().into_iter().filter(|run| run.index_day == index_day);
        let number = taken.map(|run| run.number).max().unwrap_or(0) + 1;
        Ok(Draft { output: self.clone(), index_day, number, folder })
    }

    /// A place in the output folder that the next run sweeps away, whatever is left there.
    #[must_use]
    pub fn aside(&self, name: &str, _lock: &RunLock) -> PathBuf {
        self.root.join(format!("{ASIDE}{name}"))
    }

    /// Removes what killed runs left behind.
    fn sweep(&self) -> Result<(), DiskError> {
        for entry in fs::read_dir(&self.root).map_err(disk::at("read the folder", &self.root))? {
            let path = entry.map_err(disk::at("read the folder", &self.root))?.path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if name.starts_with(ASIDE) {
                fs::remove_dir_all(&path).map_err(disk::at("remove", &path))?;
            }
        }
        Ok(())
    }

    /// Every published run, oldest first.
    #[must_use]
    pub fn published(&self) -> Vec<Published> {
        let entries = fs::read_dir(self.runs_folder()).into_iter().flatten().flatten();
        let mut runs: Vec<Published> = entries.filter_map(|entry| Published::read(entry.path())).collect();
        runs.sort();
        runs
    }

    /// The run that `latest` names; `None` when nothing was published yet.
    #[must_use]
    pub fn latest(&self) -> Option<Published> {
        let pointer = self.root.join(LATEST);
        let target = fs::read_link(&pointer)
            .ok()
            .or_else(|| fs::read_to_string(&pointer).ok().map(|text| text.trim().into()))?;
        Published::read(self.root.join(target)).filter(|run| run.path.is_dir())
    }

    /// The newest run of an earlier index day: what changes are told against, however often a day is run again.
    #[must_use]
    pub fn before(&self, index_day: Day) -> Option<Published> {
        self.published().into_iter().rfind(|run| run.index_day < index_day)
    }

    /// Lets `latest` name a run.
    ///
    /// # Errors
    /// When the pointer cannot be written; it then names the run before.
    pub fn point(&self, run: &Published) -> Result<(), DiskError> {
        let target = Path::new(RUNS).join(run.name());
        let aside = self.root.join(LATEST_ASIDE);
        match fs::remove_file(&aside) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(disk::at("remove", &aside)(error)),
            _ => {}
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink(&target, &aside).map_err(disk::at("write", &aside))?;
        #[cfg(not(unix))]
        disk::write(&aside, target.to_string_lossy().as_bytes())?;
        disk::rename(&aside, &self.root.join(LATEST))?;
        disk::sync_folder(&self.root)
    }
}

impl Published {
    /// Reads `2026-03-02-1`; `None` for a folder of any other name.
    fn read(path: PathBuf) -> Option<Published> {
        let name = path.file_name()?.to_str()?;
        let (day, number) = name.split_at_checked(10)?;
        let number = number.strip_prefix('-')?.parse().ok()?;
        Some(Published { index_day: Day::parse_iso(day)?, number, path })
    }

    /// `2026-03-02-1`.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}-{}", self.index_day, self.number)
    }
}

impl Draft {
    /// Where the run's files are written.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Writes one of the run's files.
    ///
    /// # Errors
    /// When the disk is full or the folder is gone.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<(), DiskError> {
        disk::write(&self.folder.join(name), bytes)
    }

    /// The run as it will be called.
    #[must_use]
    pub fn run(&self) -> Published {
        let (index_day, number) = (self.index_day, self.number);
        let path = self.output.runs_folder().join(format!("{index_day}-{number}"));
        Published { index_day, number, path }
    }

    /// Gives the run its final name, with everything on the disk; `latest` still names the one before.
    ///
    /// # Errors
    /// When something cannot be written; nothing is then half published.
    pub fn place(self) -> Result<Placed, DiskError> {
        let run = self.run();
        disk::settle(&self.folder)?;
        disk::rename(&self.folder, &run.path)?;
        disk::sync_folder(&self.output.runs_folder())?;
        Ok(Placed { output: self.output.clone(), run })
    }

    /// Makes the run the newest one.
    ///
    /// # Errors
    /// When something cannot be written; the list before is then still the newest, and nothing is half published.
    pub fn publish(self) -> Result<Published, DiskError> {
        self.place()?.point()
    }
}

impl Placed {
    #[must_use]
    pub fn run(&self) -> &Published {
        &self.run
    }

    /// Lets `latest` name the run.
    ///
    /// # Errors
    /// When the pointer cannot be written; it then names the run before.
    pub fn point(self) -> Result<Published, DiskError> {
        self.output.point(&self.run)?;
        Ok(self.run)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // Published folders have moved; a failure to remove is mended by the next run's sweep.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

#[cfg(test)]
pub(crate) mod tests;
