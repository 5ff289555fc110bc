//! How a pair begins: nothing of the inviter's words goes over before the invited person has opened their channel.

use amends_client::{MeetError, MeetingFailure, NewEvent, Notice, Stage, SyncError};
use amends_domain::id::DAY;
use amends_domain::prove::contact::{self, ContactKind};

use super::world::World;

#[test]
fn before_the_invited_person_has_opened_their_channel_only_own_limits_go_over() {
    let (mut world, a, b) = World::pair();
    world.opt_in(a);
    world.run();
    // The limits are there, and no word could be.
    assert_eq!(world.shared(b).len(), 2);
    world.note(a, "thoughts");
    world.run();
    assert_eq!(world.devices[b].vault.state().events().count(), 2);
    let now = world.tick();
    let send = contact::Event::Send { kind: ContactKind::Line, text: "too early".to_owned(), photo: None };
    assert!(
        world.vault(a).append(now, NewEvent::shared(send)).is_err(),
        "the rules do not let it be written"
    );
    world.opt_in(b);
    world.run();
    world.line(a, "now it is welcome");
    world.run();
    assert_eq!(world.lines(b), ["now it is welcome"]);
}

#[test]
fn the_inviter_learns_nothing_of_the_invited_person_before_the_words_are_confirmed() {
    let mut world = World::new();
    let (a, b) = (world.device(), world.device());
    let now = world.now;
    let link = world.vault(a).invite_partner(now).unwrap();
    assert_eq!(world.vault(a).pairing(), Some(Stage::Waiting));
    world.run();
    world.vault(b).join_partner(&link, now).unwrap();
    world.run();
    assert!(matches!(world.vault(a).pairing(), Some(Stage::Compare(_))));
    assert!(world.devices[a].notices.contains(&Notice::WordsToCompare));
    // The words differ, says one of them: nothing has happened on either side.
    world.vault(b).cancel_pairing().unwrap();
    world.vault(a).cancel_pairing().unwrap();
    world.run();
    assert_eq!((world.vault(a).partner(), world.vault(b).partner()), (None, None));
    // The same link cannot be used again.
    world.vault(b).join_partner(&link, now).unwrap();
    world.run();
    assert_eq!(world.vault(b).pairing(), Some(Stage::Waiting));
}

#[test]
fn a_pairing_survives_restarts_of_both_sides_at_every_step() {
    let mut world = World::new();
    let (a, b) = (world.device(), world.device());
    let now = world.now;
    let link = world.vault(a).invite_partner(now).unwrap();
    world.run();
    world.restart(a);
    world.vault(b).join_partner(&link, now).unwrap();
    world.restart(b);
    world.run();
    world.restart(a);
    world.restart(b);
    let now = world.now;
    world.vault(b).confirm_words(now).unwrap();
    world.restart(b);
    world.vault(a).confirm_words(now).unwrap();
    world.restart(a);
    world.run();
    let persons = [a, b].map(|at| world.devices[at].vault.me());
    assert_eq!(world.vault(a).partner(), Some(persons[1]));
    assert_eq!(world.vault(b).partner(), Some(persons[0]));
    world.opt_in(a);
    world.opt_in(b);
    world.run();
    world.line(a, "we are here");
    world.run();
    assert_eq!(world.lines(b), ["we are here"]);
}

#[test]
fn a_link_is_good_for_a_day_and_for_one_purpose() {
    let mut world = World::new();
    let (a, b, c) = (world.device(), world.device(), world.device());
    let now = world.now;
    assert!(matches!(world.vault(b).join_partner("https://example.org/j", now), Err(SyncError::Meet(_))));
    let link = world.vault(a).invite_partner(now).unwrap();
    assert!(matches!(
        world.vault(a).invite_device(crate::PASSPHRASE, now),
        Err(SyncError::Meet(MeetError::Busy))
    ));
    world.vault(c).join_own_devices(&link, now).unwrap();
    world.run();
    assert!(world.devices[c].notices.contains(&Notice::PairingFailed(MeetingFailure::OtherPurpose)));
    world.now = world.now.plus(DAY + 1);
    world.run();
    assert!(world.devices[a].notices.contains(&Notice::PairingFailed(MeetingFailure::Expired)));
    let now = world.now;
    world.vault(b).join_partner(&link, now).unwrap();
    world.run();
    assert!(world.vault(b).partner().is_none());
}

#[test]
fn own_devices_are_linked_by_passphrase_and_only_to_an_empty_vault() {
    let mut world = World::new();
    let (a, b) = (world.device(), world.device());
    let now = world.now;
    assert!(matches!(world.vault(a).invite_device("a guess", now), Err(SyncError::Passphrase(_))));
    let link = world.vault(a).invite_device(crate::PASSPHRASE, now).unwrap();
    world.note(b, "something of somebody else");
    assert!(matches!(world.vault(b).join_own_devices(&link, now), Err(SyncError::NotEmpty)));
}

#[test]
fn one_pair_at_a_time() {
    let (mut world, a, _) = World::pair();
    let now = world.now;
    assert!(matches!(world.vault(a).invite_partner(now), Err(SyncError::Meet(MeetError::PairedAlready))));
}

#[test]
fn a_link_carries_what_the_relay_asks_of_newcomers_and_it_need_not_be_typed_twice() {
    let mut world = World::new();
    let (a, b) = (world.device(), world.device());
    let invite = "5a".repeat(32);
    assert!(world.vault(a).set_relay_invite(&invite).unwrap());
    let now = world.now;
    let link = world.vault(a).invite_partner(now).unwrap();
    world.vault(b).join_partner(&link, now).unwrap();
    world.run();
    world.vault(a).confirm_words(now).unwrap();
    world.vault(b).confirm_words(now).unwrap();
    world.run();
    for device in [a, b] {
        let creates =
            world.devices[device].sent.iter().filter_map(|frame| match amends_wire::ClientFrame::from_bytes(
                frame,
            )
            .unwrap()
            {
                amends_wire::ClientFrame::Create { invite, .. } => Some(invite),
                _ => None,
            });
        let creates: Vec<_> = creates.collect();
        let expected = Some(amends_wire::Token([0x5a; 32]));
        assert!(!creates.is_empty() && creates.iter().all(|invite| *invite == expected), "device {device}");
    }
    // Where somebody has an invite of their own, it stays; and a link of an open relay is as it was.
    let (c, d) = (world.device(), world.device());
    let link = world.vault(c).invite_partner(now).unwrap();
    assert!(!link.contains('~'));
    assert!(world.vault(d).join_partner(&link, now).is_ok());
}
