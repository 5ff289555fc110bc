//! What the measured processes of our own do.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Instant;

use amends_lint::{Draft, Engine, Pack, Scratch};
use amends_reader::Reader;
use unicode_segmentation::UnicodeSegmentation as _;

/// One of our own measured processes.
#[derive(clap::Args)]
pub(crate) struct WorkArguments {
    /// What it does.
    work: Work,
    /// Stored pack.
    pack: PathBuf,
    /// Text to read.
    text: PathBuf,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Work {
    /// Full check.
    Check,
    /// Cuts the text into words with `unicode-segmentation`.
    Words,
    /// Makes a pack ready.
    Start,
    /// Checks once and ends.
    Once,
    /// One sentence with the one before it through the learned model, never from memory.
    Learned,
    /// Opens the weights and reads one sentence.
    Open,
}

/// A sentence of usual length and the one before it, written for this: 30 word pieces together.
const SENTENCE: &str = "Since then you have been sleeping badly and you check the door twice.";
const BEFORE: &str = "I told my brother what you told me.";
/// The weights, as in `cargo xtask eval`.
pub(crate) const WEIGHTS: &str = "models/en.amdl";

pub(crate) fn run(arguments: &WorkArguments) -> anyhow::Result<()> {
    let text = std::fs::read_to_string(&arguments.text)?;
    match arguments.work {
        Work::Learned => {
            let mut reader = Reader::by_rules();
            reader.add_model(&std::fs::read(WEIGHTS)?)?;
            serve(|| reader.carried(SENTENCE, Some(BEFORE)).learned.len())
        }
        Work::Open => {
            let weights = std::fs::read(WEIGHTS)?.leak();
            let mut reader = Some(Reader::by_rules());
            serve(|| {
                let mut with = reader.take().map(|reader| reader.with_weights(&*weights, |_| ()));
                let n = with.as_mut().map_or(0, |reader| reader.carried("No.", None).learned.len());
                reader = with;
                n
            })
        }
        Work::Words => serve(|| text.unicode_words().count()),
        Work::Start => {
            let bytes = std::fs::read(&arguments.pack)?;
            serve(|| engine(&bytes).map_or(0, |engine| engine.pack().rules.len()))
        }
        Work::Check => {
            let engine = engine(&std::fs::read(&arguments.pack)?)?;
            let mut scratch = Scratch::default();
            serve(|| engine.check(&Draft::new(&text), &mut scratch).findings.len())
        }
        Work::Once => {
            let engine = engine(&std::fs::read(&arguments.pack)?)?;
            black_box(engine.check(&Draft::new(&text), &mut Scratch::default()));
            Ok(())
        }
    }
}

fn engine(bytes: &[u8]) -> anyhow::Result<Engine> {
    let pack = Pack::from_bytes(bytes).map_err(|error| anyhow::anyhow!("{error}"))?;
    Ok(Engine::new(pack))
}

fn serve(mut work: impl FnMut() -> usize) -> anyhow::Result<()> {
    println!("ready");
    for line in std::io::stdin().lines() {
        let times: u32 = line?.trim().parse().unwrap_or(1);
        let mut found = 0;
        for _ in 0..times {
            found = black_box(work());
        }
        println!("{found}");
    }
    Ok(())
}

/// Seconds that reading `bytes` and making them ready takes the first time in a process.
pub(crate) fn first_start(pack: &Path) -> anyhow::Result<f64> {
    let bytes = std::fs::read(pack)?;
    let began = Instant::now();
    black_box(engine(&bytes)?);
    Ok(began.elapsed().as_secs_f64())
}
