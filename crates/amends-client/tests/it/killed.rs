//! kill -9 of a program that writes events and drafts into a vault file.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use amends_store_sqlite::SqliteStore;

use crate::{NOW, create_on, letter, letters, open};

/// The writing program: saves a draft, makes a letter of it, says so; until it is killed.
#[test]
fn as_the_writer() {
    let Some(path) = std::env::var_os("AMENDS_TEST_WRITER") else { return };
    let mut vault = open(SqliteStore::open(path.as_ref()).unwrap());
    let mut out = std::io::stdout();
    for number in letters(&vault).len().. {
        let text = format!("letter {number}");
        vault.save_draft("letter", &text, NOW).unwrap();
        writeln!(out, "draft {number}").unwrap();
        out.flush().unwrap();
        vault.append(NOW, letter(&text).finishing("letter")).unwrap();
        writeln!(out, "letter {number}").unwrap();
        out.flush().unwrap();
    }
}

fn start_writer(path: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["killed::as_the_writer", "--exact", "--nocapture"])
        .env("AMENDS_TEST_WRITER", path)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

#[test]
fn what_a_killed_program_acknowledged_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vault.amends");
    drop(create_on(SqliteStore::create(&path).unwrap()));
    // Odd numbers of lines: killed between draft and letter; even: after a letter.
    for n_lines in [1, 2, 5, 30, 77] {
        let mut writer = start_writer(&path);
        let lines = BufReader::new(writer.stdout.take().unwrap()).lines().map(Result::unwrap);
        let told = lines.filter(|line| line.starts_with("draft ") || line.starts_with("letter "));
        let last = told.take(n_lines).last().unwrap();
        writer.kill().unwrap();
        writer.wait().unwrap();

        let vault = open(SqliteStore::open(&path).unwrap());
        assert!(vault.doctor().unwrap().is_healthy());
        let texts = letters(&vault);
        let expected: Vec<String> = (0..texts.len()).map(|number| format!("letter {number}")).collect();
        assert_eq!(texts, expected, "no gap and no stranger");
        let (kind, number) = last.split_once(' ').unwrap();
        let number: usize = number.parse().unwrap();
        let draft_is_there =
            vault.draft("letter").is_some_and(|draft| draft.text == format!("letter {number}"));
        let letter_is_there = texts.len() > number;
        assert!(letter_is_there || (kind == "draft" && draft_is_there), "lost: {last}");
    }
}
