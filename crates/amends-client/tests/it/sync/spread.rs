//! On a standing connection, what is written goes some seconds later; nothing else waits.

use amends_domain::id::Millis;

use super::world::World;

fn n_records(world: &World, at: usize) -> usize {
    world.devices[at].sent.iter().filter(|frame| super::private::is_record(frame)).count()
}

#[test]
fn what_is_written_goes_two_to_five_seconds_later_and_not_always_after_the_same_time() {
    let (mut world, a, b) = World::open_pair();
    world.vault(a).spread_sending(true).unwrap();
    world.run();
    let mut waits = Vec::new();
    for number in 0..6 {
        world.line(a, &format!("line {number}"));
        let before = n_records(&world, a);
        world.step(&mut |_, frames| frames);
        assert_eq!(n_records(&world, a), before, "nothing goes at once");
        let now = world.now;
        let wake = world.vault(a).sync_wake_at(now);
        let wait = wake.0 - now.0;
        assert!((2_000..5_000).contains(&wait), "{wait}");
        waits.push(wait);
        world.now = Millis(wake.0 - 1);
        world.step(&mut |_, frames| frames);
        assert_eq!(n_records(&world, a), before, "not a moment sooner");
        world.now = wake;
        world.step(&mut |_, frames| frames);
        world.step(&mut |_, frames| frames);
        assert_eq!(world.lines(b).len(), number + 1);
    }
    waits.dedup();
    assert!(waits.len() > 1);
}

#[test]
fn pairing_and_what_was_written_without_a_connection_do_not_wait() {
    let mut world = World::new();
    let (a, b) = (world.device(), world.device());
    for device in [a, b] {
        world.vault(device).spread_sending(true).unwrap();
    }
    world.pair_up(a, b);
    world.opt_in(a);
    world.opt_in(b);
    world.run();
    world.devices[a].is_offline = true;
    world.run();
    world.line(a, "written on the train");
    world.devices[a].is_offline = false;
    let before = world.now;
    for _ in 0..3 {
        world.step(&mut |_, frames| frames);
    }
    assert_eq!((world.lines(b), world.now), (vec!["written on the train"], before));
}

#[test]
fn who_closes_the_program_sends_what_waits() {
    let (mut world, a, b) = World::open_pair();
    world.vault(a).spread_sending(true).unwrap();
    world.run();
    world.line(a, "one more word");
    world.step(&mut |_, frames| frames);
    assert_eq!(world.lines(b), [""; 0]);
    world.vault(a).spread_sending(false).unwrap();
    world.step(&mut |_, frames| frames);
    assert_eq!(world.lines(b), ["one more word"]);
}
