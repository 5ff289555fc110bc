//! A device is told that something waits: turned on and off by its owner, and shown without a word of what it is.

use std::time::{Duration, Instant};

use amends_browser_tests::bundle;
use amends_relay::Push;
use anyhow::{Context as _, bail, ensure};
use serde_json::{Value, json};

use super::person::Person;
use super::relay::Running;
use super::story::pair;

const PAGE: &str = "/notices";

/// A push service cannot be reached from here: the page gets an address that looks like one, and can give it back.
const PUSH_SERVICE: &str = "
    globalThis.given = undefined;
    Notification.requestPermission = async () => 'granted';
    PushManager.prototype.getSubscription = async () => globalThis.given;
    PushManager.prototype.subscribe = async (wish) => {
        if (wish.applicationServerKey.length !== 65 || !wish.userVisibleOnly) throw new Error();
        globalThis.given = {
            endpoint: 'https://fcm.googleapis.com/fcm/send/a-name-to-look-for',
            unsubscribe: async () => { globalThis.given = undefined; return true; },
        };
        return globalThis.given;
    };";

#[tokio::test]
async fn a_device_is_told_that_something_waits_if_its_owner_wants_that() -> anyhow::Result<()> {
    let app = bundle()?;
    let disk = tempfile::tempdir()?;
    let relay = Running::waking(disk.path(), &app, Push::new("mailto:host@relay.example")?)?;
    let origin = relay.origin();
    let doer = Person::with_vault(&origin).await?;
    let hurt = Person::with_vault(&origin).await?;
    hurt.visit(PAGE).await?;
    ensure!(hurt.words().await?.contains("for two people"), "alone, nothing can come");
    pair(&doer, &hurt).await?;

    // It is off, and a browser that does not do it says so.
    hurt.sees(PAGE, "Turn it on").await?;
    hurt.browser.no_barriers("what is told to a device").await?;
    hurt.browser.script("Notification.requestPermission = async () => 'denied'", vec![]).await?;
    hurt.browser.click("[data-notices=on] button").await?;
    hurt.browser
        .until("document.querySelector('#failed')?.textContent.includes('Nothing was turned on')")
        .await?;

    hurt.browser.script(PUSH_SERVICE, vec![]).await?;
    hurt.visit(PAGE).await?;
    hurt.submit("[data-notices=on]", &[("from", "08:30"), ("until", "19:00")], "").await?;
    // The page is shown anew when the relay has said yes.
    hurt.browser.until("document.querySelector('main').textContent.includes('It is on.')").await?;
    ensure!(
        hurt.browser.script("return document.querySelector('#notices-lost').hidden", vec![]).await? == true
    );
    hurt.browser.no_barriers("what is told to a device, turned on").await?;
    ensure!(holds(disk.path(), b"a-name-to-look-for")?, "the relay knows the address");

    hurt.submit("[data-notices=off]", &[], "").await?;
    ensure!(
        hurt.browser.script("return globalThis.given === undefined", vec![]).await? == true,
        "given back"
    );
    hurt.sees(PAGE, "Turn it on").await?;

    shows_the_same_words_whatever_comes(&hurt, &origin).await?;
    doer.browser.close().await?;
    hurt.browser.close().await?;
    relay.end()?;
    ensure!(!holds(disk.path(), b"a-name-to-look-for")?, "and forgets it");
    Ok(())
}

/// The service worker looks at nothing that comes with a knock, shows one notice at most, and it goes when the app is opened.
async fn shows_the_same_words_whatever_comes(person: &Person, origin: &str) -> anyhow::Result<()> {
    let browser = &person.browser;
    let granted = json!({ "origin": origin, "permissions": ["notifications"] });
    browser.devtools("Browser.grantPermissions", granted).await?;
    browser.devtools("ServiceWorker.enable", json!({})).await?;
    let start = Instant::now();
    let shown = loop {
        // The worker's number in this browser is not told; it is one of the first.
        for registration in 0..4 {
            let knock = json!({ "origin": origin, "registrationId": registration.to_string(), "data": "violet secret" });
            let _ = browser.devtools("ServiceWorker.deliverPushMessage", knock).await;
        }
        let shown = shown(person).await?;
        if !shown.is_empty() {
            break shown;
        }
        if start.elapsed() > Duration::from_secs(30) {
            bail!("no notice was shown");
        }
        tokio::time::sleep(Duration::from_millis(300)).await;
    };
    ensure!(shown == ["Notes: Something new is here."], "{shown:?}");
    person.visit("/more").await?;
    browser.until("document.querySelector('main h1')").await?;
    let start = Instant::now();
    while !self::shown(person).await?.is_empty() {
        ensure!(start.elapsed() < Duration::from_secs(30), "it goes when its reader is here");
    }
    Ok(())
}

async fn shown(person: &Person) -> anyhow::Result<Vec<String>> {
    let body = "const done = arguments[0]; navigator.serviceWorker.getRegistration('/') \
        .then((registration) => registration.getNotifications()) \
        .then((all) => done(all.map(({ title, body }) => `${title}: ${body}`)))";
    let all: Value = person.browser.client().execute_async(body, vec![]).await?;
    serde_json::from_value(all).context("notices")
}

/// Whether one of the files of this folder holds these bytes.
fn holds(folder: &std::path::Path, wanted: &[u8]) -> anyhow::Result<bool> {
    for entry in std::fs::read_dir(folder)? {
        if std::fs::read(entry?.path())?.windows(wanted.len()).any(|part| part == wanted) {
            return Ok(true);
        }
    }
    Ok(false)
}
