//! What the browser keeps of a vault: sealed, whole or not at all, for one tab at a time.

use amends_browser_tests::BrowserShell;
use anyhow::ensure;
use serde_json::json;

use crate::App;
use crate::doors::{PASSPHRASE, SECRET, go_to_door, open};

/// Reads every byte of the databases, and every file of the profile: no word of anybody is in there.
pub(crate) async fn only_sealed_bytes(app: &App) -> anyhow::Result<()> {
    let body = "const done = arguments[0]; (async () => { \
        const bytes = (value) => value instanceof Uint8Array ? [...value].map((byte) => String.fromCharCode(byte)).join('') \
          : value && typeof value === 'object' ? Object.values(value).map(bytes).join('|') : String(value); \
        const asked = (request) => new Promise((go, no) => { request.onsuccess = () => go(request.result); request.onerror = no; }); \
        let all = JSON.stringify(localStorage) + JSON.stringify(sessionStorage); let count = 0; \
        for (const { name } of await indexedDB.databases()) { all += name; const db = await asked(indexedDB.open(name)); \
          for (const store of db.objectStoreNames) { const at = db.transaction(store).objectStore(store); \
            const keys = await asked(at.getAllKeys()); const values = await asked(at.getAll()); count += values.length; \
            all += JSON.stringify(keys) + values.map(bytes).join('|'); } db.close(); } \
        done([count, all]); })()";
    let read = app.browser.client().execute_async(body, vec![]).await?;
    ensure!(read[0].as_u64() > Some(4), "something is kept: {}", read[0]);
    let text = read[1].as_str().unwrap_or_default();
    for secret in [PASSPHRASE, SECRET] {
        ensure!(!text.contains(secret), "{secret:?} is readable in the storage of the page");
    }
    for file in files(app.browser.profile())? {
        let bytes = std::fs::read(&file).unwrap_or_default();
        for secret in [PASSPHRASE, SECRET] {
            let wide: Vec<u8> = secret.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let found = has(&bytes, secret.as_bytes()) || has(&bytes, &wide);
            ensure!(!found, "{secret:?} is readable in {}", file.display());
        }
    }
    Ok(())
}

fn has(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

fn files(folder: &std::path::Path) -> std::io::Result<Vec<std::path::PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else if path.is_file() {
            found.push(path);
        }
    }
    Ok(found)
}

/// A second tab says that the vault is open in the first one, and can open it when the first has locked it.
pub(crate) async fn one_tab_at_a_time(app: &App) -> anyhow::Result<()> {
    let browser = &app.browser;
    let first = browser.client().window().await?;
    let second = browser.client().new_window(true).await?;
    browser.client().switch_to_window(second.handle.clone()).await?;
    browser.goto(&app.entry).await?;
    browser.until("document.querySelector('.lock')").await?;
    go_to_door(app).await?;
    browser.until_title("Open your vault").await?;
    browser.paste("#passphrase", PASSPHRASE).await?;
    browser.click("main form .main-button").await?;
    browser
        .until("document.querySelector('.problem')?.textContent.includes('open in another window')")
        .await?;
    browser.client().switch_to_window(first.clone()).await?;
    browser.click(".lock button").await?;
    browser.until_title("Open your vault").await?;
    browser.client().switch_to_window(second.handle).await?;
    browser.paste("#passphrase", PASSPHRASE).await?;
    browser.click("main form .main-button").await?;
    browser.until_title("Your vault is open").await?;
    browser.client().close_window().await?;
    browser.client().switch_to_window(first).await?;
    open(app).await
}

/// Chromium asks only so often how much room is left.
const ROOM_IS_KNOWN_FOR: std::time::Duration = std::time::Duration::from_secs(33);

/// A full disk: the page says that it was not saved, the form stays, and the vault is as it was before.
pub(crate) async fn a_full_disk_is_said(app: &App) -> anyhow::Result<()> {
    let browser = &app.browser;
    browser.click("a[href='/door/keys']").await?;
    browser.until_title("Passphrase and recovery words").await?;
    browser.limit_storage(&app.origin, Some(1)).await?;
    tokio::time::sleep(ROOM_IS_KNOWN_FOR).await;
    browser.paste("#present", PASSPHRASE).await?;
    browser.paste("#new", "four blue lamps").await?;
    browser.click("form[action='/door/keys/passphrase'] .main-button").await?;
    browser.until("!document.getElementById('unsaved').hidden").await?;
    browser.no_barriers("not saved").await?;
    let typed = browser.script("return document.getElementById('new').value", vec![]).await?;
    ensure!(typed == json!("four blue lamps"), "the form stays as it was");
    browser.limit_storage(&app.origin, None).await?;
    browser.click(".lock button").await?;
    open(app).await
}

/// A passkey opens the vault until it is removed.
pub(crate) async fn a_passkey_opens_it(app: &App) -> anyhow::Result<()> {
    let browser = &app.browser;
    browser.add_passkey_device().await?;
    browser.click("a[href='/door/keys']").await?;
    browser.until_title("Passphrase and recovery words").await?;
    browser.until("document.getElementById('passkey')?.hidden === false").await?;
    browser.no_barriers("keys with a passkey").await?;
    browser.paste("#passkey-passphrase", PASSPHRASE).await?;
    browser.click("form[action='/door/keys/passkey'] button.main-button").await?;
    browser
        .until("document.querySelector('.done')?.textContent.includes('passkey opens your vault')")
        .await?;
    browser.click(".lock button").await?;
    browser.until_title("Open your vault").await?;
    browser.until("document.getElementById('passkey')?.hidden === false").await?;
    browser.click("#passkey button").await?;
    browser.until_title("Your vault is open").await?;
    browser.click("a[href='/door/keys']").await?;
    browser.click("form[action='/door/keys/no-passkey'] button").await?;
    browser
        .until("document.querySelector('.done')?.textContent.includes('does not open your vault any more')")
        .await?;
    browser.click(".lock button").await?;
    browser.until_title("Open your vault").await?;
    ensure!(browser.count("#passkey").await? == 0, "no passkey is offered");
    open(app).await
}

/// A new version of the app waits while a form is begun or a vault is open, and then takes over by itself.
pub(crate) async fn a_new_version_waits(app: &App, shell: &BrowserShell) -> anyhow::Result<()> {
    let browser = &app.browser;
    shell.publish_again();
    let update = "const done = arguments[0]; navigator.serviceWorker.ready.then((ready) => ready.update()).then(() => done(1), (error) => done(String(error)))";
    browser.script("window.isOldPage = true", vec![]).await?;
    browser.client().execute_async(update, vec![]).await?;
    let waits = "navigator.serviceWorker.getRegistration().then((known) => Boolean(known.waiting))";
    let body = format!("const done = arguments[0]; {waits}.then(done)");
    let mut is_waiting = false;
    for _ in 0..200 {
        is_waiting = browser.client().execute_async(&body, vec![]).await? == json!(true);
        if is_waiting {
            break;
        }
    }
    ensure!(is_waiting, "a new version waits while the vault is open");
    ensure!(browser.count("#idle").await? == 1, "the vault is still open");
    browser.click(".lock button").await?;
    browser.until("!window.isOldPage && document.querySelector('.lock')").await?;
    ensure!(browser.client().execute_async(&body, vec![]).await? == json!(false), "it has taken over");
    open(app).await
}
