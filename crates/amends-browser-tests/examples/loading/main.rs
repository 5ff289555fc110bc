//! How fast the app feels in a browser, beside the web apps of others: what is loaded, when there is something to
//! read, when it can be used, and how long the first hint takes. Linux only. docs/BENCHMARKS.md says how to run it.
//!
//! Arguments: the folder of our bundle, then `name=folder` for each other app, then `backups=folder` for a folder
//! with `empty.backup` and `five-years.backup`.

mod contestant;
mod hints;
mod processes;
mod serve;
mod vault;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use crate::contestant::Contestant;
use crate::serve::Served;

/// How often each app is opened by a browser that has never seen it; the median is printed.
const ROUNDS: usize = 5;

/// The whole browser works at full speed, or a quarter of it.
const SLOWDOWNS: [u32; 2] = [1, 4];

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let bundle = arguments.next().context("the folder of the bundle is missing: cargo xtask web")?;
    let ours = Served::start(Path::new(&bundle), Some(amends_ui::CONTENT_SECURITY_POLICY)).await?;
    let mut contestants = vec![Contestant::amends(ours.clone())];
    let mut backups = None;
    for argument in arguments {
        match argument.split_once('=') {
            Some(("backups", folder)) => backups = Some(PathBuf::from(folder)),
            Some((name, folder)) => {
                contestants.push(Contestant::other(name, Served::start(Path::new(folder), None).await?)?)
            }
            None => bail!("{argument} is not name=folder"),
        }
    }
    println!(
        "| app | slowed down | sent until usable, brotli | something to read | usable | memory of its pages |"
    );
    println!("|---|---|---|---|---|---|");
    for slowdown in SLOWDOWNS {
        let mut openings = vec![Vec::new(); contestants.len()];
        // In turns, so that a busy minute of the machine touches all.
        for _ in 0..ROUNDS {
            for (contestant, opened) in contestants.iter().zip(&mut openings) {
                opened.push(contestant.open(slowdown).await?);
            }
        }
        for (contestant, opened) in contestants.iter().zip(openings) {
            println!("{}", contestant::row(contestant, slowdown, opened));
        }
    }
    for slowdown in SLOWDOWNS {
        hints::measure(&ours, slowdown).await?;
    }
    if let Some(folder) = backups {
        vault::measure(&ours, &folder).await?;
    }
    Ok(())
}

/// The middle one of some figures.
fn median(figures: impl IntoIterator<Item = f64>) -> f64 {
    let mut figures: Vec<f64> = figures.into_iter().collect();
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}
