//! Files as real calendars write them, bad files, and files of our own.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use amends_calendar::{
    ImportError, Imported, PlainEvent, Plan, Problem, Repeats, Window, Zone, export, import,
};
use proptest::prelude::*;

const HOUR: u64 = 3_600_000;
const DAY: u64 = 24 * HOUR;
/// 2026-11-01T00:00:00Z.
const NOVEMBER: u64 = 20_758 * DAY;

fn window() -> Window {
    Window { from: NOVEMBER, to: NOVEMBER + 61 * DAY }
}

fn berlin() -> Zone {
    "Europe/Berlin".parse().unwrap()
}

fn read(text: &str) -> Imported {
    import(text, window(), berlin()).unwrap()
}

fn of<'a>(found: &'a Imported, title: &str) -> Vec<&'a PlainEvent> {
    found.events.iter().filter(|event| event.title == title).collect()
}

/// Day of the window and hour, in UTC.
fn at(event: &PlainEvent) -> (u64, f64) {
    let since = event.start - NOVEMBER;
    (since / DAY, (since % DAY) as f64 / HOUR as f64)
}

fn one(lines: &str) -> String {
    format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:x\r\nSUMMARY:x\r\n{lines}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
}

#[test]
fn weekly_events_come_with_their_exceptions_and_moves() {
    let found = read(include_str!("files/google.ics"));
    let choir: Vec<_> = of(&found, "Choir").into_iter().map(at).collect();
    // Tuesdays at 19:00 in winter; the 17th is left out, the 24th was moved, nothing after the 15th of December.
    assert_eq!(choir, [(2, 18.0), (9, 18.0), (30, 18.0), (37, 18.0), (44, 18.0)]);
    let moved = of(&found, "Choir (moved)");
    assert_eq!(moved.iter().map(|event| at(event)).collect::<Vec<_>>(), [(24, 19.0)]);
    assert_eq!((moved[0].end - moved[0].start, moved[0].place.as_str()), (HOUR * 3 / 2, "Chapel"));
    assert_eq!(of(&found, "Choir")[0].place, "School hall, Oak Street 4");
    assert!(of(&found, "Called off").is_empty());
    assert_eq!(found.skipped, []);
}

#[test]
fn whole_days_follow_the_home_zone() {
    let found = read(include_str!("files/google.ics"));
    let off = of(&found, "Days off")[0];
    assert!(off.all_day);
    assert_eq!((at(off), off.end - off.start), ((52, 23.0), 3 * DAY));
}

#[test]
fn zones_of_other_makers_and_folded_lines_are_understood() {
    let found = read(include_str!("files/outlook.ics"));
    assert_eq!(found.events.len(), 1);
    let dinner = &found.events[0];
    assert_eq!(at(dinner), (18, 17.5));
    assert_eq!(dinner.end - dinner.start, HOUR * 9 / 2);
    assert_eq!(
        dinner.title,
        "Team dinner with a title that is long enough to be folded by the program that wrote it"
    );
}

#[test]
fn lengths_other_zones_and_floating_times_are_understood() {
    let found = read(include_str!("files/apple.ics"));
    let bank = of(&found, "Bank; with Sam");
    assert_eq!(bank.iter().map(|event| at(event)).collect::<Vec<_>>(), [(1, 13.0), (36, 13.0)]);
    assert_eq!(bank[0].end - bank[0].start, HOUR * 3 / 4);
    let run = of(&found, "Run")[0];
    assert_eq!((at(run), run.end), ((17, 6.5), run.start));
    assert!(of(&found, "Not an event").is_empty());
}

#[test]
fn a_repetition_keeps_its_local_hour_over_the_change_of_the_clock() {
    let text = one("DTSTART;TZID=Europe/Berlin:20260925T080000\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY");
    let before = Window { from: NOVEMBER - 40 * DAY, to: NOVEMBER + 10 * DAY };
    let found = import(&text, before, berlin()).unwrap();
    let hours: Vec<_> = found.events.iter().map(|event| event.start % DAY / HOUR).collect();
    assert_eq!(hours, [6, 6, 6, 6, 6, 7, 7]);
}

#[test]
fn a_repetition_in_utc_stays_in_utc() {
    let found =
        read(&one("DTSTART:20261103T120000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;UNTIL=20261117T120000Z"));
    assert_eq!(found.events.iter().map(at).collect::<Vec<_>>(), [(2, 12.0), (9, 12.0), (16, 12.0)]);
    let bare =
        read(&one("DTSTART:20261103T120000Z\r\nRRULE:FREQ=WEEKLY;UNTIL=20261110\r\nEXDATE:20261103T120000Z"));
    assert_eq!(bare.events.iter().map(at).collect::<Vec<_>>(), [(9, 12.0)]);
}

#[test]
fn old_rules_reach_the_window_and_endless_ones_end() {
    let found = read(&one("DTSTART:20100101T120000Z\r\nRRULE:FREQ=DAILY"));
    assert_eq!(found.events.len(), 61);
    let found = read(&one("DTSTART:20261101T000000Z\r\nRRULE:FREQ=SECONDLY"));
    assert!(found.more);
    assert_eq!(found.skipped[0].problem, Problem::TooOften);
    let found = read(&one("DTSTART:20261101T000000Z\r\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"));
    assert!(found.events.len() <= 1);
}

#[test]
fn bad_files_are_clear_errors() {
    let error = |text: &str| import(text, window(), berlin()).unwrap_err();
    assert_eq!(error(""), ImportError::NotACalendar);
    assert_eq!(error("Dear diary,\nnothing happened.\n"), ImportError::NotACalendar);
    assert_eq!(error("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Sam\r\nEND:VCARD\r\n"), ImportError::NotACalendar);
    assert_eq!(error("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:x\r\n"), ImportError::CutOff);
    assert_eq!(error(&"x".repeat(9 * 1024 * 1024)), ImportError::TooLarge);
    let text = one("DTSTART:20261101T000000Z");
    let empty = Window { from: 5, to: 5 };
    assert_eq!(import(&text, empty, berlin()), Err(ImportError::BadWindow));
    assert_eq!(import(&text, Window { from: 0, to: u64::MAX }, berlin()), Err(ImportError::BadWindow));
}

#[test]
fn a_bad_event_does_not_stop_the_others() {
    let text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n\
        BEGIN:VEVENT\r\nUID:a\r\nSUMMARY:no date\r\nEND:VEVENT\r\n\
        BEGIN:VEVENT\r\nUID:b\r\nSUMMARY:far\r\nDTSTART:00010101T000000Z\r\nEND:VEVENT\r\n\
        BEGIN:VEVENT\r\nUID:c\r\nSUMMARY:good\r\nDTSTART:20261110T100000Z\r\nEND:VEVENT\r\n\
        END:VCALENDAR\r\n";
    let found = read(text);
    assert_eq!(found.events.len(), 1);
    let skipped: Vec<_> =
        found.skipped.iter().map(|skipped| (skipped.title.as_str(), skipped.problem)).collect();
    assert_eq!(skipped, [("no date", Problem::NoDate), ("far", Problem::FarAway)]);
}

#[test]
fn what_is_written_reads_back_the_same() {
    let start = NOVEMBER + 3 * DAY + 18 * HOUR;
    let talk = Plan {
        uid: "talk-1@amends".into(),
        start,
        minutes: 40,
        title: "Talk, the two of us; at home".into(),
        place: "Küche ".repeat(20),
        repeats: Repeats::Weekly {
            zone: berlin(),
            left_out: vec![start + 14 * DAY],
            until: Some(start + 35 * DAY),
        },
    };
    let walk = Plan {
        uid: "plan-2@amends".into(),
        start: NOVEMBER + 10 * HOUR,
        minutes: 90,
        title: "Walk".into(),
        place: String::new(),
        repeats: Repeats::Once,
    };
    let file = export(&[talk.clone(), walk], NOVEMBER);
    assert!(file.lines().all(|line| line.len() <= 75), "{file}");
    assert!(file.contains("BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\n"));
    let found = read(&file);
    let days: Vec<_> = of(&found, "Talk, the two of us; at home").into_iter().map(at).collect();
    assert_eq!(days, [(3, 18.0), (10, 18.0), (24, 18.0), (31, 18.0), (38, 18.0)]);
    assert_eq!(found.events[1].place, talk.place.trim());
    assert_eq!(of(&found, "Walk")[0].end, NOVEMBER + 23 * HOUR / 2);
    assert_eq!(
        export(std::slice::from_ref(&talk), NOVEMBER),
        export(&[talk], NOVEMBER),
        "the same names every time"
    );
}

#[test]
fn a_weekly_talk_keeps_its_local_hour_in_the_file() {
    let plan = Plan {
        uid: "t".into(),
        start: NOVEMBER - 35 * DAY + 17 * HOUR,
        minutes: 30,
        title: "t".into(),
        place: String::new(),
        repeats: Repeats::Weekly { zone: berlin(), left_out: vec![], until: None },
    };
    let found = read(&export(&[plan], 0));
    assert!(found.events.iter().all(|event| event.start % DAY == 18 * HOUR));
}

#[test]
fn words_cannot_break_out_of_their_line() {
    let plan = Plan {
        uid: "t".into(),
        start: NOVEMBER,
        minutes: 30,
        title: "a\r\nATTENDEE:mailto:x@example.org\nEND:VEVENT".into(),
        place: "b\u{7}".into(),
        repeats: Repeats::Once,
    };
    let file = export(&[plan], 0);
    assert!(!file.contains("\r\nATTENDEE") && !file.contains("\nEND:VEVENT\r\nLOCATION"));
    assert_eq!(read(&file).events.len(), 1);
}

fn mutated() -> impl Strategy<Value = String> {
    let files = [
        include_str!("files/google.ics"),
        include_str!("files/outlook.ics"),
        include_str!("files/apple.ics"),
    ];
    let piece = prop_oneof![
        Just("RRULE:FREQ=YEARLY;INTERVAL=65535;BYSETPOS=-1;BYDAY=-53MO"),
        Just("RRULE:FREQ=MINUTELY;COUNT=4294967295"),
        Just("RRULE:FREQ=WEEKLY;BYWEEKNO=53;BYYEARDAY=366,-366;UNTIL=00000000"),
        Just("RECURRENCE-ID;RANGE=THISANDFUTURE:20261103T180000Z"),
        Just("DURATION:-P99999999999W"),
        Just("DURATION:P4294967295DT4294967295S"),
        Just("DTSTART:99991231T235959Z"),
        Just("DTSTART:22001231T235959Z"),
        Just("DTSTART:20261325T256199"),
        Just("DTEND;TZID=Nowhere/Land:20200101T000000"),
        Just("RDATE;VALUE=PERIOD:20261103T180000Z/P1000000000W"),
        Just("EXDATE:,,,;;::"),
        Just("BEGIN:VEVENT"),
        Just("END:VCALENDAR"),
        Just("\u{feff}BEGIN:VCALENDAR"),
        Just("SUMMARY;ENCODING=QUOTED-PRINTABLE:=C3=28=\u{1F600}"),
    ];
    (
        prop::sample::select(files.to_vec()),
        proptest::collection::vec((any::<prop::sample::Index>(), piece, any::<bool>()), 1..12),
    )
        .prop_map(|(file, changes)| {
            let mut lines: Vec<&str> = file.lines().collect();
            for (place, piece, replaces) in changes {
                let place = place.index(lines.len());
                if replaces { lines[place] = piece } else { lines.insert(place, piece) }
            }
            lines.join("\r\n")
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn damaged_files_never_panic(text in mutated()) {
        if let Ok(found) = import(&text, window(), berlin()) {
            prop_assert!(found.events.iter().all(|event| event.start <= event.end));
            prop_assert!(found.events.iter().all(|event| event.start < window().to && event.end >= window().from));
        }
    }

    #[test]
    fn any_text_never_panics(text in any::<String>(), middle in "[A-Z;:=,0-9TZ\r\n ]{0,200}") {
        let _ = import(&text, window(), berlin());
        let _ = import(&one(&middle), window(), berlin());
    }

    #[test]
    fn cut_files_never_panic(cut in any::<prop::sample::Index>()) {
        let file = include_str!("files/google.ics");
        let _ = import(&file[..cut.index(file.len())], window(), berlin());
    }

    #[test]
    fn any_plan_is_written_and_read(start in 0..4_000_000_000_000_u64, minutes in 1..600_u16, title in "\\PC{0,80}") {
        let plan = Plan { uid: "p".into(), start, minutes, title: title.clone(), place: String::new(), repeats: Repeats::Once };
        let file = export(&[plan], start);
        let around = Window { from: start.saturating_sub(DAY), to: start + DAY };
        let found = import(&file, around, berlin()).unwrap();
        prop_assert_eq!(found.events.len(), 1);
        prop_assert_eq!(found.events[0].start, start / 1000 * 1000);
        prop_assert_eq!(&found.events[0].title, title.trim());
    }
}
