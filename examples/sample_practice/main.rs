//! Writes the sample practice: `cargo run --release --example sample_practice -- sample-data`.
//!
//! The same program always writes the same bytes. Nobody in it exists; `sample-data/README.md` says what is in it.

mod practice;

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("usage: cargo run --release --example sample_practice -- FOLDER");
        return ExitCode::from(2);
    };
    match write(&folder) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}: {error}", folder.display());
            ExitCode::FAILURE
        }
    }
}

fn write(folder: &std::path::Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let sample = practice::sample();
    for file in &sample.files {
        std::fs::write(folder.join(file.name), &file.bytes)?;
        println!("{:<20} {:>6} rows {:>8} bytes", file.name, file.rows, file.bytes.len());
    }
    for blemish in &sample.blemishes {
        println!("{:<20} {:>4}  {}", blemish.file, blemish.count, blemish.what);
    }
    Ok(())
}
