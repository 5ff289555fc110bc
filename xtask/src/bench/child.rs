//! Processes that do one piece of work as often as they are told, measured from outside.
//!
//! All work, ours and that of others, runs in such a process: it says `ready`, then answers every line with a
//! number by doing its work so many times. Measured is the time its threads spent on a processor
//! (`/proc/<pid>/task/*/schedstat`), so that other programs on the machine hardly matter.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Instant;

use anyhow::Context as _;

/// A process that waits for work.
pub(crate) struct Worker {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    /// Seconds from its start until it was ready.
    pub(crate) start_seconds: f64,
}

impl Worker {
    /// Starts a process and waits until it is ready.
    pub(crate) fn start(command: &mut Command) -> anyhow::Result<Self> {
        let name = format!("{command:?}");
        let began = Instant::now();
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| name.clone())?;
        let input = child.stdin.take().context("a piped process has an input")?;
        let output = BufReader::new(child.stdout.take().context("a piped process has an output")?);
        let mut worker = Self { child, input, output, start_seconds: 0.0 };
        let answer = worker.answer()?;
        anyhow::ensure!(answer == "ready", "{name} answered `{answer}`");
        worker.start_seconds = began.elapsed().as_secs_f64();
        Ok(worker)
    }

    /// Lets it work `times` times: seconds of processor time for one.
    pub(crate) fn seconds(&mut self, times: u32) -> anyhow::Result<f64> {
        let before = self.processor_seconds()?;
        writeln!(self.input, "{times}")?;
        self.answer()?;
        Ok((self.processor_seconds()? - before) / f64::from(times))
    }

    /// Most memory it has held so far, in bytes.
    pub(crate) fn peak_memory(&self) -> anyhow::Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("no VmHWM")?;
        let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse()?;
        Ok(kilobytes * 1024)
    }

    fn answer(&mut self) -> anyhow::Result<String> {
        let mut line = String::new();
        anyhow::ensure!(self.output.read_line(&mut line)? > 0, "it ended without an answer");
        Ok(line.trim().to_owned())
    }

    fn processor_seconds(&self) -> anyhow::Result<f64> {
        let mut nanoseconds = 0.0;
        for task in std::fs::read_dir(format!("/proc/{}/task", self.child.id()))? {
            let stat = std::fs::read_to_string(task?.path().join("schedstat")).unwrap_or_default();
            nanoseconds += stat.split(' ').next().and_then(|first| first.parse::<f64>().ok()).unwrap_or(0.0);
        }
        Ok(nanoseconds / 1e9)
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // It may be gone already; there is nothing left to do about it either way.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The middle one.
pub(crate) fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Seconds of processor time that one run of a program takes from start to end, over `times` runs.
pub(crate) fn whole_process(times: u32, make: impl Fn() -> Command) -> anyhow::Result<f64> {
    let before = children_seconds()?;
    for _ in 0..times {
        make().stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    }
    Ok((children_seconds()? - before) / f64::from(times))
}

/// Processor time of all ended children of this process, in seconds (fields 16 and 17 of `proc(5)`'s stat, in
/// hundredths).
fn children_seconds() -> anyhow::Result<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let (_, rest) = stat.rsplit_once(')').context("no name in /proc/self/stat")?;
    let field = |number: usize| -> anyhow::Result<f64> {
        Ok(rest.split_whitespace().nth(number - 3).context("too short")?.parse::<f64>()?)
    };
    Ok((field(16)? + field(17)?) / 100.0)
}
