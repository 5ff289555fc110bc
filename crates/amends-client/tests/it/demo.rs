//! The demonstration: something in every step, and nothing that touches a real vault.

use std::collections::BTreeSet;

use amends_client::{CreateError, DEMO_PASSPHRASE, DemoCouple, DemoError, LockedVault, demo_couple};
use amends_domain::consent;
use amends_domain::event::{Body, Space};
use amends_domain::view::Moment;
use amends_guide::STEPS;
use amends_store::Store;

use crate::{Disk, NOW, create, rng, write};

fn play() -> (DemoCouple<Disk>, [Disk; 2]) {
    play_at(0)
}

/// The story where clocks are so many minutes ahead of UTC.
fn play_at(utc_offset: i16) -> (DemoCouple<Disk>, [Disk; 2]) {
    let moment = Moment { now: NOW, utc_offset };
    let disks = [Disk::default(), Disk::default()];
    let mut seed = 20;
    let next = || {
        seed += 1;
        rng(seed)
    };
    (demo_couple(disks.clone(), moment, next).unwrap(), disks)
}

#[test]
fn every_step_has_something_in_it() {
    let (couple, _) = play();
    for vault in [&couple.involved, &couple.injured] {
        assert_eq!(vault.state().rejected().collect::<Vec<_>>(), []);
        let filled: BTreeSet<&str> = vault.state().events().map(|event| event.body.step()).collect();
        for step in STEPS {
            assert!(filled.contains(step.slug), "{} is empty", step.slug);
        }
    }
}

#[test]
fn both_hold_the_same_shared_events_and_only_their_own_private_ones() {
    let (couple, _) = play();
    let shared = |space: &amends_client::Vault<Disk>| -> Vec<_> {
        space.state().events().filter(|event| event.space == Space::Shared).cloned().collect()
    };
    assert_eq!(shared(&couple.involved), shared(&couple.injured));
    assert!(shared(&couple.involved).len() > 40);
    for vault in [&couple.involved, &couple.injured] {
        let private = vault.state().events().filter(|event| event.space == Space::Private);
        assert!(private.into_iter().all(|event| event.author == vault.me()));
        assert!(vault.doctor().unwrap().is_healthy());
        assert!(vault.drafts().next().is_some());
    }
}

#[test]
fn the_couple_lives_by_the_clock_of_this_device() {
    for minutes in [-720, -300, 345, 840] {
        let (couple, _) = play_at(minutes);
        assert_eq!(couple.involved.state().rejected().collect::<Vec<_>>(), []);
        let paces: Vec<i16> = (couple.involved.state().events())
            .filter_map(|event| match &event.body {
                Body::Consent(consent::Event::Pace(pace)) => Some(pace.utc_offset),
                _ => None,
            })
            .collect();
        assert_eq!(paces, [minutes, minutes]);
    }
}

#[test]
fn the_vaults_open_again_marked_as_a_demonstration() {
    let (couple, disks) = play();
    let before = couple.injured.state().clone();
    drop(couple);
    let [_, kim] = disks;
    let locked = LockedVault::find(kim).unwrap();
    assert!(locked.is_demo());
    let vault = locked.unlock(DEMO_PASSPHRASE, rng(2)).unwrap();
    assert_eq!(*vault.state(), before);
}

#[test]
fn the_demonstration_is_not_played_over_a_real_vault() {
    let (mut real, disk) = create();
    write(&mut real, "real");
    let before = disk.names("").unwrap();
    let error = demo_couple([disk.clone(), Disk::default()], Moment { now: NOW, utc_offset: 0 }, || rng(3))
        .unwrap_err();
    assert!(matches!(error, DemoError::Create(CreateError::NotEmpty)));
    assert_eq!(disk.names("").unwrap(), before);
}
