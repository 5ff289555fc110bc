//! The way out: by link and by key, and what is seen on the way back.

use anyhow::ensure;
use serde_json::json;

use crate::{App, FIRST};

const SECRET: &str = "I lied to you about the second phone.";

/// Three single presses leave; Shift as part of anything else does not.
pub(crate) async fn shift_and_its_exceptions(app: &App) -> anyhow::Result<()> {
    let browser = &app.browser;
    browser.paste("#draft", SECRET).await?;
    browser.script("document.getElementById('draft').focus()", vec![]).await?;
    browser.press(&[&[SHIFT, 'a'], &[SHIFT, 'b'], &[SHIFT, 'c'], &[SHIFT, 'd']]).await?;
    browser.press(&[&[SHIFT, LEFT], &[SHIFT, LEFT], &[SHIFT, LEFT]]).await?;
    browser.press(&[&[SHIFT], &['x'], &[SHIFT], &['x'], &[SHIFT]]).await?;
    // A selection made longer with Shift and the pointer, three times.
    let body = "for (let round = 0; round < 3; round += 1) { const at = document.getElementById('draft'); \
        const key = (kind, held) => at.dispatchEvent(new KeyboardEvent(kind, { key: 'Shift', shiftKey: held, bubbles: true })); \
        key('keydown', true); at.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true })); key('keyup', false); }";
    browser.script(body, vec![]).await?;
    ensure!(browser.client().current_url().await?.as_str().starts_with(&app.origin), "still here");
    ensure!(browser.count(".ghost").await? == 0, "nothing is covered");
    browser.press(&[&[LETTER]]).await?;
    browser.press(&[&[SHIFT]]).await?;
    browser
        .until("document.getElementById('exit-status').textContent === 'Shift, press 2 more times to leave.'")
        .await?;
    browser.press(&[&[RIGHT_SHIFT]]).await?;
    browser
        .until("document.getElementById('exit-status').textContent === 'Shift, press 1 more time to leave.'")
        .await?;
    ensure!(browser.count(".lights .on").await? == 2, "two lights are on");
    browser.press(&[&[LETTER]]).await?;
    ensure!(browser.count(".lights .on").await? == 0, "another key puts them out");
    browser.press(&[&[SHIFT]]).await?;
    browser
        .until("document.getElementById('exit-status').textContent === 'Leaving by Shift was not finished.'")
        .await?;
    ensure!(browser.count(".lights .on").await? == 0, "so does waiting");
    shortcut_can_be_turned_off(app).await
}

async fn shortcut_can_be_turned_off(app: &App) -> anyhow::Result<()> {
    let browser = &app.browser;
    for state in ["off", "on"] {
        browser.click("nav a[href='/more']").await?;
        browser.click("main a[href='/settings']").await?;
        browser.until_title("Settings").await?;
        browser.click("input[name='exit-shortcut']").await?;
        browser.click("main form button.main-button").await?;
        browser.until(&format!("document.getElementById('exit').dataset.shortcut === '{state}'")).await?;
        if state == "off" {
            browser.press(&[&[SHIFT], &[SHIFT], &[SHIFT]]).await?;
            ensure!(browser.count("#exit").await? == 1, "nothing happens");
        }
    }
    Ok(())
}

/// From a page before the app into it, out by each way, and back: never a word of the draft, never a page of
/// the app; and coming again in the same tab shows a closed page first.
pub(crate) async fn leaving_shows_nothing_on_the_way_back(app: &App) -> anyhow::Result<()> {
    let browser = &app.browser;
    for way in ["link", "shift"] {
        browser.goto("data:text/html,<title>before</title><h1>before</h1>").await?;
        browser.goto(&format!("{}/", app.origin)).await?;
        browser.until_title(FIRST).await?;
        app.open_desk().await?;
        browser.paste("#draft", SECRET).await?;
        browser.click("nav a[href='/safety']").await?;
        browser.until_title("Safety and help").await?;
        app.open_desk().await?;
        if way == "link" {
            browser.click("#exit").await?;
        } else {
            browser.script("document.activeElement.blur()", vec![]).await?;
            browser.press(&[&[SHIFT], &[SHIFT], &[SHIFT]]).await?;
        }
        until_away(app).await?;
        browser.client().back().await?;
        let page = browser.client().source().await?;
        ensure!(
            page.contains("before") && !page.contains("second phone"),
            "{way}: back leads to the page before"
        );
        browser.goto(&format!("{}/", app.origin)).await?;
        browser.until_title("Notes").await?;
        let words = browser.texts("body").await?.concat();
        ensure!(
            !words.contains("Amends") && !words.contains("phone"),
            "{way}: a closed page shows nothing: {words}"
        );
        browser.no_barriers("closed page").await?;
        browser.click("main.closed button").await?;
        browser.until_title(FIRST).await?;
        app.open_desk().await?;
        let draft = browser.script("return document.getElementById('draft').value", vec![]).await?;
        ensure!(draft == json!(""), "{way}: what was typed is gone");
    }
    Ok(())
}

/// Waits until the app is left.
pub(crate) async fn until_away(app: &App) -> anyhow::Result<()> {
    until(|| async { Ok(!app.browser.client().current_url().await?.as_str().starts_with(&app.origin)) }).await
}

async fn until<F>(mut holds: impl FnMut() -> F) -> anyhow::Result<()>
where
    F: Future<Output = anyhow::Result<bool>>,
{
    let start = std::time::Instant::now();
    while !holds().await? {
        ensure!(start.elapsed().as_secs() < 60, "the page was not left");
    }
    Ok(())
}

const SHIFT: char = '\u{e008}';
const RIGHT_SHIFT: char = '\u{e050}';
const LEFT: char = '\u{e012}';
const LETTER: char = 'z';
