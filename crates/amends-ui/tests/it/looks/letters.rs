//! Method 3: letters, the weekly talk, the counselor's sheet.

use amends_domain::event::Body;
use amends_domain::id::{DAY, HOUR, Millis};
use amends_domain::prove::communication;

use super::{last, name};
use crate::house::House;
use crate::words;

const LETTERS: &str = "/look/communication";

fn is_sent(body: &Body) -> bool {
    matches!(body, Body::Communication(communication::Event::Send { .. }))
}

#[test]
fn a_letter_is_written_rests_is_read_as_its_reader_and_goes() {
    let (mut robin, mut kim) = House::couple();
    let write = format!("{LETTERS}/write");
    robin.post(
        &write,
        &[("do", "save"), ("keep", "yes"), ("purpose", "to_send"), ("text", "Dear Kim, I read it again.")],
    );
    let draft = last(&robin, |body| matches!(body, Body::Communication(communication::Event::SaveLetter(_))));
    let reread = format!("{LETTERS}/reread/{}", name(draft));
    assert!(!robin.get(&reread).html.contains("value=\"send\""), "first it is read as its reader");
    let read = robin.post(&reread, &[("do", "read")]);
    assert!(words(&read.html).contains("A night's rest comes first"));
    let early = robin.post(&reread, &[("do", "send")]);
    assert!(words(&early.html).contains("A night's rest comes first"));
    robin.wait(DAY - 8 * HOUR);
    robin.post(&reread, &[("do", "send")]);
    let sent = last(&robin, is_sent);
    robin.hand_to(&mut kim);
    let path = format!("{LETTERS}/letter/{}", name(sent));
    kim.now = robin.now;
    assert!(!kim.read(&path).contains("I read it again."), "closed until it is opened");
    assert!(kim.read(&format!("{LETTERS}/letters")).contains("closed"));
    let opened = kim.post(&path, &[("do", "open")]);
    assert!(words(&opened.html).contains("Dear Kim, I read it again."));
}

#[test]
fn a_letter_can_be_laid_aside_or_given_back_unread_and_the_writer_sees_no_more_than_that() {
    let (mut robin, mut kim) = House::couple();
    let text = "I write to you because I was unfair.";
    robin.post(
        &format!("{LETTERS}/write"),
        &[("do", "save"), ("keep", "yes"), ("purpose", "to_send"), ("text", text)],
    );
    let draft = last(&robin, |body| matches!(body, Body::Communication(communication::Event::SaveLetter(_))));
    let reread = format!("{LETTERS}/reread/{}", name(draft));
    robin.post(&reread, &[("do", "read")]);
    robin.wait(DAY - 8 * HOUR);
    kim.now = robin.now;
    robin.post(&reread, &[("do", "send")]);
    robin.hand_to(&mut kim);
    let path = format!("{LETTERS}/letter/{}", name(last(&robin, is_sent)));
    let before = robin.get(&path).html;
    let held = kim.post(&path, &[("do", "hold"), ("days", "7")]);
    assert!(words(&held.html).contains("Laid aside until"));
    kim.hand_to(&mut robin);
    assert_eq!(robin.get(&path).html, before, "laying aside is not told");
    kim.post(&path, &[("do", "return")]);
    assert_eq!(kim.get(&path).status, 404);
    kim.hand_to(&mut robin);
    assert!(robin.read(&path).contains("Given back"));
}

#[test]
fn a_letter_with_a_day_says_so_to_both_and_shows_no_words_before() {
    let (mut robin, mut kim) = House::couple();
    let text = "By the time you read this the garden is dug.";
    robin.post(
        &format!("{LETTERS}/write"),
        &[("do", "save"), ("keep", "yes"), ("purpose", "to_send"), ("text", text)],
    );
    let draft = last(&robin, |body| matches!(body, Body::Communication(communication::Event::SaveLetter(_))));
    let reread = format!("{LETTERS}/reread/{}", name(draft));
    robin.post(&reread, &[("do", "read")]);
    robin.wait(DAY - 8 * HOUR);
    let past = robin.post(&reread, &[("do", "send"), ("opens", "2020-05-01")]);
    assert!(words(&past.html).contains("This day is over"));
    let day = robin.now.day(0).plus(20);
    let sent = robin.post(&reread, &[("do", "send"), ("opens", &day.to_string())]);
    assert!(words(&sent.html).contains("It stays closed until its day"), "{}", words(&sent.html));
    assert!(sent.html.contains("the garden is dug"), "its writer reads it");
    robin.hand_to(&mut kim);
    kim.now = robin.now;
    let is_dated = |body: &Body| matches!(body, Body::Communication(communication::Event::SendSealed { .. }));
    let path = format!("{LETTERS}/letter/{}", name(last(&kim, is_dated)));
    let page = kim.get(&path).html;
    assert!(words(&page).contains("It opens on") && !page.contains("the garden is dug"));
    assert!(!page.contains("value=\"open\""), "there is nothing to open yet");
    assert!(kim.read(&format!("{LETTERS}/letters")).contains("closed until"));
    kim.wait(21 * DAY);
    assert!(kim.read(&path).contains("The other half of the key comes"));
    let back = robin.post(&path, &[("do", "recall")]);
    assert!(words(&back.html).contains("Taken back"));
    robin.hand_to(&mut kim);
    assert_eq!(kim.get(&path).status, 404);
}

#[test]
fn a_letter_for_oneself_has_no_way_to_be_sent() {
    let (_, mut kim) = House::couple();
    let write = format!("{LETTERS}/write");
    let answer =
        kim.post(&write, &[("do", "save"), ("keep", "yes"), ("purpose", "for_me"), ("text", "I am tired.")]);
    assert!(answer.html.contains("I am tired.") && !answer.html.contains("/reread/"));
}

#[test]
fn taking_back_looks_the_same_whether_it_was_opened_or_not() {
    let (mut robin, _) = House::couple();
    let path = format!("{LETTERS}/letter/{}", name(last(&robin, is_sent)));
    let answer = robin.post(&path, &[("do", "recall")]);
    assert!(words(&answer.html).contains("Taken back"));
    assert!(!robin.get(&path).html.contains("value=\"recall\""));
}

#[test]
fn the_talk_has_an_agenda_turns_a_stop_word_and_a_plain_calendar_file() {
    let (mut robin, mut kim) = House::couple();
    let talk = last(&kim, |body| matches!(body, Body::Communication(communication::Event::ProposeTalk(_))));
    let path = format!("{LETTERS}/talk/{}", name(talk));
    let page = kim.read(&path);
    for part in [
        "Something I valued",
        "One issue",
        "The loan from the family",
        "only for you",
        "harbor",
        "who begins",
    ] {
        assert!(page.contains(part), "{part}");
    }
    assert!(!robin.read(&path).contains("The loan from the family"), "own points stay with their writer");
    kim.post(&path, &[("do", "point"), ("heading", "one_issue"), ("text", "The holiday"), ("for", "both")]);
    kim.hand_to(&mut robin);
    assert!(robin.read(&path).contains("The holiday"));
    let file = kim.post(&path, &[("do", "file"), ("zone", "Europe/Berlin")]).file.unwrap();
    let text = String::from_utf8(file.bytes).unwrap();
    assert_eq!(file.name, "notes.ics");
    assert!(text.contains("RRULE:FREQ=WEEKLY") && text.contains("SUMMARY:Time to talk"));
    assert!(!text.contains("harbor"), "nothing private goes into a calendar");
}

#[test]
fn a_talk_at_seven_is_at_seven_after_the_clocks_change() {
    let (mut robin, mut kim) = House::couple();
    for house in [&mut robin, &mut kim] {
        house.zone = "Europe/Berlin".parse().ok();
    }
    let form = [
        ("do", "propose"),
        ("first", "2027-03-24"),
        ("time", "19:00"),
        ("length", "40"),
        ("floor", "5"),
        ("stop", "harbor"),
    ];
    let path = kim.post(LETTERS, &form).path;
    let path = path.split('?').next().unwrap();
    kim.hand_to(&mut robin);
    robin.post(path, &[("do", "agree")]);
    robin.hand_to(&mut kim);
    // 31 March 2027, 17:02 UTC: two minutes past seven in Berlin. The clocks went forward on the 28th.
    robin.now = Millis(1_806_512_520_000);
    let text = robin.read(path);
    assert!(text.contains("19:00–19:05"), "{text}");
    assert!(text.contains("until 19:05"), "who speaks now is said: {text}");
    let talk =
        robin.vault().state().world().communication.talks().find(|(_, talk)| talk.talk.first.ymd().1 == 3);
    let day = talk.unwrap().1.next(robin.now).unwrap();
    assert_eq!(talk.unwrap().1.talk.start(day), Millis(1_806_512_400_000));
}

#[test]
fn the_counselors_sheet_holds_what_was_chosen_and_nothing_of_the_other_without_leave() {
    let (mut robin, mut kim) = House::couple();
    let page = robin.get(&format!("{LETTERS}/counselor")).html;
    assert!(words(&page).contains("What training do you have"));
    assert!(!page.contains("I used to open the post without thinking"), "the other's words need leave");
    let own = last(&robin, is_sent);
    let fields = [
        ("do", "keep"),
        ("summary", "A hidden card. We want to learn to talk about money."),
        ("questions", "How do you work with debts?\nHow long does it take?"),
        ("item", &name(own)),
        ("days", "14"),
    ];
    let sheet = robin.post(&format!("{LETTERS}/counselor"), &fields);
    let read = words(&sheet.html);
    for part in
        ["A hidden card.", "How long does it take?", "I saw your birthday in them", "Nobody has checked them"]
    {
        assert!(read.contains(part), "{part}: {read}");
    }
    assert!(sheet.html.contains("class=\"letter packet\""));
    let theirs = kim.get(&sheet.path);
    assert_eq!(theirs.status, 404, "a sheet stays with who made it");
}

#[test]
fn a_guest_of_both_takes_two_and_either_ends_it() {
    let (mut robin, mut kim) = House::couple();
    let counselor = format!("{LETTERS}/counselor");
    assert!(robin.read(&counselor).contains("It takes you both"));
    let compose = robin.get(&format!("{LETTERS}/guest")).html;
    let own = last(&robin, is_sent);
    assert!(compose.contains(&name(own)), "what both share can be chosen");
    let private =
        last(&robin, |body| matches!(body, Body::Communication(communication::Event::SaveLetter(_))));
    assert!(!compose.contains(&name(private)), "and nothing else");
    let fields = [
        ("do", "offer"),
        ("summary", "A hidden card. We want to learn to talk about money."),
        ("questions", "How long does it take?"),
        ("item", &name(own)),
        ("days", "14"),
    ];
    let offered = robin.post(&format!("{LETTERS}/guest"), &fields);
    assert!(words(&offered.html).contains("waits for their word"), "{}", words(&offered.html));
    let path = offered.path.clone();
    assert!(!robin.get(&path).html.contains("value=\"agree\""), "nobody agrees with themselves");
    assert!(!robin.get(&path).html.contains("#g1."));
    robin.hand_to(&mut kim);
    kim.now = robin.now;
    assert!(kim.read(&counselor).contains("waits for your word"));
    let read = kim.get(&path).html;
    assert!(
        read.contains("A hidden card.") && read.contains("<details>"),
        "all of it, chosen entries closed"
    );
    let agreed = kim.post(&path, &[("do", "agree")]);
    assert!(words(&agreed.html).contains("A guest can read it until"), "{}", words(&agreed.html));
    kim.hand_to(&mut robin);
    robin.now = kim.now;
    assert!(words(&robin.get(&path).html).contains("A guest can read it until"));
    let ended = robin.post(&path, &[("do", "end")]);
    assert!(words(&ended.html).contains("This sheet has ended"));
    robin.hand_to(&mut kim);
    assert!(kim.read(&path).contains("This sheet has ended"));
    assert!(!kim.get(&path).html.contains("A hidden card."));
}

#[test]
fn a_guest_needs_no_vault_and_is_told_when_a_link_is_not_whole() {
    let mut nobody = House::empty();
    assert!(nobody.read("/guest").contains("You need no account"));
    let wrong = nobody.post("/guest", &[("link", "https://relay.example/guest#g1.half")]);
    assert!(words(&wrong.html).contains("not a whole link"));
}
