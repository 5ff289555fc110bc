//! After the first visit the app needs no network.

use amends_browser_tests::BrowserShell;
use anyhow::ensure;

use crate::{App, FIRST};

pub(crate) async fn works_without_a_network(app: &App, shell: &BrowserShell) -> anyhow::Result<()> {
    let browser = &app.browser;
    browser.goto(&app.entry).await?;
    browser.until("document.querySelector('h1')").await?;
    let active = "return navigator.serviceWorker.ready.then((ready) => ready.active?.state === 'activated')";
    let body = format!("const done = arguments[0]; (() => {{ {active} }})().then(done)");
    let mut is_active = false;
    while !is_active {
        is_active = browser.client().execute_async(&body, vec![]).await? == serde_json::json!(true);
    }
    for path in shell.asked() {
        let own = path == "/" || path == "/sw.js" || path.starts_with("/assets/");
        ensure!(own, "only files of the app were ever asked for, not {path}");
    }
    shell.stop();
    browser.goto(&app.entry).await?;
    browser.until_title(FIRST).await?;
    browser.click("nav a[href='/safety']").await?;
    browser.until_title("Safety and help").await?;
    ensure!(
        browser.texts(".call").await?.iter().any(|number| number.contains("1-800-799-7233")),
        "help lines"
    );
    app.open_desk().await?;
    browser.paste("#draft", "I am sorry if I hurt you.").await?;
    browser.until("document.querySelector('.hint')").await?;
    let kept = "const done = arguments[0]; caches.keys().then((names) => Promise.all(names.map((name) => \
        caches.open(name).then((cache) => cache.keys())))).then((keys) => done(keys.flat().map((key) => key.url)))";
    let kept: Vec<String> = serde_json::from_value(browser.client().execute_async(kept, vec![]).await?)?;
    ensure!(
        kept.iter().all(|address| !address.contains('?')),
        "only files are kept for offline use: {kept:?}"
    );
    Ok(())
}

/// The vault needs nobody else: it opens, and takes what is written, with no network.
pub(crate) async fn the_vault_opens_without_a_network(app: &App, shell: &BrowserShell) -> anyhow::Result<()> {
    shell.stop();
    let browser = &app.browser;
    browser.goto(&app.entry).await?;
    browser.until("document.querySelector('.lock')").await?;
    crate::doors::open(app).await?;
    browser.click("a[href='/keep']").await?;
    browser.until_title("Backups and copies").await
}
