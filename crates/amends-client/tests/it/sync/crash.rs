//! Killed at any write while entries come in: nothing is lost, nothing comes twice.

use amends_client::{Input, LockedVault, Output, SyncError, Vault};
use amends_store::testing::{Fault, FaultStore};
use amends_wire::UnixSeconds;

use super::world::{World, copy_of};
use crate::{Disk, rng};

/// Connects and goes on until nothing comes any more, or the vault fails.
fn receive(vault: &mut Vault<FaultStore<Disk>>, world: &mut World) -> Result<(), SyncError> {
    let now = world.now;
    let connection = world.relay.connect();
    let mut inputs = vec![Input::Tick, Input::Connected];
    while !inputs.is_empty() {
        for input in std::mem::take(&mut inputs) {
            for output in vault.sync_input(now, input)? {
                if let Output::Send(frame) = output {
                    world.relay.frame(connection, UnixSeconds(now.0 / 1000), &frame);
                }
            }
        }
        // One frame at a time, so that there are many moments to be killed in.
        inputs =
            world.relay.take_frames(connection).into_iter().map(|frame| Input::Frames(vec![frame])).collect();
    }
    world.relay.disconnect(connection);
    vault.sync_input(now, Input::Disconnected).map(drop)
}

#[test]
fn killed_at_any_write_while_receiving_the_rest_comes_at_the_next_start() {
    let (mut world, a, b) = World::open_pair();
    world.devices[b].is_offline = true;
    world.run();
    for number in 0..4 {
        world.line(a, &format!("line {number}"));
    }
    let sent = vec![7; 90_000];
    let (_, picture) = world.photo(a, &sent);
    world.run();
    world.devices[b].is_offline = false;
    let before = world.devices[b].disk.clone();
    let mut n_struck = 0;
    for fault in [Fault::KilledBefore, Fault::KilledAfter] {
        for n_writes in 0..10 {
            let disk = copy_of(&before);
            let store = FaultStore::new(disk.clone(), fault, n_writes);
            let locked = LockedVault::find(store).unwrap();
            let phrase = &world.devices[b].phrase;
            let mut vault =
                locked.unlock_with_phrase(phrase, rng(70)).map_err(|failed| failed.reason).unwrap();
            n_struck += usize::from(receive(&mut vault, &mut world).is_err());
            drop(vault);
            world.devices[b].disk = disk;
            world.restart(b);
            world.run();
            assert_eq!(world.lines(b), world.lines(a), "{fault:?} after {n_writes} writes");
            assert!(world.picture(b, picture).as_ref() == Some(&sent), "{fault:?} after {n_writes} writes");
            let report = world.vault(b).doctor().unwrap();
            assert!(report.is_healthy(), "{fault:?} after {n_writes} writes: {report:?}");
        }
    }
    assert!(n_struck > 6, "{n_struck}");
}
