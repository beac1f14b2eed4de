//! The list's page in a browser without a window, from the keyboard alone, and the file that it saves.
//!
//! Runs when `TIDLIG_BROWSER` names a Chromium; `.ci/run` sees to that.

mod devtools;
#[path = "../files/folder.rs"]
mod folder;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use devtools::Browser;
use folder::Folder;
use serde_json::{Value, json};

const MOST_BYTES: u64 = 1_000_000;
const ROWS: u64 = 200;
/// Index day of the sample practice.
const ON: &str = "2026-03-02";

fn browser() -> Option<String> {
    let name = std::env::var("TIDLIG_BROWSER").ok().filter(|name| !name.is_empty());
    if name.is_none() {
        eprintln!("skipped: TIDLIG_BROWSER names no browser");
    }
    name
}

/// The sample practice with room for everyone on its list, run; gives the folder of the run.
fn run() -> (Folder, PathBuf) {
    let folder = Folder::new();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data"), &folder.join("sample-data"));
    let practice = folder.join("sample-data/practice.toml");
    let text = fs::read_to_string(&practice).unwrap();
    assert!(text.contains("capacity = "));
    let wide: Vec<String> = text
        .lines()
        .map(|line| if line.starts_with("capacity") { format!("capacity = {ROWS}") } else { line.to_owned() })
        .collect();
    fs::write(&practice, wide.join("\n")).unwrap();
    let done = tidlig(&["run", practice.to_str().unwrap()]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let profile = tidlig::extract::Profile::load(&practice).unwrap();
    let latest = profile.practice.output.join("latest");
    (folder, fs::canonicalize(latest).unwrap())
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten().filter(|entry| entry.path().is_file()) {
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

fn tidlig(arguments: &[&str]) -> std::process::Output {
    Command::new(env!("CARGO_BIN_EXE_tidlig")).args(arguments).output().unwrap()
}

#[test]
fn the_page_is_small_and_can_be_used_without_a_mouse() {
    let Some(program) = browser() else { return };
    let (folder, run) = run();
    let page = run.join("oppfolging.html");
    let size = fs::metadata(&page).unwrap().len();
    let mut browser = Browser::start(&program, folder.path());
    browser.open(&page, 1400, 900);
    let rows = browser.value("tidlig.people.length").as_u64().unwrap();
    // What a page of two hundred such rows would weigh, when the sample has fewer.
    let full = size + bytes_of_rows(&fs::read_to_string(&page).unwrap()) * ROWS.saturating_sub(rows) / rows;
    eprintln!("{rows} rows, {size} bytes; {ROWS} rows would be {full}");
    assert!(full < MOST_BYTES, "{rows} rows, {size} bytes");

    skip_to_the_list(&mut browser);
    search_and_sort(&mut browser, rows);
    open_a_row(&mut browser);
    let saved = decide_and_save(&mut browser, &folder);
    assert_eq!(browser.complaints(), Vec::<String>::new());
    the_saved_file_is_taken(&folder, &saved);
}

/// What grows with the rows: the rows themselves, and all that is told when they are opened.
fn bytes_of_rows(page: &str) -> u64 {
    let rows: usize =
        page.split("<tbody class=\"person\"").skip(1).map(|of| of.split("</tbody>").next().unwrap().len()).sum();
    let data = page.split("id=\"data\">").nth(1).unwrap().split("</script>").next().unwrap();
    (rows + data.split("\"rows\":").nth(1).unwrap().len()) as u64
}

fn skip_to_the_list(browser: &mut Browser) {
    browser.tab_to("e.classList.contains('skip')", 1);
    browser.press("Enter");
    browser.wait("location.hash === '#adults'");
}

fn search_and_sort(browser: &mut Browser, rows: u64) {
    browser.value("document.querySelector('.tools input').focus()");
    let name = browser.text("tidlig.people[3].name");
    browser.write(&name);
    let shown = browser.value("document.querySelectorAll('.person:not([hidden])').length").as_u64().unwrap();
    assert!((1..rows).contains(&shown), "{shown} rows found");
    let told = browser.text("document.querySelector('.tools output').textContent");
    assert!(told.starts_with(&shown.to_string()), "{told}");
    for _ in name.chars() {
        browser.press("Backspace");
    }
    assert_eq!(browser.value("document.querySelectorAll('.person:not([hidden])').length"), json!(rows));
    browser.tab_to("e.dataset.key === 'name'", 20);
    browser.press("Enter");
    assert_eq!(browser.value("document.activeElement.closest('th').getAttribute('aria-sort')"), json!("ascending"));
    let in_order = "[...document.querySelectorAll('#adults .who .name')].map(e => e.textContent)\
                    .every((name, i, all) => !i || new Intl.Collator('nb').compare(all[i - 1], name) <= 0)";
    assert_eq!(browser.value(in_order), json!(true));
    browser.press("Enter");
    assert_eq!(browser.value("document.activeElement.closest('th').getAttribute('aria-sort')"), json!("descending"));
}

fn open_a_row(browser: &mut Browser) {
    browser.tab_to("e.classList.contains('show')", 10);
    browser.press("Enter");
    let opened = "(b => b.getAttribute('aria-expanded') === 'true' && \
                  document.getElementById(b.getAttribute('aria-controls')).querySelectorAll('.part').length > 0)\
                  (document.activeElement)";
    assert_eq!(browser.value(opened), json!(true));
    // Every part of every score adds up to what stands under it.
    let sums = "[...document.querySelectorAll('.more .part table')].every(table => {\
                const points = e => Number(e.textContent.replace('−', '-').replace(',', '.')) || 0;\
                const lines = [...table.tBodies[0].rows].map(row => points(row.cells[0]));\
                return Math.abs(lines.reduce((a, b) => a + b, 0) - points(table.tFoot.rows[0].cells[0])) < 1e-9; })";
    assert_eq!(browser.value(sums), json!(true));
    let before = browser.text("document.activeElement.textContent");
    browser.press("ArrowDown");
    assert_ne!(browser.text("document.activeElement.textContent"), before);
    browser.press("ArrowUp");
    browser.press(" ");
    assert_eq!(browser.value("document.activeElement.getAttribute('aria-expanded')"), json!("false"));
}

/// Two decisions and one person added, all by keys; gives the saved file.
fn decide_and_save(browser: &mut Browser, folder: &Folder) -> PathBuf {
    browser.tab_to("e.classList.contains('decision')", 3);
    browser.write("ikke");
    assert_eq!(browser.value("document.activeElement.value"), json!("not_now"));
    save(browser);
    // Nothing is saved while a date is missing: the field has the focus, and says so.
    assert_eq!(browser.value("document.activeElement.getAttribute('aria-invalid')"), json!("true"));
    assert_eq!(browser.value("document.activeElement.name"), json!("date"));
    assert_ne!(browser.text("document.querySelector('.save output').textContent"), "");
    browser.write("04202026");
    assert_eq!(browser.value("document.activeElement.value"), json!("2026-04-20"));

    browser.tab_to("e.classList.contains('decision')", 10);
    browser.write("all");
    assert_eq!(browser.value("document.activeElement.value"), json!("already_followed"));
    browser.tab_to("e.name === 'who'", 3);
    browser.write("Demensteamet");
    browser.tab_to("e.name === 'date'", 3);
    browser.write("06012026");
    let downloads = folder.join("downloads");
    fs::create_dir_all(&downloads).unwrap();
    browser.save_to(&downloads);
    save(browser);
    let (begun, mut found) = (std::time::Instant::now(), None);
    while found.is_none() && begun.elapsed().as_secs() < 30 {
        let entries = fs::read_dir(&downloads).unwrap().flatten().map(|entry| entry.path());
        found = entries.into_iter().find(|path| path.extension().is_some_and(|ending| ending == "json"));
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    found.expect("a saved file")
}

/// The button that saves is the last but the added person's form; it is reached from wherever the focus is.
fn save(browser: &mut Browser) {
    browser.value("document.querySelector('.save input[name=role]').focus()");
    browser.tab_to("e.closest('.save') && e.tagName === 'BUTTON'", 2);
    browser.press("Enter");
}

fn the_saved_file_is_taken(folder: &Folder, saved: &Path) {
    let file: Value = serde_json::from_slice(&fs::read(saved).unwrap()).unwrap();
    assert_eq!((&file["tidlig"], &file["version"]), (&json!("decisions"), &json!(1)));
    let decisions = file["decisions"].as_array().unwrap();
    let names: Vec<&str> = decisions.iter().filter_map(|of| of["decision"].as_str()).collect();
    assert_eq!(decisions.len(), 2, "{file}");
    assert!(names.contains(&"not_now") && names.contains(&"already_followed"), "{names:?}");
    let practice = folder.join("sample-data/practice.toml");
    let arguments = ["decide", practice.to_str().unwrap(), saved.to_str().unwrap(), "--as-of", ON];
    let taken = tidlig(&arguments);
    let told = String::from_utf8_lossy(&taken.stdout).into_owned();
    assert!(taken.status.success() && told.starts_with("2 "), "{told} {}", String::from_utf8_lossy(&taken.stderr));
    let again = tidlig(&arguments);
    assert!(String::from_utf8_lossy(&again.stdout).starts_with("0 "));
}

#[test]
fn only_initials_are_printed_and_narrow_windows_need_no_sideways_scrolling() {
    let Some(program) = browser() else { return };
    let (folder, run) = run();
    let mut browser = Browser::start(&program, folder.path());
    let names_shown = "[...document.querySelectorAll('.name, .born')].filter(e => e.getClientRects().length).length";
    let pages = fs::read_dir(&run).unwrap().flatten().map(|entry| entry.path());
    let mut pages: Vec<PathBuf> =
        pages.filter(|path| path.extension().is_some_and(|ending| ending == "html")).collect();
    pages.sort();
    assert!(pages.len() > 5, "{pages:?}");
    for page in pages {
        browser.open(&page, 1400, 900);
        browser.ask("Emulation.setEmulatedMedia", &json!({ "media": "print" }));
        assert_eq!(browser.value(names_shown), json!(0), "{}", page.display());
        browser.ask("Emulation.setEmulatedMedia", &json!({ "media": "" }));
        browser.open(&page, 400, 800);
        let wide = browser.value("document.documentElement.scrollWidth").as_u64().unwrap();
        assert!(wide <= 400, "{}: {wide} pixels wide in a window of 400", page.display());
        assert_eq!(browser.complaints(), Vec::<String>::new(), "{}", page.display());
    }
}
