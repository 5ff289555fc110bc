//! What a hostile server did to other end-to-end encrypted programs (ETH Zurich, 2026), each as a test here; and what a
//! partner or a removed device could try.

use amends_crypto::{
    ApplyGrantError, Control, DeviceKeys, DeviceList, KdfCost, ListError, ListRecord, Members, MembersError,
    OpenWireError, Opener, PersonId, Signer, SpaceKeys, WeakCost,
};

use crate::reference_wire::{Parts, secrets};
use crate::rng;
use crate::world::{Device, NOW, REQUEST, World, all_cuts, chains, entry, rotate};

fn strangers() -> impl amends_crypto::CryptoRng {
    use rand_chacha::rand_core::SeedableRng;
    rand_chacha::ChaCha20Rng::from_seed([66; 32])
}

/// A key of the server in place of a device's: every key in a list is signed for.
#[test]
fn unauthenticated_public_keys_are_not_used() {
    let mut rng = rng();
    let world = World::new(&mut rng);
    let servers = DeviceKeys::make(chains(1), &mut strangers());
    let record = world.ana.list.records()[0];
    let genuine = world.ana.device.keys.public().kem;
    let mut bytes = record.as_bytes().to_vec();
    let at = bytes.windows(1216).position(|window| window == genuine.as_bytes()).unwrap();
    bytes[at..at + 1216].copy_from_slice(servers.public().kem.as_bytes());
    assert_eq!(DeviceList::from_records([bytes.as_slice()]).unwrap_err(), ListError::Forged);
}

/// Keys replaced later: only the device itself can announce its next key.
#[test]
fn substituted_keys_are_refused() {
    let mut rng = rng();
    let mut world = World::new(&mut rng);
    let mut servers = DeviceKeys::make(chains(1), &mut strangers());
    servers.rekey(&mut strangers());
    let (mut theirs, _) = DeviceList::begin(world.ana.id, &servers, None, NOW);
    let rekey = theirs.rekey(&servers, NOW).unwrap();
    assert_eq!(world.ana.list.apply(&rekey).unwrap_err(), ListError::SignerNotActive);
    let key_before = world.ana.list.active().next().unwrap().kem;
    assert_eq!(key_before, world.ana.device.keys.public().kem);
}

/// A cheaper passphrase check: the floor is in the client, not in what the server says.
#[test]
fn kdf_downgrade_is_refused() {
    for (memory, passes) in [(8, 1), (19 * 1024 - 1, 2), (64 * 1024, 1)] {
        assert_eq!(KdfCost::new(memory, passes, 1), Err(WeakCost));
    }
}

/// A record moved from one space into another.
#[test]
fn cut_and_paste_between_spaces_is_refused() {
    let mut rng = rng();
    let world = World::new(&mut rng);
    let members = Members::new(&[&world.ana.list]).unwrap();
    let own = &world.ana.device.own;
    let own_keys =
        SpaceKeys { root: &world.ana.own_root, book: own, own, members: &members, me: world.ana.id };
    let private = own_keys.seal_entry(b"a private draft", REQUEST, &mut rng).unwrap();
    assert_eq!(world.open_as_ana(&private).unwrap_err(), OpenWireError::WrongMailbox);
    let mut relabelled = private;
    relabelled[1..33].copy_from_slice(&world.pair_root.mailbox().id.0);
    assert!(matches!(world.open_as_ana(&relabelled).unwrap_err(), OpenWireError::UnknownEpoch(_)));
}

/// A record relabelled as one of another epoch.
#[test]
fn cut_and_paste_between_epochs_is_refused() {
    let mut rng = rng();
    let mut world = World::new(&mut rng);
    let old = world.seal_as_ana(b"old", &mut rng);
    let grant = world.rotate(&mut rng);
    world.ben_takes(&grant);
    let new = world.seal_as_ana(b"new", &mut rng);
    let mut mixed = old.clone();
    mixed[33..49].copy_from_slice(&new[33..49]);
    assert_eq!(world.open_as_ben(&mixed).unwrap_err(), OpenWireError::Unreadable);
    assert_eq!(*world.open_as_ben(&old).unwrap().bytes, b"old");
}

/// A grant of one space handed to another one.
#[test]
fn a_grant_moved_to_another_space_is_refused() {
    let mut rng = rng();
    let mut world = World::new(&mut rng);
    let own = world.ana.rotate_own(&mut rng);
    let members = Members::new(&[&world.ana.list]).unwrap();
    let opener = Opener::Device(&world.ana.device.keys);
    assert_eq!(world.ana.device.pair.apply(&own, &members, opener), Err(ApplyGrantError::OtherSpace));
    let record = world.ana.own_root.seal_control(Control::Grant(own.as_bytes()), REQUEST, &mut rng).unwrap();
    assert_eq!(world.pair_root.open_control(&record, REQUEST).unwrap_err(), OpenWireError::WrongMailbox);
}

/// The relay adds a device of its own.
#[test]
fn a_device_added_by_the_relay_is_refused() {
    let mut world = World::new(&mut rng());
    let mut strangers = strangers();
    let servers = DeviceKeys::make(chains(8), &mut strangers);
    let (mut theirs, _) = DeviceList::begin(world.ana.id, &servers, None, NOW);
    let more = DeviceKeys::make(chains(9), &mut strangers);
    let own_chain = theirs.add(more.accept([0; 16]), Signer::Device(&servers), NOW).unwrap();
    assert_eq!(world.ana.list.apply(&own_chain).unwrap_err(), ListError::MissingPrevious);
    let begin = theirs.records()[0].clone();
    assert_eq!(world.ana.list.apply(&begin).unwrap_err(), ListError::MissingPrevious);
    let direct = world.ana.list.add(more.accept([0; 16]), Signer::Device(&servers), NOW);
    assert_eq!(direct.unwrap_err(), ListError::SignerNotActive);
    assert_eq!(world.ana.list.active().count(), 1);
}

/// The relay grants an epoch of its own.
#[test]
fn an_epoch_granted_by_the_relay_is_refused() {
    let mut rng = rng();
    let mut world = World::new(&mut rng);
    let servers = Device::new(8, &world.ana.own_root, &world.pair_root, &mut strangers());
    let (theirs, _) = DeviceList::begin(world.ana.id, &servers.keys, None, NOW);
    let false_members = Members::new(&[&theirs, &world.ben.list]).unwrap();
    let mut book = servers.pair;
    let grant = rotate(&mut book, &false_members, &servers.keys, vec![], &mut rng);
    let members = Members::new(&[&world.ana.list, &world.ben.list]).unwrap();
    let opener = Opener::Device(&world.ben.device.keys);
    assert_eq!(world.ben.device.pair.apply(&grant, &members, opener), Err(ApplyGrantError::MissingList));
}

/// A record sent again: as it was it gives the same bytes again (the log knows the event); under another request
/// id it does not open.
#[test]
fn replay_brings_nothing_new() {
    let mut rng = rng();
    let world = World::new(&mut rng);
    let record = world.seal_as_ana(b"once", &mut rng);
    assert_eq!(*world.open_as_ben(&record).unwrap().bytes, *world.open_as_ben(&record).unwrap().bytes);
    let again = world.with_keys(&world.ben, &world.ben.device, |keys| {
        entry(keys.open(&record, amends_crypto::RequestId([9; 16])))
    });
    assert_eq!(again.unwrap_err(), OpenWireError::Unreadable);
}

/// The partner holds the key of the epoch and all MAC keys of the pair, and still cannot write as the other.
#[test]
fn the_partner_cannot_put_words_into_the_others_chain() {
    let mut rng = rng();
    let world = World::new(&mut rng);
    let members = Members::new(&[&world.ana.list, &world.ben.list]).unwrap();
    // Ben's program claims to be Ana: with his own epochs in place of hers.
    let forger = SpaceKeys {
        root: &world.pair_root,
        book: &world.ben.device.pair,
        own: &own_book_as(&world, &mut rng),
        members: &members,
        me: world.ana.id,
    };
    let record = forger.seal_entry(b"it was all my fault", REQUEST, &mut rng).unwrap();
    assert_eq!(world.open_as_ana(&record).unwrap_err(), OpenWireError::ForgedAsMine);
    // Ben himself sees nothing wrong with it: that is why he cannot prove anything with it.
    assert_eq!(world.open_as_ben(&record).unwrap().author, world.ana.id);
}

/// A book with an epoch that Ana's devices do not know: the most that Ben can put in place of hers.
fn own_book_as(world: &World, rng: &mut impl amends_crypto::CryptoRng) -> amends_crypto::EpochBook {
    let root = amends_crypto::SpaceRoot::make(rng);
    let mut book = amends_crypto::EpochBook::new(root.space());
    let members = Members::new(&[&world.ana.list]).unwrap();
    rotate(&mut book, &members, &world.ana.device.keys, vec![], rng);
    book
}

/// A removed device and the partner together: old secrets of the own devices, new ones of the pair.
#[test]
fn old_secrets_of_a_removed_device_do_not_forge_under_a_new_epoch() {
    let mut rng = rng();
    let mut world = World::new(&mut rng);
    let phone = world.link_device(3, &mut rng);
    world.ana.list.revoke(phone.keys.id(), Signer::Device(&world.ana.device.keys), NOW).unwrap();
    world.ana.rotate_own(&mut rng);
    let grant = world.rotate_after(all_cuts(), &mut rng);
    world.ben_takes(&grant);
    let (_, old_own) = secrets(&phone.own)[0];
    let mut parts = Parts::of(&world, &world.ben.device.pair, &phone.own, grant.epoch());
    parts.own_secret = old_own;
    let record = parts.seal();
    assert_eq!(world.open_as_ana(&record).unwrap_err(), OpenWireError::ForgedAsMine);
}

/// The partner claims a device of the other as their own.
#[test]
fn a_device_in_two_lists_is_refused() {
    let mut rng = rng();
    let mut world = World::new(&mut rng);
    let stolen = world.ana.device.keys.accept([3; 16]);
    world.ben.list.add(stolen, Signer::Device(&world.ben.device.keys), NOW).unwrap();
    let members = Members::new(&[&world.ana.list, &world.ben.list]);
    assert_eq!(members.unwrap_err(), MembersError::SharedDevice);
    let twice = Members::new(&[&world.ana.list, &world.ana.list]);
    assert_eq!(twice.unwrap_err(), MembersError::Persons);
}

/// Somebody of another space shows up as an author.
#[test]
fn an_author_outside_the_space_is_refused() {
    let mut rng = rng();
    let world = World::new(&mut rng);
    let stranger = PersonId([77; 16]);
    let (list, _) = DeviceList::begin(stranger, &DeviceKeys::make(chains(9), &mut strangers()), None, NOW);
    let record = ListRecord::parse(list.records()[0].as_bytes()).unwrap();
    assert_eq!(world.ana.list.clone().apply(&record).unwrap_err(), ListError::OtherPerson);
}
