//! A disk that is full or broken.

use std::io::{Seek, SeekFrom, Write};

use amends_wire::{Code, ServerFrame};

use crate::client::{Socket, box_};
use crate::running::{Program, Within, folder, program, settings};

#[tokio::test]
async fn a_full_disk_refuses_loses_nothing_and_recovers() {
    let folder = folder();
    let mut settings = settings(folder.path());
    settings.database = Some(1_500_000);
    settings.limits.burst = 100_000;
    let relay = Within::start(settings).await;
    let pair = box_(1);
    let mut ana = Socket::open(relay.address).await;
    ana.ask(&pair.create()).await;
    let mut acknowledged = 0;
    let full = loop {
        match ana.ask(&pair.publish(acknowledged, vec![7; 20_000])).await {
            ServerFrame::Ack { .. } => acknowledged += 1,
            other => break other,
        }
        assert!(acknowledged < 1_000, "it is never full");
    };
    assert!(matches!(full, ServerFrame::Refused { code: Code::Full, wait: Some(_), .. }), "{full:?}");
    assert_eq!(ana.fetch(&pair, 0).await.0.len() as u32, acknowledged, "what was acknowledged is there");
    let dropped = ana.ask(&pair.drop_to(u64::from(acknowledged) - 2)).await;
    assert!(matches!(dropped, ServerFrame::Done { .. }), "room can be made: {dropped:?}");
    // The rows go shortly after.
    let mut tries = 0;
    while !matches!(ana.ask(&pair.publish(5_000, vec![7; 20_000])).await, ServerFrame::Ack { .. }) {
        tries += 1;
        assert!(tries < 1_000, "there is never room again");
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    assert_eq!(ana.fetch(&pair, 0).await.0.len(), 3);
    relay.stop().await;
}

#[tokio::test]
async fn a_damaged_file_is_noticed_and_the_rest_is_still_served() {
    let folder = folder();
    let relay = Program::start(folder.path(), &["--burst", "100000"]);
    let mut ana = Socket::open(relay.address).await;
    for n in 0..40 {
        ana.ask(&box_(n).create()).await;
        for m in 0..40 {
            ana.ask(&box_(n).publish(m, vec![n as u8; 3_000])).await;
        }
    }
    relay.stop();
    let path = folder.path().join("relay.sqlite");
    let len = std::fs::metadata(&path).unwrap().len();
    let mut file = std::fs::OpenOptions::new().write(true).open(&path).unwrap();
    // A few pages in the last third, where records are.
    for page in 0..8 {
        file.seek(SeekFrom::Start((len * 2 / 3 / 4096 + page) * 4096)).unwrap();
        file.write_all(&[0xee; 4096]).unwrap();
    }
    drop(file);
    let found = program().args(["doctor", "--data"]).arg(folder.path()).output().unwrap();
    let words = String::from_utf8_lossy(&found.stdout).into_owned();
    assert_eq!(found.status.code(), Some(2), "{words}");
    assert!(words.contains("damaged") && words.contains("restore a backup"), "{words}");

    let relay = Program::start(folder.path(), &[]);
    let (mut n_whole, mut n_refused) = (0, 0);
    for n in 0..40 {
        let mut ben = Socket::open(relay.address).await;
        match ben.fetch(&box_(n), 0).await {
            (records, ServerFrame::UpToDate { .. }) if records.len() == 40 => n_whole += 1,
            (_, ServerFrame::Refused { code: Code::Unavailable, .. }) => n_refused += 1,
            _ => {}
        }
    }
    assert!(n_whole > 10, "{n_whole} whole, {n_refused} refused");
    assert!(n_whole < 40, "the damage was in nobody's records");
}

#[tokio::test]
async fn what_is_not_a_relays_file_is_left_alone() {
    let folder = folder();
    let path = folder.path().join("relay.sqlite");
    std::fs::write(&path, b"my diary, please keep").unwrap();
    let output =
        program().args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(folder.path()).output().unwrap();
    assert!(!output.status.success());
    assert_eq!(std::fs::read(&path).unwrap(), b"my diary, please keep");
}

#[test]
fn a_folder_has_one_relay_at_a_time() {
    let folder = folder();
    let relay = Program::start(folder.path(), &[]);
    let second =
        program().args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(folder.path()).output().unwrap();
    assert!(!second.status.success());
    let words = String::from_utf8_lossy(&second.stderr);
    assert!(words.contains("another relay runs"), "{words}");
    relay.stop();
}

#[tokio::test]
async fn a_mailbox_begins_a_new_life_after_a_backup_was_put_back() {
    let folder = folder();
    let relay = Program::start(folder.path(), &[]);
    let pair = box_(1);
    let mut ana = Socket::open(relay.address).await;
    ana.ask(&pair.create()).await;
    ana.ask(&pair.publish(1, vec![1])).await;
    let before = ana.fetch(&pair, 1).await.1;
    let busy = program().args(["restored", "--data"]).arg(folder.path()).output().unwrap();
    assert!(!busy.status.success(), "not while it runs");
    drop(ana);
    relay.stop();
    assert!(program().args(["restored", "--data"]).arg(folder.path()).status().unwrap().success());
    let relay = Program::start(folder.path(), &[]);
    let after = Socket::open(relay.address).await.fetch(&pair, 1).await.1;
    match (before, after) {
        (
            ServerFrame::UpToDate { era: one, seq: a, .. },
            ServerFrame::UpToDate { era: other, seq: b, .. },
        ) => {
            assert_ne!(one, other);
            assert_eq!(a, b);
        }
        other => panic!("{other:?}"),
    }
    relay.stop();
}
