//! Somebody who did harm in one incident and was hurt in another: what they write decides whether anything is said about
//! it unasked. Words of danger are always answered with help.

use amends_domain::admit::listening;
use amends_domain::event::Body;
use amends_domain::id::EventId;
use amends_domain::incident::{self, Kind, Role};
use amends_domain::prove::communication;
use amends_domain::view::Moment;
use amends_ui::{Live, Request, Visit};

use crate::house::House;
use crate::looks::name;
use crate::tools::Form;
use crate::words;

const FAULT: &str = "I am sorry if I hurt you, but you made me do it.";
const DANGER: &str = "I am afraid you will hit me again.";
const LEFT_ALONE: &str = "Nothing is said about them unless you ask";

/// Somebody alone, with the incident in which they were hurt and the one in which they did harm.
struct Both {
    house: House,
    hurt: String,
    did: String,
}

impl Both {
    fn new() -> Self {
        let mut house = House::solo();
        let hurt = opens(&mut house, "injured_partner", "The card");
        let did = opens(&mut house, "involved_partner", "The bet");
        Self { house, hurt, did }
    }
}

/// Opens an incident; its name.
fn opens(house: &mut House, role: &str, title: &str) -> String {
    let known: Vec<EventId> = incidents(house);
    house.post("/incident/new", &[("kind", "money"), ("role", role), ("title", title)]);
    let new = incidents(house).into_iter().find(|id| !known.contains(id)).expect("it was opened");
    name(new)
}

fn incidents(house: &House) -> Vec<EventId> {
    house.vault().state().world().incidents.iter().map(|(id, _)| id).collect()
}

fn live(house: &House, form: &Form) -> Live {
    let visit = Visit::new(&house.state).at(Moment { now: house.now, utc_offset: 0 });
    house.core.live(&Request::post("/live", &form.sent(("", ""))), &visit, &house.session)
}

/// The form of a page that is read while one writes.
fn form(house: &mut House, path: &str) -> Form {
    let html = house.get(path).html;
    let is_read = |form: &Form| {
        let names = form.names();
        names.contains(&"live-genre") || names.contains(&"_tool") || names.contains(&"genre")
    };
    Form::all(&html).into_iter().find(is_read).unwrap_or_else(|| panic!("{path}: {}", words(&html)))
}

/// The same, filled in.
fn filled(house: &mut House, path: &str, fields: &[(&str, &str)]) -> Form {
    let mut form = form(house, path);
    fields.iter().for_each(|(field, value)| form.set(field, value));
    form
}

/// Whether a form gets hints while one writes. Either way, danger in the box gets help and no hint.
fn is_told(house: &House, form: &Form, field: &str) -> bool {
    let mut afraid = form.clone();
    afraid.set(field, &format!("{FAULT} {DANGER}"));
    let help = live(house, &afraid);
    assert!(help.margin.contains("id=\"danger\"") && help.marks.is_empty(), "{}", words(&help.margin));
    assert_eq!(help.status, "These words speak of danger. Help is shown beside the text.");
    let live = live(house, form);
    let is_alone = words(&live.margin).contains(LEFT_ALONE);
    let has_hint = live.margin.contains("data-check=") && !live.marks.is_empty();
    assert_eq!(has_hint, !is_alone, "{}: {}", form.action, words(&live.margin));
    assert!(!is_alone || (live.marks.is_empty() && live.status.is_empty()));
    assert_eq!(words(&help.margin).contains("Nothing else is said about your words"), is_alone);
    has_hint
}

#[test]
fn a_letter_takes_the_side_its_writer_has_in_its_incident() {
    let Both { mut house, hurt, did } = Both::new();
    let path = "/step/communication/letter";
    for (incident, told) in [(did.as_str(), true), (hurt.as_str(), false), ("", false)] {
        let form = filled(&mut house, path, &[("text", FAULT), ("incident", incident)]);
        assert_eq!(is_told(&house, &form, "text"), told, "{incident:?}");
    }
}

#[test]
fn a_letter_that_was_begun_for_an_incident_keeps_its_side_on_every_page() {
    let Both { mut house, hurt, did } = Both::new();
    for (incident, told) in [(Some(&did), true), (Some(&hurt), false), (None, false)] {
        let path = "/step/communication/letter";
        let incident = incident.map_or("", String::as_str);
        let form =
            filled(&mut house, path, &[("text", FAULT), ("purpose", "for_me"), ("incident", incident)]);
        house.post(path, &form.sent(("_do", "send")));
        let is_letter =
            |body: &Body| matches!(body, Body::Communication(communication::Event::SaveLetter(_)));
        let id = house.events().iter().rfind(|event| is_letter(&event.body)).expect("it was kept").id;
        for path in [format!("/look/communication/write/{}", name(id)), format!("{path}?entry={}", name(id))]
        {
            let form = filled(&mut house, &path, &[("text", FAULT)]);
            assert_eq!(is_told(&house, &form, "text"), told, "{path}: {incident}");
        }
    }
    let new = filled(&mut house, "/look/communication/write", &[("text", FAULT)]);
    assert!(!is_told(&house, &new, "text"), "nobody knows what a new letter is about");
    let asked = house.post("/look/communication/write", &new.sent(("look", "yes"))).html;
    assert!(asked.contains("<mark ") && !words(&asked).contains(LEFT_ALONE), "until its writer asks");
}

#[test]
fn a_tool_of_who_did_harm_gives_hints_at_once_but_not_about_what_was_done_to_its_writer() {
    let Both { mut house, hurt, did } = Both::new();
    let hard_words = form(&mut house, "/look/perspective/hard-words");
    let reply = hard_words.names().into_iter().find(|name| name.starts_with("text-")).expect("a box");
    for (path, field) in [
        ("/look/honesty", "regret"),
        ("/look/explanation", "wanted"),
        ("/look/acceptance", "because-0"),
        ("/look/perspective/hard-words", reply),
        ("/step/honesty/apology", "parts.regret.text"),
        ("/step/responsibility/page", "own_words"),
    ] {
        let form = filled(&mut house, path, &[(field, FAULT)]);
        assert!(is_told(&house, &form, field), "{path}");
    }
    for (incident, told) in [(&did, true), (&hurt, false)] {
        let fields = [("parts.regret.text", FAULT), ("incident", incident.as_str())];
        let form = filled(&mut house, "/step/honesty/apology", &fields);
        assert_eq!(is_told(&house, &form, "parts.regret.text"), told, "{incident}");
        // The page of promises asks which incident; what is chosen there counts while one writes.
        let fields = [("text", FAULT), ("incident", incident.as_str())];
        let form = filled(&mut house, "/look/honesty/promises", &fields);
        assert_eq!(is_told(&house, &form, "text"), told, "{incident}");
        let sent = house.post("/look/honesty/promises", &form.sent(("", ""))).html;
        assert_eq!(sent.contains("<mark "), told, "{incident}: nor without a script");
    }
}

#[test]
fn the_letter_of_who_was_hurt_is_not_read_at_all() {
    let Both { mut house, .. } = Both::new();
    for path in ["/step/acceptance/letter", "/look/acceptance/letter"] {
        let html = house.get(path).html;
        assert!(!html.contains("id=\"margin\"") && !html.contains("data-live"), "{path}");
    }
}

#[test]
fn thanks_and_practice_belong_to_neither_side_and_are_left_alone() {
    let Both { mut house, .. } = Both::new();
    for (path, field) in [
        ("/look/gratitude/note", "text"),
        ("/look/gratitude/gift", "card"),
        ("/step/gratitude/note", "text"),
        ("/step/listening/practice", "reply"),
    ] {
        let form = filled(&mut house, path, &[(field, FAULT)]);
        assert!(!is_told(&house, &form, field), "{path}");
    }
}

#[test]
fn an_answer_takes_the_side_in_the_incident_of_what_it_answers() {
    let (mut robin, mut kim) = House::couple();
    let was_hurt = incidents(&kim)[0];
    let did = kim.share(incident::Event::Open {
        kind: Kind::Money,
        title: "The bet".to_owned(),
        my_role: Role::InvolvedPartner,
    });
    kim.hand_to(&mut robin);
    for (incident, told) in [(did, true), (was_hurt, false)] {
        let round = robin.share(listening::Event::OpenRound { incident });
        robin.share(listening::Event::Say { round, text: "I was scared to tell you.".to_owned() });
        robin.hand_to(&mut kim);
        let said = name(last(&kim, |body| matches!(body, Body::Listening(listening::Event::Say { .. }))));
        let path = format!("/look/listening/round/{}", name(round));
        let form = filled(&mut kim, &path, &[("text", FAULT)]);
        assert_eq!(is_told(&kim, &form, "text"), told, "{path}");
        let path = format!("/step/listening/give-back?entry={said}");
        let form = filled(&mut kim, &path, &[("text", FAULT)]);
        assert_eq!(is_told(&kim, &form, "text"), told, "{path}");
    }
    let line = filled(&mut kim, "/look/contact", &[("text", FAULT)]);
    assert!(!is_told(&kim, &line, "text"), "a line of the day belongs to no incident");
}

fn last(house: &House, pick: impl Fn(&Body) -> bool) -> EventId {
    house.events().iter().rfind(|event| pick(&event.body)).expect("it is there").id
}

/// Which kinds of text get hints on the desk before anybody asks.
fn told_on_the_desk(house: &mut House) -> Vec<String> {
    let kinds =
        ["any", "confession", "apology", "letter", "reply", "gratitude", "promise", "plan", "message"];
    let told = |kind: &&str| {
        let form = filled(house, "/desk", &[("text", FAULT), ("genre", kind)]);
        is_told(house, &form, "text")
    };
    kinds.into_iter().filter(told).map(str::to_owned).collect()
}

#[test]
fn on_the_desk_it_goes_by_what_the_writer_says_it_is() {
    let of_who_did = ["confession", "apology", "promise", "plan"];
    assert_eq!(told_on_the_desk(&mut Both::new().house), of_who_did);
    let mut only = House::solo();
    assert_eq!(told_on_the_desk(&mut only).len(), 9, "who was hurt in nothing");
    opens(&mut only, "involved_partner", "The bet");
    assert_eq!(told_on_the_desk(&mut only).len(), 9, "who only did harm");
    let mut only = House::solo();
    opens(&mut only, "injured_partner", "The card");
    assert_eq!(told_on_the_desk(&mut only), of_who_did, "who was only hurt");
}

#[test]
fn on_the_desk_hints_stay_once_they_were_asked_for() {
    let Both { mut house, .. } = Both::new();
    let form = filled(&mut house, "/desk", &[("text", FAULT), ("genre", "letter")]);
    let enter = house.post("/desk", &form.sent(("", ""))).html;
    assert!(
        !enter.contains("<mark ") && words(&enter).contains(LEFT_ALONE),
        "the Enter key asks for nothing"
    );
    let page = house.get("/desk").html;
    let first = page.split("id=\"desk\"").nth(1).and_then(|form| form.split("<button ").nth(1));
    assert!(first.is_some_and(|button| button.starts_with("class=\"unseen\"")), "{first:?}");
    // With a script the margin alone is drawn anew; what it holds is sent along with the next words.
    let visit = Visit::new(&house.state).at(Moment { now: house.now, utc_offset: 0 });
    let request = Request::post("/live", &form.sent(("look", "yes")));
    let margin = house.core.live(&request, &visit, &house.session).margin;
    assert!(margin.contains("data-check=") && margin.contains("name=\"live-asked\" value=\"yes\""));
    let asked = house.post("/desk", &form.sent(("look", "yes"))).html;
    assert!(asked.contains("<mark "), "nor is a script needed");
    let form = Form::find(&asked, "desk").expect("the desk is still there");
    assert_eq!(form.value("text"), FAULT);
    assert!(is_told_after_asking(&house, &form));
    assert!(words(&house.get("/desk").html).contains(LEFT_ALONE), "a new page is quiet again");
}

fn is_told_after_asking(house: &House, form: &Form) -> bool {
    let live = live(house, form);
    !live.marks.is_empty() && !words(&live.margin).contains(LEFT_ALONE)
}

#[test]
fn a_promise_in_words_that_are_left_alone_is_not_pointed_at() {
    let Both { mut house, hurt, did } = Both::new();
    for (incident, told) in [(&did, true), (&hurt, false)] {
        let path = "/step/communication/letter";
        let text = "I will show you the account on Friday.";
        let fields = [("text", text), ("purpose", "for_me"), ("incident", incident.as_str())];
        let form = filled(&mut house, path, &fields);
        let kept = house.post(path, &form.sent(("_do", "send"))).html;
        assert_eq!(kept.contains("href=\"/step/honesty/promise\""), told, "{}", words(&kept));
    }
}

#[test]
fn who_is_not_sure_is_left_alone_where_the_tool_does_not_tell() {
    for role in ["not_sure", "both"] {
        let mut house = House::solo();
        opens(&mut house, role, "The card");
        let letter = filled(&mut house, "/look/communication/write", &[("text", FAULT)]);
        assert!(!is_told(&house, &letter, "text"), "{role}");
        let apology = filled(&mut house, "/look/honesty", &[("regret", FAULT)]);
        assert!(is_told(&house, &apology, "regret"), "{role}");
    }
}
