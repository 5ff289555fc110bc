//! 3.1: a letter that opens on a day: closed until then, gone when it is taken back, and open on its day, whether or not its
//! writer is there.

use anyhow::{Context as _, ensure};
use serde_json::json;

use super::clock::{DAY, World};
use crate::steps::between::sends_letter;
use crate::together::person::Person;

const LETTERS: &str = "/look/communication/letters";
const KEPT: &str = "On this day I think of the cobalt bridge.";
const RECALLED: &str = "I wrote this one in the ochre kitchen.";
/// Parts of both that no page of the reader may show before.
const CLOSED: [&str; 2] = ["cobalt bridge", "ochre kitchen"];

pub(super) async fn story(world: &mut World, doer: &Person, hurt: &Person) -> anyhow::Result<()> {
    // A kind that its reader does not want to see is not there, and its writer does not learn that.
    mutes_letters(hurt).await?;
    sends_letter(doer, KEPT, &world.date(doer, 3).await?).await?;
    doer.reads("It stays closed until its day").await?;
    doer.shows("letter-sent").await?;
    follows_sent(doer, "opens on", "On this day").await?;
    doer.reads(KEPT).await?;
    hurt.sees_nowhere(&CLOSED).await?;
    hurt.visit(LETTERS).await?;
    hurt.reads("No letter is here.").await?;
    shows_letters_again(hurt).await?;
    closed_until_its_day(hurt, 1).await?;
    hurt.shows("letter-closed").await?;

    // The relay stops and starts, and it stays closed.
    world.pass(DAY, &[doer, hurt]).await?;
    world.come_back(&[doer, hurt]).await?;
    closed_until_its_day(hurt, 1).await?;
    follows_sent(doer, "opens on", "On this day").await?;
    doer.reads("The other half waits").await?;
    doer.reads("Take it back").await?;

    takes_one_back(world, doer, hurt).await?;
    world.relay_holds_none_of(&CLOSED)?;

    // On its day the writer's device is not needed.
    world.pass(2 * DAY, &[doer, hurt]).await?;
    world.come_back(&[hurt]).await?;
    hurt.sees_nowhere(&CLOSED).await?;
    hurt.finds(LETTERS, "A letter of").await?;
    hurt.press("Open the letter").await?;
    hurt.reads(KEPT).await?;
    hurt.shows("letter-open").await?;
    world.come_back(&[doer]).await?;
    follows_sent(doer, "Sent", "On this day").await?;
    doer.reads("Sent").await?;
    world.relay_holds_none_of(&CLOSED)
}

async fn mutes_letters(person: &Person) -> anyhow::Result<()> {
    person.visit("/pace").await?;
    person.follow("Do not show for a while").await?;
    person.choose("What do you not want to see?", "A letter").await?;
    person.press("Save").await
}

async fn shows_letters_again(person: &Person) -> anyhow::Result<()> {
    person.visit("/pace/mute").await?;
    person.shows("pace-mute").await?;
    person.unchoose("What do you not want to see?", "A letter").await?;
    person.press("Save").await
}

/// So many letters are there, each with its day and none of its words.
async fn closed_until_its_day(reader: &Person, count: usize) -> anyhow::Result<()> {
    reader.sees(LETTERS, "closed until").await?;
    let all = reader.browser.count("main a[href^='/look/communication/letter/']").await?;
    ensure!(all == count, "{all} letters, and not {count}");
    reader.follow("A letter of").await?;
    reader.reads("A letter is here. It opens on").await?;
    ensure!(!reader.words().await?.contains("Open the letter"), "nothing opens it before");
    reader.sees_nowhere(&CLOSED).await
}

/// A second one is sent, and taken back before its day: nothing of it is left where it was to be read.
async fn takes_one_back(world: &World, doer: &Person, hurt: &Person) -> anyhow::Result<()> {
    sends_letter(doer, RECALLED, &world.date(doer, 2).await?).await?;
    wait_for_letters(hurt, 2).await?;
    hurt.sees_nowhere(&CLOSED).await?;
    follows_sent(doer, "opens on", "I wrote this one").await?;
    doer.press("Take it back").await?;
    doer.reads("Taken back").await?;
    wait_for_letters(hurt, 1).await
}

/// The page of an own letter that was sent, once the list says so.
async fn follows_sent(writer: &Person, state: &str, start: &str) -> anyhow::Result<()> {
    writer.sees(LETTERS, state).await?;
    let body = "return [...document.querySelectorAll(\"main a[href^='/look/communication/letter/']\")]\
        .find((one) => one.textContent.includes(arguments[0])).getAttribute('href')";
    let found = writer.browser.script(body, vec![json!(start)]).await?;
    writer.visit(found.as_str().context("a letter that was sent")?).await
}

async fn wait_for_letters(reader: &Person, count: usize) -> anyhow::Result<()> {
    let start = std::time::Instant::now();
    loop {
        reader.visit(LETTERS).await?;
        let all = reader.browser.count("main a[href^='/look/communication/letter/']").await?;
        if all == count {
            return Ok(());
        }
        let page = reader.words().await?;
        ensure!(start.elapsed().as_secs() < 60, "{all} letters, and not {count}: {page}");
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    }
}
