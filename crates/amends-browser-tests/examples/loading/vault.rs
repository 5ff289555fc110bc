//! A vault of five years beside an empty one: from the passphrase to home.

use std::path::Path;

use amends_browser_tests::{Browser, Screen};

use crate::median;
use crate::processes::memory_of_pages;
use crate::serve::Served;

/// What both backups open with.
const PASSPHRASE: &str = "five years of use";
const ROUNDS: usize = 7;

/// Prints both; the derivation of the key costs the same in both.
pub(crate) async fn measure(served: &Served, backups: &Path) -> anyhow::Result<()> {
    println!("\n| vault | from passphrase to open | memory of its pages |\n|---|---|---|");
    for name in ["empty", "five-years"] {
        let browser = Browser::open().await?;
        browser.screen(Screen::PHONE).await?;
        restore(&browser, &served.origin, &backups.join(format!("{name}.backup"))).await?;
        let mut times = Vec::new();
        for _ in 0..ROUNDS {
            browser.click(".lock button").await?;
            browser.until_title("Open your vault").await?;
            browser.paste("#passphrase", PASSPHRASE).await?;
            times.push(open(&browser).await?);
        }
        let memory = memory_of_pages(browser.profile()) / 1024.0;
        println!("| {name} | {:.0} ms (median of {ROUNDS}) | {memory:.0} MB |", median(times));
        browser.close().await?;
    }
    Ok(())
}

async fn restore(browser: &Browser, origin: &str, backup: &Path) -> anyhow::Result<()> {
    browser.goto(&format!("{origin}/")).await?;
    browser.until("document.readyState === 'complete'").await?;
    browser.click("main form button").await?;
    browser.until_title("Begin with a draft").await?;
    browser.click(".lock a").await?;
    browser.click("a[href='/keep/restore']").await?;
    browser.until_title("A vault from a backup file").await?;
    browser.choose_file("#file", backup).await?;
    browser.paste("#passphrase", PASSPHRASE).await?;
    browser.click("main form .main-button").await?;
    browser.until_title("Your vault is open").await
}

/// Milliseconds from pressing the button to the next page.
async fn open(browser: &Browser) -> anyhow::Result<f64> {
    let body = "const done = arguments[0]; const start = performance.now(); \
        document.querySelector('main form .main-button').click(); \
        const look = () => document.querySelector('h1')?.textContent.includes('Your vault is open') ? \
        done(performance.now() - start) : requestAnimationFrame(look); look();";
    let time = browser.client().execute_async(body, vec![]).await?;
    time.as_f64().ok_or_else(|| anyhow::anyhow!("no time came"))
}
