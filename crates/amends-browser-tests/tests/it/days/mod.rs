//! What takes days between two people in two browsers: both open the app, close it, and come back another day. Each
//! day the relay was stopped and started again.

mod answers;
mod clock;
mod letter;
mod matching;
mod note;
mod pace;
mod phone;

use anyhow::ensure;

use crate::steps::between;
use crate::together::person::Person;
use clock::World;

#[tokio::test]
async fn what_both_would_do_appears_for_both_and_nothing_else_does() -> anyhow::Result<()> {
    let (mut world, doer, hurt) = two().await?;
    news_brings_nobody_back(&hurt).await?;
    news_takes_no_answers_away(&hurt).await?;
    matching::story(&mut world, &doer, &hurt).await?;
    doer.browser.close().await?;
    hurt.browser.close().await
}

#[tokio::test]
async fn a_letter_stays_closed_until_its_day_and_can_be_taken_back_before() -> anyhow::Result<()> {
    let (mut world, doer, hurt) = two().await?;
    letter::story(&mut world, &doer, &hurt).await?;
    doer.browser.close().await?;
    hurt.browser.close().await
}

#[tokio::test]
async fn who_was_hurt_sets_the_pace_answers_or_leaves_it_and_gets_a_note_on_its_day() -> anyhow::Result<()> {
    let (mut world, doer, hurt) = two().await?;
    hurt.visit("/incident").await?;
    let place = hurt.link("main a[href^='/incident/']:not([href='/incident/new'])").await?;
    note::is_given_for_another_day(&world, &doer, &hurt).await?;
    pace::the_stage_goes_back(&doer, &hurt, &place).await?;
    answers::reports_are_confirmed_disputed_and_left(&doer, &hurt).await?;
    answers::requests_are_answered_with_no_and_with_an_offer(&doer, &hurt).await?;
    pace::a_break_holds_what_is_sent(&mut world, &doer, &hurt).await?;
    pace::a_kind_is_not_shown(&mut world, &doer, &hurt).await?;
    note::comes_on_its_day(&mut world, &doer, &hurt, 1).await?;
    answers::nobody_is_pressed(&doer, &hurt).await?;
    world.relay_holds_none_of(&answers::WRITTEN)?;
    doer.browser.close().await?;
    hurt.browser.close().await
}

/// Two who have named what happened, and opened everything.
async fn two() -> anyhow::Result<(World, Person, Person)> {
    let world = World::begin().await?;
    let (doer, hurt) = (world.person().await?, world.person().await?);
    between::meet(&doer, &hurt).await?;
    between::name_it_and_open_the_stages(&doer, &hurt).await?;
    Ok((world, doer, hurt))
}

/// Something comes in just when a link was followed: the page of the link is the one that stays.
async fn news_brings_nobody_back(person: &Person) -> anyhow::Result<()> {
    person.visit("/safety/plan").await?;
    let wanted = person.browser.texts("h1").await?;
    person.visit("/path").await?;
    person.browser.script(NEWS_COMES, vec![]).await?;
    person.visit("/safety/plan").await?;
    person.browser.script(A_SECOND, vec![]).await?;
    let title = person.browser.texts("h1").await?;
    ensure!(title == wanted, "{title:?}");
    Ok(())
}

/// Something comes in between two of the eight questions: the answers are on that page alone, and stay.
async fn news_takes_no_answers_away(person: &Person) -> anyhow::Result<()> {
    person.fill("/safety/questions", "form[action='/safety/questions/1']", &[], "").await?;
    person.browser.script(NEWS_COMES, vec![]).await?;
    person.submit("form[action='/safety/questions/2']", &[], "button[value=no]").await?;
    person.browser.script(A_SECOND, vec![]).await?;
    ensure!(person.browser.count("form[action='/safety/questions/3'] [name=a1][value=no]").await? == 1);
    Ok(())
}

/// Together with the next question to the core, something comes from the other person.
const NEWS_COMES: &str = "const post = Worker.prototype.postMessage; \
    Worker.prototype.postMessage = function (...all) { \
    Worker.prototype.postMessage = post; post.apply(this, all); \
    this.dispatchEvent(new MessageEvent('message', { data: { came: true } })); }";

/// Long enough for a page to be shown anew.
const A_SECOND: &str = "return new Promise((done) => setTimeout(done, 1000))";
