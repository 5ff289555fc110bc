//! The clock on the wall of who looks: which week one looks back on, and times of calendar files in and out.

use amends_domain::event::Body;
use amends_domain::id::{HOUR, Millis};
use amends_domain::prove::communication;
use amends_ui::{Request, Upload, Zone};

use super::{last, name};
use crate::house::House;
use crate::words;

/// A Monday in November 2026, midnight UTC; the week that just ended began on the 16th.
const MONDAY: Millis = Millis(1_795_392_000_000);
const WEEKLY: [&str; 2] = ["/look/patience/controlled", "/step/patience/controlled"];

fn zone(name: &str) -> Zone {
    name.parse().expect("there is such a zone")
}

/// Somebody who did harm, with a clock that shows so many hours after that Monday's midnight.
fn doer_at(zone: Zone, hours: i64) -> House {
    let mut house = House::solo();
    house.zone = Some(zone);
    let offset = i64::from(zone.offset_minutes(MONDAY.0)) * 60_000;
    house.now = Millis(MONDAY.0.saturating_add_signed(hours * HOUR as i64 - offset));
    house.post("/incident/new", &[("kind", "money"), ("role", "involved_partner"), ("title", "The card")]);
    house
}

fn chosen(house: &mut House, path: &str) -> String {
    let html = house.get(path).html;
    let option = html.split("<option").find(|part| part.contains(" selected")).unwrap_or_default();
    words(&format!("<option{}", option.split("</option").next().unwrap_or_default())).trim().to_owned()
}

#[test]
fn the_week_that_just_ended_is_offered_until_the_monday_night_is_over() {
    for place in ["Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Auckland", "UTC"] {
        for (hours, wanted) in [
            (-4, "This week: 16 to 22 November"),
            (0, "Last week: 16 to 22 November"),
            (9, "Last week: 16 to 22 November"),
            (23, "Last week: 16 to 22 November"),
            (26, "Last week: 16 to 22 November"),
            (29, "This week: 23 to 29 November"),
        ] {
            let mut house = doer_at(zone(place), hours);
            for path in WEEKLY {
                assert_eq!(chosen(&mut house, path), wanted, "{place}, {hours} hours, {path}");
            }
            let today = house.read("/");
            assert!(today.contains(wanted), "{place}, {hours} hours: {today}");
        }
    }
}

#[test]
fn a_week_that_was_looked_at_on_monday_is_done_and_the_next_one_is_not_asked_for_on_the_same_day() {
    let mut house = doer_at(zone("Europe/Berlin"), 21);
    let line = "Three short lines about your own week";
    assert!(house.read("/").contains(line));
    let fields =
        [("do", "keep"), ("week", "2026-11-16"), ("wrote", "yes"), ("told", "no"), ("listened", "partly")];
    house.post("/look/patience/controlled", &fields);
    assert!(!house.read("/").contains(line), "it is done");
    assert_eq!(chosen(&mut house, WEEKLY[0]), "This week: 23 to 29 November");
    house.wait(8 * HOUR);
    assert!(house.read("/").contains(line), "the week that goes on can be looked at from Tuesday");
}

fn calendar(at: &str) -> Vec<u8> {
    let event = format!("BEGIN:VEVENT\r\nUID:{at}\r\nDTSTART:{at}\r\nSUMMARY:Bonus dinner\r\nEND:VEVENT\r\n");
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{event}END:VCALENDAR\r\n").into_bytes()
}

#[test]
fn a_calendar_file_is_read_by_the_clock_of_the_device_also_after_the_clocks_change() {
    let (mut robin, _) = House::couple();
    robin.zone = Some(zone("Europe/Berlin"));
    // In the middle of March: the clocks go forward on the 28th.
    robin.now = Millis(1_805_000_000_000);
    assert!(robin.get("/look/change/calendar").html.contains("value=\"Europe/Berlin\""));
    for field in ["Europe/Berlin", ""] {
        for (at, seen) in [
            ("20270320T190000", "20 March 2027, 19:00"),
            ("20270320T180000Z", "20 March 2027, 19:00"),
            ("20270402T190000", "2 April 2027, 19:00"),
            ("20270402T180000Z", "2 April 2027, 20:00"),
        ] {
            let files = vec![Upload { field: "calendar".to_owned(), bytes: calendar(at) }];
            let fields = [("do", "read"), ("zone", field)];
            let asked = Request { files, ..Request::post("/look/change/calendar", &fields) };
            let page = words(&robin.ask(&asked).html);
            assert!(page.contains(seen), "{at}, {field:?}: {page}");
        }
    }
}

#[test]
fn the_file_of_the_talk_follows_the_clock_of_the_device() {
    let (_, mut kim) = House::couple();
    kim.zone = Some(zone("Europe/Berlin"));
    let talk = last(&kim, |body| matches!(body, Body::Communication(communication::Event::ProposeTalk(_))));
    let path = format!("/look/communication/talk/{}", name(talk));
    let page = kim.get(&path).html;
    assert!(page.contains("value=\"Europe/Berlin\""));
    let shown = words(&page);
    for fields in [&[("do", "file"), ("zone", "")][..], &[("do", "file"), ("zone", "Europe/Berlin")]] {
        let file = kim.post(&path, fields).file.unwrap();
        let text = String::from_utf8(file.bytes).unwrap();
        let start = text.split("DTSTART;TZID=Europe/Berlin:").nth(1).unwrap();
        let (hour, minute) = (&start[9..11], &start[11..13]);
        assert!(
            shown.contains(&format!("{hour}:{minute}")),
            "{hour}:{minute} is what the page says: {shown}"
        );
    }
}
