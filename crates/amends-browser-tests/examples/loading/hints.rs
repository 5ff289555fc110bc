//! From a word to its hint, on the draft desk.

use amends_browser_tests::{Browser, Screen};
use serde_json::json;

use crate::median;
use crate::processes::Slowed;
use crate::serve::Served;

/// What is in the box, one after the other; each has a fault.
const FIRST: &str = "I am sorry if I hurt you.";
const LATER: [&str; 5] = [
    "You should be over it by now.",
    "I would not have done it if you had listened to me.",
    "Mistakes were made.",
    "I promise I will never lie again.",
    "You are too sensitive.",
];

/// Prints the time to the first hint after the desk was opened for the first time, and to each later one.
pub(crate) async fn measure(served: &Served, slowdown: u32) -> anyhow::Result<()> {
    let browser = Browser::open().await?;
    browser.screen(Screen::PHONE).await?;
    browser.goto(&format!("{}/", served.origin)).await?;
    browser.until("document.readyState === 'complete'").await?;
    browser.click("main form button").await?;
    browser.until_title("Begin with a draft").await?;
    browser.click("nav a[href='/desk']").await?;
    browser.until_title("Draft desk").await?;
    browser.click("#genre-apology").await?;
    let slowed = Slowed::start(browser.profile(), slowdown);
    let first = until_marked(&browser, FIRST).await?;
    let mut later = Vec::new();
    for words in LATER {
        later.push(until_marked(&browser, words).await?);
    }
    drop(slowed);
    println!(
        "\n{slowdown}x slowed down: first hint {first:.0} ms after the first words, later ones {:.0} ms (median of {})",
        median(later),
        LATER.len()
    );
    browser.close().await
}

/// Milliseconds from a change of the text to the mark under its words.
async fn until_marked(browser: &Browser, words: &str) -> anyhow::Result<f64> {
    let body = "const [words, done] = arguments; const box = document.querySelector('#draft'); \
        const start = performance.now(); box.focus(); box.value = words; \
        box.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText' })); \
        const marked = () => [...document.querySelectorAll('#mirror mark')].some((one) => words.includes(one.textContent)); \
        const look = () => marked() ? done(performance.now() - start) : \
        performance.now() - start > 20000 ? done(-1) : requestAnimationFrame(look); look();";
    let time = browser.client().execute_async(body, vec![json!(words)]).await?;
    let time = time.as_f64().unwrap_or(-1.0);
    anyhow::ensure!(time >= 0.0, "no mark came for {words:?}");
    Ok(time)
}
