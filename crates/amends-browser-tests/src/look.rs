//! Looking at a page with a machine's eyes: `look.js` in the page, keys of a keyboard, and axe-core.

use anyhow::Context as _;
use serde_json::{Value, json};

use crate::browser::{Browser, Screen};

const LOOK: &str = include_str!("look.js");
const AXE: &str = include_str!("../vendor/axe.min.js");
const TAB: char = '\u{e004}';

/// All rules, that of the size of targets too.
pub const ALL_RULES: &str = "{ resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } }";
/// Only the contrast of colors: the rest is the same in the dark.
pub const CONTRAST: &str = "{ resultTypes: ['violations'], runOnly: ['color-contrast'] }";

impl Browser {
    /// What functions of `look.js` find wrong, one after the other.
    ///
    /// # Errors
    /// What the page throws.
    pub async fn look(&self, calls: &[&str]) -> anyhow::Result<Vec<String>> {
        let body = format!("{LOOK}\nreturn [{}].flat()", calls.join(", "));
        Ok(serde_json::from_value(self.script(&body, vec![]).await?)?)
    }

    /// Goes through the whole page by the keyboard; names what it does not come to.
    ///
    /// # Errors
    /// What the page throws.
    pub async fn missed_by_keys(&self) -> anyhow::Result<Vec<String>> {
        let presses = self.script(&format!("{LOOK}\nreturn watchKeys()"), vec![]).await?;
        let presses = usize::try_from(presses.as_u64().context("a number")?)?;
        self.press(&vec![&[TAB][..]; presses]).await?;
        self.look(&["missed()"]).await
    }

    /// Barriers that axe-core finds with these options.
    ///
    /// # Errors
    /// What the page throws.
    pub async fn barriers(&self, options: &str) -> anyhow::Result<Vec<String>> {
        if self.script("return typeof axe", vec![]).await? != json!("object") {
            self.script(AXE, vec![]).await?;
        }
        let body = format!(
            "const done = arguments[arguments.length - 1]; document.activeElement?.blur(); scrollTo(0, 0); axe.run(document, {options}).then((result) => \
             done(result.violations.map(({{ id, nodes }}) => `${{id}}: ${{nodes.slice(0, 3).map((node) => \
             `${{node.html.slice(0, 160)}} ${{node.failureSummary}}`).join(' | ')}}`)), (error) => done([String(error)]))"
        );
        Ok(serde_json::from_value(self.client().execute_async(&body, vec![]).await?)?)
    }

    /// Size and colors, and what else the device asks for: `("forced-colors", "active")`.
    ///
    /// # Errors
    /// What the driver says.
    pub async fn screen_with(&self, screen: Screen, more: &[(&str, &str)]) -> anyhow::Result<()> {
        self.screen(screen).await?;
        let scheme = if screen.dark { "dark" } else { "light" };
        let wanted = [("prefers-color-scheme", scheme), ("prefers-reduced-motion", "reduce")];
        let all = wanted.iter().chain(more).map(|(name, value)| json!({ "name": name, "value": value }));
        let features: Value = all.collect();
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": features })).await.map(drop)
    }

    /// Text of this size, as it is chosen in the settings.
    ///
    /// # Errors
    /// What the page throws.
    pub async fn text_size(&self, size: &str) -> anyhow::Result<()> {
        self.script("document.documentElement.dataset.size = arguments[0]", vec![json!(size)]).await.map(drop)
    }
}
