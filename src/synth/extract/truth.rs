//! The truth about the patients of an extract, beside their files and never among them: what `tidlig evaluate` takes as
//! outcomes, with ids as the files have them.

use super::rows::patient_id;
use super::write::folder_name;
use crate::journal::store::private_file;
use crate::synth::records::{Outcome, PatientRecords};
use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// The file of the outcomes.
const FILE: &str = "outcomes.csv";

const HEADER: &str = "patient_id,index_day,practice_id,decline,decline_days,decline_registered,decline_registered_days,admission,\
    admission_days,death,death_days,need,need_points,steps_lost,quiet,rising,would_benefit,complex_child,\
    child_would_benefit\n";

/// The file of outcomes, being written.
pub(super) struct Outcomes(BufWriter<File>);

impl Outcomes {
    pub fn open(folder: &Path) -> io::Result<Outcomes> {
        let mut out = BufWriter::with_capacity(1 << 18, private_file(&folder.join(FILE))?);
        out.write_all(HEADER.as_bytes())?;
        Ok(Outcomes(out))
    }

    pub fn take(&mut self, rows: &str) -> io::Result<()> {
        self.0.write_all(rows.as_bytes())
    }

    pub fn finish(mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// One patient's rows.
pub(super) fn write(out: &mut String, records: &PatientRecords) {
    let id = patient_id(records.person.patient_id);
    let practice = folder_name(records.person.practice);
    for row in &records.truth {
        // Writing to a string cannot fail.
        let _ = write!(out, "{id},{},{practice}", row.index_day);
        for Outcome { happened, days } in [row.decline, row.decline_registered, row.admission, row.death] {
            let _ = write!(out, ",{},{days}", u8::from(happened));
        }
        let _ = write!(out, ",{},{},{}", u8::from(row.in_need), row.need, row.dependency);
        let child_would_benefit = row.complex_child.map(|complex| complex && row.would_benefit);
        let flags = [row.quiet, row.rising, Some(row.would_benefit), row.complex_child, child_would_benefit];
        for flag in flags {
            out.push_str(flag.map_or(",", |flag| if flag { ",1" } else { ",0" }));
        }
        out.push('\n');
    }
}
