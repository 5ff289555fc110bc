//! Method 1: telling, standing in their place, giving back, naming the effect.

use amends_domain::admit::{acceptance, listening, perspective, responsibility};
use amends_domain::event::Body;
use amends_domain::id::MINUTE;

use super::{count, last, name};
use crate::house::House;
use crate::words;

fn sealed(house: &House) -> String {
    let is_seal = |body: &Body| matches!(body, Body::Responsibility(responsibility::Event::Seal { .. }));
    format!("/look/responsibility/{}", name(last(house, is_seal)))
}

#[test]
fn the_reader_opens_one_part_at_a_time_and_the_others_stay_closed() {
    let (_, mut kim) = House::couple();
    let path = sealed(&kim);
    let before = kim.read(&path);
    assert!(before.contains("Each part is closed"));
    assert!(before.contains("I owe 4,200."), "the demonstration has opened the part about money");
    assert!(!before.contains("I hid the letters in my desk"), "what happened is still closed");
    assert!(!before.contains("I decided it, every month"), "the own words are still closed");
    let answer = kim.post(&path, &[("do", "open"), ("section", "what")]);
    let read = words(&answer.html);
    assert!(read.contains("I hid the letters in my desk at work."));
    assert!(!read.contains("I decided it, every month"));
    assert!(answer.html.contains("id=\"part-what\" open"), "the part just opened stands open");
}

#[test]
fn additions_carry_their_date_and_questions_their_answers() {
    let (_, mut kim) = House::couple();
    let path = sealed(&kim);
    kim.post(&path, &[("do", "open"), ("section", "lies")]);
    let read = kim.read(&path);
    assert!(read.contains("I also lied about the bonus in May"));
    assert!(read.contains("Added on 17 October 2026"), "{read}");
    assert!(read.contains("Does anybody else know?") && read.contains("My brother knows. He lent me 300"));
    assert!(read.contains("Only if I ask"), "a part they left for later shows their choice");
    kim.post(&path, &[("do", "open"), ("section", "period")]);
    kim.post(
        &path,
        &[("do", "ask"), ("section", "period"), ("field", "text-period"), ("text-period", "Why May?")],
    );
    assert!(kim.read(&path).contains("Why May?"));
}

#[test]
fn the_writer_is_not_told_what_was_opened() {
    let (mut robin, mut kim) = House::couple();
    let path = sealed(&robin);
    let before = robin.get(&path).html;
    kim.post(&sealed(&kim), &[("do", "open"), ("section", "what")]);
    kim.hand_to(&mut robin);
    assert_eq!(robin.get(&path).html, before);
    assert!(!words(&before).contains("Open this part"));
}

#[test]
fn the_page_to_print_holds_what_was_opened_and_only_with_leave() {
    let (mut robin, mut kim) = House::couple();
    let own = robin.read(&format!("{}/print", sealed(&robin)));
    assert!(own.contains("I hid the letters in my desk at work.") && own.contains("Nobody has checked them"));
    let theirs = kim.read(&format!("{}/print", sealed(&kim)));
    assert!(theirs.contains("They have not allowed a copy") && !theirs.contains("I owe 4,200."));
}

#[test]
fn the_writer_sees_which_parts_are_still_open_and_at_night_a_better_hour() {
    let (mut robin, _) = House::couple();
    let day = robin.read("/look/responsibility");
    assert!(day.contains("What your draft deals with") && day.contains("is there"));
    assert!(!day.contains("Is there a better hour"));
    robin.wait(3 * 60 * 60 * 1000);
    assert!(robin.read("/look/responsibility").contains("Is there a better hour"));
}

#[test]
fn what_somebody_wants_to_know_is_theirs_and_a_guess_is_private() {
    let (mut robin, mut kim) = House::couple();
    let incident = kim.vault().state().world().incidents.iter().next().unwrap().0;
    let path = format!("/look/responsibility/depth/{}", name(incident));
    assert!(kim.read(&path).contains("Choose for each part"));
    kim.post(&path, &[("do", "depth"), ("health_risk", "facts"), ("money", "not_that")]);
    let step = &kim.vault().state().world().responsibility;
    assert_eq!(step.depth(incident, responsibility::Section::Money), Some(responsibility::Depth::NotThat));
    assert!(robin.read(&path).contains("A guess, for you alone"));
    let shared = |house: &House| {
        house.events().iter().filter(|event| event.space == amends_domain::event::Space::Shared).count()
    };
    let before = shared(&robin);
    robin.post(&path, &[("do", "depth"), ("lies", "facts")]);
    assert_eq!(shared(&robin), before, "a guess stays on the own devices");
}

#[test]
fn hard_words_come_one_at_a_time_beside_the_table_and_the_violence_rule() {
    let mut house = House::solo();
    let page = house.read("/look/perspective/hard-words");
    for part in ["Hurt, or danger?", "is never okay, whoever does it", "Where there is violence or a threat"]
    {
        assert!(page.contains(part), "{part}");
    }
    let reply = "But you never asked me about it, so it is your fault too.";
    let looked = house.post(
        "/look/perspective/hard-words",
        &[("do", "reply"), ("statement", "101"), ("text-101", reply), ("look", "yes")],
    );
    assert!(looked.html.contains("<mark") && words(&looked.html).contains(reply));
    house.post(
        "/look/perspective/hard-words/keep",
        &[("do", "reply"), ("statement", "101"), ("text-101", "You are")],
    );
    assert!(house.get("/look/perspective/hard-words?statement=101").html.contains("You are"));
    assert!(
        !house.get("/look/perspective/hard-words?statement=102").html.contains("You are"),
        "begun for another one"
    );
    assert_eq!(count(&house), 0, "looking keeps nothing");
    house.post(
        "/look/perspective/hard-words",
        &[("do", "reply"), ("statement", "101"), ("text-101", reply), ("keep", "yes")],
    );
    assert_eq!(house.vault().state().world().perspective.rehearsed().collect::<Vec<_>>(), [101]);
    assert!(house.read("/look/perspective/hard-words").contains("2 of 28"), "the next one follows");
}

#[test]
fn a_pause_says_when_it_ends_and_nothing_else() {
    let (mut robin, mut kim) = House::couple();
    let answer = kim.post("/look/perspective", &[("do", "pause"), ("minutes", "40")]);
    assert!(words(&answer.html).contains("Back at 20:40"));
    let end = kim.now.plus(40 * MINUTE).0;
    assert!(answer.html.contains(&format!("data-until=\"{end}\"")), "a script counts the minutes beside it");
    kim.hand_to(&mut robin);
    let theirs = robin.read("/look/perspective");
    assert!(theirs.contains("Back at 20:40") && !theirs.contains("I am back"));
    let pause = last(&kim, |body| matches!(body, Body::Perspective(perspective::Event::Pause { .. })));
    let back = kim.post("/look/perspective", &[("do", "back"), ("entry", &name(pause))]);
    assert!(words(&back.html).contains("The pause is over"));
}

#[test]
fn the_warm_up_takes_one_value_and_three_lines_and_stays_private() {
    let mut house = House::solo();
    let missing = house.post("/look/perspective/values", &[("do", "keep"), ("lines", "One.\nTwo.")]);
    assert!(words(&missing.html).contains("Choose one thing that matters to you"));
    assert!(missing.html.contains("One.\nTwo."), "the words are still there");
    house.post("/look/perspective/values", &[("do", "keep"), ("value", "nature"), ("lines", "One.\r\nTwo.")]);
    assert!(house.read("/look/perspective").contains("Done in the last day"));
}

#[test]
fn practice_shows_one_statement_then_what_was_noticed() {
    let mut house = House::solo();
    assert!(house.read("/look/listening/practice").contains("I waited at the station for two hours"));
    let reply = "You waited for two hours at the station. Maybe you were frightened. Why did you not call?";
    let answer = house.post(
        "/look/listening/practice",
        &[("do", "reply"), ("statement", "1"), ("text-1", reply), ("keep", "yes")],
    );
    let read = words(&answer.html);
    assert!(read.contains("What happened, given back: found"), "{read}");
    assert!(read.contains("The feeling, given back: found"), "{read}");
    assert!(read.contains("A question of your own"), "{read}");
    let own = house.read("/look/listening");
    assert!(own.contains("In all your replies") && own.contains("1 question"));
    assert!(house.get("/look/listening").html.contains("<svg"));
    assert!(house.read("/look/listening/practice").contains("I found the second phone"), "the next one");
}

#[test]
fn own_practice_is_for_oneself_only() {
    let (mut robin, mut kim) = House::couple();
    assert!(robin.read("/look/listening").contains("In all your replies"));
    assert!(kim.read("/look/listening").contains("It shows here after your first reply"));
}

#[test]
fn a_round_goes_back_and_forth_until_the_speaker_taps() {
    let (mut robin, mut kim) = House::couple();
    let opened = kim.post("/look/listening", &[("do", "open")]);
    let round = last(&kim, |body| matches!(body, Body::Listening(listening::Event::OpenRound { .. })));
    let path = format!("/look/listening/round/{}", name(round));
    assert!(words(&opened.html).contains("You have the floor"));
    assert!(!words(&opened.html).contains("Look again"), "nothing to wait for");
    kim.post(&path, &[("do", "say"), ("text", "I was alone that night.")]);
    assert!(kim.read(&path).contains("Look again"), "who waits can look for what has come");
    kim.hand_to(&mut robin);
    assert!(robin.read(&path).contains("I was alone that night."));
    let said = last(&robin, |body| matches!(body, Body::Listening(listening::Event::Say { .. })));
    let fields = [("do", "reflect"), ("said", &name(said)), ("text", "You were alone, and it hurt.")];
    let looked = robin.post(&path, &fields);
    assert!(words(&looked.html).contains("Give it back"), "looking at the words does not send them");
    robin.post(&path, &[fields.as_slice(), &[("keep", "yes")]].concat());
    assert!(robin.read(&path).contains("Look again"));
    robin.hand_to(&mut kim);
    let page = kim.get(&path).html;
    for tap in ["Yes, that&#39;s it", "Not quite", "Stop"] {
        assert!(page.contains(tap) || page.contains(&tap.replace("&#39;", "'")), "{tap}");
    }
    let back = last(&kim, |body| matches!(body, Body::Listening(listening::Event::Reflect { .. })));
    let tapped = kim.post(&path, &[("do", "tap"), ("entry", &name(back)), ("tap", "stop")]);
    assert!(words(&tapped.html).contains("That is enough for now"));
}

#[test]
fn one_device_is_handed_over_for_the_tap() {
    let (mut robin, _) = House::couple();
    let handed = robin.post("/look/listening/together", &[("do", "hand"), ("text", "You felt left alone.")]);
    assert!(words(&handed.html).contains("To the one who spoke"));
    let tapped = robin
        .post("/look/listening/together", &[("do", "tap"), ("text", "You felt left alone."), ("tap", "yes")]);
    assert!(words(&tapped.html).contains("That was it"));
}

#[test]
fn the_impact_builder_stands_beside_their_letter() {
    let (mut robin, mut kim) = House::couple();
    let page = robin.read("/look/acceptance");
    assert!(page.contains("I used to open the post without thinking"), "the letter that was shared");
    assert!(page.contains("Because I ...") && page.contains("... you now ..."));
    robin.post(
        "/look/acceptance",
        &[("do", "save"), ("because-0", "lied in May"), ("now-0", "check every bill"), ("feel-0", "5")],
    );
    let step = &robin.vault().state().world().acceptance;
    let newest = step.impacts.iter().max_by_key(|(_, draft)| draft.text.at).unwrap().1;
    assert_eq!(newest.text.current.lines[0].because_i, "lied in May");
    assert!(!kim.read("/look/acceptance").contains("lied in May"), "a draft stays with its writer");
}

#[test]
fn sixty_words_in_six_families_are_there_to_pick() {
    let mut house = House::solo();
    let html = house.get("/look/acceptance/feelings").html;
    assert_eq!(html.matches("type=\"checkbox\"").count(), 60);
    assert_eq!(html.matches("class=\"family\"").count(), 6);
    house.post(
        "/look/acceptance/feelings",
        &[("do", "keep"), ("feel", "0"), ("feel", "32"), ("note", "tired")],
    );
    let picked = last(&house, |body| matches!(body, Body::Acceptance(acceptance::Event::Feelings { .. })));
    assert!(house.vault().state().event(picked).is_some());
    let read = house.read("/look/acceptance/feelings");
    assert!(read.contains("Words you chose before") && read.contains("lonely"));
}
