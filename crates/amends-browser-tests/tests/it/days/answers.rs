//! What is answered and what is left: promises that one reports, requests for what one needs. Silence is an answer, and
//! nobody is pressed.

use anyhow::{Context as _, ensure};
use serde_json::json;

use crate::together::person::Person;

const PROMISES: &str = "/look/honesty/promises";
const NEEDS: &str = "/look/needs";

const CONFIRMED: &str = "I put the teal statement on the table on Friday.";
const DISPUTED: &str = "I call before the late train on Mondays.";
const IGNORED: &str = "I take the brown box to your mother on Saturday.";

const SUNDAY: &str = "Could you cook on Sunday, so that I can sleep?";
const ALONE: &str = "Could you sleep at your brother's in May?";
const OFFER: &str = "I cook on Saturday, and bring rolls on Sunday.";
/// Words that would press somebody to answer.
const PRESSING: [&str; 7] =
    ["waits for you", "no answer", "No answer", "not answered", "remind", "still open", "overdue"];

/// All of this, for no relay to read.
pub(super) const WRITTEN: [&str; 6] = [CONFIRMED, DISPUTED, IGNORED, SUNDAY, ALONE, OFFER];

/// Three promises are reported. One report is confirmed, one is disputed, one is left, and that is fine.
pub(super) async fn reports_are_confirmed_disputed_and_left(
    doer: &Person,
    hurt: &Person,
) -> anyhow::Result<()> {
    for promise in [CONFIRMED, DISPUTED, IGNORED] {
        doer.visit(PROMISES).await?;
        doer.write("What do you promise?", promise).await?;
        doer.press("Promise it").await?;
    }
    doer.reads("Three promises are open").await?;
    hurt.sees(PROMISES, IGNORED).await?;
    ensure!(hurt.browser.count("button[name=response]").await? == 0, "first the one who promised says");
    for (promise, outcome) in [(CONFIRMED, "kept"), (DISPUTED, "kept"), (IGNORED, "missed")] {
        taps(doer, promise, "outcome", outcome).await?;
    }
    hurt.sees(PROMISES, "Missed").await?;
    hurt.reads("You can answer once, or leave it").await?;
    taps(hurt, CONFIRMED, "response", "confirm").await?;
    taps(hurt, DISPUTED, "response", "dispute").await?;
    hurt.shows("promises-hurt").await?;

    doer.sees(PROMISES, "I saw it differently").await?;
    doer.reads("I saw it too").await?;
    doer.shows("promises-doer").await?;
    ensure!(doer.browser.count("button[name=response]").await? == 0, "one does not answer oneself");
    ensure!(row(doer, IGNORED).await?.ends_with("Missed"), "what is left has no mark: it is as it was said");
    ensure!(row(hurt, IGNORED).await?.ends_with("Missed"), "for both");
    nobody_is_pressed(doer, hurt).await?;

    // Each answer is given once; the one that was left can still be given.
    hurt.visit(PROMISES).await?;
    ensure!(hurt.browser.count("button[name=response]").await? == 2, "only the one that was left");
    Ok(())
}

/// Neither of the two is reminded of an answer that was not given.
pub(super) async fn nobody_is_pressed(doer: &Person, hurt: &Person) -> anyhow::Result<()> {
    hurt.visit("/").await?;
    ensure!(!hurt.words().await?.contains(IGNORED), "today does not ask for it");
    for person in [doer, hurt] {
        for path in ["/", "/path", PROMISES, "/look/honesty"] {
            person.visit(path).await?;
            let page = person.words().await?;
            let found = PRESSING.iter().find(|words| page.contains(*words));
            ensure!(found.is_none(), "{path} says {found:?}: {page}");
        }
    }
    Ok(())
}

/// Two needs with a request each: one is answered with no, the other one with another offer.
pub(super) async fn requests_are_answered_with_no_and_with_an_offer(
    doer: &Person,
    hurt: &Person,
) -> anyhow::Result<()> {
    for (need, request) in [("Sleep on Sundays", SUNDAY), ("A month of my own", ALONE)] {
        shows_a_need(hurt, need).await?;
        asks(hurt, need, request).await?;
    }
    doer.sees(NEEDS, ALONE).await?;
    doer.sees("/", SUNDAY).await?;
    doer.visit(NEEDS).await?;
    answers(doer, ALONE, "", "no").await?;
    // An offer needs its words.
    let empty = answers(doer, SUNDAY, "", "offer").await;
    ensure!(format!("{empty:?}").contains("There are no words here yet"), "{empty:?}");
    doer.visit(NEEDS).await?;
    answers(doer, SUNDAY, OFFER, "offer").await?;
    doer.shows("needs-doer").await?;
    ensure!(doer.browser.count("button[name=answer]").await? == 0, "each is answered once");

    hurt.sees(NEEDS, OFFER).await?;
    hurt.shows("needs-hurt").await?;
    let page = hurt.words().await?;
    ensure!(page.contains("No") && page.contains("Another offer"), "{page}");
    ensure!(
        hurt.browser.count("form:has([name=do][value=request])").await? == 0,
        "one request for each need"
    );
    doer.visit("/").await?;
    let today = doer.words().await?;
    ensure!(!today.contains(SUNDAY) && !today.contains(ALONE), "nothing waits any more: {today}");
    Ok(())
}

async fn shows_a_need(person: &Person, need: &str) -> anyhow::Result<()> {
    let board = "/look/needs/board";
    person.fill(board, "form:has([name=own])", &[("own", need), ("own-mark", "now")], "").await?;
    person.visit(board).await?;
    person.press(need).await
}

/// Writes the request into the card of its need.
async fn asks(person: &Person, need: &str, request: &str) -> anyhow::Result<()> {
    person.sees(NEEDS, need).await?;
    person.begin_turn().await?;
    let body = "const card = [...document.querySelectorAll('section.need')] \
        .find((one) => one.textContent.includes(arguments[0])); \
        card.querySelector('details').open = true; card.querySelector('textarea').value = arguments[1]; \
        card.querySelector('form:has([value=request])').requestSubmit();";
    person.browser.script(body, vec![json!(need), json!(request)]).await?;
    person.until_shown().await?;
    no_problem(person).await
}

async fn answers(person: &Person, request: &str, words: &str, answer: &str) -> anyhow::Result<()> {
    person.begin_turn().await?;
    let body = "const card = [...document.querySelectorAll('section.need')] \
        .find((one) => one.textContent.includes(arguments[0])); \
        card.querySelector('textarea').value = arguments[1]; \
        card.querySelector(`button[value=${arguments[2]}]`).click();";
    person.browser.script(body, vec![json!(request), json!(words), json!(answer)]).await?;
    person.until_shown().await?;
    no_problem(person).await
}

/// Presses a button in the card of a promise.
async fn taps(person: &Person, promise: &str, name: &str, value: &str) -> anyhow::Result<()> {
    person.visit(PROMISES).await?;
    person.begin_turn().await?;
    let body = "const card = [...document.querySelectorAll('section.card')] \
        .find((one) => one.textContent.includes(arguments[0])); \
        card.querySelector(`button[name=${arguments[1]}][value=${arguments[2]}]`).click();";
    person.browser.script(body, vec![json!(promise), json!(name), json!(value)]).await?;
    person.until_shown().await?;
    no_problem(person).await
}

async fn no_problem(person: &Person) -> anyhow::Result<()> {
    let wrong = person.what_is_wrong().await?;
    ensure!(wrong.is_empty(), "{wrong:?}");
    Ok(())
}

/// The line of a promise in the list of twelve weeks.
async fn row(person: &Person, promise: &str) -> anyhow::Result<String> {
    let rows = person.browser.texts("table tbody tr").await?;
    let found = rows.into_iter().find(|row| row.contains(promise)).context("a line of the list")?;
    Ok(found.trim().to_owned())
}
