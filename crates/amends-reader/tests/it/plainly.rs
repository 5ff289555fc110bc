//! What is said plainly stays marked: the model may doubt a rule, not silence what everybody hears.

use amends_lint::Draft;

use crate::{ids, with_model};

/// Sentences of which nobody doubts what they do, alone and after others.
const PLAIN: [(&str, &str); 8] = [
    ("I'm sorry if I hurt you.", "conditional-apology"),
    ("You made me do it.", "blame-shift"),
    ("I am sorry if I hurt you. You made me do it.", "blame-shift"),
    ("I hid a card from you. I am sorry. You made me do it.", "blame-shift"),
    ("You're overreacting.", "invalidation"),
    ("Get over it already.", "invalidation"),
    ("You drove me to it.", "blame-shift"),
    ("It was only a kiss.", "minimizing"),
];

#[test]
fn the_model_never_silences_what_is_said_plainly() {
    let Some(mut reader) = with_model() else { return };
    for (text, check) in PLAIN {
        let report = reader.read(&Draft::new(text));
        let found = ids(&reader, &report);
        assert!(found.iter().any(|id| id == check), "{text}: {check} is not in {found:?}");
    }
}
