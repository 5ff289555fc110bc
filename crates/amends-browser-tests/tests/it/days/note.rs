//! 3.5: a note of thanks for a chosen day: it is there on that day, and nowhere before.

use anyhow::ensure;

use super::clock::{DAY, World};
use crate::together::person::Person;

const NOTE: &str = "You read to me when I had the fever.";
/// Where it could show.
const SCREENS: [&str; 8] = [
    "/",
    "/path",
    "/look/gratitude",
    "/look/contact",
    "/look/communication",
    "/step/gratitude",
    "/find",
    "/incident",
];

/// It is given today, for the ninth day from now.
pub(super) async fn is_given_for_another_day(
    world: &World,
    doer: &Person,
    hurt: &Person,
) -> anyhow::Result<()> {
    doer.visit("/look/gratitude/note").await?;
    doer.write("Thank you for", NOTE).await?;
    doer.choose("Where it shows", "On their page of the day").await?;
    doer.write("From which day?", &world.date(doer, 9).await?).await?;
    doer.press("Give the note").await?;
    doer.reads(NOTE).await?;
    shows_nowhere(hurt).await
}

/// The day before, it is not there. On its day it is, and its giver need not be there.
pub(super) async fn comes_on_its_day(
    world: &mut World,
    doer: &Person,
    hurt: &Person,
    days: u32,
) -> anyhow::Result<()> {
    world.pass(DAY * (8 - days), &[doer, hurt]).await?;
    world.come_back(&[doer, hurt]).await?;
    shows_nowhere(hurt).await?;
    world.pass(DAY, &[doer, hurt]).await?;
    world.come_back(&[hurt]).await?;
    hurt.sees("/", NOTE).await?;
    hurt.shows("note-on-its-day").await?;
    hurt.sees("/look/gratitude", NOTE).await?;
    world.come_back(&[doer]).await?;
    world.relay_holds_none_of(&[NOTE])
}

async fn shows_nowhere(person: &Person) -> anyhow::Result<()> {
    for path in SCREENS {
        person.visit(path).await?;
        let page = person.browser.texts("body").await?.concat();
        ensure!(!page.contains("fever"), "{path} shows it before its day");
    }
    Ok(())
}
