//! The thirteen steps as a newcomer does them: by the words on the pages, without a manual.

mod alone;
pub(crate) mod between;
mod couple;
pub(crate) mod hands;
mod unasked;

use amends_browser_tests::NativeShell;

use crate::together::person::Person;
use crate::together::relay::{Running, holds_none_of};

#[tokio::test]
async fn from_an_empty_vault_a_person_does_every_step_alone_and_finds_all_of_it_again() -> anyhow::Result<()>
{
    let shell = NativeShell::start().await?;
    let person = Person::at_entry(&shell.entry, &shell.origin).await?;
    alone::names_what_happened(&person).await?;
    alone::admits(&person).await?;
    alone::apologizes(&person).await?;
    alone::proves(&person).await?;
    alone::finds_all_of_it(&person).await?;
    person.browser.close().await
}

#[tokio::test]
async fn who_was_hurt_finds_every_step_of_the_couple_and_decides() -> anyhow::Result<()> {
    let shell = NativeShell::start().await?;
    let kim = Person::in_demonstration(&shell.entry, &shell.origin).await?;
    couple::story(&kim).await?;
    kim.browser.close().await
}

#[tokio::test]
async fn nobody_speaks_of_the_words_of_who_was_hurt_until_they_ask() -> anyhow::Result<()> {
    let shell = NativeShell::start().await?;
    let kim = Person::in_demonstration(&shell.entry, &shell.origin).await?;
    unasked::story(&kim).await?;
    kim.browser.close().await
}

#[tokio::test]
async fn two_people_with_a_program_each_do_what_needs_two() -> anyhow::Result<()> {
    let disk = tempfile::tempdir()?;
    let relay = Running::bare(disk.path())?;
    let shells = [NativeShell::start().await?, NativeShell::start().await?];
    let doer = Person::at_entry(&shells[0].entry, &shells[0].origin).await?;
    let hurt = Person::at_entry(&shells[1].entry, &shells[1].origin).await?;
    between::pair(&doer, &hurt, &format!("{}/", relay.origin())).await?;
    between::name_it_and_open_the_stages(&doer, &hurt).await?;
    between::one_speaks_and_the_other_gives_it_back(&doer, &hurt).await?;
    between::a_promise_is_reported_and_answered(&doer, &hurt).await?;
    between::a_letter_is_taken_back_or_opened(&hurt, &doer).await?;
    between::the_weekly_talk_is_agreed(&doer, &hurt).await?;
    between::adds_a_point(&hurt).await?;
    between::finds_the_point(&doer).await?;
    between::a_note_shows_beside_the_path(&doer, &hurt).await?;
    between::one_chart_is_shared(&doer, &hurt).await?;
    relay.end()?;
    holds_none_of(disk.path(), &between::WRITTEN)?;
    doer.browser.close().await?;
    hurt.browser.close().await
}

#[tokio::test]
async fn a_person_joins_with_one_more_device_at_its_door() -> anyhow::Result<()> {
    let disk = tempfile::tempdir()?;
    let relay = Running::bare(disk.path())?;
    let shells = [NativeShell::start().await?, NativeShell::start().await?];
    let first = Person::at_entry(&shells[0].entry, &shells[0].origin).await?;
    let second = Person::newcomer(&shells[1].entry, &shells[1].origin).await?;
    between::one_more_device(&first, &second, &format!("{}/", relay.origin())).await?;
    relay.end()?;
    holds_none_of(disk.path(), &between::WRITTEN)?;
    first.browser.close().await?;
    second.browser.close().await
}
