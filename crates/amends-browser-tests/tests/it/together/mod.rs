//! Two people in two browsers, with a relay between them that also serves the app, and that loses its disk.

mod guest;
mod loss;
mod notices;
mod parting;
pub(crate) mod person;
pub(crate) mod relay;
mod story;

use amends_browser_tests::bundle;
use anyhow::ensure;

use person::Person;
use relay::{Running, holds_none_of};
pub(crate) use story::says;

/// Written by one of them, and for no relay to read.
const WRITTEN: [&str; 13] = [
    story::PRIVATE,
    story::TITLE,
    story::FACTS,
    story::DEBT,
    story::HIDDEN_DEBT,
    story::LIE,
    story::LETTER,
    story::LINE,
    story::NOTE,
    story::REQUEST,
    story::AFTER_THE_LOSS,
    story::OFFLINE,
    guest::SUMMARY,
];

#[tokio::test]
async fn two_browsers_pair_and_live_through_it_over_a_relay_that_loses_its_disk() -> anyhow::Result<()> {
    let app = bundle()?;
    let disk = tempfile::tempdir()?;
    let relay = Running::start(disk.path(), &app, 0)?;
    let origin = relay.origin();
    let doer = Person::with_vault(&origin).await?;
    let hurt = Person::with_vault(&origin).await?;
    let place = story::nothing_goes_before_both_have_opened(&doer, &hurt).await?;
    story::telling_goes_as_deep_as_its_reader_wants(&doer, &hurt, &place).await?;
    story::who_was_hurt_moves_the_stage(&doer, &hurt, &place).await?;
    story::a_letter_is_seen_when_it_is_opened_and_can_be_given_back(&doer, &hurt).await?;
    story::no_more_a_day_than_wanted(&doer, &hurt).await?;
    story::needs_check_in_and_pause(&doer, &hurt).await?;
    guest::a_guest_reads_one_sheet_until_it_is_ended(&doer, &hurt).await?;

    // Everything on the relay is lost, and it begins anew in an empty folder.
    let port = relay.port;
    relay.end()?;
    holds_none_of(disk.path(), &WRITTEN)?;
    let empty = tempfile::tempdir()?;
    let relay = Running::start(empty.path(), &app, port)?;
    story::says(&hurt, story::AFTER_THE_LOSS).await?;
    story::hears(&doer, story::AFTER_THE_LOSS).await?;

    // Without any relay one can write; it goes when there is one again.
    relay.end()?;
    story::says(&hurt, story::OFFLINE).await?;
    let relay = Running::start(empty.path(), &app, port)?;
    story::hears(&doer, story::OFFLINE).await?;

    story::leaving_shows_not_connected_and_each_keeps_what_is_theirs(&doer, &hurt).await?;
    relay.end()?;
    holds_none_of(empty.path(), &WRITTEN)?;
    for person in [&doer, &hurt] {
        let foreign: Vec<String> = person
            .browser
            .requests()
            .await?
            .into_iter()
            .filter(|address| address.starts_with("http") && !address.starts_with(&origin))
            .collect();
        ensure!(foreign.is_empty(), "nobody else is asked: {foreign:?}");
    }
    doer.browser.close().await?;
    hurt.browser.close().await
}
