//! Runs a command to its end and says what it cost: CPU, wall and peak memory of that process, as the kernel counted them.
//!
//! The kernel also counts, in a child's peak, the memory of the program that started it. So whoever measures stays small:
//! journals are made in a child of their own.

use super::sink::Result;
use std::ffi::OsString;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Lines of a failed command's complaints that are shown.
const COMPLAINTS: usize = 12;

/// What a process cost.
#[derive(Debug, Clone, Copy)]
pub struct Cost {
    /// User and system time.
    pub cpu: f64,
    pub wall: f64,
    /// Peak resident memory in MiB.
    pub peak: f64,
}

/// A command line, and what must not be there when it starts.
#[derive(Debug, Clone)]
pub struct Side {
    pub name: String,
    pub program: PathBuf,
    pub arguments: Vec<OsString>,
    /// A folder for the results, emptied before each run.
    pub output: Option<PathBuf>,
}

impl Side {
    pub fn new(name: impl Into<String>, program: &Path, arguments: &[&str]) -> Side {
        Side {
            name: name.into(),
            program: program.to_path_buf(),
            arguments: arguments.iter().map(OsString::from).collect(),
            output: None,
        }
    }

    /// `-o FOLDER`.
    pub fn into_folder(mut self, folder: PathBuf) -> Side {
        self.arguments.extend(["-o".into(), folder.clone().into_os_string()]);
        self.output = Some(folder);
        self
    }

    /// Runs it once.
    ///
    /// # Errors
    /// When it cannot be started or fails; with what it wrote to its standard error.
    pub fn run(&self) -> Result<Cost> {
        if let Some(folder) = &self.output
            && folder.exists()
        {
            std::fs::remove_dir_all(folder)?;
        }
        let complaints = std::env::temp_dir().join(format!("tidlig-bench-{}.txt", std::process::id()));
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(File::create(&complaints)?);
        let start = Instant::now();
        let child = command.spawn().map_err(|error| format!("{}: {error}", self.program.display()))?;
        let (succeeded, usage) = wait(child.id())?;
        let wall = start.elapsed();
        let said = std::fs::read_to_string(&complaints).unwrap_or_default();
        std::fs::remove_file(&complaints)?;
        if !succeeded {
            let said: Vec<&str> = said.trim().lines().take(COMPLAINTS).collect();
            return Err(format!("{} failed: {}", self.name, said.join("\n")).into());
        }
        Ok(cost(&usage, wall))
    }
}

/// Waits for a child as `wait` does, but keeps the kernel's account of it.
fn wait(process: u32) -> Result<(bool, libc::rusage)> {
    let mut status = 0;
    // SAFETY: `rusage` is plain numbers, for which all zeroes are valid; both pointers are to live locals of the right
    // type; the child is ours and nobody else waits for it.
    let (reaped, usage) = unsafe {
        let mut usage: libc::rusage = std::mem::zeroed();
        (libc::wait4(process as libc::pid_t, &raw mut status, 0, &raw mut usage), usage)
    };
    if reaped < 0 {
        return Err(std::io::Error::last_os_error().into());
    }
    Ok((libc::WIFEXITED(status) && libc::WEXITSTATUS(status) == 0, usage))
}

fn cost(usage: &libc::rusage, wall: Duration) -> Cost {
    let seconds = |time: libc::timeval| time.tv_sec as f64 + time.tv_usec as f64 / 1e6;
    // Linux counts in KiB, macOS in bytes.
    let unit = if cfg!(target_os = "macos") { 1.0 / 1_048_576.0 } else { 1.0 / 1_024.0 };
    Cost {
        cpu: seconds(usage.ru_utime) + seconds(usage.ru_stime),
        wall: wall.as_secs_f64(),
        peak: usage.ru_maxrss as f64 * unit,
    }
}
