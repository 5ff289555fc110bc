//! Days that pass: the clocks of the relay, of each page and of its worker go where the story wants them.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use amends_browser_tests::{Browser, UTC, bundle, program};
use anyhow::{Context as _, ensure};
use serde_json::json;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

use crate::together::person::Person;
use crate::together::relay::holds_none_of;

pub(super) const HOUR: Duration = Duration::from_secs(3_600);
pub(super) const DAY: Duration = Duration::from_secs(86_400);

/// Noon of a Tuesday in November 2026 (UTC), in milliseconds since 1970.
const NOON: u64 = 1_793_707_200_000;

/// The worker's clock follows that of its page.
const FOLLOWS: &str = "{ const real = Date.now.bind(Date); let ahead = 0; Date.now = () => real() + ahead; \
    addEventListener('message', ({ data }) => { if (data.question) ahead = data.question.now - real(); }); }\n";

/// A relay with the app and a clock of its own.
pub(super) struct World {
    disk: TempDir,
    app: TempDir,
    relay: PathBuf,
    running: Child,
    port: u16,
    begun: Instant,
    passed: Duration,
}

impl World {
    pub(super) async fn begin() -> anyhow::Result<Self> {
        let (disk, app) = (tempfile::tempdir()?, tempfile::tempdir()?);
        copy(&bundle()?, app.path())?;
        follow_the_page(app.path())?;
        let relay = program("amends-relay").await?;
        let (running, port) = start(&relay, disk.path(), app.path(), 0, NOON).await?;
        Ok(Self { disk, app, relay, running, port, begun: Instant::now(), passed: Duration::ZERO })
    }

    fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Milliseconds since 1970.
    fn now(&self) -> anyhow::Result<u64> {
        let since = self.begun.elapsed() + self.passed;
        Ok(NOON + u64::try_from(since.as_millis())?)
    }

    /// Somebody with a vault of their own.
    pub(super) async fn person(&self) -> anyhow::Result<Person> {
        let browser = Browser::open_in(UTC).await?;
        self.set(&browser).await?;
        Person::with_vault_in(browser, &self.origin()).await
    }

    /// Somebody who has read the first page and made nothing.
    pub(super) async fn newcomer(&self) -> anyhow::Result<Person> {
        let browser = Browser::open_in(UTC).await?;
        self.set(&browser).await?;
        Person::newcomer_in(browser, &format!("{}/", self.origin()), &self.origin()).await
    }

    /// Everybody closes the app, and the relay stops; so much later, it runs again.
    pub(super) async fn pass(&mut self, span: Duration, people: &[&Person]) -> anyhow::Result<()> {
        for person in people {
            person.goes_away().await?;
        }
        self.running.kill().await?;
        self.passed += span;
        let now = self.now()?;
        (self.running, self.port) =
            start(&self.relay, self.disk.path(), self.app.path(), self.port, now).await?;
        Ok(())
    }

    /// They open the app again.
    pub(super) async fn come_back(&self, people: &[&Person]) -> anyhow::Result<()> {
        for person in people {
            self.set(&person.browser).await?;
            person.comes_back().await?;
        }
        Ok(())
    }

    /// What a date field holds for a day so many days from now.
    pub(super) async fn date(&self, person: &Person, days: u32) -> anyhow::Result<String> {
        let body =
            "const day = new Date(Date.now() + arguments[0] * 86400000); return day.toLocaleDateString('sv')";
        let found = person.browser.script(body, vec![json!(days)]).await?;
        Ok(found.as_str().context("a date")?.to_owned())
    }

    /// Fails where the relay has one of these words on its disk.
    pub(super) fn relay_holds_none_of(&self, words: &[&str]) -> anyhow::Result<()> {
        holds_none_of(self.disk.path(), words)
    }

    /// Sets the clock of every page that this window opens from here on.
    async fn set(&self, browser: &Browser) -> anyhow::Result<()> {
        let shown = browser.script("return Date.now()", vec![]).await?;
        let more = i64::try_from(self.now()?)? - shown.as_i64().context("a time")?;
        let source = format!(
            "{{ const Before = Date; globalThis.Date = class extends Before {{ \
             constructor(...parts) {{ if (parts.length) super(...parts); else super(Before.now() + {more}); }} \
             static now() {{ return Before.now() + {more}; }} }}; }}"
        );
        browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await?;
        browser.goto("about:blank").await
    }
}

/// Starts the program, on this port or on any free one if it is 0.
async fn start(program: &Path, data: &Path, app: &Path, port: u16, now: u64) -> anyhow::Result<(Child, u16)> {
    let mut running = Command::new(program)
        .args(["serve", "--open", "--listen", &format!("127.0.0.1:{port}"), "--data"])
        .arg(data)
        .arg("--app")
        .arg(app)
        .env("AMENDS_BEGIN_AT", now.to_string())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()?;
    let output = running.stdout.take().context("the relay has no output")?;
    let line = BufReader::new(output).lines().next_line().await?.context("the relay does not start")?;
    let address = line.split(' ').nth(2).and_then(|address| address.rsplit_once(':'));
    let (_, port) = address.with_context(|| line.clone())?;
    Ok((running, port.parse()?))
}

fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let goal = to.join(entry.file_name());
        if entry.path().is_dir() {
            std::fs::create_dir_all(&goal)?;
            copy(&entry.path(), &goal)?;
        } else {
            std::fs::copy(entry.path(), goal)?;
        }
    }
    Ok(())
}

/// Changes the worker in a copy of the bundle, and leaves it in one form only.
fn follow_the_page(app: &Path) -> anyhow::Result<()> {
    let mut changed = 0;
    for entry in std::fs::read_dir(app.join("assets"))? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        if !name.starts_with("worker") {
            continue;
        }
        if name.ends_with(".js") {
            std::fs::write(&path, format!("{FOLLOWS}{}", std::fs::read_to_string(&path)?))?;
            changed += 1;
        } else {
            std::fs::remove_file(&path)?;
        }
    }
    ensure!(changed == 1, "one worker");
    Ok(())
}
