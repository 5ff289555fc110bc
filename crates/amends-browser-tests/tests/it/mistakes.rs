//! Screens that only come in answer to something: every form sent with a mistake in it, and the safety questions one by one,
//! with what follows from each answer. Looked at as closely as all other screens.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::time::Instant;

use amends_browser_tests::{Screen, Walker, Who};
use amends_ui::{Sent, forms, questions};
use anyhow::{Context as _, ensure};

use crate::screens::look_closely;

const TAB: char = '\u{e004}';

/// What was seen by all who walk.
#[derive(Default)]
struct Seen {
    /// Forms in which a mistake was made.
    forms: RefCell<BTreeSet<String>>,
    /// What pages are built of: those of one build look alike.
    builds: RefCell<BTreeSet<BTreeSet<String>>>,
}

#[tokio::test]
async fn a_mistake_and_a_safety_question_are_open_to_everybody() -> anyhow::Result<()> {
    let start = Instant::now();
    let (seen, all) = (Seen::default(), forms());
    let from_the_end = all.iter().rev().cloned().collect::<Vec<_>>();
    // Two go towards each other; what one of them cannot open is left to the other.
    let doer = async {
        let walker = begin(Who::Involved).await?;
        let mut wrong = mistakes(&walker, &all, &seen).await?;
        wrong.extend(answers(&walker, &seen).await?);
        walker.leave().await?;
        anyhow::Ok(wrong)
    };
    let hurt = async {
        let walker = begin(Who::Injured).await?;
        let mut wrong = mistakes(&walker, &from_the_end, &seen).await?;
        walker.leave().await?;
        let walker = begin(Who::Nobody).await?;
        wrong.extend(answers(&walker, &seen).await?);
        walker.leave().await?;
        anyhow::Ok(wrong)
    };
    let (first, second) = tokio::try_join!(doer, hurt)?;
    let wrong = [first, second].concat();
    eprintln!(
        "{} forms, {} shapes, {:.0?}",
        seen.forms.borrow().len(),
        seen.builds.borrow().len(),
        start.elapsed()
    );
    ensure!(wrong.is_empty(), "{} barriers:\n{}", wrong.len(), wrong.join("\n"));
    ensure!(seen.forms.borrow().len() * 2 > all.len(), "only {:?}", seen.forms.borrow());
    Ok(())
}

async fn begin(who: Who) -> anyhow::Result<Walker> {
    let walker = Walker::enter(who, "en").await?;
    walker.browser.screen(Screen::NARROW).await?;
    // Somebody who uses the keyboard: the focus has a line around it.
    walker.visit("/rules").await?;
    walker.browser.press(&[&[TAB]]).await?;
    Ok(walker)
}

/// Makes a mistake in each form that nobody made one in yet.
async fn mistakes(walker: &Walker, forms: &[String], seen: &Seen) -> anyhow::Result<Vec<String>> {
    let mut wrong = Vec::new();
    for address in forms {
        let is_new = !seen.forms.borrow().contains(address);
        if !is_new || !walker.blunder(address).await? {
            continue;
        }
        seen.forms.borrow_mut().insert(address.clone());
        let mut lines = walker.browser.look(&["mistake()", "width()"]).await?;
        lines.extend(look_if_new(walker, seen).await.with_context(|| address.clone())?);
        wrong.extend(lines.into_iter().map(|line| format!("{address} {line}")));
    }
    Ok(wrong)
}

/// Goes through the questions, and sees what follows.
async fn answers(walker: &Walker, seen: &Seen) -> anyhow::Result<Vec<String>> {
    let mut wrong = Vec::new();
    for Sent { address, fields } in questions() {
        let sent: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), *value)).collect();
        walker.send(&address, &sent).await?;
        let mut lines = walker.browser.look(&["frame()", "width()"]).await?;
        lines.extend(look_if_new(walker, seen).await.with_context(|| address.clone())?);
        wrong.extend(lines.into_iter().map(|line| format!("{address} {sent:?} {line}")));
    }
    Ok(wrong)
}

async fn look_if_new(walker: &Walker, seen: &Seen) -> anyhow::Result<Vec<String>> {
    let build = walker.build().await?;
    let is_new = seen.builds.borrow_mut().insert(build);
    if is_new { look_closely(walker).await } else { Ok(Vec::new()) }
}
