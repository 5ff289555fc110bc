//! Method 3: needs, small contact, light things, thanks, time.

use amends_domain::event::Body;
use amends_domain::id::{DAY, HOUR};
use amends_domain::prove::{gratitude, needs, patience};

use super::{count, last, name};
use crate::house::House;
use crate::words;

#[test]
fn the_board_of_needs_is_filled_by_its_owner_and_shown_one_at_a_time() {
    let (mut robin, mut kim) = House::couple();
    let page = kim.get("/look/needs/board").html;
    assert_eq!(page.matches("name=\"need-").count(), 40);
    assert_eq!(page.matches("class=\"group\"").count(), 8);
    kim.post(
        "/look/needs/board",
        &[("do", "mark"), ("need-10", "now"), ("own", "Tea in the morning"), ("own-mark", "later")],
    );
    kim.hand_to(&mut robin);
    assert!(!robin.read("/look/needs").contains("Tea in the morning"));
    let row = kim.vault().state().world().needs.own().len() - 1;
    kim.post("/look/needs/board", &[("do", "share"), ("row", &row.to_string())]);
    kim.hand_to(&mut robin);
    assert!(robin.read("/look/needs").contains("Tea in the morning"));
}

#[test]
fn a_request_is_answered_with_yes_no_or_another_offer() {
    let (mut robin, mut kim) = House::couple();
    kim.post("/look/needs/board", &[("do", "mark"), ("own", "Rest after work"), ("own-mark", "now")]);
    let row = kim.vault().state().world().needs.own().len() - 1;
    kim.post("/look/needs/board", &[("do", "share"), ("row", &row.to_string())]);
    let shared = last(&kim, |body| matches!(body, Body::Needs(needs::Event::Share { .. })));
    let text = format!("text-{}", shared.seq);
    let control =
        [("do", "request"), ("entry", &name(shared)), (&text, "Give me the password to your phone.")];
    let refused = kim.post("/look/needs", &control);
    assert!(words(&refused.html).contains("This asks for control over another person"));
    kim.post(
        "/look/needs",
        &[("do", "request"), ("entry", &name(shared)), (&text, "Half an hour of quiet, please.")],
    );
    kim.hand_to(&mut robin);
    let request = last(&robin, |body| matches!(body, Body::Needs(needs::Event::Request { .. })));
    let offer = format!("offer-{}", request.seq);
    robin.post(
        "/look/needs",
        &[("do", "answer"), ("entry", &name(request)), ("answer", "offer"), (&offer, "An hour.")],
    );
    robin.hand_to(&mut kim);
    assert!(kim.read("/look/needs").contains("An hour."));
}

#[test]
fn small_contact_says_what_is_left_and_why_not() {
    let (mut robin, mut kim) = House::couple();
    let page = robin.read("/look/contact");
    assert!(page.contains("Left for today: 2 of 2.") && page.contains("Welcome between 08:00 and 21:00"));
    assert!(page.contains("One question: They do not want messages of this kind now."));
    let line = [("do", "send"), ("kind", "line"), ("text", "The heron is back."), ("keep", "yes")];
    robin.post("/look/contact", &line);
    assert!(robin.read("/look/contact").contains("Left for today: 1 of 2."));
    robin.hand_to(&mut kim);
    assert!(kim.read("/look/contact").contains("The heron is back."));
    robin.post("/look/contact", &line);
    let third = robin.post("/look/contact", &line);
    assert!(words(&third.html).contains("That is as much as they want for today"));
    assert!(third.html.contains("The heron is back."), "the words are not lost");
    robin.wait(2 * HOUR);
    let late = robin.read("/look/contact");
    assert!(late.contains("Nothing can go now"));
}

#[test]
fn light_things_show_only_what_both_would_do() {
    let (mut robin, mut kim) = House::couple();
    let activity = |house: &House, id: u16| house.core.messages().text(&format!("activity-{id:02}"));
    let page = robin.read("/look/activities");
    assert!(page.contains(&activity(&robin, 2)) && !page.contains(&activity(&robin, 1)));
    let rate = robin.get("/look/activities/rate").html;
    assert_eq!(rate.matches("<fieldset").count(), 6, "a few at a time");
    let before = count(&robin);
    robin.post("/look/activities/rate", &[("do", "rate"), ("activity-3", "try"), ("activity-5", "no")]);
    assert_eq!(count(&robin), before + 2);
    let change = [("do", "rate"), ("activity-2", "no"), ("activity-3", "try"), ("activity-5", "no")];
    robin.post("/look/activities/chosen", &change);
    assert_eq!(count(&robin), before + 3, "only what is not as it was");
    assert!(
        !robin.read("/look/activities").contains(&activity(&robin, 2)),
        "a changed mind is gone from the own list"
    );
    assert!(kim.read("/look/activities").contains(&activity(&kim, 2)), "and is no news for the other");
    let filtered = kim.post(
        "/look/activities/filter",
        &[("do", "filter"), ("place", "home"), ("cost", "0"), ("energy", "1")],
    );
    assert!(!words(&filtered.html).contains("at home"), "{}", words(&filtered.html));
}

#[test]
fn a_proposal_is_accepted_and_becomes_a_calendar_file() {
    let (mut robin, mut kim) = House::couple();
    let fields = [
        ("do", "propose"),
        ("activity", "2"),
        ("text", "Sunday?"),
        ("day", "2026-11-29"),
        ("time", "15:00"),
        ("minutes", "90"),
    ];
    robin.post("/look/activities", &fields);
    let proposal = last(&robin, |body| {
        matches!(body, Body::Activities(amends_domain::prove::activities::Event::Propose(_)))
    });
    robin.hand_to(&mut kim);
    let page = kim.get("/look/activities").html;
    assert!(words(&page).contains("You need not answer"));
    assert!(!page.contains(">No<"), "there is no button to say no");
    let id = name(proposal);
    kim.post("/look/activities", &[("do", "accept"), ("entry", &id)]);
    let file = kim.post("/look/activities", &[("do", "file"), ("entry", &id)]).file.unwrap();
    assert!(String::from_utf8(file.bytes).unwrap().contains("DTSTART:20261129T150000Z"));
}

#[test]
fn who_takes_no_proposals_now_is_asked_for_none() {
    let (mut robin, mut kim) = House::couple();
    let page = robin.get("/look/activities").html;
    assert!(page.contains("name=\"minutes\""), "{page}");
    let lines_alone = [("kind", "line"), ("per-day", "3"), ("from", "00:00"), ("to", "23:59")];
    kim.post("/pace/amount", &lines_alone);
    kim.hand_to(&mut robin);
    let page = robin.get("/look/activities").html;
    assert!(!page.contains("name=\"minutes\""), "no form that cannot be sent");
}

#[test]
fn what_is_not_shown_says_until_when() {
    let (_, mut kim) = House::couple();
    kim.post("/pace/mute", &[("kind", "letter"), ("span", "week")]);
    assert!(kim.read("/pace/mute").contains("not shown until"));
}

#[test]
fn another_time_is_agreed_with_one_more_yes_and_stands_in_the_calendar_of_both() {
    let (mut robin, mut kim) = House::couple();
    let walk = [("do", "propose"), ("activity", "2"), ("text", "Sunday?"), ("day", "2026-11-29")];
    robin.post("/look/activities", &[&walk[..], &[("time", "15:00"), ("minutes", "90")]].concat());
    let id = name(last(&robin, |body| {
        matches!(body, Body::Activities(amends_domain::prove::activities::Event::Propose(_)))
    }));
    robin.hand_to(&mut kim);
    let number = id.rsplit('-').next().unwrap().to_owned();
    let (day, time) = (format!("day-{number}"), format!("time-{number}"));
    let other = [("do", "other-time"), ("entry", id.as_str()), (&day, "2026-11-29"), (&time, "17:00")];
    kim.post("/look/activities", &other);
    assert!(kim.read("/look/activities").contains("You would come at another time"));
    kim.hand_to(&mut robin);
    assert!(robin.read("/look/activities").contains("They would come at another time"));
    robin.post("/look/activities", &[("do", "accept"), ("entry", &id)]);
    robin.hand_to(&mut kim);
    for house in [&mut robin, &mut kim] {
        assert!(house.read("/look/activities").contains("You both said yes."));
        let file = house.post("/look/activities", &[("do", "file"), ("entry", &id)]).file.unwrap();
        assert!(String::from_utf8(file.bytes).unwrap().contains("DTSTART:20261129T170000Z"));
    }
}

#[test]
fn notes_wait_for_their_day_and_one_can_be_printed() {
    let (mut robin, mut kim) = House::couple();
    let text = "You sat with my mother on Tuesday, although you were tired.";
    let fields = [("do", "note"), ("text", text), ("spot", "today"), ("on", "2026-11-24"), ("keep", "yes")];
    let written = words(&robin.post("/look/gratitude/note", &fields).html);
    assert!(written.contains(text), "{written}");
    robin.hand_to(&mut kim);
    assert_eq!(kim.read("/look/gratitude").matches(text).count(), 0);
    kim.wait(3 * DAY);
    assert!(kim.read("/look/gratitude").contains(text));
    let printed = robin.post(
        "/look/gratitude/note",
        &[("do", "note"), ("text", "Thank you for the soup."), ("spot", "print"), ("keep", "yes")],
    );
    assert!(
        printed.html.contains("class=\"table-card\"")
            && words(&printed.html).contains("Thank you for the soup.")
    );
    let kept = last(&robin, |body| matches!(body, Body::Gratitude(gratitude::Event::SaveNote(_))));
    assert!(robin.vault().state().event(kept).is_some());
}

#[test]
fn a_note_is_on_the_page_of_its_day_however_long_before_it_was_written() {
    let (mut robin, mut kim) = House::couple();
    let text = "Thank you for the lamp in the window.";
    let day = robin.now.day(0).plus(20);
    let (year, month, date) = day.ymd();
    let on = format!("{year}-{month:02}-{date:02}");
    let mut fields = [("do", "note"), ("text", text), ("spot", "today"), ("on", "soon"), ("keep", "yes")];
    let wrong = words(&robin.post("/look/gratitude/note", &fields).html);
    assert!(wrong.contains("The day is missing, or it is not a date"), "{wrong}");
    fields[3].1 = &on;
    robin.post("/look/gratitude/note", &fields);
    robin.hand_to(&mut kim);
    kim.wait(19 * DAY);
    assert!(!kim.read("/").contains("lamp in the window"));
    kim.wait(DAY);
    assert!(kim.read("/").contains("lamp in the window"));
    kim.wait(7 * DAY);
    assert!(!kim.read("/").contains("lamp in the window"), "for a week");
}

#[test]
fn a_note_shows_at_the_place_its_writer_chose() {
    let (mut robin, mut kim) = House::couple();
    let text = "You waited with me at the bank on Friday.";
    let fields = [("do", "note"), ("text", text), ("spot", "path"), ("keep", "yes")];
    robin.post("/look/gratitude/note", &fields);
    robin.hand_to(&mut kim);
    assert!(kim.read("/path").contains(text));
    let talk = last(&kim, |body| {
        matches!(body, Body::Communication(amends_domain::prove::communication::Event::ProposeTalk(_)))
    });
    assert!(!kim.read(&format!("/look/communication/talk/{}", name(talk))).contains(text));
}

#[test]
fn chores_begin_with_the_own_share() {
    let mut house = House::solo();
    let ours = house.post("/look/gratitude/chores", &[("do", "add"), ("text", "Windows"), ("whose", "ours")]);
    assert!(words(&ours.html).contains("Your own share comes first"));
    house.post("/look/gratitude/chores", &[("do", "add"), ("text", "Bins"), ("whose", "mine")]);
    let chore = last(&house, |body| matches!(body, Body::Gratitude(gratitude::Event::AddChore { .. })));
    let done = house.post("/look/gratitude/chores", &[("do", "done"), ("entry", &name(chore))]);
    assert!(words(&done.html).contains("Done today."));
}

#[test]
fn the_check_in_is_drawn_as_points_with_a_band_and_a_table() {
    let (mut robin, mut kim) = House::couple();
    let html = kim.get("/look/patience").html;
    let read = words(&html);
    assert!(html.contains("class=\"dot\"") && html.contains("class=\"band\"") && html.contains("<table"));
    assert!(!html.contains("<polyline") && read.contains("Ups and downs are normal"));
    assert!(read.contains("The last of them, eight at most, lie between"), "the same in words");
    assert!(
        !robin.read("/look/patience").contains("The last of them, eight at most, lie between"),
        "nobody else has it"
    );
}

#[test]
fn one_chart_is_shared_for_one_period_and_can_be_ended() {
    let (mut robin, mut kim) = House::couple();
    let fields = [
        ("do", "share"),
        ("item", "words_matched"),
        ("from-words_matched", "2026-10-01"),
        ("to-words_matched", "2026-11-22"),
    ];
    kim.post("/look/patience", &fields);
    kim.hand_to(&mut robin);
    assert!(robin.read("/look/patience").contains("Shared now"));
    let chart = last(&kim, |body| matches!(body, Body::Patience(patience::Event::ShareChart { .. })));
    kim.post("/look/patience", &[("do", "stop"), ("entry", &name(chart))]);
    kim.hand_to(&mut robin);
    assert!(!robin.read("/look/patience").contains("Shared now"));
}

#[test]
fn a_check_in_can_be_skipped_item_by_item() {
    let mut house = House::solo();
    let html = house.get("/look/patience/check-in").html;
    assert_eq!(html.matches("class=\"scale\"").count(), 6);
    house.post("/look/patience/check-in", &[("do", "keep"), ("felt_safe", "3")]);
    let after = house.read("/look/patience");
    assert!(after.contains("You wrote that you felt less safe"), "said here and nowhere else");
    assert!(house.read("/look/patience/check-in").contains("You have answered all for now"));
}

#[test]
fn the_week_and_the_review_stay_private_until_told() {
    let (mut robin, mut kim) = House::couple();
    let week = [
        ("do", "keep"),
        ("week", "2026-11-16"),
        ("wrote", "yes"),
        ("told", "partly"),
        ("listened", "skipped"),
        ("note", "I stayed calm."),
    ];
    let answer = robin.post("/look/patience/controlled", &week);
    assert!(words(&answer.html).contains("I stayed calm."));
    kim.post(
        "/look/patience/review",
        &[("do", "keep"), ("decision", "apart"), ("text", "I think about leaving.")],
    );
    assert!(kim.read("/look/patience/review").contains("I think about leaving."));
    kim.hand_to(&mut robin);
    assert!(!robin.read("/look/patience/review").contains("leaving"));
}

/// A small picture with an EXIF block and a comment in it.
fn picture() -> Vec<u8> {
    let mut plain = Vec::new();
    let points = image::RgbImage::from_pixel(64, 48, image::Rgb([40, 120, 90]));
    image::DynamicImage::ImageRgb8(points)
        .write_with_encoder(image::codecs::jpeg::JpegEncoder::new(&mut plain))
        .expect("a picture can be drawn");
    let mut file = plain[..2].to_vec();
    file.extend(b"\xff\xe1\0\x16Exif\0\0SecretCam GPS.");
    file.extend(&plain[2..]);
    file
}

#[test]
fn a_picture_goes_without_its_traces_where_pictures_are_welcome() {
    use amends_domain::consent;
    use amends_domain::prove::contact::ContactKind;
    use amends_ui::{Request, Upload};

    let (mut robin, mut kim) = House::couple();
    assert!(robin.read("/look/contact").contains("They do not want messages of this kind now"));
    let pace = consent::Pace {
        per_day: 2,
        from_minute: 0,
        to_minute: 1440,
        utc_offset: 0,
        kinds: vec![ContactKind::Photo, ContactKind::Line],
        changes: None,
    };
    kim.share(consent::Event::Pace(pace));
    kim.hand_to(&mut robin);
    let files = vec![Upload { field: "picture".to_owned(), bytes: picture() }];
    let request =
        Request { files, ..Request::post("/look/contact", &[("do", "photo"), ("alt", "The pond")]) };
    let answer = robin.ask(&request);
    assert!(
        answer.html.contains("src=\"data:image/jpeg;base64,") && answer.html.contains("alt=\"The pond\"")
    );
    let photo =
        robin.vault().state().world().contact.messages().find_map(|(_, one)| one.photo.clone()).unwrap();
    let kept = robin.vault().picture(photo.blob).unwrap().unwrap();
    for words in [b"Exif".as_slice(), b"SecretCam", b"GPS"] {
        assert!(!kept.windows(words.len()).any(|part| part == words));
    }
    let files = vec![Upload { field: "picture".to_owned(), bytes: b"no picture".to_vec() }];
    let wrong = robin.ask(&Request { files, ..Request::post("/look/contact", &[("do", "photo")]) });
    assert!(words(&wrong.html).contains("cannot be read as a picture"));
}
