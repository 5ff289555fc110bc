//! Search.

use amends_client::NewEvent;
use amends_domain::entry;

use crate::{NOW, create, open, write};

#[test]
fn all_words_must_begin_a_word_and_the_newest_comes_first() {
    let (mut vault, _) = create();
    write(&mut vault, "I hid the letters from the bank.");
    write(&mut vault, "The bank called, and I said nothing.");
    write(&mut vault, "I planted a tree.");
    let found =
        |query: &str| -> Vec<String> { vault.search(query, 10).into_iter().map(|hit| hit.excerpt).collect() };
    assert_eq!(found("bank"), ["The bank called, and I said nothing.", "I hid the letters from the bank."]);
    assert_eq!(found("BANK let"), ["I hid the letters from the bank."]);
    assert_eq!(found("ank"), [""; 0]);
    assert_eq!(found("bank tree"), [""; 0]);
    assert_eq!(found("  ,"), [""; 0]);
    assert_eq!(vault.search("bank", 1).len(), 1);
    assert_eq!(vault.search("tree", 1)[0].step, "communication");
}

#[test]
fn capitals_and_accents_do_not_matter() {
    let (mut vault, _) = create();
    write(&mut vault, "Wir saßen im CAFÉ.");
    for query in ["café", "cafe", "Cafe\u{301}", "im wir"] {
        assert_eq!(vault.search(query, 9).len(), 1, "{query}");
    }
}

#[test]
fn names_of_fields_and_choices_are_not_found() {
    let (mut vault, _) = create();
    write(&mut vault, "hello");
    for query in ["purpose", "text", "for_me", "me", "letter"] {
        assert_eq!(vault.search(query, 9), [], "{query}");
    }
}

#[test]
fn deleted_entries_are_not_found() {
    let (mut vault, disk) = create();
    let id = write(&mut vault, "the bank");
    assert_eq!(vault.search("bank", 9).len(), 1);
    vault.append(NOW, NewEvent::private(entry::Event::Delete { target: id })).unwrap();
    assert_eq!(vault.search("bank", 9), []);
    vault.erase(NOW).unwrap();
    assert_eq!(vault.search("bank", 9), []);
    drop(vault);
    assert_eq!(open(disk).search("bank", 9), []);
}
