//! Matching what both would do, over a relay: both see what both wish, and nobody sees anything else.

use std::collections::BTreeSet;

use amends_client::{Backup, NewEvent, Notice, RecoveryPhrase};
use amends_domain::bank::ActivityId;
use amends_domain::event::{Body, Event as Entry, Space};
use amends_domain::id::{DAY, HOUR};
use amends_domain::incident::{self, Ending, Kind, Risk, Role, StageMark};
use amends_domain::prove::activities::Rating::{self, Love, No, Try};
use amends_domain::prove::activities::blind::TOKENS;
use amends_domain::prove::activities::{BlindSecret, Event};
use proptest::prelude::*;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::world::{World, holds};

fn rate(world: &mut World, at: usize, ratings: &[(u16, Rating)]) {
    for (activity, rating) in ratings {
        let now = world.tick();
        let rate = Event::Rate { activity: ActivityId(*activity), rating: *rating };
        world.vault(at).append(now, NewEvent::private(rate)).unwrap();
    }
}

/// Some days in which everybody looks in now and then.
fn days_pass(world: &mut World, n_days: u64) {
    for _ in 0..2 * n_days {
        world.run();
        world.now = world.now.plus(DAY / 2);
    }
    world.run();
}

fn matches(world: &World, at: usize) -> Vec<u16> {
    let found = world.devices[at].vault.state().world().activities.matches();
    found.map(|activity| activity.id.0).collect()
}

fn steps(world: &World, at: usize) -> impl Iterator<Item = (&Entry, &Event)> {
    world.devices[at].vault.state().events().filter_map(|entry| match &entry.body {
        Body::Activities(event) => Some((entry, event)),
        _ => None,
    })
}

fn secrets(world: &World, at: usize) -> Vec<BlindSecret> {
    let kept = |event: &Event| match event {
        Event::Secret { round } => Some(round.clone()),
        _ => None,
    };
    steps(world, at).filter_map(|(_, event)| kept(event)).collect()
}

fn holds_bytes(all: &[u8], needle: &[u8]) -> bool {
    all.windows(needle.len()).any(|part| part == needle)
}

#[test]
fn both_see_what_both_would_do_and_nothing_else() {
    let (mut world, a, b) = World::open_pair();
    rate(&mut world, a, &[(1, Love), (2, Try), (3, No), (4, Love), (5, Love), (6, Try)]);
    rate(&mut world, b, &[(1, Try), (2, No), (3, Love), (5, Love), (7, Love), (8, No)]);
    days_pass(&mut world, 2);
    assert_eq!((matches(&world, a), matches(&world, b)), (vec![1, 5], vec![1, 5]));
    let n = world.devices[a].vault.state().events().count();
    days_pass(&mut world, 5);
    assert_eq!(world.devices[a].vault.state().events().count(), n, "and then there is quiet");
    let now = world.tick();
    assert_eq!(world.vault(a).match_activities(now).unwrap(), Default::default());
}

#[test]
fn without_ratings_of_both_nothing_shows_and_who_rates_nothing_sends_nothing() {
    let (mut world, a, b) = World::open_pair();
    rate(&mut world, a, &[(1, Love), (2, Love)]);
    days_pass(&mut world, 2);
    assert_eq!((matches(&world, a), matches(&world, b)), (vec![], vec![]));
    assert!(steps(&world, b).all(|(entry, _)| entry.author == world.devices[a].vault.me()));
    rate(&mut world, b, &[(2, Love)]);
    world.now = world.now.plus(HOUR);
    days_pass(&mut world, 2);
    assert_eq!((matches(&world, a), matches(&world, b)), (vec![2], vec![2]));
}

/// What Ben can read of Ana, apart from random bytes: kinds, numbers of tokens.
fn seen(ratings: &[(u16, Rating)]) -> Vec<(usize, bool)> {
    let (mut world, a, b) = World::open_pair();
    rate(&mut world, a, ratings);
    rate(&mut world, b, &[(80, Love), (81, Love), (1, No)]);
    days_pass(&mut world, 3);
    let ana = world.devices[a].vault.me();
    let all = steps(&world, b).filter(|(entry, _)| entry.author == ana);
    all.map(|(_, event)| match event {
        Event::OfferTokens { tokens } => (tokens.len(), false),
        Event::ReturnTokens { tokens, .. } => (tokens.len(), true),
        other => panic!("{other:?} has crossed"),
    })
    .collect()
}

#[test]
fn the_other_can_count_neither_wishes_nor_refusals() {
    let many: Vec<(u16, Rating)> = (1..=60).map(|number| (number, Love)).collect();
    let none: Vec<(u16, Rating)> = (1..=60).map(|number| (number, No)).collect();
    let (many, none, one) = (seen(&many), seen(&none), seen(&[(7, Try)]));
    assert!(many == none && none == one, "{many:?} {none:?} {one:?}");
    assert!(!many.is_empty() && many.iter().all(|(n, _)| *n == TOKENS));
}

#[test]
fn no_rating_secret_or_time_of_one_reaches_the_other() {
    let (mut world, a, b) = World::open_pair();
    rate(&mut world, a, &[(1, Love), (2, No), (3, Try)]);
    rate(&mut world, b, &[(1, Love), (3, No)]);
    days_pass(&mut world, 2);
    let secrets = secrets(&world, a);
    assert!(secrets.len() >= 2);
    let readable = world.readable(b);
    for secret in &secrets {
        assert!(!holds_bytes(&readable, &secret.key), "the secret stays with its owner");
        for device in &world.devices {
            assert!(!holds(&device.disk, &secret.key), "and nowhere unsealed");
            assert!(device.sent.iter().all(|frame| !holds_bytes(frame, &secret.key)));
        }
    }
    let ana = world.devices[a].vault.me();
    for (entry, event) in steps(&world, b).filter(|(entry, _)| entry.author == ana) {
        assert!(matches!(event, Event::OfferTokens { .. } | Event::ReturnTokens { .. }), "{event:?}");
        let earlier = world.shared(b).into_iter().filter(|other| other.at < entry.at);
        let last = earlier.map(|other| other.at.time()).max();
        let time = entry.at.time();
        assert!(time.0 % DAY == 0 || last == Some(time), "{time:?} would tell when the device was in use");
    }
}

#[test]
fn a_round_is_no_news_and_a_match_is() {
    let (mut world, a, b) = World::open_pair();
    world.devices[b].notices.clear();
    rate(&mut world, a, &[(1, Love), (2, Love), (3, Love), (4, Love)]);
    days_pass(&mut world, 2);
    assert!(!world.devices[b].notices.contains(&Notice::Received), "nothing came that could be looked at");
    rate(&mut world, b, &[(1, Love), (2, Love), (3, Love), (4, Love)]);
    days_pass(&mut world, 2);
    assert!(world.devices[b].notices.contains(&Notice::Received), "what both would do shows");
    world.devices[b].notices.clear();
    world.line(a, "a line");
    world.run();
    assert!(world.devices[b].notices.contains(&Notice::Received), "a line is news as ever");
}

#[test]
fn a_change_of_mind_does_not_show_and_what_never_showed_is_dropped() {
    let (mut world, a, b) = World::open_pair();
    rate(&mut world, a, &[(1, Love), (2, Love), (3, Love)]);
    rate(&mut world, b, &[(1, Love)]);
    days_pass(&mut world, 2);
    rate(&mut world, a, &[(1, No), (2, No)]);
    days_pass(&mut world, 2);
    assert_eq!((matches(&world, a), matches(&world, b)), (vec![], vec![1]), "no list shows a no");
    rate(&mut world, b, &[(2, Love), (3, Love)]);
    days_pass(&mut world, 2);
    assert_eq!((matches(&world, a), matches(&world, b)), (vec![3], vec![1, 3]));
    rate(&mut world, a, &[(1, Try)]);
    assert_eq!(matches(&world, a), [1, 3], "wished again, there again");
}

#[test]
fn own_devices_share_the_rounds_and_all_show_the_same() {
    let (mut world, a, b) = World::open_pair();
    let (a2, b2) = (world.link_device(a), world.link_device(b));
    world.now = world.now.plus(DAY + HOUR);
    world.run();
    rate(&mut world, a, &[(1, Love), (2, Love)]);
    rate(&mut world, b2, &[(2, Love), (4, Love)]);
    days_pass(&mut world, 2);
    rate(&mut world, a2, &[(3, Love), (4, Love)]);
    rate(&mut world, b, &[(1, No), (3, Try)]);
    world.devices[a].is_offline = true;
    days_pass(&mut world, 3);
    world.devices[a].is_offline = false;
    days_pass(&mut world, 2);
    for at in [a, a2, b, b2] {
        assert_eq!(matches(&world, at), [2, 3, 4], "device {at}");
    }
    assert_eq!(world.devices[a].vault.state(), world.devices[a2].vault.state());
    assert_eq!(world.devices[b].vault.state(), world.devices[b2].vault.state());
    let ana = world.devices[a].vault.me();
    assert!(steps(&world, b).all(|(entry, _)| entry.author != ana || entry.space == Space::Shared));
    // A device that comes later has everything, with the secrets of rounds that are open.
    let late = world.link_device(a);
    world.now = world.now.plus(DAY + HOUR);
    world.run();
    assert_eq!((matches(&world, late), secrets(&world, late)), (matches(&world, a), secrets(&world, a)));
}

#[test]
fn a_round_goes_on_after_a_restart_and_on_a_device_found_by_the_recovery_words() {
    let mut world = World::new();
    let (a, b) = (world.device(), world.device());
    let words: Vec<&str> = world.devices[a].phrase.words().collect();
    let phrase = RecoveryPhrase::parse(&words.join(" ")).unwrap();
    let now = world.now;
    world.vault(a).begin_sync(now, Some(&phrase)).unwrap();
    world.pair_up(a, b);
    world.opt_in(a);
    world.opt_in(b);
    world.run();
    world.devices[b].is_offline = true;
    rate(&mut world, a, &[(1, Love), (2, Love), (3, No)]);
    days_pass(&mut world, 1);
    world.restart(a);
    world.run();
    // The only device is lost with a round open.
    world.devices[a].is_offline = true;
    let new = world.device();
    world.vault(new).recover(&phrase).unwrap();
    world.run();
    world.devices[b].is_offline = false;
    rate(&mut world, b, &[(1, Love), (2, No), (3, Love)]);
    days_pass(&mut world, 3);
    for at in [a, new, b] {
        eprintln!(
            "{at} {:?}",
            steps(&world, at)
                .map(|(e, s)| format!("{:?} {:?} {:.40}", e.id.seq, e.space, format!("{s:?}")))
                .collect::<Vec<_>>()
        );
        eprintln!(
            "{:?} {:?}",
            world.devices[at].vault.sync_status(),
            world.devices[at].vault.state().rejected().collect::<Vec<_>>()
        );
    }
    assert_eq!((matches(&world, new), matches(&world, b)), (vec![1], vec![1]));
}

#[test]
fn a_backup_holds_the_rounds_and_its_vault_goes_on_with_them() {
    let (mut world, a, b) = World::open_pair();
    rate(&mut world, a, &[(1, Love), (2, Love), (3, No)]);
    world.run();
    let now = world.now;
    let backup = world.vault(a).backup(now).unwrap();
    world.devices[a].is_offline = true;
    rate(&mut world, b, &[(1, Try), (2, No), (3, Love)]);
    days_pass(&mut world, 1);
    let restored = world.device();
    let disk = crate::Disk::default();
    let backup = Backup::read(&backup).unwrap();
    world.devices[restored].vault = backup.restore(disk.clone(), crate::PASSPHRASE, crate::rng(8)).unwrap();
    world.devices[restored].disk = disk;
    days_pass(&mut world, 3);
    assert_eq!((matches(&world, restored), matches(&world, b)), (vec![1], vec![1]));
    // The old one was not lost after all.
    world.devices[a].is_offline = false;
    days_pass(&mut world, 2);
    assert_eq!(matches(&world, a), [1]);
}

#[test]
fn nothing_is_matched_before_light_things_are_open() {
    let (mut world, hurt, doer) = World::open_pair();
    let now = world.tick();
    let open = incident::Event::Open {
        kind: Kind::Money,
        title: "The second card".into(),
        my_role: Role::InvolvedPartner,
    };
    let incident = world.vault(doer).append(now, NewEvent::shared(open)).unwrap();
    let (health, money) = (Risk::NoneKnown, Risk::NoneKnown);
    let ending = incident::Event::Ending { incident, ending: Ending::Ended, health, money };
    world.vault(doer).append(now, NewEvent::shared(ending)).unwrap();
    world.run();
    rate(&mut world, hurt, &[(1, Love)]);
    rate(&mut world, doer, &[(1, Love)]);
    days_pass(&mut world, 2);
    let crossed = |world: &World| steps(world, doer).any(|(entry, _)| entry.space == Space::Shared);
    assert!(!crossed(&world), "a round would tell the other what the stage does not yet say");
    let now = world.tick();
    let on = incident::Event::MoveStage { incident, stage: StageMark::Reconnect };
    world.vault(hurt).append(now, NewEvent::shared(on)).unwrap();
    days_pass(&mut world, 2);
    assert_eq!((matches(&world, hurt), matches(&world, doer)), (vec![1], vec![1]));
}

fn storm(world: &mut World, dice: &mut ChaCha20Rng) {
    for _ in 0..4 {
        world.step(&mut |_, mut frames| {
            frames.retain(|_| !dice.next_u32().is_multiple_of(6));
            if dice.next_u32().is_multiple_of(3) {
                frames.reverse();
            }
            if dice.next_u32().is_multiple_of(3) {
                frames.extend_from_within(..);
            }
            frames
        });
        world.now = world.now.plus(HOUR);
    }
}

fn is_wish(rating: Option<&(u16, Rating)>) -> bool {
    matches!(rating, Some((_, Love | Try)))
}

fn last_of(ratings: &[(u16, Rating)]) -> BTreeSet<u16> {
    let ids: BTreeSet<u16> = ratings.iter().map(|(id, _)| *id).collect();
    ids.into_iter().filter(|id| is_wish(ratings.iter().rev().find(|(other, _)| other == id))).collect()
}

fn ratings() -> impl Strategy<Value = Vec<(u16, Rating)>> {
    // Every activity once, so that no mind is changed.
    let one = prop_oneof![Just(None), Just(Some(Love)), Just(Some(Try)), Just(Some(No))];
    prop::collection::vec(one, 12).prop_map(|all| {
        all.into_iter().enumerate().filter_map(|(n, rating)| Some((n as u16 + 1, rating?))).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, max_shrink_iters: 0, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_ratings_in_any_weather_end_with_exactly_what_both_wish(
        seed: u64, first in ratings(), second in ratings(), n_devices in 1_usize..=2,
    ) {
        let (mut world, a, b) = World::open_pair();
        let mut devices = vec![a];
        if n_devices == 2 {
            devices.push(world.link_device(a));
            world.now = world.now.plus(DAY + HOUR);
            world.run();
        }
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_be_bytes());
        let mut dice = ChaCha20Rng::from_seed(key);
        for (mine, theirs) in first.chunks(3).zip(second.chunks(3).chain(std::iter::repeat(&[][..]))) {
            let at = devices[dice.next_u32() as usize % devices.len()];
            rate(&mut world, at, mine);
            rate(&mut world, b, theirs);
            storm(&mut world, &mut dice);
            if dice.next_u32().is_multiple_of(3) {
                world.restart(at);
            }
        }
        let rest: Vec<(u16, Rating)> = second.chunks(3).skip(first.chunks(3).count()).flatten().copied().collect();
        rate(&mut world, b, &rest);
        for at in 0..world.devices.len() {
            world.cut_off(at);
        }
        days_pass(&mut world, 5);
        let both: Vec<u16> = last_of(&first).intersection(&last_of(&second)).copied().collect();
        for at in 0..world.devices.len() {
            prop_assert_eq!(matches(&world, at), both.clone(), "device {}", at);
        }
    }
}
