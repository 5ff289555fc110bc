//! One person, an empty vault, and the main tool of each of the thirteen steps.

use anyhow::ensure;

use crate::together::person::Person;

const TITLE: &str = "The second card";

/// Step on the path, and words that were written there.
const WRITTEN: [(&str, &str); 13] = [
    ("Say what you did", "I opened a card in spring."),
    ("Stand where they stand", "They stood in the kitchen with the bank letter."),
    ("Listen and give it back", ""),
    ("Accept the feeling", "opened a card behind your back"),
    ("Explain without an excuse", "I chose to hide the letters."),
    ("Change what led there", "The desk in the cellar, late in the evening"),
    ("Promise little, keep it", "I show you the statement on Friday."),
    ("Talk clearly, and regularly", "Dear you, this is for my drawer."),
    ("Ask what they need", ""),
    ("Small contact, at their pace", ""),
    ("Do light things together", ""),
    ("Thank, give, share the work", "picking up the children on Tuesday"),
    ("Give it time", "I told about the second letter."),
];

/// From the first page to a name for it.
pub(super) async fn names_what_happened(me: &Person) -> anyhow::Result<()> {
    me.follow("Go on").await?;
    me.reads("Name what happened").await?;
    me.follow("Go there").await?;
    me.choose("What kind of thing was it?", "Debt, hidden accounts").await?;
    me.press("Go on").await?;
    me.choose("Who were you in it?", "I did it").await?;
    me.press("Go on").await?;
    me.write("Give it a name", TITLE).await?;
    me.press("Keep it").await?;
    me.reads("It has a name now").await?;
    me.reads("All tools are open, for you alone").await
}

/// 1.1 to 1.4.
pub(super) async fn admits(me: &Person) -> anyhow::Result<()> {
    me.step("Say what you did").await?;
    me.follow("Write it down, part by part").await?;
    me.choose("Which one is it about?", TITLE).await?;
    me.write_in("What I did", "In one line", "A second card.").await?;
    me.write_in("What I did", "The facts", WRITTEN[0].1).await?;
    me.keep("Keep it for me").await?;
    me.reads(WRITTEN[0].1).await?;

    me.step("Stand where they stand").await?;
    me.follow("The day they found out").await?;
    me.choose("Which one is it about?", TITLE).await?;
    me.write("Where were they", WRITTEN[1].1).await?;
    me.write("What may have gone through their mind", "Who is this person?").await?;
    me.keep("Keep it for me").await?;

    me.step("Listen and give it back").await?;
    me.follow("Give it back").await?;
    me.follow("Practice with one sentence").await?;
    let back = "You waited at the window, and it sounds lonely.";
    me.write("Give it back in your own words", back).await?;
    me.press("Done. What was in it?").await?;
    me.reads("What was in your reply").await?;

    me.step("Accept the feeling").await?;
    me.follow("What it did to them").await?;
    me.write("Because I", WRITTEN[3].1).await?;
    me.write("... you now", "check each letter twice").await?;
    me.press("Keep").await
}

/// 2.1 to 2.3.
pub(super) async fn apologizes(me: &Person) -> anyhow::Result<()> {
    me.step("Explain without an excuse").await?;
    me.follow("Reason and choice").await?;
    me.write("What I chose", WRITTEN[4].1).await?;
    me.press("Keep").await?;

    me.step("Change what led there").await?;
    me.follow("Write down a trigger").await?;
    me.choose("What is it?", "A place").await?;
    me.write("In your own words", WRITTEN[5].1).await?;
    me.keep("Keep it for me").await?;
    me.step("Change what led there").await?;
    me.follow("Make a plan: if this, then that").await?;
    me.write("If", "If I sit at the desk after ten").await?;
    me.write("Then I", "I close the lid and go upstairs").await?;
    me.choose("What helps?", "I leave").await?;
    me.keep("Keep it for me").await?;

    me.step("Promise little, keep it").await?;
    me.follow("The apology and the promises").await?;
    me.follow("The promises").await?;
    me.write("What do you promise?", WRITTEN[6].1).await?;
    me.press("Promise it").await?;
    me.reads("It stands in the list now").await
}

/// 3.1 to 3.6.
pub(super) async fn proves(me: &Person) -> anyhow::Result<()> {
    me.step("Talk clearly, and regularly").await?;
    me.follow("Letters and talks").await?;
    me.follow("Letters").await?;
    me.follow("Write a letter").await?;
    me.choose("What is it for?", "For me only").await?;
    me.write("The letter", WRITTEN[7].1).await?;
    me.press("Keep").await?;

    me.step("Ask what they need").await?;
    me.follow("Needs").await?;
    me.follow("My own board").await?;
    me.choose("sleep", "Now").await?;
    me.press("Keep").await?;

    me.step("Small contact, at their pace").await?;
    me.follow("Small contact").await?;
    me.reads("Small contact needs two").await?;
    ensure!(me.browser.count("main button[name=keep]").await? == 0, "alone, nothing can be sent");

    me.step("Do light things together").await?;
    me.follow("Light things").await?;
    me.follow("Choose for yourself").await?;
    me.choose("Walk a street of your town", "Would love to").await?;
    me.press("Keep, and show the next ones").await?;

    me.step("Thank, give, share the work").await?;
    me.follow("Thanks").await?;
    me.follow("A note").await?;
    me.write("Thank you for", WRITTEN[11].1).await?;
    me.choose("Where it shows", "On paper").await?;
    me.press("Make the note").await?;

    me.step("Give it time").await?;
    me.follow("Time").await?;
    me.follow("What I controlled").await?;
    me.choose("I told the truth when it cost me", "Yes").await?;
    me.write("A few words", WRITTEN[12].1).await?;
    me.press("Keep").await
}

/// The path says where something is, each step shows it, the search finds it, and none of it carries a bare number or date.
pub(super) async fn finds_all_of_it(me: &Person) -> anyhow::Result<()> {
    me.follow("Path").await?;
    let begun = me.browser.texts(".steps li").await?;
    let begun = begun.iter().filter(|step| step.contains("Something is here")).count();
    ensure!(begun == 12, "all steps but that of messages, which need two: {begun}");
    for (step, written) in WRITTEN {
        me.step(step).await?;
        me.reads(written).await?;
        let page = me.words().await?;
        let bare =
            ["2025-", "2026-", "2027-", "undefined", "null"].into_iter().find(|bare| page.contains(bare));
        ensure!(bare.is_none(), "{step} shows {bare:?}: {page}");
    }
    me.follow("More").await?;
    me.follow("Search in your words").await?;
    me.write("Words to look for", "cellar").await?;
    me.press("Search").await?;
    me.reads(WRITTEN[5].1).await
}
