//! Who was hurt in the invented couple: what they read, answer, set and close, at each of the thirteen steps.

use anyhow::ensure;

use crate::together::person::Person;

const ASKED: &str = "Which bank was it?";
const SAID: &str = "When the post comes, my hands get cold.";

pub(super) async fn story(kim: &Person) -> anyhow::Result<()> {
    reads_the_truth_part_by_part(kim).await?;
    hears_and_is_heard(kim).await?;
    reads_what_was_explained_and_promised(kim).await?;
    gives_a_letter_back_and_adds_to_the_talk(kim).await?;
    says_what_helps(kim).await?;
    has_light_things(kim).await?;
    shares_one_chart(kim).await?;
    sets_the_pace(kim).await
}

/// 1.1: closed parts, one that is opened, a question, and how much they want to know.
async fn reads_the_truth_part_by_part(kim: &Person) -> anyhow::Result<()> {
    kim.follow("Today").await?;
    kim.follow("It was told").await?;
    kim.follow("Read, part by part").await?;
    kim.press("Open this part: What they did").await?;
    kim.write_in("What they did", "Ask about this part", ASKED).await?;
    kim.press("Send").await?;
    kim.reads(ASKED).await?;
    kim.step("What happened, told to you").await?;
    kim.follow("What they tell you").await?;
    kim.follow("What I want to know").await?;
    kim.choose("Health", "The facts").await?;
    kim.press("Save").await?;
    kim.reads("Kept.").await
}

/// 1.2 to 1.4.
async fn hears_and_is_heard(kim: &Person) -> anyhow::Result<()> {
    kim.step("That day, as you lived it").await?;
    kim.follow("That day, as they picture it").await?;
    kim.reads("The day, as they think you saw it").await?;

    kim.step("Being heard").await?;
    kim.follow("Rounds of listening").await?;
    kim.press("Begin a round: I speak").await?;
    kim.browser.until("/minutes left/.test(document.querySelector('.timer .left')?.textContent)").await?;
    kim.browser.no_barriers("a round with its minutes").await?;
    kim.write("One thing you want to say", SAID).await?;
    kim.press("Say it").await?;
    kim.reads("Now they give it back").await?;

    kim.step("What it did to you").await?;
    kim.follow("What you tell, and what they understand").await?;
    kim.reads("What they understand").await?;
    kim.follow("Write what it did to you").await?;
    kim.write("What it did to me", SAID).await?;
    kim.choose("", "watchful").await?;
    kim.press("Keep").await?;
    kim.step("What it did to you").await?;
    kim.reads(SAID).await
}

/// 2.1 to 2.3.
async fn reads_what_was_explained_and_promised(kim: &Person) -> anyhow::Result<()> {
    kim.step("The reasons, if you want them").await?;
    kim.follow("Their reasons, and what they chose").await?;
    kim.reads("I chose to hide it instead of telling you.").await?;
    let open = kim.browser.count("main details[open] textarea").await?;
    ensure!(open == 0, "the page for the one who did it is folded");

    kim.step("What they will do differently").await?;
    kim.follow("The plans they show you").await?;
    kim.reads("Plans you showed each other").await?;
    kim.follow("Suggest a change to a plan").await?;

    kim.step("An apology, and small promises").await?;
    kim.follow("The apology and the promises").await?;
    kim.reads("An apology to you").await?;
    kim.follow("The promises").await?;
    kim.reads("I saw it too").await
}

/// 3.1: a letter can be given back; a point for both stands on the agenda.
async fn gives_a_letter_back_and_adds_to_the_talk(kim: &Person) -> anyhow::Result<()> {
    kim.step("Letters and talks, when you want them").await?;
    kim.follow("Letters and talks").await?;
    kim.follow("Letters").await?;
    kim.follow("A letter of").await?;
    kim.press("Give the letter back").await?;
    kim.reads("Given back").await?;
    kim.step("Letters and talks, when you want them").await?;
    kim.follow("Letters and talks").await?;
    kim.follow("at 19:00").await?;
    kim.choose("Where does it belong?", "What went well").await?;
    kim.write("The point", "The list on the fridge").await?;
    kim.press("Add it for both").await?;
    kim.reads("The list on the fridge").await
}

/// 3.2.
async fn says_what_helps(kim: &Person) -> anyhow::Result<()> {
    kim.step("What you need").await?;
    kim.follow("Needs").await?;
    kim.reads("Quiet on Sunday mornings").await?;
    kim.follow("My own board").await?;
    kim.choose("sleep", "Now").await?;
    kim.press("Keep").await?;
    kim.follow("Needs").await?;
    kim.follow("A need, or control?").await
}

/// 3.3 to 3.5.
async fn has_light_things(kim: &Person) -> anyhow::Result<()> {
    kim.step("Small contact, as you set it").await?;
    kim.follow("Small contact").await?;
    kim.choose("What is it?", "One line today").await?;
    kim.write("Your line", "The heron was there again.").await?;
    kim.press("Send").await?;
    kim.reads("The heron was there again.").await?;

    kim.step("Light things, if you want them").await?;
    kim.follow("Light things").await?;
    kim.reads("Eat breakfast outside").await?;
    kim.follow("Choose for yourself").await?;
    kim.choose("", "Would try").await?;
    kim.press("Keep, and show the next ones").await?;

    kim.step("Thanks and help, with no strings").await?;
    kim.follow("Thanks").await?;
    kim.reads("You sat with my mother").await
}

/// 3.6: a check-in stays with who answers it, until one chart is shared for a time.
async fn shares_one_chart(kim: &Person) -> anyhow::Result<()> {
    kim.step("Your own time").await?;
    kim.follow("Time").await?;
    kim.follow("The weekly check-in").await?;
    kim.choose("I could tell what to expect", "6").await?;
    kim.press("Keep").await?;
    kim.step("Your own time").await?;
    kim.follow("Time").await?;
    kim.press("Share this one").await?;
    kim.browser.no_barriers("a chart that is shared").await?;
    kim.press("End the sharing").await
}

/// What may reach them: a number, hours, kinds, a closed subject, what is not shown, a break; and back to an earlier stage.
async fn sets_the_pace(kim: &Person) -> anyhow::Result<()> {
    kim.follow("Today").await?;
    kim.follow("Set how much, when, and what").await?;
    kim.follow("How much, when, and what").await?;
    kim.choose("How many a day?", "One").await?;
    kim.write("From what time?", "09:30").await?;
    kim.press("Save").await?;
    kim.reads("At most one a day, from 09:30").await?;
    kim.follow("Subjects that are closed").await?;
    kim.choose("Which subjects?", "Money").await?;
    kim.choose("For how long?", "For a week").await?;
    kim.press("Save").await?;
    kim.follow("Do not show for a while").await?;
    kim.choose("What do you not want to see?", "A gift card").await?;
    kim.press("Save").await?;
    kim.follow("Take a break").await?;
    kim.press("Take the break").await?;
    kim.browser.until("/minutes left/.test(document.querySelector('.timer .left')?.textContent)").await?;
    kim.follow("The second card").await?;
    kim.press("Not ready for light things any more").await?;
    kim.reads("Change").await
}
