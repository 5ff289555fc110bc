//! A disk that is really full: a small file system in memory, which only the relay of the test sees.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use amends_wire::{Code, ServerFrame};

use crate::client::{Socket, box_, request};
use crate::running::{Program, folder};

/// A file system of some megabytes in a world of its own, as long as this lives.
struct SmallDisk {
    holder: Child,
    place: PathBuf,
}

impl SmallDisk {
    /// None where the system does not let this user make one.
    fn make(place: &Path, mib: u32) -> Option<Self> {
        std::fs::create_dir_all(place).expect("a folder can be made");
        let script = format!("mount -t tmpfs -o size={mib}m,mode=700 none \"$0\" && echo there && exec cat");
        let mut holder = Command::new("unshare")
            .args(["--user", "--map-root-user", "--mount", "sh", "-c", &script])
            .arg(place)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let mut said = [0; 6];
        let out = holder.stdout.as_mut().expect("its output is ours");
        let is_there = std::io::Read::read_exact(out, &mut said).is_ok();
        let disk = Self { holder, place: place.to_owned() };
        is_there.then_some(disk)
    }

    /// Where this test sees it.
    fn seen_from_here(&self) -> PathBuf {
        let inside = self.place.strip_prefix("/").expect("it is a whole path");
        Path::new(&format!("/proc/{}/root", self.holder.id())).join(inside)
    }

    /// The relay, with its data on this disk.
    fn relay(&self) -> Program {
        let mut nsenter = Command::new("nsenter");
        let holder = self.holder.id().to_string();
        nsenter.args([
            "--preserve-credentials",
            "-U",
            "-m",
            "-t",
            &holder,
            env!("CARGO_BIN_EXE_amends-relay"),
        ]);
        Program::start_as(nsenter, &self.place, &["--burst", "100000", "--per-minute", "60000"])
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = self.holder.kill();
        let _ = self.holder.wait();
    }
}

/// Publishes until it is refused; gives how many were acknowledged in all, and the refusal.
async fn fill(ana: &mut Socket, from: u32) -> (u32, ServerFrame) {
    let mut n = from;
    loop {
        match ana.ask(&box_(1).publish(n, vec![7; 20_000])).await {
            ServerFrame::Ack { .. } => n += 1,
            other => return (n, other),
        }
        assert!(n < 5_000, "it is never full");
    }
}

async fn health(relay: &Program) -> u16 {
    request(relay.address, "GET /health HTTP/1.1", b"").await.status
}

#[tokio::test]
async fn a_full_disk_is_told_reading_goes_on_and_nothing_is_lost_also_by_a_kill() {
    let folder = folder();
    let Some(disk) = SmallDisk::make(&folder.path().join("small"), 8) else {
        eprintln!(
            "this user may make no file system here: a_full_disk_refuses_loses_nothing_and_recovers is the test that is left"
        );
        return;
    };
    let ballast = disk.seen_from_here().join("ballast");
    std::fs::write(&ballast, vec![1; 3 << 20]).expect("there is room yet");
    let relay = disk.relay();
    let mut ana = Socket::open(relay.address).await;
    ana.ask(&box_(1).create()).await;
    let (n, refusal) = fill(&mut ana, 0).await;
    assert!(n > 20, "{n}");
    assert!(matches!(refusal, ServerFrame::Refused { code: Code::Full, wait: Some(_), .. }), "{refusal:?}");
    assert_eq!(health(&relay).await, 503, "whoever looks after it sees it");
    let (records, end) = ana.fetch(&box_(1), 0).await;
    assert!(matches!(end, ServerFrame::UpToDate { .. }), "{end:?}");
    assert_eq!(records.len() as u32, n, "what was acknowledged is read");

    relay.kill();
    let relay = disk.relay();
    let mut ana = Socket::open(relay.address).await;
    assert_eq!(
        ana.fetch(&box_(1), 0).await.0.len() as u32,
        n,
        "killed with a full disk, and nothing is lost"
    );

    std::fs::remove_file(&ballast).expect("it is ours");
    let mut tries = 0;
    while !matches!(ana.ask(&box_(1).publish(n, vec![7; 20_000])).await, ServerFrame::Ack { .. }) {
        tries += 1;
        assert!(tries < 600, "there is room, and nothing is taken");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(health(&relay).await, 200, "nobody had to do anything but make room");
    assert_eq!(ana.fetch(&box_(1), 0).await.0.len() as u32, n + 1);
    relay.kill();
}

#[tokio::test]
async fn a_relay_that_nobody_writes_to_notices_by_itself_that_there_is_room_again() {
    let folder = folder();
    let Some(disk) = SmallDisk::make(&folder.path().join("small"), 8) else {
        eprintln!("this user may make no file system here");
        return;
    };
    let ballast = disk.seen_from_here().join("ballast");
    std::fs::write(&ballast, vec![1; 4 << 20]).expect("there is room yet");
    let relay = disk.relay();
    let mut ana = Socket::open(relay.address).await;
    ana.ask(&box_(1).create()).await;
    fill(&mut ana, 0).await;
    assert_eq!(health(&relay).await, 503);
    std::fs::remove_file(&ballast).expect("it is ours");
    let mut n_looks = 0;
    while health(&relay).await != 200 {
        n_looks += 1;
        assert!(n_looks < 600, "it does not notice");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    relay.kill();
}
