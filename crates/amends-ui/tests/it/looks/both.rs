//! What one of the two does with something, and what the other one sees of that: two devices, and no more goes over than is
//! meant to.

use amends_domain::admit::listening;
use amends_domain::apologize::honesty;
use amends_domain::event::Body;
use amends_domain::id::{DAY, Day, EventId};
use amends_domain::prove::communication;
use amends_domain::prove::patience::{self, Item};

use super::{last, name};
use crate::house::House;
use crate::words;

const LETTERS: &str = "/look/communication/letters";
const PROMISES: &str = "/look/honesty/promises";
const WAITS: &str = "It opens when you open it";

/// Sends a letter without a night's rest; gives its page, the same on both sides.
fn sends(writer: &mut House, reader: &mut House, text: &str) -> String {
    let letter = [("do", "save"), ("keep", "yes"), ("purpose", "to_send"), ("text", text)];
    writer.post("/look/communication/write", &letter);
    let draft = last(writer, |body| matches!(body, Body::Communication(communication::Event::SaveLetter(_))));
    let reread = format!("/look/communication/reread/{}", name(draft));
    writer.post(&reread, &[("do", "read")]);
    let sent = writer.post(&reread, &[("do", "send"), ("without-rest", "yes")]);
    let id = last(writer, |body| matches!(body, Body::Communication(communication::Event::Send { .. })));
    let path = format!("/look/communication/letter/{}", name(id));
    assert!(writer.read(&path).contains(text), "{}", words(&sent.html));
    writer.hand_to(reader);
    path
}

#[test]
fn a_letter_that_is_laid_aside_asks_for_nothing_until_its_day_and_nobody_is_told() {
    let (mut robin, mut kim) = House::couple();
    let path = sends(&mut robin, &mut kim, "The plums are ripe.");
    assert!(kim.read("/").contains(WAITS));
    let before = robin.get(&path).html;
    kim.post(&path, &[("do", "hold"), ("days", "3")]);
    kim.hand_to(&mut robin);
    assert!(!kim.read("/").contains(WAITS));
    assert!(kim.read(&path).contains("Laid aside until"));
    for house in [&mut robin, &mut kim] {
        house.wait(3 * DAY + 1);
    }
    assert!(kim.read("/").contains(WAITS));
    let page = kim.read(&path);
    assert!(
        !page.contains("Laid aside until") && page.contains("Open the letter"),
        "the day is over: {page}"
    );
    assert_eq!(robin.get(&path).html, before);
}

#[test]
fn taken_back_before_it_was_opened_it_is_gone_and_afterwards_it_stays_and_its_writer_sees_the_same() {
    let pages: Vec<String> = [false, true]
        .into_iter()
        .map(|is_read| {
            let (mut robin, mut kim) = House::couple();
            let path = sends(&mut robin, &mut kim, "The plums are ripe.");
            if is_read {
                kim.post(&path, &[("do", "open")]);
                kim.hand_to(&mut robin);
            }
            robin.post(&path, &[("do", "recall")]);
            robin.hand_to(&mut kim);
            // Also for somebody who still has the closed letter on the screen.
            kim.post(&path, &[("do", "open")]);
            assert!(!kim.read(LETTERS).contains("plums"), "the list holds no words");
            assert_eq!(words(&kim.get(&path).html).contains("The plums are ripe."), is_read);
            kim.hand_to(&mut robin);
            robin.read(&path) + &robin.read(LETTERS)
        })
        .collect();
    assert!(pages[0].contains("Taken back") && pages[0] == pages[1]);
}

#[test]
fn who_gave_it_back_is_asked_to_try_again_or_hears_stop_and_both_see_where_the_round_ended() {
    let (mut robin, mut kim) = House::couple();
    kim.post("/look/listening", &[("do", "open")]);
    let round = last(&kim, |body| matches!(body, Body::Listening(listening::Event::OpenRound { .. })));
    let path = format!("/look/listening/round/{}", name(round));
    kim.post(&path, &[("do", "say"), ("text", "I was alone that night.")]);
    kim.hand_to(&mut robin);
    let said = name(last(&robin, |body| matches!(body, Body::Listening(listening::Event::Say { .. }))));
    for (words, tap) in [("You were out that night.", "not_quite"), ("You were alone, and it hurt.", "stop")]
    {
        assert!(robin.get(&path).html.contains("name=\"keep\""), "it is their turn");
        robin.post(&path, &[("do", "reflect"), ("said", &said), ("text", words), ("keep", "yes")]);
        assert!(!robin.get(&path).html.contains("name=\"keep\""), "one at a time");
        robin.hand_to(&mut kim);
        let back = last(&kim, |body| matches!(body, Body::Listening(listening::Event::Reflect { .. })));
        kim.post(&path, &[("do", "tap"), ("entry", &name(back)), ("tap", tap)]);
        kim.hand_to(&mut robin);
    }
    for house in [&mut robin, &mut kim] {
        let page = house.get(&path).html;
        assert!(words(&page).contains("The one who spoke said stop"), "{}", words(&page));
        assert!(!page.contains("name=\"keep\"") && !page.contains("value=\"say\""), "stop is stop");
        assert!(house.read("/look/listening").contains("stopped"));
    }
}

fn points(house: &House) -> Vec<(Day, u8)> {
    let all = house.vault().state().world().patience.points(Item::WordsMatched, Day(i32::MIN), Day(i32::MAX));
    all.into_iter().map(|point| (point.day, point.value)).collect()
}

#[test]
fn of_a_chart_only_the_chosen_days_go_and_of_the_others_nothing_ever() {
    let (mut robin, mut kim) = House::couple();
    let own = points(&kim);
    assert!(own.len() >= 4 && points(&robin).is_empty());
    let (from, to) = (own[1].0.to_string(), own[2].0.to_string());
    let chosen = [
        ("do", "share"),
        ("item", "words_matched"),
        ("from-words_matched", &from),
        ("to-words_matched", &to),
    ];
    kim.post("/look/patience", &chosen);
    kim.hand_to(&mut robin);
    let shared = |house: &House| -> Vec<(Day, u8)> {
        let charts = house.vault().state().world().patience.charts();
        charts.flat_map(|(_, chart)| chart.points.iter().map(|point| (point.day, point.value))).collect()
    };
    assert_eq!(shared(&robin), own[1..=2]);
    assert!(robin.read("/look/patience").contains("Shared now"));
    // What is answered later stays with who answers it.
    kim.wait(7 * DAY);
    kim.post("/look/patience/check-in", &[("do", "keep"), ("words_matched", "9"), ("note", "the fog")]);
    kim.hand_to(&mut robin);
    assert_eq!(shared(&robin), own[1..=2]);
    assert_eq!(points(&kim).len(), own.len() + 1);
    let is_answer = |body: &Body| matches!(body, Body::Patience(patience::Event::CheckIn { .. }));
    assert!(!robin.events().iter().any(|event| is_answer(&event.body)));
}

fn open_promise(house: &House, of: &House) -> EventId {
    let all = house.vault().state().world().honesty.open_promises(of.vault().me()).map(|(id, _)| id);
    all.last().expect("a promise is open")
}

#[test]
fn a_promise_that_is_changed_or_taken_back_in_time_says_so_to_the_other_with_its_words_of_before() {
    let (mut robin, mut kim) = House::couple();
    let first = open_promise(&robin, &robin);
    let before = robin.vault().state().world().honesty.promise(first).unwrap().promise.text.clone();
    let (text, day) = (format!("text-{}", first.seq), format!("day-{}", first.seq));
    let changed = [
        ("do", "report"),
        ("entry", &name(first)),
        ("outcome", "renegotiated"),
        (&text, "I ask before 80."),
        (&day, "2026-12-24"),
    ];
    robin.post(PROMISES, &changed);
    robin.hand_to(&mut kim);
    let page = kim.read(PROMISES);
    assert!(page.contains("I ask before 80.") && page.contains(&before), "{page}");

    let still_open = open_promise(&robin, &robin);
    robin.post(PROMISES, &[("do", "report"), ("entry", &name(still_open)), ("outcome", "withdrawn")]);
    robin.hand_to(&mut kim);
    let page = kim.read(PROMISES);
    assert!(page.contains("Taken back"), "{page}");
    // It can be left without an answer, or get one; the one who promised cannot answer it.
    robin.post(PROMISES, &[("do", "respond"), ("entry", &name(still_open)), ("response", "confirm")]);
    let is_answer = |body: &Body| matches!(body, Body::Honesty(honesty::Event::Respond { .. }));
    let n_before = robin.events().iter().filter(|event| is_answer(&event.body)).count();
    kim.post(PROMISES, &[("do", "respond"), ("entry", &name(still_open)), ("response", "dispute")]);
    kim.post(PROMISES, &[("do", "respond"), ("entry", &name(still_open)), ("response", "confirm")]);
    kim.hand_to(&mut robin);
    assert_eq!(robin.events().iter().filter(|event| is_answer(&event.body)).count(), n_before + 1, "once");
    assert!(robin.read(PROMISES).contains("I saw it differently"));
}
