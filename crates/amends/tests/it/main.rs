//! The command line as a person meets it: the real program, its output and exit codes.

mod batch;
mod check;
mod lsp;
mod rules;
mod steps;
mod together;
mod vault;
mod weights;

use std::io::Write;
use std::process::{Command, Output, Stdio};

/// Runs `amends` with these arguments and this standard input.
fn amends(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_amends"))
        .args(arguments)
        .env("NO_COLOR", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("amends can be started");
    let mut stdin = child.stdin.take().expect("standard input is a pipe");
    // A program that stops before it has read everything closes the pipe; its exit code tells the story.
    let _ = stdin.write_all(input);
    drop(stdin);
    child.wait_with_output().expect("amends ends")
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
