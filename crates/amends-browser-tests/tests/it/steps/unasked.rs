//! Who was hurt writes, and nobody speaks of their words until they ask.

use anyhow::ensure;
use serde_json::json;

use crate::together::person::Person;

const WRITE: &str = "/look/communication/write";
const FAULT: &str = "I am sorry if I hurt you, but you made me do it.";
const DANGER: &str = "I am afraid you will hit me again.";
const ASK: &str = "#margin button.with-script[name=look]";

pub(super) async fn story(kim: &Person) -> anyhow::Result<()> {
    let browser = &kim.browser;
    kim.visit(WRITE).await?;
    browser.paste("textarea[name=text]", DANGER).await?;
    browser.until("document.getElementById('danger') !== null").await?;
    ensure!(browser.count("article.hint, .mirror mark").await? == 0, "help, and no hint");
    // The help goes with its words: so what is there now was read.
    browser.paste("textarea[name=text]", FAULT).await?;
    browser.until("document.getElementById('danger') === null").await?;
    ensure!(browser.count("article.hint, .mirror mark").await? == 0, "nothing is said unasked");
    browser.no_barriers("a letter of who was hurt").await?;

    browser.click(ASK).await?;
    browser.until("document.querySelector('article.hint') && document.querySelector('.mirror mark')").await?;
    browser.until("document.activeElement.id === 'margin'").await?;
    let text = browser.script("return document.querySelector('textarea[name=text]').value", vec![]).await?;
    ensure!(text == json!(FAULT), "the words are still there: {text}");
    ensure!(browser.count(ASK).await? == 0, "it was asked");
    browser.no_barriers("a letter of who was hurt, with hints").await?;
    browser.paste("textarea[name=text]", "Good morning.").await?;
    browser.until("!document.querySelector('article.hint')").await?;
    browser.paste("textarea[name=text]", FAULT).await?;
    browser.until("document.querySelector('article.hint')").await?;

    kim.visit(WRITE).await?;
    browser
        .until(&format!("document.querySelector('{ASK}') && !document.querySelector('article.hint')"))
        .await
}
