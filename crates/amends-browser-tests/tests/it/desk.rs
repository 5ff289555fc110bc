//! The draft desk.

use amends_browser_tests::BrowserShell;
use anyhow::ensure;
use serde_json::{Value, json};

use crate::{App, FIRST};

/// Faults that any version of the checks must find.
const BAD_APOLOGY: &str = "I am sorry if I hurt you, but you made me do it. I promise I will never lie to you \
    again. I am sorry you feel that way. You need to forgive me now. It was just a stupid mistake and it meant \
    nothing. You have to move on.";

/// Puts a text on an empty desk, so that what is seen next belongs to it.
async fn put(app: &App, text: &str) -> anyhow::Result<()> {
    app.browser.paste("#draft", "").await?;
    app.browser
        .until("document.getElementById('margin').textContent.includes('Nothing to look at yet')")
        .await?;
    app.browser.paste("#draft", text).await
}

/// At most three hints, each with a reason, a question and a pattern; marks at the very words they speak of.
pub(crate) async fn hints_marks_and_missing_parts(app: &App) -> anyhow::Result<()> {
    let browser = &app.browser;
    app.open_desk().await?;
    put(app, BAD_APOLOGY).await?;
    browser.until("document.querySelectorAll('.hint').length > 1").await?;
    let hints = browser.count(".hint").await?;
    ensure!(hints <= 3, "at most three hints, not {hints}");
    ensure!(browser.count("#mirror mark").await? == hints, "a mark for every hint");
    ensure!(browser.count(".missing li").await? > 0, "says what is missing");
    let mirror = browser.texts("#mirror").await?.concat();
    ensure!(mirror.trim_end_matches('\u{200B}') == BAD_APOLOGY, "the marks lie under the same words");
    for (mark, place) in browser.texts("#mirror mark").await?.iter().zip(browser.texts(".hint .place").await?)
    {
        let quoted = place.trim_start_matches("Marked: \"").trim_end_matches(['"', '…', ' ']);
        ensure!(mark.starts_with(quoted), "the mark {mark:?} is at the place of the hint {place:?}");
    }
    marks_lie_on_the_lines_of_the_text(app).await?;
    // What studies found stands folded away and may hold figures; the margin itself may not.
    let text = browser
        .texts("#margin > :not(article), #margin article > :not(details)")
        .await?
        .concat()
        .to_lowercase();
    for word in ["score", "%", "great", "well done", "excellent", "error"] {
        ensure!(!text.contains(word), "no grade, no praise, no blame: {word}");
    }
    browser.until("document.getElementById('status').textContent.includes('hint')").await?;
    browser.no_barriers("desk with hints").await?;
    browser.screen(amends_browser_tests::Screen::PHONE.dark()).await?;
    browser.no_barriers("desk with hints, dark, on a phone").await?;
    browser.no_sideways_scrolling("desk with hints").await?;
    browser.screen(amends_browser_tests::Screen::DESKTOP).await
}

/// The box and the copy under it must break lines at the same words: same width, font and height.
async fn marks_lie_on_the_lines_of_the_text(app: &App) -> anyhow::Result<()> {
    let body = "const [box, mirror] = [document.getElementById('draft'), document.getElementById('mirror')]; \
        const look = (element) => { const style = getComputedStyle(element); return [style.font, style.letterSpacing, \
        style.paddingLeft, style.paddingTop, style.width, style.whiteSpace, style.overflowWrap, style.wordBreak]; }; \
        return [look(box), look(mirror), box.scrollHeight - box.clientHeight]";
    let found: Value = app.browser.script(body, vec![]).await?;
    ensure!(found[0] == found[1], "box and copy look the same: {found:#}");
    ensure!(found[2] == json!(0), "the box is as high as its text");
    Ok(())
}

/// A hint that is not wanted at its place goes, and stays away while the words around it change.
pub(crate) async fn not_here(app: &App) -> anyhow::Result<()> {
    let browser = &app.browser;
    put(app, "I am sorry if I hurt you. I lied to you on Monday about the money.").await?;
    browser.until("document.querySelector('.hint[data-check=conditional-apology]')").await?;
    browser.click(".hint[data-check=conditional-apology] button[name='not-here']").await?;
    browser.until("!document.querySelector('.hint[data-check=conditional-apology]')").await?;
    browser.write("#draft", " That was my choice.").await?;
    browser.until("document.getElementById('mirror').textContent.includes('my choice')").await?;
    browser.until("!document.querySelector('.hint[data-check=conditional-apology]')").await?;
    browser.click("nav a[href='/more']").await?;
    browser.click("main a[href='/settings']").await?;
    browser.until_title("Settings").await?;
    browser.click("button[name='forget-not-here']").await?;
    browser.until("document.querySelector('[role=alert]')").await?;
    app.open_desk().await?;
    browser.until("document.querySelector('.hint[data-check=conditional-apology]')").await
}

/// Words of danger stop the hints; help stands in their place.
pub(crate) async fn danger_shows_help(app: &App) -> anyhow::Result<()> {
    let browser = &app.browser;
    put(app, "I am sorry if I hurt you. If you leave me I will kill myself.").await?;
    browser.until("document.getElementById('danger')").await?;
    ensure!(browser.count(".hint").await? == 0, "no hints on style beside danger");
    ensure!(browser.count("#mirror mark").await? == 0, "no marks either");
    ensure!(browser.count("#danger a[href='/safety']").await? == 1, "the way to all help lines");
    ensure!(
        browser.texts("#danger .call").await?.iter().any(|number| number.contains("988")),
        "a crisis line"
    );
    browser.no_barriers("desk with danger").await?;
    browser.paste("#draft", "I am sorry if I hurt you.").await?;
    browser.until("!document.getElementById('danger') && document.querySelector('.hint')").await
}

/// Writing, walking from hint to hint and refusing one, all without a pointer.
pub(crate) async fn keyboard_only(app: &App) -> anyhow::Result<()> {
    let browser = &app.browser;
    put(app, BAD_APOLOGY).await?;
    browser.until("document.querySelectorAll('.hint').length > 1").await?;
    let selected = "getSelection().toString() || document.getElementById('draft').value.slice(\
        document.getElementById('draft').selectionStart, document.getElementById('draft').selectionEnd)";
    let mut seen = Vec::new();
    for number in 1..=2 {
        browser.press(&[&[F8]]).await?;
        browser.until(&format!("document.querySelector('#hint-{number}.current')")).await?;
        seen.push(browser.script(&format!("return {selected}"), vec![]).await?);
    }
    ensure!(seen[0] != seen[1], "each step goes to another place");
    let mark = browser.texts("#mirror mark").await?;
    ensure!(seen[1] == json!(mark[1]), "the marked words are selected: {seen:?} {mark:?}");
    browser.press(&[&[SHIFT, F8]]).await?;
    browser.until("document.querySelector('#hint-1.current')").await?;
    let count = browser.count(".hint").await?;
    let check = browser.script("return document.querySelector('#hint-1').dataset.check + document.querySelector('#hint-1 .place').textContent", vec![]).await?;
    browser.script("document.querySelector('#hint-1 button[name=not-here]').focus()", vec![]).await?;
    browser.press(&[&[SPACE]]).await?;
    let gone = format!(
        "![...document.querySelectorAll('.hint')].some((hint) => hint.dataset.check + hint.querySelector('.place').textContent === {check})"
    );
    browser.until(&gone).await?;
    browser.until("document.getElementById('margin').contains(document.activeElement)").await?;
    ensure!(browser.count(".hint").await? <= count, "the hint went away");
    browser.script("document.getElementById('draft').focus()", vec![]).await?;
    browser.press(&[&[TAB]]).await?;
    browser.until("document.activeElement.id !== 'draft'").await
}

/// Another language gets one plain sentence and no hint.
pub(crate) async fn other_language(app: &App) -> anyhow::Result<()> {
    let browser = &app.browser;
    put(app, "Es tut mir leid, falls ich dich verletzt habe. Das war doch nur ein dummer Fehler von mir.")
        .await?;
    browser
        .until("document.getElementById('margin').textContent.includes('only read English so far')")
        .await?;
    ensure!(browser.count(".hint").await? == 0, "nothing is said about it");
    Ok(())
}

/// The learned model hears what no rule says. It comes a moment after the desk; what was written before it came is
/// looked at again by itself.
pub(crate) async fn the_model_reads_beside_the_rules(app: &App) -> anyhow::Result<()> {
    app.open_desk().await?;
    put(app, NO_RULE_SAYS).await?;
    app.browser.until("document.querySelector('.hint')").await?;
    put(app, "").await
}

/// Without the model the rules read alone. It is asked for again with the next desk, and then hears what stands there.
pub(crate) async fn the_model_may_come_late(app: &App, shell: &BrowserShell) -> anyhow::Result<()> {
    let browser = &app.browser;
    shell.offer_weights(false);
    app.open_desk().await?;
    put(app, "I am sorry if I hurt you.").await?;
    browser.until("document.querySelector('.hint')").await?;
    put(app, NO_RULE_SAYS).await?;
    browser
        .until("!document.getElementById('margin').textContent.includes('Nothing to look at yet')")
        .await?;
    ensure!(browser.count(".hint").await? == 0, "no rule speaks of these words");
    ensure!(shell.asked().iter().any(|path| path.ends_with(".amdl")), "the weights were asked for");
    shell.offer_weights(true);
    browser.click("nav a[href='/safety']").await?;
    browser.until_title("Safety and help").await?;
    app.open_desk().await?;
    let stands = format!("document.getElementById('draft').value === {}", json!(NO_RULE_SAYS));
    browser.until(&format!("{stands} && document.querySelector('.hint')")).await
}

/// The proof: no request leaves the page while one writes; the native shell asks its own loopback only.
pub(crate) async fn nothing_is_sent_while_writing(app: &App) -> anyhow::Result<()> {
    let browser = &app.browser;
    browser.paste("#draft", "").await?;
    browser.until("!document.querySelector('.hint')").await?;
    browser.requests().await?;
    browser.write("#draft", "I am sorry if I hurt you. I took the money on 3 May.").await?;
    browser.until("document.querySelector('.hint')").await?;
    for address in browser.requests().await? {
        let path = address.strip_prefix(&app.origin);
        ensure!(path.is_some_and(|path| app.may_ask.contains(&path)), "asked for {address} while writing");
    }
    Ok(())
}

/// Gone with a reload, unless the writer says "keep"; gone again when they say so.
pub(crate) async fn a_draft_is_kept_only_if_wanted(app: &App) -> anyhow::Result<()> {
    let browser = &app.browser;
    let again = format!("{}/", app.origin);
    let value = "document.getElementById('draft').value";
    browser.paste("#draft", "I lied about the loan.").await?;
    browser.click("nav a[href='/safety']").await?;
    browser.until_title("Safety and help").await?;
    app.open_desk().await?;
    browser.until(&format!("{value} === 'I lied about the loan.'")).await?;
    browser.goto(&again).await?;
    browser.until_title(FIRST).await?;
    app.open_desk().await?;
    browser.until(&format!("{value} === ''")).await?;
    browser.paste("#draft", "I lied about the loan.").await?;
    browser.click("button[name='keep']").await?;
    browser.until("document.querySelector('button[name=forget]')").await?;
    browser.write("#draft", " It was 900 euros.").await?;
    browser.until("document.getElementById('mirror').textContent.includes('900 euros')").await?;
    browser.click("nav a[href='/safety']").await?;
    browser.until_title("Safety and help").await?;
    browser.goto(&again).await?;
    browser.until_title(FIRST).await?;
    app.open_desk().await?;
    browser.until(&format!("{value}.startsWith('I lied about the loan.')")).await?;
    browser.click("button[name='forget']").await?;
    browser.until("document.querySelector('button[name=keep]')").await?;
    browser.goto(&again).await?;
    browser.until_title(FIRST).await?;
    app.open_desk().await?;
    browser.until(&format!("{value} === ''")).await
}

/// A hope that only the learned model hears a demand in.
const NO_RULE_SAYS: &str = "Surely by the spring we can talk about nicer things than this.";

const TAB: char = '\u{e004}';
const SHIFT: char = '\u{e008}';
const SPACE: char = ' ';
const F8: char = '\u{e038}';
