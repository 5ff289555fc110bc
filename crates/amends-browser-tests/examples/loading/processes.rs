//! The processes of a browser: slowed down together, and what memory they hold.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

/// One stretch of work of a slowed-down browser.
const SLICE: Duration = Duration::from_millis(8);

/// Lets all processes of a browser work only a part of the time, until it is dropped. A slowdown by the browser's own
/// tools reaches the page only, not the worker that the core lives in.
pub(crate) struct Slowed {
    ended: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Slowed {
    /// `times` as slow as it is; 1 changes nothing.
    pub(crate) fn start(profile: &Path, times: u32) -> Self {
        let ended = Arc::new(AtomicBool::new(times == 1));
        let (profile, end) = (profile.to_owned(), ended.clone());
        let thread = std::thread::spawn(move || {
            while !end.load(Ordering::Relaxed) {
                // Listed again each time: new ones are started all the while.
                let all = of(&profile);
                signal(&all, Signal::STOP);
                std::thread::park_timeout(SLICE * (times - 1));
                signal(&all, Signal::CONT);
                std::thread::park_timeout(SLICE);
            }
        });
        Self { ended, thread: Some(thread) }
    }
}

impl Drop for Slowed {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            // It does nothing that could fail.
            let _ = thread.join();
        }
    }
}

fn signal(processes: &[i32], signal: Signal) {
    for pid in processes.iter().copied().filter_map(Pid::from_raw) {
        // One that has just ended need not be told.
        let _ = kill_process(pid, signal);
    }
}

/// The browser that keeps its data in `profile`, and all that it started.
fn of(profile: &Path) -> Vec<i32> {
    let all: Vec<(i32, i32)> = pids().filter_map(|pid| Some((pid, parent(pid)?))).collect();
    let named = |pid: i32| command_line(pid).contains(&*profile.to_string_lossy());
    let mut found: HashSet<i32> = all.iter().map(|(pid, _)| *pid).filter(|pid| named(*pid)).collect();
    loop {
        let n = found.len();
        found.extend(
            all.iter().filter(|(_, parent)| found.contains(parent)).map(|(pid, _)| *pid).collect::<Vec<_>>(),
        );
        if found.len() == n {
            // The driver carries the folder in no argument, so it is not among them and is never stopped.
            return found.into_iter().collect();
        }
    }
}

/// Memory in KiB that the pages and workers of a browser hold: their proportional share (`Pss`).
pub(crate) fn memory_of_pages(profile: &Path) -> f64 {
    of(profile)
        .into_iter()
        .filter(|pid| command_line(*pid).contains("--type=renderer"))
        .filter_map(|pid| std::fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).ok())
        .filter_map(|text| {
            let line = text.lines().find(|line| line.starts_with("Pss:"))?.to_owned();
            line.split_whitespace().nth(1)?.parse::<f64>().ok()
        })
        .sum()
}

fn pids() -> impl Iterator<Item = i32> {
    let names = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    names.filter_map(|entry| entry.file_name().to_str()?.parse().ok())
}

fn command_line(pid: i32) -> String {
    let bytes = std::fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

fn parent(pid: i32) -> Option<i32> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name in parentheses may hold anything; what follows does not.
    stat.rsplit_once(") ")?.1.split(' ').nth(1)?.parse().ok()
}
