//! The power goes: everything that was written and not synchronized is lost or half there. What was acknowledged is there.
//!
//! The relay runs under `strace`, which notes each write and each synchronization. At a random moment the process is held,
//! its files are copied, and in the copy what was written after the last synchronization of its file is left, lost or garbled
//! by chance, as a disk does it. A relay on the copy has to have everything that clients were told. Where `strace` is not there
//! or may not watch, the copy is tested as it is: as after kill -9.

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::crash::{Acknowledged, Load, UNLIMITED, collect, nothing_is_lost};
use crate::running::{Program, amount, folder};

/// A number that looks random and is the same in every run.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }
}

fn can_watch() -> bool {
    let tried = Command::new("strace").args(["-o", "/dev/null", "true"]).stderr(Stdio::null()).status();
    tried.is_ok_and(|status| status.success())
}

fn watched(trace: &Path) -> Command {
    let mut strace = Command::new("strace");
    strace.args([
        "-D",
        "-ff",
        "-y",
        "-s",
        "0",
        "-e",
        "trace=pwrite64,fdatasync,fsync,ftruncate",
        "-e",
        "signal=none",
    ]);
    strace.arg("-o").arg(trace).arg(env!("CARGO_BIN_EXE_amends-relay"));
    strace
}

/// Writes of each file that were not synchronized: place and length. Only one thread writes, so each file's order is that of its lines.
fn not_synchronized(folder: &Path) -> (BTreeMap<String, Vec<(u64, u64)>>, u64) {
    let (mut open, mut n_synchronized) = (BTreeMap::<String, Vec<(u64, u64)>>::new(), 0);
    for entry in fs::read_dir(folder).expect("there are notes") {
        let text = fs::read(entry.expect("it can be listed").path()).expect("it can be read");
        for line in String::from_utf8_lossy(&text).lines() {
            let name = line.split(['<', '>']).nth(1).and_then(|path| path.rsplit('/').next());
            let Some(name) = name.filter(|name| ["relay.sqlite", "relay.sqlite-wal"].contains(name)) else {
                continue;
            };
            if line.starts_with("pwrite64") {
                let mut numbers = line.rsplit(") = ").nth(1).unwrap_or(line).rsplit(", ");
                let at = numbers.next().and_then(|number| number.parse().ok());
                let len = numbers.next().and_then(|number| number.parse().ok());
                open.entry(name.to_owned()).or_default().extend(at.zip(len));
            } else if line.contains("sync(") && line.trim_end().ends_with("= 0") {
                open.remove(name);
                n_synchronized += 1;
            }
        }
    }
    (open, n_synchronized)
}

/// Each write that was not synchronized may be there, be lost, or be half there.
fn lose(copy: &Path, open: &BTreeMap<String, Vec<(u64, u64)>>, dice: &mut Dice) -> usize {
    let mut n_lost = 0;
    for (name, writes) in open {
        let mut file = OpenOptions::new().write(true).open(copy.join(name)).expect("it was copied");
        for (at, len) in writes {
            let (from, len) = match dice.throw(3) {
                0 => continue,
                1 => (*at, *len),
                _ => (at + dice.throw(*len), len / 2),
            };
            n_lost += 1;
            file.seek(SeekFrom::Start(from)).expect("it can be sought");
            let byte = if dice.throw(2) == 0 { 0 } else { 0xa5 };
            file.write_all(&vec![byte; len as usize]).expect("it can be written");
        }
    }
    n_lost
}

/// Copies what the disk has; the index of the log is only in memory, and gone.
fn copy_of(data: &Path, copy: &Path) {
    let _ = fs::remove_dir_all(copy);
    fs::create_dir(copy).expect("a folder can be made");
    for entry in fs::read_dir(data).expect("it can be listed") {
        let entry = entry.expect("it can be listed");
        if !entry.file_name().to_string_lossy().ends_with("-shm") {
            fs::copy(entry.path(), copy.join(entry.file_name())).expect("it can be copied");
        }
    }
    #[cfg(unix)]
    fs::set_permissions(copy, std::os::unix::fs::PermissionsExt::from_mode(0o700)).expect("it is ours");
}

fn hold(relay: &Program) {
    let held = Command::new("kill").args(["-STOP", &relay.id().to_string()]).status().expect("kill runs");
    assert!(held.success());
    // Held is held when the system says so.
    while let Ok(status) = fs::read_to_string(format!("/proc/{}/stat", relay.id())) {
        let state = status.rsplit(") ").next().and_then(|rest| rest.chars().next());
        if !matches!(state, Some('R' | 'S' | 'D')) {
            break;
        }
        std::thread::yield_now();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_when_the_power_goes() {
    let folder = folder();
    let (data, copy) = (folder.path().join("data"), folder.path().join("copy"));
    let watches = can_watch();
    if !watches {
        eprintln!("strace may not watch here: files are copied as they are");
    }
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut acknowledged = Acknowledged::new();
    let (mut n_lost, mut n_synchronized) = (0, 0);
    for round in 0..amount(8, 60) {
        let notes = folder.path().join(format!("notes-{round}"));
        fs::create_dir(&notes).expect("a folder can be made");
        let relay = if watches {
            Program::start_as(watched(&notes.join("t")), &data, &UNLIMITED)
        } else {
            Program::start(&data, &UNLIMITED)
        };
        let load = Load::new(100 + dice.throw(1_500) as usize);
        let clients = load.begin(relay.address, round * 1_000_000);
        load.reached().await;
        tokio::time::sleep(std::time::Duration::from_micros(dice.throw(5_000))).await;
        hold(&relay);
        copy_of(&data, &copy);
        let (open, synchronized) = not_synchronized(&notes);
        n_synchronized += synchronized;
        n_lost += lose(&copy, &open, &mut dice);
        relay.kill();
        collect(clients, &mut acknowledged).await;
        // The next round goes on with what the power cut left.
        fs::remove_dir_all(&data).expect("it is ours");
        fs::rename(&copy, &data).expect("it is ours");
        nothing_is_lost(&data, &acknowledged).await;
    }
    assert!(acknowledged.len() > 100, "there was load: {}", acknowledged.len());
    eprintln!("{} acknowledged, {n_lost} writes lost, {n_synchronized} synchronizations", acknowledged.len());
    assert!(!watches || (n_lost > 0 && n_synchronized > 10), "{n_lost} lost, {n_synchronized} synchronized");
}
