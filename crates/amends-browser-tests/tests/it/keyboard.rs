//! With keys alone: from the first page to a vault, a tool, a letter, out in a hurry, and back.

use amends_browser_tests::{Browser, NativeShell};
use anyhow::{Context as _, ensure};
use serde_json::json;

use crate::App;
use crate::doors::PASSPHRASE;

const TAB: char = '\u{e004}';
const ENTER: char = '\u{e007}';
const SPACE: char = ' ';
const SHIFT: char = '\u{e008}';
/// Most steps of the Tab key from anywhere to anywhere.
const FARTHEST: usize = 120;

const OBSTACLE: &str = "I am afraid of the face.";
const LETTER: &str = "Dear Kim, I hid the card for a year.";

#[tokio::test]
async fn all_can_be_done_with_keys_alone() -> anyhow::Result<()> {
    let shell = NativeShell::start().await?;
    let app = crate::native(&shell).await?;
    let browser = &app.browser;
    browser.goto("data:text/html,<title>before</title><h1>before</h1>").await?;
    browser.goto(&app.entry).await?;
    browser.until_title("Before you begin").await?;
    browser.until("document.readyState === 'complete'").await?;
    choose(browser, "main form button").await?;
    browser.until_title(crate::FIRST).await?;
    make_a_vault(browser).await?;
    use_a_tool(browser).await?;
    write_a_letter(browser).await?;
    leave_and_come_back(&app).await?;
    app.browser.close().await
}

/// Steps on until the keys are on it.
async fn go_to(browser: &Browser, selector: &str) -> anyhow::Result<()> {
    browser.find(selector).await?;
    let there = "return document.activeElement?.matches(arguments[0])";
    for _ in 0..FARTHEST {
        if browser.script(there, vec![json!(selector)]).await? == json!(true) {
            return Ok(());
        }
        browser.press(&[&[TAB]]).await?;
    }
    anyhow::bail!("the keys do not come to {selector}")
}

async fn choose(browser: &Browser, selector: &str) -> anyhow::Result<()> {
    go_to(browser, selector).await?;
    browser.press(&[&[ENTER]]).await
}

async fn type_in(browser: &Browser, selector: &str, words: &str) -> anyhow::Result<()> {
    go_to(browser, selector).await?;
    let keys: Vec<[char; 1]> = words.chars().map(|letter| [letter]).collect();
    browser.press(&keys.iter().map(|key| &key[..]).collect::<Vec<_>>()).await?;
    let typed = format!("document.querySelector({}).value.includes({})", json!(selector), json!(words));
    browser.until(&typed).await
}

async fn make_a_vault(browser: &Browser) -> anyhow::Result<()> {
    choose(browser, ".lock a").await?;
    browser.until_title("Your vault").await?;
    choose(browser, "main a[href='/door/make']").await?;
    browser.until_title("Make your vault").await?;
    type_in(browser, "#passphrase", PASSPHRASE).await?;
    type_in(browser, "#again", PASSPHRASE).await?;
    browser.press(&[&[ENTER]]).await?;
    browser.until_title("Your recovery words").await?;
    let kit = browser.texts(".words li").await?;
    let asked = browser.script(
        "return [...document.querySelectorAll('main input[type=text]')].map((field) => field.id)",
        vec![],
    );
    let asked: Vec<String> = serde_json::from_value(asked.await?)?;
    for id in asked {
        let number: usize = id.trim_start_matches("word-").parse()?;
        type_in(browser, &format!("#{id}"), kit.get(number - 1).context("a word")?).await?;
    }
    browser.press(&[&[ENTER]]).await?;
    browser.until_title("Your vault is open").await
}

async fn use_a_tool(browser: &Browser) -> anyhow::Result<()> {
    choose(browser, "nav a[href='/path']").await?;
    choose(browser, "main a[href='/step/communication']").await?;
    choose(browser, "main a[href='/step/communication/obstacles']").await?;
    type_in(browser, "form[data-keep] textarea", OBSTACLE).await?;
    choose(browser, "form[data-keep] .main-button").await?;
    let kept = format!(
        "!document.querySelector('form[data-keep]') && document.querySelector('main').textContent.includes({})",
        json!(OBSTACLE)
    );
    browser.until(&kept).await
}

async fn write_a_letter(browser: &Browser) -> anyhow::Result<()> {
    choose(browser, "nav a[href='/path']").await?;
    choose(browser, "main a[href='/step/communication']").await?;
    choose(browser, "main a[href='/look/communication']").await?;
    choose(browser, "main a[href='/look/communication/letters']").await?;
    choose(browser, "main a[href='/look/communication/write']").await?;
    type_in(browser, "main textarea[name=text]", LETTER).await?;
    choose(browser, "main form .main-button").await?;
    let kept = format!("document.querySelector('main').textContent.includes({})", json!("Dear Kim"));
    browser.until(&kept).await
}

/// Three times Shift; Back shows the page before; a closed page; the door; the letter is there.
async fn leave_and_come_back(app: &App) -> anyhow::Result<()> {
    let browser = &app.browser;
    browser.press(&[&[SHIFT], &[SHIFT], &[SHIFT]]).await?;
    crate::exit::until_away(app).await?;
    browser.client().back().await?;
    ensure!(browser.client().source().await?.contains("before"), "back leads to the page before");
    browser.goto(&format!("{}/", app.origin)).await?;
    browser.until_title("Notes").await?;
    go_to(browser, "main.closed button").await?;
    browser.press(&[&[SPACE]]).await?;
    browser.until("document.querySelector('.lock')").await?;
    choose(browser, ".lock a").await?;
    browser.until_title("Open your vault").await?;
    type_in(browser, "#passphrase", PASSPHRASE).await?;
    browser.press(&[&[ENTER]]).await?;
    browser.until_title("Your vault is open").await?;
    choose(browser, "nav a[href='/path']").await?;
    choose(browser, "main a[href='/step/communication']").await?;
    choose(browser, "main a[href='/look/communication']").await?;
    choose(browser, "main a[href='/look/communication/letters']").await?;
    browser.until("document.querySelector('main').textContent.includes('Dear Kim')").await
}
