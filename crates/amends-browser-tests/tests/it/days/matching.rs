//! 3.4: each chooses for themselves, and what both would do is there for both, by itself.

use anyhow::ensure;

use super::clock::{DAY, HOUR, World};
use crate::together::person::Person;

const LIGHT: &str = "/look/activities";
/// Where something of the other one's choice could show.
const SCREENS: [&str; 8] =
    ["/", "/path", "/step/activities", LIGHT, "/look/activities/chosen", "/look/contact", "/find", "/pair"];

const LOVE: &str = "Would love to";
const TRY: &str = "Would try";
const NO: &str = "No";

const DISH: &str = "Cook a dish neither of you has ever made.";
const BREAKFAST: &str = "Eat breakfast outside, on a balcony or a bench.";
const STREET: &str = "Walk a street of your town that you have never walked.";
const ALOUD: &str = "Read aloud to each other, one chapter each.";
const GAME: &str = "Play a board game you have not opened for years.";

pub(super) async fn story(world: &mut World, doer: &Person, hurt: &Person) -> anyhow::Result<()> {
    one_alone_shows_nothing(doer, hurt).await?;
    chooses(hurt, &[(BREAKFAST, TRY), (STREET, LOVE), (ALOUD, LOVE), (GAME, NO)]).await?;
    // Some of it shows at once, and all of it a day later.
    for _ in 0..2 {
        later(world, DAY, doer, hurt).await?;
    }
    for person in [doer, hurt] {
        both_would_do(person, &[BREAKFAST, ALOUD]).await?;
    }
    what_one_alone_rated_is_hidden(doer, hurt).await?;
    doer.visit(LIGHT).await?;
    doer.shows("matching-both").await?;

    // One changes a "no" while the other is away; the other finds it on coming back.
    world.pass(2 * HOUR, &[doer, hurt]).await?;
    world.come_back(&[doer]).await?;
    changes(doer, STREET, TRY).await?;
    both_would_do(doer, &[BREAKFAST, ALOUD]).await?;
    later(world, DAY, doer, hurt).await?;
    later(world, DAY, doer, hurt).await?;
    for person in [doer, hurt] {
        both_would_do(person, &[BREAKFAST, STREET, ALOUD]).await?;
    }
    what_one_alone_rated_is_hidden(doer, hurt).await?;

    // A change of mind is gone from the own list at once, and the other one's pages do not say so.
    let before = everything(doer).await?;
    changes(hurt, BREAKFAST, NO).await?;
    both_would_do(hurt, &[STREET, ALOUD]).await?;
    later(world, DAY, doer, hurt).await?;
    both_would_do(hurt, &[STREET, ALOUD]).await?;
    ensure!(everything(doer).await? == before, "nothing tells that one does not want it any more");
    world.relay_holds_none_of(&["breakfast", "Read aloud", "street of your town"])
}

/// As long as one has not chosen, no page of theirs is another one because the other has.
async fn one_alone_shows_nothing(doer: &Person, hurt: &Person) -> anyhow::Result<()> {
    let before = everything(hurt).await?;
    chooses(doer, &[(DISH, LOVE), (BREAKFAST, LOVE), (STREET, NO), (ALOUD, TRY)]).await?;
    doer.visit(LIGHT).await?;
    doer.reads("Nothing here yet").await?;
    // What is sent after it has come, so the marks have come as well.
    doer.visit("/look/contact").await?;
    doer.choose("What is it?", "One line today").await?;
    doer.write("Your line", "The heron is back.").await?;
    doer.press("Send").await?;
    hurt.sees("/look/contact", "The heron is back.").await?;
    for (now, then) in everything(hurt).await?.iter().zip(&before) {
        let is_line = now.contains("The heron is back.");
        ensure!(is_line || now == then, "the other has chosen, and it shows: {now}");
    }
    Ok(())
}

async fn chooses(person: &Person, ratings: &[(&str, &str)]) -> anyhow::Result<()> {
    person.visit("/step/activities").await?;
    person.follow("Light things").await?;
    person.follow("Choose for yourself").await?;
    person.reads("Nobody sees what you choose here").await?;
    for (activity, rating) in ratings {
        person.choose(activity, rating).await?;
    }
    person.shows("matching-choose").await?;
    person.press("Keep, and show the next ones").await?;
    person.reads("Kept.").await
}

async fn changes(person: &Person, activity: &str, rating: &str) -> anyhow::Result<()> {
    person.visit(LIGHT).await?;
    person.follow("What you chose").await?;
    person.choose(activity, rating).await?;
    person.press("Keep").await?;
    person.reads("Kept.").await
}

/// Both close the app and open it again, so much later.
async fn later(
    world: &mut World,
    span: std::time::Duration,
    doer: &Person,
    hurt: &Person,
) -> anyhow::Result<()> {
    world.pass(span, &[doer, hurt]).await?;
    world.come_back(&[doer, hurt]).await
}

/// The list of what both would do comes to be this one.
async fn both_would_do(person: &Person, wanted: &[&str]) -> anyhow::Result<()> {
    for activity in wanted {
        person.sees(LIGHT, activity).await?;
    }
    let list = person.browser.texts(".board h3").await?;
    ensure!(list == wanted, "{list:?} is not {wanted:?}");
    Ok(())
}

/// A wish of the doer and a "no" of the other: each is on pages of its own writer only.
async fn what_one_alone_rated_is_hidden(doer: &Person, hurt: &Person) -> anyhow::Result<()> {
    hides(hurt, &[DISH]).await?;
    hides(doer, &[GAME]).await
}

/// These are on no page but on the one where this person has not chosen yet.
async fn hides(person: &Person, activities: &[&str]) -> anyhow::Result<()> {
    for path in SCREENS {
        person.visit(path).await?;
        let page = person.browser.texts("body").await?.concat();
        let shown = activities.iter().find(|activity| page.contains(activity.trim_end_matches('.')));
        ensure!(shown.is_none(), "{path} shows {shown:?}");
    }
    Ok(())
}

/// What this person's pages say.
async fn everything(person: &Person) -> anyhow::Result<Vec<String>> {
    let mut pages = Vec::new();
    for path in SCREENS {
        person.visit(path).await?;
        pages.push(person.words().await?);
    }
    Ok(pages)
}
