//! `cargo xtask bench`: speed, size and memory as ratios within one run.
//!
//! Every figure is processor time of a process of its own, the median of several rounds in which all contestants
//! take turns. Reads `/proc`, so it needs Linux. What others need is installed with `--peers`.

mod child;
mod peers;
mod texts;
mod work;

use std::path::{Path, PathBuf};
use std::process::Command;

use amends_rules::{PackFolder, compile};
use anyhow::Context as _;

use child::{Worker, median, whole_process};
pub(crate) use work::WorkArguments;

/// Rounds in which everything takes its turn.
const ROUNDS: usize = 9;
/// The same beside peers, some of which need many seconds a round.
const PEER_ROUNDS: usize = 3;

#[derive(clap::Args)]
pub(crate) struct BenchArguments {
    /// Install other checkers into target/peers and measure them on the same text in the same run.
    #[arg(long)]
    peers: bool,
    #[command(subcommand)]
    work: Option<Measured>,
}

#[derive(clap::Subcommand)]
enum Measured {
    /// Internal: one measured process.
    #[command(hide = true)]
    Work(WorkArguments),
}

/// Files of a run.
struct Bench {
    folder: PathBuf,
    pack: PathBuf,
    text: PathBuf,
    letter: PathBuf,
    n_bytes: f64,
}

pub(crate) fn run(arguments: &BenchArguments) -> anyhow::Result<()> {
    if let Some(Measured::Work(arguments)) = &arguments.work {
        return work::run(arguments);
    }
    if cfg!(debug_assertions) {
        println!("note: built without optimization; use `cargo run --release -p xtask -- bench`\n");
    }
    let bench = Bench::prepare()?;
    let peers = match arguments.peers {
        true => peers::install(Path::new("bench-peers"), &std::path::absolute("target/peers")?)?,
        false => Vec::new(),
    };
    println!("| figure | wanted | seen |\n|---|---|---|");
    bench.throughput()?;
    bench.letter_and_start()?;
    bench.learned()?;
    bench.wasm();
    bench.beside(&peers)?;
    bench.growth()
}

fn row(figure: &str, wanted: &str, seen: &str) {
    println!("| {figure} | {wanted} | {seen} |");
}

impl Bench {
    fn prepare() -> anyhow::Result<Self> {
        let folder = std::path::absolute("target/bench")?;
        std::fs::create_dir_all(&folder)?;
        let mut pack = compile(&PackFolder::read(Path::new("packs/en"))?)?;
        for rule in &mut pack.rules {
            rule.bad.clear();
            rule.good.clear();
        }
        let text = texts::letters(Path::new("corpus"))?;
        let bench = Self {
            pack: folder.join("en.pack"),
            text: folder.join("letters.txt"),
            letter: folder.join("letter.txt"),
            n_bytes: text.len() as f64,
            folder,
        };
        let bytes = pack.to_bytes();
        println!(
            "English pack: {} checks, {} patterns, {} tests, {} words, {} bytes. Text: {} bytes of letters.\n",
            pack.rules.len(),
            pack.patterns.len(),
            pack.tests.len(),
            pack.vocabulary.words.len(),
            bytes.len(),
            text.len()
        );
        std::fs::write(&bench.pack, bytes)?;
        std::fs::write(&bench.letter, texts::first_words(&text, 300))?;
        std::fs::write(&bench.text, text)?;
        Ok(bench)
    }

    fn command(&self, work: &str, text: &Path) -> anyhow::Result<Command> {
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["bench", "work", work]).arg(&self.pack).arg(text);
        Ok(command)
    }

    fn throughput(&self) -> anyhow::Result<()> {
        let mut check = Worker::start(&mut self.command("check", &self.text)?)?;
        let mut words = Worker::start(&mut self.command("words", &self.text)?)?;
        let (mut ratios, mut checks) = (Vec::new(), Vec::new());
        for round in 0..=ROUNDS {
            let word_seconds = words.seconds(40)?;
            let check_seconds = check.seconds(10)?;
            // The first round only warms up.
            if round > 0 {
                ratios.push(word_seconds / check_seconds);
                checks.push(check_seconds);
            }
        }
        let speed = self.n_bytes / median(checks) / 1e6;
        let seen = format!("{:.2} ({speed:.1} MB/s)", median(ratios));
        row("full check over `unicode_words` on the same text", ">= 0.30", &seen);
        Ok(())
    }

    fn letter_and_start(&self) -> anyhow::Result<()> {
        let mut letter = Worker::start(&mut self.command("check", &self.letter)?)?;
        letter.seconds(1)?;
        let memory = letter.peak_memory()? as f64 / 1e6;
        let rounds = (0..ROUNDS).map(|_| letter.seconds(200)).collect::<anyhow::Result<Vec<f64>>>()?;
        let milliseconds = median(rounds[1..].to_vec()) * 1e3;
        row("letter of 300 words, native", "<= 0.05 ms", &format!("{milliseconds:.3} ms"));
        let mut start = Worker::start(&mut self.command("start", &self.letter)?)?;
        let rounds = (0..ROUNDS).map(|_| start.seconds(20)).collect::<anyhow::Result<Vec<f64>>>()?;
        let seen = format!(
            "{:.2} ms ({:.2} ms the first time in a process)",
            median(rounds) * 1e3,
            work::first_start(&self.pack)? * 1e3
        );
        row("start, native", "<= 2 ms", &seen);
        row("memory, native: whole process after one letter", "<= 10 MB", &format!("{memory:.1} MB"));
        let program = Path::new("target/release/amends");
        let seen = match program.exists() {
            true => {
                let seconds = whole_process(100, || {
                    let mut command = Command::new(program);
                    command.args(["check", "--rules-only"]).arg(&self.letter);
                    command
                })?;
                format!("{:.1} ms", seconds * 1e3)
            }
            false => "not measured: build it with `cargo build --release -p amends`".to_owned(),
        };
        row("whole process, one letter: `amends check --rules-only`", "<= 5 ms", &seen);
        let once = self.command("once", &self.letter)?;
        let seconds = whole_process(100, || {
            let mut command = Command::new(once.get_program());
            command.args(once.get_args());
            command
        })?;
        row("whole process, one letter: engine alone", "<= 5 ms", &format!("{:.1} ms", seconds * 1e3));
        Ok(())
    }

    /// Rows of the learned model; says so where its weights are missing.
    fn learned(&self) -> anyhow::Result<()> {
        if !Path::new(work::WEIGHTS).exists() {
            row("learned model", "", "not measured: no weights");
            return Ok(());
        }
        for (name, figure, wanted) in [
            ("learned", "learned model: a sentence with the one before it, one core", "<= 8 ms"),
            ("open", "learned model: opening the weights", ""),
        ] {
            let mut worker = Worker::start(&mut self.command(name, &self.letter)?)?;
            worker.seconds(1)?;
            let rounds = (0..ROUNDS).map(|_| worker.seconds(20)).collect::<anyhow::Result<Vec<f64>>>()?;
            row(figure, wanted, &format!("{:.2} ms", median(rounds) * 1e3));
        }
        let program = Path::new("target/release/amends");
        if program.exists() {
            let letter = self.folder.join("letter-200.txt");
            std::fs::write(&letter, texts::first_words(&std::fs::read_to_string(&self.text)?, 200))?;
            let seconds = whole_process(20, || {
                let mut command = Command::new(program);
                command.arg("check").arg(&letter);
                command
            })?;
            row(
                "whole process, letter of 200 words: `amends check` with the model",
                "",
                &format!("{:.0} ms", seconds * 1e3),
            );
        }
        Ok(())
    }

    /// Rows of the engine as WASM; says so where Node or the compiler's target is missing.
    fn wasm(&self) {
        match self.weigh_wasm() {
            Ok(weighed) => {
                let figure = |name: &str| weighed[name].as_f64().unwrap_or(f64::NAN);
                row("letter of 300 words, WASM", "<= 0.2 ms", &format!("{:.3} ms", figure("letter_ms")));
                row(
                    "start, WASM: compile, instantiate, make ready",
                    "<= 15 ms",
                    &format!("{:.1} ms", figure("start_ms")),
                );
                let (gzip, brotli) = (figure("gzip") / 1e3, figure("brotli") / 1e3);
                let seen = format!("{gzip:.0} KB ({brotli:.0} KB with brotli)");
                row("engine and English pack as WASM, gzip", "<= 160 KB", &seen);
            }
            Err(error) => row("WASM", "", &format!("not measured: {error:#}")),
        }
    }

    fn weigh_wasm(&self) -> anyhow::Result<serde_json::Value> {
        let target = self.folder.join("wasm");
        let built = Command::new("cargo")
            .args(["build", "--release", "--quiet", "--target", "wasm32-unknown-unknown"])
            .args(["--manifest-path", "bench-peers/engine-wasm/Cargo.toml", "--target-dir"])
            .arg(&target)
            .status()?;
        anyhow::ensure!(built.success(), "the WASM target did not build");
        let output = Command::new("node")
            .arg("bench-peers/engine-wasm/run.mjs")
            .arg(target.join("wasm32-unknown-unknown/release/engine_wasm.wasm"))
            .arg(&self.letter)
            .output()
            .context("node")?;
        serde_json::from_slice(&output.stdout).context("run.mjs gave no JSON")
    }

    fn beside(&self, peers: &[peers::Peer]) -> anyhow::Result<()> {
        let mut check = Worker::start(&mut self.command("check", &self.text)?)?;
        check.seconds(10)?;
        for peer in peers {
            let wanted = match peer.name {
                "harper-core" => ">= 500x",
                "write-good" => ">= 80x",
                "proselint" => ">= 150x",
                "alex" => ">= 300x",
                _ => ">= 900x",
            };
            let mut other = Worker::start(&mut peer.worker(&self.text))?;
            let (mut ratios, mut others) = (Vec::new(), Vec::new());
            for _ in 0..PEER_ROUNDS {
                let check_seconds = check.seconds(20)?;
                let other_seconds = other.seconds(1)?;
                ratios.push(other_seconds / check_seconds);
                others.push(other_seconds);
            }
            let speed = self.n_bytes / median(others) / 1e6;
            let seen = format!(
                "{:.0}x ({speed:.3} MB/s; ready after {:.0} ms, {:.0} MB)",
                median(ratios),
                other.start_seconds * 1e3,
                other.peak_memory()? as f64 / 1e6
            );
            row(&format!("full check over {}", peer.name), wanted, &seen);
            if peer.whole(&self.letter).is_some() {
                let seconds =
                    whole_process(5, || peer.whole(&self.letter).expect("it was there a line above"))?;
                row(
                    &format!("whole process, one letter: {}", peer.name),
                    "",
                    &format!("{:.0} ms", seconds * 1e3),
                );
            }
        }
        Ok(())
    }

    /// Cost by the byte for longer and longer texts.
    fn growth(&self) -> anyhow::Result<()> {
        println!("\n| length | ns per byte |\n|---|---|");
        let text = std::fs::read_to_string(&self.text)?;
        let path = self.folder.join("long.txt");
        for (name, n_bytes) in [
            ("1 KB", 1_000),
            ("10 KB", 10_000),
            ("100 KB", 100_000),
            ("1 MB", 1_000_000),
            ("10 MB", 10_000_000),
        ] {
            std::fs::write(&path, texts::of_length(&text, n_bytes))?;
            let mut check = Worker::start(&mut self.command("check", &path)?)?;
            let times = (2_000_000 / n_bytes).max(1) as u32;
            check.seconds(times)?;
            let rounds = (0..5).map(|_| check.seconds(times)).collect::<anyhow::Result<Vec<f64>>>()?;
            println!("| {name} | {:.1} |", median(rounds) * 1e9 / n_bytes as f64);
        }
        Ok(())
    }
}
