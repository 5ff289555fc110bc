//! Every page: for eyes that need large, dark or narrow pages, and for people who do not see them.

use amends_browser_tests::Screen;
use anyhow::ensure;
use serde_json::json;

use crate::{App, FIRST};

/// The page before the first use: the way out is the first stop of the keyboard, the skip link the second.
pub(crate) async fn first_page(app: &App) -> anyhow::Result<()> {
    let browser = &app.browser;
    browser.screen(Screen::DESKTOP).await?;
    browser.goto(&app.entry).await?;
    browser.until_title("Before you begin").await?;
    ensure!(browser.client().title().await? == "Notes", "the title is neutral");
    ensure!(browser.count("nav").await? == 0, "nothing else before it was read");
    browser.press(&[&[TAB]]).await?;
    browser.until("document.activeElement.id === 'exit'").await?;
    browser.press(&[&[TAB]]).await?;
    browser.until("document.activeElement.classList.contains('skip')").await?;
    browser.press(&[&[ENTER]]).await?;
    browser.until("document.activeElement.id === 'main'").await?;
    browser.no_barriers("start").await
}

/// Every page in light and dark, narrow, and with text twice as large: no barrier, no scrolling sideways.
pub(crate) async fn every_page_is_open_to_everybody(app: &App) -> anyhow::Result<()> {
    let browser = &app.browser;
    for (way, title) in [
        (&[".name a"][..], FIRST),
        (&["nav a[href='/path']"], "The path"),
        (&["nav a[href='/path']", "a[href='/step/listening']"], "Listen"),
        (&["nav a[href='/desk']"], "Draft desk"),
        (&["nav a[href='/safety']"], "Safety and help"),
        (&["nav a[href='/more']"], "More"),
        (&["nav a[href='/more']", "main a[href='/settings']"], "Settings"),
        (&["nav a[href='/more']", "main a[href='/privacy']"], "Privacy"),
        (&["nav a[href='/more']", "main a[href='/rules']"], "All checks"),
        (&["nav a[href='/more']", "main a[href='/evidence']"], "The studies"),
    ] {
        for step in way {
            browser.click(step).await?;
        }
        browser.until_title(title).await?;
        browser.until("document.activeElement.tagName === 'H1'").await?;
        ensure!(browser.client().title().await? == "Notes", "{title}: the title is neutral");
        ensure!(browser.count("#exit").await? == 1, "{title}: the way out is there");
        browser.no_barriers(title).await?;
        browser.screen(Screen::DESKTOP.dark()).await?;
        browser.no_barriers(&format!("{title}, dark")).await?;
        browser.screen(Screen::NARROW).await?;
        browser.no_sideways_scrolling(&format!("{title}, narrow")).await?;
        twice_as_large(app, title).await?;
        browser.screen(Screen::DESKTOP).await?;
    }
    let entries = browser.script("return history.length", vec![]).await?;
    ensure!(
        entries.as_u64() <= Some(3),
        "going from page to page leaves no entries in the history: {entries}"
    );
    Ok(())
}

async fn twice_as_large(app: &App, title: &str) -> anyhow::Result<()> {
    let browser = &app.browser;
    browser.screen(Screen { width: 640, ..Screen::DESKTOP }).await?;
    browser.script("document.documentElement.dataset.size = 'largest'", vec![]).await?;
    let size = browser.script("return getComputedStyle(document.body).fontSize", vec![]).await?;
    ensure!(size == json!("32px"), "{title}: text is twice as large, not {size}");
    browser.no_sideways_scrolling(&format!("{title}, twice as large")).await?;
    browser.script("document.documentElement.dataset.size = 'normal'", vec![]).await?;
    Ok(())
}

const TAB: char = '\u{e004}';
const ENTER: char = '\u{e007}';
