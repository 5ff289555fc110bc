//! A counselor as a guest of both: a link that opens one sheet in a third browser, until one of the two ends it.

use std::time::{Duration, Instant};

use amends_browser_tests::Browser;
use anyhow::{Context as _, ensure};

use super::person::Person;

pub(super) const SUMMARY: &str = "We come because of the violet ledger.";

const COUNSELOR: &str = "/look/communication/counselor";
/// How long the sheet may be on its way to the relay.
const PATIENCE: Duration = Duration::from_secs(60);

/// One puts a sheet together, the other agrees; the guest reads that sheet and nothing else, and nothing once it is ended.
pub(super) async fn a_guest_reads_one_sheet_until_it_is_ended(
    doer: &Person,
    hurt: &Person,
) -> anyhow::Result<()> {
    doer.visit("/look/communication/guest").await?;
    doer.write("In a few lines", SUMMARY).await?;
    doer.press("Show it to the other person").await?;
    ensure!(doer.browser.count("#guest-link").await? == 0, "one alone invites nobody");
    hurt.finds(COUNSELOR, "A sheet that waits for your word").await?;
    hurt.reads(SUMMARY).await?;
    hurt.press("I agree to this sheet").await?;
    doer.finds(COUNSELOR, "A guest can read it until").await?;
    let link =
        doer.browser.script("return document.querySelector('#guest-link').value.trim()", vec![]).await?;
    let link = link.as_str().context("a link")?;

    let guest = Browser::open().await?;
    let page = opens(&guest, link, "You can read it until").await?;
    ensure!(page.contains(SUMMARY), "the sheet is read without a vault: {page}");
    guest.no_barriers("the sheet of a guest").await?;
    ensure!(guest.script("return location.hash", vec![]).await? == "", "the key stays in no address");
    let kept = "return JSON.stringify(localStorage) + JSON.stringify(sessionStorage)";
    let kept = guest.script(kept, vec![]).await?;
    ensure!(!kept.as_str().unwrap_or_default().contains("violet"), "nothing is kept of it");

    doer.finds(COUNSELOR, "A guest can read it until").await?;
    doer.press("End it now").await?;
    opens(&guest, link, "There is nothing here any more").await?;
    guest.close().await
}

/// Opens the link anew until the page says so.
async fn opens(guest: &Browser, link: &str, wanted: &str) -> anyhow::Result<String> {
    let start = Instant::now();
    loop {
        guest.goto("about:blank").await?;
        guest.goto(link).await?;
        guest.find("form[action='/guest']").await?;
        guest
            .until("document.querySelector(\"form[action='/guest'] input[name=link]\").value !== ''")
            .await?;
        guest.script("document.querySelector('main h1').setAttribute('data-before', '')", vec![]).await?;
        guest.click("form[action='/guest'] button").await?;
        guest
            .until("document.querySelector('main h1') && !document.querySelector('h1[data-before]')")
            .await?;
        let page = guest.texts("main").await?.concat();
        if page.contains(wanted) {
            return Ok(page);
        }
        ensure!(start.elapsed() < PATIENCE, "{wanted:?} should be there; the page says: {page}");
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}
