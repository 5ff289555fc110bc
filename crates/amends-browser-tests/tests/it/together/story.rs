//! What happens between the two, in the order in which it does.

use anyhow::{Context as _, ensure};

use super::person::Person;

pub(super) const PRIVATE: &str = "violet lighthouse nobody reads";
pub(super) const TITLE: &str = "The second card";
pub(super) const FACTS: &str = "I opened it in the copper market.";
pub(super) const DEBT: &str = "There is a debt on the walnut account.";
pub(super) const HIDDEN_DEBT: &str = "It is 4200 for the amber boat.";
pub(super) const LIE: &str = "I told you it was the granite bonus.";
pub(super) const LETTER: &str = "I hid the card from you. I chose it each velvet evening.";
pub(super) const LINE: &str = "The marble kettle is repaired.";
pub(super) const NOTE: &str = "quiet umbrella week";
pub(super) const REQUEST: &str = "Please put your cedar phone away at dinner.";
pub(super) const AFTER_THE_LOSS: &str = "I am at the saffron library.";
pub(super) const OFFLINE: &str = "I will be home by the pewter clock.";

const LETTERS: &str = "/look/communication/letters";
const CONTACT: &str = "/look/contact";

/// Invites, joins, compares, opens; and what was written before stays with its writer. Gives the page of what happened.
pub(super) async fn nothing_goes_before_both_have_opened(
    doer: &Person,
    hurt: &Person,
) -> anyhow::Result<String> {
    names_it(doer, PRIVATE, None).await?;
    pair(doer, hurt).await?;
    doer.open_channel().await?;
    doer.visit("/incident/new").await?;
    doer.submit("form[action='/incident/new']", &[("kind", "money")], "").await?;
    doer.submit("form[action='/incident/new']", &[("role", "involved_partner")], "").await?;
    ensure!(doer.browser.count("[name='for']").await? == 0, "nothing can go to somebody who has not opened");
    hurt.sees_nowhere(&[PRIVATE]).await?;
    hurt.open_channel().await?;
    for person in [doer, hurt] {
        person.sees_no_more("/pair", "The part for two opens").await?;
    }
    names_it(doer, TITLE, Some("both")).await?;
    hurt.sees("/incident", TITLE).await?;
    hurt.sees_nowhere(&[PRIVATE]).await?;
    hurt.visit("/incident").await?;
    hurt.link("main a[href^='/incident/']:not([href='/incident/new'])").await
}

async fn names_it(person: &Person, title: &str, whom: Option<&str>) -> anyhow::Result<()> {
    let form = "form[action='/incident/new']";
    person.fill("/incident/new", form, &[("kind", "money")], "").await?;
    person.submit(form, &[("role", "involved_partner")], "").await?;
    let mut fields = vec![("title", title)];
    fields.extend(whom.map(|whom| ("for", whom)));
    person.submit(form, &fields, "").await?;
    ensure!(person.words().await?.contains(title), "it has its name");
    Ok(())
}

pub(super) async fn pair(doer: &Person, hurt: &Person) -> anyhow::Result<()> {
    doer.fill("/pair", "form[action='/pair/invite']", &[], "").await?;
    doer.browser.no_barriers("invitation").await?;
    ensure!(doer.browser.count("svg.qr path").await? == 1, "the link as a picture");
    let body = "return document.querySelector('#message').value";
    let message = doer.browser.script(body, vec![]).await?;
    let message = message.as_str().context("an invitation in words")?;
    let link = message.split_whitespace().find(|word| word.contains("#1.")).context("it holds the link")?;
    let link: String = link.chars().filter(char::is_ascii).collect();
    hurt.open_link(&link).await?;
    if hurt.browser.count("#idle").await? == 0 {
        hurt.unlock().await?;
        hurt.visit("/pair/join").await?;
    }
    hurt.browser.until("document.querySelector('[name=link]')?.value.includes('#1.')").await?;
    hurt.submit("form[action='/pair/join']", &[], "").await?;
    // Both see it come without doing anything.
    for person in [doer, hurt] {
        person.browser.until("document.querySelectorAll('.safety-words li').length === 4").await?;
    }
    let words = doer.browser.texts(".safety-words li").await?;
    ensure!(words == hurt.browser.texts(".safety-words li").await?, "the same four words");
    hurt.browser.no_barriers("four words").await?;
    doer.submit("form[action='/pair/words']", &[], "").await?;
    hurt.submit("form[action='/pair/words']", &[], "").await?;
    doer.sees("/pair", "You are connected").await?;
    hurt.sees("/pair", "You are connected").await
}

/// The reader says how much of each part; that much is there, after opening it, and no more.
pub(super) async fn telling_goes_as_deep_as_its_reader_wants(
    doer: &Person,
    hurt: &Person,
    place: &str,
) -> anyhow::Result<()> {
    let telling = "/look/responsibility";
    hurt.visit(telling).await?;
    let depth = hurt.link("main a[href^='/look/responsibility/depth/']").await?;
    let chosen = [("what", "facts"), ("money", "headline"), ("lies", "not_that")];
    hurt.fill(&depth, &format!("form[action='{depth}']"), &chosen, "").await?;
    move_on(hurt, place).await?;
    doer.sees(place, "Say what you did").await?;
    let over = format!("{place}/over");
    let risks = [("ending", "ended"), ("health", "none_known"), ("money", "none_known")];
    doer.fill(&over, &format!("form[action='{over}']"), &risks, "").await?;
    let short = [
        ("incident", "~The second card"),
        ("fields.what.headline", "I had a second card."),
        ("fields.what.facts", FACTS),
        ("fields.money.headline", DEBT),
        ("own_words", "I decided it, and I was wrong."),
    ];
    let too_much = [("fields.money.facts", HIDDEN_DEBT), ("fields.lies.headline", LIE)];
    let (page, deliver) = ("/step/responsibility/page", "/step/responsibility/deliver");
    // The newest page stands first.
    let newest = [("incident", "~The second card"), ("copied", "*")];
    doer.use_tool(page, &[&short[..], &too_much].concat()).await?;
    let refused = doer.use_tool(deliver, &newest).await;
    ensure!(format!("{refused:?}").contains("They asked for less detail"), "{refused:?}");
    doer.use_tool(page, &short).await?;
    doer.use_tool(deliver, &newest).await?;
    hurt.sees(telling, "Read, part by part").await?;
    let page = hurt.link("main a.main-button[href^='/look/responsibility/']").await?;
    hurt.visit(&page).await?;
    let closed = hurt.words().await?;
    ensure!(!closed.contains(FACTS) && !closed.contains(DEBT), "each part is closed until it is opened");
    for part in ["what", "money"] {
        hurt.submit(&format!("#part-{part} form"), &[], "").await?;
    }
    hurt.visit(&page).await?;
    let open = hurt.words().await?;
    ensure!(open.contains(FACTS) && open.contains(DEBT), "{open}");
    ensure!(!open.contains(HIDDEN_DEBT), "one line was wanted, and no facts");
    hurt.sees_nowhere(&[HIDDEN_DEBT, LIE]).await
}

/// Contact opens when the one who was hurt says so; the other cannot move it.
pub(super) async fn who_was_hurt_moves_the_stage(
    doer: &Person,
    hurt: &Person,
    place: &str,
) -> anyhow::Result<()> {
    doer.visit(place).await?;
    ensure!(doer.browser.count(&stage(place)).await? == 0, "only who was hurt moves it");
    let before = doer.words().await?;
    for _ in 0..4 {
        move_on(hurt, place).await?;
    }
    ensure!(!before.contains("Talk clearly"), "{before}");
    doer.sees(place, "Talk clearly").await
}

/// A letter that is closed says nothing; it can be laid aside, opened and given back.
pub(super) async fn a_letter_is_seen_when_it_is_opened_and_can_be_given_back(
    doer: &Person,
    hurt: &Person,
) -> anyhow::Result<()> {
    let write = "/look/communication/write";
    let form = format!("form[action='{write}']");
    doer.fill(write, &form, &[("purpose", "to_send"), ("text", LETTER)], "button[name=keep]").await?;
    let again = doer.link("main a[href^='/look/communication/reread/']").await?;
    let form = format!("form[action='{again}']");
    doer.fill(&again, &form, &[], "").await?;
    doer.submit(&form, &[("without-rest", "yes")], "").await?;
    hurt.sees(LETTERS, "letter of").await?;
    hurt.sees_nowhere(&["velvet evening"]).await?;
    hurt.visit(LETTERS).await?;
    let letter = hurt.link("main a[href^='/look/communication/letter/']").await?;
    let held = format!("form[action='{letter}']:has([name=days])");
    hurt.fill(&letter, &held, &[("days", "7")], "").await?;
    ensure!(!hurt.words().await?.contains("velvet evening"), "laid aside is not opened");
    hurt.submit(&format!("form[action='{letter}']:has(.main-button)"), &[], "").await?;
    ensure!(hurt.words().await?.contains("velvet evening"), "opened");
    let before = shown(doer, LETTERS).await?;
    ensure!(before.contains("Sent"), "its writer learns nothing of it: {before}");
    let give_back = format!("form[action='{letter}']:has([name=do][value=return])");
    hurt.fill(&letter, &give_back, &[], "").await?;
    doer.sees(LETTERS, "Given back").await
}

async fn shown(person: &Person, path: &str) -> anyhow::Result<String> {
    person.visit(path).await?;
    person.words().await
}

/// Once the number of the day is reached, nothing can be sent, and it says why before.
pub(super) async fn no_more_a_day_than_wanted(doer: &Person, hurt: &Person) -> anyhow::Result<()> {
    for person in [doer, hurt] {
        let all_day =
            [("per-day", "3"), ("from", "00:00"), ("to", "00:00"), ("kind", "line"), ("kind", "letter")];
        person.fill("/pace/amount", "form[action='/pace/amount']", &all_day, "").await?;
    }
    let wish = [("per-day", "2")];
    hurt.fill("/pace/amount", "form[action='/pace/amount']", &wish, "").await?;
    doer.sees(CONTACT, "of 2").await?;
    says(doer, LINE).await?;
    hears(hurt, LINE).await?;
    // The letter and the line are two.
    let page = shown(doer, CONTACT).await?;
    ensure!(page.contains("Nothing can go now"), "{page}");
    ensure!(doer.browser.count("button[name=keep]").await? == 0, "there is nothing to send it with");
    Ok(())
}

/// Sends one line.
pub(crate) async fn says(person: &Person, words: &str) -> anyhow::Result<()> {
    let form = format!("form[action='{CONTACT}'][data-live]");
    person.sees(CONTACT, "Left for today").await?;
    person.submit(&form, &[("kind", "line"), ("text", words)], "button[name=keep]").await?;
    ensure!(person.words().await?.contains(words), "it stands among the own messages");
    Ok(())
}

/// Sees a line of the other person.
pub(super) async fn hears(person: &Person, words: &str) -> anyhow::Result<()> {
    person.sees(CONTACT, words).await
}

/// What belongs to the one who was hurt: requests and check-ins; and a pause for either of them.
pub(super) async fn needs_check_in_and_pause(doer: &Person, hurt: &Person) -> anyhow::Result<()> {
    let needs = "/look/needs";
    let board = "/look/needs/board";
    hurt.fill(board, "form:has([name=own])", &[("own", "Peace at dinner"), ("own-mark", "now")], "").await?;
    hurt.submit("form:has([name=do][value=share])", &[], "").await?;
    hurt.sees(needs, "Peace at dinner").await?;
    let field = "return document.querySelector('form:has([name=do][value=request]) textarea').name";
    let field = hurt.browser.script(field, vec![]).await?;
    let field = field.as_str().context("a box for the request")?;
    hurt.submit("form:has([name=do][value=request])", &[(field, REQUEST)], "").await?;
    doer.sees(needs, REQUEST).await?;
    doer.submit("form:has([name=do][value=answer])", &[], "button[value=yes]").await?;
    hurt.sees(needs, "Yes").await?;

    let check_in = "/look/patience/check-in";
    hurt.fill(check_in, &format!("form[action='{check_in}']"), &[("note", NOTE)], "").await?;
    let pause = "form[action='/pace/pause']:has([name=span])";
    hurt.fill("/pace/pause", pause, &[("span", "40")], "").await?;
    doer.sees("/look/perspective", "Back at").await?;
    doer.sees_nowhere(&[NOTE]).await?;
    let back = "form[action='/pace/pause']:has([name=back])";
    hurt.fill("/pace/pause", back, &[], "").await?;
    doer.sees_no_more("/look/perspective", "Back at").await
}

/// One leaves: the other learns that and nothing more, and both keep what they wrote and got.
pub(super) async fn leaving_shows_not_connected_and_each_keeps_what_is_theirs(
    doer: &Person,
    hurt: &Person,
) -> anyhow::Result<()> {
    let leave = [("how", "open"), ("things", "keep"), ("sure", "yes")];
    hurt.fill("/leave", "form[action='/leave']", &leave, "").await?;
    doer.sees("/", "Not connected. What you wrote is still here").await?;
    for person in [doer, hurt] {
        ensure!(shown(person, "/incident").await?.contains(TITLE), "what was shared is still there");
    }
    ensure!(shown(doer, "/incident").await?.contains(PRIVATE), "and what was private");
    Ok(())
}

fn stage(place: &str) -> String {
    format!("form[action='{place}/stage']")
}

/// One stage further, as the one who was hurt decides.
async fn move_on(hurt: &Person, place: &str) -> anyhow::Result<()> {
    hurt.fill(place, &stage(place), &[], "").await
}
