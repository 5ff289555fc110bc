//! Every tool of every step can be filled in and sent, and makes the event it should.

use amends_tools::{Kind, Tool, all_tools};

use super::{Form, name, open, send, tags};
use crate::house::House;

/// Answers where something that merely fits is not enough: (tool, field, value).
const ANSWERS: &[(&str, &str, &str)] = &[
    ("contact/send", "kind", "line"),
    ("contact/pace", "to_minute", "21:00"),
    ("contact/close-topics", "topics", "money"),
    ("contact/mute", "kinds", "line"),
    ("honesty/promise", "content.review_on", "2026-12-04"),
    ("honesty/offer", "until", "2026-12-20"),
    ("communication/propose-talk", "first", "2026-11-29"),
    ("communication/cancel-talk", "day", "2026-11-28"),
    ("communication/talk-point", "day", "2026-11-28"),
    ("activities/invite", "start", "2026-11-28T10:00"),
    ("activities/invite-topic-free", "start", "2026-11-28T10:00"),
    // The weekly talk of the couple is on Tuesdays.
    ("activities/invite-topic-free", "topic_free.day", "2026-11-24"),
    ("activities/other-time", "start", "2026-11-28T12:00"),
    ("patience/share-chart", "from", "2026-10-01"),
    ("patience/share-chart", "item", "words_matched"),
    ("communication/letter", "purpose", "to_send"),
    ("communication/send-on-a-day", "opens_at", "2026-11-28T10:00"),
];

/// What makes a tool possible, where the couple has nothing for it: written before, by (robin, kim).
fn prepare(key: &str, robin: &mut House, kim: &mut House) {
    let (from, to, path) = match key {
        "change/tell-slip" => return fill_and_send(robin, "/step/change/slip"),
        "responsibility/deliver" => return write_one_section(robin),
        "needs/request" => return fill_and_send(kim, "/step/needs/share"),
        "perspective/back" => (kim, robin, "/step/perspective/pause"),
        "listening/give-back" => {
            fill_and_send(kim, "/step/listening/round");
            fill_and_send(kim, "/step/listening/say");
            return kim.hand_to(robin);
        }
        "listening/say" => (kim, robin, "/step/listening/round"),
        "listening/tap" => {
            prepare("listening/give-back", robin, kim);
            (robin, kim, "/step/listening/give-back")
        }
        "responsibility/answer" => (kim, robin, "/step/responsibility/question"),
        "needs/answer" => {
            fill_and_send(kim, "/step/needs/share");
            fill_and_send(kim, "/step/needs/request");
            return kim.hand_to(robin);
        }
        "honesty/respond" => {
            fill_and_send(robin, "/step/honesty/report");
            return robin.hand_to(kim);
        }
        "honesty/end-offer" => (robin, kim, "/step/honesty/offer"),
        "communication/recall"
        | "communication/open-letter"
        | "communication/hold"
        | "communication/return" => {
            fill_and_send(robin, "/step/communication/letter");
            robin.wait(86_400_000);
            kim.wait(86_400_000);
            (robin, kim, "/step/communication/send")
        }
        "communication/send-on-a-day" => {
            fill_and_send(robin, "/step/communication/letter");
            return robin.wait(86_400_000);
        }
        "communication/ask-half" | "communication/give-half" => {
            prepare("communication/send-on-a-day", robin, kim);
            fill_and_send(robin, "/step/communication/send-on-a-day");
            robin.hand_to(kim);
            robin.wait(10 * 86_400_000);
            return kim.wait(10 * 86_400_000);
        }
        "communication/agree-guest" => (robin, kim, "/step/communication/offer-guest"),
        "communication/agree-talk" => (kim, robin, "/step/communication/propose-talk"),
        "activities/accept" | "activities/other-time" | "activities/withdraw" => {
            (robin, kim, "/step/activities/invite")
        }
        "gratitude/chore-done" | "gratitude/chore-drop" => (robin, kim, "/step/gratitude/chore"),
        "patience/send-closing" => return fill_and_send(robin, "/step/patience/closing"),
        "patience/stop-chart" => return fill_and_send(kim, "/step/patience/share-chart"),
        "incident/same" => return fill_and_send(robin, "/step/incident/open"),
        _ => return,
    };
    fill_and_send(from, path);
    from.hand_to(to);
}

/// A disclosure that says no more than its reader asked for.
fn write_one_section(house: &mut House) {
    let mut form = open(house, "/step/responsibility/page");
    form.set("fields.what.headline", "I had a card you did not know about.");
    form.set("fields.what.facts", "I hid the letters in my desk.");
    assert!(send(house, &form).path.starts_with("/entry/"));
}

fn fill_and_send(house: &mut House, path: &str) {
    if let Err(said) = try_to_send(house, path, &path[6..]) {
        panic!("{path}: {said}");
    }
}

/// Fills a form in and sends it; answers questions with yes. What the page says if it was not written.
fn try_to_send(house: &mut House, path: &str, key: &str) -> Result<(), String> {
    let before = house.events().len();
    let html = house.get(path).html;
    let Some(mut form) = Form::find(&html, "tool") else { return Err(crate::words(&html)) };
    for (_, field, value) in ANSWERS.iter().filter(|(tool, ..)| *tool == key) {
        form.set(field, value);
    }
    form.fill();
    let mut answer = send(house, &form);
    for _ in 0..3 {
        if house.events().len() > before {
            return Ok(());
        }
        let Some(pass) =
            tags(&answer.html).into_iter().find(|tag| tag.name == "button" && tag.get("name") == "_ok")
        else {
            break;
        };
        let form = Form::find(&answer.html, "tool").ok_or("the form went away")?;
        answer = house.post(&form.action, &form.sent(("_ok", pass.get("value"))));
    }
    if house.events().len() > before {
        return Ok(());
    }
    let alerts = answer.html.split("role=\"alert\"").skip(1).map(|part| part[1..].split("</section>").next());
    let said: Vec<String> =
        alerts.flatten().map(|part| crate::words(&part.chars().take(600).collect::<String>())).collect();
    Err(format!("{said:?}"))
}

#[test]
fn every_tool_can_be_filled_in_and_sent_and_makes_its_event() {
    let mut failed = Vec::new();
    let mut together = House::couple();
    for (slug, tool) in all_tools() {
        let key = format!("{slug}/{}", tool.name);
        // Where the couple, as it is by now, has nothing for a tool, another one is prepared for it.
        if key != CLOSES && works(slug, tool, &key, &mut together).is_ok() {
            continue;
        }
        let mut couple = House::couple();
        prepare(&key, &mut couple.0, &mut couple.1);
        if let Err(said) = works(slug, tool, &key, &mut couple) {
            failed.push(format!("{key}: {said}"));
        }
    }
    assert!(failed.is_empty(), "{} tools:\n{}", failed.len(), failed.join("\n"));
}

/// Afterwards hardly any tool is open.
const CLOSES: &str = "contact/close";

/// A tool belongs to who did it or to who was hurt; some are for a person alone.
fn works(slug: &str, tool: &Tool, key: &str, couple: &mut (House, House)) -> Result<(), String> {
    let mut said = Vec::new();
    for house in [&mut couple.0, &mut couple.1] {
        let before = house.events().len();
        match try_to_send(house, &format!("/step/{key}"), key) {
            Ok(()) => {
                let made: Vec<_> = house.events()[before..].iter().map(name).collect();
                let wanted = format!("{}/{}", tool.area.unwrap_or(slug), tool.event);
                assert!(made.contains(&wanted), "{key} makes {made:?}");
                return Ok(());
            }
            Err(words) => said.push(words),
        }
    }
    Err(said.join(" | "))
}

#[test]
fn every_control_of_every_tool_has_a_label() {
    let (mut robin, _) = House::couple();
    for (slug, tool) in all_tools() {
        let path = format!("/step/{slug}/{}", tool.name);
        let html = robin.get(&path).html;
        assert_labels(&html, &path);
    }
}

fn assert_labels(html: &str, path: &str) {
    let all = tags(html);
    let named: Vec<&str> = all.iter().filter(|tag| tag.name == "label").map(|tag| tag.get("for")).collect();
    let (mut in_label, mut fieldsets) = (0, Vec::new());
    for (index, tag) in all.iter().enumerate() {
        match tag.name.as_str() {
            "label" => in_label += 1,
            "/label" => in_label -= 1,
            "fieldset" => fieldsets.push(index),
            "/fieldset" => {
                fieldsets.pop();
            }
            "input" | "textarea" | "select" if tag.get("type") != "hidden" => {
                let by_id = !tag.get("id").is_empty() && named.contains(&tag.get("id"));
                assert!(by_id || in_label > 0, "{path}: {tag:?} has no label");
                if tag.get("type") == "radio" {
                    let group = fieldsets.last().unwrap_or_else(|| panic!("{path}: {tag:?} has no fieldset"));
                    assert_eq!(all[group + 1].name, "legend", "{path}: {tag:?}");
                    assert!(!all[group + 1].text.trim().is_empty(), "{path}: {tag:?}");
                }
            }
            _ => {}
        }
    }
    let ids: Vec<&str> = all.iter().map(|tag| tag.get("id")).filter(|id| !id.is_empty()).collect();
    let mut once = ids.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), ids.len(), "{path}: ids are not unique");
    for tag in &all {
        for id in tag.get("aria-describedby").split_whitespace() {
            assert!(ids.contains(&id), "{path}: nothing has the id {id}");
        }
    }
}

#[test]
fn opening_any_tool_changes_nothing() {
    let (mut robin, mut kim) = House::couple();
    for house in [&mut robin, &mut kim] {
        let before = house.disk.bytes();
        for (slug, tool) in all_tools() {
            let answer = house.get(&format!("/step/{slug}/{}", tool.name));
            assert_eq!((answer.status, answer.effects.len()), (200, 0), "{slug}/{}", tool.name);
            assert!(answer.html.contains("<title>Notes</title>"));
        }
        assert_eq!(house.disk.bytes(), before);
    }
}

#[test]
fn what_a_tool_asks_stands_on_its_form() {
    let (mut robin, _) = House::couple();
    let form = open(&mut robin, "/step/change/plan");
    for field in amends_tools::tool("change", "plan").expect("there is one").fields {
        if !matches!(field.kind, Kind::MaybeEntry(_)) {
            assert!(form.names().contains(&field.path), "{}: {:?}", field.path, form.names());
        }
    }
}
