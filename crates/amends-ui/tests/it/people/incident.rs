//! What happened: naming, roles, stages, ends.

use amends_domain::event::Space;
use amends_domain::id::EntryId;
use amends_domain::incident::{CameOut, Ending, Role, StageMark};

use crate::house::House;
use crate::words;

fn only(house: &House) -> EntryId {
    house.vault().state().world().incidents.iter().next().map(|(id, _)| id).unwrap()
}

fn path(id: EntryId, below: &str) -> String {
    let device: String = id.device.0.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("/incident/{device}-{}{below}", id.seq)
}

fn stage(house: &House) -> StageMark {
    let world = house.vault().state().world();
    world.incidents.get(only(house)).unwrap().stage(world.me, world.partner)
}

#[test]
fn naming_asks_kind_role_and_a_name_one_by_one_and_the_address_says_nothing() {
    let mut house = House::solo();
    let kind = house.post("/incident/new", &[("kind", "money")]);
    assert!(words(&kind.html).contains("Who were you in it?") && kind.path == "/incident/new");
    let role = house.post("/incident/new", &[("kind", "money"), ("role", "not_sure")]);
    assert!(words(&role.html).contains("Give it a name"));
    assert_eq!(
        house.vault().state().world().incidents.iter().count(),
        0,
        "nothing is written before the end"
    );
    let empty = house
        .post("/incident/new", &[("kind", "money"), ("role", "not_sure"), ("named", "yes"), ("title", " ")]);
    assert!(words(&empty.html).contains("so that you find it again"));
    let done = house.post("/incident/new", &[("kind", "money"), ("role", "not_sure"), ("title", "The card")]);
    assert!(words(&done.html).contains("The card"));
    let world = house.vault().state().world();
    let incident = world.incidents.get(only(&house)).unwrap();
    assert_eq!(
        (incident.role(world.me), incident.space),
        (Role::NotSure, Space::Private),
        "for oneself by default"
    );
}

#[test]
fn going_on_without_an_answer_says_what_is_missing() {
    let mut house = House::solo();
    let nothing = house.post("/incident/new", &[]);
    let alert = "role=\"alert\">Choose one.";
    assert!(nothing.html.contains(alert) && words(&nothing.html).contains("What kind of thing was it?"));
    let kind = house.post("/incident/new", &[("kind", "money")]);
    assert!(!kind.html.contains(alert), "a question that was not asked yet is not missing");
    let no_role = house.post("/incident/new", &[("kind", "money"), ("asked", "role")]);
    assert!(no_role.html.contains(alert) && words(&no_role.html).contains("Who were you in it?"));
}

#[test]
fn violence_is_not_named_here_but_led_to_help() {
    let mut house = House::solo();
    let answer = house.post("/incident/new", &[("kind", "violence"), ("role", "both"), ("title", "x")]);
    assert!(words(&answer.html).contains("not something this program can repair"));
    assert!(answer.html.contains("href=\"/safety\""));
    assert_eq!(house.events().len(), 0);
}

#[test]
fn the_eight_answers_choose_the_advice_and_leaving_out_is_fine() {
    let mut house = House::solo();
    house.post("/incident/new", &[("kind", "relapse"), ("role", "involved_partner"), ("title", "March")]);
    let id = only(&house);
    let answer = house
        .post(&path(id, "/questions"), &[("came_out", "not_yet"), ("relapse_prone", "yes"), ("nature", "")]);
    let text = words(&answer.html);
    assert!(text.contains("Ask first if telling is safe") && text.contains("telling it within a day"));
    assert!(!text.contains("The choice has to be named"));
    assert!(text.contains("A doctor comes first"), "what the kind brings with it");
    let intake = house.vault().state().world().incidents.get(id).unwrap().intake.clone().unwrap();
    assert_eq!((intake.came_out, intake.nature), (Some(CameOut::NotYet), None));
    assert!(house.read("/").contains("Nothing is sent, and nobody is asked"));
}

#[test]
fn whether_it_is_over_is_said_plainly_not_yet_too() {
    let mut house = House::solo();
    house.post("/incident/new", &[("kind", "money"), ("role", "involved_partner"), ("title", "The card")]);
    let id = only(&house);
    let missing = house.post(&path(id, "/over"), &[("money", "known")]);
    assert!(words(&missing.html).contains("Choose one"));
    let form =
        [("ending", "not_yet"), ("health", "none_known"), ("money", "known"), ("money-what", "I owe 900.")];
    let text = words(&house.post(&path(id, "/over"), &form).html);
    assert!(text.contains("It is not over yet. This was said openly") && text.contains("I owe 900."));
    assert_eq!(
        house.vault().state().world().incidents.get(id).unwrap().ending.as_ref().unwrap().0,
        Ending::NotYet
    );
    assert_eq!(stage(&house), StageMark::StopAndTell);
}

#[test]
fn who_was_hurt_moves_the_stage_forward_and_back_and_says_ready_for_light_things() {
    let (mut robin, mut kim) = House::couple();
    let id = only(&kim);
    let page = path(id, "");
    let moved = |house: &mut House, to: &str| words(&house.post(&path(id, "/stage"), &[("to", to)]).html);
    moved(&mut kim, "4");
    let text = kim.read(&page);
    assert!(text.contains("I am ready for light things") && text.contains("Going back is normal"));
    assert!(text.contains("usually comes before") && text.contains("It is a help, not a rule"));
    moved(&mut kim, "5");
    assert!(kim.read(&page).contains("Not ready for light things any more"));
    moved(&mut kim, "2");
    assert_eq!(stage(&kim), StageMark::Hear);
    kim.hand_to(&mut robin);
    let text = robin.read(&page);
    assert!(text.contains("Open now") && text.contains("Listen"));
    for words in
        ["usually comes before", "not there yet", "Going back", "How far it may go", "ready for light"]
    {
        assert!(!text.contains(words), "who did the harm sees only what is open: {words}");
    }
    let refused = moved(&mut robin, "5");
    assert!(refused.contains("The person who was hurt decides"));
    assert_eq!(stage(&robin), StageMark::Hear);
}

#[test]
fn alone_the_writer_moves_it_and_all_tools_are_open() {
    let mut house = House::solo();
    house.post("/incident/new", &[("kind", "money"), ("role", "involved_partner"), ("title", "The card")]);
    let id = only(&house);
    assert!(house.read(&path(id, "")).contains("All tools are open, for you alone"));
    house.post(&path(id, "/stage"), &[("to", "3")]);
    assert_eq!(stage(&house), StageMark::OwnAndExplain);
}

#[test]
fn apart_together_and_not_yet_are_equal_outcomes_and_can_be_changed() {
    let (_, mut kim) = House::couple();
    let id = only(&kim);
    for (decision, lead, closed) in [
        ("apart", "Ending well is a good end", true),
        ("together", "does not have to be in front each day", true),
        ("not_yet", "You do not have to know it now", false),
    ] {
        kim.wait(1_000);
        let answer = kim.post(&path(id, "/decide"), &[("decision", decision), ("text", "")]);
        assert!(words(&answer.html).contains(lead), "{decision}");
        let list = kim.read("/incident");
        assert_eq!(list.contains(" Closed "), closed, "{decision}: {list}");
    }
    let told = kim
        .events()
        .iter()
        .filter(|event| event.space == Space::Shared && event.body.step() == "patience")
        .count();
    let (_, fresh) = House::couple();
    let before = fresh
        .events()
        .iter()
        .filter(|event| event.space == Space::Shared && event.body.step() == "patience")
        .count();
    assert_eq!(told, before, "kept for oneself unless one tells");
}

#[test]
fn after_apart_the_way_out_and_a_closing_letter_are_near() {
    let mut house = House::solo();
    house.post("/incident/new", &[("kind", "money"), ("role", "injured_partner"), ("title", "The card")]);
    let id = only(&house);
    let html = house.post(&path(id, "/decide"), &[("decision", "apart")]).html;
    for link in ["/leave", "/safety/plan", "/step/patience/closing"] {
        assert!(html.contains(&format!("href=\"{link}\"")), "{link}");
    }
    assert!(house.read("/").contains("Nothing waits here"), "what is closed asks for nothing");
}

#[test]
fn opening_it_for_both_sends_the_name_and_nothing_else() {
    let (mut robin, mut kim) = House::couple();
    let form = [
        ("kind", "serial_lying"),
        ("role", "involved_partner"),
        ("title", "What I kept quiet"),
        ("for", "me"),
    ];
    robin.post("/incident/new", &form);
    let find = |house: &House, title: &str| {
        house
            .vault()
            .state()
            .world()
            .incidents
            .iter()
            .find(|(_, found)| found.title == title)
            .map(|(id, _)| id)
    };
    let private = find(&robin, "What I kept quiet").unwrap();
    robin.post(&path(private, "/questions"), &[("ongoing", "yes")]);
    assert!(robin.read(&path(private, "")).contains("Open this for both of you"));
    robin.post(&path(private, "/share"), &[("title", "Small lies")]);
    robin.hand_to(&mut kim);
    assert!(find(&kim, "Small lies").is_some() && find(&kim, "What I kept quiet").is_none());
    let shared = robin.vault().state().world().incidents.shared_for(private).unwrap();
    let list = robin.read("/incident");
    assert_eq!(list.matches("Small lies").count(), 1, "one thing is there once: {list}");
    assert!(!list.contains("What I kept quiet"), "{list}");
    let form = robin.read("/step/responsibility/deliver");
    assert!(!form.contains("What I kept quiet") && !form.contains("(for you only)"), "{form}");
    robin.post(&format!("/entry/{}/take-back", path(shared, "").trim_start_matches("/incident/")), &[]);
    assert!(
        robin.read("/incident").contains("What I kept quiet"),
        "it is there again when the shared one went"
    );
}

#[test]
fn when_both_have_opened_the_part_for_two_the_page_of_today_says_that_nothing_is_in_it() {
    let (mut relay, mut open) = (amends_client::LocalRelay::new(1), [None, None]);
    let [mut a, mut b] = super::pair::paired(&mut relay, &mut open);
    a.post("/incident/new", &[("kind", "money"), ("role", "involved_partner"), ("title", "The card")]);
    let note = "Nothing of it is open for both of you yet";
    assert!(!a.read("/").contains(note), "not before both have opened it");
    for house in [&mut a, &mut b] {
        super::matching::opens_the_channel(house);
    }
    super::pair::carry(&mut relay, &mut open, [&mut a, &mut b]);
    assert!(a.read("/").contains(note), "the next step is there");
    assert!(!a.read("/pace").contains("how much you want to know"), "who did harm is told nothing there");
    let private = only(&a);
    assert!(a.read(&path(private, "/share")).contains("Its name"));
    a.post(&path(private, "/share"), &[("title", "The card")]);
    assert!(!a.read("/").contains(note));
}

#[test]
fn an_incident_of_somebody_else_is_not_found_under_a_guessed_address() {
    let (robin, _) = House::couple();
    let id = only(&robin);
    let mut other = House::solo();
    assert_eq!(other.get(&path(id, "")).status, 404);
    assert_eq!(other.get("/incident/nothing").status, 404);
}
