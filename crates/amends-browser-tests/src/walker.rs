//! Somebody who goes to every screen of the app.

use std::collections::{BTreeMap, BTreeSet};

use amends_ui::{ANY, screen_of, screens};
use anyhow::{Context as _, ensure};
use serde_json::json;

use crate::browser::Browser;
use crate::shells::NativeShell;
use crate::zone;

/// Who looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Has read the first page and made nothing.
    Nobody,
    /// Has a vault with a little in it, and nobody beside them.
    Alone,
    /// Of the invented couple, who did the harm.
    Involved,
    /// Of the invented couple, who was hurt.
    Injured,
}

/// Somebody with a device and a window of their own.
#[derive(Debug)]
pub struct Walker {
    /// The window.
    pub browser: Browser,
    _shell: NativeShell,
}

/// A screen that was found.
#[derive(Debug, Clone)]
pub struct Found {
    /// Where it is.
    pub address: String,
    /// Which one of the list it is.
    pub screen: String,
    /// What it is built of, without words. Two screens of one build look alike.
    pub build: BTreeSet<String>,
}

/// A Sunday in November 2026, eight in the evening UTC: dates in pictures stay the same.
const EVENING: &str = "1795377605000";
/// Requests under way at a time.
const AT_ONCE: usize = 40;

const PASSPHRASE: &str = "three green chairs";

impl Walker {
    /// Goes in, in this language.
    ///
    /// # Errors
    /// When the app or the browser does not start, or the way in is another one.
    pub async fn enter(who: Who, language: &str) -> anyhow::Result<Self> {
        let words = [("AMENDS_LANGUAGE", language), ("AMENDS_BEGIN_AT", EVENING), ("TZ", zone::UTC)];
        let shell = NativeShell::start_with(&words).await?;
        let browser = Browser::open_in(zone::UTC).await?;
        // Several windows have the focus at a time.
        browser.devtools("Emulation.setFocusEmulationEnabled", json!({ "enabled": true })).await?;
        browser.goto(&shell.entry).await?;
        browser.until("document.readyState === 'complete'").await?;
        browser.click("main form button").await?;
        browser.until("document.querySelector('nav')").await?;
        let walker = Self { browser, _shell: shell };
        match who {
            Who::Nobody => {}
            Who::Alone => walker.begin_alone().await?,
            Who::Involved | Who::Injured => walker.send("/door/demo", &[]).await?,
        }
        if who == Who::Injured {
            walker.send("/door/demo/switch", &[]).await?;
        }
        Ok(walker)
    }

    async fn begin_alone(&self) -> anyhow::Result<()> {
        self.send("/door/make", &[("passphrase", PASSPHRASE), ("again", PASSPHRASE)]).await?;
        self.browser.find(".words").await?;
        self.send("/incident/new", &[("kind", "money"), ("role", "both"), ("title", "The card")]).await?;
        let reply =
            [("do", "reply"), ("statement", "1"), ("text-1", "You waited for two hours."), ("keep", "yes")];
        self.send("/look/listening/practice", &reply).await?;
        let note = [("do", "note"), ("text", "Thank you for the soup."), ("spot", "print"), ("keep", "yes")];
        self.send("/look/gratitude/note", &note).await
    }

    /// Follows a link to this address. Says whether the heading of the new page has the focus.
    ///
    /// # Errors
    /// When no page comes.
    pub async fn visit(&self, address: &str) -> anyhow::Result<bool> {
        const BODY: &str = "const [address, done] = arguments; \
            document.querySelector('main h1')?.setAttribute('data-before', ''); const link = document.createElement('a'); link.href = address; document.body.append(link); link.click(); \
            link.remove(); const start = performance.now(); const look = () => { \
            const title = document.querySelector('main h1'); const waited = performance.now() - start; \
            const is_new = title && !title.hasAttribute('data-before'); \
            if (is_new && document.activeElement === title) return done(true); \
            if (waited > (is_new ? 1000 : 30000)) return done(is_new ? false : null); setTimeout(look, 5); }; look();";
        let answer = self.browser.client().execute_async(BODY, vec![json!(address)]).await?;
        answer.as_bool().with_context(|| format!("{address} does not come"))
    }

    /// Sends a form with these fields.
    ///
    /// # Errors
    /// When no page comes.
    pub async fn send(&self, address: &str, fields: &[(&str, &str)]) -> anyhow::Result<()> {
        const BODY: &str = "const [address, fields] = arguments; \
            document.querySelector('main h1')?.setAttribute('data-before', ''); \
            const form = document.createElement('form'); form.method = 'post'; form.action = address; \
            for (const [name, value] of fields) { const field = document.createElement('input'); \
            field.type = 'hidden'; field.name = name; field.value = value; form.append(field); } \
            document.body.append(form); form.requestSubmit(); form.remove();";
        self.browser.script(BODY, vec![json!(address), json!(fields)]).await?;
        let shown = "document.querySelector('main h1') && !document.querySelector('h1[data-before]')";
        self.browser.until(shown).await.with_context(|| format!("after {address}"))
    }

    /// Goes to the form of a tool and sends it with a mistake. False where it has been taken: nothing that it asks for is
    /// needed.
    ///
    /// # Errors
    /// When no page comes.
    pub async fn blunder(&self, address: &str) -> anyhow::Result<bool> {
        self.visit(address).await?;
        if !self.browser.look(&["blunder()"]).await?.is_empty() {
            return Ok(false);
        }
        let shown = "document.querySelector('main h1') && !document.querySelector('[data-before]')";
        self.browser.until(shown).await.with_context(|| format!("after a mistake in {address}"))?;
        let again = "return document.querySelector('#tool [role=alert]') !== null";
        Ok(self.browser.script(again, vec![]).await? == json!(true))
    }

    /// What the page that is shown is built of, without words.
    ///
    /// # Errors
    /// What the page throws.
    pub async fn build(&self) -> anyhow::Result<BTreeSet<String>> {
        let main = self.browser.script("return document.querySelector('main').outerHTML", vec![]).await?;
        Ok(build(main.as_str().context("a page")?))
    }

    /// All screens that there are for this person: by links, and by the names of entries in them.
    ///
    /// # Errors
    /// When a page is in no list.
    pub async fn find_screens(&self) -> anyhow::Result<Vec<Found>> {
        let mut ahead: Vec<String> = screens().into_iter().filter(|address| !address.contains(ANY)).collect();
        let mut seen: BTreeSet<String> = ahead.iter().cloned().collect();
        let mut names = BTreeSet::new();
        let mut found: BTreeMap<(String, String), Found> = BTreeMap::new();
        while !ahead.is_empty() {
            let answers = self.fetch(&ahead).await?;
            ahead.clear();
            for [address, html] in answers {
                let screen = screen_of(&address).with_context(|| format!("in no list: {address}"))?;
                for link in
                    html.split("href=\"/").skip(1).filter_map(|rest| rest.split(['"', '#', '?']).next())
                {
                    let link = format!("/{link}");
                    names.extend(link.split('/').filter(|part| is_name(part)).map(str::to_owned));
                    if !link.starts_with("/assets/") && seen.insert(link.clone()) {
                        ahead.push(link);
                    }
                }
                let build = build(&between(&html, "<main", "</main>"));
                // Entries differ by what they are, all other screens stand for themselves.
                let kind = if screen == "/entry/*" { between(&html, "<h1", "</h1>") } else { String::new() };
                found.entry((screen.clone(), kind)).or_insert(Found { address, screen, build });
            }
            for screen in screens().into_iter().filter(|screen| screen.contains(ANY)) {
                if !found.keys().any(|(known, _)| *known == screen) {
                    let all = names.iter().map(|name| screen.replace(ANY, name));
                    ahead.extend(all.filter(|address| seen.insert(address.clone())));
                }
            }
        }
        Ok(found.into_values().collect())
    }

    /// Address and content of those pages that are there.
    async fn fetch(&self, addresses: &[String]) -> anyhow::Result<Vec<[String; 2]>> {
        const BODY: &str = "const [addresses, done] = arguments; const get = async (address) => { \
            const answer = await fetch(address, { headers: { 'x-script': '1' } }); \
            return answer.status === 200 ? [address, await answer.text()] : null; }; \
            Promise.all(addresses.map(get)).then((all) => done(all.filter(Boolean)), (error) => done(String(error)))";
        let mut pages: Vec<[String; 2]> = Vec::new();
        for some in addresses.chunks(AT_ONCE) {
            let answer = self.browser.client().execute_async(BODY, vec![json!(some)]).await?;
            ensure!(answer.is_array(), "{answer}");
            pages.extend(serde_json::from_value::<Vec<[String; 2]>>(answer)?);
        }
        Ok(pages)
    }

    /// Closes the window.
    ///
    /// # Errors
    /// What the driver says.
    pub async fn leave(self) -> anyhow::Result<()> {
        self.browser.close().await
    }
}

fn is_name(part: &str) -> bool {
    part.len() > 16 && part.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

fn between(html: &str, start: &str, end: &str) -> String {
    let inner = html.split_once(start).and_then(|(_, rest)| rest.split_once(end));
    inner.map_or_else(String::new, |(inner, _)| inner.to_owned())
}

/// Kinds and classes of the elements that there are.
fn build(html: &str) -> BTreeSet<String> {
    let marks = html.split('<').skip(1).filter_map(|rest| rest.split('>').next());
    let described = marks.map(|mark| {
        let value = |name: &str| mark.split_once(name).and_then(|(_, rest)| rest.split('"').next());
        let kind = value("class=\"").or_else(|| value("type=\"")).unwrap_or_default();
        format!("{} {kind}", mark.split(' ').next().unwrap_or_default())
    });
    described.collect()
}
