//! The program with weights that are missing, damaged, newer, or no weights at all: the rules go on alone, with one
//! line on standard error, in every command that reads drafts.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};

const DRAFT: &str = "I'm sorry if I hurt you. You made me do it.\n";
const NOTE: &str = "the learned model cannot be used";

/// A folder with weights that nobody can use, by name; removed when dropped.
struct Broken(tempfile::TempDir);

impl Broken {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder for files of a test");
        let files: [(&str, &[u8]); 3] = [
            ("damaged", b"AMDL\x01\0\0\0 neither hash nor weights, but long enough for both of them"),
            ("newer", b"AMDL\x09\0\0\0 whatever later versions hold"),
            ("page", b"<!doctype html>"),
        ];
        for (name, bytes) in files {
            std::fs::write(folder.path().join(name), bytes).expect("the folder can be written");
        }
        Self(folder)
    }

    /// What may be given instead of weights, and how many lines about it are expected.
    fn cases(&self) -> Vec<(PathBuf, usize)> {
        let named = ["damaged", "newer", "page", "not-there"].map(|name| (self.0.path().join(name), 1));
        named.into_iter().chain([(PathBuf::new(), 0)]).collect()
    }
}

fn start(arguments: &[&str], weights: &PathBuf) -> Child {
    Command::new(env!("CARGO_BIN_EXE_amends"))
        .args(arguments)
        .env("NO_COLOR", "1")
        .env("AMENDS_WEIGHTS", weights)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("amends can be started")
}

fn run(arguments: &[&str], weights: &PathBuf, input: &[u8]) -> Output {
    let mut child = start(arguments, weights);
    child.stdin.take().expect("a pipe").write_all(input).expect("it reads");
    child.wait_with_output().expect("it ends")
}

fn notes(stderr: &[u8]) -> usize {
    String::from_utf8_lossy(stderr).matches(NOTE).count()
}

#[test]
fn a_draft_gets_the_findings_of_the_rules() {
    let broken = Broken::new();
    let arguments = ["check", "--format", "json"];
    let expected = run(&["check", "--format", "json", "--rules-only"], &PathBuf::new(), DRAFT.as_bytes());
    assert!(String::from_utf8_lossy(&expected.stdout).contains("conditional-apology"));
    for (weights, n_notes) in broken.cases() {
        let output = run(&arguments, &weights, DRAFT.as_bytes());
        assert_eq!(output.status, expected.status, "{weights:?}");
        assert_eq!(output.stdout, expected.stdout, "{weights:?}");
        assert_eq!(notes(&output.stderr), n_notes, "{weights:?}");
    }
}

#[test]
fn a_batch_gets_them_with_one_note_for_all_its_lines() {
    let broken = Broken::new();
    let line = serde_json::json!({"id": 1, "text": DRAFT}).to_string() + "\n";
    let input = line.repeat(3);
    let expected = run(&["check", "--batch", "--rules-only"], &PathBuf::new(), input.as_bytes());
    for (weights, n_notes) in broken.cases() {
        let output = run(&["check", "--batch"], &weights, input.as_bytes());
        assert_eq!(output.stdout, expected.stdout, "{weights:?}");
        assert_eq!(output.stdout.iter().filter(|&&byte| byte == b'\n').count(), 3);
        assert_eq!(notes(&output.stderr), n_notes, "{weights:?}");
    }
}

#[test]
fn an_editor_gets_them() {
    let broken = Broken::new();
    let frame = |body: serde_json::Value| {
        let body = body.to_string();
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    };
    let open = |version: u32| {
        frame(
            serde_json::json!({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument":
            {"uri": "file:///letter.txt", "languageId": "plaintext", "version": version, "text": DRAFT}}}),
        )
    };
    let input = [
        frame(serde_json::json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}})),
        frame(serde_json::json!({"jsonrpc": "2.0", "method": "initialized", "params": {}})),
        open(1),
        open(2),
        frame(serde_json::json!({"jsonrpc": "2.0", "id": 2, "method": "shutdown"})),
        frame(serde_json::json!({"jsonrpc": "2.0", "method": "exit"})),
    ]
    .concat();
    for (weights, n_notes) in broken.cases() {
        let output = run(&["lsp"], &weights, input.as_bytes());
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(output.status.code(), Some(0), "{weights:?}");
        assert_eq!(said.matches("publishDiagnostics").count(), 2, "{weights:?}: {said}");
        assert!(said.contains("conditional-apology") && said.contains("blame-shift"), "{weights:?}: {said}");
        assert_eq!(notes(&output.stderr), n_notes, "{weights:?}");
    }
}

/// Ends the program even when a test fails before.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// One request on loopback: the whole answer.
fn ask(address: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("it listens");
    stream.write_all(request.as_bytes()).expect("it reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("it answers");
    answer
}

#[test]
fn the_app_gets_them() {
    let broken = Broken::new();
    for (weights, n_notes) in broken.cases() {
        let data = tempfile::tempdir().expect("a folder for files of a test");
        let folder = data.path().to_str().expect("a plain path");
        let mut server = Server(start(&["open", "--no-browser", "--data-dir", folder], &weights));
        let mut lines = BufReader::new(server.0.stdout.take().expect("a pipe")).lines().map_while(Result::ok);
        let address =
            lines.find_map(|line| Some(line.split_once("http://")?.1.to_owned())).expect("an address");
        let (host, path) = address.trim().split_once('/').expect("a path that lets in");
        let get = format!("GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        let entered = ask(host, &get);
        let cookie = entered
            .lines()
            .find_map(|line| line.to_ascii_lowercase().starts_with("set-cookie: ").then(|| &line[12..]))
            .and_then(|cookie| cookie.split(';').next())
            .unwrap_or_else(|| panic!("no cookie: {entered}"));
        let form = "genre=apology&partner=&text=I%27m+sorry+if+I+hurt+you.+You+made+me+do+it.";
        let post = format!(
            "POST /live HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nSec-Fetch-Site: same-origin\r\nCookie: \
             {cookie}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\nConnection: \
             close\r\n\r\n{form}",
            form.len()
        );
        for _ in 0..2 {
            let answer = ask(host, &post);
            assert!(
                answer.starts_with("HTTP/1.1 200") && answer.contains("\"marks\":[{"),
                "{weights:?}: {answer}"
            );
        }
        let mut stderr = Vec::new();
        server.0.kill().expect("it runs until it is stopped");
        server.0.stderr.take().expect("a pipe").read_to_end(&mut stderr).expect("what it said");
        assert_eq!(notes(&stderr), n_notes, "{weights:?}");
    }
}
