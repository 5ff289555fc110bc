//! One person with a browser of their own: what they see and do, by the pages' own links and forms.

use std::time::{Duration, Instant};

use amends_browser_tests::{Browser, Picture, write_small};
use anyhow::{Context as _, bail, ensure};
use serde_json::json;

use crate::FIRST;
use crate::doors::PASSPHRASE;

/// How long something may take from one browser to the other.
const PATIENCE: Duration = Duration::from_secs(60);

/// How long another page may take where it could be the same one.
const TURN: Duration = Duration::from_secs(3);

pub(crate) struct Person {
    pub(crate) browser: Browser,
    origin: String,
}

impl Person {
    /// A browser with a vault of its own.
    pub(crate) async fn with_vault(origin: &str) -> anyhow::Result<Self> {
        Self::at_entry(&format!("{origin}/"), origin).await
    }

    /// The same at an address that lets one browser in.
    pub(crate) async fn at_entry(entry: &str, origin: &str) -> anyhow::Result<Self> {
        Self::newcomer(entry, origin).await?.makes_a_vault().await
    }

    /// A browser with a vault of its own, from a window that is open already.
    pub(crate) async fn with_vault_in(browser: Browser, origin: &str) -> anyhow::Result<Self> {
        Self::newcomer_in(browser, &format!("{origin}/"), origin).await?.makes_a_vault().await
    }

    async fn makes_a_vault(self) -> anyhow::Result<Self> {
        let person = self;
        let browser = &person.browser;
        person.visit("/door/make").await?;
        person.submit("form:has(#again)", &[("passphrase", PASSPHRASE), ("again", PASSPHRASE)], "").await?;
        browser.until_title("Your recovery words").await?;
        let kit = browser.texts(".words li").await?;
        let ids = "return [...document.querySelectorAll('main input[type=text]')].map((field) => field.id)";
        let asked: Vec<String> = serde_json::from_value(browser.script(ids, vec![]).await?)?;
        for id in &asked {
            let number: usize = id.trim_start_matches("word-").parse()?;
            let word = kit.get(number - 1).context("twelve words")?;
            browser.paste(&format!("#{id}"), word).await?;
        }
        browser.click("main form .main-button").await?;
        browser.until_title("Your vault is open").await?;
        Ok(person)
    }

    /// A browser in which the first page was read, and nothing else was done.
    pub(crate) async fn newcomer(entry: &str, origin: &str) -> anyhow::Result<Self> {
        Self::newcomer_in(Browser::open().await?, entry, origin).await
    }

    /// The same in a window that is open already.
    pub(crate) async fn newcomer_in(browser: Browser, entry: &str, origin: &str) -> anyhow::Result<Self> {
        let person = Self { browser, origin: origin.to_owned() };
        let browser = &person.browser;
        browser.goto(entry).await?;
        browser.until_title("Before you begin").await?;
        browser.until("document.readyState === 'complete'").await?;
        browser.click("main form button").await?;
        browser.until_title(FIRST).await?;
        Ok(person)
    }

    /// Kim of the invented couple, who was hurt.
    pub(crate) async fn in_demonstration(entry: &str, origin: &str) -> anyhow::Result<Self> {
        let person = Self::newcomer(entry, origin).await?;
        person.visit("/door").await?;
        person.submit("form[action='/door/demo']", &[], "").await?;
        person.browser.until("document.querySelector('.demo-banner')").await?;
        person.browser.click("form[action='/door/demo/switch'] button").await?;
        let kim = "document.querySelector('.demo-banner')?.textContent.includes('Kim, who was hurt')";
        person.browser.until(kim).await?;
        Ok(person)
    }

    /// The door again, after the page was opened anew.
    pub(crate) async fn unlock(&self) -> anyhow::Result<()> {
        self.visit("/door").await?;
        self.submit("form[action='/door']", &[("passphrase", PASSPHRASE)], "").await?;
        self.browser.until("document.querySelector('#idle')").await
    }

    /// Closes the page: nothing of the app runs any more.
    pub(crate) async fn goes_away(&self) -> anyhow::Result<()> {
        self.browser.goto("about:blank").await
    }

    /// Opens the app anew, and unlocks.
    pub(crate) async fn comes_back(&self) -> anyhow::Result<()> {
        self.goes_away().await?;
        self.browser.goto(&format!("{}/", self.origin)).await?;
        self.browser.until("document.querySelector('main h1') && document.readyState === 'complete'").await?;
        self.unlock().await
    }

    /// Opens a link that somebody sent, and unlocks.
    pub(crate) async fn open_link(&self, link: &str) -> anyhow::Result<()> {
        ensure!(link.starts_with(&self.origin), "{link}");
        // A new page, as from a mail program.
        self.browser.goto("about:blank").await?;
        self.browser.goto(link).await?;
        self.browser.until("document.querySelector('main h1') && location.hash === ''").await
    }

    /// Follows a link of the app to this page.
    pub(crate) async fn visit(&self, path: &str) -> anyhow::Result<()> {
        let body = "if (location.href === 'about:blank') throw new Error('who went away has to come back first'); \
            const title = document.querySelector('main h1'); title?.setAttribute('data-before', ''); \
            if (title && window.visited !== arguments[0]) title.isLeft = true; window.visited = arguments[0]; \
            const link = document.createElement('a'); link.href = arguments[0]; \
            document.body.append(link); link.click(); link.remove();";
        let asked = self.browser.script(body, vec![json!(path)]).await;
        asked.with_context(|| format!("on the way to {path}"))?;
        self.until_shown().await.with_context(|| format!("on the way to {path}"))?;
        self.until_elsewhere().await
    }

    /// Waits a little for another page: the one that was left may be shown anew before, when something came in.
    pub(crate) async fn until_elsewhere(&self) -> anyhow::Result<()> {
        let body = "return Boolean(document.querySelector('main h1')?.isLeft)";
        let start = Instant::now();
        while self.browser.script(body, vec![]).await? == json!(true) && start.elapsed() < TURN {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Ok(())
    }

    /// The next page is to come.
    pub(crate) async fn begin_turn(&self) -> anyhow::Result<()> {
        let body = "document.querySelector('main h1')?.setAttribute('data-before', '')";
        self.browser.script(body, vec![]).await.map(drop)
    }

    pub(crate) async fn until_shown(&self) -> anyhow::Result<()> {
        self.browser
            .until("document.querySelector('main h1') && !document.querySelector('h1[data-before]')")
            .await
    }

    /// Fills in a form and sends it, by its button of this selector or by the first one. `*` takes the first choice,
    /// `~` the one with these words.
    pub(crate) async fn submit(
        &self,
        form: &str,
        fields: &[(&str, &str)],
        button: &str,
    ) -> anyhow::Result<()> {
        self.browser.find(form).await?;
        let body = "const form = document.querySelector(arguments[0]); \
            for (const [name, value] of arguments[1]) { \
              const all = [...form.elements].filter((field) => field.name === name && field.type !== 'hidden'); \
              if (all.length === 0) throw new Error(`no field ${name}`); \
              const fits = (one) => value === '*' ? one.value : value.startsWith('~') ? \
                one.closest('label').textContent.includes(value.slice(1)) : one.value === value; \
              if (['radio', 'checkbox'].includes(all[0].type)) { \
                const one = all.find(fits); if (!one) throw new Error(`no choice ${name} ${value}`); \
                one.checked = true; one.dispatchEvent(new Event('change', { bubbles: true })); \
              } else { \
                all[0].value = value === '*' ? [...all[0].options].find(fits).value : value; \
                all[0].dispatchEvent(new InputEvent('input', { bubbles: true })); \
              } } \
            document.querySelector('main h1')?.setAttribute('data-before', ''); \
            form.requestSubmit(arguments[2] ? form.querySelector(arguments[2]) : \
              form.querySelector('button[type=submit]:not([name=_do])'));";
        self.browser
            .script(body, vec![json!(form), json!(fields), json!(button)])
            .await
            .with_context(|| format!("filling in {form}"))?;
        self.until_shown().await.with_context(|| format!("after sending {form}"))?;
        let wrong = self.what_is_wrong().await?;
        ensure!(wrong.is_empty(), "{form}: {wrong:?}");
        Ok(())
    }

    /// What the page says went wrong. That there is no backup yet is only a reminder.
    pub(crate) async fn what_is_wrong(&self) -> anyhow::Result<Vec<String>> {
        self.browser.texts("main .problem:not(:has(a[href='/keep']))").await
    }

    /// Goes to a page, fills in its form and sends it.
    pub(crate) async fn fill(
        &self,
        path: &str,
        form: &str,
        fields: &[(&str, &str)],
        button: &str,
    ) -> anyhow::Result<()> {
        self.visit(path).await?;
        self.submit(form, fields, button).await.with_context(|| path.to_owned())
    }

    /// Uses a tool of a step; what it asks back is answered with yes.
    pub(crate) async fn use_tool(&self, path: &str, fields: &[(&str, &str)]) -> anyhow::Result<()> {
        self.fill(path, "#tool", fields, "button[value=send]").await?;
        for _ in 0..3 {
            if self.browser.count("#tool button[name=_ok]").await? == 0 {
                break;
            }
            self.submit("#tool", &[], "button[name=_ok]").await?;
        }
        Ok(())
    }

    /// What the page says.
    pub(crate) async fn words(&self) -> anyhow::Result<String> {
        Ok(self.browser.texts("main").await?.concat())
    }

    /// Keeps a picture of the whole page under this name, where `AMENDS_PICTURES` names a folder for people to look at.
    pub(crate) async fn shows(&self, name: &str) -> anyhow::Result<()> {
        let Some(folder) = std::env::var_os("AMENDS_PICTURES") else { return Ok(()) };
        let picture = self.browser.take(Picture { scale: 1.0, tallest: 4000 }).await?;
        write_small(&picture, &std::path::Path::new(&folder).join(format!("{name}.png")))
    }

    /// Goes to a page until it says so.
    pub(crate) async fn sees(&self, path: &str, words: &str) -> anyhow::Result<()> {
        self.waits_for(path, words, true).await
    }

    /// Goes to a page until it does not say so any more.
    pub(crate) async fn sees_no_more(&self, path: &str, words: &str) -> anyhow::Result<()> {
        self.waits_for(path, words, false).await
    }

    async fn waits_for(&self, path: &str, words: &str, wanted: bool) -> anyhow::Result<()> {
        let start = Instant::now();
        loop {
            self.visit(path).await?;
            let page = self.words().await?;
            if page.contains(words) == wanted {
                return Ok(());
            }
            if start.elapsed() > PATIENCE {
                bail!("{path}: {words:?} should be there: {wanted}; the page says: {page}");
            }
            // A program looks for news after each form that was sent, a browser hears of them by itself.
            let look = "if (document.documentElement.dataset.shell === 'native') \
                fetch('/search', { method: 'POST', body: new URLSearchParams({ words: 'x' }), headers: { 'x-script': '1' } })";
            self.browser.script(look, vec![]).await?;
            tokio::time::sleep(Duration::from_millis(300)).await;
        }
    }

    /// None of these words is on any page that matters.
    pub(crate) async fn sees_nowhere(&self, words: &[&str]) -> anyhow::Result<()> {
        for path in [
            "/",
            "/path",
            "/incident",
            "/look/responsibility",
            "/look/communication/letters",
            "/look/contact",
            "/look/needs",
            "/look/patience",
            "/look/honesty",
            "/find",
            "/pair",
        ] {
            self.visit(path).await?;
            let page = self.browser.texts("body").await?.concat();
            for word in words {
                ensure!(!page.contains(word), "{path} shows {word}");
            }
        }
        Ok(())
    }

    /// Where the first link of a selector leads.
    pub(crate) async fn link(&self, selector: &str) -> anyhow::Result<String> {
        self.browser.find(selector).await?;
        let body = "return document.querySelector(arguments[0]).getAttribute('href')";
        let found = self.browser.script(body, vec![json!(selector)]).await?;
        Ok(found.as_str().context("a link leads somewhere")?.to_owned())
    }

    /// Answers the eight questions with no, and opens the part for two.
    pub(crate) async fn open_channel(&self) -> anyhow::Result<()> {
        self.fill("/safety/questions", "form[action='/safety/questions/1']", &[], "").await?;
        for number in 2..=9 {
            self.submit(&format!("form[action='/safety/questions/{number}']"), &[], "button[value=no]")
                .await?;
        }
        self.submit("form[action='/safety/questions/open']", &[], "").await
    }
}
