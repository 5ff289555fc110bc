//! The vault in a real browser: made, locked, opened, left in a hurry, forgotten open, moved to another device.

use amends_browser_tests::{Browser, Screen};
use anyhow::{Context as _, ensure};
use serde_json::json;

use crate::App;

pub(crate) const PASSPHRASE: &str = "three green chairs";
pub(crate) const SECRET: &str = "I lied to you about the second phone.";

/// Everything that must hold in both shells. Leaves an open vault with a draft in it.
pub(crate) async fn story(app: &App) -> anyhow::Result<()> {
    make(app).await?;
    no_page_of_it_has_barriers(app).await?;
    lock_and_open(app).await?;
    what_is_begun_is_there_again(app).await?;
    leaving_in_a_hurry_locks(app).await?;
    locks_when_nobody_is_there(app).await
}

/// To the door, from any page.
pub(crate) async fn go_to_door(app: &App) -> anyhow::Result<()> {
    app.browser.click(".lock a").await
}

/// From no vault to an open one.
pub(crate) async fn make(app: &App) -> anyhow::Result<()> {
    let browser = &app.browser;
    go_to_door(app).await?;
    browser.until_title("Your vault").await?;
    browser.no_barriers("empty door").await?;
    browser.click("a[href='/door/make']").await?;
    browser.until_title("Make your vault").await?;
    browser.no_barriers("make").await?;
    browser.write("#passphrase", PASSPHRASE).await?;
    browser.write("#again", "three green tables").await?;
    browser.click("main form .main-button").await?;
    browser.until("document.querySelector('.problem')?.textContent.includes('not the same')").await?;
    browser.click("[data-reveal='again']").await?;
    browser.until("document.getElementById('again').type === 'text'").await?;
    browser.paste("#passphrase", PASSPHRASE).await?;
    browser.paste("#again", PASSPHRASE).await?;
    browser.click("main form .main-button").await?;
    browser.until_title("Your recovery words").await?;
    let kit = browser.texts(".words li").await?;
    ensure!(kit.len() == 12, "twelve words");
    browser.no_barriers("recovery words").await?;
    narrow_and_large(browser, "recovery words").await?;
    check_kit(browser, &kit).await?;
    browser.until_title("Your vault is open").await
}

/// Types the words that are asked back; the first time with a mistake.
async fn check_kit(browser: &Browser, kit: &[String]) -> anyhow::Result<()> {
    let script = "return [...document.querySelectorAll('main input[type=text]')].map((field) => field.id)";
    let asked: Vec<String> = serde_json::from_value(browser.script(script, vec![]).await?)?;
    ensure!(asked.len() == 3, "three words are asked back");
    for (round, wrong) in [(0, true), (1, false)] {
        for id in &asked {
            let number: usize = id.trim_start_matches("word-").parse()?;
            let word = if wrong && *id == asked[1] { "banana" } else { kit[number - 1].as_str() };
            browser.paste(&format!("#{id}"), word).await?;
        }
        browser.click("main form .main-button").await?;
        if round == 0 {
            browser.until("document.querySelectorAll('[aria-invalid]').length === 1").await?;
        }
    }
    Ok(())
}

async fn no_page_of_it_has_barriers(app: &App) -> anyhow::Result<()> {
    let browser = &app.browser;
    for (link, title) in [
        ("a[href='/keep']", "Backups and copies"),
        ("a[href='/keep/erase']", "Erase this vault"),
        (".lock a", "Your vault is open"),
        ("a[href='/door/keys']", "Passphrase and recovery words"),
    ] {
        browser.click(link).await?;
        browser.until_title(title).await?;
        ensure!(browser.client().title().await? == "Notes", "{title}: the title is neutral");
        browser.no_barriers(title).await?;
        browser.screen(Screen::DESKTOP.dark()).await?;
        browser.no_barriers(&format!("{title}, dark")).await?;
        narrow_and_large(browser, title).await?;
    }
    Ok(())
}

async fn narrow_and_large(browser: &Browser, title: &str) -> anyhow::Result<()> {
    browser.screen(Screen::NARROW).await?;
    browser.no_sideways_scrolling(&format!("{title}, narrow")).await?;
    browser.screen(Screen { width: 640, ..Screen::DESKTOP }).await?;
    browser.script("document.documentElement.dataset.size = 'largest'", vec![]).await?;
    browser.no_sideways_scrolling(&format!("{title}, twice as large")).await?;
    browser.script("document.documentElement.dataset.size = 'normal'", vec![]).await?;
    browser.screen(Screen::DESKTOP).await
}

/// Types the passphrase at the door.
pub(crate) async fn open(app: &App) -> anyhow::Result<()> {
    let browser = &app.browser;
    if browser.count("form[action='/door'] #passphrase").await? == 0 {
        go_to_door(app).await?;
    }
    browser.until_title("Open your vault").await?;
    browser.paste("#passphrase", PASSPHRASE).await?;
    browser.click("main form .main-button").await?;
    browser.until_title("Your vault is open").await
}

async fn lock_and_open(app: &App) -> anyhow::Result<()> {
    let browser = &app.browser;
    browser.click(".lock button").await?;
    browser.until_title("Open your vault").await?;
    ensure!(browser.count("#idle").await? == 0, "nothing is open");
    browser.no_barriers("locked door").await?;
    narrow_and_large(browser, "locked door").await?;
    browser.write("#passphrase", "three green tables").await?;
    browser.click("main form .main-button").await?;
    browser
        .until("document.querySelector('.problem')?.textContent.includes('does not open your vault')")
        .await?;
    let typed = browser.script("return document.getElementById('passphrase').value", vec![]).await?;
    ensure!(typed == json!("three green tables"), "what was typed can be corrected");
    browser.paste("#passphrase", PASSPHRASE).await?;
    browser.click("main form .main-button").await?;
    browser.until_title("Your vault is open").await?;
    // The page is closed in the middle: in the browser the keys are gone with it, and nothing that was kept.
    browser.client().refresh().await?;
    browser.until("document.querySelector('h1') && !('waiting' in document.documentElement.dataset)").await?;
    if browser.count("#idle").await? == 0 {
        open(app).await?;
    }
    Ok(())
}

/// Words in a form that was never sent: there again after locking, and after the page was killed.
async fn what_is_begun_is_there_again(app: &App) -> anyhow::Result<()> {
    let browser = &app.browser;
    open_form(app).await?;
    browser.paste(BOX, SECRET).await?;
    browser.click(".lock button").await?;
    browser.until_title("Open your vault").await?;
    open(app).await?;
    open_form(app).await?;
    browser.until(&format!("document.querySelector('{BOX}').value === {}", json!(SECRET))).await?;
    let more = format!("{SECRET} It was not the first.");
    browser.paste(BOX, &more).await?;
    let save = "const done = arguments[0]; const waits = []; \
        dispatchEvent(new CustomEvent('notes-save', { detail: waits })); Promise.all(waits).then(() => done(waits.length))";
    let n_saved = browser.client().execute_async(save, vec![]).await?;
    ensure!(n_saved == json!(1), "what is begun is kept");
    browser.client().refresh().await?;
    browser
        .until("document.querySelector('.lock') && !('waiting' in document.documentElement.dataset)")
        .await?;
    if browser.count("#idle").await? == 0 {
        open(app).await?;
    }
    open_form(app).await?;
    browser.until(&format!("document.querySelector('{BOX}').value === {}", json!(more))).await
}

async fn open_form(app: &App) -> anyhow::Result<()> {
    for link in [
        "nav a[href='/path']",
        "main a[href='/step/communication']",
        "main a[href='/step/communication/obstacles']",
    ] {
        app.browser.click(link).await?;
    }
    app.browser.find(BOX).await.map(drop)
}

/// The first box of the form that is begun.
const BOX: &str = "form[data-keep] textarea";

/// From an open vault out, by each way, and back: a closed page, then a locked door, then a dull page.
async fn leaving_in_a_hurry_locks(app: &App) -> anyhow::Result<()> {
    let browser = &app.browser;
    for way in ["link", "shift"] {
        browser.goto("data:text/html,<title>before</title><h1>before</h1>").await?;
        browser.goto(&format!("{}/", app.origin)).await?;
        browser.until("document.querySelector('.lock')").await?;
        if browser.count("#idle").await? == 0 {
            open(app).await?;
        }
        browser.click(".lock a").await?;
        browser.until_title("Your vault is open").await?;
        if way == "link" {
            browser.click("#exit").await?;
        } else {
            browser.script("document.activeElement.blur()", vec![]).await?;
            browser.press(&[&[SHIFT], &[SHIFT], &[SHIFT]]).await?;
        }
        crate::exit::until_away(app).await?;
        browser.client().back().await?;
        let page = browser.client().source().await?;
        ensure!(page.contains("before") && !page.contains("vault"), "{way}: back leads to the page before");
        browser.goto(&format!("{}/", app.origin)).await?;
        browser.until_title("Notes").await?;
        ensure!(
            !browser.texts("body").await?.concat().contains("vault"),
            "{way}: a closed page shows nothing"
        );
        browser.click("main.closed button").await?;
        browser.until("document.querySelector('.lock')").await?;
        ensure!(browser.count("#idle").await? == 0, "{way}: the vault is locked");
        open(app).await?;
        let words = browser.texts("main").await?.concat();
        ensure!(!words.contains("second phone"), "{way}: the first page after it is dull");
    }
    Ok(())
}

async fn locks_when_nobody_is_there(app: &App) -> anyhow::Result<()> {
    let browser = &app.browser;
    let soon = "document.getElementById('idle').dataset.minutes = '0.15'";
    browser.script(soon, vec![]).await?;
    browser.press(&[&['z']]).await?;
    browser.until("!document.getElementById('idle').hidden").await?;
    browser.no_barriers("warning").await?;
    browser.press(&[&['z']]).await?;
    browser.until("document.getElementById('idle').hidden").await?;
    browser.until_title("Open your vault").await?;
    browser.until("document.querySelector('.done')?.textContent.includes('nobody used it')").await?;
    open(app).await
}

/// Saves a backup in one browser and makes a vault of it in another one.
pub(crate) async fn a_backup_moves_to(app: &App, other: &App) -> anyhow::Result<()> {
    let browser = &app.browser;
    let folder = tempfile::tempdir()?;
    browser.save_files_to(folder.path()).await?;
    browser.click(".lock a").await?;
    browser.until_title("Your vault is open").await?;
    browser.click("a[href='/keep']").await?;
    browser.until_title("Backups and copies").await?;
    browser.click("form[action='/keep/backup'] button").await?;
    let file = saved(folder.path()).await?;
    browser.until("document.querySelector('main').textContent.includes('Your last backup is from')").await?;
    let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    ensure!(name.starts_with("notes-"), "the name of the file is neutral: {name}");

    other.begin().await?;
    go_to_door(other).await?;
    other.browser.click("a[href='/keep/restore']").await?;
    other.browser.until_title("A vault from a backup file").await?;
    other.browser.no_barriers("restore").await?;
    other.browser.choose_file("#file", &file).await?;
    other.browser.paste("#passphrase", "three green tables").await?;
    other.browser.click("main form .main-button").await?;
    other.browser.until("document.querySelector('.problem')?.textContent.includes('does not open')").await?;
    other.browser.choose_file("#file", &file).await?;
    other.browser.paste("#passphrase", PASSPHRASE).await?;
    other.browser.click("main form .main-button").await?;
    other.browser.until_title("Your vault is open").await
}

async fn saved(folder: &std::path::Path) -> anyhow::Result<std::path::PathBuf> {
    let start = std::time::Instant::now();
    loop {
        let mut files = std::fs::read_dir(folder)?.filter_map(|entry| entry.ok().map(|entry| entry.path()));
        let done = files.find(|file| file.extension().is_some_and(|end| end == "backup"));
        if let Some(file) = done {
            return Ok(file);
        }
        ensure!(start.elapsed().as_secs() < 60, "no file was saved");
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
}

/// The demonstration says what it is on every page, and leaves nothing behind.
pub(crate) async fn look_around(app: &App) -> anyhow::Result<()> {
    let browser = &app.browser;
    browser.click(".lock button").await?;
    browser.until_title("Open your vault").await?;
    browser
        .script("document.querySelector('main details:has([action=\"/door/demo\"])').open = true", vec![])
        .await?;
    browser.click("form[action='/door/demo'] button").await?;
    browser.until("document.querySelector('.demo-banner')?.textContent.includes('Robin, who hid')").await?;
    browser.no_barriers("demonstration").await?;
    browser.click("form[action='/door/demo/switch'] button").await?;
    browser
        .until("document.querySelector('.demo-banner')?.textContent.includes('Kim, who was hurt')")
        .await?;
    browser.click("nav a[href='/safety']").await?;
    browser.until_title("Safety").await?;
    ensure!(browser.count(".demo-banner").await? == 1, "on every page");
    browser.click("form[action='/door/demo/leave'] button").await?;
    browser.until_title("Open your vault").await.context("back at one's own door")?;
    open(app).await
}

const SHIFT: char = '\u{e008}';
