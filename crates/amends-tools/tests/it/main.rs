//! Entries of an invented couple, read back and acted on.

use amends_client::{CryptoRng, Vault, demo_couple};
use amends_domain::event::Event;
use amends_domain::id::Millis;
use amends_messages::{Locale, Messages};
use amends_store::{MemoryStore, Store};
use amends_tools::{Moment, actions, parts, show};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

const NOW: Millis = Millis(1_790_000_000_000);

fn couple() -> (Vault<MemoryStore>, Vault<MemoryStore>) {
    let mut seed = 0;
    let rng = || {
        seed += 1;
        Box::new(ChaCha20Rng::from_seed([seed; 32])) as Box<dyn CryptoRng + Send>
    };
    let stores = [MemoryStore::default(), MemoryStore::default()];
    let couple = demo_couple(stores, moment(), rng).expect("an empty memory holds a demonstration");
    (couple.involved, couple.injured)
}

fn moment() -> Moment {
    Moment { now: NOW, utc_offset: 0 }
}

fn newest<'v, S: Store>(vault: &'v Vault<S>, name: &str) -> &'v Event {
    let found = show::entries(vault.state(), moment()).into_iter().rev().find(|event| {
        let (step, event, _) = show::name(&event.body);
        format!("{step}/{event}") == name
    });
    found.unwrap_or_else(|| panic!("the couple has no {name}"))
}

fn names<S: Store>(vault: &Vault<S>, event: &str) -> Vec<String> {
    let found = actions::actions(vault.state(), newest(vault, event), moment());
    found.iter().map(|(slug, tool)| format!("{slug}/{}", tool.name)).collect()
}

#[test]
fn what_can_be_done_with_an_entry_depends_on_who_holds_it() {
    let (robin, kim) = couple();
    let (mine, theirs) = (names(&robin, "honesty/promise"), names(&kim, "honesty/promise"));
    assert!(mine.contains(&"honesty/report".to_owned()), "{mine:?}");
    assert!(!mine.contains(&"honesty/respond".to_owned()), "{mine:?}");
    assert!(!theirs.contains(&"honesty/report".to_owned()), "{theirs:?}");
    let (writer, reader) = (names(&robin, "responsibility/seal"), names(&kim, "responsibility/seal"));
    assert!(writer.contains(&"responsibility/add".to_owned()), "{writer:?}");
    assert!(!writer.contains(&"responsibility/question".to_owned()), "{writer:?}");
    assert!(reader.contains(&"responsibility/open".to_owned()), "{reader:?}");
    assert!(!names(&kim, "communication/save_letter").contains(&"communication/send".to_owned()));
}

#[test]
fn an_entry_reads_as_questions_and_answers_without_ids_or_names_of_fields() {
    let (robin, kim) = couple();
    let words = Messages::new(Locale::English);
    for vault in [&robin, &kim] {
        for event in show::entries(vault.state(), moment()) {
            let Some(found) = parts::parts(vault.state(), event, &words, &|_| 0) else { continue };
            let text = format!("{found:?}");
            for part in ["_", "device"] {
                assert!(!text.contains(part), "{:?}: {text}", show::name(&event.body));
            }
        }
    }
    let apology = parts::parts(robin.state(), newest(&robin, "honesty/give"), &words, &|_| 0).expect("own");
    let text = format!("{apology:?}");
    assert!(text.contains("What I do to make good") && text.contains("350 a month"), "{text}");
    let note = parts::parts(kim.state(), newest(&kim, "gratitude/send_note"), &words, &|_| 0).expect("given");
    assert!(format!("{note:?}").contains("hospital"), "{note:?}");
}

#[test]
fn what_the_reader_has_not_opened_has_no_words() {
    let (_, kim) = couple();
    let words = Messages::new(Locale::English);
    let found =
        parts::parts(kim.state(), newest(&kim, "responsibility/seal"), &words, &|_| 0).expect("given");
    let text = format!("{found:?}");
    assert!(text.contains("4,200"), "the section that was opened: {text}");
    assert!(!text.contains("I said the bank"), "a section that was not: {text}");
}
