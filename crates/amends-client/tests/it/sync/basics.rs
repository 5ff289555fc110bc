//! Pairing, sending both ways, more devices, a relay that comes back empty.

use amends_client::LocalRelay;
use amends_domain::id::HOUR;

use super::world::World;
use crate::letters;

#[test]
fn two_people_pair_and_hear_each_other() {
    let (mut world, a, b) = World::open_pair();
    world.line(a, "good morning");
    world.run();
    world.line(b, "good evening");
    world.run();
    assert_eq!(world.lines(a), ["good morning", "good evening"]);
    assert_eq!(world.lines(b), world.lines(a));
    assert_eq!(world.shared(a), world.shared(b));
    let status = world.vault(a).sync_status();
    assert!(status.own_is_up_to_date && status.pair_is_up_to_date, "{status:?}");
    assert_eq!((status.n_missing, status.set_aside.len()), (0, 0));
}

#[test]
fn what_one_is_not_shown_is_in_no_byte_that_the_other_can_open() {
    let (mut world, a, b) = World::open_pair();
    world.note(a, "zebra words for nobody");
    let now = world.tick();
    world.vault(a).save_draft("letter/new", "walrus words in a draft", now).unwrap();
    world.line(a, "a line");
    world.run();
    let readable = world.readable(b);
    for words in ["zebra", "walrus"] {
        assert!(!readable.windows(words.len()).any(|part| part == words.as_bytes()), "{words}");
        let sealed: Vec<&[u8]> = world.relay.sealed_bytes().collect();
        assert!(!sealed.iter().any(|bytes| bytes.windows(words.len()).any(|part| part == words.as_bytes())));
    }
}

#[test]
fn a_second_device_gets_what_is_new_at_once_and_the_history_after_a_day() {
    let (mut world, a, b) = World::open_pair();
    world.note(a, "old note");
    world.line(a, "old line");
    world.line(b, "old answer");
    world.run();
    let second = world.link_device(a);
    world.note(a, "new note");
    world.run();
    assert_eq!(letters(&world.devices[second].vault), ["new note"]);
    assert_eq!(world.lines(second), [""; 0]);
    world.now = world.now.plus(23 * HOUR);
    world.run();
    assert_eq!(letters(&world.devices[second].vault), ["new note"]);
    world.now = world.now.plus(2 * HOUR);
    world.run();
    assert_eq!(letters(&world.devices[second].vault), ["old note", "new note"]);
    assert_eq!(world.lines(second), ["old line", "old answer"]);
    assert_eq!(world.devices[second].vault.state(), world.devices[a].vault.state());
    // And it takes part.
    world.opt_in(second);
    world.line(second, "from the second");
    world.run();
    assert_eq!(world.lines(b).last(), Some(&"from the second"));
    assert_eq!(world.lines(a), world.lines(b));
    let now = world.now;
    assert_eq!(world.vault(a).own_devices(now).len(), 2);
}

#[test]
fn after_the_relay_lost_everything_all_is_there_again() {
    let (mut world, a, b) = World::open_pair();
    world.line(a, "one");
    world.run();
    world.replace_relay(LocalRelay::new(2));
    world.line(b, "two");
    world.run();
    assert_eq!(world.lines(a), ["one", "two"]);
    assert_eq!(world.lines(b), ["one", "two"]);
    assert!(world.relay.sizes().iter().sum::<usize>() > 6);
}
