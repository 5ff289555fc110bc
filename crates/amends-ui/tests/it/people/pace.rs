//! The person who receives owns the channel.

use amends_domain::consent::{Connection, Topic};
use amends_domain::event::Space;
use amends_domain::id::{DAY, Millis};
use amends_domain::prove::contact::ContactKind;
use amends_domain::refusal::Refusal;

use crate::house::House;
use crate::words;

#[test]
fn number_hours_and_kinds_are_set_in_one_form() {
    let (mut robin, mut kim) = House::couple();
    let form = [("per-day", "1"), ("from", "09:30"), ("to", "18:00"), ("kind", "letter"), ("kind", "line")];
    let text = words(&kim.post("/pace/amount", &form).html);
    assert!(text.contains("At most one a day, from 09:30 to 18:00"), "{text}");
    kim.hand_to(&mut robin);
    let text = robin.read("/");
    assert!(text.contains("from 09:30 to 18:00"), "the sender knows what to keep to");
    let wrong = kim.post("/pace/amount", &[("per-day", "9"), ("from", "soon"), ("to", "")]);
    assert!(words(&wrong.html).contains("write both times like 08:00"));
}

#[test]
fn hours_stay_on_the_wall_when_the_clocks_change() {
    let (mut robin, mut kim) = House::couple();
    kim.zone = "Europe/Berlin".parse().ok();
    // The couple lives in November 2026; the clocks go forward on 28 March.
    let form = [("per-day", "3"), ("from", "09:00"), ("to", "18:00"), ("kind", "line")];
    kim.post("/pace/amount", &form);
    let minute = 60_000;
    // 1 April 2027, 15:30 UTC: half past five in Berlin.
    let before_six = Millis(1_806_593_400_000);
    let span = before_six.since(kim.now);
    robin.wait(span);
    kim.hand_to(&mut robin);
    let may = |robin: &House| {
        let world = robin.vault().state().world();
        world.consent.judge_contact(world.me, world.partner.unwrap(), ContactKind::Line, robin.now)
    };
    assert_eq!(may(&robin), Ok(()));
    robin.wait(31 * minute);
    assert_eq!(may(&robin), Err(Refusal::OutsideHours), "six in the evening is six in the evening");
}

#[test]
fn nothing_at_all_and_the_whole_day_are_fine_too() {
    let (_, mut kim) = House::couple();
    let text = words(&kim.post("/pace/amount", &[("per-day", "0"), ("from", "00:00"), ("to", "00:00")]).html);
    assert!(text.contains("Nothing may come in for now"), "{text}");
}

#[test]
fn topics_close_for_a_while_and_open_again_by_themselves_or_at_once() {
    let (_, mut kim) = House::couple();
    let closed = |house: &House| {
        let world = house.vault().state().world();
        let channel = world.consent.channel(world.me).unwrap();
        channel.closed_topics(house.now).collect::<Vec<_>>()
    };
    let text =
        words(&kim.post("/pace/topics", &[("topic", "money"), ("topic", "future"), ("span", "three")]).html);
    assert!(text.contains("Money"));
    assert_eq!(closed(&kim), [Topic::Future, Topic::Money]);
    kim.post("/pace/topics", &[("topic", "money"), ("span", "today")]);
    assert_eq!(closed(&kim), [Topic::Money], "what is not ticked any more is open");
    kim.wait(DAY);
    assert_eq!(closed(&kim), []);
}

#[test]
fn muting_is_told_to_nobody() {
    let (mut robin, mut kim) = House::couple();
    let shared = |house: &House| house.events().iter().filter(|event| event.space == Space::Shared).count();
    let before = shared(&kim);
    kim.post("/pace/mute", &[("kind", "line"), ("span", "week")]);
    let muted = |house: &House, kind| house.vault().state().world().consent.is_muted(kind, house.now);
    assert!(muted(&kim, ContactKind::Line) && !muted(&kim, ContactKind::Letter));
    assert_eq!(shared(&kim), before);
    let page = robin.read("/");
    kim.hand_to(&mut robin);
    assert_eq!(robin.read("/"), page);
    kim.wait(1_000);
    kim.post("/pace/mute", &[("span", "week")]);
    assert!(!muted(&kim, ContactKind::Line), "unticked is shown again");
}

#[test]
fn a_closed_door_looks_like_no_answer_yet() {
    let (mut robin, mut kim) = House::couple();
    assert!(words(&kim.post("/pace/close", &[]).html).contains("no answer yet"));
    kim.hand_to(&mut robin);
    assert_eq!(robin.vault().state().connection(robin.vault().me(), robin.now), Connection::NoAnswerYet);
    let text = robin.read("/");
    assert!(text.contains("no answer yet"));
    for word in ["closed the", "paused", "refused", "failed"] {
        assert!(!text.contains(word), "{word}");
    }
}

#[test]
fn a_break_lasts_a_day_at_most_and_a_forged_length_is_the_usual_one() {
    let (_, mut kim) = House::couple();
    kim.post("/pace/pause", &[("span", "99999999")]);
    let (_, pause) = kim.vault().state().world().perspective.pause(kim.now).unwrap();
    assert_eq!(pause.back_at.since(kim.now), 20 * 60_000);
    kim.wait(60_000);
    kim.post("/pace/pause", &[("span", "1440")]);
    let (_, pause) = kim.vault().state().world().perspective.pause(kim.now).unwrap();
    assert_eq!(pause.back_at.since(kim.now), DAY);
}

#[test]
fn copies_are_allowed_one_by_one_and_only_of_own_words() {
    let (mut robin, mut kim) = House::couple();
    let html = robin.get("/pace/copies").html;
    assert!(!html.contains("Do not allow it any more"), "off by default");
    let entry = html
        .split("name=\"entry\" value=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .unwrap()
        .to_owned();
    robin.post("/pace/copies", &[("entry", &entry), ("allow", "yes")]);
    assert!(robin.read("/pace/copies").contains("Do not allow it any more"));
    let before = kim.events().len();
    kim.post("/pace/copies", &[("entry", &entry), ("allow", "yes")]);
    assert_eq!(kim.events().len(), before, "not of the other's words");
}

#[test]
fn alone_it_says_what_could_be_set() {
    assert!(House::solo().read("/pace").contains("There is nobody here but you"));
}
