//! A person goes through all thirteen steps, saves a backup, restores it elsewhere and finds everything.

use serde_json::{Value, json};

use crate::vault::{Owner, text_of};
use crate::{stderr, stdout};

/// Writes one action; its id.
fn writes(owner: &Owner, step: &str, action: &Value) -> Value {
    let text = owner.succeeds(&[step, "--json"], &action.to_string());
    let answer: Value = serde_json::from_str(text.trim()).expect("an answer is JSON");
    assert_eq!(answer["ok"], true, "{step}: {text}");
    answer["id"].clone()
}

#[test]
fn all_thirteen_steps_come_back_from_a_backup_on_an_empty_machine() {
    let owner = Owner::new();
    let incident = writes(
        &owner,
        "incident",
        &json!({ "open": { "kind": "money", "title": "The second card", "my_role": "involved_partner" } }),
    );
    writes(
        &owner,
        "incident",
        &json!({ "ending": { "incident": incident, "ending": "ended", "health": "none_known", "money": { "known": { "what": "4,200 owed" } } } }),
    );
    writes(&owner, "stage", &json!({ "move_stage": { "incident": incident, "stage": "hear" } }));
    let save = |event: &str, content: Value| json!({ event: { "incident": incident, "content": content } });
    let field = json!({ "section": "what", "headline": "I hid a card", "facts": "I opened it in May.", "from": "2026-05-01", "to": null, "known_by": null, "nothing": false });
    let trigger = writes(
        &owner,
        "change",
        &save("save_trigger", json!({ "sort": "place", "text": "The bar", "words": ["bar"] })),
    );
    let words = [
        ("responsibility", save("save", json!({ "fields": [field], "own_words": "alder" }))),
        ("perspective", json!({ "warm_up": { "value": "honesty", "lines": ["birch"] } })),
        (
            "listening",
            json!({ "practice": { "prompt": { "bank": 3 }, "reply": "cedar", "tally": { "content": 1, "feeling": 0, "questions": 0, "advice": 0, "reasons": 0, "parroting": 0 } } }),
        ),
        (
            "acceptance",
            save(
                "save_impact",
                json!({ "lines": [{ "because_i": "dogwood", "you_now": "count every coin", "feelings": [0] }] }),
            ),
        ),
        (
            "explanation",
            save(
                "save",
                json!({ "wanted": "elder", "feared": "", "told_myself": "", "turning_point": "", "chose": "I signed", "rows": [{ "reason": "broke", "choice": "hid" }] }),
            ),
        ),
        (
            "change",
            save(
                "save_plan",
                json!({ "trigger": trigger, "if_situation": "I walk by the bar", "then_act": "fir", "help": "leave", "review_on": null }),
            ),
        ),
        (
            "honesty",
            json!({ "promise": { "incident": incident, "content": { "text": "ginkgo", "review_on": "2030-01-01" } } }),
        ),
        ("communication", save("save_letter", json!({ "purpose": "for_me", "text": "hazel" }))),
        ("needs", json!({ "mark": { "need": { "own": "ironwood" }, "mark": "now" } })),
        ("activities", json!({ "rate": { "activity": 12, "rating": "love" } })),
        ("gratitude", json!({ "add_chore": { "text": "juniper", "whose": "mine" } })),
        (
            "patience",
            json!({ "controlled": { "week": "2026-11-16", "wrote": "yes", "told": "partly", "listened": "no", "note": "katsura" } }),
        ),
    ];
    for (step, action) in &words {
        writes(&owner, step, action);
    }
    writes(&owner, "contact", &json!({ "mute": { "kinds": ["photo"], "until": 1_900_000_000_000_u64 } }));
    let refused = owner.runs(
        &["contact", "--json"],
        &json!({ "send": { "kind": "line", "text": "Good night" } }).to_string(),
    );
    assert_eq!(refused.status.code(), Some(1));
    assert!(stdout(&refused).contains("no-partner"), "{}{}", stdout(&refused), stderr(&refused));
    owner.succeeds(&["safety"], &"no\n".repeat(8));

    let file = owner.path("all.amends-backup");
    owner.succeeds(&["backup", "make", text_of(&file)], "");
    let elsewhere = Owner::without_vault();
    elsewhere.succeeds(&["restore", text_of(&file)], "");
    for (step, _) in &words {
        let (here, there) = (owner.lists(step), elsewhere.lists(step));
        assert!(here["entries"].as_array().is_some_and(|entries| !entries.is_empty()), "{step}");
        assert_eq!(here["entries"], there["entries"], "{step}");
        assert_eq!(here["incidents"], there["incidents"], "{step}");
    }
    for word in [
        "alder", "birch", "cedar", "dogwood", "elder", "fir", "ginkgo", "hazel", "ironwood", "juniper",
        "katsura",
    ] {
        assert!(elsewhere.succeeds(&["search", word], "").contains(word), "{word}");
    }
    assert!(elsewhere.succeeds(&["stage", "--list"], "").contains("Hear"));
}

#[test]
fn several_actions_in_one_go_are_answered_one_by_one() {
    let owner = Owner::new();
    let open = json!({ "open": { "kind": "violence", "title": "x", "my_role": "both" } });
    let other = json!({ "open": { "kind": "other", "title": "x", "my_role": "both" } });
    let output = owner.runs(&["incident", "--json"], &format!("{open}\n{other}"));
    assert_eq!(output.status.code(), Some(1));
    let answers: Vec<Value> =
        stdout(&output).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!((&answers[0]["refusal"], &answers[1]["ok"]), (&"not-for-this-tool".into(), &true.into()));

    for (step, input) in [
        ("needs", "{\"share\""),
        ("needs", "{\"open\": {}}"),
        ("needs", "{\"mark\": {\"mark\": 3}}"),
        ("needs", ""),
    ] {
        let output = owner.runs(&[step, "--json"], input);
        assert_eq!(output.status.code(), Some(3), "{input}: {}", stdout(&output));
    }
}

#[test]
fn a_text_that_tells_of_own_force_closes_the_letter_tools() {
    let owner = Owner::new();
    let letter = json!({ "save_letter": { "content": { "purpose": "to_send", "text": "I hit you on Sunday and I pushed you against the door." } } });
    let output = owner.runs(&["communication", "--json"], &letter.to_string());
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).contains("tools-closed"), "{}", stdout(&output));
    let menu = owner.succeeds(&["honesty"], "\n");
    assert!(menu.contains("Letters and apologies to this person are closed here"), "{menu}");
}
