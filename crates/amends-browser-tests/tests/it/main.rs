//! One story, told in both shells: what a person sees and does, and what must never happen.

mod desk;
mod exit;
mod native;
mod offline;
mod pages;

use amends_browser_tests::{Browser, BrowserShell, NativeShell};

/// The app in one of its houses.
struct App {
    browser: Browser,
    /// Address that opens it.
    entry: String,
    /// Address without path.
    origin: String,
    /// What may be asked for while one writes.
    may_ask: &'static [&'static str],
}

impl App {
    /// From the first page to the path.
    async fn begin(&self) -> anyhow::Result<()> {
        self.browser.goto(&format!("{}/", self.origin)).await?;
        self.browser.until_title("Before you begin").await?;
        self.browser.until("document.readyState === 'complete'").await?;
        self.browser.click("main form button").await?;
        self.browser.until_title("The path").await
    }

    /// To an empty desk for an apology.
    async fn open_desk(&self) -> anyhow::Result<()> {
        self.browser.click("nav a[href='/desk']").await?;
        self.browser.until_title("Draft desk").await?;
        self.browser.click("#genre-apology").await
    }

    /// Everything that must hold in both shells.
    async fn story(&self) -> anyhow::Result<()> {
        pages::first_page(self).await?;
        self.begin().await?;
        pages::every_page_is_open_to_everybody(self).await?;
        desk::hints_marks_and_missing_parts(self).await?;
        desk::the_model_reads_beside_the_rules(self).await?;
        desk::not_here(self).await?;
        desk::danger_shows_help(self).await?;
        desk::keyboard_only(self).await?;
        desk::other_language(self).await?;
        desk::nothing_is_sent_while_writing(self).await?;
        desk::a_draft_is_kept_only_if_wanted(self).await?;
        exit::shift_and_its_exceptions(self).await?;
        exit::leaving_shows_nothing_on_the_way_back(self).await
    }
}

#[tokio::test]
async fn the_story_in_the_native_shell() -> anyhow::Result<()> {
    let shell = NativeShell::start().await?;
    let app = App {
        browser: Browser::open().await?,
        entry: shell.entry.clone(),
        origin: shell.origin.clone(),
        may_ask: &["/live"],
    };
    app.story().await?;
    native::strangers_are_refused(&shell).await?;
    app.browser.close().await
}

#[tokio::test]
async fn the_story_in_the_browser_shell() -> anyhow::Result<()> {
    let shell = BrowserShell::start().await?;
    let app = App {
        browser: Browser::open().await?,
        entry: format!("{}/", shell.origin),
        origin: shell.origin.clone(),
        may_ask: &[],
    };
    app.story().await?;
    offline::works_without_a_network(&app, &shell).await?;
    app.browser.close().await
}
