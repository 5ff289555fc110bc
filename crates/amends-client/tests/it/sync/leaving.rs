//! Leaving: with a word or without one, at once, and for good.

use amends_domain::safety::leave::leave;
use amends_domain::safety::{Leaving, MyThings};
use amends_domain::view::Moment;

use super::world::World;

fn connection(world: &World, at: usize) -> amends_domain::consent::Connection {
    let vault = &world.devices[at].vault;
    vault.state().connection(vault.me(), Moment { now: world.now, utc_offset: 0 }.now)
}

#[test]
fn an_open_good_bye_is_the_last_thing_that_goes_over() {
    let (mut world, a, b) = World::open_pair();
    world.line(b, "before");
    world.run();
    let now = world.tick();
    let plan = leave(world.vault(a).state(), Leaving::Open, MyThings::Keep, false);
    world.vault(a).leave(now, plan).unwrap();
    world.run();
    assert_eq!(connection(&world, b), amends_domain::consent::Connection::NotConnected);
    assert_eq!(connection(&world, a), amends_domain::consent::Connection::NotConnected);
    assert_eq!(world.lines(a), ["before"]);
    // Nothing is fetched or sent any more: both have given up the mailbox.
    assert_eq!(world.vault(a).sync_status().partner, None);
    assert_eq!(world.vault(b).sync_status().partner, None);
}

#[test]
fn leaving_without_a_word_sends_and_fetches_nothing_and_looks_like_silence() {
    let (mut world, a, b) = World::open_pair();
    let second = world.link_device(a);
    world.run();
    let before = connection(&world, b);
    let n_before = world.shared(b).len();
    let now = world.tick();
    let plan = leave(world.vault(a).state(), Leaving::Quiet, MyThings::Keep, false);
    world.vault(a).leave(now, plan).unwrap();
    world.run();
    world.line(b, "are you there");
    world.run();
    assert_eq!((world.shared(b).len(), connection(&world, b)), (n_before + 1, before));
    for device in [a, second] {
        assert_eq!(world.lines(device), [""; 0], "nothing is fetched on device {device}");
        assert_eq!(world.vault(device).sync_status().partner, None);
    }
    // Also after a restart, and own devices go on together.
    world.restart(a);
    world.note(a, "my own");
    world.run();
    assert_eq!(crate::letters(&world.devices[second].vault), ["my own"]);
}

#[test]
fn leaving_works_without_a_network_and_the_good_bye_goes_when_there_is_one() {
    let (mut world, a, b) = World::open_pair();
    world.devices[a].is_offline = true;
    world.run();
    let now = world.tick();
    let plan = leave(world.vault(a).state(), Leaving::Open, MyThings::Erase, true);
    world.vault(a).leave(now, plan).unwrap();
    assert_eq!(connection(&world, a), amends_domain::consent::Connection::NotConnected);
    world.run();
    assert_ne!(connection(&world, b), amends_domain::consent::Connection::NotConnected);
    world.devices[a].is_offline = false;
    world.run();
    assert_eq!(connection(&world, b), amends_domain::consent::Connection::NotConnected);
}
