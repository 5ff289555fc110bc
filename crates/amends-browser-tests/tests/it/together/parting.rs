//! Parting: a decision that is told, a letter that closes, leaving without a word, beginning again, leaving with a word.
//! What the other one sees of each, and what each keeps.

use amends_browser_tests::bundle;
use anyhow::ensure;

use super::person::Person;
use super::relay::{Running, holds_none_of};
use super::story::{hears, pair, says};
use crate::steps::between;

const THEIRS: &str = "The tickets lie under the clay bowl.";
const MINE: &str = "I found them, and put yours back.";
const PRIVATE: &str = "a week like wet wool";
const APART: &str = "I want to go on alone from the summer.";
const CLOSING: &str = "I keep the good years, and the songs from the barn.";
const INTO_SILENCE: &str = "Did you see the heron at the weir?";
const ANEW: &str = "We can talk about the boat papers here.";
const WRITTEN: [&str; 7] = [THEIRS, MINE, PRIVATE, APART, CLOSING, INTO_SILENCE, ANEW];

const NOT_CONNECTED: &str = "Not connected. What you wrote is still here";
const CONTACT: &str = "/look/contact";
/// Where a parting could show.
const SCREENS: [&str; 7] = ["/", "/path", "/pair", "/pace", CONTACT, "/incident", "/look/communication"];

#[tokio::test]
async fn two_part_each_in_their_own_way_and_each_keeps_what_is_theirs() -> anyhow::Result<()> {
    let app = bundle()?;
    let disk = tempfile::tempdir()?;
    let relay = Running::start(disk.path(), &app, 0)?;
    let origin = relay.origin();
    let (doer, hurt) = between::two_with_all_open(&origin).await?;
    says(&doer, THEIRS).await?;
    hears(&hurt, THEIRS).await?;
    says(&hurt, MINE).await?;
    hears(&doer, MINE).await?;
    let check_in = "/look/patience/check-in";
    hurt.fill(check_in, &format!("form[action='{check_in}']"), &[("note", PRIVATE)], "").await?;

    a_good_end_is_told_and_read(&doer, &hurt).await?;
    leaving_without_a_word_looks_like_silence(&doer, &hurt).await?;
    both_begin_again(&doer, &hurt).await?;
    leaving_with_a_word_and_a_request(&doer, &hurt).await?;
    relay.end()?;
    holds_none_of(disk.path(), &WRITTEN)?;
    doer.browser.close().await?;
    hurt.browser.close().await
}

/// One decides and tells it, and gives a letter that closes. The other finds both, behind a link each.
async fn a_good_end_is_told_and_read(doer: &Person, hurt: &Person) -> anyhow::Result<()> {
    hurt.visit("/incident").await?;
    let place = hurt.link("main a[href^='/incident/']:not([href='/incident/new'])").await?;
    let decide = format!("{place}/decide");
    let form = format!("form[action='{decide}']");
    hurt.fill(&decide, &form, &[("decision", "apart"), ("text", APART), ("tell", "yes")], "").await?;
    hurt.reads("Ending well is a good end, too").await?;
    hurt.shows("parting-after").await?;
    hurt.follow("Write a letter that closes").await?;
    hurt.write("The letter", CLOSING).await?;
    hurt.keep("Keep").await?;
    hurt.visit("/step/patience/send-closing").await?;
    hurt.choose("Which letter", CLOSING).await?;
    hurt.keep("Give it to both of us").await?;

    doer.sees("/", "A letter that closes is here").await?;
    doer.reads("They told you where they stand").await?;
    let today = doer.words().await?;
    ensure!(!today.contains(APART) && !today.contains("barn"), "what it is stays behind the link: {today}");
    doer.shows("parting-today").await?;
    doer.follow("They told you where they stand").await?;
    doer.reads(APART).await?;
    doer.follow("Today").await?;
    doer.follow("A letter that closes is here").await?;
    doer.reads(CLOSING).await?;
    // It closes for the one who decided, and not for the other one.
    doer.visit(&place).await?;
    ensure!(!doer.words().await?.contains("You closed this"), "each decides for themselves");
    Ok(())
}

/// Nothing is sent or fetched any more, and no page of the other one is another one.
async fn leaving_without_a_word_looks_like_silence(doer: &Person, hurt: &Person) -> anyhow::Result<()> {
    let before = pages(doer).await?;
    let leave = [("how", "quiet"), ("things", "keep"), ("sure", "yes")];
    hurt.fill("/leave", "form[action='/leave']", &leave, "").await?;
    hurt.sees("/", NOT_CONNECTED).await?;
    hurt.shows("parting-quiet").await?;
    hurt.visit(CONTACT).await?;
    ensure!(hurt.browser.count("button[name=keep]").await? == 0, "nothing goes out");
    hurt.shows("parting-quiet-contact").await?;
    keeps(hurt, &[THEIRS, MINE]).await?;
    hurt.visit("/look/patience").await?;

    ensure!(pages(doer).await? == before, "nothing tells of it");
    says(doer, INTO_SILENCE).await?;
    tokio::time::sleep(std::time::Duration::from_secs(7)).await;
    hurt.sees_nowhere(&[INTO_SILENCE]).await?;
    hurt.comes_back().await?;
    hurt.sees_nowhere(&[INTO_SILENCE]).await
}

/// Who still counts as connected leaves first; then one invites and the other takes it. Old words are not sent again, and
/// both doors are shut.
async fn both_begin_again(doer: &Person, hurt: &Person) -> anyhow::Result<()> {
    let leave = [("how", "quiet"), ("things", "keep"), ("sure", "yes")];
    doer.fill("/leave", "form[action='/leave']", &leave, "").await?;
    doer.sees("/", NOT_CONNECTED).await?;
    doer.sees("/pair", "To begin again").await?;
    pair(doer, hurt).await?;
    for person in [doer, hurt] {
        person.sees("/pair", "The part for two opens for each of you alone").await?;
        person.open_channel().await?;
    }
    for person in [doer, hurt] {
        person.sees_no_more("/pair", "The part for two opens").await?;
        let all_day = [("per-day", "3"), ("from", "00:00"), ("to", "00:00"), ("kind", "line")];
        person.fill("/pace/amount", "form[action='/pace/amount']", &all_day, "").await?;
    }
    says(doer, ANEW).await?;
    hears(hurt, ANEW).await?;
    keeps(hurt, &[THEIRS, MINE]).await?;
    hurt.sees_nowhere(&[INTO_SILENCE]).await
}

/// The other one sees "not connected" and the request, and decides about it. Who left has nothing any more.
async fn leaving_with_a_word_and_a_request(doer: &Person, hurt: &Person) -> anyhow::Result<()> {
    let leave = [("how", "open"), ("things", "erase"), ("ask-removal", "yes"), ("sure", "yes")];
    hurt.fill("/leave", "form[action='/leave']", &leave, "").await?;
    hurt.shows("parting-erased").await?;
    hurt.sees_nowhere(&[THEIRS, MINE, CLOSING, between::TITLE]).await?;

    doer.sees("/", NOT_CONNECTED).await?;
    doer.shows("parting-not-connected").await?;
    let today = doer.words().await?;
    ensure!(!today.contains("erased") && !today.contains("left"), "not how, and not why: {today}");
    keeps(doer, &[THEIRS, MINE]).await?;
    doer.visit("/").await?;
    doer.follow("They asked you to remove what they sent").await?;
    doer.reads("You do not have to").await?;
    doer.shows("parting-removal").await?;
    doer.browser.no_barriers("a request to remove words").await?;
    doer.press("Remove their words").await?;
    doer.shows("parting-removed").await?;
    doer.sees_nowhere(&[MINE, APART, CLOSING]).await?;
    keeps(doer, &[THEIRS]).await?;
    doer.visit("/").await?;
    ensure!(!doer.words().await?.contains("They asked you to remove"), "it is done");
    Ok(())
}

/// What happened is there with its name, and these lines.
async fn keeps(person: &Person, lines: &[&str]) -> anyhow::Result<()> {
    person.sees("/incident", between::TITLE).await?;
    person.visit(CONTACT).await?;
    for line in lines {
        person.reads(line).await?;
    }
    Ok(())
}

/// What this person's pages say.
async fn pages(person: &Person) -> anyhow::Result<Vec<String>> {
    let mut pages = Vec::new();
    for path in SCREENS {
        person.visit(path).await?;
        pages.push(person.words().await?);
    }
    Ok(pages)
}
