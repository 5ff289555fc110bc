//! What a device remembers, and what it does not.

use amends_ui::{Effect, Request, Settings, State, Theme};

use crate::{ask, begun, core};

#[test]
fn looking_at_pages_leaves_no_trace() {
    let core = core();
    let mut state = State::default();
    for path in ["/", "/desk", "/safety", "/settings", "/privacy", "/rules", "/evidence", "/step/listening"] {
        assert!(ask(&core, &mut state, &Request::get(path)).effects.is_empty(), "{path}");
    }
    assert!(state.is_blank());
}

#[test]
fn a_draft_is_kept_only_when_asked_and_then_as_it_changes() {
    let core = core();
    let mut state = begun();
    ask(&core, &mut state, &Request::post("/desk", &[("text", "I lied."), ("genre", "letter")]));
    assert!(state.draft.is_none());
    ask(
        &core,
        &mut state,
        &Request::post("/desk", &[("text", "I lied."), ("genre", "letter"), ("keep", "yes")]),
    );
    assert_eq!(state.draft.as_ref().unwrap().text, "I lied.");
    ask(&core, &mut state, &Request::post("/desk", &[("text", "I lied twice."), ("genre", "letter")]));
    assert_eq!(state.draft.as_ref().unwrap().text, "I lied twice.");
    assert!(ask(&core, &mut state, &Request::get("/desk")).html.contains("I lied twice."));
    ask(&core, &mut state, &Request::post("/desk", &[("text", "I lied twice."), ("forget", "yes")]));
    assert!(state.draft.is_none());
}

#[test]
fn settings_are_saved_and_a_way_out_must_be_an_https_address() {
    let core = core();
    let mut state = begun();
    let form = [("size", "large"), ("theme", "dark"), ("exit", "own"), ("country", "SE")];
    for bad in [
        "http://example.org",
        "javascript:alert(1)",
        "https://",
        "https://a b.org",
        "https://x.org/\"><script>",
    ] {
        let answer = ask(&core, &mut state, &Request::post("/settings", &form).with("exit-own", bad));
        assert_eq!(state.settings.exit_target, Settings::default().exit_target, "{bad}");
        assert!(answer.html.contains("This address does not work"), "{bad}");
    }
    let answer = ask(
        &core,
        &mut state,
        &Request::post("/settings", &form).with("exit-own", "https://example.org/news"),
    );
    assert_eq!(state.settings.exit_target, "https://example.org/news");
    assert_eq!(state.settings.theme, Theme::Dark);
    assert!(!state.settings.exit_shortcut, "an unticked box turns it off");
    assert_eq!(state.settings.country.as_deref(), Some("SE"));
    assert!(
        answer.html.contains("data-theme=\"dark\"")
            && answer.html.contains("href=\"https://example.org/news\"")
    );
}

#[test]
fn erasing_takes_everything_and_begins_anew() {
    let core = core();
    let mut state = begun();
    state.apply(&Effect::NotHere("00000000000000aa".into()));
    let answer = ask(&core, &mut state, &Request::post("/privacy", &[("erase", "yes")]));
    assert_eq!(answer.effects, [Effect::EraseAll]);
    assert!(state.is_blank());
    assert!(answer.html.contains("has been erased"));
}

#[test]
fn a_forged_mark_is_not_taken() {
    let core = core();
    let mut state = begun();
    for mark in ["", "xyz", "0123456789abcdefg", "<script>alert(1)<"] {
        ask(&core, &mut state, &Request::post("/desk", &[("text", "I lied."), ("not-here", mark)]));
    }
    assert!(state.not_here.marks.is_empty());
}
