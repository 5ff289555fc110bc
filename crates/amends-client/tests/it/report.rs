//! The doctor's report, and messages for every trouble.

use amends_client::{MeetError, MeetingFailure, SyncError, Trouble};

use crate::{NOW, PASSPHRASE, create, write};

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

#[test]
fn a_link_or_a_device_that_does_not_work_has_words_of_its_own() {
    let trouble = |error: Result<String, SyncError>| Trouble::from(&error.unwrap_err());
    let (mut vault, _) = create();
    let nothing = |()| String::new();
    assert_eq!(trouble(vault.join_partner("#1nonsense", NOW).map(nothing)), Trouble::LinkUnusable);
    assert_eq!(trouble(vault.invite_device("a guess", NOW)), Trouble::WrongPassphrase);
    let link = vault.invite_partner(NOW).unwrap();
    assert_eq!(trouble(vault.invite_partner(NOW)), Trouble::PairingUnderWay);
    let (mut other, _) = create();
    let stranger = amends_client::DeviceKeyId([7; 16]);
    assert_eq!(trouble(vault.revoke_device(PASSPHRASE, stranger, NOW).map(nothing)), Trouble::NoSuchDevice);
    write(&mut other, "something");
    assert_eq!(trouble(other.join_own_devices(&link, NOW).map(nothing)), Trouble::VaultInUse);
    assert_eq!(Trouble::from(&MeetError::PairedAlready), Trouble::PairedAlready);
    assert_eq!(Trouble::from(&MeetingFailure::Expired), Trouble::LinkExpired);
    assert_eq!(Trouble::from(&MeetingFailure::NothingToRecover), Trouble::NothingToRecover);
}
