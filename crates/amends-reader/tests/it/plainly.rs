//! What is said plainly stays marked: the model may doubt a rule, not silence what everybody hears.

use amends_lint::Draft;

use crate::{ids, with_model};

/// Sentences of which nobody doubts what they do, alone and after others.
const PLAIN: [(&str, &str); 27] = [
    ("I'm sorry if I hurt you.", "conditional-apology"),
    ("You made me do it.", "blame-shift"),
    ("I am sorry if I hurt you. You made me do it.", "blame-shift"),
    ("I hid a card from you. I am sorry. You made me do it.", "blame-shift"),
    ("You're overreacting.", "invalidation"),
    ("Get over it already.", "closure"),
    ("You drove me to it.", "blame-shift"),
    ("It was only a kiss.", "minimizing"),
    ("I lied about the card. It was only a kiss.", "minimizing"),
    ("It only happened once.", "minimizing"),
    ("Can we just move on?", "closure"),
    ("I told you all of it on Sunday. Let's just move on.", "closure"),
    ("You have to forgive me.", "pressure"),
    ("I came home at six. You have to forgive me.", "pressure"),
    ("I will never lie to you again.", "unkeepable-promise"),
    ("I'm sorry for everything.", "vague"),
    ("Mistakes were made.", "agentless"),
    ("I know exactly how you feel.", "claimed-empathy"),
    ("You always bring this up.", "contempt"),
    ("If you forgive me, I'll take you to Paris.", "bribe"),
    ("Give me your password so that we are even.", "control"),
    ("There is nothing else you need to know.", "partial-truth"),
    ("I'm the worst person in the world.", "self-pity"),
    ("It was the wine talking.", "excuse"),
    ("I'm sorry, but you were not easy to live with.", "defending"),
    ("You are my sun, my air, my everything.", "love-bombing"),
    ("I slept at Sam's on Friday. She was better in bed than you.", "harmful-detail"),
];

#[test]
fn the_model_never_silences_what_is_said_plainly() {
    let Some(mut reader) = with_model() else { return };
    let mut silenced = Vec::new();
    for (text, check) in PLAIN {
        let report = reader.read(&Draft::new(text));
        let found = ids(&reader, &report);
        if !found.iter().any(|id| id == check) {
            silenced.push(format!("{text}: {check} is not in {found:?}"));
        }
    }
    assert!(silenced.is_empty(), "{silenced:#?}");
}
