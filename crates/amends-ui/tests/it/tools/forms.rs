//! What a form does with wrong values, refusals, lines and begun work.

use amends_domain::admit::responsibility::{self, Disclosure, Section};
use amends_domain::event::Space;
use amends_domain::id::{Day, Millis};
use amends_domain::versions::Save;
use amends_messages::{Locale, Messages};
use amends_tools::{Field, Kind, Moment, Possible, all_tools, closed};

use super::{Form, open, send};
use crate::house::House;
use crate::words;

fn again(answer: &amends_ui::Answer) -> Form {
    Form::find(&answer.html, "tool").expect("the form is shown again")
}

/// Words with one space between them.
fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_wrong_value_loses_nothing_and_is_named_at_its_field_and_above() {
    let (mut robin, _) = House::couple();
    let before = robin.events().len();
    let mut form = open(&mut robin, "/step/communication/propose-talk");
    form.set("stop_word", "harbor \"two\" <b>");
    form.set("first", "2026-02-31");
    form.set("length", "900");
    let answer = send(&mut robin, &form);
    let back = again(&answer);
    assert_eq!(robin.events().len(), before);
    assert_eq!(back.value("stop_word"), "harbor \"two\" <b>");
    assert_eq!((back.value("first"), back.value("length")), ("2026-02-31", "900"));
    let text = words(&answer.html);
    assert!(text.contains("Choose a day.") && text.contains("Type a number from 15 to 90."), "{text}");
    assert!(answer.html.contains("href=\"#f-length\"") && answer.html.contains("id=\"wrong-length\""));
    assert!(answer.html.contains("aria-invalid=\"true\""));
}

#[test]
fn a_refusal_is_said_in_the_words_of_the_domain_with_the_form_still_filled_in() {
    let (mut robin, _) = House::couple();
    let mut form = open(&mut robin, "/step/contact/send");
    form.set("kind", "question");
    form.set("text", "Did you find the keys?");
    let answer = send(&mut robin, &form);
    assert!(words(&answer.html).contains("They do not want messages of this kind now."));
    assert_eq!(again(&answer).value("text"), "Did you find the keys?");
    assert_eq!(again(&answer).value("kind"), "question");
}

#[test]
fn a_letter_of_today_asks_for_a_nights_rest_and_goes_after_a_yes() {
    let (mut robin, _) = House::couple();
    let mut form = open(&mut robin, "/step/communication/letter");
    form.set("purpose", "to_send");
    form.set("text", "I put the statement on the table.");
    let entry = send(&mut robin, &form).path;
    let token = entry.trim_start_matches("/entry/").split('?').next().expect("a name").to_owned();
    let mut form = open(&mut robin, &format!("/step/communication/send?entry={token}"));
    form.fill();
    let before = robin.events().len();
    let asked = send(&mut robin, &form);
    assert!(words(&asked.html).contains("A night's rest comes first"));
    assert!(asked.html.contains("name=\"_ok\" value=\"rest\"") && words(&asked.html).contains("Not now"));
    assert_eq!(robin.events().len(), before);
    let back = again(&asked);
    robin.post(&back.action, &back.sent(("_ok", "rest")));
    assert_eq!(robin.events().len(), before + 1);
}

#[test]
fn before_something_goes_a_plain_line_says_who_reads_it_and_the_words_are_shown() {
    let (mut robin, _) = House::couple();
    assert!(robin.read("/step/perspective/share").contains("the other person can read it"));
    assert!(robin.read("/step/perspective/page").contains("Nobody else can read it"));
    // A promise goes where its incident is; with shared incidents only, that is sure.
    assert!(robin.read("/step/honesty/promise").contains("the other person can read it"));
    let mut form = open(&mut robin, "/step/perspective/share");
    form.fill();
    let look = robin.post(&form.action, &form.sent(("_do", "look")));
    assert!(words(&look.html).contains("You opened a letter from a bank we do not use."));
}

#[test]
fn lines_can_be_added_without_a_script() {
    let mut solo = House::solo();
    let mut form = open(&mut solo, "/step/explanation/page");
    form.set("rows.0.reason", "I was ashamed.");
    form.set("rows.0.choice", "I chose to hide it.");
    form.set("wanted", "To look good.");
    let more = again(&solo.post(&form.action, &form.sent(("_do", "add rows"))));
    assert_eq!(more.value("rows.0.reason"), "I was ashamed.");
    assert!(more.names().contains(&"rows.1.reason"));
    let mut more = more;
    more.set("rows.1.choice", "A choice without its reason");
    let wrong = again(&send(&mut solo, &more));
    assert_eq!(wrong.value("rows.1.choice"), "A choice without its reason");
    let mut right = wrong;
    right.set("rows.1.reason", "I was tired.");
    assert!(send(&mut solo, &right).path.starts_with("/entry/"));
    assert_eq!(solo.events().len(), 1);
}

#[test]
fn what_is_begun_is_kept_comes_back_and_goes_when_it_is_finished() {
    let mut solo = House::solo();
    let path = "/step/communication/letter";
    let mut form = open(&mut solo, path);
    form.set("text", "Dear Kim,\n\n  two lines: and a third\nend");
    form.set("purpose", "for_me");
    solo.post(&format!("{path}/keep"), &form.sent(("", "")));
    let mut back = open(&mut solo, path);
    assert_eq!(back.value("text"), "Dear Kim,\n\n  two lines: and a third\nend");
    assert_eq!(back.value("purpose"), "for_me");
    assert!(solo.read("/step/communication").contains("begun, and kept as far as you came"));
    assert!(solo.events().is_empty(), "what is begun is not an entry");
    back.set("text", "Done.");
    send(&mut solo, &back);
    assert_eq!(open(&mut solo, path).value("text"), "");
    let mut form = open(&mut solo, path);
    form.set("text", "Again");
    solo.post(&format!("{path}/keep"), &form.sent(("", "")));
    let answer = solo.post(&format!("{path}/keep"), &form.sent(("_do", "forget")));
    assert_eq!(again(&answer).value("text"), "");
}

#[test]
fn the_enter_key_sends_nothing() {
    let (mut robin, _) = House::couple();
    let html = robin.get("/step/contact/send").html;
    let form = html.split_once("id=\"tool\"").expect("a form").1;
    let first = form.split_once("<button").expect("a button").1;
    assert!(first.split_once('>').is_some_and(|(tag, _)| tag.contains("value=\"look\"")));
}

#[test]
fn a_disclosure_asks_when_only_where_something_has_its_time_and_takes_it_in_words() {
    let mut solo = House::solo();
    let mut form = open(&mut solo, "/step/responsibility/page");
    let asked: Vec<&str> = form
        .names()
        .into_iter()
        .filter(|name| name.ends_with(".when") || name.ends_with("known_by"))
        .collect();
    let wanted = ["fields.period.when", "fields.is_it_over.when", "fields.not_remembered.known_by"];
    assert_eq!(asked, wanted);
    assert_eq!(form.controls.iter().filter(|control| control.kind == "date").count(), 1);
    form.set("fields.period.when", "from spring 2023 to last week");
    let answer = send(&mut solo, &form);
    let text = spaced(&words(&answer.html));
    assert!(text.contains("When from spring 2023 to last week"), "{text}");
}

#[test]
fn a_disclosure_of_an_earlier_time_keeps_the_days_it_had() {
    let mut solo = House::solo();
    let money = responsibility::Field {
        section: Section::Money,
        headline: "I owe 4,000.".to_owned(),
        facts: String::new(),
        from: Some(Day(20_000)),
        to: None,
        known_by: Some(Day(20_100)),
        nothing: false,
        when: None,
    };
    let content = Disclosure { fields: vec![money], own_words: String::new() };
    let id = solo.write(responsibility::Event::Save(Save::new(None, content)));
    let entry = format!("/entry/{}", crate::looks::name(id));
    let text = spaced(&solo.read(&entry));
    assert!(text.contains("From 4 October 2024") && text.contains("Known by 12 January 2025"), "{text}");
    let token = entry.trim_start_matches("/entry/");
    let mut form = open(&mut solo, &format!("/step/responsibility/page?entry={token}"));
    assert_eq!(form.value("fields.money.from"), "2024-10-04");
    form.set("fields.money.headline", "I owe 4,200.");
    let text = spaced(&words(&send(&mut solo, &form).html));
    assert!(text.contains("4,200") && text.contains("From 4 October 2024"), "{text}");
    assert!(text.contains("Known by 12 January 2025"), "{text}");
}

#[test]
fn with_two_who_could_read_it_the_writer_is_asked_for_whom_it_is() {
    let (mut robin, _) = House::couple();
    let mut form = open(&mut robin, "/step/incident/open");
    form.set("kind", "money");
    form.set("title", "The loan");
    form.set("my_role", "involved_partner");
    let asked = send(&mut robin, &form);
    let text = words(&asked.html);
    assert!(text.contains("Something is missing") && text.contains("Choose one."), "{text}");
    assert!(asked.html.contains("href=\"#f-_space\""));
    let mut form = again(&asked);
    form.set("_space", "me");
    send(&mut robin, &form);
    assert_eq!(robin.events().last().map(|event| event.space), Some(Space::Private));
}

#[test]
fn a_closed_tool_is_no_link_and_says_why() {
    let mut solo = House::solo();
    let page = solo.get("/step/needs");
    assert!(!page.html.contains("href=\"/step/needs/share\""));
    let text = words(&page.html);
    assert!(text.contains("There is no partner here yet.") && text.contains("Show a need to your partner"));
    assert_eq!(text.matches("There is no partner here yet.").count(), 1, "said once for all that are closed");
    let form = solo.get("/step/needs/share");
    assert!(Form::find(&form.html, "tool").is_none());
    assert!(words(&form.html).contains("There is no partner here yet."));
    let before = solo.events().len();
    solo.post("/step/needs/share", &[("need", "1"), ("mark", "now"), ("_do", "send")]);
    assert_eq!(solo.events().len(), before);
}

#[test]
fn without_an_open_vault_a_tool_leads_to_the_door() {
    let mut solo = House::solo();
    solo.session.lock(crate::house::NOW);
    for path in ["/step/change/plan", "/entry/00-1"] {
        assert!(solo.get(path).html.contains("/door?next="), "{path}");
    }
    let text = solo.read("/step/change");
    assert!(text.contains("Make a plan: if this, then that") && text.contains("Open your vault"));
}

#[test]
fn a_time_of_day_is_the_one_on_the_wall_also_after_the_clocks_change() {
    let mut robin = House::solo();
    robin.zone = "Europe/Berlin".parse().ok();
    // A week before the clocks go back.
    robin.now = Millis(1_792_260_000_000);
    let fields = [
        ("title", "Team dinner"),
        ("start", "2026-10-30T19:30"),
        ("touches", ""),
        ("not_alone_with", "x"),
        ("who_comes", "y"),
        ("how_i_leave", "z"),
        ("whom_i_tell", "a friend"),
    ];
    let page = robin.get("/step/change/event-check");
    assert_eq!(
        page.html.matches("type=\"text\"").count(),
        5,
        "its name is asked for once, beside four answers"
    );
    let mut form = Form::find(&page.html, "tool").unwrap();
    for (name, value) in fields.into_iter().filter(|(_, value)| !value.is_empty()) {
        form.set(name, value);
    }
    let answer = send(&mut robin, &form);
    assert!(words(&answer.html).contains("30 October 2026, 19:30"), "{}", words(&answer.html));
    let kept = serde_json::to_string(&robin.events().last().unwrap().body).unwrap();
    // 18:30 UTC: an hour later than the offset of today would say.
    assert!(kept.contains("1793385000000"), "{kept}");
    assert!(kept.contains(r#""uid":"Team dinner""#), "it is known by its name: {kept}");
}

#[test]
fn a_tool_with_nothing_to_choose_says_what_will_be_there_and_is_not_offered() {
    let named = |role: &str| {
        let mut house = House::solo();
        house.post("/incident/new", &[("kind", "money"), ("role", role), ("title", "The card")]);
        house
    };
    let (robin, kim) = House::couple();
    for mut house in
        [House::solo(), named("involved_partner"), named("injured_partner"), named("both"), robin, kim]
    {
        let moment = Moment { now: house.now, utc_offset: 0 };
        for (slug, tool) in all_tools() {
            let path = format!("/step/{slug}/{}", tool.name);
            let html = house.get(&path).html;
            let page = words(&html);
            assert!(
                !page.contains("nothing to choose from") && !page.contains("First say what happened"),
                "{path}"
            );
            let state = house.vault().state();
            let Some(key) = Possible::new(state, moment).waits(slug, tool) else { continue };
            if closed(state, slug, tool, moment).is_some() {
                continue;
            }
            assert!(!html.contains("id=\"tool\""), "{path} has a form");
            let said = house.core.messages().text(&key);
            assert!(page.contains(&said), "{path} says {said:?}");
            let step = house.get(&format!("/step/{slug}")).html;
            assert!(!step.contains(&format!("href=\"{path}\"")), "{path} is offered");
        }
    }
}

#[test]
fn every_tool_that_may_wait_says_for_what() {
    let known = Messages::new(Locale::English);
    for (slug, tool) in all_tools() {
        let may_wait = |field: &Field| {
            matches!(field.kind, Kind::Entry(_) | Kind::Copy(..) | Kind::Activity | Kind::Points)
        };
        let key = format!("waits-{slug}-{}", tool.name);
        assert_eq!(tool.fields.iter().any(may_wait), known.has(&key), "{key}");
    }
}

/// What can only be done by the other one, or was done already, is not among the choices.
#[test]
fn only_what_can_be_taken_can_be_chosen() {
    let (mut robin, mut kim) = House::couple();
    let mut read = |path: &str| (robin.read(path), kim.read(path));
    let (wrote, got) = read("/step/communication/hold");
    assert!(wrote.contains("When a letter has come") && !wrote.contains("Dear Kim"), "{wrote}");
    assert!(got.contains("A letter"), "{got}");
    let (owes, other) = read("/step/honesty/report");
    assert!(owes.contains("I ask you before I spend") && !other.contains("I ask you before I spend"));
    assert!(other.contains("When a promise of yours is open"));
    let (proposed, agreed) = read("/step/communication/agree-talk");
    assert!(proposed.contains("When they propose a weekly talk") && agreed.contains("When they propose"));
}

#[test]
fn who_would_tell_more_than_is_wanted_reads_of_which_parts_less_is_wanted() {
    let (mut robin, mut kim) = House::couple();
    let incident = robin.vault().state().world().incidents.iter().next().unwrap().0;
    let less = responsibility::DepthChoice { section: Section::Lies, depth: responsibility::Depth::AskMe };
    kim.share(responsibility::Event::Depth { incident, choices: vec![less] });
    kim.hand_to(&mut robin);
    let lies = responsibility::Field {
        section: Section::Lies,
        headline: String::new(),
        facts: "I said that there was a project at work.".to_owned(),
        from: None,
        to: None,
        known_by: None,
        nothing: false,
        when: None,
    };
    let content = Disclosure { fields: vec![lies], own_words: String::new() };
    let page = robin.write(responsibility::Event::Save(Save::new(None, content)));
    let mut form = open(&mut robin, "/step/responsibility/deliver");
    form.set("incident", &crate::looks::name(incident));
    form.set("copied", &crate::looks::name(page));
    let asked = again(&send(&mut robin, &form));
    let answer = robin.post(&asked.action, &asked.sent(("_ok", "safe")));
    let text = spaced(&words(&answer.html));
    assert!(text.contains("They asked for less detail"), "{text}");
    assert!(text.contains("Lies I told about it: Only if they ask"), "{text}");
}
