//! The cryptography gives the same values as WebAssembly: every vector of the native tests, in the browser.

use std::path::PathBuf;

use amends_browser_tests::{Browser, BrowserShell, root};
use anyhow::ensure;
use serde_json::{Value, json};

const LOAD: &str = "const done = arguments[0]; import('/amends-vectors.js').then(async (vectors) => { \
    await vectors.default(); window.vectors = vectors; done(vectors.groups()) }).catch((error) => done(String(error)))";
// A group that ends early says at which vector.
const RUN: &str = "try { const ran = window.vectors.run(arguments[0]); return [ran.n, ran.wrong] } \
    catch (error) { return [0, [`${window.vectors.at()}: ${error}`]] }";

#[tokio::test]
async fn every_vector_holds_in_webassembly_too() -> anyhow::Result<()> {
    let shell = BrowserShell::serving(module()?).await?;
    let browser = Browser::open().await?;
    browser.goto(&format!("{}/", shell.origin)).await?;
    let groups = amends_vectors::all();
    let names: Vec<_> = groups.iter().map(|group| group.name).collect();
    let loaded = browser.client().execute_async(LOAD, vec![]).await?;
    ensure!(loaded == json!(names), "the browser has other vectors: {loaded}");

    let mut failures = Vec::new();
    for (number, group) in groups.iter().enumerate() {
        let ran: Value = browser.script(RUN, vec![json!(number)]).await?;
        let (n, wrong): (usize, Vec<String>) = serde_json::from_value(ran)?;
        let natively = group.run().n;
        if n != natively {
            failures.push(format!("{}: {n} vectors of {natively}", group.name));
        }
        failures.extend(wrong);
    }
    ensure!(failures.is_empty(), "in WebAssembly: {failures:#?}");
    browser.close().await
}

/// Folder with the module and an empty page.
fn module() -> anyhow::Result<PathBuf> {
    let options = amends_bundle::Options::new(&root().canonicalize()?);
    let folder = amends_bundle::build_vectors(&options)?;
    std::fs::write(folder.join("index.html"), "<!doctype html><title>Vectors</title>")?;
    Ok(folder)
}
