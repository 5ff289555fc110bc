//! The stage goes back, a break, kinds that are not shown: what the one who set them sees, and how little the other does.

use anyhow::ensure;

use super::clock::{DAY, HOUR, World};
use crate::together::person::Person;
use crate::together::says;

const CONTACT: &str = "/look/contact";
/// Step that is open in the last stage only.
const LIGHT: &str = "Do light things together";
const IN_THE_BREAK: &str = "I put soup on the amber shelf.";
const NOT_SHOWN: &str = "The plumber came for the olive tap.";
/// Words that tell of a decision of the other, or of a reason for one.
const TELLING: [&str; 6] = ["back to", "moved", "earlier stage", "Not ready", "no longer", "muted"];

/// Who was hurt goes back; the other one sees which steps are open, and nothing of why, or of how far it was.
pub(super) async fn the_stage_goes_back(doer: &Person, hurt: &Person, place: &str) -> anyhow::Result<()> {
    doer.sees(place, LIGHT).await?;
    hurt.visit(place).await?;
    hurt.press("Not ready for light things any more").await?;
    hurt.reads("Moved. You can move it again on any day").await?;
    doer.sees_no_more(place, LIGHT).await?;
    doer.reads("Talk clearly").await?;
    says_nothing_of_why(doer, place).await?;
    opens_later(doer).await?;

    // Further back, on a hard day: what is there stays there.
    let back = format!("form[action='{place}/stage']:has(select)");
    hurt.fill(place, &back, &[("to", "2")], "").await?;
    doer.sees_no_more(place, "Talk clearly").await?;
    doer.reads("Say what you did").await?;
    says_nothing_of_why(doer, place).await?;
    doer.shows("stage-back-doer").await?;
    hurt.visit(place).await?;
    hurt.shows("stage-back-hurt").await?;
    for _ in 0..3 {
        hurt.fill(place, &format!("form[action='{place}/stage']:not(:has(select))"), &[], "").await?;
    }
    doer.sees(place, LIGHT).await
}

async fn says_nothing_of_why(doer: &Person, place: &str) -> anyhow::Result<()> {
    for path in ["/", "/path", place] {
        doer.visit(path).await?;
        let page = doer.words().await?;
        let told = TELLING.iter().find(|words| page.contains(*words));
        ensure!(told.is_none(), "{path} says {told:?}: {page}");
    }
    Ok(())
}

/// What is closed says so in a plain word, and can be prepared.
async fn opens_later(doer: &Person) -> anyhow::Result<()> {
    doer.visit("/path").await?;
    doer.reads("Opens later").await?;
    doer.visit("/look/gratitude/note").await?;
    doer.write("Thank you for", "You carried the blue chair up the stairs.").await?;
    let sent = doer.press("Give the note").await;
    let said = format!("{sent:?}");
    ensure!(said.contains("This opens later. You can prepare it for yourself"), "{said}");
    Ok(())
}

/// A break: the other one sees when it ends, and what they write waits on their side until then.
pub(super) async fn a_break_holds_what_is_sent(
    world: &mut World,
    doer: &Person,
    hurt: &Person,
) -> anyhow::Result<()> {
    hurt.fill("/pace/pause", "form[action='/pace/pause']:has([name=span])", &[("span", "40")], "").await?;
    doer.sees("/", "Back at").await?;
    doer.reads("Until then nobody has to answer").await?;
    doer.shows("break-doer").await?;
    doer.visit(CONTACT).await?;
    doer.reads("They take a break").await?;
    doer.shows("break-contact").await?;
    ensure!(doer.browser.count("button[name=keep]").await? == 0, "it waits until they are back");

    // It ends by itself at the time that was said.
    world.pass(HOUR, &[doer, hurt]).await?;
    world.come_back(&[doer, hurt]).await?;
    for person in [doer, hurt] {
        person.sees_no_more("/", "Back at").await?;
    }
    says(doer, IN_THE_BREAK).await?;
    hurt.sees("/", IN_THE_BREAK).await
}

/// What is not shown for a while comes when the while is over, and its writer learns nothing of it.
pub(super) async fn a_kind_is_not_shown(
    world: &mut World,
    doer: &Person,
    hurt: &Person,
) -> anyhow::Result<()> {
    hurt.visit("/pace").await?;
    hurt.follow("Do not show for a while").await?;
    hurt.choose("What do you not want to see?", "One line").await?;
    hurt.choose("For how long?", "For eight hours").await?;
    hurt.press("Save").await?;
    says(doer, NOT_SHOWN).await?;
    says_nothing_of_why(doer, CONTACT).await?;
    hurt.sees_no_more(CONTACT, IN_THE_BREAK).await?;
    hurt.sees_nowhere(&[NOT_SHOWN]).await?;
    world.pass(DAY, &[doer, hurt]).await?;
    world.come_back(&[doer, hurt]).await?;
    hurt.sees(CONTACT, NOT_SHOWN).await?;
    world.relay_holds_none_of(&[IN_THE_BREAK, NOT_SHOWN])
}
