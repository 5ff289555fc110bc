//! Own devices: let in with care, taken away for good, renewed after somebody had one in hand.

use amends_client::{
    AppendError, Input, LockedVault, MeetingFailure, NewEvent, Notice, RecoveryPhrase, SyncError,
};
use amends_domain::id::{DAY, HOUR};
use amends_domain::prove::contact::{self, ContactKind};
use amends_domain::refusal::Refusal;

use super::world::{World, copy_of};
use crate::{Disk, PASSPHRASE, letters, rng};

#[test]
fn a_new_device_is_shown_on_all_own_devices_for_seven_days_and_never_to_the_other_person() {
    let (mut world, a, b) = World::open_pair();
    let second = world.link_device(a);
    let new = |world: &mut World, at: usize| {
        let now = world.now;
        world.vault(at).own_devices(now).iter().filter(|device| device.new_since.is_some()).count()
    };
    assert_eq!((new(&mut world, a), new(&mut world, second)), (1, 1));
    world.now = world.now.plus(6 * DAY);
    world.run();
    assert_eq!(new(&mut world, a), 1);
    world.now = world.now.plus(DAY);
    world.run();
    assert_eq!(new(&mut world, a), 0);
    let now = world.now;
    assert_eq!(world.vault(b).own_devices(now).len(), 1);
    assert!(!world.devices[b].notices.iter().any(|notice| matches!(notice, Notice::DeviceAdded(_))));
}

#[test]
fn a_second_own_device_lets_a_new_one_have_the_history_at_once_and_the_first_cannot() {
    let (mut world, a, _) = World::open_pair();
    world.note(a, "old");
    let second = world.link_device(a);
    world.now = world.now.plus(DAY);
    world.run();
    let third = world.link_device(a);
    let now = world.now;
    let id = world.vault(third).own_devices(now).iter().find(|device| device.is_this).unwrap().id;
    assert_eq!(letters(&world.devices[third].vault), [""; 0]);
    assert!(world.vault(a).approve_device(PASSPHRASE, id, now).is_err());
    assert!(world.vault(third).approve_device(PASSPHRASE, id, now).is_err());
    assert!(matches!(world.vault(second).approve_device("no", id, now), Err(SyncError::Passphrase(_))));
    world.vault(second).approve_device(PASSPHRASE, id, now).unwrap();
    world.run();
    assert_eq!(letters(&world.devices[third].vault), ["old"]);
}

#[test]
fn a_device_linked_in_secret_and_taken_away_within_a_day_has_read_nothing_from_before() {
    let (mut world, a, b) = World::open_pair();
    world.note(a, "long ago");
    world.line(b, "long ago as well");
    world.run();
    let foreign = world.link_device(a);
    world.now = world.now.plus(20 * HOUR);
    world.run();
    let now = world.now;
    let id = world.vault(foreign).own_devices(now).iter().find(|device| device.is_this).unwrap().id;
    world.vault(a).revoke_device(PASSPHRASE, id, now).unwrap();
    world.note(a, "after");
    world.run();
    world.now = world.now.plus(3 * DAY);
    world.run();
    assert_eq!(letters(&world.devices[foreign].vault), [""; 0]);
    assert_eq!(world.lines(foreign), [""; 0]);
    assert!(world.devices[foreign].notices.contains(&Notice::ThisDeviceRemoved));
}

#[test]
fn what_a_device_says_after_it_was_taken_away_counts_nowhere() {
    let (mut world, a, b) = World::open_pair();
    let lost = world.link_device(a);
    world.now = world.now.plus(2 * DAY);
    world.run();
    world.line(lost, "still mine");
    world.note(lost, "still my note");
    world.run();
    assert_eq!(world.lines(b), ["still mine"]);
    // It is lost, and whoever has it goes on writing without a network.
    world.devices[lost].is_offline = true;
    world.run();
    let now = world.now;
    let id = world.vault(lost).own_devices(now).iter().find(|device| device.is_this).unwrap().id;
    world.vault(a).revoke_device(PASSPHRASE, id, now).unwrap();
    world.line(lost, "stolen words");
    world.note(lost, "stolen note");
    world.run();
    // With its old keys it gets through to the relay before it reads of its end.
    world.devices[lost].is_offline = false;
    world.run();
    world.line(a, "after it");
    world.run();
    for device in [a, b] {
        assert!(!world.lines(device).contains(&"stolen words"), "device {device}");
        assert_eq!(world.lines(device).last(), Some(&"after it"));
        assert!(world.lines(device).contains(&"still mine"));
    }
    assert_eq!(letters(&world.devices[a].vault), ["still my note"]);
    assert!(!world.lines(lost).contains(&"after it"));
    assert_eq!((world.vault(lost).is_taken_away(), world.vault(a).is_taken_away()), (true, false));
}

#[test]
fn a_device_that_was_taken_away_knows_it_keeps_what_it_has_and_sends_nothing() {
    let (mut world, a, b) = World::open_pair();
    let now = world.now;
    let began = world.vault(a).own_devices(now)[0].added.unwrap();
    let lost = world.link_device(a);
    world.now = world.now.plus(2 * DAY);
    world.run();
    let now = world.now;
    let own = world.vault(a).own_devices(now);
    assert!(own[0].added == Some(began) && own[1].added > Some(began), "{own:?}");
    world.line(b, "before");
    world.run();
    let now = world.now;
    let id = own.iter().find(|device| !device.is_this).unwrap().id;
    world.vault(a).revoke_device(PASSPHRASE, id, now).unwrap();
    world.run();
    world.restart(lost);
    assert!(world.vault(lost).is_taken_away() && world.vault(lost).own_devices(now).is_empty());
    assert_eq!(world.lines(lost), ["before"]);
    let text = "into the void".to_owned();
    let send = contact::Event::Send { kind: ContactKind::Line, text, photo: None };
    let refused = world.vault(lost).append(now, NewEvent::shared(send));
    assert!(matches!(refused, Err(AppendError::Refused(Refusal::NotConnected))), "{refused:?}");
    world.note(lost, "for myself");
}

#[test]
fn a_copy_of_a_device_reads_nothing_after_its_keys_were_renewed() {
    let (mut world, a, b) = World::open_pair();
    world.line(b, "before");
    world.run();
    let thief = copy_of(&world.devices[a].disk);
    let now = world.now;
    assert!(world.vault(a).replace_keys("a guess", now).is_err());
    world.vault(a).replace_keys(PASSPHRASE, now).unwrap();
    world.run();
    // The copy wakes up, knows the passphrase even, reads everything that the relay has, and takes part.
    let copy = world.device();
    world.devices[copy].vault =
        LockedVault::find(thief).unwrap().unlock(PASSPHRASE, rng(9)).map_err(|failed| failed.reason).unwrap();
    world.note(copy, "by the thief");
    world.line(copy, "by the thief to the other");
    world.run();
    world.line(b, "after");
    world.note(a, "after as well");
    world.run();
    world.line(a, "and on");
    world.run();
    for device in [a, b] {
        assert_eq!(world.lines(device), ["before", "after", "and on"], "device {device}");
    }
    assert_eq!(letters(&world.devices[a].vault), ["after as well"]);
    assert_eq!(world.lines(copy), ["before", "by the thief to the other"]);
    assert_eq!(letters(&world.devices[copy].vault), ["by the thief"]);
}

#[test]
fn keys_are_renewed_every_thirty_days_without_anybody_doing_anything() {
    let (mut world, a, b) = World::open_pair();
    let thief = copy_of(&world.devices[a].disk);
    world.now = world.now.plus(31 * DAY);
    world.run();
    world.opt_in(a);
    world.opt_in(b);
    world.run();
    world.line(b, "a month later");
    world.run();
    assert_eq!(world.lines(a), ["a month later"]);
    let copy = world.device();
    world.devices[copy].vault =
        LockedVault::find(thief).unwrap().unlock(PASSPHRASE, rng(9)).map_err(|failed| failed.reason).unwrap();
    world.run();
    assert_eq!(world.lines(copy), [""; 0]);
}

#[test]
fn a_vault_restored_from_a_backup_goes_on_as_one_more_device() {
    let (mut world, a, b) = World::open_pair();
    world.line(a, "before the backup");
    world.note(a, "own");
    world.run();
    let now = world.now;
    let backup = world.vault(a).backup(now).unwrap();
    world.line(b, "after the backup");
    world.run();
    world.devices[a].is_offline = true;
    world.run();
    let restored = world.device();
    let disk = Disk::default();
    let backup = amends_client::Backup::read(&backup).unwrap();
    world.devices[restored].vault = backup.restore(disk.clone(), PASSPHRASE, rng(8)).unwrap();
    world.devices[restored].disk = disk;
    world.run();
    assert_eq!(world.lines(restored), ["before the backup", "after the backup"]);
    world.line(restored, "from the restored one");
    world.run();
    assert_eq!(world.lines(b).last(), Some(&"from the restored one"));
    // The first one was not lost after all.
    world.devices[a].is_offline = false;
    world.line(a, "still here");
    world.run();
    assert_eq!(world.lines(a), world.lines(b));
    assert_eq!(world.lines(a), world.lines(restored));
    assert_eq!(world.lines(a).len(), 4);
}

#[test]
fn the_recovery_words_find_everything_when_all_devices_are_lost() {
    let mut world = World::new();
    let (a, b) = (world.device(), world.device());
    let phrase =
        RecoveryPhrase::parse(&world.devices[a].phrase.words().collect::<Vec<_>>().join(" ")).unwrap();
    let now = world.now;
    world.vault(a).begin_sync(now, Some(&phrase)).unwrap();
    world.pair_up(a, b);
    world.opt_in(a);
    world.opt_in(b);
    world.run();
    let second = world.link_device(a);
    world.now = world.now.plus(2 * DAY);
    world.run();
    world.note(a, "my note");
    world.note(second, "from the second");
    world.line(a, "one");
    world.line(b, "two");
    world.run();
    for lost in [a, second] {
        world.devices[lost].is_offline = true;
    }
    world.run();
    world.line(b, "where are you");
    world.run();
    let new = world.device();
    world.vault(new).recover(&phrase).unwrap();
    // Cut off after some steps, and begun again.
    for _ in 0..2 {
        world.step(&mut |_, frames| frames);
    }
    world.restart(new);
    if world.vault(new).recover(&phrase).is_err() {
        assert!(world.vault(new).sync_status().has_begun);
    }
    world.run();
    assert_eq!(world.devices[new].vault.me(), world.devices[a].vault.me());
    assert_eq!(letters(&world.devices[new].vault), ["my note", "from the second"]);
    assert_eq!(world.lines(new), ["one", "two", "where are you"]);
    world.line(new, "here again");
    world.run();
    assert_eq!(world.lines(b).last(), Some(&"here again"));
    let now = world.now;
    assert_eq!(world.vault(new).own_devices(now).len(), 3);
}

#[test]
fn the_recovery_words_find_what_was_shared_from_the_only_device_there_was() {
    for partner_is_away in [false, true] {
        let mut world = World::new();
        let (a, b) = (world.device(), world.device());
        let phrase =
            RecoveryPhrase::parse(&world.devices[a].phrase.words().collect::<Vec<_>>().join(" ")).unwrap();
        let now = world.now;
        world.vault(a).begin_sync(now, Some(&phrase)).unwrap();
        world.pair_up(a, b);
        world.opt_in(a);
        world.opt_in(b);
        world.run();
        world.line(a, "one");
        world.line(b, "two");
        world.run();
        world.devices[a].is_offline = true;
        world.devices[b].is_offline = partner_is_away;
        let new = world.device();
        world.vault(new).recover(&phrase).unwrap();
        world.run();
        world.devices[b].is_offline = false;
        world.run();
        assert_eq!(world.lines(new), ["one", "two"]);
        world.line(new, "here again");
        world.run();
        assert_eq!(world.lines(b), ["one", "two", "here again"]);
    }
}

#[test]
fn words_that_belong_to_nothing_find_nothing() {
    let mut world = World::new();
    let a = world.device();
    let phrase =
        RecoveryPhrase::parse(&world.devices[a].phrase.words().collect::<Vec<_>>().join(" ")).unwrap();
    world.vault(a).recover(&phrase).unwrap();
    world.run();
    let failed = Notice::PairingFailed(MeetingFailure::NothingToRecover);
    assert!(world.devices[a].notices.contains(&failed), "{:?}", world.devices[a].notices);
}

#[test]
fn nothing_goes_out_before_somebody_asks_for_it() {
    let mut world = World::new();
    let a = world.device();
    world.note(a, "alone");
    let now = world.now;
    assert_eq!(world.vault(a).sync_input(now, Input::Tick).unwrap(), []);
    world.run();
    assert!(world.devices[a].sent.is_empty());
}
