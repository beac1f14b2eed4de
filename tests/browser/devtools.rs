//! A browser without a window, driven through its DevTools protocol over a pair of pipes: no port, no network, no driver.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// How long a page may take to get somewhere.
const PATIENCE: Duration = Duration::from_secs(60);

/// A browser with one page open.
pub struct Browser {
    process: Child,
    to: File,
    from: File,
    unread: Vec<u8>,
    sent: u64,
    session: Option<String>,
    /// Messages of the page that nobody asked for.
    events: Vec<Value>,
}

impl Browser {
    /// Starts the program with a profile folder of its own.
    pub fn start(program: &str, folder: &Path) -> Browser {
        let (input, output) = (folder.join("to-browser"), folder.join("from-browser"));
        for pipe in [&input, &output] {
            assert!(Command::new("mkfifo").arg(pipe).status().unwrap().success());
        }
        // The protocol is spoken on file descriptors 3 and 4, which only a shell can open for a program.
        let script = "exec \"$0\" --headless --no-sandbox --disable-gpu --no-first-run --remote-debugging-pipe \
                      --user-data-dir=\"$1\" about:blank 3<\"$2\" 4>\"$3\"";
        let process = Command::new("sh")
            .args(["-c", script, program])
            .args([&folder.join("profile"), &input, &output])
            // How a date is typed follows the language.
            .envs([("LANG", "en_US.UTF-8"), ("LANGUAGE", "en_US")])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let to = OpenOptions::new().write(true).open(&input).unwrap();
        let from = File::open(&output).unwrap();
        Browser { process, to, from, unread: Vec::new(), sent: 0, session: None, events: Vec::new() }
    }

    /// Opens a page from the disk, in a window of that size.
    pub fn open(&mut self, page: &Path, width: u32, height: u32) {
        let target = self.ask("Target.createTarget", &json!({ "url": "about:blank" }))["targetId"].clone();
        let session = self.ask("Target.attachToTarget", &json!({ "targetId": target, "flatten": true }));
        self.session = session["sessionId"].as_str().map(str::to_owned);
        for domain in ["Page.enable", "Runtime.enable", "Log.enable", "Network.enable"] {
            self.ask(domain, &json!({}));
        }
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.ask("Emulation.setDeviceMetricsOverride", &size);
        self.ask("Page.navigate", &json!({ "url": format!("file://{}", page.display()) }));
        self.wait("document.readyState === 'complete' && location.protocol === 'file:'");
    }

    /// Where files are saved.
    pub fn save_to(&mut self, folder: &Path) {
        let session = self.session.take();
        self.ask("Browser.setDownloadBehavior", &json!({ "behavior": "allow", "downloadPath": folder }));
        self.session = session;
    }

    /// Sends a command; gives its result.
    pub fn ask(&mut self, method: &str, parameters: &Value) -> Value {
        self.sent += 1;
        let mut message = json!({ "id": self.sent, "method": method, "params": parameters });
        if let Some(session) = &self.session {
            message["sessionId"] = json!(session);
        }
        self.to.write_all(message.to_string().as_bytes()).unwrap();
        self.to.write_all(&[0]).unwrap();
        loop {
            let answer = self.next();
            if answer["id"] == json!(self.sent) {
                assert!(answer.get("error").is_none(), "{method}: {answer}");
                return answer["result"].clone();
            }
            self.events.push(answer);
        }
    }

    fn next(&mut self) -> Value {
        loop {
            if let Some(end) = self.unread.iter().position(|byte| *byte == 0) {
                let message: Vec<u8> = self.unread.drain(..=end).collect();
                return serde_json::from_slice(&message[..end]).unwrap();
            }
            let mut more = [0; 65_536];
            let read = self.from.read(&mut more).unwrap();
            assert!(read > 0, "the browser is gone");
            self.unread.extend_from_slice(&more[..read]);
        }
    }

    /// The value of an expression in the page.
    pub fn value(&mut self, expression: &str) -> Value {
        let answer = self.ask("Runtime.evaluate", &json!({ "expression": expression, "returnByValue": true }));
        assert!(answer.get("exceptionDetails").is_none(), "{expression}: {answer}");
        answer["result"]["value"].clone()
    }

    pub fn text(&mut self, expression: &str) -> String {
        self.value(expression).as_str().unwrap_or_default().to_owned()
    }

    /// Waits until an expression holds.
    pub fn wait(&mut self, expression: &str) {
        let begun = Instant::now();
        while self.value(expression) != json!(true) {
            assert!(begun.elapsed() < PATIENCE, "{expression}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Presses a key as a hand would: the browser itself moves focus, opens and chooses.
    pub fn press(&mut self, key: &str) {
        let (code, text) = match key {
            "Tab" => (9, ""),
            "Enter" => (13, "\r"),
            " " => (32, " "),
            "ArrowUp" => (38, ""),
            "ArrowDown" => (40, ""),
            "Backspace" => (8, ""),
            _ => (0, key),
        };
        let down = json!({ "type": "keyDown", "key": key, "text": text, "windowsVirtualKeyCode": code });
        self.ask("Input.dispatchKeyEvent", &down);
        self.ask("Input.dispatchKeyEvent", &json!({ "type": "keyUp", "key": key, "windowsVirtualKeyCode": code }));
    }

    pub fn write(&mut self, text: &str) {
        for letter in text.chars() {
            self.press(&letter.to_string());
        }
    }

    /// Presses Tab until the focused element answers; fails after `most` presses.
    pub fn tab_to(&mut self, condition: &str, most: usize) {
        let test = format!("(e => Boolean({condition}))(document.activeElement)");
        for _ in 0..most {
            self.press("Tab");
            if self.value(&test) == json!(true) {
                return;
            }
        }
        panic!("not reached with {most} presses of Tab: {condition}");
    }

    /// Errors that the page ran into, and whatever it asked the network for beside itself.
    pub fn complaints(&mut self) -> Vec<String> {
        // A round trip brings in what is under way.
        self.value("1");
        let of = |event: &Value| {
            let method = event["method"].as_str().unwrap_or_default();
            let url = event["params"]["request"]["url"].as_str().unwrap_or_default();
            // The browser draws its own fields with pictures that are data.
            let is_own = ["file:", "blob:", "data:"].iter().any(|scheme| url.starts_with(scheme));
            let asked = method == "Network.requestWillBeSent" && !is_own;
            let level = event["params"]["entry"]["level"].as_str().unwrap_or_default();
            let logged = method == "Log.entryAdded" && matches!(level, "error" | "warning");
            (asked || logged || method == "Runtime.exceptionThrown").then(|| event.to_string())
        };
        self.events.iter().filter_map(of).collect()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Killed and waited for, so that its folder can be removed.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
