//! How long the rules and the learned model read one sentence in Chromium, with the bundle that people get.
//!
//! `cargo run -p amends-browser-tests --example reading -- dist/web` after `cargo xtask web`. The sentence that is timed
//! stands last in a draft and gets another last word each time, as when somebody types; so it alone is read again, with
//! the sentence before it as its context. Printed are medians, without the model and with it.

use std::path::{Path, PathBuf};

use amends_browser_tests::{Browser, BrowserShell};
use anyhow::Context as _;
use serde_json::{Value, json};

/// The four texts of `crates/amends-model/examples/speed.rs`: the sentence before, and the one that is timed.
const TEXTS: [(&str, &str); 4] = [
    ("", "Sorry if it hurt you"),
    ("", "You asked me twice whether something was going on, and both times I lied to your face"),
    (
        "I told my brother what you told me.",
        "Since then you have been sleeping badly and you check the door twice",
    ),
    (
        "On Monday I wrote to your manager that I had no right to share it and asked her to keep it to herself.",
        "When people at a party start trading stories about their partners, I'll go and get a glass of water and talk \
         about something of my own",
    ),
];

/// Readings of each text; the median is printed.
const ROUNDS: usize = 25;

/// In the page, with the files of the app: a core of its own, timed by the clock of the browser.
const SCRIPT: &str = r"
    const [module, weights, texts, rounds, done] = arguments;
    const words = ['now', 'then', 'here', 'there', 'today', 'again', 'once', 'later', 'still', 'too'];
    const median = (times) => times.sort((one, next) => one - next)[times.length >> 1];
    const measure = async () => {
      const { default: init, App } = await import(module);
      await init();
      const app = new App(crypto.getRandomValues(new Uint8Array(64)), false);
      const read = (text) => {
        const fields = [['genre', 'apology'], ['text', text]];
        const question = { method: 'POST', path: '/live', fields, state: '', now: Date.now(), offset: 0, zone: 'UTC', language: 'en' };
        const begun = performance.now();
        app.live(JSON.stringify(question));
        return performance.now() - begun;
      };
      // What was read once is remembered: each text is new.
      let count = 99;
      const ending = () => [...String((count += 1))].map((digit) => words[Number(digit)]).join(' ');
      const all = () => texts.map(([before, sentence]) => {
        const times = [];
        for (let round = 0; round < rounds; round += 1) {
          times.push(read(`${before} ${sentence} ${ending()}.`));
        }
        return median(times);
      });
      const rules = all();
      const bytes = new Uint8Array(await (await fetch(weights)).arrayBuffer());
      const begun = performance.now();
      if (!app.addModel(bytes)) throw new Error('not a weights file');
      const opening = performance.now() - begun;
      return { rules, both: all(), opening };
    };
    measure().then(done, (error) => done(String(error)));
";

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let folder: PathBuf =
        std::env::args().nth(1).context("the folder of the bundle is missing: cargo xtask web")?.into();
    let module = asset(&folder, "amends_wasm.", ".js")?;
    let weights = asset(&folder, "en.", ".amdl")?;
    let shell = BrowserShell::serving(folder).await?;
    let browser = Browser::open().await?;
    browser.goto(&format!("{}/", shell.origin)).await?;
    browser.until("document.readyState === 'complete'").await?;
    let arguments = vec![json!(module), json!(weights), json!(TEXTS), json!(ROUNDS)];
    let times = browser.client().execute_async(SCRIPT, arguments).await?;
    let opening = times["opening"].as_f64().with_context(|| times.to_string())?;
    println!(
        "weights opened in {opening:.1} ms\n\n| sentence, with the one before it | rules | rules and model |\n|---|---|---|"
    );
    for (number, (before, sentence)) in TEXTS.iter().enumerate() {
        let of = |who: &str| times[who][number].as_f64().unwrap_or(f64::NAN);
        let length = sentence.split(' ').count() + 3;
        let context = before.split_whitespace().count();
        println!("| {length} words, {context} before | {:.1} ms | {:.1} ms |", of("rules"), of("both"));
    }
    browser.close().await
}

/// Address of the one file with this name around its hash.
fn asset(folder: &Path, start: &str, end: &str) -> anyhow::Result<Value> {
    for entry in std::fs::read_dir(folder.join("assets"))? {
        let name = entry?.file_name().into_string().unwrap_or_default();
        if name.starts_with(start) && name.ends_with(end) {
            return Ok(json!(format!("/assets/{name}")));
        }
    }
    anyhow::bail!("{} has no {start}*{end}: cargo xtask web", folder.display())
}
