//! Forms of the tools in a real browser: hints in several boxes, what is wrong, lines that are added, an entry at the end.

use amends_browser_tests::Screen;
use anyhow::ensure;
use serde_json::json;

use crate::App;

const REGRET: &str = "[name=\"parts.regret.text\"]";

/// Everything that must hold in both shells. Begins and ends with an open vault.
pub(crate) async fn story(app: &App) -> anyhow::Result<()> {
    hints_stand_under_the_box_they_speak_of(app).await?;
    what_is_wrong_is_shown_first(app).await?;
    a_form_ends_as_an_entry(app).await
}

/// To a tool of a step, as a person goes there.
async fn open(app: &App, step: &str, tool: &str) -> anyhow::Result<()> {
    app.browser.click("nav a[href='/path']").await?;
    app.browser.click(&format!("main a[href='/step/{step}']")).await?;
    app.browser.click(&format!("main a[href='/step/{step}/{tool}']")).await?;
    app.browser.until("document.getElementById('tool') !== null").await
}

async fn hints_stand_under_the_box_they_speak_of(app: &App) -> anyhow::Result<()> {
    let browser = &app.browser;
    open(app, "honesty", "apology").await?;
    browser.paste("[name=\"parts.responsibility.text\"]", "I hid a card from you.").await?;
    browser.paste(REGRET, "I am sorry if I hurt you. You made me do it.").await?;
    browser.until("document.querySelectorAll('article.hint').length > 0").await?;
    let marks =
        "return [...document.querySelectorAll('.mirror')].map((box) => box.querySelectorAll('mark').length)";
    let marks: Vec<usize> = serde_json::from_value(browser.script(marks, vec![]).await?)?;
    ensure!(
        marks[2] > 0 && marks.iter().sum::<usize>() == marks[2],
        "marks in the third box only: {marks:?}"
    );
    browser.click("[data-walk='1']").await?;
    let here = "return [document.activeElement.name, document.activeElement.selectionStart]";
    let here = browser.script(here, vec![]).await?;
    ensure!(
        here[0] == json!("parts.regret.text") && here[1] != json!(0),
        "the walk goes to the words: {here}"
    );
    browser.no_barriers("form with hints").await?;
    browser.screen(Screen::PHONE.dark()).await?;
    browser.no_barriers("form with hints, dark, on a phone").await?;
    browser.no_sideways_scrolling("form with hints").await?;
    browser.screen(Screen::DESKTOP).await?;
    let before = browser.count("article.hint").await?;
    browser.click("button[name='not-here']").await?;
    browser.until(&format!("document.querySelectorAll('article.hint').length < {before}")).await?;
    ensure!(browser.count(REGRET).await? == 1, "the form is still there");
    Ok(())
}

async fn what_is_wrong_is_shown_first(app: &App) -> anyhow::Result<()> {
    let browser = &app.browser;
    open(app, "change", "event-check").await?;
    browser.paste("[name='title']", "Team dinner").await?;
    browser.click("button[value='send']").await?;
    browser.until("document.activeElement.matches('section.problem[data-focus]')").await?;
    browser.until("document.querySelector('[name=\"title\"]').value === 'Team dinner'").await?;
    browser.no_barriers("form with something wrong").await?;
    browser.click("section.problem a[href='#f-start']").await?;
    browser.until("document.activeElement.id === 'f-start'").await
}

async fn a_form_ends_as_an_entry(app: &App) -> anyhow::Result<()> {
    let browser = &app.browser;
    open(app, "explanation", "page").await?;
    browser.paste("[name='rows.0.reason']", "I was ashamed.").await?;
    browser.paste("[name='rows.0.choice']", "I chose to hide it.").await?;
    browser.click("button[value='add rows']").await?;
    browser.until("document.activeElement.id === 'f-rows.1'").await?;
    browser.click("button[value='send']").await?;
    browser
        .until("document.querySelector('article.entry')?.textContent.includes('I chose to hide it.')")
        .await?;
    browser.no_barriers("entry").await?;
    let title = browser.script("return document.title", vec![]).await?;
    ensure!(title == json!("Notes"), "a neutral title: {title}");
    Ok(())
}
