//! Everything that is sent between devices, as released: every version ever written must stay readable. The file is
//! never edited; a new version gets a new file.

use amends_crypto::{
    BlindingSecret, BlobRef, DeviceKeys, DeviceList, EpochBook, Grant, GuestKey, Invite, Joining,
    LetterShare, Members, Opener, Paired, PairingPurpose, PersonId, RecoveryBox, SealedBlob, SealedLetter,
    Signer, SpaceKeys, SpaceRoot, WireContent, open_letter,
};

use crate::world::{Device, NOW, REQUEST, all_cuts, recovery, rotate};
use crate::{hex, rng, vectors};

const FILE: &str = include_str!("../vectors/sync-v1.txt");
const ANA: PersonId = PersonId([1; 16]);
const BEN: PersonId = PersonId([2; 16]);

/// All that is in the file, made anew with the same randomness.
fn made() -> Vec<(&'static str, Vec<u8>)> {
    let mut rng = rng();
    let mut all = Vec::new();
    let mut keep = |name, bytes: &[u8]| all.push((name, bytes.to_vec()));

    let (own_root, pair_root) = (SpaceRoot::make(&mut rng), SpaceRoot::make(&mut rng));
    let mut ana = Device::new(1, &own_root, &pair_root, &mut rng);
    let laptop = Device::new(2, &own_root, &pair_root, &mut rng);
    let mut ben = Device::new(3, &own_root, &pair_root, &mut rng);
    let (mut ana_list, begin) = DeviceList::begin(ANA, &ana.keys, Some(recovery().public()), NOW);
    keep("list-begin", begin.as_bytes());
    let add = ana_list.add(laptop.keys.accept([7; 16]), Signer::Device(&ana.keys), NOW + 1).unwrap();
    keep("list-add", add.as_bytes());
    ana.keys.rekey(&mut rng);
    keep("list-rekey", ana_list.rekey(&ana.keys, NOW + 2).unwrap().as_bytes());
    let revoke = ana_list.revoke(laptop.keys.id(), Signer::Recovery(&recovery()), NOW + 3).unwrap();
    keep("list-revoke", revoke.as_bytes());
    let same_words =
        ana_list.set_recovery(Some(recovery().public()), Signer::Device(&ana.keys), NOW + 4).unwrap();
    keep("list-recovery", same_words.as_bytes());
    let (ben_list, ben_begin) = DeviceList::begin(BEN, &ben.keys, None, NOW);
    keep("list-begin-of-partner", ben_begin.as_bytes());
    keep("device-keys", &ana.keys.to_bytes());
    keep("device-keys-of-partner", &ben.keys.to_bytes());

    let own_members = Members::new(&[&ana_list]).unwrap();
    let members = Members::new(&[&ana_list, &ben_list]).unwrap();
    rotate(&mut ana.own, &own_members, &ana.keys, vec![], &mut rng);
    keep("grant-first", rotate(&mut ana.pair, &members, &ana.keys, vec![], &mut rng).as_bytes());
    let grant = rotate(&mut ana.pair, &members, &ana.keys, all_cuts(), &mut rng);
    keep("grant-second", grant.as_bytes());
    ben.pair.apply(&grant, &members, Opener::Device(&ben.keys)).unwrap();
    keep("book", &ana.pair.to_bytes());
    keep("root", pair_root.to_bytes().as_ref());
    keep("mailbox", &pair_root.mailbox().id.0);
    keep("read-token", pair_root.mailbox().read.bytes());
    keep("append-token", pair_root.mailbox().append.bytes());
    let keys = SpaceKeys { root: &pair_root, book: &ana.pair, own: &ana.own, members: &members, me: ANA };
    keep("entry", &keys.seal_entry(b"It was my choice.", REQUEST, &mut rng).unwrap());
    let control = amends_crypto::Control::Grant(grant.as_bytes());
    keep("control", &pair_root.seal_control(control, REQUEST, &mut rng).unwrap());
    let left = recovery().derive_box();
    keep("recovery-box", &left.to_bytes());
    keep("recovery-note", &left.seal_note(b"roots and lists", &mut rng));

    let mut invite = Invite::make(PairingPurpose::Partner, NOW, &mut rng);
    keep("pairing-link", invite.link().to_fragment().as_bytes());
    let offer = invite.seal_offer(&mut rng);
    keep("pairing-offer", &offer);
    keep("pairing-invite", &invite.to_bytes());
    let (joining, join) = Joining::begin(invite.link(), &offer, b"Ben", NOW, &mut rng).unwrap();
    keep("pairing-joining", &joining.to_bytes());
    keep("pairing-join", &join);
    let (paired, reveal) = invite.answer(&join, NOW, &mut rng).unwrap();
    keep("pairing-reveal", &reveal);
    keep("pairing-shared", paired.to_bytes().as_ref());
    keep("pairing-words", paired.safety_words().join(" ").as_bytes());
    keep("pairing-space", paired.space_root().to_bytes().as_ref());
    keep("pairing-payload", &paired.seal_payload(b"Ana", &mut rng).unwrap());

    let blob = SealedBlob::seal(b"a picture", &mut rng).unwrap();
    keep("blob-reference", &blob.reference.to_bytes());
    keep("blob-part-hash", blake3::hash(&blob.parts[0]).as_bytes());
    let letter = SealedLetter::seal(b"Read this later.", 1_800_000_000, &mut rng);
    keep("letter", &letter.letter);
    keep("letter-share", &letter.share.to_bytes());
    let (guest, parts) = GuestKey::seal(b"three pages", NOW, &mut rng).unwrap();
    keep("guest-link", guest.to_fragment().as_bytes());
    keep("guest-part-hash", blake3::hash(&parts[0]).as_bytes());
    let blinding = BlindingSecret::make(&mut rng);
    keep("blinding-secret", blinding.to_bytes().as_ref());
    keep("blinded-swim", &blinding.blind(b"swim"));
    all
}

fn golden(name: &str) -> Vec<u8> {
    vectors(FILE)
        .into_iter()
        .find(|(found, _)| *found == name)
        .unwrap_or_else(|| panic!("{name} is missing"))
        .1
}

#[test]
fn what_is_written_today_is_version_1_to_the_byte() {
    let made = made();
    assert_eq!(made.len(), vectors(FILE).len());
    for (name, bytes) in made {
        assert_eq!(hex(&bytes), hex(&golden(name)), "{name}");
    }
}

#[test]
fn lists_grants_and_entries_of_version_1_open() {
    let names = ["list-begin", "list-add", "list-revoke", "list-recovery", "list-rekey"];
    let records: Vec<Vec<u8>> = names.map(golden).to_vec();
    let ana = DeviceList::from_records(records.iter().map(Vec::as_slice)).unwrap();
    let ben = DeviceList::from_records([golden("list-begin-of-partner").as_slice()]).unwrap();
    let members = Members::new(&[&ana, &ben]).unwrap();
    let keys = DeviceKeys::from_bytes(&golden("device-keys-of-partner")).unwrap();
    let root = SpaceRoot::from_bytes(&golden("root").try_into().unwrap());
    let mut book = EpochBook::new(root.space());
    for name in ["grant-first", "grant-second"] {
        let grant = Grant::parse(&golden(name)).unwrap();
        book.apply(&grant, &members, Opener::Device(&keys)).unwrap();
    }
    let space = SpaceKeys { root: &root, book: &book, own: &book, members: &members, me: BEN };
    let entry = crate::world::entry(space.open(&golden("entry"), REQUEST)).unwrap();
    assert_eq!((entry.author, entry.bytes.as_slice()), (ANA, b"It was my choice.".as_slice()));
    let control = root.open_control(&golden("control"), REQUEST).unwrap();
    assert!(matches!(control, Some(WireContent::Grant(bytes)) if *bytes == golden("grant-second")));

    let stored = EpochBook::from_bytes(&golden("book")).unwrap();
    assert_eq!(stored.current(&members), book.current(&members));
    assert!(DeviceKeys::from_bytes(&golden("device-keys")).is_ok());
}

#[test]
fn pairings_notes_letters_and_references_of_version_1_open() {
    let mut invite = Invite::from_bytes(&golden("pairing-invite")).unwrap();
    assert_eq!(invite.link().to_fragment().as_bytes(), golden("pairing-link"));
    let (paired, _) = invite.answer(&golden("pairing-join"), NOW, &mut rng()).unwrap();
    assert_eq!(paired.joiner_payload(), Some(b"Ben".as_slice()));
    let joining = Joining::from_bytes(&golden("pairing-joining")).unwrap();
    let theirs = joining.finish(&golden("pairing-reveal")).unwrap();
    for paired in [paired, theirs, Paired::from_bytes(&golden("pairing-shared").try_into().unwrap())] {
        assert_eq!(paired.safety_words().join(" ").as_bytes(), golden("pairing-words"));
        assert_eq!(*paired.open_payload(&golden("pairing-payload")).unwrap(), b"Ana");
    }
    assert_eq!(*recovery().open_note(&golden("recovery-note")).unwrap(), b"roots and lists");
    assert!(RecoveryBox::from_bytes(&golden("recovery-box")).is_ok());
    let share = LetterShare::from_bytes(&golden("letter-share")).unwrap();
    assert_eq!(*open_letter(&golden("letter"), share.half()).unwrap(), b"Read this later.");
    assert_eq!(BlobRef::from_bytes(&golden("blob-reference")).unwrap().n_parts(), 1);
    let link = String::from_utf8(golden("guest-link")).unwrap();
    assert!(GuestKey::parse(&link).is_ok());
    let blinding = BlindingSecret::from_bytes(&golden("blinding-secret")).unwrap();
    assert_eq!(blinding.blind(b"swim").as_slice(), golden("blinded-swim"));
}

#[test]
fn stored_keys_of_a_newer_version_or_damaged_say_so() {
    use amends_crypto::StoredKeyError::{Damaged, NewerVersion};

    let read = |name: &str, bytes: &[u8]| match name {
        "device-keys" => DeviceKeys::from_bytes(bytes).err(),
        "book" => EpochBook::from_bytes(bytes).err(),
        "recovery-box" => RecoveryBox::from_bytes(bytes).err(),
        "letter-share" => LetterShare::from_bytes(bytes).err(),
        _ => BlobRef::from_bytes(bytes).err(),
    };
    for name in ["device-keys", "book", "recovery-box", "letter-share", "blob-reference"] {
        let mut bytes = golden(name);
        assert_eq!(bytes[1..3], [0, 1], "{name}: key 0 is the version");
        assert_eq!(read(name, &bytes[..bytes.len() - 1]), Some(Damaged), "{name}");
        bytes[2] = 2;
        assert_eq!(read(name, &bytes), Some(NewerVersion), "{name}");
        bytes[2] = 0;
        assert_eq!(read(name, &bytes), Some(Damaged), "{name}");
    }
}
