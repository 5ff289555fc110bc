//! What a person without a manual does: reads the words on the page, and clicks and types by them.

use anyhow::{Context as _, ensure};
use serde_json::{Value, json};

use crate::together::person::Person;

/// Finds things by the words that stand there. A folded part is unfolded, as one does who looks for something.
const EYES: &str = "
  const words = (node) => node.textContent.replace(/[\\u2066-\\u2069]/g, '').replace(/\\s+/g, ' ').trim();
  const unfold = (node) => {
    for (let part = node.closest('details'); part; part = part.parentElement.closest('details')) part.open = true;
    node.scrollIntoView({ block: 'center' });
    if (!node.checkVisibility()) throw new Error(`nobody sees: ${words(node) || node.name}`);
    return node;
  };
  const here = (selector, root = document.body) => [...root.querySelectorAll(selector)].filter((one) => !one.closest('[hidden]'));
  const best = (all, wanted, say = words) =>
    all.find((one) => say(one) === wanted) ?? all.find((one) => say(one).startsWith(wanted)) ??
    all.find((one) => say(one).includes(wanted));
  const found = (one, wanted) => {
    if (one) return one;
    throw new Error(`not here: ${wanted}. The page says: ${words(document.querySelector('main'))}`);
  };
  const set = (field, value) => {
    field.focus();
    field.value = value;
    for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, { bubbles: true }));
  };
  const labelled = (label, root = document.body) => {
    const one = found(best(here('label', root).filter((one) => !['radio', 'checkbox'].includes(one.control?.type)), label), label);
    return unfold(one.control ?? found(undefined, label));
  };
  const group = (question) => question ?
    found(best(here('fieldset'), question, (one) => one.querySelector(':scope > legend') ? words(one.querySelector(':scope > legend')) : ''), question) :
    document.body;
";

impl Person {
    async fn does(&self, what: &str, arguments: Vec<Value>) -> anyhow::Result<Value> {
        self.browser.script(&format!("{EYES}{what}"), arguments).await
    }

    /// Follows a link with these words, in the page or above it.
    pub(crate) async fn follow(&self, words: &str) -> anyhow::Result<()> {
        self.begin_turn().await?;
        let body = "const all = [...here('main a[href]'), ...here('header a[href]')]; \
            const link = unfold(found(best(all, arguments[0]), arguments[0])); \
            window.visited = undefined; document.querySelector('main h1').isLeft = true; link.click();";
        self.does(body, vec![json!(words)]).await.with_context(|| format!("following {words:?}"))?;
        self.until_shown().await.with_context(|| format!("after following {words:?}"))?;
        self.until_elsewhere().await
    }

    /// Types into the field with this label.
    pub(crate) async fn write(&self, label: &str, text: &str) -> anyhow::Result<()> {
        let body = "set(labelled(arguments[0]), arguments[1]);";
        self.does(body, vec![json!(label), json!(text)])
            .await
            .with_context(|| format!("writing under {label:?}"))
            .map(drop)
    }

    /// Types into the field with this label, in the part of the form with these words above it.
    pub(crate) async fn write_in(&self, part: &str, label: &str, text: &str) -> anyhow::Result<()> {
        let body = "const part = found(best(here('summary, legend, h2, h3'), arguments[0]), arguments[0]); \
            unfold(part); if (part.matches('summary')) part.parentElement.open = true; \
            set(labelled(arguments[1], part.parentElement), arguments[2]);";
        self.does(body, vec![json!(part), json!(label), json!(text)])
            .await
            .with_context(|| format!("writing under {part:?}, {label:?}"))
            .map(drop)
    }

    /// Chooses these words under a question: a round button, a box, or a line of a list.
    pub(crate) async fn choose(&self, question: &str, words: &str) -> anyhow::Result<()> {
        self.picks(question, words, true).await
    }

    /// Takes the choice of such a box back.
    pub(crate) async fn unchoose(&self, question: &str, words: &str) -> anyhow::Result<()> {
        self.picks(question, words, false).await
    }

    async fn picks(&self, question: &str, words: &str, wanted: bool) -> anyhow::Result<()> {
        let body = "const [question, wanted, on] = arguments; \
            const list = question && best(here('label').filter((one) => one.control?.matches('select')), question); \
            if (list) { \
              const line = found(best([...list.control.options], wanted), wanted); \
              unfold(list.control); set(list.control, line.value); \
            } else { \
              const all = here('label', group(question)).filter((one) => ['radio', 'checkbox'].includes(one.control?.type)); \
              const one = found(best(all, wanted), wanted); \
              unfold(one); if (one.control.checked !== on) one.click(); \
            }";
        self.does(body, vec![json!(question), json!(words), json!(wanted)])
            .await
            .with_context(|| format!("choosing {words:?} under {question:?}"))
            .map(drop)
    }

    /// Presses the button with these words, and sees the next page.
    pub(crate) async fn press(&self, words: &str) -> anyhow::Result<()> {
        self.begin_turn().await?;
        let body = "unfold(found(best(here('main button'), arguments[0]), arguments[0])).click();";
        self.does(body, vec![json!(words)]).await.with_context(|| format!("pressing {words:?}"))?;
        self.until_shown().await.with_context(|| format!("after pressing {words:?}"))?;
        let wrong = self.what_is_wrong().await?;
        ensure!(wrong.is_empty(), "after pressing {words:?}: {wrong:?}");
        Ok(())
    }

    /// Sends a tool's form, and says yes where it asks back.
    pub(crate) async fn keep(&self, words: &str) -> anyhow::Result<()> {
        self.press(words).await?;
        for _ in 0..3 {
            if self.browser.count("#tool button[name=_ok]").await? == 0 {
                break;
            }
            let again = self.browser.texts("#tool button[name=_ok]").await?;
            self.press(&again[0]).await?;
        }
        Ok(())
    }

    /// Looks at a page until it says so, and stays there.
    pub(crate) async fn finds(&self, path: &str, link: &str) -> anyhow::Result<()> {
        self.sees(path, link).await?;
        self.follow(link).await
    }

    /// The page says so.
    pub(crate) async fn reads(&self, wanted: &str) -> anyhow::Result<()> {
        let page = self.words().await?;
        let plain: String = page.chars().filter(|c| !('\u{2066}'..='\u{2069}').contains(c)).collect();
        ensure!(plain.contains(wanted), "{wanted:?} is not on the page: {plain}");
        Ok(())
    }

    /// A step of the path, as one goes there.
    pub(crate) async fn step(&self, title: &str) -> anyhow::Result<()> {
        self.follow("Path").await?;
        self.follow(title).await
    }
}
