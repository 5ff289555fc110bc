//! Pictures that go with a message: sealed, in parts, to everybody the message goes to, and gone with it.

use amends_client::{LocalRelay, NewEvent};
use amends_domain::entry;
use amends_domain::id::{DAY, WEEK};
use amends_store::Store;
use amends_wire::ServerFrame;

use super::world::{World, copy_of, holds, photo};

/// Bytes that are found again wherever they lie open.
fn picture(n_bytes: usize) -> Vec<u8> {
    b"points of a pond, ".iter().copied().cycle().take(n_bytes).collect()
}

const WORDS: &[u8] = b"points of a pond";

#[test]
fn a_picture_reaches_the_other_person_and_all_own_devices_sealed() {
    let (mut world, a, b) = World::open_pair();
    let (second, others) = (world.link_device(a), world.link_device(b));
    let sent = picture(100_000);
    let (_, id) = world.photo(a, &sent);
    world.line(a, "a line after it");
    world.run();
    for device in [a, b, second, others] {
        assert!(world.picture(device, id).as_ref() == Some(&sent), "device {device}");
        let disk = &world.devices[device].disk;
        assert!(!holds(disk, WORDS));
        assert_eq!(disk.names("picture-part/").unwrap().len(), 0);
    }
    assert_eq!(world.lines(b), ["", "a line after it"]);
    for bytes in world.relay.sealed_bytes() {
        assert!(!bytes.windows(WORDS.len()).any(|part| part == WORDS));
    }
    let status = world.vault(a).sync_status();
    assert!(status.pair_is_up_to_date && status.set_aside.is_empty(), "{status:?}");
}

#[test]
fn a_picture_that_was_not_sent_never_leaves() {
    let (mut world, a, b) = World::open_pair();
    let second = world.link_device(a);
    let n_bytes = |world: &World| world.relay.sealed_bytes().map(<[u8]>::len).sum::<usize>();
    world.run();
    let before = n_bytes(&world);
    let id = world.vault(a).keep_picture(&picture(100_000)).unwrap();
    world.now = world.now.plus(2 * DAY);
    world.run();
    for device in [b, second] {
        assert_eq!(world.picture(device, id), None);
        assert_eq!(world.devices[device].disk.names("picture").unwrap().len(), 0);
    }
    assert!(n_bytes(&world) < before + 100_000);
}

#[test]
fn a_picture_to_somebody_who_has_not_opened_their_channel_stays_here() {
    let (mut world, a, b) = World::pair();
    world.opt_in(a);
    let now = world.tick();
    let vault = world.vault(a);
    let (id, send) = photo(vault, &picture(50_000));
    assert!(vault.append(now, send).is_err());
    world.run();
    assert_eq!(world.picture(b, id), None);
}

#[test]
fn words_do_not_wait_for_a_picture_and_a_part_that_was_lost_comes_another_day() {
    let (mut world, a, b) = World::open_pair();
    let sent = picture(200_000);
    let (_, id) = world.photo(a, &sent);
    world.line(a, "words");
    let mut n_large = 0;
    world.run_with(&mut |at, mut frames| {
        frames.retain(|bytes| {
            let is_part = at == b
                && matches!(ServerFrame::from_bytes(bytes), Ok(ServerFrame::Rec { bytes, .. }) if bytes.0.len() > 30_000);
            n_large += usize::from(is_part);
            !(is_part && n_large == 2)
        });
        frames
    });
    assert_eq!(world.lines(b), ["", "words"]);
    assert_eq!(world.picture(b, id), None);
    world.vault(b).erase(amends_domain::id::Millis(0)).unwrap();
    assert!(!world.devices[b].disk.names("picture-part/").unwrap().is_empty(), "what came is kept");
    world.cut_off(b);
    world.now = world.now.plus(2 * DAY);
    world.run();
    assert!(world.picture(b, id) == Some(sent));
    assert_eq!(world.vault(b).sync_status().n_missing, 0);
}

#[test]
fn a_sender_that_stops_in_the_middle_goes_on_after_a_restart() {
    let (mut world, a, b) = World::open_pair();
    let sent = picture(400_000);
    let (_, id) = world.photo(a, &sent);
    let before = copy_of(&world.devices[a].disk);
    let mut n_frames = 0;
    for _ in 0..3 {
        world.step(&mut |_, mut frames| {
            n_frames += frames.len();
            frames.truncate(2);
            frames
        });
    }
    assert!(n_frames > 0);
    // What was noted about the places is lost as well.
    world.devices[a].disk = before;
    world.restart(a);
    world.run();
    world.cut_off(b);
    world.now = world.now.plus(DAY);
    world.run();
    assert!(world.picture(b, id) == Some(sent));
    assert!(world.vault(a).sync_status().pair_is_up_to_date);
}

#[test]
fn a_relay_that_lost_everything_gets_the_pictures_again() {
    let (mut world, a, b) = World::open_pair();
    world.devices[b].is_offline = true;
    world.run();
    let sent = picture(90_000);
    let (_, id) = world.photo(a, &sent);
    world.run();
    world.replace_relay(LocalRelay::new(9));
    world.devices[b].is_offline = false;
    world.run();
    assert!(world.picture(b, id) == Some(sent));
}

#[test]
fn a_new_own_device_gets_older_pictures_with_the_history() {
    let (mut world, a, b) = World::open_pair();
    let (mine, theirs) = (picture(120_000), picture(60_000));
    let (_, first) = world.photo(a, &mine);
    let (_, second) = world.photo(b, &theirs);
    world.run();
    let new = world.link_device(a);
    world.run();
    assert_eq!((world.picture(new, first), world.picture(new, second)), (None, None));
    world.now = world.now.plus(DAY);
    world.restart(a);
    world.run();
    assert!(world.picture(new, first) == Some(mine));
    assert!(world.picture(new, second) == Some(theirs));
}

#[test]
fn a_picture_goes_on_both_sides_with_the_message_that_was_deleted() {
    let (mut world, a, b) = World::open_pair();
    let (message, id) = world.photo(a, &picture(50_000));
    world.run();
    assert!(world.picture(b, id).is_some());
    let now = world.tick();
    let delete = entry::Event::Delete { target: message };
    world.vault(a).append(now, NewEvent::shared(delete)).unwrap();
    world.run();
    world.now = world.now.plus(WEEK + DAY);
    let now = world.now;
    for device in [a, b] {
        world.vault(device).erase(now).unwrap();
        assert_eq!(world.picture(device, id), None, "device {device}");
        assert_eq!(world.devices[device].disk.names("picture").unwrap().len(), 0);
    }
    // It does not come back when everything is sent again.
    world.replace_relay(LocalRelay::new(9));
    world.run();
    assert_eq!((world.picture(a, id), world.picture(b, id)), (None, None));
}

#[test]
fn a_message_deleted_before_it_went_takes_its_picture_along() {
    let (mut world, a, b) = World::open_pair();
    world.devices[a].is_offline = true;
    world.run();
    let (message, id) = world.photo(a, &picture(50_000));
    let now = world.tick();
    let delete = entry::Event::Delete { target: message };
    world.vault(a).append(now, NewEvent::shared(delete)).unwrap();
    world.devices[a].is_offline = false;
    world.run();
    assert_eq!(world.picture(b, id), None);
    assert_eq!(world.devices[b].disk.names("picture").unwrap().len(), 0);
}
