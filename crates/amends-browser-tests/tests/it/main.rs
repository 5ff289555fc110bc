//! One story, told in both shells: what a person sees and does, and what must never happen.

mod days;
mod desk;
mod doors;
mod exit;
mod forms;
mod kept;
mod keyboard;
mod mistakes;
mod native;
mod offline;
mod pages;
mod screens;
mod steps;
mod together;
mod vectors;

use amends_browser_tests::{Browser, BrowserShell, NativeShell};

/// Title of the first page while there is no vault.
const FIRST: &str = "Begin with a draft";

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
    /// From the page before the first use to the first page.
    async fn begin(&self) -> anyhow::Result<()> {
        self.browser.goto(&format!("{}/", self.origin)).await?;
        self.browser.until_title("Before you begin").await?;
        self.browser.until("document.readyState === 'complete'").await?;
        self.browser.click("main form button").await?;
        self.browser.until_title(FIRST).await
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
    let app = native(&shell).await?;
    app.story().await?;
    native::strangers_are_refused(&shell).await?;
    app.browser.close().await
}

#[tokio::test]
async fn the_story_in_the_browser_shell() -> anyhow::Result<()> {
    let shell = BrowserShell::start().await?;
    let app = in_browser(&shell).await?;
    app.story().await?;
    offline::works_without_a_network(&app, &shell).await?;
    app.browser.close().await
}

#[tokio::test]
async fn the_rules_read_alone_until_the_model_comes() -> anyhow::Result<()> {
    let shell = BrowserShell::start().await?;
    let app = in_browser(&shell).await?;
    app.begin().await?;
    desk::the_model_may_come_late(&app, &shell).await?;
    app.browser.close().await
}

#[tokio::test]
async fn the_vault_in_the_native_shell() -> anyhow::Result<()> {
    let shell = NativeShell::start().await?;
    let app = native(&shell).await?;
    app.browser.goto(&app.entry).await?;
    app.begin().await?;
    doors::story(&app).await?;
    forms::story(&app).await?;
    doors::look_around(&app).await?;
    let other_shell = NativeShell::start().await?;
    let other = native(&other_shell).await?;
    other.browser.goto(&other.entry).await?;
    doors::a_backup_moves_to(&app, &other).await?;
    other.browser.close().await?;
    app.browser.close().await
}

#[tokio::test]
async fn the_vault_in_the_browser_shell() -> anyhow::Result<()> {
    let shell = BrowserShell::start().await?;
    let app = in_browser(&shell).await?;
    app.begin().await?;
    doors::story(&app).await?;
    forms::story(&app).await?;
    kept::one_tab_at_a_time(&app).await?;
    kept::a_full_disk_is_said(&app).await?;
    kept::a_passkey_opens_it(&app).await?;
    doors::look_around(&app).await?;
    let other = in_browser(&shell).await?;
    doors::a_backup_moves_to(&app, &other).await?;
    other.browser.close().await?;
    kept::a_new_version_waits(&app, &shell).await?;
    kept::only_sealed_bytes(&app).await?;
    offline::the_vault_opens_without_a_network(&app, &shell).await?;
    app.browser.close().await
}

async fn native(shell: &NativeShell) -> anyhow::Result<App> {
    Ok(App {
        browser: Browser::open().await?,
        entry: shell.entry.clone(),
        origin: shell.origin.clone(),
        may_ask: &["/live", "/stay"],
    })
}

async fn in_browser(shell: &BrowserShell) -> anyhow::Result<App> {
    Ok(App {
        browser: Browser::open().await?,
        entry: format!("{}/", shell.origin),
        origin: shell.origin.clone(),
        may_ask: &[],
    })
}
