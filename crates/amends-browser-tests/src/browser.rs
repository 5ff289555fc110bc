//! A browser window and what one does in it.

use std::fmt::Debug;
use std::future::Future;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail, ensure};
use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::{Value, json};

use crate::driver::Driver;
use crate::zone;

/// How long to wait for the page to come to what is expected; generous, machines can be busy.
const PATIENCE: Duration = Duration::from_secs(60);

/// Size of the window and the colors that the device asks for.
#[derive(Debug, Clone, Copy)]
pub struct Screen {
    /// Width in CSS pixels.
    pub width: u32,
    /// Height in CSS pixels.
    pub height: u32,
    /// The device asks for dark colors.
    pub dark: bool,
}

impl Screen {
    /// A desk.
    pub const DESKTOP: Self = Self { width: 1280, height: 900, dark: false };
    /// A phone.
    pub const PHONE: Self = Self { width: 360, height: 740, dark: false };
    /// The narrowest that must work without scrolling sideways (WCAG 1.4.10).
    pub const NARROW: Self = Self { width: 320, height: 640, dark: false };

    /// The same in dark colors.
    pub const fn dark(self) -> Self {
        Self { dark: true, ..self }
    }
}

/// A window.
#[derive(Debug)]
pub struct Browser {
    client: Client,
    // Both live as long as the window.
    _driver: Driver,
    profile: tempfile::TempDir,
}

/// How often an element may be replaced between finding and using it: a page that is just being shown takes the
/// place of the one before.
const REPLACED: usize = 5;

/// Whether the element was replaced by a newer page.
fn is_replaced(error: &anyhow::Error) -> bool {
    format!("{error:#}").contains("stale element")
}

impl Browser {
    /// Opens a window with a profile of its own. No address outside this computer can be reached from it.
    ///
    /// # Errors
    /// Says what to install when Chromium is missing.
    pub async fn open() -> anyhow::Result<Self> {
        Self::open_in(zone::at_noon()).await
    }

    /// The same in another time zone than that of [`zone::at_noon`].
    ///
    /// # Errors
    /// Says what to install when Chromium is missing.
    pub async fn open_in(zone: &str) -> anyhow::Result<Self> {
        let driver = Driver::start(zone).await?;
        let profile = tempfile::tempdir()?;
        let connector = hyper_util::client::legacy::connect::HttpConnector::new();
        let mut builder = ClientBuilder::new(connector);
        builder.capabilities(capabilities(profile.path()));
        let client = builder.connect(&driver.address).await.context("Chromium does not start")?;
        Ok(Self { client, _driver: driver, profile })
    }

    /// Closes the window.
    ///
    /// # Errors
    /// What the driver says.
    pub async fn close(self) -> anyhow::Result<()> {
        Ok(self.client.close().await?)
    }

    /// The WebDriver client, for what is not said here.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Goes to an address.
    ///
    /// # Errors
    /// What the driver says.
    pub async fn goto(&self, address: &str) -> anyhow::Result<()> {
        Ok(self.client.goto(address).await?)
    }

    /// Sets size and colors.
    ///
    /// # Errors
    /// What the driver says.
    pub async fn screen(&self, screen: Screen) -> anyhow::Result<()> {
        let metrics = json!({ "width": screen.width, "height": screen.height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics).await?;
        let scheme = if screen.dark { "dark" } else { "light" };
        let features = json!([
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]);
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": features })).await?;
        Ok(())
    }

    /// Runs a function body in the page.
    ///
    /// # Errors
    /// What the page throws.
    pub async fn script(&self, body: &str, arguments: Vec<Value>) -> anyhow::Result<Value> {
        self.client.execute(body, arguments).await.with_context(|| format!("script: {body:.80}"))
    }

    /// Text of everything that `selector` finds, as it is in the document.
    ///
    /// # Errors
    /// What the page throws.
    pub async fn texts(&self, selector: &str) -> anyhow::Result<Vec<String>> {
        let body = "return [...document.querySelectorAll(arguments[0])].map((element) => element.textContent.trim())";
        Ok(serde_json::from_value(self.script(body, vec![json!(selector)]).await?)?)
    }

    /// How many elements `selector` finds.
    ///
    /// # Errors
    /// What the page throws.
    pub async fn count(&self, selector: &str) -> anyhow::Result<usize> {
        Ok(self.texts(selector).await?.len())
    }

    /// Waits for an element.
    ///
    /// # Errors
    /// When it does not come.
    pub async fn find(&self, selector: &str) -> anyhow::Result<Element> {
        let wait = self.client.wait().at_most(PATIENCE);
        wait.for_element(Locator::Css(selector)).await.with_context(|| format!("waiting for {selector}"))
    }

    /// Waits for an element and clicks it.
    ///
    /// # Errors
    /// When it does not come or is covered.
    pub async fn click(&self, selector: &str) -> anyhow::Result<()> {
        for _ in 0..REPLACED {
            match self.click_once(selector).await {
                Err(error) if is_replaced(&error) => {}
                outcome => return outcome,
            }
        }
        self.click_once(selector).await
    }

    async fn click_once(&self, selector: &str) -> anyhow::Result<()> {
        let element = self.find(selector).await?;
        self.script(
            "arguments[0].scrollIntoView({ block: 'center' })",
            vec![serde_json::to_value(&element)?],
        )
        .await?;
        element.click().await.with_context(|| format!("clicking {selector}"))
    }

    /// Writes into a box, key by key.
    ///
    /// # Errors
    /// When it does not come.
    pub async fn write(&self, selector: &str, words: &str) -> anyhow::Result<()> {
        for _ in 0..REPLACED {
            match self.find(selector).await?.send_keys(words).await {
                Ok(()) => return Ok(()),
                Err(error) => {
                    let error = anyhow::Error::from(error);
                    if !is_replaced(&error) {
                        return Err(error.context(format!("writing into {selector}")));
                    }
                }
            }
        }
        Ok(self.find(selector).await?.send_keys(words).await?)
    }

    /// Replaces what is in a box, as pasting does.
    ///
    /// # Errors
    /// When it is not there.
    pub async fn paste(&self, selector: &str, words: &str) -> anyhow::Result<()> {
        self.find(selector).await?;
        let body = "const box = document.querySelector(arguments[0]); box.focus(); box.value = arguments[1]; \
            box.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertFromPaste' }))";
        self.script(body, vec![json!(selector), json!(words)]).await?;
        Ok(())
    }

    /// Chooses a file in a form.
    ///
    /// # Errors
    /// When the field does not come.
    pub async fn choose_file(&self, selector: &str, file: &std::path::Path) -> anyhow::Result<()> {
        Ok(self.find(selector).await?.send_keys(&file.display().to_string()).await?)
    }

    /// Saves files that the page gives away into this folder.
    ///
    /// # Errors
    /// What the driver says.
    pub async fn save_files_to(&self, folder: &std::path::Path) -> anyhow::Result<()> {
        let wanted = json!({ "behavior": "allow", "downloadPath": folder });
        self.devtools("Browser.setDownloadBehavior", wanted).await.map(drop)
    }

    /// Lets the pages of `origin` keep only so many bytes; as many as usual if none.
    ///
    /// # Errors
    /// What the driver says.
    pub async fn limit_storage(&self, origin: &str, bytes: Option<u32>) -> anyhow::Result<()> {
        let mut wanted = json!({ "origin": origin });
        if let Some(bytes) = bytes {
            wanted["quotaSize"] = json!(bytes);
        }
        self.devtools("Storage.overrideQuotaForOrigin", wanted).await.map(drop)
    }

    /// Gives the device a way to keep passkeys with the PRF extension, and a person who always agrees.
    ///
    /// # Errors
    /// What the driver says.
    pub async fn add_passkey_device(&self) -> anyhow::Result<()> {
        self.devtools("WebAuthn.enable", json!({})).await?;
        let device = json!({
            "protocol": "ctap2", "ctap2Version": "ctap2_1", "transport": "internal", "hasResidentKey": true,
            "hasUserVerification": true, "isUserVerified": true, "hasPrf": true,
            "automaticPresenceSimulation": true,
        });
        self.devtools("WebAuthn.addVirtualAuthenticator", json!({ "options": device })).await.map(drop)
    }

    /// Folder in which the browser keeps everything.
    pub fn profile(&self) -> &std::path::Path {
        self.profile.path()
    }

    /// Presses keys one after another; a pair is pressed together, the first one held.
    ///
    /// # Errors
    /// What the driver says.
    pub async fn press(&self, keys: &[&[char]]) -> anyhow::Result<()> {
        let mut actions = KeyActions::new("keyboard".to_owned());
        for chord in keys {
            for key in *chord {
                actions = actions.then(KeyAction::Down { value: *key });
            }
            for key in chord.iter().rev() {
                actions = actions.then(KeyAction::Up { value: *key });
            }
        }
        Ok(self.client.perform_actions(actions).await?)
    }

    /// Waits until a condition of the page holds.
    ///
    /// # Errors
    /// When it does not come to hold.
    pub async fn until(&self, condition: &str) -> anyhow::Result<()> {
        let body = format!("return Boolean({condition})");
        eventually(condition, || async { Ok(self.script(&body, vec![]).await? == json!(true)) }).await
    }

    /// Waits for a heading of the first rank with these words.
    ///
    /// # Errors
    /// When it does not come.
    pub async fn until_title(&self, words: &str) -> anyhow::Result<()> {
        self.until(&format!("document.querySelector('h1')?.textContent.includes({})", json!(words))).await
    }

    /// Requests that the page and its workers have made since the last call, by address.
    ///
    /// # Errors
    /// What the driver says.
    pub async fn requests(&self) -> anyhow::Result<Vec<String>> {
        let command = Command { path: "se/log", body: json!({ "type": "performance" }) };
        let entries = self.client.issue_cmd(command).await?;
        let mut addresses = Vec::new();
        for entry in entries.as_array().into_iter().flatten() {
            let message: Value = serde_json::from_str(entry["message"].as_str().unwrap_or_default())?;
            if message["message"]["method"] == "Network.requestWillBeSent" {
                let address = &message["message"]["params"]["request"]["url"];
                addresses.push(address.as_str().unwrap_or_default().to_owned());
            }
        }
        Ok(addresses)
    }

    /// Fails where axe-core finds a barrier on the page as it stands.
    ///
    /// # Errors
    /// Lists the barriers.
    pub async fn no_barriers(&self, page: &str) -> anyhow::Result<()> {
        const AXE: &str = include_str!("../vendor/axe.min.js");
        if self.script("return typeof axe", vec![]).await? != json!("object") {
            self.script(AXE, vec![]).await?;
        }
        let body = "const done = arguments[arguments.length - 1]; axe.run(document, { resultTypes: ['violations'] })\
            .then((result) => done(result.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => \
            `${node.html.slice(0, 160)} ${node.failureSummary}`).join(' | ')}`)), (error) => done([String(error)]))";
        let found: Vec<String> = serde_json::from_value(self.client.execute_async(body, vec![]).await?)?;
        ensure!(found.is_empty(), "{page}: {found:#?}");
        Ok(())
    }

    /// Fails where the page must be scrolled sideways.
    ///
    /// # Errors
    /// Says what sticks out.
    pub async fn no_sideways_scrolling(&self, page: &str) -> anyhow::Result<()> {
        let body = "const width = document.documentElement.clientWidth; \
            if (document.documentElement.scrollWidth <= width) return []; \
            return [...document.querySelectorAll('body *')].filter((element) => \
            element.getBoundingClientRect().right > width + 1).slice(0, 5).map((element) => element.outerHTML.slice(0, 120))";
        let found = self.script(body, vec![]).await?;
        ensure!(found == json!([]), "{page} sticks out: {found:#}");
        Ok(())
    }

    /// A picture of what is on the screen, as PNG.
    ///
    /// # Errors
    /// What the driver says.
    pub async fn picture(&self) -> anyhow::Result<Vec<u8>> {
        Ok(self.client.screenshot().await?)
    }

    /// Sends a command of the DevTools protocol.
    ///
    /// # Errors
    /// What the driver says.
    pub async fn devtools(&self, command: &str, parameters: Value) -> anyhow::Result<Value> {
        let body = json!({ "cmd": command, "params": parameters });
        Ok(self.client.issue_cmd(Command { path: "goog/cdp/execute", body }).await?)
    }
}

/// Tries again until it is so.
///
/// # Errors
/// When it does not come to be so, or cannot be tried.
pub(crate) async fn eventually<F>(what: &str, mut holds: impl FnMut() -> F) -> anyhow::Result<()>
where
    F: Future<Output = anyhow::Result<bool>>,
{
    let start = Instant::now();
    loop {
        match holds().await {
            Ok(true) => return Ok(()),
            outcome if start.elapsed() > PATIENCE => {
                outcome?;
                bail!("still not so: {what}");
            }
            _ => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

fn capabilities(profile: &std::path::Path) -> fantoccini::wd::Capabilities {
    let flags = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--hide-scrollbars",
        "--lang=en-US",
        "--window-size=1280,900",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    ];
    let mut flags: Vec<String> = flags.map(str::to_owned).to_vec();
    flags.push(format!("--user-data-dir={}", profile.display()));
    let wanted = json!({
        "goog:chromeOptions": { "args": flags },
        "goog:loggingPrefs": { "performance": "ALL" },
        "pageLoadStrategy": "normal",
    });
    wanted.as_object().cloned().unwrap_or_default()
}

/// A command of Chromium's driver that WebDriver does not name.
#[derive(Debug)]
struct Command {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Command {
    fn endpoint(&self, base_url: &url::Url, session_id: Option<&str>) -> Result<url::Url, url::ParseError> {
        base_url.join(&format!("session/{}/{}", session_id.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _request_url: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.body.to_string()))
    }
}
