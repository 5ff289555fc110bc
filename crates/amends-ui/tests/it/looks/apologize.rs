//! Method 2: reasons with choices, plans, the apology, promises.

use amends_domain::apologize::{change, honesty};
use amends_domain::event::Body;
use amends_ui::{Request, Upload};

use super::{count, last, name};
use crate::house::House;
use crate::words;

#[test]
fn a_reason_without_a_choice_is_marked() {
    let mut house = House::solo();
    house.post("/look/explanation", &[("do", "save"), ("reason-0", "I was tired."), ("choice-0", "")]);
    let page = house.read("/look/explanation");
    assert!(page.contains("A reason stands here without a choice") && page.contains("I was tired."));
    house.post(
        "/look/explanation",
        &[("do", "save"), ("reason-0", "I was tired."), ("choice-0", "I chose to lie.")],
    );
    assert!(!house.read("/look/explanation").contains("A reason stands here without a choice"));
}

#[test]
fn the_reader_gets_two_columns() {
    let (_, mut kim) = House::couple();
    let html = kim.get("/look/explanation").html;
    assert!(words(&html).contains("What they told you"));
    assert!(html.contains("<td>I was ashamed of the first bill.</td>"));
    assert!(html.contains("<td>I chose to hide it instead of telling you.</td>"));
}

#[test]
fn looking_at_the_words_keeps_them_on_the_page_and_nowhere_else() {
    let mut house = House::solo();
    let fields = [("do", "save"), ("look", "yes"), ("wanted", "I am sorry if I hurt you.")];
    let answer = house.post("/look/explanation", &fields);
    assert!(answer.html.contains("I am sorry if I hurt you."));
    assert!(answer.html.contains("data-check=\""), "a hint stands beside it");
    assert_eq!(count(&house), 0);
}

#[test]
fn the_map_shows_each_trigger_with_its_plan() {
    let (mut robin, _) = House::couple();
    let page = robin.read("/look/change");
    assert!(
        page.contains("The days after pay day") && page.contains("an offer for a card comes in the post")
    );
    let plan = robin.vault().state().world().change.plans.iter().next().unwrap().0;
    robin.post("/look/change", &[("do", "rehearse"), ("entry", &name(plan))]);
    assert_eq!(robin.vault().state().world().change.rehearsed(plan), 2);
}

#[test]
fn the_weekly_look_keeps_what_was_said_and_calls_gaps_neutral() {
    let (mut robin, _) = House::couple();
    let plan = robin.vault().state().world().change.plans.iter().next().unwrap().0;
    let page = robin.read("/look/change/week");
    assert!(page.contains("It came, and the plan held") && page.contains("One letter came. It is gone."));
    let field = format!("plan-{}", name(plan));
    robin.post("/look/change/week", &[("do", "keep"), ("week", "2026-11-16"), (&field, "not")]);
    let read = robin.read("/look/change/week");
    assert!(read.contains("the plan did not hold") && read.contains("It means nothing"));
    let nothing = robin.post("/look/change/week", &[("do", "keep"), ("week", "2026-11-16")]);
    assert!(words(&nothing.html).contains("Nothing was chosen"));
}

const CALENDAR: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n\
    BEGIN:VEVENT\r\nUID:a@example.org\r\nDTSTART:20261127T180000Z\r\nSUMMARY:Bonus dinner\r\nEND:VEVENT\r\n\
    BEGIN:VEVENT\r\nUID:b@example.org\r\nDTSTART:20261128T180000Z\r\nSUMMARY:Dentist\r\nEND:VEVENT\r\n\
    END:VCALENDAR\r\n";

fn upload(text: &str) -> Request {
    let files = vec![Upload { field: "calendar".to_owned(), bytes: text.as_bytes().to_vec() }];
    Request { files, ..Request::post("/look/change/calendar", &[("do", "read"), ("zone", "Europe/Berlin")]) }
}

#[test]
fn events_that_touch_a_trigger_get_their_mark_and_four_questions() {
    let (mut robin, _) = House::couple();
    let before = count(&robin);
    let answer = robin.ask(&upload(CALENDAR));
    let read = words(&answer.html);
    assert!(read.contains("Bonus dinner") && !read.contains("Dentist"));
    assert!(read.contains("This touches:") && read.contains("The days after pay day"));
    for question in ["I am not alone with", "Who comes along", "How I leave", "Whom I tell"] {
        assert!(read.contains(question), "{question}");
    }
    assert_eq!(count(&robin), before, "reading a file keeps nothing");
    let field = |name: &str| {
        let mark = format!("name=\"{name}-0\" value=\"");
        answer.html.split(&mark).nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned()
    };
    let fields: Vec<(String, String)> = ["uid", "start", "title", "trigger"]
        .into_iter()
        .map(|name| (format!("{name}-0"), field(name)))
        .chain([("do".into(), "keep".into()), ("comes-0".into(), "Sam".into())])
        .collect();
    let kept = robin.ask(&Request { fields, ..Request::post("/look/change/calendar", &[]) });
    assert!(words(&kept.html).contains("27 November 2026"), "it stands among the days to come");
    let check = last(&robin, |body| matches!(body, Body::Change(change::Event::EventCheck(_))));
    assert_eq!(robin.vault().state().world().change.checks.get(check).unwrap().text.current.who_comes, "Sam");
}

#[test]
fn a_file_that_is_no_calendar_says_so() {
    let (mut robin, _) = House::couple();
    assert!(words(&robin.ask(&upload("hello")).html).contains("This is not a calendar file"));
    let cut = &CALENDAR[..CALENDAR.len() - 16];
    assert!(words(&robin.ask(&upload(cut)).html).contains("ends in the middle"));
    let none = robin.post("/look/change/calendar", &[("do", "read")]);
    assert!(words(&none.html).contains("No file was chosen"));
}

#[test]
fn the_apology_stands_in_its_order_with_the_missing_parts_marked() {
    let mut house = House::solo();
    house.post("/look/honesty", &[("do", "save"), ("repair", "I pay it back, 200 a month.")]);
    let page = house.read("/look/honesty");
    let places: Vec<usize> = [
        "What I did, and that it was my doing",
        "What I do to make good",
        "That I am sorry",
        "Why, without excuse",
    ]
    .iter()
    .map(|part| page.find(part).unwrap())
    .collect();
    assert!(places.is_sorted());
    assert_eq!(page.matches("This part is still empty").count(), 4);
    assert!(page.contains("Asking to be forgiven is not a part"));
}

#[test]
fn three_promises_are_open_at_most() {
    let (mut robin, _) = House::couple();
    let promise = |robin: &mut House, text: &str| {
        robin.post(
            "/look/honesty/promises",
            &[("do", "promise"), ("text", text), ("review", "2026-12-20"), ("keep", "yes")],
        )
    };
    promise(&mut robin, "I show you the statement on Sunday.");
    promise(&mut robin, "I call the bank on Monday.");
    let full = promise(&mut robin, "I cook on Tuesday.");
    assert!(words(&full.html).contains("Three promises are open"));
    assert!(!robin.get("/look/honesty/promises").html.contains("name=\"review\""), "the form is gone");
}

#[test]
fn who_promised_reports_first_and_the_other_may_answer_once() {
    let (mut robin, mut kim) = House::couple();
    let me = robin.vault().me();
    let open = robin.vault().state().world().honesty.open_promises(me).next().unwrap().0;
    assert!(
        !kim.get("/look/honesty/promises").html.contains("name=\"outcome\""),
        "only who promised reports"
    );
    robin.post("/look/honesty/promises", &[("do", "report"), ("entry", &name(open)), ("outcome", "missed")]);
    robin.hand_to(&mut kim);
    assert!(kim.read("/look/honesty/promises").contains("What they say became of it"));
    kim.post("/look/honesty/promises", &[("do", "respond"), ("entry", &name(open)), ("response", "confirm")]);
    let page = kim.read("/look/honesty/promises");
    assert!(!page.contains("What they say became of it") && page.contains("I saw it too"));
}

#[test]
fn twelve_weeks_are_a_picture_and_a_table_without_a_sum() {
    let (mut robin, _) = House::couple();
    let html = robin.get("/look/honesty/promises").html;
    let read = words(&html);
    assert!(html.contains("<svg") && read.contains("Kept") && read.contains("Nothing is counted"));
    assert!(!read.contains('%'));
}

#[test]
fn changing_a_promise_needs_new_words_and_a_day() {
    let (mut robin, _) = House::couple();
    let me = robin.vault().me();
    let open = robin.vault().state().world().honesty.open_promises(me).next().unwrap().0;
    let (text, day) = (format!("text-{}", open.seq), format!("day-{}", open.seq));
    let fields =
        [("do", "report"), ("entry", &name(open)), ("outcome", "renegotiated"), (&text, "I ask before 80.")];
    let no_day = robin.post("/look/honesty/promises", &fields);
    assert!(words(&no_day.html).contains("The day is missing"));
    robin.post("/look/honesty/promises", &[fields.as_slice(), &[(&day, "2026-12-24")]].concat());
    assert_eq!(robin.vault().state().world().honesty.promise(open).unwrap().promise.text, "I ask before 80.");
    let report = last(&robin, |body| matches!(body, Body::Honesty(honesty::Event::Report { .. })));
    assert!(robin.vault().state().event(report).is_some());
}
