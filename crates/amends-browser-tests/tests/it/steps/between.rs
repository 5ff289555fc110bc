//! What needs two: said in one window by the words on its pages, found in the other one.

use anyhow::{Context as _, ensure};

use crate::doors::PASSPHRASE;
use crate::together::person::Person;

pub(crate) const TITLE: &str = "The second card";
pub(super) const RECALLED: &str = "I wrote this in the tangerine hour.";
pub(super) const KEPT_LETTER: &str = "Thank you for the hazel walk on Sunday.";
pub(super) const IMPACT: &str = "Since then I count the coral coins at night.";
pub(super) const SPOKEN: &str = "I am afraid of the indigo envelopes.";
const GIVEN_BACK: &str = "The envelopes scare you, if I hear it right.";
pub(super) const PROMISE: &str = "I put the teal statement on the table on Friday.";
pub(super) const NOTE: &str = "You waited for me at the copper gate.";
pub(super) const POINT: &str = "The maroon calendar";

/// Everything above, for no relay to read.
pub(super) const WRITTEN: [&str; 8] = [TITLE, RECALLED, KEPT_LETTER, IMPACT, SPOKEN, PROMISE, NOTE, POINT];

const LETTERS: &str = "/look/communication/letters";
const TALKS: &str = "/look/communication";

/// From two empty vaults to a pair with both channels open.
pub(super) async fn pair(doer: &Person, hurt: &Person, relay: &str) -> anyhow::Result<()> {
    uses_relay(doer, relay).await?;
    meet(doer, hurt).await
}

/// The same where the relay is known.
pub(crate) async fn meet(doer: &Person, hurt: &Person) -> anyhow::Result<()> {
    doer.visit("/pair").await?;
    doer.press("Make an invitation").await?;
    let message = doer.browser.script("return document.querySelector('#message').value", vec![]).await?;
    let message = message.as_str().context("an invitation in words")?;
    let link = message.split_whitespace().find(|word| word.contains("#1.")).context("it holds the link")?;
    let link: String = link.chars().filter(char::is_ascii).collect();
    hurt.visit("/pair").await?;
    hurt.follow("I was invited").await?;
    hurt.write("The link", &link).await?;
    hurt.press("Take the invitation").await?;
    compare(doer, hurt).await?;
    for person in [doer, hurt] {
        person.sees("/pair", "You are connected").await?;
        person.open_channel().await?;
    }
    for person in [doer, hurt] {
        person.sees_no_more("/pair", "The part for two opens").await?;
    }
    Ok(())
}

/// Two new people who are connected at this address, have named what happened, and have every stage open.
pub(crate) async fn two_with_all_open(origin: &str) -> anyhow::Result<(Person, Person)> {
    let (doer, hurt) = (Person::with_vault(origin).await?, Person::with_vault(origin).await?);
    meet(&doer, &hurt).await?;
    name_it_and_open_the_stages(&doer, &hurt).await?;
    Ok((doer, hurt))
}

async fn uses_relay(person: &Person, relay: &str) -> anyhow::Result<()> {
    person.fill("/pair", "form[action='/pair/relay']", &[("address", relay)], "").await
}

/// Both see the same four words, and say so.
pub(crate) async fn compare(one: &Person, other: &Person) -> anyhow::Result<()> {
    let mut shown = Vec::new();
    for person in [one, other] {
        person.sees("/pair", "Are they the same?").await?;
        shown.push(person.browser.texts(".safety-words li").await?);
    }
    ensure!(shown[0].len() == 4 && shown[0] == shown[1], "the same four words: {shown:?}");
    for person in [one, other] {
        person.press("They are the same").await?;
    }
    Ok(())
}

/// A second device of the same person: it joins at its door by a link of the first one.
pub(super) async fn one_more_device(first: &Person, second: &Person, relay: &str) -> anyhow::Result<()> {
    uses_relay(first, relay).await?;
    first.fill("/devices", "form[action='/devices/invite']", &[("passphrase", PASSPHRASE)], "").await?;
    let link = first.browser.script("return document.querySelector('#link').value", vec![]).await?;
    second.visit("/door").await?;
    second.follow("I already have Amends on another device").await?;
    second.browser.no_barriers("one more device").await?;
    second.write("The link", link.as_str().context("a link")?).await?;
    second.write("Passphrase", PASSPHRASE).await?;
    second.write("The same passphrase again", PASSPHRASE).await?;
    second.press("Join my other device").await?;
    second.reads("Your recovery words").await?;
    second.press("Skip the check").await?;
    compare(first, second).await?;
    for person in [first, second] {
        person.sees("/devices", "Another device of yours").await?;
    }
    names(first, "I was hurt", None).await?;
    second.sees("/incident", TITLE).await
}

/// Names what happened, as this person sees it.
async fn names(person: &Person, role: &str, whom: Option<&str>) -> anyhow::Result<()> {
    person.visit("/incident/new").await?;
    person.choose("What kind of thing was it?", "Debt, hidden accounts").await?;
    person.press("Go on").await?;
    person.choose("Who were you in it?", role).await?;
    person.press("Go on").await?;
    person.write("Give it a name", TITLE).await?;
    if let Some(whom) = whom {
        person.choose("", whom).await?;
    }
    person.press("Keep it").await
}

/// The doer names it for both; who was hurt opens stage after stage; both say what may come.
pub(crate) async fn name_it_and_open_the_stages(doer: &Person, hurt: &Person) -> anyhow::Result<()> {
    names(doer, "I did it", Some("both")).await?;
    hurt.sees("/incident", TITLE).await?;
    let place = hurt.link("main a[href^='/incident/']:not([href='/incident/new'])").await?;
    for _ in 0..5 {
        hurt.fill(&place, &format!("form[action='{place}/stage']"), &[], "").await?;
    }
    doer.sees(&place, "Talk clearly").await?;
    let kinds = [("per-day", "3"), ("from", "00:00"), ("to", "00:00"), ("kind", "line"), ("kind", "letter")];
    for person in [doer, hurt] {
        let kinds = [&kinds[..], &[("kind", "note")]].concat();
        person.fill("/pace/amount", "form[action='/pace/amount']", &kinds, "").await?;
    }
    for person in [doer, hurt] {
        person.sees("/look/contact", "of 3").await?;
    }
    Ok(())
}

/// Writes a letter, reads it as the other would, and sends it without the night's rest; to be opened on this day, if any.
pub(crate) async fn sends_letter(person: &Person, text: &str, opens: &str) -> anyhow::Result<()> {
    person.visit(LETTERS).await?;
    person.follow("Write a letter").await?;
    person.choose("What is it for?", "To send").await?;
    person.write("The letter", text).await?;
    person.press("Keep").await?;
    person.follow("Read it as the one who gets it").await?;
    person.press("I read it as the one who gets it").await?;
    person.choose("", "Go on without a night's rest").await?;
    if !opens.is_empty() {
        person.write("Open on", opens).await?;
    }
    person.press("Send the letter").await
}

/// A letter can be taken back before it was opened; another one is opened when its reader wants to.
pub(super) async fn a_letter_is_taken_back_or_opened(writer: &Person, reader: &Person) -> anyhow::Result<()> {
    sends_letter(writer, RECALLED, "").await?;
    reader.sees(LETTERS, "A letter of").await?;
    writer.visit(LETTERS).await?;
    let sent = "return [...document.querySelectorAll(\"main a[href^='/look/communication/letter/']\")]\
        .find((one) => one.textContent.includes('I wrote')).getAttribute('href')";
    let sent = writer.browser.script(sent, vec![]).await?;
    writer.visit(sent.as_str().context("a letter that was sent")?).await?;
    writer.press("Take it back").await?;
    reader.sees_no_more(LETTERS, "A letter of").await?;
    reader.sees_nowhere(&["tangerine"]).await?;
    sends_letter(writer, KEPT_LETTER, "").await?;
    reader.finds(LETTERS, "A letter of").await?;
    let closed = reader.words().await?;
    ensure!(!closed.contains("hazel"), "closed until it is opened: {closed}");
    reader.press("Open the letter").await?;
    reader.reads(KEPT_LETTER).await
}

/// 1.3 and 1.4: one speaks, the other gives back, one tap answers; and a letter of what it did.
pub(super) async fn one_speaks_and_the_other_gives_it_back(
    doer: &Person,
    hurt: &Person,
) -> anyhow::Result<()> {
    hurt.visit("/look/acceptance/letter").await?;
    hurt.write("What it did to me", IMPACT).await?;
    hurt.press("Keep").await?;
    doer.sees_nowhere(&["coral coins"]).await?;
    hurt.press("Share this letter").await?;
    doer.sees("/look/acceptance", IMPACT).await?;

    hurt.visit("/look/listening").await?;
    hurt.press("Begin a round: I speak").await?;
    hurt.browser.until("/minutes left/.test(document.querySelector('.timer .left')?.textContent)").await?;
    hurt.write("One thing you want to say", SPOKEN).await?;
    hurt.press("Say it").await?;
    doer.sees("/look/listening", "A round in which they speak").await?;
    let round = doer.link("main a[href^='/look/listening/round/']").await?;
    doer.sees(&round, SPOKEN).await?;
    let tries = [("You do not like post.", "Not quite"), (GIVEN_BACK, "Yes, that's it")];
    for (words, tap) in tries {
        doer.write("Give it back in your own words", words).await?;
        doer.press("Give it").await?;
        hurt.sees(&round, words).await?;
        hurt.press(tap).await?;
        doer.sees(&round, tap).await?;
    }
    Ok(())
}

/// 2.3: the one who promised says what became of it, the other may say that it was not so.
pub(super) async fn a_promise_is_reported_and_answered(doer: &Person, hurt: &Person) -> anyhow::Result<()> {
    let promises = "/look/honesty/promises";
    doer.visit(promises).await?;
    doer.write("What do you promise?", PROMISE).await?;
    doer.press("Promise it").await?;
    hurt.sees(promises, PROMISE).await?;
    ensure!(hurt.browser.count("button[name=outcome]").await? == 0, "only who promised says it first");
    doer.press("Kept").await?;
    hurt.sees(promises, "What they say became of it").await?;
    hurt.press("I saw it differently").await?;
    doer.sees(promises, "I saw it differently").await
}

/// 3.1: proposed by one, agreed by the other, with a point for both.
pub(super) async fn the_weekly_talk_is_agreed(doer: &Person, hurt: &Person) -> anyhow::Result<()> {
    hurt.visit(TALKS).await?;
    hurt.write("Time", "19:30").await?;
    hurt.write("The word that ends it", "harbor").await?;
    hurt.press("Propose a weekly talk").await?;
    doer.finds(TALKS, "at 19:30, each week").await?;
    doer.press("I agree").await?;
    doer.reads("Whose turn it is").await?;
    hurt.sees_no_more(TALKS, "not agreed yet").await
}

/// A point for both goes to the other one's agenda.
pub(super) async fn adds_a_point(hurt: &Person) -> anyhow::Result<()> {
    hurt.visit(TALKS).await?;
    hurt.follow("at 19:30, each week").await?;
    hurt.write("The point", POINT).await?;
    hurt.press("Add it for both").await
}

/// The same, as the other finds it.
pub(super) async fn finds_the_point(doer: &Person) -> anyhow::Result<()> {
    doer.visit(TALKS).await?;
    let talk = doer.link("main a[href^='/look/communication/talk/']").await?;
    doer.sees(&talk, POINT).await
}

/// 3.5: a note that shows beside the path of the one who gets it.
pub(super) async fn a_note_shows_beside_the_path(doer: &Person, hurt: &Person) -> anyhow::Result<()> {
    doer.visit("/look/gratitude/note").await?;
    doer.write("Thank you for", NOTE).await?;
    doer.choose("Where it shows", "Beside the path").await?;
    doer.press("Give the note").await?;
    hurt.sees("/path", NOTE).await
}

/// 3.6: one sentence of the check-in, for days that its writer chose.
pub(super) async fn one_chart_is_shared(doer: &Person, hurt: &Person) -> anyhow::Result<()> {
    hurt.visit("/look/patience/check-in").await?;
    hurt.choose("I could tell what to expect", "7").await?;
    hurt.press("Keep").await?;
    doer.visit("/look/patience").await?;
    ensure!(!doer.words().await?.contains("Shared now"), "nothing is shared by itself");
    let today = hurt.browser.script("return new Date().toLocaleDateString('sv')", vec![]).await?;
    let today = today.as_str().context("a day")?;
    let chosen = [("item", "~I could tell what to expect"), ("from", today), ("to", today)];
    hurt.use_tool("/step/patience/share-chart", &chosen).await?;
    doer.sees("/look/patience", "Shared now").await?;
    doer.reads(": 7").await?;
    hurt.visit("/look/patience").await?;
    hurt.press("End the sharing").await?;
    doer.sees_no_more("/look/patience", "Shared now").await
}
