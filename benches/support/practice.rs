//! A whole practice of the pilot's size: the sample practice nine times over, dealt out to fourteen doctors.

use super::sink::Result;
use std::fs;
use std::path::{Path, PathBuf};

/// 9 times 2,005 people are about 18,000.
const TIMES: u8 = 9;
const DOCTORS: u64 = 14;
/// The doctor's column of the patients' file, counted from 0.
const DOCTOR: usize = 5;

/// The profile of such a practice, written below `folder`.
///
/// # Errors
/// When the sample cannot be read or the folder not be written.
pub fn make(folder: &Path) -> Result<PathBuf> {
    fs::create_dir_all(folder)?;
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    for entry in fs::read_dir(sample)? {
        let path = entry?.path();
        let Some(name) = path.file_name().filter(|_| path.is_file()) else { continue };
        if path.extension().is_some_and(|extension| extension == "csv") {
            let patients = name == "pasienter.csv";
            fs::write(folder.join(name), repeated(&fs::read(&path)?, patients))?;
        } else {
            fs::copy(&path, folder.join(name))?;
        }
    }
    Ok(folder.join("practice.toml"))
}

/// The header once and the rows again and again, each time under other ids: a digit more in front.
fn repeated(file: &[u8], patients: bool) -> Vec<u8> {
    let mut lines = file.split_inclusive(|byte| *byte == b'\n');
    let mut out = lines.next().unwrap_or_default().to_vec();
    let rows: Vec<&[u8]> = lines.collect();
    for time in 1..=TIMES {
        for row in &rows {
            // The rest of a quoted cell begins with no id.
            if row.first().is_some_and(u8::is_ascii_digit) {
                out.push(b'0' + time);
            }
            if patients { other_doctor(row, time, &mut out) } else { out.extend_from_slice(row) }
        }
        if !out.ends_with(b"\n") {
            out.push(b'\n');
        }
    }
    out
}

/// The row with its doctor replaced by one of the fourteen, by the patient's id.
fn other_doctor(row: &[u8], time: u8, out: &mut Vec<u8>) {
    let digits = row.iter().take_while(|byte| byte.is_ascii_digit());
    let id = digits.fold(u64::from(time), |id, byte| id * 10 + u64::from(byte - b'0'));
    for (column, cell) in row.split(|byte| *byte == b';').enumerate() {
        if column > 0 {
            out.push(b';');
        }
        if column == DOCTOR && cell.starts_with(b"LEGE") {
            out.extend_from_slice(format!("LEGE{}", id / 7 % DOCTORS + 1).as_bytes());
        } else {
            out.extend_from_slice(cell);
        }
    }
}
