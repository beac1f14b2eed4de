use tidlig::clinical::{Day, Language};
use tidlig::extract::{Profile, read, trusted};
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let p = match Profile::load(std::path::Path::new(&a[1])) {
        Ok(p) => p,
        Err(f) => {
            eprintln!("{f:?}");
            std::process::exit(1)
        }
    };
    let day = p.practice.as_of.unwrap_or(Day::parse_iso("2026-03-02").unwrap());
    let out = std::path::Path::new(&a[2]);
    let _ = std::fs::remove_dir_all(out);
    std::fs::create_dir_all(out).unwrap();
    match read(&p, day, out, &|_| {}) {
        Ok(r) => {
            println!("{r:#?}");
            match trusted(&r, &p.trust, None, day) {
                Ok(()) => println!("trusted"),
                Err(d) => {
                    for x in d {
                        println!("NOT: {}", x.message(Language::En))
                    }
                }
            }
        }
        Err(e) => println!("ERR {}", e.message(Language::En)),
    }
}
