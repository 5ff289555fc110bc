//! The steps speak to the one who did it. Whoever was hurt is never spoken to as if they had.

use amends_domain::admit::responsibility;
use amends_domain::event::Body;
use amends_guide::STEPS;
use amends_messages::{Locale, Messages};

use crate::house::House;
use crate::words;

#[test]
fn a_step_has_a_name_and_a_place_for_who_was_hurt() {
    let (mut robin, mut kim) = House::couple();
    let said = Messages::new(Locale::English);
    for step in &STEPS {
        let path = format!("/step/{}", step.slug);
        let part = |name: &str| said.text(&format!("step-{}-{name}", step.slug));
        let hurt = kim.get(&path).html;
        let page = words(&hurt);
        let (tools, asks) =
            (page.find("What you can do here"), page.find("What this step says to the person"));
        assert!(tools.is_some() && tools < asks, "{path}: what is there for them comes first");
        assert!(page.find(&part("hurt")) < tools && page.contains(&part("title-hurt")), "{path}");
        let quoted = format!("\"{}\"", part("title"));
        for said in [quoted, part("asks"), part("why"), part("care")] {
            let place = page.find(&said).unwrap_or_else(|| panic!("{path}: {said:?} can be read"));
            assert!(Some(place) > asks, "{path}: {said:?} is said to the other one only");
        }
        assert!(!hurt.contains("/desk?genre="), "{path}: nothing to confess or to answer for");
        let did = robin.read(&path);
        assert!(did.contains("What this step asks") && !did.contains(&part("title-hurt")), "{path}");
    }
}

/// Pages that name steps: each for who was hurt under the name that is theirs.
#[test]
fn no_page_names_a_step_to_who_was_hurt_as_if_they_had_done_it() {
    let (_, mut kim) = House::couple();
    let said = Messages::new(Locale::English);
    let title = |slug: &str, part: &str| said.text(&format!("step-{slug}-{part}"));
    let pages: Vec<String> = STEPS
        .iter()
        .flat_map(|step| {
            [format!("/look/{}", step.slug), format!("/step/{}/{}", step.slug, first_tool(step.slug))]
        })
        .chain(["/path".to_owned(), "/".to_owned(), "/incident".to_owned(), "/rules".to_owned()])
        .collect();
    for path in pages {
        let page = kim.read(&path);
        for step in &STEPS {
            let (theirs, own) = (title(step.slug, "title"), title(step.slug, "title-hurt"));
            assert!(!page.contains(&theirs), "{path} says {theirs:?}");
            assert!(path != "/path" || page.contains(&own), "{path} says {own:?}");
        }
    }
}

fn first_tool(slug: &str) -> &'static str {
    amends_tools::tools(slug).first().map_or("", |tool| tool.name)
}

#[test]
fn where_one_did_harm_and_was_hurt_each_incident_names_its_steps_for_who_one_was_in_it() {
    let mut house = House::solo();
    let both = |page: &str| page.contains("you were hurt: What happened, told to you");
    assert!(
        house.read("/path").contains("If you were hurt: What happened, told to you"),
        "nobody said who they are"
    );
    let new = |house: &mut House, role: &str, title: &str| {
        house.post("/incident/new", &[("kind", "money"), ("role", role), ("title", title)]).path
    };
    new(&mut house, "injured_partner", "The card");
    let path = house.read("/path");
    assert!(
        !both(&path) && path.contains("What happened, told to you") && !path.contains("Say what you did")
    );
    new(&mut house, "involved_partner", "The bet");
    let path = house.read("/path");
    assert!(path.contains("Say what you did") && both(&path), "{path}");
    let step = house.read("/step/responsibility");
    assert!(
        step.contains("Where you were hurt: What happened, told to you")
            && step.contains("What this step asks")
    );
}

#[test]
fn tools_for_the_other_side_are_folded_under_whose_they_are() {
    let (mut robin, mut kim) = House::couple();
    let hurt = kim.get("/step/responsibility").html;
    let fold = hurt.find("For the person who did it").unwrap();
    assert!(hurt.find("/step/responsibility/depth").unwrap() < fold);
    assert!(hurt.find("/step/responsibility/page").unwrap() > fold);
    let did = robin.get("/step/responsibility").html;
    let fold = did.find("For the person who was hurt").unwrap();
    assert!(did.find("/step/responsibility/page").unwrap() < fold);
    assert!(did.find("/step/responsibility/depth").unwrap() > fold);
}

#[test]
fn the_parts_of_a_disclosure_have_the_voice_of_the_one_who_reads() {
    let (mut robin, mut kim) = House::couple();
    for tool in ["depth", "open", "question"] {
        let form = kim.read(&format!("/step/responsibility/{tool}"));
        assert!(form.contains("What they did") && form.contains("Lies they told about it"), "{tool}");
        assert!(!form.contains("What I did") && !form.contains("my own words"), "{tool}");
    }
    let guess = robin.read("/step/responsibility/guess");
    assert!(guess.contains("What I did") && guess.contains("Only if they ask"));
    assert!(!guess.contains("Only if I ask"));
}

#[test]
fn what_one_wants_to_know_is_read_back_in_the_voice_of_who_looks() {
    let (mut robin, mut kim) = House::couple();
    let is_depth = |body: &Body| matches!(body, Body::Responsibility(responsibility::Event::Depth { .. }));
    let found = kim.events().into_iter().rfind(|event| is_depth(&event.body)).unwrap();
    let device: String = found.id.device.0.iter().map(|byte| format!("{byte:02x}")).collect();
    let path = format!("/entry/{device}-{}", found.id.seq);
    let (own, theirs) = (kim.read(&path), robin.read(&path));
    assert!(own.contains("What they did") && !own.contains("What I did"), "{own}");
    assert!(theirs.contains("What I did") && !theirs.contains("What they did"), "{theirs}");
}

#[test]
fn screens_of_the_steps_begin_for_who_was_hurt_with_what_is_theirs() {
    let (mut robin, mut kim) = House::couple();
    let map = kim.read("/look/change");
    assert!(
        map.find("Plans you showed each other") < map.find("if there is one")
            && map.contains("The work is theirs")
    );
    assert!(robin.read("/look/change").contains("The map"));
    let promises = kim.read("/look/honesty/promises");
    assert!(promises.find("Their open promises").unwrap() < promises.find("A new promise").unwrap());
    assert!(
        robin.read("/desk").contains("a person you hurt") && !kim.read("/desk").contains("a person you hurt")
    );
    assert!(!kim.read("/look/honesty").contains("Own it, make good"));
    assert!(robin.read("/look/honesty").contains("Own it, make good"));
}

#[test]
fn alone_who_was_hurt_reads_that_nothing_was_promised_yet() {
    let mut house = House::solo();
    house.post("/incident/new", &[("kind", "money"), ("role", "injured_partner"), ("title", "The card")]);
    let promises = house.read("/look/honesty/promises");
    assert!(promises.contains("Nothing that was promised to you is open here"));
    assert!(promises.find("is open here") < promises.find("A new promise"));
}

#[test]
fn alone_who_was_hurt_finds_out_what_they_want_to_know_in_their_own_voice() {
    let mut house = House::solo();
    house.post("/incident/new", &[("kind", "money"), ("role", "injured_partner"), ("title", "The card")]);
    let way = house.get("/look/responsibility").html;
    let path =
        way.split('"').find(|part| part.starts_with("/look/responsibility/depth/")).unwrap().to_owned();
    let form = house.read(&path);
    assert!(form.contains("What I want to know") && form.contains("For you alone"), "{form}");
    assert!(form.contains("Lies they told about it") && form.contains("Only if I ask"));
    assert!(!form.contains("A guess") && !form.contains("What I did"), "{form}");
    house.post(&path, &[("do", "depth"), ("what", "facts"), ("lies", "ask_me")]);
    let step = house.read("/step/responsibility");
    assert!(step.contains("How much may be wanted"), "{step}");
    let kept = house.events().last().unwrap().id;
    let device: String = kept.device.0.iter().map(|byte| format!("{byte:02x}")).collect();
    let entry = house.read(&format!("/entry/{device}-{}", kept.seq));
    assert!(entry.contains("Lies they told about it") && entry.contains("Only if I ask"), "{entry}");
    assert!(!entry.contains("Lies I told"), "{entry}");
}

#[test]
fn alone_who_was_hurt_is_not_held_up_by_the_work_of_the_other() {
    let mut house = House::solo();
    house.post("/incident/new", &[("kind", "other"), ("role", "injured_partner"), ("title", "The card")]);
    let list = house.get("/incident").html;
    let path =
        list.split('"').find(|part| part.starts_with("/incident/") && part.contains('-')).unwrap().to_owned();
    let page = house.read(&path);
    assert!(page.contains("How far it may go") && !page.contains("usually comes before"), "{page}");
    assert!(!page.contains("Ask yourself"), "{page}");
    let step = house.read("/step/responsibility");
    assert!(step.contains("There is nothing to do here now"), "no heading over nothing: {step}");
    assert!(!step.contains("They know this step"), "nobody else is here");
}

#[test]
fn alone_a_slip_on_the_page_of_today_leads_to_what_was_written() {
    let mut house = House::solo();
    house.post("/incident/new", &[("kind", "money"), ("role", "involved_partner"), ("title", "The card")]);
    let incident = house.events().last().unwrap().id;
    let slip = amends_domain::apologize::change::Event::Slip {
        incident,
        happened_at: house.now,
        what: "I put 20 on a match.".into(),
        next: "I block the site.".into(),
    };
    let id = house.write(slip);
    let page = house.get("/").html;
    assert!(
        words(&page).contains("Tell it by") && !page.contains("tell-slip"),
        "nobody is here to tell it to"
    );
    let device: String = id.device.0.iter().map(|byte| format!("{byte:02x}")).collect();
    assert!(page.contains(&format!("/entry/{device}-{}", id.seq)));
}
