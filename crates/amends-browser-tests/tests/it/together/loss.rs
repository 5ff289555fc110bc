//! The relay loses its whole disk while one of the two is away: the device of the other one brings everything back, and
//! nothing comes twice.

use std::time::Duration;

use amends_browser_tests::bundle;
use anyhow::ensure;

use super::person::Person;
use super::relay::{Running, holds_none_of};
use super::story::{hears, says};
use crate::steps::between;

const BEFORE: &str = "The post office has moved to the pine square.";
const WHILE_AWAY: &str = "I water the fern on Tuesdays.";
const LETTER: &str = "I slept in the yellow room, and I thought of the ferry.";
const NEED: &str = "A quiet Saturday";
const ANSWER: &str = "I can do that, with the tin can.";
const AGAIN: &str = "The lamp in the hall hums again.";

const CONTACT: &str = "/look/contact";
const LETTERS: &str = "/look/communication/letters";
const NEEDS: &str = "/look/needs";
/// All that may wait for a moment has gone to the relay after so long.
const SENT: Duration = Duration::from_secs(7);

#[tokio::test]
async fn a_relay_loses_its_disk_while_one_is_away_and_the_other_brings_all_of_it_back() -> anyhow::Result<()>
{
    let app = bundle()?;
    let disk = tempfile::tempdir()?;
    let relay = Running::start(disk.path(), &app, 0)?;
    let origin = relay.origin();
    let (doer, hurt) = between::two_with_all_open(&origin).await?;
    says(&doer, BEFORE).await?;
    hears(&hurt, BEFORE).await?;

    // One is away. What the other one sends lies at the relay, and is lost with it.
    doer.goes_away().await?;
    says(&hurt, WHILE_AWAY).await?;
    between::sends_letter(&hurt, LETTER, "").await?;
    let board = "/look/needs/board";
    hurt.fill(board, "form:has([name=own])", &[("own", NEED), ("own-mark", "now")], "").await?;
    hurt.press(NEED).await?;
    tokio::time::sleep(SENT).await;
    let port = relay.port;
    relay.end()?;
    holds_none_of(disk.path(), &[BEFORE, WHILE_AWAY, "yellow room", NEED])?;
    disk.close()?;
    let empty = tempfile::tempdir()?;
    let relay = Running::start(empty.path(), &app, port)?;

    doer.comes_back().await?;
    hears(&doer, WHILE_AWAY).await?;
    doer.sees(LETTERS, "A letter of").await?;
    doer.sees(NEEDS, NEED).await?;
    says(&doer, ANSWER).await?;
    hears(&hurt, ANSWER).await?;
    for person in [&doer, &hurt] {
        all_is_there_once(person, &[BEFORE, WHILE_AWAY, ANSWER]).await?;
    }

    // It happens again, with both there, and then once more to the same disk as it was before.
    relay.end()?;
    empty.close()?;
    let third = tempfile::tempdir()?;
    let relay = Running::start(third.path(), &app, port)?;
    says(&hurt, AGAIN).await?;
    hears(&doer, AGAIN).await?;
    tokio::time::sleep(SENT).await;
    for person in [&doer, &hurt] {
        all_is_there_once(person, &[BEFORE, WHILE_AWAY, ANSWER, AGAIN]).await?;
        nothing_is_missing(person).await?;
    }
    relay.end()?;
    holds_none_of(third.path(), &[BEFORE, WHILE_AWAY, "yellow room", NEED, ANSWER, AGAIN])?;
    doer.browser.close().await?;
    hurt.browser.close().await
}

/// Each line, the letter, the need and what happened: once, on both sides.
async fn all_is_there_once(person: &Person, lines: &[&str]) -> anyhow::Result<()> {
    person.visit(CONTACT).await?;
    let messages = person.browser.texts("ul.messages > li").await?;
    for line in lines {
        let n = messages.iter().filter(|message| message.contains(line)).count();
        ensure!(n == 1, "{line}: {n} times in {messages:?}");
    }
    let letter = "main a[href^='/look/communication/letter/']";
    for (path, selector) in [
        (LETTERS, letter),
        (NEEDS, "section.need"),
        ("/incident", "main a[href^='/incident/']:not([href='/incident/new'])"),
    ] {
        person.visit(path).await?;
        let n = person.browser.count(selector).await?;
        ensure!(n == 1, "{path}: {n} times");
    }
    Ok(())
}

/// Neither page speaks of trouble, or of something that did not come.
async fn nothing_is_missing(person: &Person) -> anyhow::Result<()> {
    for path in ["/", "/pair", "/devices"] {
        person.visit(path).await?;
        let page = person.words().await?;
        let words = ["missing", "no room", "does not let", "Not connected"];
        let found = words.iter().find(|words| page.contains(*words));
        ensure!(found.is_none(), "{path} says {found:?}: {page}");
    }
    Ok(())
}
