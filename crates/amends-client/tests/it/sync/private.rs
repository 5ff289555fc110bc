//! What must stay unseen is in no byte that the other device can open, and in no byte that the relay has.

use amends_client::NewEvent;
use amends_domain::id::Day;
use amends_domain::prove::communication::{self, Letter, Purpose};
use amends_domain::prove::patience::{self, Item, ItemAnswer};
use amends_domain::versions::Save;

use super::world::{World, holds};
use crate::letters;

/// Words that no vault may show where they do not belong.
const SECRETS: [&str; 5] = ["axolotl", "bergamot", "cinnabar", "dulcimer", "eiderdown"];

#[test]
fn private_entries_drafts_check_ins_and_unsent_letters_never_reach_the_other() {
    let (mut world, a, b) = World::open_pair();
    let now = world.tick();
    world.note(a, SECRETS[0]);
    world.vault(a).save_draft("letter/new", SECRETS[1], now).unwrap();
    let letter = Letter { purpose: Purpose::ToSend, text: SECRETS[2].to_owned() };
    let unsent = communication::Event::SaveLetter(Save::new(None, letter));
    world.vault(a).append(now, NewEvent::private(unsent)).unwrap();
    let answers = vec![ItemAnswer { item: Item::FeltSafe, value: Some(3) }];
    let check_in = patience::Event::CheckIn { day: Day(20_000), answers, note: SECRETS[3].to_owned() };
    world.vault(a).append(now, NewEvent::private(check_in)).unwrap();
    let second = world.link_device(a);
    world.note(second, SECRETS[4]);
    world.line(a, "all that is said");
    world.run();

    let readable = world.readable(b);
    for secret in SECRETS {
        assert!(!readable.windows(secret.len()).any(|part| part == secret.as_bytes()), "{secret}");
        for sealed in world.relay.sealed_bytes() {
            assert!(!sealed.windows(secret.len()).any(|part| part == secret.as_bytes()), "{secret}");
        }
        for device in &world.devices {
            assert!(!holds(&device.disk, secret.as_bytes()), "{secret} lies open on a disk");
            for frame in &device.sent {
                assert!(!frame.windows(secret.len()).any(|part| part == secret.as_bytes()), "{secret}");
            }
        }
    }
    assert_eq!(world.lines(b), ["all that is said"]);
    assert_eq!(letters(&world.devices[b].vault), [""; 0]);
}

#[test]
fn drafts_never_leave_the_device_not_even_for_own_ones() {
    let (mut world, a, _) = World::open_pair();
    let second = world.link_device(a);
    let now = world.tick();
    world.vault(a).save_draft("letter/new", "half a sentence", now).unwrap();
    world.now = world.now.plus(amends_domain::id::DAY * 2);
    world.run();
    assert_eq!(world.vault(second).drafts().count(), 0);
}

#[test]
fn how_many_private_entries_there_are_cannot_be_seen_from_the_shared_ones() {
    let (mut world, a, b) = World::open_pair();
    for _ in 0..5 {
        world.note(a, "private");
    }
    world.line(a, "shared");
    world.run();
    let seqs: Vec<u64> = {
        let me = world.devices[a].vault.me();
        world.shared(b).iter().filter(|event| event.author == me).map(|event| event.id.seq).collect()
    };
    assert_eq!(seqs, [0, 1, 2]);
}

#[test]
fn nobody_is_told_when_the_other_one_was_there() {
    let (mut world, a, b) = World::open_pair();
    world.line(a, "a line");
    world.run();
    // The other one reads: nothing of it goes out.
    let n_sent = world.devices[b].sent.iter().filter(|frame| is_record(frame)).count();
    for _ in 0..5 {
        world.cut_off(b);
        world.now = world.now.plus(amends_domain::id::HOUR);
        world.run();
    }
    assert_eq!(world.devices[b].sent.iter().filter(|frame| is_record(frame)).count(), n_sent);
}

pub(crate) fn is_record(frame: &[u8]) -> bool {
    matches!(amends_wire::ClientFrame::from_bytes(frame), Ok(amends_wire::ClientFrame::Pub { .. }))
}
