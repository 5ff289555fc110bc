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
fn who_leaves_can_ask_that_their_words_are_removed_and_the_other_decides() {
    let (mut world, a, b) = World::open_pair();
    world.line(a, "mine");
    world.line(b, "theirs");
    world.run();
    assert!(world.vault(b).asked_to_remove().is_empty());
    let now = world.tick();
    let plan = leave(world.vault(a).state(), Leaving::Open, MyThings::Erase, true);
    world.vault(a).leave(now, plan).unwrap();
    world.run();
    assert_eq!(world.lines(a), [""; 0]);
    assert_eq!(world.lines(b), ["mine", "theirs"], "nothing goes by itself");
    assert_eq!(world.vault(b).asked_to_remove().len(), 1, "words only");
    world.vault(b).remove_as_asked().unwrap();
    world.restart(b);
    world.run();
    assert_eq!(world.lines(b), ["theirs"]);
    assert!(world.vault(b).asked_to_remove().is_empty());
    assert_eq!(connection(&world, b), amends_domain::consent::Connection::NotConnected);
    assert!(world.vault(a).asked_to_remove().is_empty(), "nobody asked the one who left");
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

fn leaves(world: &mut World, at: usize, how: Leaving) {
    let now = world.tick();
    let plan = leave(world.vault(at).state(), how, MyThings::Keep, false);
    world.vault(at).leave(now, plan).unwrap();
    world.run();
}

/// The lines on a device, to be kept while the world goes on.
fn words(world: &World, at: usize) -> Vec<String> {
    world.lines(at).into_iter().map(str::to_owned).collect()
}

#[test]
fn two_who_parted_can_begin_again_with_shut_doors_and_nothing_old_is_sent_anew() {
    for (first, then) in
        [(Leaving::Open, None), (Leaving::Quiet, Some(Leaving::Quiet)), (Leaving::Quiet, Some(Leaving::Open))]
    {
        let (mut world, a, b) = World::open_pair();
        world.line(a, "in the former time");
        world.run();
        // Written, and never sent: the other device is away when its owner leaves.
        world.devices[a].is_offline = true;
        world.line(a, "never sent");
        leaves(&mut world, a, first);
        world.devices[a].is_offline = first == Leaving::Quiet;
        world.run();
        world.devices[a].is_offline = false;
        if let Some(then) = then {
            leaves(&mut world, b, then);
        }
        let n_before = words(&world, b).len();
        assert_eq!(connection(&world, b), amends_domain::consent::Connection::NotConnected);

        let n_sent = (world.devices[a].sent.len(), world.devices[b].sent.len());
        world.pair_up(a, b);
        for device in [a, b] {
            assert_eq!(
                connection(&world, device),
                amends_domain::consent::Connection::NoAnswerYet,
                "{first:?}"
            );
            assert!(world.vault(device).sync_status().partner.is_some());
        }
        world.opt_in(a);
        world.opt_in(b);
        world.run();
        assert_eq!(words(&world, b).len(), n_before, "nothing old came: {first:?}");
        assert!(world.devices[a].sent.len() > n_sent.0 && world.devices[b].sent.len() > n_sent.1);
        world.line(a, "in the new time");
        world.line(b, "yes");
        world.run();
        for device in [a, b] {
            let lines = words(&world, device);
            assert!(
                lines.ends_with(&["in the new time".to_owned(), "yes".to_owned()]),
                "{first:?}: {lines:?}"
            );
            assert!(lines.contains(&"in the former time".to_owned()), "what was there is still there");
            assert_eq!(connection(&world, device), amends_domain::consent::Connection::Open);
            assert_eq!(world.vault(device).sync_status().n_missing, 0, "no gap is left");
            assert_eq!(world.vault(device).doctor().unwrap().n_broken, 0);
        }
        // And again apart, for good or not.
        leaves(&mut world, b, Leaving::Open);
        for device in [a, b] {
            assert_eq!(connection(&world, device), amends_domain::consent::Connection::NotConnected);
            assert_eq!(world.vault(device).sync_status().partner, None);
        }
    }
}

#[test]
fn all_own_devices_begin_again_together_also_one_that_was_away_all_the_time() {
    for is_away in [false, true] {
        let (mut world, a, b) = World::open_pair();
        let second = world.link_device(a);
        world.now = world.now.plus(2 * amends_domain::id::DAY);
        world.run();
        world.line(second, "in the former time");
        world.run();
        world.devices[second].is_offline = is_away;
        leaves(&mut world, a, Leaving::Open);
        world.pair_up(a, b);
        world.opt_in(a);
        world.opt_in(b);
        world.run();
        world.devices[second].is_offline = false;
        world.now = world.now.plus(amends_domain::id::DAY);
        world.run();
        assert_eq!(connection(&world, second), amends_domain::consent::Connection::Open, "away: {is_away}");
        world.line(second, "from the second device");
        world.line(b, "to both");
        world.run();
        for device in [a, b, second] {
            let lines = words(&world, device);
            let new = ["from the second device".to_owned(), "to both".to_owned()];
            assert!(lines.ends_with(&new), "away: {is_away}, device {device}: {lines:?}");
            assert_eq!(world.vault(device).sync_status().n_missing, 0);
        }
    }
}

#[test]
fn with_somebody_else_nothing_begins_in_a_vault_that_holds_things_of_two() {
    let (mut world, a, b) = World::open_pair();
    world.line(a, "between us");
    world.run();
    leaves(&mut world, a, Leaving::Open);
    let stranger = world.device();
    let now = world.now;
    let link = world.vault(a).invite_partner(now).unwrap();
    world.vault(stranger).join_partner(&link, now).unwrap();
    world.run();
    let now = world.now;
    assert!(world.vault(a).confirm_words(now).is_err());
    world.run();
    assert_eq!(world.vault(a).sync_status().partner, None);
    assert_eq!(connection(&world, a), amends_domain::consent::Connection::NotConnected);
    assert_eq!(words(&world, b), ["between us"]);
}
