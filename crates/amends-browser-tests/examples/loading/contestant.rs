//! An app that is opened by a browser which has never seen it.

use amends_browser_tests::{Browser, Screen};
use anyhow::{Context as _, bail};
use serde_json::json;

use crate::median;
use crate::processes::{Slowed, memory_of_pages};
use crate::serve::Served;

/// One app.
pub(crate) struct Contestant {
    name: String,
    served: Served,
    /// Holds when the app can be used, as an expression of the page.
    usable: &'static str,
}

/// One opening.
#[derive(Clone, Copy)]
pub(crate) struct Opening {
    /// Bytes.
    sent: f64,
    /// Milliseconds from asking for the address.
    readable: f64,
    usable: f64,
    /// KiB.
    memory: f64,
}

/// Presses the button of the page before the first use, and holds when the first page of the core stands there.
const OURS: &str = "(() => { \
    if (document.querySelector('h1')?.textContent.includes('Begin with a draft')) return true; \
    const button = document.querySelector('main form button'); \
    if (button && document.readyState === 'complete' && !window.pressed) { window.pressed = true; button.click(); } \
    return false; })()";

impl Contestant {
    /// Our bundle.
    pub(crate) fn amends(served: Served) -> Self {
        Self { name: "amends".to_owned(), served, usable: OURS }
    }

    /// One of those whose first page is known here.
    pub(crate) fn other(name: &str, served: Served) -> anyhow::Result<Self> {
        let usable = match name {
            "actual" => {
                "[...document.querySelectorAll('button')].some((one) => one.textContent.trim() !== '')"
            }
            "tiddlywiki" => "document.querySelector('.tc-tiddler-frame, .tc-site-title')",
            _ => bail!("it is not known when {name} can be used: actual and tiddlywiki are"),
        };
        Ok(Self { name: name.to_owned(), served, usable })
    }

    /// Opens it in a browser of its own.
    pub(crate) async fn open(&self, slowdown: u32) -> anyhow::Result<Opening> {
        let browser = Browser::open().await?;
        browser.screen(Screen::PHONE).await?;
        // Looked at before each picture that the page draws.
        let watch = format!(
            "(() => {{ const look = () => {{ if ({}) window.usableAt ??= performance.now(); else \
             requestAnimationFrame(look); }}; requestAnimationFrame(look); }})()",
            self.usable
        );
        browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": watch })).await?;
        self.served.sent();
        let slowed = Slowed::start(browser.profile(), slowdown);
        browser.goto(&format!("{}/", self.served.origin)).await?;
        let outcome = browser.until("window.usableAt").await;
        drop(slowed);
        outcome.with_context(|| format!("{} at {}", self.name, self.served.origin))?;
        let body =
            "return [performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0, usableAt]";
        let times = browser.script(body, vec![]).await?;
        let time = |place: usize| times[place].as_f64().context("a time");
        let opening = Opening {
            sent: self.served.sent() as f64,
            readable: time(0)?,
            usable: time(1)?,
            memory: memory_of_pages(browser.profile()),
        };
        browser.close().await?;
        Ok(opening)
    }
}

/// A line of the table, with the median of each figure.
pub(crate) fn row(contestant: &Contestant, slowdown: u32, openings: Vec<Opening>) -> String {
    let middle = |figure: fn(&Opening) -> f64| median(openings.iter().map(figure));
    format!(
        "| {} | {slowdown}x | {:.0} KB | {:.0} ms | {:.0} ms | {:.0} MB |",
        contestant.name,
        middle(|one| one.sent) / 1e3,
        middle(|one| one.readable),
        middle(|one| one.usable),
        middle(|one| one.memory) / 1024.0,
    )
}
