//! Opening the practice's files: plain, gzip or zip, told by their first bytes and not by their names.

use super::error::{FaultKind, FileFault};
use super::profile::TableSource;
use flate2::read::MultiGzDecoder;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// What a file is, by its first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Container {
    Text,
    Gzip,
    Zip,
    Parquet,
}

/// One text or Parquet of the practice: a file, or a member of a zip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    pub path: PathBuf,
    pub container: Container,
    /// Index and name within the zip.
    pub member: Option<(usize, String)>,
    /// As the profile names it.
    pub name: String,
}

/// The files of one `[[table]]`, in the order they are named; those of a pattern by name.
pub(super) fn parts(folder: &Path, source: &TableSource, faults: &mut Vec<FileFault>) -> Vec<Part> {
    let mut parts = Vec::new();
    for name in &source.files {
        let found = matching(folder, name);
        if found.is_empty() {
            let kind = FaultKind::Missing { place: source.place.clone() };
            faults.push(FileFault::new(&folder.join(name), None, kind));
        }
        for (name, path) in found {
            match members(&path, &name) {
                Ok(found) => parts.extend(found),
                Err(kind) => faults.push(FileFault::new(&path, None, kind)),
            }
        }
    }
    parts
}

/// Files that fit a name in which `*` may stand, in the last part of the path only.
fn matching(folder: &Path, name: &str) -> Vec<(String, PathBuf)> {
    let path = folder.join(name);
    if !name.contains('*') {
        return if path.is_file() { vec![(name.to_owned(), path)] } else { Vec::new() };
    }
    let (Some(parent), Some(pattern)) = (path.parent(), path.file_name().and_then(|n| n.to_str())) else {
        return Vec::new();
    };
    let before = &name[..name.len() - pattern.len()];
    let entries = std::fs::read_dir(parent).into_iter().flatten().flatten();
    let mut found: Vec<(String, PathBuf)> = entries
        .filter(|entry| entry.path().is_file())
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|file| fits(pattern, file))
        .map(|file| (format!("{before}{file}"), parent.join(file)))
        .collect();
    found.sort();
    found
}

fn fits(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == name,
        Some((before, after)) => name.strip_prefix(before).is_some_and(|rest| {
            (0..=rest.len()).filter(|at| rest.is_char_boundary(*at)).any(|at| fits(after, &rest[at..]))
        }),
    }
}

fn members(path: &Path, name: &str) -> Result<Vec<Part>, FaultKind> {
    let container = container(path).map_err(|error| unreadable(&error))?;
    let part = Part { path: path.to_path_buf(), container, member: None, name: name.to_owned() };
    if container != Container::Zip {
        return Ok(vec![part]);
    }
    let mut archive = archive(path)?;
    let mut members: Vec<(String, usize)> = Vec::new();
    for index in 0..archive.len() {
        let member = archive.by_index(index).map_err(|_| FaultKind::Cut)?;
        let name = member.name().map_err(|_| FaultKind::Cut)?.into_owned();
        if member.is_file() && !name.starts_with("__MACOSX/") {
            members.push((name, index));
        }
    }
    if members.iter().any(|(member, _)| member == "[Content_Types].xml" || member == "xl/workbook.xml") {
        return Err(FaultKind::Workbook);
    }
    members.sort();
    let one = |(member, index): (String, usize)| Part {
        name: format!("{name}/{member}"),
        member: Some((index, member)),
        ..part.clone()
    };
    if members.is_empty() { Err(FaultKind::Empty) } else { Ok(members.into_iter().map(one).collect()) }
}

fn archive(path: &Path) -> Result<zip::ZipArchive<BufReader<File>>, FaultKind> {
    let file = File::open(path).map_err(|error| unreadable(&error))?;
    zip::ZipArchive::new(BufReader::new(file)).map_err(|_| FaultKind::Cut)
}

fn container(path: &Path) -> io::Result<Container> {
    let mut head = Vec::new();
    let mut file = File::open(path)?;
    (&mut file).take(4).read_to_end(&mut head)?;
    Ok(match head.as_slice() {
        [0x1F, 0x8B, ..] => Container::Gzip,
        b"PK\x03\x04" | b"PK\x05\x06" => Container::Zip,
        b"PAR1" => Container::Parquet,
        _ => Container::Text,
    })
}

pub(super) fn unreadable(error: &io::Error) -> FaultKind {
    match error.kind() {
        io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidInput => FaultKind::Cut,
        kind => FaultKind::Unreadable { why: kind.to_string() },
    }
}

impl Part {
    /// The file that the practice delivered, as the profile names it: of a zip, the zip.
    pub fn delivered(&self) -> &str {
        let member = self.member.as_ref().and_then(|(_, member)| self.name.strip_suffix(member.as_str()));
        member.and_then(|zip| zip.strip_suffix('/')).unwrap_or(&self.name)
    }

    /// The part's place, for messages: of a zip, the file in it.
    pub fn place(&self) -> PathBuf {
        self.member.as_ref().map_or_else(|| self.path.clone(), |(_, member)| self.path.join(member))
    }

    /// Gives the part's bytes to `read`, unpacked.
    pub fn with_bytes<T>(
        &self,
        read: impl FnOnce(&mut (dyn Read + Send)) -> Result<T, FaultKind>,
    ) -> Result<T, FaultKind> {
        match (&self.member, self.container) {
            (Some((index, _)), _) => {
                let mut archive = archive(&self.path)?;
                let member = archive.by_index(*index).map_err(|_| FaultKind::Cut)?;
                read(&mut Steady(member))
            }
            (None, Container::Gzip) => read(&mut Steady(MultiGzDecoder::new(BufReader::new(self.open()?)))),
            _ => read(&mut self.open()?),
        }
    }

    pub fn open(&self) -> Result<File, FaultKind> {
        let mut file = File::open(&self.path).map_err(|error| unreadable(&error))?;
        file.seek(SeekFrom::Start(0)).map_err(|error| unreadable(&error))?;
        Ok(file)
    }
}

/// Packed bytes whose faults all mean the same: the file was cut or damaged.
struct Steady<R>(R);

impl<R: Read> Read for Steady<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        self.0.read(out).map_err(|error| match error.kind() {
            io::ErrorKind::Interrupted => error,
            _ => io::ErrorKind::UnexpectedEof.into(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn stars_stand_for_any_part_of_a_name() {
        assert!(fits("diag*.csv", "diag_2024.csv") && fits("*", "x") && fits("a*b*c", "a1b2c"));
        assert!(!fits("diag*.csv", "diag.csv.gz") && !fits("a*b", "b"));
    }
}
