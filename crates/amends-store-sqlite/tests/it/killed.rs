//! kill -9 in the middle of writing: nothing that was acknowledged is lost.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use amends_store::{Change, Position, RecordId, Store};
use amends_store_sqlite::SqliteStore;

use crate::folder;

fn numbered(number: u32) -> Change {
    let mut id = [0; 16];
    id[..4].copy_from_slice(&number.to_be_bytes());
    Change::Append { id: RecordId(id), bytes: vec![number as u8; 281] }
}

/// The writing process: appends numbered records and prints each number after its commit, until it is killed.
#[test]
fn as_the_writer() {
    let Some(path) = std::env::var_os("AMENDS_TEST_WRITER") else { return };
    let mut store = SqliteStore::open(path.as_ref()).unwrap();
    let first = store.read_after(Position::START, usize::MAX).unwrap().len() as u32;
    let mut out = std::io::stdout();
    for number in first.. {
        store.commit(&[numbered(number)]).unwrap();
        writeln!(out, "acknowledged {number}").unwrap();
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
fn what_was_acknowledged_before_a_kill_is_there_after_it() {
    let (_folder, path) = folder();
    drop(SqliteStore::create(&path).unwrap());
    let mut acknowledged = None;
    for n_lines in [1, 2, 7, 30, 150] {
        let mut writer = start_writer(&path);
        let lines = BufReader::new(writer.stdout.take().unwrap()).lines().map(Result::unwrap);
        let numbers = lines.filter_map(|line| line.strip_prefix("acknowledged ")?.parse::<u32>().ok());
        acknowledged = numbers.take(n_lines).last().or(acknowledged);
        writer.kill().unwrap();
        writer.wait().unwrap();

        let store = SqliteStore::open(&path).unwrap();
        store.check().unwrap();
        let records = store.read_after(Position::START, usize::MAX).unwrap();
        assert!(records.len() as u32 > acknowledged.unwrap(), "{} of {acknowledged:?}", records.len());
        for (number, record) in (0..).zip(&records) {
            assert_eq!(record.id.0[..4], u32::to_be_bytes(number), "no gap and no stranger");
        }
    }
}
