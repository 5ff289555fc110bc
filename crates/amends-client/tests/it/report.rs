//! The doctor's report, and messages for every trouble.

use amends_client::Trouble;

use crate::{NOW, create, write};

const MESSAGES: &str = include_str!("../../../../locales/en/vault.ftl");

#[test]
fn the_report_holds_no_content() {
    let (mut vault, _) = create();
    write(&mut vault, "I lied about the money.");
    vault.save_draft("letter/new", "I lied", NOW).unwrap();
    let report = serde_json::to_string(&vault.doctor().unwrap()).unwrap();
    for word in ["lied", "money", "letter", &format!("{:032x}", u128::from_be_bytes(vault.me().0)), "179000"]
    {
        assert!(!report.contains(word), "{word} in {report}");
    }
    assert!(report.contains("\"n_events\":1"));
    assert!(report.contains("\"passphrase_cost_is_low\":true"), "the floor is less than is recommended");
}

#[test]
fn every_trouble_says_what_happened_and_what_to_do() {
    for trouble in Trouble::ALL {
        for key in [format!("trouble-{} =", trouble.code()), format!("trouble-{}-help =", trouble.code())] {
            assert!(MESSAGES.lines().any(|line| line.starts_with(&key)), "{key} is missing");
        }
    }
}
