//! Every screen, for everybody: WCAG 2.2 AA as far as a machine can judge. What it cannot judge is in
//! docs/accessibility, to be done by people.

use std::collections::BTreeSet;
use std::time::Instant;

use amends_browser_tests::{ALL_RULES, CONTRAST, Found, Screen, Walker, Who};
use anyhow::{Context as _, ensure};

const TAB: char = '\u{e004}';
/// Text twice as large, on a window of usual width.
const LARGE: Screen = Screen { width: 640, ..Screen::DESKTOP };

#[tokio::test]
async fn every_screen_is_open_to_everybody() -> anyhow::Result<()> {
    let wrong = walk_all("en", look_closely).await?;
    ensure!(wrong.is_empty(), "{} barriers:\n{}", wrong.len(), wrong.join("\n"));
    Ok(())
}

#[tokio::test]
async fn every_screen_fits_when_the_script_runs_from_right_to_left() -> anyhow::Result<()> {
    let wrong = walk_all("en-XB", look_mirrored).await?;
    ensure!(wrong.is_empty(), "{} places:\n{}", wrong.len(), wrong.join("\n"));
    Ok(())
}

/// Lets four people go to their screens, two at a time: to every screen, and to each of its shapes.
async fn walk_all(
    language: &str,
    look: impl AsyncFn(&Walker) -> anyhow::Result<Vec<String>>,
) -> anyhow::Result<Vec<String>> {
    let start = Instant::now();
    let mut people = Vec::new();
    for who in [Who::Involved, Who::Injured, Who::Alone, Who::Nobody] {
        let walker = Walker::enter(who, language).await?;
        let found = walker.find_screens().await.with_context(|| format!("{who:?}"))?;
        people.push((who, walker, found));
    }
    share_out(&mut people);
    let rest = people.split_off(1);
    let (first, second) = tokio::try_join!(walk(people, &look), walk(rest, &look))?;
    eprintln!("{language}: done after {:.0?}", start.elapsed());
    Ok([first, second].concat())
}

/// What several people have is left to one of them; the first has about as much to do as all others.
fn share_out(people: &mut [(Who, Walker, Vec<Found>)]) {
    let (mut screens, mut builds) = (BTreeSet::new(), BTreeSet::new());
    let mut load = [0, 0];
    let all: Vec<Vec<Found>> = people.iter_mut().map(|(_, _, found)| std::mem::take(found)).collect();
    let mut give = |place: usize, one: &Found| {
        load[place.min(1)] += 1;
        people[place].2.push(one.clone());
        load[0] <= load[1]
    };
    let mut first_is_free = true;
    for one in all.iter().flatten() {
        if !screens.insert(one.screen.clone()) {
            continue;
        }
        let mut owners = (0..all.len()).filter_map(|place| {
            all[place].iter().find(|other| other.screen == one.screen).map(|found| (place, found))
        });
        let wanted = owners.clone().find(|(place, _)| (*place == 0) == first_is_free);
        if let Some((place, found)) = wanted.or_else(|| owners.next()) {
            builds.insert(found.build.clone());
            first_is_free = give(place, found);
        }
    }
    for (place, found) in all.iter().enumerate() {
        for one in found {
            if builds.insert(one.build.clone()) {
                give(place, one);
            }
        }
    }
}

async fn walk(
    people: Vec<(Who, Walker, Vec<Found>)>,
    look: &impl AsyncFn(&Walker) -> anyhow::Result<Vec<String>>,
) -> anyhow::Result<Vec<String>> {
    let mut wrong = Vec::new();
    for (who, walker, found) in people {
        walker.browser.screen(Screen::NARROW).await?;
        walker.visit("/rules").await?;
        walker.browser.press(&[&[TAB]]).await?;
        for screen in &found {
            let has_focus = walker.visit(&screen.address).await?;
            let mut lines = look(&walker).await.with_context(|| format!("{who:?} {}", screen.address))?;
            lines.extend((!has_focus).then(|| "the heading has no focus".to_owned()));
            wrong.extend(lines.into_iter().map(|line| format!("{who:?} {} {line}", screen.screen)));
        }
        walker.leave().await?;
    }
    Ok(wrong)
}

/// On a narrow phone: frame, focus, keyboard, targets, text further apart; large text; colors of the system; barriers
/// in the light and in the dark.
pub(crate) async fn look_closely(walker: &Walker) -> anyhow::Result<Vec<String>> {
    let browser = &walker.browser;
    let calls = ["frame()", "motion()", "width()", "unfold()", "width()", "targets()", "focus()"];
    let mut wrong = browser.look(&calls).await?;
    wrong.extend(browser.missed_by_keys().await?);
    wrong.extend(browser.look(&["spread(true)", "width()", "spread(false)"]).await?);
    wrong.extend(browser.barriers(ALL_RULES).await?);
    browser.screen_with(Screen::NARROW, &[("forced-colors", "active")]).await?;
    wrong.extend(browser.look(&["edges()"]).await?);
    browser.screen(LARGE).await?;
    browser.text_size("largest").await?;
    wrong.extend(browser.look(&["width()"]).await?);
    browser.text_size("normal").await?;
    browser.screen(Screen::DESKTOP.dark()).await?;
    wrong.extend(browser.barriers(CONTRAST).await?);
    wrong.extend(browser.look(&["width()", "focus()"]).await?);
    browser.screen(Screen::NARROW).await?;
    Ok(wrong)
}

async fn look_mirrored(walker: &Walker) -> anyhow::Result<Vec<String>> {
    let browser = &walker.browser;
    let mut wrong = browser.look(&["unfold()", "width()", "frame()"]).await?;
    browser.screen(Screen::DESKTOP).await?;
    wrong.extend(browser.look(&["width()", "frame()"]).await?);
    browser.screen(Screen::NARROW).await?;
    Ok(wrong)
}
