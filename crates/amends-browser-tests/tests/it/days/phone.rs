//! One's own second device: linked, read from a day later, and taken away when somebody had it. The other person notices
//! nothing of any of it, and goes on.

use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};

use super::clock::{DAY, World};
use crate::doors::PASSPHRASE;
use crate::steps::between;
use crate::together::person::Person;
use crate::together::says;

const EARLIER: &str = "I left the walnut key with your sister.";
const ON_BOTH: &str = "The bakery on the corner has opened.";
const FROM_THE_PHONE: &str = "I read it on the tram.";
const AFTERWARDS: &str = "The swallows are back under the roof.";
const GOES_ON: &str = "I saw them, too.";
const WRITTEN: [&str; 5] = [EARLIER, ON_BOTH, FROM_THE_PHONE, AFTERWARDS, GOES_ON];

const CONTACT: &str = "/look/contact";
const DEVICES: &str = "/devices";
const GONE: &str = "This device was taken away";
/// Where something of the other one's devices could show.
const SCREENS: [&str; 6] = ["/", "/pair", DEVICES, "/pace", "/more", "/incident"];

#[tokio::test]
async fn a_second_device_is_added_and_taken_away_and_the_other_person_notices_nothing() -> anyhow::Result<()>
{
    let mut world = World::begin().await?;
    let (doer, hurt) = (world.person().await?, world.person().await?);
    between::meet(&doer, &hurt).await?;
    between::name_it_and_open_the_stages(&doer, &hurt).await?;
    says(&doer, EARLIER).await?;
    hurt.sees(CONTACT, EARLIER).await?;

    let before = pages(&doer).await?;
    let phone = world.newcomer().await?;
    joins(&hurt, &phone).await?;
    reads_nothing_of_before(&hurt, &phone).await?;
    ensure!(pages(&doer).await? == before, "nobody sees the devices of the other person");

    // A day later it reads all of it, and both devices are one person.
    world.pass(DAY, &[&doer, &hurt, &phone]).await?;
    world.come_back(&[&doer, &hurt, &phone]).await?;
    phone.sees(CONTACT, EARLIER).await?;
    phone.sees("/incident", between::TITLE).await?;
    says(&doer, ON_BOTH).await?;
    for device in [&hurt, &phone] {
        device.sees(CONTACT, ON_BOTH).await?;
    }
    says(&phone, FROM_THE_PHONE).await?;
    for person in [&doer, &hurt] {
        person.sees(CONTACT, FROM_THE_PHONE).await?;
    }

    somebody_has_the_phone(&doer, &hurt, &phone).await?;
    world.relay_holds_none_of(&WRITTEN)?;
    for person in [doer, hurt, phone] {
        person.browser.close().await?;
    }
    Ok(())
}

/// The phone joins at its door; both show four words.
async fn joins(first: &Person, phone: &Person) -> anyhow::Result<()> {
    first.follow("More").await?;
    first.follow("Use it together").await?;
    first.follow("Your own devices").await?;
    first.reads("Only this device uses your vault").await?;
    first.fill(DEVICES, "form[action='/devices/invite']", &[("passphrase", PASSPHRASE)], "").await?;
    let link = first.browser.script("return document.querySelector('#link').value", vec![]).await?;
    phone.visit("/door").await?;
    phone.follow("I already have Amends on another device").await?;
    phone.write("The link", link.as_str().context("a link")?).await?;
    phone.write("Passphrase", PASSPHRASE).await?;
    phone.write("The same passphrase again", PASSPHRASE).await?;
    phone.press("Join my other device").await?;
    phone.press("Skip the check").await?;
    between::compare(first, phone).await?;
    for device in [first, phone] {
        device.sees(DEVICES, "Another device of yours").await?;
        device.shows("phone-devices").await?;
    }
    first.sees("/", "A device of yours is new").await
}

/// For a day, what was there before stays closed to it.
async fn reads_nothing_of_before(first: &Person, phone: &Person) -> anyhow::Result<()> {
    first.sees(DEVICES, "It can after one day").await?;
    phone.sees_nowhere(&[EARLIER, between::TITLE]).await
}

/// It is taken away at the other device. It reads and sends nothing from there on; what it has, it keeps.
async fn somebody_has_the_phone(doer: &Person, hurt: &Person, phone: &Person) -> anyhow::Result<()> {
    hurt.visit("/safety/phone").await?;
    hurt.follow("Your own devices").await?;
    hurt.reads("It is new").await?;
    let before = pages(doer).await?;
    let away = "form[action='/devices/remove']";
    hurt.submit(away, &[("passphrase", "not this one")], "")
        .await
        .err()
        .context("the passphrase is asked")?;
    hurt.sees(DEVICES, "Another device of yours").await?;
    hurt.submit(away, &[("passphrase", PASSPHRASE)], "").await?;
    hurt.reads("It gets nothing new").await?;
    hurt.shows("phone-taken-away").await?;
    hurt.reads("Only this device uses your vault").await?;
    ensure!(!hurt.words().await?.contains("Another device"), "the list holds what is left");

    says(doer, AFTERWARDS).await?;
    hurt.sees(CONTACT, AFTERWARDS).await?;
    is_told(phone).await?;
    phone.sees("/", "Not connected").await?;
    phone.shows("phone-gone-today").await?;
    phone.browser.no_barriers("a device that was taken away").await?;
    phone.sees_nowhere(&[AFTERWARDS]).await?;
    phone.sees(DEVICES, "What was here before is still here").await?;
    phone.shows("phone-gone-devices").await?;
    ensure!(phone.browser.count("form[action^='/devices/']").await? == 0, "it does nothing to the others");

    // What was there can be read, and nothing can be sent.
    phone.sees(CONTACT, EARLIER).await?;
    phone.shows("phone-gone-contact").await?;
    ensure!(phone.browser.count("button[name=keep]").await? == 0, "there is nothing to send it with");
    says(hurt, GOES_ON).await?;
    doer.sees(CONTACT, GOES_ON).await?;
    phone.comes_back().await?;
    is_told(phone).await?;
    phone.sees_nowhere(&[AFTERWARDS, GOES_ON]).await?;
    // The first of these pages shows the line that came in.
    ensure!(pages(doer).await?[1..] == before[1..], "the other person learns nothing of it");
    Ok(())
}

/// The device says on each page what it is now.
async fn is_told(device: &Person) -> anyhow::Result<()> {
    let start = Instant::now();
    loop {
        device.visit("/").await?;
        if device.browser.texts("aside").await?.concat().contains(GONE) {
            return Ok(());
        }
        ensure!(start.elapsed() < Duration::from_secs(60), "it was taken away, and does not say so");
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
}

/// What this person's pages say, when nothing comes in any more.
async fn pages(person: &Person) -> anyhow::Result<Vec<String>> {
    let start = Instant::now();
    let mut last = Vec::new();
    loop {
        let mut pages = Vec::new();
        for path in SCREENS {
            person.visit(path).await?;
            pages.push(person.words().await?);
        }
        if pages == last || start.elapsed() > Duration::from_secs(30) {
            return Ok(pages);
        }
        last = pages;
    }
}
