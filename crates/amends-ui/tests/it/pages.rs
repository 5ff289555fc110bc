//! Every page is there, says what it must, and says it from the message files.

use amends_guide::STEPS;
use amends_messages::Locale;
use amends_reader::Reader;
use amends_ui::{Core, Date, Request, Session, Shell, State, Visit};

use crate::{ask, begun, core, words};

const PATHS: [&str; 10] =
    ["/", "/path", "/desk", "/safety", "/more", "/settings", "/privacy", "/rules", "/evidence", "/nowhere"];

#[test]
fn the_first_thing_anybody_sees_is_the_page_on_safety_and_privacy() {
    let core = core();
    let mut state = State::default();
    assert!(ask(&core, &mut state, &Request::get("/")).html.contains("Before you begin"));
    assert!(
        ask(&core, &mut state, &Request::get("/safety")).html.contains("Help lines"),
        "help needs no reading first"
    );
    ask(&core, &mut state, &Request::post("/start", &[]));
    let first = ask(&core, &mut state, &Request::get("/")).html;
    assert!(first.contains("href=\"/desk\"") && first.contains("href=\"/path\""));
    assert!(ask(&core, &mut state, &Request::get("/path")).html.contains("/step/responsibility"));
}

#[test]
fn every_step_has_a_page_with_what_it_asks_and_the_violence_rule() {
    let core = core();
    for step in &STEPS {
        let answer = ask(&core, &mut begun(), &Request::get(&format!("/step/{}", step.slug)));
        assert_eq!(answer.status, 200, "{}", step.slug);
        for part in ["title", "asks", "why", "care", "tool"] {
            let text = core.messages().text(&format!("step-{}-{part}", step.slug));
            assert!(words(&answer.html).contains(&text), "{} lacks {part}", step.slug);
        }
        assert!(words(&answer.html).contains(&core.messages().text("step-violence-rule")), "{}", step.slug);
        for id in step.evidence {
            assert!(answer.html.contains(&format!("/evidence#{}", id.to_lowercase())), "{} {id}", step.slug);
        }
    }
}

#[test]
fn every_page_has_the_way_out_first_and_a_neutral_title() {
    let core = core();
    for path in PATHS
        .iter()
        .map(|path| (*path).to_owned())
        .chain(STEPS.iter().map(|step| format!("/step/{}", step.slug)))
    {
        let html = ask(&core, &mut begun(), &Request::get(&path)).html;
        assert!(html.contains("<title>Notes</title>"), "{path}");
        let body = html.split_once("<body>").map(|(_, body)| body).unwrap();
        let first = body.find("<a ").map(|at| &body[at..at + 40]).unwrap();
        assert!(first.contains("id=\"exit\""), "{path}: {first}");
        let second = body.match_indices("<a ").nth(1).map(|(at, _)| &body[at..at + 40]).unwrap();
        assert!(second.contains("class=\"skip\""), "{path}: {second}");
        assert!(
            !html.contains("style=\"") && !html.contains("<script>") && !html.contains(" onclick"),
            "{path}"
        );
        assert_eq!(html.matches("<h1").count(), 1, "{path}");
    }
}

#[test]
fn an_unknown_address_says_so() {
    assert_eq!(ask(&core(), &mut begun(), &Request::get("/nowhere")).status, 404);
    assert_eq!(ask(&core(), &mut begun(), &Request::get("/step/nothing")).status, 404);
}

#[test]
fn help_lines_follow_the_chosen_country_and_say_how_sure_they_are() {
    let core = core();
    let sweden = ask(&core, &mut begun(), &Request::get("/safety").with("country", "SE")).html;
    assert!(
        sweden.contains("116 016") && sweden.contains("tel:116016") && sweden.contains("How sure we are")
    );
    let none = ask(&core, &mut begun(), &Request::get("/safety")).html;
    assert!(none.contains("Choose your country") && !none.contains("tel:"));
    let state = begun();
    let guessed = Visit { language: "de-AT", ..Visit::new(&state) };
    let austria = core.handle(&Request::get("/safety"), &guessed, &mut Session::without_keeper()).html;
    assert!(austria.contains("0800 222 555") && austria.contains("This country is a guess"));
    let czechia = ask(&core, &mut begun(), &Request::get("/safety").with("country", "CZ")).html;
    assert!(words(&czechia).contains("Seen in one source only"));
}

#[test]
fn an_old_list_of_help_lines_says_that_it_is_old() {
    let (core, state) = (core(), begun());
    let on = |day| Visit { today: Date::parse(day), ..Visit::new(&state) };
    let old = core.handle(&Request::get("/safety"), &on("2028-01-01"), &mut Session::without_keeper()).html;
    let fresh = core.handle(&Request::get("/safety"), &on("2026-12-01"), &mut Session::without_keeper()).html;
    assert!(old.contains("more than a year old"));
    assert!(!fresh.contains("more than a year old"));
}

#[test]
fn no_screen_holds_words_that_are_in_no_message_file() {
    let core = Core::with_locale(Reader::by_rules(), Shell::default(), Locale::Accented);
    let state = begun();
    // Texts of the language pack, names of studies and the data of help lines have languages of their own.
    for path in ["/", "/path", "/desk", "/more", "/settings", "/privacy", "/nowhere", "/step/listening"] {
        let html = core.handle(&Request::get(path), &Visit::new(&state), &mut Session::without_keeper()).html;
        let mut text = words(&html);
        for cite in html.split("<cite>").skip(1).filter_map(|rest| rest.split("</cite>").next()) {
            text = text.replace(&words(cite), "");
        }
        for country in amends_ui::help_lines().countries {
            text = text.replace(country.name, "");
        }
        let left: Vec<&str> = text
            .split_whitespace()
            .filter(|word| word.len() > 3 && word.chars().all(|letter| letter.is_ascii_alphabetic()))
            .collect();
        assert!(left.is_empty(), "{path}: {left:?}");
    }
    let html = core.handle(&Request::get("/"), &Visit::new(&state), &mut Session::without_keeper()).html;
    assert!(html.contains("lang=\"en-XA\""));
}

#[test]
fn a_mirrored_language_runs_from_right_to_left() {
    let core = Core::with_locale(Reader::by_rules(), Shell::default(), Locale::Mirrored);
    let html = core.handle(&Request::get("/"), &Visit::new(&begun()), &mut Session::without_keeper()).html;
    assert!(html.contains("dir=\"rtl\""));
}

#[test]
fn no_screen_asks_for_forgiveness_or_counts_days() {
    let core = core();
    for path in PATHS
        .iter()
        .map(|path| (*path).to_owned())
        .chain(STEPS.iter().map(|step| format!("/step/{}", step.slug)))
    {
        if path == "/rules" || path == "/evidence" {
            continue; // These speak about wordings and studies.
        }
        let text = words(&ask(&core, &mut begun(), &Request::get(&path)).html).to_lowercase();
        for phrase in ["please forgive", "forgive me", "days since", "streak", "your score", "trust score"] {
            assert!(!text.contains(phrase), "{path}: {phrase}");
        }
    }
}
